"""The imports whose rejected rows a batch brings back, and rejected rows that somebody dropped."""

import sqlalchemy as sa
from alembic import op

from komet_import.ledger.migrations import guards

revision = "0026"
down_revision = "0025"

MOVE = "UPDATE facts SET ledger = ledger + 1"


def upgrade() -> None:
    guards.release()
    op.add_column("batch", sa.Column("continues", sa.JSON(), nullable=False, server_default="[]"))
    guards.guard()
    op.create_index("ix_unposted_row_origin", "unposted_row", ["origin"])
    op.create_table(
        "dropped_row",
        sa.Column("key", sa.String(80), primary_key=True),
        sa.Column("batch_id", sa.String(32), sa.ForeignKey("batch.id"), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("dropped_by", sa.Integer(), sa.ForeignKey("app_user.id"), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER dropped_row_moves BEFORE INSERT OR UPDATE OR DELETE ON dropped_row "
            "FOR EACH STATEMENT EXECUTE FUNCTION komet_move_ledger()"
        )
        return
    for change in ("INSERT", "UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER dropped_row_moves_{change.lower()} AFTER {change} ON dropped_row "
            f"BEGIN {MOVE}; END"
        )


def downgrade() -> None:
    op.drop_table("dropped_row")
    op.drop_index("ix_unposted_row_origin", "unposted_row")
    guards.release()
    op.drop_column("batch", "continues")
    guards.guard()
