"""Months that are closed; that one is closed or open again moves the facts on."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

MOVE = "UPDATE facts SET directory = directory + 1"


def upgrade() -> None:
    op.create_table(
        "closed_month",
        sa.Column("month", sa.Date(), primary_key=True),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("closed_by", sa.Integer(), sa.ForeignKey("app_user.id"), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        # As with customers (0007): whoever posts takes the row of the facts first as well.
        op.execute(
            "CREATE TRIGGER closed_month_moves BEFORE INSERT OR UPDATE OR DELETE ON closed_month "
            "FOR EACH STATEMENT EXECUTE FUNCTION komet_move_directory()"
        )
        return
    for change in ("INSERT", "UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER closed_month_moves_{change.lower()} AFTER {change} ON closed_month "
            f"BEGIN {MOVE}; END"
        )


def downgrade() -> None:
    op.drop_table("closed_month")
