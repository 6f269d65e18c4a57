"""The row rules: the readings of one row, compared with each other and with the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from komet_import.language import phrase
from komet_import.review.catalogue import (
    ALREADY_CORRECTED,
    ALREADY_POSTED,
    CUT_VALUE,
    DITTO,
    DROPPED_ROW,
    MAYBE_OTHER_TABLE,
    MAYBE_TOTAL,
    OPEN_QUESTION,
    OTHER_NAME,
    SAID_OF_ROWS,
    SIMILAR_POSTED,
    TOTAL_LINE,
    UNUSUAL_AMOUNT,
)
from komet_import.review.differences import change
from komet_import.review.draft import Draft
from komet_import.review.held_rows import Hold, holds
from komet_import.review.reference import NOTHING_STANDS, KnownCustomer, Numbered, Reference
from komet_import.review.rules.amounts_said import read_amounts_said
from komet_import.review.rules.finding import Finding, JudgedRows, codes_of, listed_codes
from komet_import.review.rules.others_named import read_others_named
from komet_import.review.rules.records import read_records
from komet_import.review.rules.texts_above import TextsAbove, meant_above
from komet_import.review.sameness import numbers_alike, parts, words
from komet_import.review.suggestions import comparable
from komet_import.review.unusual import times
from komet_import.sheets.layout.row_kinds import Aside, RowKind
from komet_import.sheets.layout.rows.void_marks import Says, note_says
from komet_import.types import ImportType, Meaning
from komet_import.types.codes import code_key
from komet_import.types.money import money


@dataclass
class RowRules:
    """The row rules of one type at one moment."""

    draft: Draft
    reference: Reference
    hidden: frozenset[int] = field(init=False)
    waiting: list[tuple[Hold, Finding]] = field(init=False)
    marked: bool = field(init=False)
    above: TextsAbove = field(init=False)

    def __post_init__(self) -> None:
        sheet = self.draft.sheet
        counted = self.draft.answers.hidden.get("") == "count"
        self.hidden = frozenset() if counted else sheet.hidden_rows
        marks = (self.hidden, sheet.struck, sheet.fills, sheet.party_above, sheet.shared_amounts)
        self.marked = any(map(bool, (*marks, self.draft.aside, self.draft.doubted)))
        self.above = TextsAbove(sheet, self.draft.type, self.reference.directory)
        self.waiting = [(hold, open_question(hold)) for hold in holds(self.draft)]

    def read_rows(self, rows: JudgedRows) -> None:
        """Add the row rules' issues."""
        if not rows.positions:
            return
        places = [self.draft.type.name_for(meaning) for meaning in (Meaning.PARTY, Meaning.LOCATION)]
        if all(name in rows.readings for name in places):
            self._locations(rows, *places)
        if self.reference.posted.keys or self.reference.posted.numbers:
            self._posted(rows)
        if self.draft.type.column_for(Meaning.RECORD):
            read_records(self.draft, self.reference, rows)
        if self.reference.posted.standing and self.draft.type.amount_column in rows.readings:
            self._unusual(rows)
        if self.reference.posted.corrected or self.reference.posted.dropped:
            self._settled(rows)
        if self.draft.sheet.party_names and places[0] in rows.readings:
            self._names(rows, places[0])
        if self.draft.sheet.voided or self.draft.sheet.cut or self.draft.sheet.commented:
            self._unmeant_rows(rows)
        read_amounts_said(self.draft, rows)
        read_others_named(self.draft, self.reference, rows)
        if self.waiting:
            self._waiting_rows(rows)
        if self.marked:
            self._marked_rows(rows)

    def compare(self, rows: JudgedRows, records: npt.NDArray[np.uint8]) -> None:
        """Mark what the rows make of the records that they name (`RecordChange`)."""
        code = self.draft.type.column_for(Meaning.RECORD)
        if code is None:
            return
        columns = [c for c in self.draft.type.columns if c is not code and c.name in rows.readings]
        for position in rows.positions:
            said = [(column, rows.readings[column.name][position]) for column in columns]
            records[position] = change(self.reference.directory, rows.readings[code.name][position], said)

    def _locations(self, rows: JudgedRows, party: str, place: str) -> None:
        customers, locations = rows.readings[party], rows.readings[place]
        known = self.reference.directory.locations_by_id
        for position in rows.positions:
            customer, location = customers[position], locations[position]
            if customer is None or location is None or location.id in customer.locations:
                continue
            allowed = sorted(known[i].code for i in customer.locations if i in known)
            finding = Finding(
                code="not-at-location",
                suggestion=allowed[0] if len(allowed) == 1 else None,
                facts={
                    "customer": customer.code,
                    "expected": listed_codes(allowed) or phrase("none, as it has none"),
                },
            )
            rows.add(position, place, self._text(place, position), finding)

    def _posted(self, rows: JudgedRows) -> None:
        type, posted, said = self.draft.type, self.reference.posted, words(self.draft.type)
        keys = parts(type, type.key, rows.readings, rows.positions)
        alike = numbers_alike(type, rows.readings, rows.positions, keys=keys)
        column = type.names_for(type.key)[-1] if type.key else ""
        for position, key, number in zip(rows.positions, keys, alike, strict=True):
            if at := posted.keys.get(key) if key else None:
                finding = Finding(code=ALREADY_POSTED, facts={"date": at, **said})
                rows.add(position, column, self._text(column, position).strip(), finding)
                continue
            if like := self._like(rows, position, posted.numbers.get(number, ()) if number else ()):
                text = self._text(column, position)
                finding = Finding(
                    code=SIMILAR_POSTED,
                    facts={"like": like.number, "date": like.at, **said},
                    basis=f"{text.strip()} like {like.id}",
                )
                rows.add(position, type.name_for(Meaning.NUMBER), text, finding)

    def _like(self, rows: JudgedRows, position: int, there: Sequence[Numbered]) -> Numbered | None:
        """The newest document of this party whose number is like the row's and not the same."""
        if not there:
            return None
        own = code_key(str(rows.readings[self.draft.type.name_for(Meaning.NUMBER)][position]))
        return max(
            (one for one in there if code_key(one.number) != own), key=lambda one: one.id, default=None
        )

    def _unusual(self, rows: JudgedRows) -> None:
        """An amount far above what this customer had before is usually a slip of the decimal point."""
        type, standing, said = self.draft.type, self.reference.posted.standing, words(self.draft.type)
        column = type.amount_column or ""
        both = parts(type, [Meaning.PARTY, Meaning.MONEY], rows.readings, rows.positions)
        for position, row in zip(rows.positions, both, strict=True):
            if row is None:
                continue
            party, amount = int(str(row[0])), abs(int(str(row[1])))
            before = standing.get(party, {}).get(type.slug, NOTHING_STANDS)
            if found := times(amount, before):
                finding = Finding(
                    code=UNUSUAL_AMOUNT,
                    facts={
                        "times": f"{found:,}",
                        "before": f"{before.documents:,}",
                        "largest": money(before.largest),
                        **said,
                    },
                    basis=f"{party} {amount} over {before.largest}",
                )
                rows.add(position, column, self._text(column, position), finding)

    def _text(self, column: str, position: int) -> str:
        """The cell's own text, by which a fix of many rows finds it again."""
        return str(self.draft.rows[column].iloc[position])

    def _settled(self, rows: JudgedRows) -> None:
        """A row that was corrected elsewhere, or dropped, is one issue, whatever else it has."""
        first, posted = self.draft.columns[0], self.reference.posted
        for position in rows.positions:
            origin = self.draft.origins.get(int(rows.numbers[position]))
            if origin is None:
                continue
            facts: dict[str, object] = {"origin": origin.row, "source": origin.file_name}
            if place := posted.corrected.get(origin.key):
                code, further = ALREADY_CORRECTED, {"file": place.file_name, "other": place.row}
            elif dropped := posted.dropped.get(origin.key):
                code, further = DROPPED_ROW, {"by": dropped.by, "reason": dropped.reason}
            else:
                continue
            rows.found.pop(position, None)
            rows.add(position, first, self._text(first, position), Finding(code=code, facts=facts | further))

    def _names(self, rows: JudgedRows, party: str) -> None:
        """A row that names another customer than its code does: one of the two is wrong."""
        directory, there = self.reference.directory, rows.readings[party]
        for column in self.draft.sheet.party_names:
            said = self.draft.rows[column].to_numpy(dtype=object)
            named: dict[str, tuple[KnownCustomer, ...]] = {}
            for position in rows.positions:
                own, name = there[position], said[position]
                if own is None or not name or name == own.name:
                    continue
                if name not in named:
                    named[name] = directory.customers_named.get(comparable(name), ())
                others = named[name]
                if not others or own in others:
                    continue
                text = self._text(party, position)
                told = codes_of(others)
                facts = {"name": own.name, "said": name.strip(), "other": told}
                offered, basis = told if len(others) == 1 else None, f"{own.code} beside {told}"
                finding = Finding(code=OTHER_NAME, suggestion=offered, facts=facts, basis=basis)
                rows.add(position, party, text, finding)

    def _unmeant_rows(self, rows: JudgedRows) -> None:
        """A row that says in whatever column that it no longer counts waits to be confirmed, and so does one
        that may be cut."""
        sheet = self.draft.sheet
        for position in rows.positions:
            facts = {"row": int(rows.numbers[position])}
            if name := sheet.voided.get(position):
                text = self._text(name, position)
                rows.add(
                    position, name, text, Finding(code=self._said_of(text), facts=facts, basis=text.strip())
                )
            if name := sheet.cut.get(position):
                text = self._text(name, position)
                rows.add(position, name, text, Finding(code=CUT_VALUE, facts=facts, basis=text.strip()))
            if position in sheet.commented:
                name, text = sheet.commented[position]
                rows.add(position, name, text, Finding(code=self._said_of(text), facts=facts, basis=text))

    def _said_of(self, text: str) -> str:
        """What a text says of its row, where not otherwise that it no longer counts."""
        return SAID_OF_ROWS[note_says(text, self.draft.type.paper) or Says.VOID]

    def _waiting_rows(self, rows: JudgedRows) -> None:
        """A row waits for the first open question that is about it."""
        for position in rows.positions:
            for hold, finding in self.waiting:
                if hold.rows[position]:
                    rows.add(position, hold.shown, self._text(hold.shown, position), finding)
                    break

    def _marked_rows(self, rows: JudgedRows) -> None:
        """A row that is no data, or perhaps none, has nothing else wrong with it, though it lacks everything;
        a hidden or struck row waits to be confirmed; a blank cell is offered what stands above its group.
        """
        first, sheet = self.draft.columns[0], self.draft.sheet
        for position in rows.positions:
            row = int(rows.numbers[position])
            aside = self.draft.aside.get(position)
            if aside is None and not self.draft.left_out[position]:
                aside = self.draft.doubted.get(position)
            if aside is not None:
                rows.found.pop(position, None)
                column = (self.draft.type.amount_column or first) if aside.kind.adds_up else first
                finding = what_it_is(row, aside, self.draft.type)
                rows.add(position, column, self._text(column, position), finding)
                continue
            if row in self.hidden:
                rows.add(position, first, "", Finding(code="hidden-row", facts={"row": row}, basis="hidden"))
            if row in sheet.struck:
                struck = Finding(code="struck-through", facts={"row": row}, basis="struck through")
                rows.add(position, first, "", struck)
            money = self.draft.type.amount_column if row in sheet.shared_amounts else None
            if money is not None and self._text(money, position) == str(sheet.rows.at[row, money]):
                shared = Finding(code="shared-amount", facts={"count": sheet.shared_amounts[row]})
                rows.add(position, money, self._text(money, position), shared)
            above = self.above(row)
            if above and position in rows.found:
                columns, directory = self.draft.type.columns_by_name, self.reference.directory
                rows.found[position] = [
                    replace(issue, suggestion=meant_above(columns[issue.column], above, directory))
                    if issue.code in ("missing-value", DITTO)
                    else issue
                    for issue in rows.found[position]
                ]


_SAID = {
    RowKind.TOTAL: TOTAL_LINE,
    RowKind.SUBTOTAL: TOTAL_LINE,
    RowKind.REPEATED_HEADER: "repeated-header",
    RowKind.HEADING: "heading-line",
    RowKind.OTHER_TABLE: "other-table",
    RowKind.FILTERED: "filtered-row",
    RowKind.FOOTER: "footer-line",
    RowKind.CONTROL: "control-line",
}
"""The issue of a row that is certainly no data, by its kind."""


def what_it_is(row: int, aside: Aside, type: ImportType) -> Finding:
    """That a row is no data, or perhaps none."""
    perhaps = MAYBE_TOTAL if aside.kind.adds_up else MAYBE_OTHER_TABLE
    code = _SAID[aside.kind] if aside.certain else perhaps
    return Finding(code=code, facts={"row": row, "why": aside.why, "rows": aside.sums, **words(type)})


def open_question(hold: Hold) -> Finding:
    """That a row waits for an answer."""
    return Finding(code=OPEN_QUESTION, facts={"question": hold.question})
