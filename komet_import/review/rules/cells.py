"""The cell rules, one for each kind of value: a cell's text in, what it means or why nothing out."""

import re
from collections.abc import Callable
from functools import partial

from komet_import.language import phrase
from komet_import.review.catalogue import DITTO, NOT_AS_SHOWN, SAID_OF_ROWS, SAYS_VOID
from komet_import.review.draft import Draft
from komet_import.review.held_rows import unread
from komet_import.review.reference import Reference
from komet_import.review.rules.codes import read_customer, read_location, read_locations, read_new_code
from komet_import.review.rules.context import CellContext
from komet_import.review.rules.finding import BLANK, Finding
from komet_import.review.rules.odd_texts import odd_code
from komet_import.review.rules.quantities import read_day, read_money
from komet_import.review.suggestions import Suggester
from komet_import.sheets.files.xlsx.formulas import constant
from komet_import.sheets.layout.rows.void_marks import note_says, number_says_void
from komet_import.sheets.layout.values.amount_forms import written_amount
from komet_import.sheets.layout.values.answers import REAL, settled
from komet_import.sheets.layout.words.dittos import is_ditto
from komet_import.sheets.layout.words.flags import read_flag
from komet_import.sheets.worksheet import STRIKE, Held, not_struck
from komet_import.types import ColumnFormat, Meaning
from komet_import.types.codes import code_key
from komet_import.types.marks import ERRORS
from komet_import.types.schema import ERASE

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Characters that a person cannot see and that make two equal-looking codes differ."""


def _read_text(asked: CellContext, text: str, held: int) -> Finding:
    if asked.type.side is None:
        return Finding(text)
    if asked.column.meaning is Meaning.NOTE:
        says = note_says(text, asked.type.paper)
        return Finding(text) if says is None else Finding(text, code=SAID_OF_ROWS[says], basis=text)
    if number_says_void(text):
        return Finding(text, code=SAYS_VOID, basis=text)
    odd = odd_code(text, held) if asked.column.meaning is Meaning.NUMBER else None
    return odd or Finding(text)


_NEVER_SAME = frozenset(Meaning) - {Meaning.NOTE, Meaning.MONEY, Meaning.CATEGORY, Meaning.ACTIVE}
"""What is never said by a mark that it is the same as above: the others are no such texts, or may say so."""


def _is_known(reference: Reference, kind: ColumnFormat, value: str) -> bool:
    directory = reference.directory
    known = directory.locations if kind is ColumnFormat.LOCATION else directory.customers
    return code_key(value) in known


def _read_choice(asked: CellContext, text: str, held: int) -> Finding:
    choices = asked.column.choices
    for choice in choices:
        if choice.casefold() == text.casefold():
            return Finding(choice)
    best = Suggester((choice, choice) for choice in choices).best(text)
    expected = ", ".join(choices)
    return Finding(code="not-a-choice", suggestion=best.code if best else None, facts={"expected": expected})


def _read_flag(asked: CellContext, text: str, held: int) -> Finding:
    flag = read_flag(text)
    if flag is None:
        return Finding(code="not-a-choice", facts={"expected": phrase("yes, no")})
    return Finding(flag)


_READERS: dict[ColumnFormat, Callable[[CellContext, str, int], Finding]] = {
    ColumnFormat.TEXT: _read_text,
    ColumnFormat.CUSTOMER: read_customer,
    ColumnFormat.NEW_CODE: read_new_code,
    ColumnFormat.LOCATION: read_location,
    ColumnFormat.LOCATIONS: read_locations,
    ColumnFormat.AMOUNT: read_money,
    ColumnFormat.DATE: read_day,
    ColumnFormat.CHOICE: _read_choice,
    ColumnFormat.FLAG: _read_flag,
}


def cell_rule(draft: Draft, reference: Reference, name: str) -> Callable[[str, int], Finding]:
    """The rule of a column: text and what Excel held in, finding out."""
    column = draft.type.column(name)
    from_1904 = any(note.code == "dates-from-1904" for note in draft.sheet.notes)
    answered = REAL in settled(draft.answers.orders.get(name))
    doubt = None if answered else draft.sheet.swap_doubts.get(name)
    dated = column.kind is ColumnFormat.DATE and name in draft.sheet.rows
    year_first = draft.sheet.year_first(name) if dated else frozenset[str]()
    asked = CellContext(column, draft.type, reference, draft.answers, from_1904, doubt, year_first)
    read = partial(_READERS[column.kind], asked)
    needed = column.needed(multi_location=reference.directory.multi_location)
    missing = Finding(code="missing-value") if needed and name not in unread(draft) else BLANK
    coded = column.kind is not ColumnFormat.TEXT or (column.max_length or 0) <= 20
    limit = column.max_length
    markable = column.meaning in _NEVER_SAME
    # A name that was typed into a column of codes is too long for one.
    suggester = reference.directory.suggester(column.kind)

    def repaired(value: str) -> str | None:
        best = suggester.best(value) if suggester else None
        return best.code if best else None

    def rule(text: str, held: int) -> Finding:
        value = text.strip()
        if not value:
            return missing
        if held == Held.ERROR or (coded and value[0] == "#" and value.upper() in ERRORS):
            return Finding(code="error-cell")
        if held == Held.UNCALCULATED:
            formula = value.startswith("=") and column.kind is ColumnFormat.AMOUNT
            result = constant(value) if formula else None
            return Finding(code="uncalculated-formula", suggestion=written_amount(result) if result else None)
        if held == Held.VEILED:
            found = rule(text, Held.TEXT)
            return found if found.code else found._replace(code=NOT_AS_SHOWN, basis=value)
        if coded and STRIKE in value:
            left = not_struck(value).strip()
            return Finding(code="partly-struck" if left else "struck-cell", suggestion=left or None)
        if column.erasable and value.casefold() == ERASE:
            return Finding(() if column.kind is ColumnFormat.LOCATIONS else "")
        plain = value.isascii() and value.isprintable()
        if coded and not plain and UNSEEN.search(value):
            return Finding(code="unreadable-characters", suggestion=UNSEEN.sub("", value).strip())
        # No such mark ends with a figure; most codes, numbers and days do.
        if (
            markable
            and not value[-1].isdigit()
            and is_ditto(value, signs_only=column.meaning is Meaning.NUMBER)
            and not _is_known(reference, column.kind, value)
        ):
            return Finding(code=DITTO)
        if limit and len(value) > limit:
            return Finding(
                code="too-long", suggestion=repaired(value), facts={"length": len(value), "limit": limit}
            )
        return read(value, held)

    return rule
