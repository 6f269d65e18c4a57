"""How often a mail server had a mail and did not say what it did with it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("message", sa.Column("handed_over", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.execute("UPDATE message SET status = 'failed' WHERE status = 'unclear'")
    op.drop_column("message", "handed_over")
