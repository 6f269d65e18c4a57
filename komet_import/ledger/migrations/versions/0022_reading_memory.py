"""What was confirmed of a layout is applied the next time; what was said of columns gives way to it."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "reading_memory",
        sa.Column("type", sa.String(50), nullable=False),
        sa.Column("layout", sa.String(64), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("app_user.id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("type", "layout"),
    )
    op.drop_table("column_memory")


def downgrade() -> None:
    op.drop_table("reading_memory")
    op.create_table(
        "column_memory",
        sa.Column("type", sa.String(50), nullable=False),
        sa.Column("header", sa.String(64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("type", "header"),
    )
