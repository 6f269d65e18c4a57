"""What a person expects of a sheet before posting; and when a location was changed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

EPOCH = "1970-01-01 00:00:00.000000"
"""When the locations of before were changed is not known; what matters is that the next change is later."""


def upgrade() -> None:
    op.add_column("batch", sa.Column("expected_rows", sa.Integer(), nullable=True))
    op.add_column("batch", sa.Column("expected_amount", sa.BigInteger(), nullable=True))
    # Added plainly, for SQLite adds a column without copying the table that customers refer to.
    op.add_column(
        "location",
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=EPOCH),
    )


def downgrade() -> None:
    op.drop_column("location", "updated_at")
    op.drop_column("batch", "expected_amount")
    op.drop_column("batch", "expected_rows")
