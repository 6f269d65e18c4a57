"""A step of the journal in words, for the list of edits."""

import json
from collections.abc import Callable, Sequence

from komet_import.refusal import quoted
from komet_import.review.edits import Answer, Changes, Confirmation
from komet_import.review.given_answers import EVERY_VALUE, chosen_row
from komet_import.review.issues import CATALOGUE
from komet_import.row_numbers import told
from komet_import.sheets.layout import answers
from komet_import.types.schema import listed

Label = str | Callable[[Changes], str]
"""A step in words for the list of edits; blank where what was changed says it."""


def said(label: Label, changes: Changes) -> str:
    return label(changes) if callable(label) else label or _label(changes)


def _label(changes: Changes) -> str:
    """A step in words, for the list of edits."""
    if changes.answers:
        return "; ".join(
            _answered(one) for one in changes.answers if one.after is not None or one.question == "header"
        )
    if changes.left_out:
        return f"Excluded {_counted(changes.left_out)}"
    if changes.taken_in or changes.admitted:
        return f"Included {_counted((*changes.taken_in, *changes.admitted))}"
    if len(changes.cells) == 1:
        cell = changes.cells[0]
        return f"{cell.column} in row {told(cell.row)}: {_shown(cell.before)} → {_shown(cell.after)}"
    if not changes.cells and changes.confirmations:
        return _confirmed(changes.confirmations)
    return f"{len(changes.cells):,} cells in {_counted(sorted({c.row for c in changes.cells}))}"


def _confirmed(given: Sequence[Confirmation]) -> str:
    """What was confirmed in words, for the list of edits."""
    titles = sorted({CATALOGUE[one.code].title for one in given})
    return f"Confirmed {' and '.join(titles).lower()} in {_counted(sorted({one.row for one in given}))}"


def _answered(answer: Answer) -> str:
    """An answer in words, for the list of edits."""
    given = answer.after or ""
    match answer.question:
        case "mark" | "order":
            return f"{answer.column}: {answers.in_words(answer.question, answer.before, given)}"
        case "hidden":
            return "Hidden rows count"
        case "column":
            return f"Column {answer.column}: {given or 'not imported'}"
        case "field":
            return f"{answer.column}: {f'column {given}' if given else 'none of the columns'}"
        case "filter":
            kept = json.loads(given or "[]")
            if EVERY_VALUE in kept:
                return f"Column {answer.column}: every value counts"
            return f"Column {answer.column}: only {listed([value or 'blank' for value in kept])}"
        case "header" if answer.after is None:
            return "Headings as they were found"
        case "header":
            return f"Headings in row {chosen_row(given):,}"
        case "beside":
            return "The table beside is not imported"
        case "sign":
            said = "the negative amounts are imported" if given == "negative" else "amounts as they are"
            return f"{answer.column}: {said}"
        case _:
            return f"Sheet “{given}”"


def _counted(rows: Sequence[int]) -> str:
    return f"row {told(rows[0])}" if len(rows) == 1 else f"{len(rows):,} rows"


def _shown(text: str) -> str:
    return quoted(text) if text else "blank"
