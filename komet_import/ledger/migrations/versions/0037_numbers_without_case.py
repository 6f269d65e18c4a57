"""The form in which a number is like others has no small letters: those of “№” and “Nº” stayed."""

import sqlalchemy as sa
from alembic import op

from komet_import.ledger.migrations import guards

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    connection = op.get_bind()
    table = sa.table("adjustment", sa.column("id"), sa.column("number_key"))
    small = sa.select(table.c.id, table.c.number_key).where(
        table.c.number_key != sa.func.upper(table.c.number_key)
    )
    change = sa.update(table).where(table.c.id == sa.bindparam("at")).values(number_key=sa.bindparam("key"))
    guards.release()
    if rows := connection.execute(small).all():
        with guards.adjustments_open():
            connection.execute(change, [{"at": id, "key": key.upper()} for id, key in rows])
    guards.guard()


def downgrade() -> None:
    """Nothing is undone: a number that is like others is a question more, and no other money."""
