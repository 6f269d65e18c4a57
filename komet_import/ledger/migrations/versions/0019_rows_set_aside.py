"""What else of a batch's sheet was no row to import: repeated headers, text, a second table, by kind."""

import sqlalchemy as sa
from alembic import op

from komet_import.ledger.migrations import guards

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    guards.release()
    op.add_column("batch", sa.Column("set_aside", sa.JSON(), nullable=False, server_default="[]"))
    guards.guard()


def downgrade() -> None:
    guards.release()
    op.drop_column("batch", "set_aside")
    guards.guard()
