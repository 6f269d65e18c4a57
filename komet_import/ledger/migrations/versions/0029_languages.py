"""The language that a person reads; those that there are read what their browser asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("app_user", sa.Column("language", sa.String(10), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("app_user", "language")
