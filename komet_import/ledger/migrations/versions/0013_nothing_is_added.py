"""Nothing is added to what is posted: no adjustment, no claim. What is reversed gets its opposites only."""

from komet_import.ledger.migrations import guards

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    guards.release()
    guards.guard()


def downgrade() -> None:
    """They stay: earlier versions post in the same order, as a draft until the last statement."""
