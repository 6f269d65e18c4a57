"""The index of numbers holds those that there are.

Where few documents have one, PostgreSQL took the blank ones for what would be found of each, and rather read
the whole ledger for every edit.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.drop_index("ix_adjustment_number", "adjustment")
    numbered = sa.text("number_key <> ''")
    op.create_index(
        "ix_adjustment_number",
        "adjustment",
        ["customer_id", "number_key"],
        postgresql_where=numbered,
        sqlite_where=numbered,
    )


def downgrade() -> None:
    op.drop_index("ix_adjustment_number", "adjustment")
    op.create_index("ix_adjustment_number", "adjustment", ["customer_id", "number_key"])
