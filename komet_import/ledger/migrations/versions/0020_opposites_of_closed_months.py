"""The opposite of what is dated in a closed month is dated the first open day."""

from komet_import.ledger.migrations import guards

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    guards.release()
    guards.guard()


def downgrade() -> None:
    """They stay: they let come what earlier versions post, too."""
