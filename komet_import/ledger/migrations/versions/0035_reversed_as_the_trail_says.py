"""A batch is reversed, in part or whole, only beside the entry of the audit trail that says so, and by as
much money as the opposites come to. The triggers of `guards` ask for both from now on.
"""

from komet_import.ledger.migrations import guards

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    guards.release()
    guards.guard()


def downgrade() -> None:
    """They stay: they let come what earlier versions post, but no reversal of theirs."""
