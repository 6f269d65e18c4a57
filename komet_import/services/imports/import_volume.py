"""How much was imported, week by week or month by month, and still stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.ledger.models import Batch, now
from komet_import.ledger.states import FINISHED
from komet_import.services.batch_lists import still_standing
from komet_import.services.rights import types_of
from komet_import.types import ImportType


@dataclass(frozen=True, kw_only=True)
class Span:
    """What was imported from one moment to another, and still stands: documents and their money."""

    since: datetime
    imports: int
    documents: int
    amount: int


def imported_in(user: CurrentUser, type: ImportType, moments: Sequence[datetime]) -> list[Span]:
    """What was imported of a type from each of these moments to the next one, and still stands."""
    with database.reading() as session:
        if type not in types_of(session, user):
            return []
        query = select(
            col(Batch.posted_at),
            still_standing(col(Batch.rows_posted), col(Batch.rows_reversed)),
            still_standing(col(Batch.amount_posted), col(Batch.amount_reversed)),
        ).where(
            col(Batch.status).in_(FINISHED),
            col(Batch.type) == type.slug,
            col(Batch.posted_at) >= moments[0],
            col(Batch.posted_at) < moments[-1],
        )
        found = [(at.replace(tzinfo=UTC), rows, amount) for at, rows, amount in session.execute(query)]
    return [
        Span(
            since=since,
            imports=sum(1 for _ in inside),
            documents=sum(rows for rows, _ in inside),
            amount=sum(int(amount or 0) for _, amount in inside),
        )
        for since, until in pairwise(moments)
        for inside in [[(rows, amount) for at, rows, amount in found if since <= at < until]]
    ]


def weeks(zone: ZoneInfo | None, many: int) -> list[datetime]:
    """The Mondays on which the last so many weeks begin in that zone, and the one on which the next will."""
    today = now().astimezone(zone or UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - timedelta(days=today.weekday())
    return [monday + timedelta(weeks=1 - back) for back in range(many, -1, -1)]


def months(zone: ZoneInfo | None, many: int) -> list[datetime]:
    """The first days of the last so many months in that zone, and of the next one."""
    first = now().astimezone(zone or UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    found = [(first + timedelta(days=31)).replace(day=1), first]
    for _month in range(many - 1):
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]
