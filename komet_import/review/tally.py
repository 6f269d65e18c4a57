"""A number of rows and their money, with what of them is in no sum."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from komet_import.language import _, marked_pair, ngettext
from komet_import.review.issues import Issue
from komet_import.review.judgement import Judgement
from komet_import.types import ImportType
from komet_import.types.money import money


@dataclass(frozen=True, kw_only=True)
class Tally:
    """A number of rows, and the sum of their amounts in thousandths; None for an import type without money.

    Amounts that cannot be read and negative ones are not in the sum: they are `Apart`. How many rows have
    such a one is told with it where it is known (`unreadable`, `against` the sign of the type). A click
    promises rows and money: these two are not compared.
    """

    rows: int
    amount: int | None
    unreadable: int = field(default=0, compare=False)
    against: int = field(default=0, compare=False)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            rows=self.rows + other.rows,
            amount=None if self.amount is None else self.amount + (other.amount or 0),
            unreadable=self.unreadable + other.unreadable,
            against=self.against + other.against,
        )

    @property
    def summed(self) -> bool:
        """Whether its sum says anything: not where it has rows, and the amount of none is in it."""
        return self.amount is not None and not 0 < self.rows <= self.unreadable + self.against

    @property
    def told(self) -> str:
        """Its money in words: the sum, and what of the rows is not in it; blank for a type without money."""
        if self.amount is None:
            return ""
        said = [money(self.amount)] if self.summed else []
        return " · ".join([*said, *self.apart])

    @property
    def appended(self) -> str:
        """The same as it follows a number of rows, where there is any."""
        return f" · {self.told}" if self.told else ""

    @property
    def brief(self) -> str:
        """The same for a narrow place: the sum alone, where there is one."""
        return money(self.amount) if self.amount is not None and self.summed else self.told

    @property
    def apart(self) -> list[str]:
        """What of the rows is in no sum, in words."""
        parts = ((self.unreadable, _UNREADABLE), (self.against, _AGAINST))
        return [ngettext(*pair, count) for count, pair in parts if count]


_UNREADABLE = marked_pair("{count:,} amount could not be read", "{count:,} amounts could not be read")
_AGAINST = marked_pair("{count:,} amount has the wrong sign", "{count:,} amounts have the wrong sign")


NOTHING = Tally(rows=0, amount=0)


def tally_of(judgement: Judgement, chosen: npt.NDArray[np.bool_]) -> Tally:
    """The tally of the chosen rows, with how many of their amounts are not in its sum."""
    rows, amount = judgement.tally(chosen)
    if amount is None:
        return Tally(rows=rows, amount=None)
    against = chosen & judgement.against_sign
    return Tally(
        rows=rows,
        amount=amount,
        unreadable=int((chosen & ~judgement.readable).sum()),
        against=int(against.sum()),
    )


def tally_of_amounts(amounts: Iterable[int | None], against: Callable[[int], object]) -> Tally:
    """That of rows with these amounts, in thousandths (None: it cannot be read); `against` says of which sign
    those are that are in no sum."""
    given = list(amounts)
    readable = [amount for amount in given if amount is not None]
    summed = [amount for amount in readable if not against(amount)]
    return Tally(
        rows=len(given),
        amount=sum(summed),
        unreadable=len(given) - len(readable),
        against=len(readable) - len(summed),
    )


def tally_of_issues(judgement: Judgement, issues: Iterable[Issue]) -> Tally:
    """That of the rows that have these issues."""
    return tally_of(judgement, np.isin(judgement.numbers, [issue.row for issue in issues]))


def by_type(tallies: Mapping[ImportType, Tally]) -> str:
    """What follows a number of imports of several types: the sum of each by itself, for what we owe and what
    is owed to us are no sum; and what is in none of them, once for all.
    """
    found = {type: tally for type, tally in tallies.items() if tally.rows}
    whole = sum(found.values(), NOTHING)
    if len(found) < 2:
        return whole.appended if found else ""
    sums = [
        _(
            "{amount} in {counted}",
            amount=money(tally.amount or 0),
            counted=type.counted(tally.rows - tally.unreadable - tally.against),
        )
        for type, tally in found.items()
        if tally.summed
    ]
    return "".join(f" · {said}" for said in (*sums, *whole.apart))


def counted_money(type: ImportType, tally: Tally) -> str:
    """A tally in words: `37 credits · $8,310.50`."""
    return type.counted(tally.rows) + tally.appended
