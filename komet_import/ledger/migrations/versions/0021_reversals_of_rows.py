"""Single rows of an import can be reversed: the batch counts them, a claim says whose row it is."""

import hashlib
from urllib.parse import quote

import sqlalchemy as sa
from alembic import op

from komet_import.ledger.migrations import guards
from komet_import.types.codes import code_key

revision = "0021"
down_revision = "0020"

MOVE = "UPDATE facts SET ledger = ledger + 1"
LONGEST_KEY = 90
AT_ONCE = 5_000
MOVED = (
    "NEW.rows_reversed <> OLD.rows_reversed OR "
    "NEW.status <> OLD.status AND NEW.status IN ('posted', 'reversed')"
)
MOVED_BEFORE = "NEW.status <> OLD.status AND NEW.status IN ('posted', 'reversed')"


def upgrade() -> None:
    guards.release()
    op.add_column("batch", sa.Column("rows_reversed", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("batch", sa.Column("amount_reversed", sa.BigInteger(), nullable=True))
    op.execute(
        "UPDATE batch SET rows_reversed = rows_posted, amount_reversed = amount_posted "
        "WHERE status = 'reversed'"
    )
    _say_whose_row_it_is(op.get_bind())
    op.create_index("ix_adjustment_row", "adjustment", ["batch_id", "row"])
    op.drop_index("ix_adjustment_batch_id", "adjustment")
    guards.guard()
    _move("status, rows_reversed", MOVED)


def _say_whose_row_it_is(connection: sa.Connection) -> None:
    """The row of each number that was claimed before claims had rows."""
    posted = sa.text(
        'SELECT a.batch_id, a."row", a.type, a.customer_id, a.number FROM adjustment a '
        "WHERE a.reverses_id IS NULL AND a.number <> '' AND EXISTS (SELECT 1 FROM claim c "
        "WHERE c.batch_id = a.batch_id AND c.scope = 'key')"
    )
    told = sa.text(
        "UPDATE claim SET \"row\" = :row WHERE scope = 'key' AND key = :key AND batch_id = :batch_id "
        'AND "row" IS NULL'
    )
    for some in connection.execute(posted).partitions(AT_ONCE):
        connection.execute(
            told,
            [
                {"batch_id": batch_id, "row": row, "key": _key(slug, party, number)}
                for batch_id, row, slug, party, number in some
            ],
        )


def _key(slug: str, party: int, number: str) -> str:
    """As `ledger.reference.key_claim` made it for all types that there were."""
    said = f"{quote(str(party))}:{code_key(number)}"
    return f"{slug}:{said if len(said) <= LONGEST_KEY else hashlib.sha256(said.encode()).hexdigest()}"


def _move(columns: str, when: str) -> None:
    """A reversal of rows moves the facts on, as that of a whole import does."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER batch_moves_update ON batch")
        op.execute(
            f"CREATE TRIGGER batch_moves_update AFTER UPDATE OF {columns} ON batch FOR EACH ROW "
            f"WHEN ({when}) EXECUTE FUNCTION komet_move_ledger()"
        )
        return
    op.execute("DROP TRIGGER batch_moves_update")
    op.execute(
        f"CREATE TRIGGER batch_moves_update AFTER UPDATE OF {columns} ON batch WHEN {when} BEGIN {MOVE}; END"
    )


def downgrade() -> None:
    guards.release()
    _move("status", MOVED_BEFORE)
    op.create_index("ix_adjustment_batch_id", "adjustment", ["batch_id"])
    op.drop_index("ix_adjustment_row", "adjustment")
    op.drop_column("batch", "amount_reversed")
    op.drop_column("batch", "rows_reversed")
    guards.guard()
