"""What an import did to balances is kept as it was, beside what proves the import."""

import sqlalchemy as sa
from alembic import op

from komet_import.ledger.migrations import guards

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    guards.release()
    op.create_table(
        "batch_effect",
        sa.Column("batch_id", sa.String(32), sa.ForeignKey("batch.id"), primary_key=True),
        sa.Column("parties", sa.JSON(), nullable=False),
    )
    guards.guard()


def downgrade() -> None:
    guards.release()
    op.drop_table("batch_effect")
    guards.guard()
