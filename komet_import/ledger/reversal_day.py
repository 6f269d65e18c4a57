"""The day of a reversal: the document's own while its month is open, else the first open day after it
(docs/komet-sales.md §6). Decided here and nowhere else.
"""

from typing import Any

from sqlalchemy import ColumnElement, Date, case, literal, select
from sqlmodel import Session, col

from komet_import.ledger.models import Adjustment, ClosedMonth
from komet_import.review.months import first_open, following


def day_of_opposite(session: Session) -> ColumnElement[Any]:
    """The day on which the opposite of an adjustment (`Adjustment`) is posted, by the months closed now."""
    day: Any = col(Adjustment.credit_date)
    closed = set(session.execute(select(col(ClosedMonth.month))).scalars())
    days = [
        ((month <= day) & (following(month) > day), literal(first_open(month, closed), Date))
        for month in sorted(closed)
    ]
    return case(*days, else_=day) if days else day
