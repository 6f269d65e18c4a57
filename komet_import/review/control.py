"""What control totals are compared with beside rows and money, and which rows would account for a difference.

The hash total is a sum that means nothing by itself: the digits of each customer code, read as one number,
added up over the rows that were read. A code that was swapped for another changes it, where rows and money
stay the same. Of longer numbers the last 12 digits count.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from komet_import.review.draft import Draft
from komet_import.review.judgement import Judgement
from komet_import.types import Meaning

DIGITS = 12
MOST_ROWS = 8
"""So many rows are looked for at most: more of them account for any sum by chance."""
CANDIDATES = 2_000
STEPS = 40_000
"""The search ends after so many steps, about 30 ms: it is run while somebody looks at the page."""


def hash_total(draft: Draft) -> int | None:
    """The hash total of the rows that were read; None for a type whose rows are nobody's."""
    column = draft.type.column_for(Meaning.PARTY) or draft.type.column_for(Meaning.RECORD)
    if column is None or column.name not in draft.rows:
        return None
    counts = draft.rows[column.name][~draft.set_aside].value_counts()
    return sum(_digits(str(code)) * int(count) for code, count in counts.items())


def _digits(code: str) -> int:
    digits = "".join(character for character in code if "0" <= character <= "9")
    return int(digits[-DIGITS:] or "0")


def accounting_for(judgement: Judgement, *, rows: int | None, amount: int | None) -> tuple[int, ...]:
    """A few rows, by Excel number, that come to exactly this difference; none where none are found.

    `rows` and `amount` are by how much the sheet has more than was expected (None: not expected). Where it
    has less, what was set aside is looked at: there stands what was not counted.
    """
    less = (rows if rows else amount or 0) < 0
    if less:
        rows, amount = (None if rows is None else -rows), (None if amount is None else -amount)
    if rows == 0 or amount is None or not amount or (rows or 1) > MOST_ROWS or (rows or 1) < 0:
        return ()
    among = judgement.set_aside if less else ~judgement.set_aside
    places = np.flatnonzero(among & judgement.readable)
    counts = range(1, 4) if rows is None else (rows,)
    for count in counts:
        if found := _subset(judgement, places, count, amount):
            return tuple(sorted(int(judgement.numbers[place]) for place in found))
    return ()


def _subset(judgement: Judgement, places: npt.NDArray[np.intp], count: int, amount: int) -> tuple[int, ...]:
    """So many of these rows whose sum is the amount: rows that stand together first, then any."""
    amounts = judgement.amounts[places]
    if len(places) < count:
        return ()
    sums = np.concatenate([[0], np.cumsum(amounts)])
    together = np.flatnonzero(sums[count:] - sums[:-count] == amount)
    if len(together):
        # What was pasted twice or added by mistake usually stands at the end.
        start = int(together[-1])
        return tuple(places[start : start + count].tolist())
    doubted = judgement.errors[places] | judgement.warnings[places]
    order = np.lexsort((np.arange(len(places)), ~doubted))[:CANDIDATES]
    found = _Search(amounts[order].tolist()).find(count, amount)
    return tuple(int(places[order[place]]) for place in found)


class _Search:
    """So many of some amounts with a given sum, the last of them looked up instead of tried."""

    def __init__(self, amounts: Sequence[int]) -> None:
        self.amounts, self.steps = amounts, STEPS
        self.last = {amount: place for place, amount in enumerate(amounts)}

    def find(self, count: int, amount: int, start: int = 0) -> tuple[int, ...]:
        """The places of `count` amounts from `start` on that come to this."""
        if count == 1:
            place = self.last.get(amount, -1)
            return (place,) if place >= start else ()
        for place in range(start, len(self.amounts) - count + 1):
            self.steps -= 1
            if self.steps < 0:
                break
            if rest := self.find(count - 1, amount - self.amounts[place], place + 1):
                return (place, *rest)
        return ()
