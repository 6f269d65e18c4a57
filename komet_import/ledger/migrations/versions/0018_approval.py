"""A batch that waits for a second person: who prepared it, what was asked, who returned it and why."""

import sqlalchemy as sa
from alembic import op

from komet_import.ledger.migrations import guards

revision = "0018"
down_revision = "0017"

NAMES = (
    "prepared_by",
    "prepared_at",
    "asked_rows",
    "asked_amount",
    "returned_by",
    "returned_at",
    "returned_why",
)


def upgrade() -> None:
    guards.release()
    for name in ("prepared_by", "returned_by"):
        # Not by `add_column`: SQLite takes a reference with the column only.
        op.execute(f"ALTER TABLE batch ADD COLUMN {name} INTEGER REFERENCES app_user (id)")
    for name in ("prepared_at", "returned_at"):
        op.add_column("batch", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("batch", sa.Column("asked_rows", sa.Integer(), nullable=True))
    op.add_column("batch", sa.Column("asked_amount", sa.BigInteger(), nullable=True))
    op.add_column("batch", sa.Column("returned_why", sa.String(200), nullable=True))
    guards.guard()


def downgrade() -> None:
    guards.release()
    op.execute("UPDATE batch SET status = 'draft' WHERE status IN ('waiting', 'returned')")
    for name in NAMES:
        op.drop_column("batch", name)
    guards.guard()
