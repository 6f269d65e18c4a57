"""Accounting months: in which a day is, and what the first open day after a closed one is."""

from datetime import date

import pytest

from komet_import.review.months import before, first_open, following, month_of, named


@pytest.mark.parametrize(
    ("day", "closed", "found"),
    [
        ("2026-03-31", [], "2026-03-31"),
        ("2026-03-31", ["2026-02-01", "2026-04-01"], "2026-03-31"),
        ("2026-03-31", ["2026-03-01"], "2026-04-01"),
        ("2026-01-31", ["2026-01-01", "2026-02-01"], "2026-03-01"),
        ("2026-01-05", ["2026-01-01", "2026-03-01"], "2026-02-01"),
        ("2025-12-01", ["2025-12-01"], "2026-01-01"),
        ("2024-02-29", ["2024-02-01"], "2024-03-01"),
    ],
)
def test_the_first_open_day_is_the_day_itself_or_the_first_of_the_next_open_month(
    day: str, closed: list[str], found: str
) -> None:
    shut = {date.fromisoformat(month) for month in closed}
    assert first_open(date.fromisoformat(day), shut) == date.fromisoformat(found)


def test_every_month_of_four_years_follows_the_one_before_it() -> None:
    month = date(2023, 12, 1)
    for number in range(48):
        after = following(month)
        assert (after.year, after.month, after.day) == (2024 + number // 12, number % 12 + 1, 1)
        assert before(after) == month and month_of(after.replace(day=28)) == after
        month = after
    assert named(date(2026, 3, 1)) == "March 2026"
