"""Control totals have a hash total, and why a batch is posted all the same where they do not match."""

import sqlalchemy as sa
from alembic import op

from komet_import.ledger.migrations import guards

revision = "0025"
down_revision = "0024"

NAMES = ("expected_hash", "hash_read", "overridden_by", "overridden_at", "overridden_why")


def upgrade() -> None:
    guards.release()
    # Not by `add_column`: SQLite takes a reference with the column only.
    op.execute("ALTER TABLE batch ADD COLUMN overridden_by INTEGER REFERENCES app_user (id)")
    op.add_column("batch", sa.Column("expected_hash", sa.BigInteger(), nullable=True))
    op.add_column("batch", sa.Column("hash_read", sa.BigInteger(), nullable=True))
    op.add_column("batch", sa.Column("overridden_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("batch", sa.Column("overridden_why", sa.String(200), nullable=True))
    guards.guard()


def downgrade() -> None:
    guards.release()
    for name in NAMES:
        op.drop_column("batch", name)
    guards.guard()
