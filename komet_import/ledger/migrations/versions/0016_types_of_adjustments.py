"""An adjustment says itself of which type it is, and one index answers what is asked of a customer.

Until now every sum joined the batches for that. The index holds all that balances, ages, histories and
likenesses are made of, so that they are read from it alone.
"""

import sqlalchemy as sa
from alembic import op

from komet_import.ledger.migrations import guards

revision = "0016"
down_revision = "0015"

ASKED = ["customer_id", "type", "credit_date", "amount", "location_id", "reverses_id"]


def upgrade() -> None:
    guards.release()
    op.add_column("adjustment", sa.Column("type", sa.String(50), nullable=False, server_default=""))
    with guards.adjustments_open():
        op.execute(
            "UPDATE adjustment SET type = (SELECT type FROM batch WHERE batch.id = adjustment.batch_id)"
        )
    op.create_index("ix_adjustment_party", "adjustment", ASKED)
    op.drop_index("ix_adjustment_alike", "adjustment")
    guards.guard()


def downgrade() -> None:
    guards.release()
    op.create_index("ix_adjustment_alike", "adjustment", ["customer_id", "credit_date", "amount"])
    op.drop_index("ix_adjustment_party", "adjustment")
    op.drop_column("adjustment", "type")
    guards.guard()
