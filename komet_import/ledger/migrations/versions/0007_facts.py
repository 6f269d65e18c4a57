"""How often the facts moved on; who took a step back or did it again; likenesses on an index."""

import sqlalchemy as sa
from alembic import op

from komet_import.ledger.migrations import guards

revision = "0007"
down_revision = "0006"

DIRECTORY = ("customer", "location", "customer_location")
MOVES = {
    "directory": "UPDATE facts SET directory = directory + 1",
    "ledger": "UPDATE facts SET ledger = ledger + 1",
}


def upgrade() -> None:
    op.create_table(
        "facts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("directory", sa.BigInteger(), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
    )
    op.execute("INSERT INTO facts (id, directory, ledger) VALUES (1, 0, 0)")
    if op.get_bind().dialect.name == "postgresql":
        _move_on_postgresql()
    else:
        _move_on_sqlite()
    guards.release()
    op.add_column("edit", sa.Column("turned_by", sa.Integer(), nullable=True))
    guards.guard()
    # What stood first in the old index stands first in this one; no query asks for a day alone any more.
    op.create_index("ix_adjustment_alike", "adjustment", ["customer_id", "credit_date", "amount"])
    op.drop_index("ix_adjustment_customer_date", "adjustment")
    op.drop_index("ix_adjustment_credit_date", "adjustment")


def _move_on_sqlite() -> None:
    for table in DIRECTORY:
        for change in ("INSERT", "UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_moves_{change.lower()} AFTER {change} ON {table} "
                f"BEGIN {MOVES['directory']}; END"
            )
    op.execute(
        "CREATE TRIGGER batch_moves_insert AFTER INSERT ON batch "
        f"WHEN NEW.status IN ('posted', 'reversed') BEGIN {MOVES['ledger']}; END"
    )
    op.execute(
        "CREATE TRIGGER batch_moves_update AFTER UPDATE OF status ON batch "
        "WHEN NEW.status <> OLD.status AND NEW.status IN ('posted', 'reversed') "
        f"BEGIN {MOVES['ledger']}; END"
    )


def _move_on_postgresql() -> None:
    for what, move in MOVES.items():
        op.execute(
            f"CREATE FUNCTION komet_move_{what}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {move}; RETURN NULL; END $$"
        )
    for table in DIRECTORY:
        # Before the rows are locked: whoever posts takes this row first as well, so nobody waits both ways.
        op.execute(
            f"CREATE TRIGGER {table}_moves BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION komet_move_directory()"
        )
    op.execute(
        "CREATE TRIGGER batch_moves_insert AFTER INSERT ON batch FOR EACH ROW "
        "WHEN (NEW.status IN ('posted', 'reversed')) EXECUTE FUNCTION komet_move_ledger()"
    )
    op.execute(
        "CREATE TRIGGER batch_moves_update AFTER UPDATE OF status ON batch FOR EACH ROW "
        "WHEN (NEW.status <> OLD.status AND NEW.status IN ('posted', 'reversed')) "
        "EXECUTE FUNCTION komet_move_ledger()"
    )


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    op.create_index("ix_adjustment_credit_date", "adjustment", ["credit_date"])
    op.create_index("ix_adjustment_customer_date", "adjustment", ["customer_id", "credit_date"])
    op.drop_index("ix_adjustment_alike", "adjustment")
    guards.release()
    op.drop_column("edit", "turned_by")
    guards.guard()
    for change in ("insert", "update"):
        op.execute(f"DROP TRIGGER batch_moves_{change}" + (" ON batch" if postgresql else ""))
    for table in DIRECTORY:
        for name in [f"{table}_moves"] if postgresql else _sqlite_names(table):
            op.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        for what in MOVES:
            op.execute(f"DROP FUNCTION komet_move_{what}()")
    op.drop_table("facts")


def _sqlite_names(table: str) -> list[str]:
    return [f"{table}_moves_{change}" for change in ("insert", "update", "delete")]
