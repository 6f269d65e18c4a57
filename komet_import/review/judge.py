"""The judge: a draft and the facts of the moment in, a judgement out.

Pure, and fast enough to run after every edit. Three layers, in `rules`: cell rules read one text (each
distinct text of a column once), row rules compare the readings of one row with each other and with the
ledger, sheet rules compare rows. `judge` runs all of it; `rejudge` runs cell and row rules for the changed
rows only, and a test holds that both come to the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from komet_import.review.catalogue import Severity
from komet_import.review.draft import Draft
from komet_import.review.issues import Issue
from komet_import.review.judgement import Judgement, is_confirmed
from komet_import.review.reference import OfParties, Posted, Reference
from komet_import.review.rules import signs
from komet_import.review.rules.cells import cell_rule
from komet_import.review.rules.finding import JudgedRows, issue_of
from komet_import.review.rules.pairs import compared, forms, key_of, similar, similar_key
from komet_import.review.rules.rows import RowRules
from komet_import.review.rules.sheet import SheetRules
from komet_import.review.sameness import numbers_alike, parts
from komet_import.review.unusual import unusual
from komet_import.sheets.worksheet import Held


def judge(draft: Draft, reference: Reference) -> Judgement:
    """The judgement of a whole draft."""
    rules = RowRules(draft, reference)
    count = len(draft.rows)
    parts = _Parts.blank(draft)
    rows = JudgedRows(range(count), parts.numbers, parts.readings)
    alike_by = forms(draft.type)
    for name in draft.rows.columns:
        if name not in draft.type.columns_by_name:
            continue
        cells = list(zip(draft.rows[name].tolist(), draft.seen(name).tolist(), strict=True))
        rule = cell_rule(draft, reference, name)
        findings = {cell: rule(*cell) for cell in set(cells)}
        parts.readings[name] = values = np.empty(count, dtype=object)
        values[:] = [findings[cell].value for cell in cells]
        if name in parts.compared:
            numbered = {cell: key_of(finding.value, parts.interned) for cell, finding in findings.items()}
            parts.keys[name] = np.fromiter((numbered[cell] for cell in cells), np.int64, count)
            if form := alike_by.get(name):
                alike = {
                    cell: similar_key(finding.value, parts.interned, form)
                    for cell, finding in findings.items()
                }
                parts.keys[similar(name)] = np.fromiter((alike[cell] for cell in cells), np.int64, count)
        bad = {cell for cell, finding in findings.items() if finding.code}
        if bad:
            for position, cell in enumerate(cells):
                if cell in bad:
                    rows.add(position, name, cell[0], findings[cell])
    rules.read_rows(rows)
    rules.compare(rows, parts.records)
    for position, several in rows.found.items():
        parts.mark(position, several, draft)
    return parts.judgement(draft, reference)


def rejudge(judgement: Judgement, draft: Draft, reference: Reference, changed: Iterable[int]) -> Judgement:
    """The judgement of a draft in which only the rows at the `changed` positions differ from before.

    The reference's customers and locations, and the draft's answers, must be those of `judgement`.
    """
    places = sorted(set(changed))
    if not places:
        return judgement
    rules, alike_by = RowRules(draft, reference), forms(draft.type)
    parts = _Parts.of(judgement)
    rows = JudgedRows(places, parts.numbers, parts.readings)
    for name in draft.rows.columns:
        if name not in parts.readings:
            continue
        rule = cell_rule(draft, reference, name)
        texts, seen = draft.rows[name].iloc[places].tolist(), draft.seen(name)[places].tolist()
        for position, text, held in zip(places, texts, seen, strict=True):
            finding = rule(text, held)
            parts.readings[name][position] = finding.value
            if name in parts.keys:
                parts.keys[name][position] = key_of(finding.value, parts.interned)
            if similar(name) in parts.keys:
                key = similar_key(finding.value, parts.interned, alike_by[name])
                parts.keys[similar(name)][position] = key
            if finding.code:
                rows.add(position, name, text, finding)
    rules.read_rows(rows)
    rules.compare(rows, parts.records)
    for position in places:
        parts.mark(position, rows.found.get(position, ()), draft)
    return parts.judgement(draft, reference)


def refused(draft: Draft, reference: Reference, column: str, text: str) -> Issue | None:
    """Why a column would reject a text that somebody means to put into it; None where it would not.

    The judgement of the cell alone: what the rest of its row makes of it is not known here. Row 0.
    """
    finding = cell_rule(draft, reference, column)(text, Held.TEXT)
    issue = issue_of(0, column, text.strip(), finding) if finding.code else None
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
    records: npt.NDArray[np.uint8]

    @classmethod
    def blank(cls, draft: Draft) -> "_Parts":
        """Nothing judged yet."""
        count = len(draft.rows)
        return cls(
            numbers=draft.rows.index.to_numpy(dtype=np.int64),
            compared=compared(draft.type),
            readings={},
            keys={},
            interned={},
            issues={},
            own_errors=np.zeros(count, dtype=np.bool_),
            own_warnings=np.zeros(count, dtype=np.bool_),
            own_unconfirmed=np.zeros(count, dtype=np.bool_),
            own_vouched=np.zeros(count, dtype=np.bool_),
            records=np.zeros(count, dtype=np.uint8),
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
            records=judgement.records.copy(),
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

    def judgement(self, draft: Draft, reference: Reference) -> Judgement:
        """The judgement, with the sheet rules run over all rows."""
        money_keys = self.keys.get(draft.type.amount_column or "")
        if money_keys is None:
            money_keys = np.zeros(len(self.numbers), np.int64)
        rules = SheetRules(
            draft=draft,
            numbers=self.numbers,
            keys=self.keys,
            alike=reference.posted.alike,
            codes=reference.directory.customers,
            issues=self.issues,
        )
        repeated = rules.found()
        for position, issue in signs.waiting_for_sign(draft, self.numbers, money_keys >> 1):
            repeated[position] = (*repeated.get(position, ()), issue)
        errors, warnings = self.own_errors.copy(), self.own_warnings.copy()
        unconfirmed, vouched = self.own_unconfirmed.copy(), self.own_vouched.copy()
        for position, several in repeated.items():
            for issue in several:
                marks = errors if issue.severity is Severity.ERROR else warnings
                marks[position] = True
                if issue.confirmable:
                    marks = vouched if is_confirmed(draft, issue) else unconfirmed
                    marks[position] = True
        return Judgement(
            type=draft.type,
            numbers=self.numbers,
            readings=self.readings,
            issues=self.issues,
            repeats=repeated,
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
            aside=draft.aside,
            records=self.records,
            amounts=money_keys >> 1,
            readable=money_keys != 0,
            keys=self.keys,
            interned=self.interned,
            confirmations=draft.confirmed,
            turned=signs.are_turned(draft),
        )


def colliding(judgement: Judgement, draft: Draft, posted: Posted) -> list[int]:
    """The positions of rows that may collide with what stands in the ledger."""
    settled = posted.corrected.keys() | posted.dropped.keys()
    back = (row for row, origin in draft.origins_here.items() if origin.key in settled)
    found: list[int] = draft.positions(back).tolist()
    if posted.alike:
        said = parts(draft.type, draft.type.likeness, judgement.readings)
        found += [position for position, one in enumerate(said) if one in posted.alike]
    if posted.keys or posted.numbers:
        keys = parts(draft.type, draft.type.key, judgement.readings)
        found += [position for position, one in enumerate(keys) if one in posted.keys]
        alike = numbers_alike(draft.type, judgement.readings, keys=keys)
        found += [position for position, one in enumerate(alike) if one in posted.numbers]
    found += unusual(draft.type, judgement.keys, judgement.amounts, posted.standing)
    return list(dict.fromkeys(found))


def standing_otherwise(judgement: Judgement, draft: Draft, before: OfParties, after: OfParties) -> list[int]:
    """The positions of rows that are unusual against what stood before or stands now, where that differs."""
    parties = before.keys() | after.keys()
    moved = {party for party in parties if before.get(party) != after.get(party)}
    both = (unusual(draft.type, judgement.keys, judgement.amounts, one, moved) for one in (before, after))
    return list(dict.fromkeys(chain(*both)))
