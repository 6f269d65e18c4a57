"""Where something was done from, and the chain of the audit trail; what is there is sealed in order."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from komet_import.ledger.audit_chain import AT_ONCE, BEGINNING, Content, link

revision = "0014"
down_revision = "0013"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SAID = "is immutable: post a reversal instead"
FORWARD = "NEW.id = OLD.id AND NEW.entries > OLD.entries"
"""The head only moves on."""


def upgrade() -> None:
    op.add_column("audit_entry", sa.Column("address", sa.String(64), nullable=False, server_default=""))
    op.create_table(
        "audit_seal",
        sa.Column("place", BIG, primary_key=True, autoincrement=False),
        sa.Column("entry_id", BIG, sa.ForeignKey("audit_entry.id"), nullable=False, unique=True),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_audit_seal_hash", "audit_seal", ["hash"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    _seal_all()
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _seal_all() -> None:
    """Seal what is there, in the order in which it was written."""
    connection = op.get_bind()
    seals = sa.table("audit_seal", sa.column("place"), sa.column("entry_id"), sa.column("hash"))
    place, before = 0, BEGINNING
    for entries in _entries(connection):
        sealed = []
        for entry in entries:
            place, before = place + 1, link(before, entry)
            sealed.append({"place": place, "entry_id": entry.id, "hash": before})
        connection.execute(seals.insert(), sealed)
    head = sa.table("audit_head", sa.column("id"), sa.column("entries"), sa.column("hash"))
    connection.execute(head.insert().values(id=1, entries=place, hash=before))


def _entries(connection: sa.Connection) -> Iterator[list[Content]]:
    after = 0
    query = sa.text(
        "SELECT id, at, user_id, action, subject, address, details FROM audit_entry WHERE id > :after "
        "ORDER BY id LIMIT :most"
    ).columns(at=sa.DateTime(timezone=True))
    while found := connection.execute(query, {"after": after, "most": AT_ONCE}).mappings().all():
        yield [Content(**{**row, "at": _utc(row["at"]), "details": _json(row["details"])}) for row in found]
        after = found[-1]["id"]


def _utc(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _json(stored: Any) -> Any:
    return json.loads(stored) if isinstance(stored, str) else stored


def _guard_postgresql() -> None:
    for name, change, when in (
        ("audit_seal", "UPDATE OR DELETE OR TRUNCATE", "FOR EACH STATEMENT"),
        ("audit_head", "INSERT OR DELETE OR TRUNCATE", "FOR EACH STATEMENT"),
        ("audit_head", "UPDATE", f"FOR EACH ROW WHEN (NOT ({FORWARD}))"),
    ):
        op.execute(
            f"CREATE TRIGGER {name}_immutable_{change.split()[0].lower()} BEFORE {change} ON {name} {when} "
            "EXECUTE FUNCTION komet_refuse_change()"
        )


def _guard_sqlite() -> None:
    for name, change, when in (
        ("audit_seal", "UPDATE", ""),
        ("audit_seal", "DELETE", ""),
        ("audit_head", "INSERT", ""),
        ("audit_head", "DELETE", ""),
        ("audit_head", "UPDATE", f"WHEN NOT ({FORWARD}) "),
    ):
        op.execute(
            f"CREATE TRIGGER {name}_no_{change.lower()} BEFORE {change} ON {name} "
            f"{when}BEGIN SELECT RAISE(ABORT, '{name} {SAID}'); END"
        )


def downgrade() -> None:
    op.drop_table("audit_head")
    op.drop_table("audit_seal")
    op.drop_column("audit_entry", "address")
