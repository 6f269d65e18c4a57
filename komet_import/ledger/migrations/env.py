"""Alembic's entry: runs the migrations on the connection that `database.upgrade` hands over."""

from alembic import context
from sqlmodel import SQLModel

import komet_import.ledger.models  # noqa: F401  (its tables are the target)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
context.run_migrations()
