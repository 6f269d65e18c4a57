"""A further number of a document, by which people search: what was posted before has none."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("adjustment", sa.Column("reference", sa.String(20), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("adjustment", "reference")
