"""Running balances: a column in which each value is the one before plus or minus its neighbours.

What a statement says after each line is no amount of that line, whatever the column is called.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from komet_import.sheets.files.job import Row
from komet_import.sheets.layout.values.contents import amount

NEIGHBORS = 6
"""So many other columns of amounts are tried, alone and in pairs."""

_MOST = 0.9


def neighbors(rows: Sequence[Row], letter: str, others: Sequence[str], *, at_least: int) -> tuple[str, ...]:
    """The columns that a running balance adds up; nothing where the column is none.

    `at_least` is how many steps must prove it, beside the first row.
    """
    values = [amount(row.get(letter, "").strip()) for row in rows]
    places = [place for place, value in enumerate(values) if value is not None]
    if len(places) < 2:
        return ()
    steps = {
        other: [amount(rows[p].get(other, "").strip()) or Decimal(0) for p in places] for other in others
    }
    balance = [value for value in values if value is not None]
    candidates: list[tuple[tuple[str, ...], list[Decimal]]] = [((one,), steps[one]) for one in others]
    for one, other in combinations(others, 2):
        both = [a - b for a, b in zip(steps[one], steps[other], strict=True)]
        candidates.append(((one, other), both))
    for of, change in candidates:
        for sign in (1, -1):
            signed = [sign * step for step in change]
            if _runs(balance, signed, at_least) or _runs(balance[::-1], signed[::-1], at_least):
                return of
    return ()


def _runs(balance: Sequence[Decimal], change: Sequence[Decimal], at_least: int) -> bool:
    """Whether each balance is the one before with its change; it may begin anew with each customer. One that
    is but the change in every row runs nowhere: an amount stands in the column of its age once more.
    """
    proved = held = 0
    if all(abs(now) == abs(step) for now, step in zip(balance, change, strict=True)):
        return False
    for (before, now), step in zip(pairwise(balance), change[1:], strict=True):
        continued = before + step == now
        held += continued or step == now
        proved += continued and bool(before) and bool(step)
    begins = balance[0] == change[0] or proved > 1
    return begins and proved >= at_least and held >= _MOST * (len(balance) - 1)
