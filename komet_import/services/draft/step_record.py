"""What the audit trail says of a step of the journal: its number there, and as much of it as a line shows.

The whole step is in the journal, whose rows are as immutable; its hash goes into the trail, so that the chain
holds the journal fast too (`ledger.audit_chain`). A fix of 50,000 cells is one entry of the same size.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from komet_import.language import _, marked
from komet_import.language.kept_texts import filled_in
from komet_import.ledger.audit import Event
from komet_import.ledger.audit_chain import digest
from komet_import.review.catalogue import CATALOGUE
from komet_import.review.edits import Changes
from komet_import.review.given_answers import chosen_row
from komet_import.row_numbers import told
from komet_import.services.draft import answer_words
from komet_import.services.draft.open_draft import Step

MOST_SHOWN = 5
LONGEST_TEXT = 120
LONGEST_LABEL = 300


def event_of(kind: str) -> Event:
    """The event of a step of this kind."""
    return {"answer": Event.ANSWERED, "confirm": Event.CONFIRMED}.get(kind, Event.EDITED)


def recorded(step: Step) -> dict[str, Any]:
    """A step as the details of its entry."""
    changes = step.changes
    shown = list(islice(_shortened(changes), MOST_SHOWN))
    told: dict[str, Any] = {
        "step": step.seq,
        "label": step.label[:LONGEST_LABEL],
        "before": {name: before for name, before, _ in shown},
        "after": {name: after for name, _, after in shown},
        "changes_sha256": digest(changes.to_json()),
    }
    if changes.parts > len(shown):
        told["more"] = changes.parts - len(shown)
    return told


def _shortened(changes: Changes) -> Iterator[tuple[str, str | None, str | None]]:
    for name, before, after in parts_of(changes):
        yield name, _short(before), _short(after)


def parts_of(changes: Changes) -> Iterator[tuple[str, str | None, str | None]]:
    """What was changed, before and after, part by part, in the words in which it is kept; `told_parts` has
    those of a reader."""
    for cell in changes.cells:
        yield _CELL.format(column=cell.column, row=told(cell.row)), cell.before, cell.after
    yield from _moved((*changes.left_out, *changes.set_aside), _IN, _OUT)
    yield from _moved((*changes.taken_in, *changes.admitted), _OUT, _IN)
    for answer in changes.answers:
        before, after = (_said(answer.question, text) for text in (answer.before, answer.after))
        yield _ANSWERED[answer.question].format(column=answer.column), before, after
    for given in changes.confirmations:
        before, after = (None if basis is None else _CONFIRMED for basis in (given.before, given.after))
        yield _CELL.format(column=given.code, row=told(given.row)), before, after


_CELL, _ROW = marked("{column}, row {row}"), marked("row {row}")
_IN, _OUT, _CONFIRMED = marked("included"), marked("excluded"), marked("confirmed")
_ANSWERED = {
    question: f"{question} {{column}}" for question in ("mark", "order", "column", "field", "filter", "sign")
} | {question: question for question in ("sheet", "beside", "hidden", "header")}
"""What an answer is to, by the kind of question; `answer_words` tells it."""


def told_parts(changes: Changes) -> Iterator[tuple[str, str | None, str | None]]:
    """`parts_of`, for the reader."""
    for part in parts_of(changes):
        yield told_part(*part) or part


def told_part(name: str, before: str | None, after: str | None) -> tuple[str, str | None, str | None] | None:
    """A part of a step as it is kept (`recorded`), for the reader: its name, before and after. None for what
    is no part of one.
    """
    if found := filled_in(name, _CELL):
        column = found["column"]
        if column not in CATALOGUE:
            return _(_CELL, column=_(column), row=found["row"]), before, after
        title = _(CATALOGUE[column].title)
        return _(_CELL, column=title, row=found["row"]), _word(before), _word(after)
    if found := filled_in(name, _ROW):
        return _(_ROW, **found), _word(before), _word(after)
    for question, text in _ANSWERED.items():
        if (found := filled_in(name, text)) is not None:
            return answer_words.told(question, found.get("column", ""), before, after)
    return None


def _word(kept: str | None) -> str | None:
    """One of the words in which a part is kept."""
    return _(kept) if kept in (_IN, _OUT, _CONFIRMED) else kept


def _moved(rows: Iterable[int], before: str, after: str) -> Iterator[tuple[str, str, str]]:
    for row in rows:
        yield _ROW.format(row=told(row)), before, after


def _said(question: str, text: str | None) -> str | None:
    """An answer as it was given; of a header, its row."""
    return answer_words.KEPT_ROW.format(row=chosen_row(text)) if question == "header" and text else text


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}{answer_words.CUT}"
