"""Which row a rejected row was at first, and in which row it was posted."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("unposted_row", sa.Column("origin", sa.String(80), nullable=True))
    op.add_column("claim", sa.Column("row", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("claim", "row")
    op.drop_column("unposted_row", "origin")
