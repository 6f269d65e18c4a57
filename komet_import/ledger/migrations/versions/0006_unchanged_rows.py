"""How many rows of a posted batch said only what was known."""

import sqlalchemy as sa
from alembic import op

from komet_import.ledger.migrations import guards

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    guards.release()
    op.add_column("batch", sa.Column("rows_unchanged", sa.Integer(), nullable=False, server_default="0"))
    guards.guard()


def downgrade() -> None:
    guards.release()
    op.drop_column("batch", "rows_unchanged")
    guards.guard()
