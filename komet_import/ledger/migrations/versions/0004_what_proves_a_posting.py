"""What proves a posting is as immutable as it: batch, journal, file, rejected rows, claims, mails."""

from komet_import.ledger.migrations import guards

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    guards.guard()


def downgrade() -> None:
    guards.release()
