"""The age of what is open: by the document's own day, in the steps in which it is reviewed every month
(docs/komet-sales.md §6).

What was reversed is open no longer, whatever day its opposite has: an opposite is taken off where the
document that it answers stands.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, case, func

from komet_import.language import marked

LAST_DAYS = (30, 60, 90)
"""The greatest age in days of each step but the last."""
AGES = (marked("0–30 days"), marked("31–60 days"), marked("61–90 days"), marked("Over 90 days"))

Ages = tuple[int, ...]
"""Thousandths, one sum for each of `AGES`; a document of a day to come is among the youngest."""
NO_AGES: Ages = (0,) * len(AGES)


def sums(day: Any, amount: Any, today: date) -> list[ColumnElement[int]]:
    """What is summed for each age, of rows with that day and that amount."""
    first = [today - timedelta(days=days) for days in LAST_DAYS]  # the first day of each step
    steps: list[ColumnElement[bool]] = [day >= first[0]]
    steps += [(day < later) & (day >= earlier) for later, earlier in pairwise(first)]
    steps.append(day < first[-1])
    return [func.sum(case((step, amount), else_=0)) for step in steps]


def together(several: Sequence[Ages]) -> Ages:
    """The sums of all of them."""
    return tuple(map(sum, zip(*several, strict=True))) if several else NO_AGES
