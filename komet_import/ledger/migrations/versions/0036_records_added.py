"""How many rows of a posted batch added a record; of batches of before nobody knows."""

import sqlalchemy as sa
from alembic import op

from komet_import.ledger.migrations import guards

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    guards.release()
    op.add_column("batch", sa.Column("rows_added", sa.Integer(), nullable=True))
    guards.guard()


def downgrade() -> None:
    guards.release()
    op.drop_column("batch", "rows_added")
    guards.guard()
