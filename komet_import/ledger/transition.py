"""Turning a batch from one state into another: of all who try, the database lets one."""

from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.engine import CursorResult
from sqlmodel import Session, col

from komet_import.ledger.models import Batch


def turn(
    session: Session, batch_id: str, *, where: list[ColumnElement[bool]], values: dict[str, object]
) -> tuple[Batch, bool]:
    """Give a batch these values if it is as `where` says; returns it as it is now, and whether we did that.

    It is read anew: the session may still hold the batch as it was before somebody else was faster.
    """
    turned: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(Batch)
        .where(col(Batch.id) == batch_id, *where)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    batch: Batch = session.execute(
        select(Batch).where(col(Batch.id) == batch_id).execution_options(populate_existing=True)
    ).scalar_one()
    return batch, turned.rowcount == 1
