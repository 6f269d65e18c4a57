"""What an import does to balances: of each customer what stands now, what comes, and what stands then.

Pure: a judgement and what stands in the ledger in, the effect out. An import of credits speaks of what we
owe, one of invoices of what customers owe; where a person sees both sides, the net is said as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from komet_import.review.judgement import Judgement
from komet_import.review.reference import NOTHING_STANDS, KnownCustomer, OfParties, PartyStanding
from komet_import.review.unusual import parties_of, times
from komet_import.types import ImportType

TOP = 10
"""How many of the largest changes are drawn."""


class Change(NamedTuple):
    """What a sheet would post for a party: rows, their money and the largest of them, in thousandths and
    positive as on their side of the balance."""

    party: int
    rows: int
    amount: int
    largest: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BalanceChange:
    """One customer's balance before and after. `times` says how many times the largest of `before` the
    largest new one is, where that is unusual; `net` is what we owe of everything, less their debt, then.
    """

    customer: KnownCustomer
    rows: int
    now: int
    change: int
    net: int
    before: PartyStanding
    times: int | None

    @property
    def after(self) -> int:
        """What stands then."""
        return self.now + self.change

    @property
    def first(self) -> bool:
        """Whether this customer had none before."""
        return not self.before.documents


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What an import does to balances, largest change first. `standing` are the types whose money is in what
    stands, those of its side; `netted` says whether both sides are counted."""

    type: ImportType
    standing: tuple[ImportType, ...]
    lines: tuple[BalanceChange, ...]
    netted: bool

    @property
    def top(self) -> Sequence[BalanceChange]:
        """The largest changes."""
        return self.lines[:TOP]

    @cached_property
    def now(self) -> int:
        """What stands now, of all these customers."""
        return sum(line.now for line in self.lines)

    @cached_property
    def change(self) -> int:
        """What comes."""
        return sum(line.change for line in self.lines)

    @property
    def after(self) -> int:
        """What stands then."""
        return self.now + self.change

    @cached_property
    def unusual(self) -> int:
        """How many customers are far outside their history."""
        return sum(line.times is not None for line in self.lines)


def changes(judgement: Judgement, *, waiting: bool = False) -> tuple[Change, ...]:
    """What the ready rows of a sheet come to, by party; with `waiting` those that only wait to be confirmed
    as well."""
    parties = parties_of(judgement.type, judgement.keys)
    if parties is None or judgement.type.summed is None:
        return ()
    ready = judgement.ready | judgement.to_confirm if waiting else judgement.ready
    sign = judgement.type.sign.factor if judgement.type.sign else 1
    amounts = judgement.amounts[ready] * sign
    known, places, rows = np.unique(parties[ready], return_inverse=True, return_counts=True)
    sums, largest = np.zeros(len(known), np.int64), np.zeros(len(known), np.int64)
    np.add.at(sums, places, amounts)
    np.maximum.at(largest, places, amounts)
    columns = (known, rows, sums, largest)
    return tuple(Change(*said) for said in zip(*(column.tolist() for column in columns), strict=True))


def effect(
    type: ImportType,
    coming: Iterable[Change],
    standing: OfParties,
    customers: Mapping[int, KnownCustomer],
    types: Sequence[ImportType],
) -> Effect:
    """What these changes do to balances. `types` are those whose money the person may see."""
    same_side = tuple(other for other in types if other.side is type.side)
    everything = [other.slug for other in types]
    factor = type.side.factor if type.side else 1
    lines = []
    for change in coming:
        here = standing.get(change.party, {})
        before = here.get(type.slug, NOTHING_STANDS)
        lines.append(
            BalanceChange(
                customer=customers[change.party],
                rows=change.rows,
                now=factor * sum(here[other.slug].amount for other in same_side if other.slug in here),
                change=change.amount,
                net=factor * change.amount + sum(here[slug].amount for slug in everything if slug in here),
                before=before,
                times=times(change.largest, before),
            )
        )
    lines.sort(key=lambda line: (-abs(line.change), line.customer.code))
    return Effect(type=type, standing=same_side, lines=tuple(lines), netted=len(same_side) < len(everything))
