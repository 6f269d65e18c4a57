"""The figures of a judged sheet: rows and money of each state, and what stands apart from the sums.

Counted in one place, so that screen, receipt, mail and terminal cannot differ. What was *read* is every
filled row below the header that is not set aside as no row to import: `read = ready + unchanged + to confirm
+ rejected + left out`, in rows and in money. A sum adds up amounts that were read and have the right sign.
What no sum holds stands apart (`Apart`): rows without an amount that can be read, negative amounts (positive
ones for a type whose money must be negative), total rows, which repeat the money above them, and the other
rows that are set aside, by kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from komet_import import row_numbers
from komet_import.language import _, marked_pair, ngettext
from komet_import.review.differences import RecordChange
from komet_import.review.judgement import Judgement
from komet_import.review.tally import NOTHING, Tally, tally_of
from komet_import.sheets.layout.row_kinds import RowKind
from komet_import.types.money import money

NAMED_TOTALS = 3
"""Total rows that are named one by one; more of them are counted."""


@dataclass(frozen=True, kw_only=True)
class TotalRow:
    """A total row that is set aside: its amount (None: not readable), and the sum of the rows that it adds
    up, in thousandths, negative ones as the sheet has them."""

    row: int
    amount: int | None
    above: int

    @property
    def matches(self) -> bool:
        """Whether it says what the rows above it come to."""
        return self.amount == self.above

    @property
    def sentence(self) -> str:
        """The comparison in words."""
        if self.amount is None:
            return _("Total row {row} has no readable amount.", row=row_numbers.told(self.row))
        row, amount, above = row_numbers.told(self.row), money(self.amount), money(self.above)
        if self.matches:
            return _(
                "Total row {row} of the sheet ({amount}) matches the rows above it.", row=row, amount=amount
            )
        over = self.amount - self.above
        said = (
            _("Total row {row} of the sheet ({amount}) is {over} more than the rows above it ({above}).")
            if over > 0
            else _("Total row {row} of the sheet ({amount}) is {over} less than the rows above it ({above}).")
        )
        return said.format(row=row, amount=amount, over=money(abs(over)), above=above)


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """Rows that are set aside for what they are (`kind`), total rows apart: how many, and their money in
    thousandths as the sheet has it (None: a type without money)."""

    kind: RowKind
    rows: int
    amount: int | None

    @property
    def sentence(self) -> str:
        """In words, with the money where there is any."""
        said = ngettext(*_KINDS[self.kind], self.rows)
        # What is filtered may be in any currency, and control totals are nobody's money.
        told = self.amount and self.kind not in (RowKind.FILTERED, RowKind.CONTROL)
        return f"{said} ({money(self.amount or 0)})." if told else f"{said}."


_KINDS: dict[RowKind, tuple[str, str]] = {
    RowKind.REPEATED_HEADER: marked_pair(
        "{count:,} row repeats the headers", "{count:,} rows repeat the headers"
    ),
    RowKind.HEADING: marked_pair(
        "{count:,} line stands above a group of rows", "{count:,} lines stand above groups of rows"
    ),
    RowKind.OTHER_TABLE: marked_pair(
        "{count:,} row of a second table was not imported",
        "{count:,} rows of a second table were not imported",
    ),
    RowKind.FILTERED: marked_pair(
        "{count:,} row is something else by what a column says",
        "{count:,} rows are something else by what a column says",
    ),
    RowKind.FOOTER: marked_pair("{count:,} line of text is no row", "{count:,} lines of text are no rows"),
    RowKind.CONTROL: marked_pair(
        "{count:,} line gives control totals", "{count:,} lines give control totals"
    ),
}


@dataclass(frozen=True, kw_only=True)
class Apart:
    """What was in the sheet and is in no sum: rows without a readable amount, amounts of the wrong sign
    (`negative`, a Tally whose sum has it too), and total rows and others that are set aside, which count as
    no row either."""

    unreadable: int = 0
    negative: Tally = NOTHING
    totals: tuple[TotalRow, ...] = ()
    aside: tuple[SetAside, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """In words, one sentence for each kind; none where everything is in the sums."""
        said = []
        if self.unreadable:
            said.append(
                ngettext(
                    "{count:,} row has no readable amount.",
                    "{count:,} rows have no readable amount.",
                    self.unreadable,
                )
            )
        if self.negative.rows:
            amount = self.negative.amount or 0
            pair = _NEGATIVE if amount < 0 else _POSITIVE
            said.append(ngettext(*pair, self.negative.rows, amount=money(amount)))
        return (*said, *_totals_in_words(self.totals), *(aside.sentence for aside in self.aside))


_NEGATIVE = marked_pair(
    "{count:,} negative amount, {amount}.", "{count:,} negative amounts, {amount} in all."
)
_POSITIVE = marked_pair(
    "{count:,} positive amount, {amount}.", "{count:,} positive amounts, {amount} in all."
)

IN_SUM = Apart()
"""Nothing stands apart."""


def _totals_in_words(totals: Sequence[TotalRow]) -> list[str]:
    if len(totals) <= NAMED_TOTALS:
        return [total.sentence for total in totals]
    differing = [total for total in totals if not total.matches]
    if not differing:
        return [_("{count:,} total rows of the sheet; all match the rows above them.", count=len(totals))]
    told = ngettext(
        "{all:,} total rows of the sheet; {count:,} does not match the rows above them.",
        "{all:,} total rows of the sheet; {count:,} do not match the rows above them.",
        len(differing),
        all=len(totals),
    )
    return [told, *(total.sentence for total in differing[:NAMED_TOTALS])]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The states of a sheet's rows, each row in exactly one of the five that make up `read`.

    `unchanged` are rows of an upsert that say only what is known. `ready` is what a posting posts, `added`
    how many of these are new records (None: an import of this type updates none);
    `confirmed` are those of the ready rows of which a person said that they are meant, though something spoke
    against them. `to_confirm` are the rows for which nobody has said so.
    """

    read: Tally
    ready: Tally
    unchanged: Tally
    to_confirm: Tally
    rejected: Tally
    left_out: Tally
    confirmed: Tally
    apart: Apart
    added: int | None = None

    @property
    def not_posted(self) -> Tally:
        """What a posting rejects: errors, and what nobody has confirmed."""
        return self.rejected + self.to_confirm

    @property
    def counted(self) -> Tally:
        """What control totals are compared with: what was read, negative amounts as the sheet has them."""
        if self.read.amount is None:
            return self.read
        return Tally(rows=self.read.rows, amount=self.read.amount + (self.apart.negative.amount or 0))


def figures(judgement: Judgement) -> Figures:
    """The figures of a sheet as it stands."""

    tally = partial(tally_of, judgement)
    read = ~judgement.set_aside
    return Figures(
        read=tally(read),
        ready=tally(judgement.ready),
        unchanged=tally(judgement.unchanged),
        to_confirm=tally(judgement.to_confirm),
        rejected=tally(judgement.rejected),
        left_out=tally(judgement.left_out),
        confirmed=tally(judgement.confirmed),
        apart=_apart(judgement, read),
        added=_added(judgement),
    )


def _added(judgement: Judgement) -> int | None:
    if judgement.type.once:
        return None
    return int((judgement.ready & (judgement.records == RecordChange.NEW)).sum())


def _apart(judgement: Judgement, read: npt.NDArray[np.bool_]) -> Apart:
    aside = _set_aside(judgement)
    if not judgement.type.summed:
        return Apart(aside=aside) if aside else IN_SUM
    negative = read & judgement.against_sign
    return Apart(
        unreadable=int((read & ~judgement.readable).sum()),
        negative=Tally(rows=int(negative.sum()), amount=int(judgement.amounts[negative].sum())),
        totals=_totals(judgement, read),
        aside=aside,
    )


def _set_aside(judgement: Judgement) -> tuple[SetAside, ...]:
    """The rows that are set aside and are no total rows, by kind. What adds up rows of its own table repeats
    their money, and is not counted."""
    found = []
    for kind in RowKind:
        places = [place for place, aside in judgement.aside.items() if aside.kind is kind]
        if kind.adds_up or not places:
            continue
        counted = [place for place in places if not judgement.aside[place].sums]
        amount = int(judgement.amounts[counted].sum()) if judgement.type.summed else None
        found.append(SetAside(kind=kind, rows=len(places), amount=amount))
    return tuple(found)


def _totals(judgement: Judgement, read: npt.NDArray[np.bool_]) -> tuple[TotalRow, ...]:
    """Each total row beside what it adds up: the rows since the total row before it, or all above it.

    Whoever made the sheet added up what stands in it: perhaps the rows too that a column's values set aside,
    and amounts with the sign that they have in the file. Where it says none of these sums, the last one is
    held to be of all rows, an earlier one of its own.
    """
    places = sorted(place for place, aside in judgement.aside.items() if aside.kind.adds_up)
    if not places:
        return ()
    filtered = [place for place, aside in judgement.aside.items() if aside.kind is RowKind.FILTERED]
    either = read.copy()
    either[filtered] = True
    as_written = judgement.amounts.copy()
    if judgement.turned:
        as_written[read & ~judgement.left_out] *= -1
    ways = [
        np.cumsum(np.where(rows, amounts, 0))
        for rows, amounts in (
            (read, judgement.amounts),
            (read, as_written),
            (either, judgement.amounts),
            (either, as_written),
        )
    ]
    found, before = [], None
    for place in places:
        amount = int(judgement.amounts[place]) if judgement.readable[place] else None
        everything = [int(sums[place]) for sums in ways]
        own = [
            above - (int(sums[before]) if before is not None else 0)
            for above, sums in zip(everything, ways, strict=True)
        ]
        # Directly below another total row there is nothing of its own to add up.
        alone = not either[(before or 0) : place].any()
        whole = alone or place == places[-1]
        held = everything[0] if whole else own[0]
        said = amount if amount is not None and amount in {*everything, *own} else held
        found.append(TotalRow(row=int(judgement.numbers[place]), amount=amount, above=said))
        before = place
    return tuple(found)
