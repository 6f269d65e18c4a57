"""All adjustments between two days, for who examines the ledger as a whole."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from komet_import.ledger.balances import slugs
from komet_import.ledger.database import reading
from komet_import.ledger.models import Adjustment
from komet_import.ledger.statement import Entry, read_in_order
from komet_import.types import ImportType

MOST = 200_000
"""More make a workbook that takes minutes, and that nobody's Excel opens with pleasure."""


class By(StrEnum):
    """Which day of an adjustment counts."""

    DATED = "dated"
    IMPORTED = "imported"


def count(by: By, first: date, last: date, *, types: Sequence[ImportType] | None = None) -> int:
    """How many there are; both days are included."""
    with reading() as session:
        query = select(func.count()).select_from(Adjustment).where(*_own(by, first, last, types))
        return int(session.execute(query).scalar_one())


def between(
    by: By, first: date, last: date, *, types: Sequence[ImportType] | None = None
) -> tuple[Entry, ...]:
    """All of them, in the order in which they were posted; those of an import in the order of its sheet."""
    order = (Adjustment.posted_at, Adjustment.batch_id, Adjustment.row, Adjustment.id)
    with reading() as session:
        return read_in_order(session, _own(by, first, last, types), *(col(one).asc() for one in order))


def _own(by: By, first: date, last: date, types: Sequence[ImportType] | None) -> list[ColumnElement[bool]]:
    own: list[ColumnElement[bool]] = [col(Adjustment.type).in_(slugs(types))]
    if by is By.DATED:
        return [*own, col(Adjustment.credit_date).between(first, last)]
    return [
        *own,
        col(Adjustment.posted_at) >= _begins(first),
        col(Adjustment.posted_at) < _begins(last + timedelta(days=1)),
    ]


def _begins(day: date) -> datetime:
    """The moment at which a day of the server's own begins."""
    return datetime.combine(day, time()).astimezone().astimezone(UTC)
