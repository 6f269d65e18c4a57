"""The opposites of adjustments, made by the database from the adjustments themselves, and their days."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, inspect, literal, select
from sqlmodel import Session, col

from komet_import.ledger import reversal_day, staging
from komet_import.ledger.models import Adjustment

_MOMENT: Any = inspect(Adjustment).columns["posted_at"].type
"""The column's own type, so that a timestamp made into SQL is read back as it was."""


def redated(session: Session, own: Sequence[ColumnElement[bool]]) -> dict[str, int]:
    """How many opposites of these documents get another day than the document has, by that day."""
    day, own_day = reversal_day.day_of_opposite(session), col(Adjustment.credit_date)
    moved = select(day, func.count()).where(*own, day != own_day).group_by(day).order_by(day)
    return {str(other): int(count) for other, count in session.execute(moved)}


def post(
    session: Session, own: Sequence[ColumnElement[bool]], *, count: int, user_id: int, at: datetime
) -> None:
    """Let the database post the opposites of these documents, which are so many."""
    values: dict[str, Any] = {
        "batch_id": col(Adjustment.batch_id),
        "type": col(Adjustment.type),
        "row": col(Adjustment.row),
        "customer_id": col(Adjustment.customer_id),
        "location_id": col(Adjustment.location_id),
        "number": col(Adjustment.number),
        "credit_date": reversal_day.day_of_opposite(session),
        "amount": -col(Adjustment.amount),
        "comments": col(Adjustment.comments),
        "reference": col(Adjustment.reference),
        "reverses_id": col(Adjustment.id),
        "posted_by": literal(user_id),
        "posted_at": literal(at, _MOMENT),
    }
    found = select(*values.values()).where(*own).order_by(col(Adjustment.id))
    table = Adjustment.__table__  # type: ignore[attr-defined]
    with staging.without_guards(session, table, count=count):
        session.execute(insert(Adjustment).from_select(list(values), found))
