"""What makes a document a duplicate is claimed under its type; until now only open credits had numbers."""

from alembic import op

from komet_import.ledger.migrations import guards

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    guards.release()
    op.execute("UPDATE claim SET scope = 'key', key = 'open-credits:' || key WHERE scope = 'credit-number'")
    guards.guard()


def downgrade() -> None:
    guards.release()
    op.execute(
        "UPDATE claim SET scope = 'credit-number', key = substr(key, length('open-credits:') + 1) "
        "WHERE scope = 'key' AND key LIKE 'open-credits:%'"
    )
    guards.guard()
