"""Triggers that keep what proves a posting as immutable as the posting itself, on both databases.

    batch                     comes as a draft; becomes posted with the adjustments that it says and an entry
                              of the audit trail, as its posting's last act; then only a reversal changes it,
                              with an entry and its opposites: how many rows, how much, its status, who, when
    edit                      its content never; whether it was undone, while its batch is a draft
    unposted_row, batch_file, batch_effect
                              never
    claim                     goes with the reversal of its row or its batch, and not before
    message                   its content never; how its delivery stands may change

Rows of none of them are removed. A posting is a draft until its last statement, so that nothing can be added
to what is posted: adjustments (of the type of their batch), claims, edits and unposted rows come into drafts
only, or into what was returned to be changed. What waits for approval takes none: it is a draft again before
it is edited or posted. To what is posted comes the opposite of each of its own adjustments, and nothing else:
on its day, or on the first of a later month. To what is reversed comes nothing.

The many rows of a large posting come past the triggers of INSERT on SQLite, in a transaction that takes them
down and puts them up again (`staging.take_over`).

On SQLite, REPLACE removes a row past the triggers of DELETE where a connection has no `recursive_triggers`,
as that of its own shell: no row comes in the place of another one.

A migration that gives one of these tables a column calls `release` and `guard` again.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import sqlalchemy as sa
from alembic import op

T = TypeVar("T")

REVERSIBLE = (
    "status", "reversed_by", "reversed_at", "changed_at", "rows_reversed", "amount_reversed",
)  # fmt: skip
"""What a reversal sets on its batch."""

EDIT_CONTENT = ("batch_id", "seq", "kind", "label", "changes", "user_id", "at")
MESSAGE_CONTENT = (
    "id", "message_id", "batch_id", "user_id", "recipient", "subject", "html", "text", "created_at"
)  # fmt: skip

_OPPOSITE = (
    "EXISTS (SELECT 1 FROM adjustment posted WHERE posted.id = {new}.reverses_id "
    "AND posted.reverses_id IS NULL AND posted.batch_id = {new}.batch_id "
    "AND posted.amount = -{new}.amount AND posted.customer_id = {new}.customer_id "
    "AND posted.location_id {same} {new}.location_id AND posted.number = {new}.number "
    "AND (posted.credit_date = {new}.credit_date OR (posted.credit_date < {new}.credit_date "
    "AND CAST({new}.credit_date AS TEXT) LIKE '%-01')))"
)
"""What a reversal adds, on the same day or the first of a later month, where that day's own is closed; that
nothing is reversed twice is the index on `reverses_id`."""

_IN_HAND = "('draft', 'returned')"
"""The states of a batch that somebody works on."""

_ADJUSTMENTS = "FROM adjustment WHERE adjustment.batch_id = NEW.id"
_REVERSED = f"{_ADJUSTMENTS} AND adjustment.reverses_id IS NOT NULL"
_TOLD = (
    "FROM audit_entry WHERE audit_entry.subject = NEW.id AND audit_entry.action = 'reverse' "
    "AND audit_entry.at = NEW.changed_at AND (NEW.status = 'posted' "
    "OR (audit_entry.user_id = NEW.reversed_by AND audit_entry.at = NEW.reversed_at))"
)
_REVERSES = (
    f"NEW.rows_reversed > OLD.rows_reversed AND NEW.rows_reversed = (SELECT count(*) {_REVERSED}) "
    f"AND abs(coalesce(NEW.amount_reversed, 0)) = abs((SELECT sum(adjustment.amount) {_REVERSED})) "
    "AND (NEW.status = 'reversed') = (NEW.rows_reversed = NEW.rows_posted) "
    f"AND EXISTS (SELECT 1 {_TOLD})"
)
"""What a reversal says of its batch: how many opposites it has now and what they come to, and reversed with
the last of them, by whom and when the audit trail says so."""

_FINISHED = "('posted', 'reversed')"
_ENTRY = (
    "FROM audit_entry WHERE audit_entry.subject = NEW.id AND audit_entry.action IN ('post', 'approve') "
    "AND audit_entry.user_id = NEW.posted_by AND audit_entry.at = NEW.posted_at"
)
_POSTS = (
    "OLD.status = 'draft' AND NEW.status = 'posted' "
    "AND NEW.posted_by IS NOT NULL AND NEW.posted_at IS NOT NULL "
    f"AND (SELECT count(*) {_ADJUSTMENTS}) "
    "= (CASE WHEN NEW.amount_posted IS NULL THEN 0 ELSE NEW.rows_posted END) "
    f"AND abs((SELECT coalesce(sum(adjustment.amount), 0) {_ADJUSTMENTS})) "
    "= abs(coalesce(NEW.amount_posted, 0)) "
    f"AND EXISTS (SELECT 1 {_ENTRY})"
)
"""What a posting says of its batch: who and when, and as many adjustments with as much money as it has. A
type without money has none; the ledger's sign may be another one than the sheet's.

The audit trail says the same of it. A posting may have no rows at all (nothing was ready, a list of customers
changed nobody): then the entry is all that tells it from a draft of which somebody only says so, and an entry
that somebody adds beside the app has no place in the chain (`audit_chain`)."""

_SAID = "is immutable: post a reversal instead"

_UNLESS_ADDED = (
    "PERFORM 1 FROM batch WHERE id IN (SELECT batch_id FROM added) FOR SHARE; "
    "IF NOT EXISTS (SELECT 1 FROM added JOIN batch ON batch.id = added.batch_id WHERE {wrong}) "
    "THEN RETURN NULL; END IF;"
)
"""Lets rows come unless one is wrong. Their batches are locked first: whoever adds something beside a posting
that is under way waits for what becomes of it."""

_ALL_REVERSED = "(SELECT status FROM batch WHERE id = OLD.batch_id) = 'reversed'"
_ROW_REVERSED = (
    "EXISTS (SELECT 1 FROM adjustment WHERE adjustment.batch_id = OLD.batch_id "
    'AND adjustment."row" = OLD."row" AND adjustment.reverses_id IS NOT NULL)'
)
"""Of a claim: its batch was reversed, or the document that it is of."""

_FUNCTIONS = {
    "komet_guard_batch": (
        f"IF OLD.status = 'posted' AND NEW.status IN ('posted', 'reversed') AND {_REVERSES} AND "
        f"to_jsonb(OLD) - ARRAY{list(REVERSIBLE)} = to_jsonb(NEW) - ARRAY{list(REVERSIBLE)} "
        "THEN RETURN NEW; END IF;"
    ),
    "komet_guard_posted": f"IF {_POSTS} THEN RETURN NEW; END IF;",
    "komet_guard_draft": (
        "IF (SELECT status FROM batch WHERE id = NEW.batch_id) IN ('draft', 'returned') "
        "THEN RETURN NEW; END IF;"
    ),
    "komet_guard_added": _UNLESS_ADDED.format(wrong=f"batch.status NOT IN {_IN_HAND}"),
    "komet_guard_adjustment": _UNLESS_ADDED.format(
        wrong="batch.type <> added.type OR "
        "NOT (CASE WHEN batch.status = 'draft' THEN added.reverses_id IS NULL "
        f"WHEN batch.status = 'posted' THEN {_OPPOSITE.format(new='added', same='IS NOT DISTINCT FROM')} "
        "ELSE FALSE END)"
    ),
    "komet_guard_claim": f"IF {_ALL_REVERSED} OR {_ROW_REVERSED} THEN RETURN OLD; END IF;",
}
_ADDED = "REFERENCING NEW TABLE AS added FOR EACH STATEMENT"
_POSTGRESQL = {
    "adjustment": (("INSERT", _ADDED, "komet_guard_adjustment"),),
    "batch": (
        ("DELETE OR TRUNCATE", "FOR EACH STATEMENT", "komet_refuse_change"),
        ("UPDATE", f"FOR EACH ROW WHEN (OLD.status IN {_FINISHED})", "komet_guard_batch"),
        ("INSERT", "FOR EACH ROW WHEN (NEW.status <> 'draft')", "komet_refuse_change"),
        ("UPDATE OF id", "FOR EACH STATEMENT", "komet_refuse_change"),
        (
            "UPDATE",
            f"FOR EACH ROW WHEN (OLD.status NOT IN {_FINISHED} AND NEW.status IN {_FINISHED})",
            "komet_guard_posted",
        ),
    ),
    "edit": (
        ("DELETE OR TRUNCATE", "FOR EACH STATEMENT", "komet_refuse_change"),
        (f"UPDATE OF {', '.join(EDIT_CONTENT)}", "FOR EACH STATEMENT", "komet_refuse_change"),
        ("UPDATE", "FOR EACH ROW", "komet_guard_draft"),
        ("INSERT", _ADDED, "komet_guard_added"),
    ),
    "unposted_row": (
        ("UPDATE OR DELETE OR TRUNCATE", "FOR EACH STATEMENT", "komet_refuse_change"),
        ("INSERT", _ADDED, "komet_guard_added"),
    ),
    "batch_file": (("UPDATE OR DELETE OR TRUNCATE", "FOR EACH STATEMENT", "komet_refuse_change"),),
    "batch_effect": (
        ("UPDATE OR DELETE OR TRUNCATE", "FOR EACH STATEMENT", "komet_refuse_change"),
        ("INSERT", _ADDED, "komet_guard_added"),
    ),
    "claim": (
        ("UPDATE OR TRUNCATE", "FOR EACH STATEMENT", "komet_refuse_change"),
        ("DELETE", "FOR EACH ROW", "komet_guard_claim"),
        ("INSERT", _ADDED, "komet_guard_added"),
    ),
    "message": (
        ("DELETE OR TRUNCATE", "FOR EACH STATEMENT", "komet_refuse_change"),
        (f"UPDATE OF {', '.join(MESSAGE_CONTENT)}", "FOR EACH STATEMENT", "komet_refuse_change"),
    ),
}


def guard() -> None:
    """Set the triggers up, for the columns that the tables have now."""
    if op.get_bind().dialect.name == "postgresql":
        for name, unless in _FUNCTIONS.items():
            op.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {unless} "
                f"RAISE EXCEPTION '% {_SAID}', TG_TABLE_NAME; END $$"
            )
        for table, triggers in _there(_POSTGRESQL).items():
            for place, (change, when, function) in enumerate(triggers, start=1):
                moment = "AFTER" if when == _ADDED else "BEFORE"
                op.execute(
                    f"CREATE TRIGGER {table}_guard_{place} {moment} {change} ON {table} {when} "
                    f"EXECUTE FUNCTION {function}()"
                )
        return
    for table, conditions in _there(_sqlite()).items():
        for place, (change, when) in enumerate(conditions, start=1):
            op.execute(
                f"CREATE TRIGGER {table}_guard_{place} BEFORE {change} ON {table} "
                f"{f'WHEN {when} ' if when else ''}BEGIN SELECT RAISE(ABORT, '{table} {_SAID}'); END"
            )


def release() -> None:
    """Take the triggers away, as many of them as an earlier version had set up."""
    if op.get_bind().dialect.name == "postgresql":
        for table, triggers in _there(_POSTGRESQL).items():
            for place, _ in enumerate(triggers, start=1):
                op.execute(f"DROP TRIGGER IF EXISTS {table}_guard_{place} ON {table}")
        for name in _FUNCTIONS:
            op.execute(f"DROP FUNCTION IF EXISTS {name}()")
        return
    for table, conditions in _there(_sqlite()).items():
        for place, _ in enumerate(conditions, start=1):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_guard_{place}")


def _there(guarded: Mapping[str, T]) -> dict[str, T]:
    """Of the guarded tables those that there are: a later migration makes some."""
    tables = sa.inspect(op.get_bind()).get_table_names()
    return {table: triggers for table, triggers in guarded.items() if table in tables}


@contextmanager
def adjustments_open() -> Iterator[None]:
    """While this lasts, the adjustments of now may be given what a new column of theirs says."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE adjustment DISABLE TRIGGER adjustment_immutable")
        yield
        op.execute("ALTER TABLE adjustment ENABLE TRIGGER adjustment_immutable")
        return
    op.execute("DROP TRIGGER adjustment_no_update")
    yield
    op.execute(
        "CREATE TRIGGER adjustment_no_update BEFORE UPDATE ON adjustment "
        f"BEGIN SELECT RAISE(ABORT, 'adjustment {_SAID}'); END"
    )


def _sqlite() -> dict[str, tuple[tuple[str, str], ...]]:
    """What is refused on SQLite: the change, and the condition under which it is."""
    inspector = sa.inspect(op.get_bind())
    columns = [column["name"] for column in inspector.get_columns("batch")]
    by_row = "rows_reversed" in columns
    same = " AND ".join(f"OLD.{name} IS NEW.{name}" for name in columns if name not in REVERSIBLE)
    reverses = _REVERSES if by_row else "NEW.status = 'reversed'"
    but_reversed = f" AND NOT {_ROW_REVERSED}" if by_row else ""
    reversed_only = (
        f"OLD.status = 'posted' AND NEW.status IN ('posted', 'reversed') AND {reverses} AND {same}"
    )
    status = "(SELECT status FROM batch WHERE id = {}.batch_id)"
    no_draft = f"COALESCE({status}, '') NOT IN {_IN_HAND}"
    may_come = (
        f"CASE WHEN {status.format('NEW')} = 'draft' THEN NEW.reverses_id IS NULL "
        f"WHEN {status.format('NEW')} = '{'posted' if by_row else 'reversed'}' "
        f"THEN {_OPPOSITE.format(new='NEW', same='IS')} ELSE FALSE END"
    )
    if "type" in [column["name"] for column in inspector.get_columns("adjustment")]:
        may_come += " AND NEW.type = (SELECT type FROM batch WHERE id = NEW.batch_id)"
    guarded: dict[str, tuple[tuple[str, str], ...]] = {
        "adjustment": (("INSERT", f"NOT ({may_come})"),),
        "batch": (
            ("DELETE", ""),
            ("UPDATE", f"OLD.status IN {_FINISHED} AND NOT ({reversed_only})"),
            ("INSERT", "NEW.status <> 'draft'"),
            ("UPDATE OF id", ""),
            (
                "UPDATE",
                f"OLD.status NOT IN {_FINISHED} AND NEW.status IN {_FINISHED} AND NOT ({_POSTS})",
            ),
        ),
        "edit": (
            ("DELETE", ""),
            (f"UPDATE OF {', '.join(EDIT_CONTENT)}", ""),
            ("UPDATE", no_draft.format("OLD")),
            ("INSERT", no_draft.format("NEW")),
        ),
        "unposted_row": (("UPDATE", ""), ("DELETE", ""), ("INSERT", no_draft.format("NEW"))),
        "batch_file": (("UPDATE", ""), ("DELETE", "")),
        "batch_effect": (("UPDATE", ""), ("DELETE", ""), ("INSERT", no_draft.format("NEW"))),
        "claim": (
            ("UPDATE", ""),
            ("DELETE", f"{status.format('OLD')} IS NOT 'reversed'{but_reversed}"),
            ("INSERT", no_draft.format("NEW")),
        ),
        "message": (("DELETE", ""), (f"UPDATE OF {', '.join(MESSAGE_CONTENT)}", "")),
        "audit_entry": (),
        "audit_seal": (),
    }
    return {
        table: (*conditions, ("INSERT", _there_already(inspector, table)))
        for table, conditions in _there(guarded).items()
    }


def _there_already(inspector: sa.Inspector, table: str) -> str:
    """Whether a table has a row in the place of which the new one would come: one with a key of it."""
    keys: list[list[Any]] = [
        inspector.get_pk_constraint(table)["constrained_columns"],
        *(unique["column_names"] for unique in inspector.get_unique_constraints(table)),
        *(index["column_names"] for index in inspector.get_indexes(table) if index["unique"]),
    ]
    same = (" AND ".join(f'{table}."{name}" = NEW."{name}"' for name in key) for key in keys)
    return " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {one})" for one in same)  # noqa: S608
