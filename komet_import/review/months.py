"""Accounting months: which day is in which, and the first open day after one that is closed.

A month is known by its first day. What counts is always the day of the document (docs/komet-sales.md §5).
"""

from collections.abc import Collection
from datetime import date, timedelta

from komet_import.language.calendar import month_and_year


def month_of(day: date) -> date:
    """The month that a day is in."""
    return day.replace(day=1)


def following(month: date) -> date:
    """The month after a month."""
    return month_of(month + timedelta(days=31))


def before(month: date) -> date:
    """The month before a month."""
    return month_of(month - timedelta(days=1))


def named(month: date) -> str:
    """A month as a sentence names it: `March 2026`."""
    return month_and_year(month)


def first_open(day: date, closed: Collection[date]) -> date:
    """The day itself while its month is open, else the first day of the next month that is.

    Only past months are closed, so it is never later than the month of today.
    """
    month = month_of(day)
    if month not in closed:
        return day
    while month in closed:
        month = following(month)
    return month
