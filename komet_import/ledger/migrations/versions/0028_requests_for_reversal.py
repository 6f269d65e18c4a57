"""Reversals that a second person is asked to approve, and what became of each request."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "reversal_request",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column("batch_id", sa.String(32), sa.ForeignKey("batch.id"), nullable=False),
        sa.Column("rows", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("asked_rows", sa.Integer(), nullable=False),
        sa.Column("asked_amount", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.Integer(), sa.ForeignKey("app_user.id"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("decided_by", sa.Integer(), sa.ForeignKey("app_user.id"), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(200), nullable=False, server_default=""),
    )
    op.create_index("ix_reversal_request_batch_id", "reversal_request", ["batch_id"])
    op.create_index("ix_reversal_request_state", "reversal_request", ["state"])


def downgrade() -> None:
    op.drop_table("reversal_request")
