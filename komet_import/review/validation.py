"""Judgement: a draft and the facts of the moment in, issues and readings out. Pure, and fast enough to run
after every edit.

Three layers. Cell rules read one text (each distinct text of a column once). Row rules compare the readings
of one row with each other and with the ledger. Sheet rules compare rows. `judge` runs all of it; `rejudge`
runs cell and row rules for the changed rows only, and a test holds that both come to the same.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from komet_import.review.draft import Answers, Draft
from komet_import.review.issues import (
    ALREADY_CORRECTED,
    ALREADY_POSTED,
    COPIED_ROW,
    POSSIBLE_DUPLICATE,
    REPEATED_ROW,
    Issue,
    Severity,
)
from komet_import.review.reference import Directory, KnownCustomer, KnownLocation, Posted, Reference
from komet_import.review.sameness import parts, words
from komet_import.review.suggestions import Suggester
from komet_import.sheets.layout.amounts import read_amount, written_amount
from komet_import.sheets.layout.answers import decimal_mark
from komet_import.sheets.layout.dates import read_date
from komet_import.sheets.layout.doubt import Doubt
from komet_import.sheets.worksheet import Held
from komet_import.types import Column, ImportType, Meaning, Need, Sign, ValueKind
from komet_import.types.schema import ERASE, code_key, money, to_thousandths

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Characters that a person cannot see and that make two equal-looking codes differ."""

COUNTABLE = Decimal(5_000_000_000)
"""Amounts beyond this count as unreadable in sums, which so stay within 64 bits for a million rows."""

EARLIER, LATER = timedelta(days=730), timedelta(days=31)
"""A day further away than this is worth a second look."""


class Finding(NamedTuple):
    """What a cell rule makes of one text: a reading, an issue's words, or both."""

    value: Any = None
    code: str | None = None
    suggestion: str | None = None
    facts: Mapping[str, Any] = {}
    basis: str = ""


BLANK = Finding()


@dataclass(frozen=True, kw_only=True, eq=False)
class Judgement:
    """What was found, over the rows of a draft by position.

    `numbers` are Excel row numbers; `readings` maps a column to an object array of what its cells mean
    (None: nothing readable); `issues` maps a position to its cell and row issues, `repeats` to its sheet
    issues; `errors`, `warnings`, `unconfirmed`, `left_out` and `set_aside` (total rows) are arrays of bool
    (`own_…`: without the sheet issues), and so is `known`: rows that say of a record only what is known of
    it; `unconfirmed` rows have an issue that a person must confirm and has not, `vouched` ones such an issue
    that is confirmed. `amounts` are thousandths, 0 where there is nothing to read (`readable` says where
    there is); `keys` are the readings that the sheet rules
    compare, as whole numbers (`interned` numbers their texts).
    """

    type: ImportType
    numbers: npt.NDArray[np.int64]
    readings: dict[str, npt.NDArray[np.object_]]
    issues: dict[int, tuple[Issue, ...]]
    repeats: dict[int, tuple[Issue, ...]]
    own_errors: npt.NDArray[np.bool_]
    own_warnings: npt.NDArray[np.bool_]
    own_unconfirmed: npt.NDArray[np.bool_]
    own_vouched: npt.NDArray[np.bool_]
    errors: npt.NDArray[np.bool_]
    warnings: npt.NDArray[np.bool_]
    unconfirmed: npt.NDArray[np.bool_]
    vouched: npt.NDArray[np.bool_]
    left_out: npt.NDArray[np.bool_]
    set_aside: npt.NDArray[np.bool_]
    known: npt.NDArray[np.bool_]
    amounts: npt.NDArray[np.int64]
    readable: npt.NDArray[np.bool_]
    keys: dict[str, npt.NDArray[np.int64]]
    interned: dict[str, int]

    @property
    def out(self) -> npt.NDArray[np.bool_]:
        """Rows that are not to be imported: left out, or total rows."""
        return self.left_out | self.set_aside

    @property
    def ready(self) -> npt.NDArray[np.bool_]:
        """Rows that would be posted."""
        return ~self.errors & ~self.unconfirmed & ~self.out & ~self.known

    @property
    def unchanged(self) -> npt.NDArray[np.bool_]:
        """Rows that would change nothing: there is nothing to post, and nothing wrong."""
        return ~self.errors & ~self.out & self.known

    @property
    def to_confirm(self) -> npt.NDArray[np.bool_]:
        """Rows that nothing stops but that a person has not confirmed yet."""
        return ~self.errors & self.unconfirmed & ~self.out & ~self.known

    @property
    def rejected(self) -> npt.NDArray[np.bool_]:
        """Rows that have an error."""
        return self.errors & ~self.out

    @property
    def confirmed(self) -> npt.NDArray[np.bool_]:
        """Rows that would be posted because a person confirmed them."""
        return self.ready & self.vouched

    @property
    def against_sign(self) -> npt.NDArray[np.bool_]:
        """Rows whose amount has the sign that it must not have."""
        against: npt.NDArray[np.bool_] = self.type.against_sign(self.amounts)
        return against

    def of(self, position: int) -> tuple[Issue, ...]:
        """Every issue of the row at that position."""
        return self.issues.get(position, ()) + self.repeats.get(position, ())

    def all(self) -> Iterable[Issue]:
        """Every issue, in the order of the sheet."""
        for position in sorted(self.issues.keys() | self.repeats.keys()):
            yield from self.of(position)

    def tally(self, chosen: npt.NDArray[np.bool_]) -> tuple[int, int | None]:
        """Rows and thousandths of the chosen rows, amounts of the wrong sign aside; None for a type without
        money."""
        summed = chosen & ~self.against_sign
        return int(chosen.sum()), int(self.amounts[summed].sum()) if self.type.summed else None

    def tally_of(self, issues: Iterable[Issue]) -> tuple[int, int | None]:
        """Rows and thousandths of the rows that have these issues."""
        return self.tally(np.isin(self.numbers, [issue.row for issue in issues]))

    def waiting(self, code: str | None = None) -> list[Issue]:
        """What a person has to confirm in the rows that nothing else stops: of one code, or of every one."""
        return [
            issue
            for position in np.flatnonzero(self.to_confirm).tolist()
            for issue in self.of(position)
            if issue.confirmable and code in (None, issue.code)
        ]


def judge(draft: Draft, reference: Reference) -> Judgement:
    """The judgement of a whole draft."""
    rules = _Rules(draft, reference)
    count = len(draft.rows)
    parts = _Parts.blank(draft)
    rows = _Rows(range(count), parts.numbers, parts.readings)
    for place, name in enumerate(draft.rows.columns):
        if name not in draft.type.columns_by_name:
            continue
        cells = list(zip(draft.rows[name].tolist(), draft.held[:, place].tolist(), strict=True))
        cell_rule = rules.cell(name)
        findings = {cell: cell_rule(*cell) for cell in set(cells)}
        parts.readings[name] = values = np.empty(count, dtype=object)
        values[:] = [findings[cell].value for cell in cells]
        if name in parts.compared:
            numbered = {cell: _key(finding.value, parts.interned) for cell, finding in findings.items()}
            parts.keys[name] = np.fromiter((numbered[cell] for cell in cells), np.int64, count)
        bad = {cell for cell, finding in findings.items() if finding.code}
        if bad:
            for position, cell in enumerate(cells):
                if cell in bad:
                    rows.add(position, name, cell[0], findings[cell])
    rules.read_rows(rows)
    rules.compare(rows, parts.known)
    for position, several in rows.found.items():
        parts.mark(position, several, draft)
    return parts.judgement(draft)


def is_confirmed(draft: Draft, issue: Issue) -> bool:
    """Whether a person has confirmed this issue as it is now, and not another one of its row before."""
    return draft.confirmed.get((issue.row, issue.code)) == issue.basis


def rejudge(judgement: Judgement, draft: Draft, reference: Reference, changed: Iterable[int]) -> Judgement:
    """The judgement of a draft in which only the rows at the `changed` positions differ from before.

    The reference's customers and locations, and the draft's answers, must be those of `judgement`.
    """
    places = sorted(set(changed))
    if not places:
        return judgement
    rules = _Rules(draft, reference)
    parts = _Parts.of(judgement)
    rows = _Rows(places, parts.numbers, parts.readings)
    for place, name in enumerate(draft.rows.columns):
        if name not in parts.readings:
            continue
        cell_rule = rules.cell(name)
        texts = draft.rows[name].iloc[places].tolist()
        for position, text in zip(places, texts, strict=True):
            finding = cell_rule(text, int(draft.held[position, place]))
            parts.readings[name][position] = finding.value
            if name in parts.keys:
                parts.keys[name][position] = _key(finding.value, parts.interned)
            if finding.code:
                rows.add(position, name, text, finding)
    rules.read_rows(rows)
    rules.compare(rows, parts.known)
    for position in places:
        parts.mark(position, rows.found.get(position, ()), draft)
    return parts.judgement(draft)


def refused(draft: Draft, reference: Reference, column: str, text: str) -> Issue | None:
    """Why a column would reject a text that somebody means to put into it; None where it would not.

    The judgement of the cell alone: what the rest of its row makes of it is not known here. Row 0.
    """
    finding = _Rules(draft, reference).cell(column)(text, Held.TEXT)
    issue = _issue(0, column, text.strip(), finding) if finding.code else None
    return issue if issue and issue.severity is Severity.ERROR else None


@dataclass(kw_only=True)
class _Parts:
    """A judgement in the making: what hangs on single rows, so that it can be renewed row by row."""

    numbers: npt.NDArray[np.int64]
    compared: tuple[str, ...]
    readings: dict[str, npt.NDArray[np.object_]]
    keys: dict[str, npt.NDArray[np.int64]]
    interned: dict[str, int]
    issues: dict[int, tuple[Issue, ...]]
    own_errors: npt.NDArray[np.bool_]
    own_warnings: npt.NDArray[np.bool_]
    own_unconfirmed: npt.NDArray[np.bool_]
    own_vouched: npt.NDArray[np.bool_]
    known: npt.NDArray[np.bool_]

    @classmethod
    def blank(cls, draft: Draft) -> "_Parts":
        """Nothing judged yet."""
        count = len(draft.rows)
        return cls(
            numbers=draft.rows.index.to_numpy(dtype=np.int64),
            compared=_compared(draft.type),
            readings={},
            keys={},
            interned={},
            issues={},
            own_errors=np.zeros(count, dtype=np.bool_),
            own_warnings=np.zeros(count, dtype=np.bool_),
            own_unconfirmed=np.zeros(count, dtype=np.bool_),
            own_vouched=np.zeros(count, dtype=np.bool_),
            known=np.zeros(count, dtype=np.bool_),
        )

    @classmethod
    def of(cls, judgement: Judgement) -> "_Parts":
        """Copies of a judgement's parts, to be changed; the numbering of texts only grows."""
        return cls(
            numbers=judgement.numbers,
            compared=tuple(judgement.keys),
            readings={name: values.copy() for name, values in judgement.readings.items()},
            keys={name: keys.copy() for name, keys in judgement.keys.items()},
            interned=judgement.interned,
            issues=dict(judgement.issues),
            own_errors=judgement.own_errors.copy(),
            own_warnings=judgement.own_warnings.copy(),
            own_unconfirmed=judgement.own_unconfirmed.copy(),
            own_vouched=judgement.own_vouched.copy(),
            known=judgement.known.copy(),
        )

    def mark(self, position: int, several: Sequence[Issue], draft: Draft) -> None:
        """These are the issues of a row now."""
        severities = {issue.severity for issue in several}
        self.own_errors[position] = Severity.ERROR in severities
        self.own_warnings[position] = Severity.WARNING in severities
        given = [is_confirmed(draft, issue) for issue in several if issue.confirmable]
        self.own_unconfirmed[position] = not all(given)
        self.own_vouched[position] = any(given)
        if several:
            self.issues[position] = tuple(several)
        else:
            self.issues.pop(position, None)

    def judgement(self, draft: Draft) -> Judgement:
        """The judgement, with the sheet rules run over all rows."""
        repeats = _repeats(draft, self.numbers, self.keys)
        errors, warnings = self.own_errors.copy(), self.own_warnings.copy()
        unconfirmed, vouched = self.own_unconfirmed.copy(), self.own_vouched.copy()
        for position, several in repeats.items():
            for issue in several:
                marks = errors if issue.severity is Severity.ERROR else warnings
                marks[position] = True
                if issue.confirmable:
                    marks = vouched if is_confirmed(draft, issue) else unconfirmed
                    marks[position] = True
        money_keys = self.keys.get(draft.type.amount_column or "")
        if money_keys is None:
            money_keys = np.zeros(len(self.numbers), np.int64)
        return Judgement(
            type=draft.type,
            numbers=self.numbers,
            readings=self.readings,
            issues=self.issues,
            repeats=repeats,
            own_errors=self.own_errors,
            own_warnings=self.own_warnings,
            own_unconfirmed=self.own_unconfirmed,
            own_vouched=self.own_vouched,
            errors=errors,
            warnings=warnings,
            unconfirmed=unconfirmed,
            vouched=vouched,
            left_out=draft.left_out & ~draft.set_aside,
            set_aside=draft.set_aside,
            known=self.known,
            amounts=money_keys >> 1,
            readable=money_keys != 0,
            keys=self.keys,
            interned=self.interned,
        )


def colliding(judgement: Judgement, draft: Draft, posted: Posted) -> list[int]:
    """The positions of rows that may collide with what stands in the ledger."""
    corrected = (row for row, origin in draft.origins.items() if origin.key in posted.corrected)
    found: list[int] = draft.positions(corrected).tolist()
    for meanings, there in ((draft.type.key, posted.keys), (draft.type.likeness, posted.alike)):
        if there:
            said = parts(draft.type, meanings, judgement.readings)
            found += [position for position, one in enumerate(said) if one in there]
    return list(dict.fromkeys(found))


@dataclass
class _Rows:
    """The rows that are being judged, by position: their readings so far, and the issues found in them."""

    positions: Sequence[int]
    numbers: npt.NDArray[np.int64]
    readings: Mapping[str, npt.NDArray[np.object_]]
    found: dict[int, list[Issue]] = field(default_factory=dict)

    def add(self, position: int, column: str, text: str, finding: Finding) -> None:
        """One more issue of a row."""
        issue = _issue(int(self.numbers[position]), column, text, finding)
        self.found.setdefault(position, []).append(issue)


def _issue(row: int, column: str, text: str, finding: Finding) -> Issue:
    return Issue(
        row=row,
        column=column,
        code=finding.code or "",
        value=text,
        suggestion=finding.suggestion,
        facts=finding.facts,
        basis=finding.basis,
    )


@dataclass
class _Rules:
    """The cell and row rules of one type at one moment."""

    draft: Draft
    reference: Reference
    hidden: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        counted = self.draft.answers.hidden.get("") == "count"
        self.hidden = frozenset() if counted else self.draft.sheet.hidden_rows

    def cell(self, name: str) -> Callable[[str, int], Finding]:
        """The rule of a column: text and what Excel held in, finding out."""
        column = self.draft.type.column(name)
        asked = _Asked(column, self.draft.type, self.reference, self.draft.answers)
        read = partial(_READERS[column.kind], asked)
        needed = column.need is Need.REQUIRED or (
            column.need is Need.MULTI_LOCATION and self.reference.directory.multi_location
        )
        missing = Finding(code="missing-value") if needed else BLANK
        coded = column.kind is not ValueKind.TEXT or (column.max_length or 0) <= 20
        limit = column.max_length
        suggester = self._suggester(column)

        def mend(value: str) -> str | None:
            best = suggester.best(value) if suggester else None
            return best.code if best else None

        def rule(text: str, held: int) -> Finding:
            value = text.strip()
            if not value:
                return missing
            if held == Held.ERROR:
                return Finding(code="error-cell")
            if held == Held.UNCALCULATED:
                return Finding(code="uncalculated-formula")
            if column.erasable and value.casefold() == ERASE:
                return Finding(() if column.kind is ValueKind.LOCATIONS else "")
            plain = value.isascii() and value.isprintable()
            if coded and not plain and UNSEEN.search(value):
                return Finding(code="unreadable-characters", suggestion=UNSEEN.sub("", value).strip())
            if limit and len(value) > limit:
                return Finding(
                    code="too-long", suggestion=mend(value), facts={"length": len(value), "limit": limit}
                )
            return read(value, held)

        return rule

    def _suggester(self, column: Column) -> Suggester | None:
        """Ranks what may have been meant in a column of codes: a name typed there is too long for a code."""
        directory = self.reference.directory
        if column.kind is ValueKind.CUSTOMER:
            return directory.customer_suggester
        return directory.location_suggester if column.kind is ValueKind.LOCATION else None

    def read_rows(self, rows: _Rows) -> None:
        """Add the row rules' issues."""
        if not rows.positions:
            return
        places = [self.draft.type.name_for(meaning) for meaning in (Meaning.PARTY, Meaning.LOCATION)]
        if all(name in rows.readings for name in places):
            self._locations(rows, *places)
        if self.reference.posted.keys or self.reference.posted.alike:
            self._posted(rows)
        if self.reference.posted.corrected:
            self._corrected(rows)
        if self.hidden or self.draft.set_aside.any():
            self._marked_rows(rows)

    def compare(self, rows: _Rows, known: npt.NDArray[np.bool_]) -> None:
        """Mark the rows that say of a record only what is known of it; a blank cell says nothing."""
        code = self.draft.type.column_for(Meaning.RECORD)
        if code is None:
            return
        columns = [c for c in self.draft.type.columns if c is not code and c.name in rows.readings]
        customers = self.reference.directory.customers
        for position in rows.positions:
            customer = customers.get(code_key(rows.readings[code.name][position] or ""))
            known[position] = customer is not None and all(
                _says_nothing_new(customer, column, rows.readings[column.name][position])
                for column in columns
            )

    def _locations(self, rows: _Rows, party: str, place: str) -> None:
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
                facts={"customer": customer.code, "expected": _listed(allowed) or "none, as it has none"},
            )
            rows.add(position, place, self._text(place, position), finding)

    def _posted(self, rows: _Rows) -> None:
        type, posted, said = self.draft.type, self.reference.posted, words(self.draft.type)
        keys = parts(type, type.key, rows.readings, rows.positions)
        likenesses = parts(type, type.likeness, rows.readings, rows.positions)
        numbers = parts(type, [Meaning.NUMBER], rows.readings, rows.positions)
        for position, key, likeness, number in zip(rows.positions, keys, likenesses, numbers, strict=True):
            if at := posted.keys.get(key) if key else None:
                column = type.names_for(type.key)[-1]
                finding = Finding(code=ALREADY_POSTED, facts={"date": at, **said})
                rows.add(position, column, self._text(column, position).strip(), finding)
                continue
            alike = posted.alike.get(likeness) if likeness else None
            if likeness and alike and not (type.numbered and number and alike.numbered):
                finding = Finding(
                    code=POSSIBLE_DUPLICATE,
                    facts={"date": alike.at, **said},
                    basis=f"{' '.join(map(str, likeness))} like {alike.newest}",
                )
                column = type.amount_column or ""
                rows.add(position, column, self._text(column, position), finding)

    def _text(self, column: str, position: int) -> str:
        """The cell's own text, by which a fix of many rows finds it again."""
        return str(self.draft.rows[column].iloc[position])

    def _corrected(self, rows: _Rows) -> None:
        """A row that was corrected elsewhere is one issue, whatever else it has: it is not posted again."""
        first = self.draft.columns[0]
        for position in rows.positions:
            origin = self.draft.origins.get(int(rows.numbers[position]))
            place = self.reference.posted.corrected.get(origin.key) if origin else None
            if origin and place:
                facts = {
                    "origin": origin.row,
                    "source": origin.file_name,
                    "file": place.file_name,
                    "other": place.row,
                }
                rows.found.pop(position, None)
                text = self._text(first, position)
                rows.add(position, first, text, Finding(code=ALREADY_CORRECTED, facts=facts))

    def _marked_rows(self, rows: _Rows) -> None:
        """A total row has nothing wrong with it, though it lacks everything; a hidden row warns."""
        first = self.draft.columns[0]
        for position in rows.positions:
            row = int(rows.numbers[position])
            if self.draft.set_aside[position]:
                rows.found.pop(position, None)
            elif row in self.hidden:
                rows.add(position, first, "", Finding(code="hidden-row", facts={"row": row}))


def _says_nothing_new(customer: KnownCustomer, column: Column, value: Any) -> bool:
    """Whether a reading leaves a field of a customer as it is."""
    if value is None:
        return True
    if column.kind is ValueKind.LOCATIONS:
        value = frozenset(location.id for location in value)
    return bool(getattr(customer, column.meaning.value) == value)


def _compared(type: ImportType) -> tuple[str, ...]:
    """The columns that the sheet rules compare between rows, and the one that is summed."""
    summed = (type.summed,) if type.summed else ()
    return tuple(dict.fromkeys(type.names_for((*type.key, *type.likeness, *summed))))


def _key(value: Any, interned: dict[str, int]) -> int:
    """A whole number that two readings share if they are the same; 0 for nothing. Texts are numbered in
    the order in which they come."""
    if value is None:
        return 0
    if isinstance(value, KnownCustomer | KnownLocation):
        return value.id
    if isinstance(value, Decimal):
        return (int(value * 1000) << 1) | 1  # odd, and so never 0; `>> 1` is the thousandths again
    if isinstance(value, date):
        return value.toordinal()
    return interned.setdefault(code_key(str(value)), len(interned) + 1)


def _alike(keys: Sequence[npt.NDArray[np.int64]], counted: npt.NDArray[np.bool_]) -> Iterable[list[int]]:
    """The positions of counted rows that are the same in every key, in groups of two and more."""
    for key in keys:
        counted = counted & (key != 0)
    places = np.flatnonzero(counted)
    frame = pd.DataFrame({place: key[places] for place, key in enumerate(keys)})
    several = frame.duplicated(keep=False).to_numpy(dtype=np.bool_)
    groups: dict[tuple[int, ...], list[int]] = {}
    columns = [key[places[several]].tolist() for key in keys]
    for position, *same in zip(places[several].tolist(), *columns, strict=True):
        groups.setdefault(tuple(same), []).append(position)
    return groups.values()


def _repeats(
    draft: Draft,
    numbers: npt.NDArray[np.int64],
    keys: Mapping[str, npt.NDArray[np.int64]],
) -> dict[int, tuple[Issue, ...]]:
    """The sheet rules: what may stand once stands once; what is alike without two numbers waits.

    Rows that are left out and total rows do not count. The first of several equal rows keeps its place.
    """
    found: dict[int, tuple[Issue, ...]] = {}
    type, counted, said = draft.type, ~draft.out, words(draft.type)
    names = type.names_for(type.key)
    if names and all(name in keys for name in names):
        for first, *others in _alike([keys[name] for name in names], counted):
            for position in others:
                facts = {"other": int(numbers[first]), **said}
                finding = Finding(code="duplicate-in-sheet", facts=facts)
                text = str(draft.rows[names[-1]].iloc[position])
                found[position] = (_issue(int(numbers[position]), names[-1], text, finding),)
    for position, issue in _copies(draft, numbers):
        found[position] = (issue, *found.get(position, ()))
    same = type.names_for(type.likeness)
    if type.amount_column is None or not all(name in keys for name in same):
        return found
    written = keys.get(type.name_for(Meaning.NUMBER)) if type.numbered else None
    texts = draft.rows[type.amount_column].to_numpy(dtype=object)
    for first, *others in _alike([keys[name] for name in same], counted):
        for position in others:
            if written is not None and written[position] and written[first]:
                continue  # two numbers, two documents
            other = int(numbers[first])
            alike = " ".join(str(keys[name][position]) for name in same)
            finding = Finding(
                code=REPEATED_ROW,
                facts={"other": other, **said},
                basis=f"{alike} like row {other}",
            )
            issue = _issue(int(numbers[position]), type.amount_column, str(texts[position]), finding)
            found[position] = (*found.get(position, ()), issue)
    return found


def _copies(draft: Draft, numbers: npt.NDArray[np.int64]) -> Iterable[tuple[int, Issue]]:
    """Rows that were one rejected row before: the first that counts keeps its place."""
    seen: dict[str, int] = {}
    rows = sorted(draft.origins) if draft.type.once else []
    for row, position in zip(rows, draft.positions(rows).tolist(), strict=True):
        origin = draft.origins[row]
        if draft.out[position] or seen.setdefault(origin.key, row) == row:
            continue
        facts = {"origin": origin.row, "source": origin.file_name, "other": seen[origin.key]}
        facts |= words(draft.type)
        column = draft.columns[0]
        text = str(draft.rows[column].iloc[position])
        yield position, _issue(int(numbers[position]), column, text, Finding(code=COPIED_ROW, facts=facts))


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(codes[:8]) + (" …" if len(codes) > 8 else "")


# The cell rules, one for each kind of value. `text` is trimmed and not blank.


class _Asked(NamedTuple):
    """What a cell rule goes by beside the cell."""

    column: Column
    type: ImportType
    reference: Reference
    answers: Answers


def _read_text(asked: _Asked, text: str, held: int) -> Finding:
    return Finding(text)


def _read_customer(asked: _Asked, text: str, held: int) -> Finding:
    directory = asked.reference.directory
    customer = directory.customers.get(code_key(text))
    if customer is None:
        return _unknown("unknown-customer", directory.customer_suggester, text)
    if not customer.active:
        return Finding(code="inactive-customer", facts={"name": customer.name})
    return Finding(customer)


def _read_location(asked: _Asked, text: str, held: int) -> Finding:
    directory = asked.reference.directory
    location = directory.locations.get(code_key(text))
    if location is None:
        return _unknown_location(directory, text)
    return Finding(location)


def _read_locations(asked: _Asked, text: str, held: int) -> Finding:
    found = []
    parts = [part.strip() for part in text.split(":")]
    for place, code in enumerate(parts):
        if not code:
            continue
        location = asked.reference.directory.locations.get(code_key(code))
        if location is None:
            unknown = _unknown_location(asked.reference.directory, code)
            if unknown.suggestion is None:
                return unknown
            mended = ":".join([*parts[:place], unknown.suggestion, *parts[place + 1 :]])
            return unknown._replace(suggestion=mended)
        found.append(location)
    return Finding(tuple(found))


def _unknown(code: str, suggester: Suggester, text: str, **facts: str) -> Finding:
    best = suggester.best(text)
    return Finding(code=code, suggestion=best.code if best else None, facts=facts)


def _unknown_location(directory: Directory, text: str) -> Finding:
    codes = _listed(sorted(known.code for known in directory.locations.values()))
    return _unknown("unknown-location", directory.location_suggester, text, expected=codes or "none")


def _read_choice(asked: _Asked, text: str, held: int) -> Finding:
    choices = asked.column.choices
    for choice in choices:
        if choice.casefold() == text.casefold():
            return Finding(choice)
    best = Suggester((choice, choice) for choice in choices).best(text)
    expected = ", ".join(choices)
    return Finding(code="not-a-choice", suggestion=best.code if best else None, facts={"expected": expected})


FLAGS = {
    **dict.fromkeys(("yes", "y", "true", "1", "active", "si", "sí"), True),
    **dict.fromkeys(("no", "n", "false", "0", "inactive"), False),
}


def _read_flag(asked: _Asked, text: str, held: int) -> Finding:
    flag = FLAGS.get(text.casefold())
    if flag is None:
        return Finding(code="not-a-choice", facts={"expected": "yes, no"})
    return Finding(flag)


def _read_amount(asked: _Asked, text: str, held: int) -> Finding:
    column, type, reference = asked.column, asked.type, asked.reference
    answer = asked.answers.marks.get(column.name)
    amount = read_amount(text, Held(held), decimals=column.decimals, mark=answer, currency=reference.currency)
    if isinstance(amount, Doubt):
        return Finding(code=amount.code, suggestion=amount.suggestion, facts=amount.facts)
    too_much = {"limit": money(reference.ceiling), "noun": type.noun[0]}
    if abs(amount) > COUNTABLE:
        return Finding(code="above-ceiling", facts=too_much)
    if not amount or type.against_sign(amount):
        mend = written_amount(-amount, mark=decimal_mark(answer)) if amount else None
        code = "not-negative" if type.sign is Sign.NEGATIVE else "not-positive"
        return Finding(amount, code=code, suggestion=mend)
    if to_thousandths(abs(amount)) > reference.ceiling:
        return Finding(amount, code="above-ceiling", facts=too_much)
    return Finding(amount)


def _read_date(asked: _Asked, text: str, held: int) -> Finding:
    today = asked.reference.today
    day = read_date(text, Held(held), order=asked.answers.orders.get(asked.column.name))
    if isinstance(day, Doubt):
        return Finding(code=day.code, suggestion=day.suggestion, facts=day.facts)
    if day > today + LATER:
        distance = f"{(day - today).days:,} days ahead"
        return Finding(day, code="unusual-date", facts={"distance": distance})
    if day < today - EARLIER:
        distance = f"{(today - day).days // 365} years ago"
        return Finding(day, code="unusual-date", facts={"distance": distance})
    return Finding(day)


_READERS: dict[ValueKind, Callable[[_Asked, str, int], Finding]] = {
    ValueKind.TEXT: _read_text,
    ValueKind.CUSTOMER: _read_customer,
    ValueKind.NEW_CODE: _read_text,
    ValueKind.LOCATION: _read_location,
    ValueKind.LOCATIONS: _read_locations,
    ValueKind.AMOUNT: _read_amount,
    ValueKind.DATE: _read_date,
    ValueKind.CHOICE: _read_choice,
    ValueKind.FLAG: _read_flag,
}
