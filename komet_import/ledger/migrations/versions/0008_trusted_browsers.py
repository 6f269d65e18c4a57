"""Browsers that a user has signed in from, and whose counter a wrong password is on."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "trusted_browser",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("app_user.id"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("token_hash", "user_id", name="uq_trusted_browser"),
    )
    op.create_index("ix_trusted_browser_user_id", "trusted_browser", ["user_id"])
    op.create_index("ix_trusted_browser_expires_at", "trusted_browser", ["expires_at"])
    # What was written down until now are failures of browsers that nobody has told apart yet.
    op.add_column("sign_in_attempt", sa.Column("guard", sa.String(80), nullable=False, server_default=""))
    op.add_column(
        "sign_in_attempt", sa.Column("failed", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.create_index("ix_sign_in_attempt_guard", "sign_in_attempt", ["guard"])


def downgrade() -> None:
    op.drop_index("ix_sign_in_attempt_guard", "sign_in_attempt")
    op.drop_column("sign_in_attempt", "failed")
    op.drop_column("sign_in_attempt", "guard")
    op.drop_table("trusted_browser")
