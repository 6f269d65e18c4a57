"""The form in which the number of a document is like others, with an index."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

from komet_import.ledger.migrations.guards import adjustments_open

revision = "0023"
down_revision = "0022"

_PORTION = 5_000


def upgrade() -> None:
    op.add_column("adjustment", sa.Column("number_key", sa.String(80), nullable=False, server_default=""))
    connection = op.get_bind()
    names = ("id", "number", "number_key", "reverses_id")
    table = sa.table("adjustment", *[sa.column(name) for name in names])
    change = sa.update(table).where(table.c.id == sa.bindparam("at")).values(number_key=sa.bindparam("key"))
    posted = (table.c.number != "") & table.c.reverses_id.is_(None)  # a reversal is like nothing
    numbered = sa.select(table.c.id, table.c.number).where(posted).order_by(table.c.id)
    with adjustments_open():
        last = 0
        while rows := connection.execute(numbered.where(table.c.id > last).limit(_PORTION)).all():
            connection.execute(change, [{"at": id, "key": _key(number)} for id, number in rows])
            last = rows[-1][0]
    op.create_index("ix_adjustment_number", "adjustment", ["customer_id", "number_key"])


def downgrade() -> None:
    op.drop_index("ix_adjustment_number", "adjustment")
    op.drop_column("adjustment", "number_key")


def _key(number: str) -> str:
    """As `review.sameness.number_key` was then."""
    key = unicodedata.normalize("NFC", number.strip()).upper()
    if not key.isalnum() or not key.isascii():
        if whole := re.fullmatch(r"([0-9]+)\.0+", key):
            key = whole[1]
        spread = unicodedata.normalize("NFKD", key)
        key = "".join(c for c in spread if c.isalnum()) or key
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", key)
