"""A step of the journal in words, for the list of edits.

They are kept in English, and told in the language of who reads them: what is read from the changes themselves
is said anew, what somebody said of them is told by its template.
"""

import json
from collections.abc import Callable, Sequence

from komet_import.language import Phrase, _, marked, marked_pair, ngettext, nphrase
from komet_import.language.current import Language, speaking, spoken
from komet_import.language.kept_texts import Template, Within, retold
from komet_import.language.lists import listed
from komet_import.refusal import quoted
from komet_import.review.catalogue import CATALOGUE
from komet_import.review.edits import Answer, Changes, Confirmation
from komet_import.review.given_answers import EVERY_VALUE, NO_VALUE, chosen_row
from komet_import.review.rules.signs import TURNED
from komet_import.row_numbers import told
from komet_import.sheets.layout.values import answers

Words = str | Phrase
Label = Words | Callable[[Changes], Words]
"""A step in words for the list of edits; blank where what was changed says it."""

CELLS = marked_pair("{kind}: {cells:,} cells in {count:,} row", "{kind}: {cells:,} cells in {count:,} rows")
PASTED = marked("Pasted {rows:,} × {columns:,} cells")
MADE_POSITIVE = marked_pair(
    "Made amounts positive in {count:,} row", "Made amounts positive in {count:,} rows"
)
MADE_NEGATIVE = marked_pair(
    "Made amounts negative in {count:,} row", "Made amounts negative in {count:,} rows"
)
TIDIED = marked_pair("Tidied {column} in {count:,} row", "Tidied {column} in {count:,} rows")
FILLED = marked_pair(
    "Filled {column} with {value} in {count:,} row", "Filled {column} with {value} in {count:,} rows"
)
REPLACED = marked_pair(
    "{column}: “{before}” → “{after}” in {count:,} row", "{column}: “{before}” → “{after}” in {count:,} rows"
)
DATED = marked_pair(
    "Dated {count:,} row {day}, the first open day", "Dated {count:,} rows {day}, the first open day"
)
DATED_APART = marked_pair(
    "Dated {count:,} row the first open day of each", "Dated {count:,} rows the first open day of each"
)
EXCLUDED = marked_pair("Excluded {count:,} row", "Excluded {count:,} rows")
_INCLUDED = marked_pair("Included {count:,} row", "Included {count:,} rows")
_EXCLUDED_ROW, _INCLUDED_ROW = marked("Excluded row {row}"), marked("Included row {row}")
_CELL = marked("{column} in row {row}: {before} → {after}")
_CELLS_OF_ROW = marked("{cells:,} cells in row {row}")
_CELLS_OF_ROWS = marked("{cells:,} cells in {rows:,} rows")
SUGGESTED = marked_pair(
    "{title}: suggestions applied in {count:,} row", "{title}: suggestions applied in {count:,} rows"
)
VALUES_REPLACED = marked_pair(
    "{column}: {values} replaced in {count:,} row", "{column}: {values} replaced in {count:,} rows"
)
VALUES = marked_pair("{count:,} value", "{count:,} values")
CONFIRMED_READING = marked("Confirmed how the file was read")
READ_AS = marked("Read as on {day}, by {who}")
AS_ON = marked("As on {day}, by {who}: {named}")
AS_ON_MORE = marked("As on {day}, by {who}: {named} and {further:,} more")
NAMED_MORE = marked("{named} and {further:,} more")
UNDID = marked("Undid: {label}")

_CONFIRMED, _CONFIRMED_IN = (
    marked("Confirmed {titles} in row {row}"),
    marked("Confirmed {titles} in {rows:,} rows"),
)
_HIDDEN, _BESIDE = marked("Hidden rows count"), marked("The table beside is not imported")
_IS, _IS_NONE = marked("Column {letter}: {column}"), marked("Column {letter}: not imported")
_FROM, _FROM_NONE = marked("{column}: column {letter}"), marked("{column}: none of the columns")
_EVERY, _NONE, _ONLY = (
    marked("Column {letter}: every value counts"),
    marked("Column {letter}: no value counts"),
    marked("Column {letter}: only {values}"),
)
_FOUND, _HEADINGS = marked("Headings as they were found"), marked("Headings in row {row:,}")
_NEGATIVE, _AS_THEY_ARE = (
    marked("{column}: the negative amounts are imported"),
    marked("{column}: amounts as they are"),
)
_BOTH = marked("{first} and {last}")
_SHEET, _WRITTEN = marked("Sheet “{name}”"), marked("{column}: {said}")

_ANSWERS: tuple[Template, ...] = tuple(
    (text, "")
    for text in (
        *(_HIDDEN, _BESIDE, _IS_NONE, _EVERY, _NONE, _ONLY, _IS, _FROM_NONE, _FROM, _FOUND, _HEADINGS),
        *(_NEGATIVE, _AS_THEY_ARE, _SHEET, _WRITTEN),
    )
)
"""The first that fits is meant: how a column is written fits where any of the others does."""
_TEMPLATES: tuple[Template, ...] = (
    *((one, "") for one in (UNDID, READ_AS, AS_ON_MORE, AS_ON, PASTED, CONFIRMED_READING)),
    *(CELLS, MADE_POSITIVE, MADE_NEGATIVE, TIDIED, FILLED, REPLACED, DATED, DATED_APART, EXCLUDED),
    *(SUGGESTED, VALUES_REPLACED, _INCLUDED),
    *((one, "") for one in (_EXCLUDED_ROW, _INCLUDED_ROW, _CELLS_OF_ROW, _CELLS_OF_ROWS, _CELL)),
    (NAMED_MORE, ""),
    *((one, "") for one in (_CONFIRMED, _CONFIRMED_IN)),
)


def kept(label: Label, changes: Changes) -> str:
    """What is kept of a step: in English."""
    with speaking(Language.ENGLISH):
        return str(label(changes) if callable(label) else label) or _label(changes)


def in_words(label: str, changes: Changes | None = None) -> str:
    """The kept words of a step, told to who reads them; without its changes as far as the words go."""
    if spoken() is Language.ENGLISH:
        return label
    if changes is not None:
        if label == kept("", changes):
            return _label(changes)
        before = UNDID.format(label="")
        if label.startswith(before):
            return _(UNDID, label=in_words(label.removeprefix(before), changes.inverse()))
    told = retold(label, _TEMPLATES, _WITHIN)
    return "; ".join(retold(one, _ANSWERS, _WITHIN) for one in label.split("; ")) if told == label else told


def _label(changes: Changes) -> str:
    """A step in words, for the list of edits."""
    if changes.answers:
        return "; ".join(
            _answered(one) for one in changes.answers if one.after is not None or one.question == "header"
        )
    if changes.left_out:
        return _of_rows(EXCLUDED, _EXCLUDED_ROW, changes.left_out)
    if changes.taken_in or changes.admitted:
        return _of_rows(_INCLUDED, _INCLUDED_ROW, (*changes.taken_in, *changes.admitted))
    if len(changes.cells) == 1:
        cell = changes.cells[0]
        return cell_changed(cell.column, cell.row, cell.before, cell.after)
    if not changes.cells and changes.confirmations:
        return _confirmed(changes.confirmations)
    cells, rows = len(changes.cells), sorted({cell.row for cell in changes.cells})
    if len(rows) == 1:
        return _(_CELLS_OF_ROW, cells=cells, row=told(rows[0]))
    return _(_CELLS_OF_ROWS, cells=cells, rows=len(rows))


def _of_rows(several: Template, one: str, rows: Sequence[int]) -> str:
    return _(one, row=told(rows[0])) if len(rows) == 1 else ngettext(*several, len(rows))


def _confirmed(given: Sequence[Confirmation]) -> str:
    """What was confirmed in words, for the list of edits."""
    titles = _titles(sorted({CATALOGUE[one.code].title for one in given}))
    rows = sorted({one.row for one in given})
    if len(rows) == 1:
        return _(_CONFIRMED, titles=titles, row=told(rows[0]))
    return _(_CONFIRMED_IN, titles=titles, rows=len(rows))


def _titles(titles: Sequence[str]) -> str:
    """Titles of issues within a sentence."""
    first, *others = titles
    found = _(first)
    for one in others:
        found = _(_BOTH, first=found, last=_(one))
    return found.lower()


def _told_titles(kept: str) -> str:
    """Titles as `_titles` kept them."""
    titles = {issue.title.lower(): issue.title for issue in CATALOGUE.values()}
    return _titles([titles.get(one, one) for one in kept.split(_BOTH.format(first="", last=""))])


def _answered(answer: Answer) -> str:
    """An answer in words, for the list of edits."""
    given, column = answer.after or "", answer.column
    match answer.question:
        case "mark" | "order":
            said = answers.in_words(answer.question, answer.before, given)
            return _(_WRITTEN, column=_(column), said=said)
        case "hidden":
            return _(_HIDDEN)
        case "column" if given:
            return _(_IS, letter=column, column=_(given))
        case "column":
            return _(_IS_NONE, letter=column)
        case "field" if given:
            return _(_FROM, column=_(column), letter=given)
        case "field":
            return _(_FROM_NONE, column=_(column))
        case "filter":
            values = json.loads(given or NO_VALUE)
            if EVERY_VALUE in values:
                return _(_EVERY, letter=column)
            if not values:
                return _(_NONE, letter=column)
            said = listed([value or _("blank") for value in values])
            return _(_ONLY, letter=column, values=said)
        case "header" if answer.after is None:
            return _(_FOUND)
        case "header":
            return _(_HEADINGS, row=chosen_row(given))
        case "beside":
            return _(_BESIDE)
        case "sign" if given == TURNED:
            return _(_NEGATIVE, column=_(column))
        case "sign":
            return _(_AS_THEY_ARE, column=_(column))
        case _:
            return _(_SHEET, name=given)


_WITHIN: dict[str, Within] = {
    "label": _TEMPLATES, "values": (VALUES,), "titles": _told_titles, "said": answers.told_again
}  # fmt: skip


def cell_changed(column: str, row: int, before: str, after: str) -> str:
    """What became of one cell: `Amount in row 7: “12” → “15”`."""
    return _(_CELL, column=_(column), row=told(row), before=value_shown(before), after=value_shown(after))


def value_shown(text: str) -> str:
    """A cell's text as a sentence has it."""
    return quoted(text) if text else _("blank")


def counted_values(count: int) -> Phrase:
    """A number of values, to be told later."""
    return nphrase(*VALUES, count)
