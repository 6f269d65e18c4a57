"""A batch comes as a draft, and is posted with the adjustments that it says; on SQLite no row comes in the
place of one that proves a posting. The triggers of `guards` say so from now on.
"""

from komet_import.ledger.migrations import guards

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    guards.release()
    guards.guard()


def downgrade() -> None:
    pass
