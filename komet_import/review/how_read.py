"""How a sheet was read, as one value for people: every column, and every row by what it is."""

from dataclasses import dataclass

import numpy as np

from komet_import.language import Phrase, _, marked
from komet_import.review.draft import Draft
from komet_import.review.judgement import Judgement
from komet_import.review.tally import Tally, tally_of
from komet_import.sheets.layout.modifiers import Modifier, Modifies
from komet_import.sheets.layout.row_kinds import RowKind
from komet_import.types import Need
from komet_import.types.money import from_thousandths, signed

SAMPLES = 3
"""How many distinct values of a column are shown."""

SAYS = {
    Modifies.CURRENCY: marked("Currency"),
    Modifies.RATE: marked("Exchange rate"),
    Modifies.SIDE: marked("Debit or credit"),
    Modifies.OTHER_SIDE: marked("Other side"),
    Modifies.KIND: marked("Kind of document"),
    Modifies.STATUS: marked("Status"),
    Modifies.APPLIED: marked("Applied"),
    Modifies.TAX: marked("Tax"),
    Modifies.SHARE: marked("Share"),
    Modifies.EXPIRY: marked("Last day"),
    Modifies.START: marked("First day"),
    Modifies.PAPER: marked("Kind of document"),
    Modifies.COMPANY: marked("Company"),
    Modifies.LEDGER: marked("Ledger"),
}
"""What a column that says what rows mean is called."""


@dataclass(frozen=True, kw_only=True)
class ColumnRead:
    """One column of the file: its first distinct values, how many of the rows have one, the column of the
    type that it is (blank: none), what it says of the rows otherwise, and why."""

    letter: str
    heading: str
    values: tuple[str, ...]
    filled: int
    rows: int
    name: str
    says: str
    why: str
    asked: bool


@dataclass(frozen=True, kw_only=True)
class RowsRead:
    """Rows of the file of one kind (None: rows to import), in words, with their money; `currency` is the one
    that a column of the file names for them, where that is not the ledger's."""

    kind: RowKind | None
    words: str
    tally: Tally
    currency: str = ""

    @property
    def money(self) -> str:
        """Their sum in its currency, or why there is none; nothing for a type without money, and for lines of
        words, of which nobody expects any."""
        if self.kind is not None and self.kind.worded and not self.tally.summed:
            return ""
        if self.currency and self.tally.amount is not None and self.tally.summed:
            amount = from_thousandths(self.tally.amount)
            return signed(amount, decimals=2, before=f"{self.currency} ")
        return self.tally.brief


def columns_read(draft: Draft) -> list[ColumnRead]:
    """Every column of the file that has a heading or values, in the order of the sheet."""
    header = draft.sheet.header
    asked = {*header.doubtful, *(letter for letters in header.rivals.values() for letter in letters)}
    modifiers = {modifier.letter: modifier for modifier in header.modifiers}
    open_filters = {letter for letter in modifiers if letter not in draft.answers.filters}
    return [
        _column(draft, letter, modifiers.get(letter), letter in asked, letter in open_filters)
        for letter in header.headers
        if header.headers[letter] or letter in draft.sheet.names
    ]


def _column(
    draft: Draft, letter: str, modifier: Modifier | None, asked: bool, open_filter: bool
) -> ColumnRead:
    header = draft.sheet.header
    name = header.columns.get(letter, "")
    shown = draft.sheet.names.get(letter)
    texts = draft.sheet.rows[shown].str.strip() if shown else None
    filled = texts[texts != ""] if texts is not None else None
    unusual = modifier is not None and any(v.casefold() not in modifier.usual for v, _ in modifier.values)
    return ColumnRead(
        letter=letter,
        heading=header.headers.get(letter, ""),
        values=tuple(filled.drop_duplicates().head(SAMPLES)) if filled is not None else (),
        filled=len(filled) if filled is not None else 0,
        rows=len(draft.sheet.rows),
        name=name,
        says=_(SAYS[modifier.modifies]) if modifier else "",
        why=str(header.evidence.get(letter, "")),
        asked=asked or (open_filter and unusual),
    )


def missing_columns(draft: Draft) -> list[str]:
    """Required columns of the type that no column of the file is."""
    there = set(draft.sheet.header.columns.values())
    return [c.name for c in draft.type.columns if c.need is Need.REQUIRED and c.name not in there]


def rows_read(draft: Draft, judgement: Judgement) -> list[RowsRead]:
    """Every row below the header that says something: to review, or set aside by what it is."""
    words = _("{nouns} to review", nouns=_(draft.type.noun[1]))
    reviewed = RowsRead(kind=None, words=words, tally=tally_of(judgement, ~draft.set_aside))
    return [reviewed, *rows_set_aside(draft, judgement)]


def rows_set_aside(draft: Draft, judgement: Judgement) -> list[RowsRead]:
    """The rows that are no rows to import, by what they are, with the money that stands in them."""
    grouped: dict[tuple[RowKind, Phrase | None], list[int]] = {}
    for place, aside in draft.aside.items():
        why = aside.why if aside.kind is RowKind.FILTERED else None
        grouped.setdefault((aside.kind, why), []).append(place)
    currencies = [one.letter for one in draft.sheet.header.modifiers if one.modifies is Modifies.CURRENCY]
    found = []
    for (kind, why), places in grouped.items():
        chosen = np.zeros(len(draft.rows), dtype=np.bool_)
        chosen[places] = True
        one, several = KINDS[kind]
        words = _("excluded: {why}", why=why) if why else _(one if len(places) == 1 else several)
        currency = ""
        for letter in currencies:
            if letter in draft.filtered and draft.filtered[letter][places].all():
                currency = str(draft.sheet.rows[draft.sheet.names[letter]].iloc[places[0]]).strip()
        tally = tally_of(judgement, chosen)
        found.append(RowsRead(kind=kind, words=words, tally=tally, currency=currency))
    return found


KINDS = {
    RowKind.TOTAL: (marked("total row"), marked("total rows")),
    RowKind.SUBTOTAL: (marked("subtotal"), marked("subtotals")),
    RowKind.REPEATED_HEADER: (marked("row repeats the headings"), marked("rows repeat the headings")),
    RowKind.HEADING: (marked("heading of a group"), marked("headings of groups")),
    RowKind.OTHER_TABLE: (marked("row of another table"), marked("rows of another table")),
    RowKind.FILTERED: (marked("row excluded"), marked("rows excluded")),
    RowKind.FOOTER: (marked("line of text"), marked("lines of text")),
    RowKind.CONTROL: (marked("line of control totals"), marked("lines of control totals")),
}
"""What rows are called that are no data: one, and several."""
