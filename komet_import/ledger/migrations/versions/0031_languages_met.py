"""The language of the browser in which a person signed in last, apart from the one that they have chosen.

Both were written into one column. What stands there stays as a choice, which the Account page shows and
changes: taken for the browser's, a choice would be lost without a word.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.add_column("app_user", sa.Column("met_language", sa.String(10), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("app_user", "met_language")
