"""Dropping rejected rows: somebody decides, with a reason, that they are not imported; until it is undone."""

from collections.abc import Collection

from komet_import.access.users import CurrentUser
from komet_import.ledger import database, dropped_rows, reasons
from komet_import.services.rights import require_right, visible
from komet_import.types import ALL


def drop_rows(user: CurrentUser, batch_id: str, rows: Collection[int], *, reason: str) -> None:
    """Drop rejected rows of an import: all of them or none (`ledger.dropped_rows.drop`).

    Raises Refusal `not-found`, `reason-missing` and `reason-too-long` as well.
    """
    with database.work() as session:
        batch = visible(session, user, batch_id)
        fresh = require_right(session, user, ALL[batch.type])
        dropped_rows.drop(session, batch, rows, reason=reasons.given(reason), by=fresh.id)


def take_back_rows(user: CurrentUser, batch_id: str, rows: Collection[int]) -> None:
    """Dropped rows are open again (`ledger.dropped_rows.take_back`). Raises Refusal `not-found` as well."""
    with database.work() as session:
        batch = visible(session, user, batch_id)
        fresh = require_right(session, user, ALL[batch.type])
        dropped_rows.take_back(session, batch, rows, by=fresh.id)
