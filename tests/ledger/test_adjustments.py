"""Adjustments between two days: both are included whole, and the order is that of posting."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import insert

from komet_import.ledger import adjustments, database
from komet_import.ledger.adjustments import By
from komet_import.ledger.models import Adjustment
from komet_import.types import OPEN_CREDITS
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.ledger import company

DAY = date(2026, 3, 2)
MIDNIGHT = datetime.combine(DAY, time()).astimezone()
MOMENT = timedelta(microseconds=1)
POSTED = {
    "the last of the day": (timedelta(days=1) - MOMENT, "b1", 2),
    "the day before": (-MOMENT, "b1", 3),
    "noon, another import": (timedelta(hours=12), "b2", 2),
    "the first": (timedelta(), "b1", 9),
    "noon, second row": (timedelta(hours=12), "b1", 8),
    "noon, first row": (timedelta(hours=12), "b1", 7),
    "the day after": (timedelta(days=1), "b1", 4),
}
IN_ORDER = ["the first", "noon, first row", "noon, second row", "noon, another import", "the last of the day"]


@pytest.fixture
def posted(sqlite_database: str) -> None:
    company.fill()
    line = {"type": "open-credits", "customer_id": 1, "amount": 1, "posted_by": 1}
    with database.transaction() as session:
        session.execute(
            insert(Adjustment),
            [
                {**line, "number": name, "batch_id": batch, "row": row, "posted_at": MIDNIGHT + after,
                 "credit_date": DAY + timedelta(days=-1 if after < timedelta() else after.days)}
                for name, (after, batch, row) in POSTED.items()
            ],
        )  # fmt: skip


@pytest.mark.usefixtures("posted")
@pytest.mark.parametrize("by", By)
def test_both_days_are_included_whole_and_in_the_order_of_posting(by: By) -> None:
    before, after = DAY - timedelta(days=1), DAY + timedelta(days=1)
    wanted = [
        (DAY, DAY, IN_ORDER),
        (before, DAY, ["the day before", *IN_ORDER]),
        (DAY, after, [*IN_ORDER, "the day after"]),
        (after, after, ["the day after"]),
        (after, DAY, []),
    ]
    for first, last, names in wanted:
        assert [entry.number for entry in adjustments.between(by, first, last)] == names
        assert adjustments.count(by, first, last) == len(names)


@pytest.mark.usefixtures("posted")
def test_only_the_types_that_are_asked_for_are_listed() -> None:
    asked = [(OPEN_CREDITS,), (OPEN_CREDITS, OPEN_INVOICES), (OPEN_INVOICES,), ()]
    assert [adjustments.count(By.DATED, DAY, DAY, types=types) for types in asked] == [5, 5, 0, 0]
    assert [len(adjustments.between(By.IMPORTED, DAY, DAY, types=types)) for types in asked] == [5, 5, 0, 0]
