"""What is open: sums of the adjustments that were not reversed, by party, type and age.

Amounts are thousandths; an adjustment's own is positive where we owe it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from komet_import import clock
from komet_import.ledger import ageing
from komet_import.ledger.ageing import NO_AGES, Ages
from komet_import.ledger.models import OWN_OPPOSITE, Adjustment, Opposite
from komet_import.types import ImportType, Side


@dataclass(frozen=True, kw_only=True)
class Open:
    """What of one import type is open: how many documents stand (were not reversed), their sum in the
    balance, that sum by age, and the day of the oldest."""

    standing: int = 0
    amount: int = 0
    ages: Ages = NO_AGES
    oldest: date | None = None

    def __add__(self, other: "Open") -> "Open":
        return Open(
            standing=self.standing + other.standing,
            amount=self.amount + other.amount,
            ages=ageing.together([self.ages, other.ages]),
            oldest=min(filter(None, (self.oldest, other.oldest)), default=None),
        )


@dataclass(frozen=True, kw_only=True)
class Sums:
    """What is open of each import type, by slug."""

    of: Mapping[str, Open] = field(default_factory=dict)

    @property
    def standing(self) -> int:
        """How many documents stand."""
        return sum(found.standing for found in self.of.values())

    @property
    def oldest(self) -> date | None:
        """The day of the oldest document that stands."""
        return min(filter(None, (found.oldest for found in self.of.values())), default=None)

    @property
    def amount(self) -> int:
        """The net: what we owe, less what is owed to us."""
        return sum(found.amount for found in self.of.values())

    def on(self, side: Side, types: Sequence[ImportType]) -> int:
        """What is open on one side of the balance, as a positive amount."""
        return side.factor * sum(found.amount for found in self._of(side, types))

    def aged(self, side: Side, types: Sequence[ImportType]) -> Ages:
        """The same by age."""
        ages = ageing.together([found.ages for found in self._of(side, types)])
        return tuple(side.factor * amount for amount in ages)

    def net_aged(self, types: Sequence[ImportType]) -> Ages:
        """By age what is open on the one side on which the types stand, or the net of both."""
        sides = sides_of(types)
        if len(sides) == 1:
            return self.aged(sides[0], types)
        return ageing.together([found.ages for side in sides for found in self._of(side, types)])

    def _of(self, side: Side, types: Sequence[ImportType]) -> list[Open]:
        return [self.of[type.slug] for type in types if type.side is side and type.slug in self.of]


def sides_of(types: Sequence[ImportType]) -> list[Side]:
    """The sides of the balance on which the money of these types stands."""
    return [side for side in Side if any(type.side is side for type in types)]


def open_by_party(session: Session, where: Sequence[ColumnElement[bool]]) -> dict[int, dict[str, Open]]:
    """What is open of these adjustments, by customer and type; `where` speaks of `Adjustment`.

    Both questions are answered by indexes alone: the documents in one pass, in the order in which they are
    grouped, and then the few opposites, at the age of what they answer.
    """
    today = clock.today()
    sums: dict[int, dict[str, Open]] = {}
    group = (col(Adjustment.customer_id), col(Adjustment.type))
    original = case((col(Adjustment.reverses_id).is_(None), col(Adjustment.amount)), else_=0)
    documents = (
        select(
            *group,
            func.count(),
            func.count(col(Adjustment.reverses_id)),
            func.sum(col(Adjustment.amount)),
            func.min(_DAY_OF_DOCUMENT),
            *ageing.sums(col(Adjustment.credit_date), original, today),
        )
        .where(*where)
        .group_by(*group)
    )
    for party, slug, rows, opposites, amount, oldest, *ages in session.execute(documents):
        sums.setdefault(party, {})[slug] = Open(
            standing=rows - 2 * opposites, amount=int(amount), ages=tuple(map(int, ages)), oldest=oldest
        )
    partly = list[int]()
    opposites = (
        select(*group, *ageing.sums(col(_Answered.credit_date), col(Adjustment.amount), today))
        .join(_Answered, col(_Answered.id) == col(Adjustment.reverses_id))
        .where(*where)
        .group_by(*group)
    )
    for party, slug, *ages in session.execute(opposites):
        sums[party][slug] += Open(ages=tuple(map(int, ages)))
        partly.append(party)
    for party, slug, oldest in session.execute(_oldest_standing(partly, where)):
        sums[party][slug] = replace(sums[party][slug], oldest=oldest)
    return sums


_Answered = aliased(Adjustment)
_DAY_OF_DOCUMENT = case((col(Adjustment.reverses_id).is_(None), col(Adjustment.credit_date)))


def _oldest_standing(
    parties: Sequence[int], where: Sequence[ColumnElement[bool]]
) -> Select[*tuple[Any, ...]]:
    """The day of the oldest document that was not reversed (None where all were), of these parties: only
    where something was reversed has each document to be looked at."""
    group = (col(Adjustment.customer_id), col(Adjustment.type))
    return (
        select(*group, func.min(case((col(Opposite.id).is_(None), _DAY_OF_DOCUMENT))))
        .outerjoin(Opposite, OWN_OPPOSITE)
        .where(col(Adjustment.customer_id).in_(parties), *where)
        .group_by(*group)
    )
