"""What stands apart from a batch's sums, and what a person confirmed. Earlier batches keep their figures."""

import sqlalchemy as sa
from alembic import op

from komet_import.ledger.migrations import guards

revision = "0010"
down_revision = "0009"

COUNTS = ("rows_confirmed", "rows_unreadable", "rows_negative")


def upgrade() -> None:
    guards.release()
    for name in COUNTS:
        op.add_column("batch", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("batch", sa.Column("amount_confirmed", sa.BigInteger(), nullable=True))
    op.add_column("batch", sa.Column("amount_negative", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("batch", sa.Column("total_rows", sa.JSON(), nullable=False, server_default="[]"))
    guards.guard()


def downgrade() -> None:
    guards.release()
    for name in (*COUNTS, "amount_confirmed", "amount_negative", "total_rows"):
        op.drop_column("batch", name)
    guards.guard()
