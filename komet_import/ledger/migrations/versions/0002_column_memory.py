"""What people said the columns of their sheets are."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "column_memory",
        sa.Column("type", sa.String(50), nullable=False),
        sa.Column("header", sa.String(64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("type", "header"),
    )


def downgrade() -> None:
    op.drop_table("column_memory")
