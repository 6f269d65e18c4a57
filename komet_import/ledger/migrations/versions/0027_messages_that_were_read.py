"""When its person first read a message; those that there are count as read."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.add_column("message", sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE message SET read_at = created_at")


def downgrade() -> None:
    op.drop_column("message", "read_at")
