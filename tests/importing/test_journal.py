"""The journal of a draft is replayed in its own order; what is done to a draft is in the audit trail."""

import pytest
from sqlalchemy import event, text

from komet_import import importing
from komet_import.ledger import database
from komet_import.ledger.models import AuditEntry
from tests.importing import workspace
from tests.importing.workspace import People, credit, texts


@pytest.fixture
def without_indexes(database_url: str) -> None:
    """PostgreSQL reads tables from end to end, as it may at any time: rows come as they lie there."""
    if database_url.startswith("sqlite"):
        return  # keeps rows in the order of their key

    def prepare(connection, _record):  # type: ignore[no-untyped-def]
        connection.execute("SET enable_indexscan = off; SET enable_bitmapscan = off")
        connection.commit()

    event.listen(database.engine(), "connect", prepare)
    database.engine().dispose()


def test_steps_are_replayed_in_their_order_wherever_the_database_keeps_them(
    people: People, without_indexes: None
) -> None:
    batch_id, rita = workspace.opened(people.rita, credit("A")), people.rita
    for before, after in (("", "one"), ("one", "two"), ("two", "three")):
        importing.set_cells(rita, batch_id, [(2, "Comments", before, after)])
    with database.transaction() as session:  # a row that is written anew lies behind all others
        session.connection().execute(
            text("UPDATE edit SET undone_at = undone_at WHERE batch_id = :batch AND seq = 1"),
            {"batch": batch_id},
        )
    workspace.forget()
    assert texts(rita, batch_id, "Comments") == {2: "three"}
    assert [step.seq for step in importing.view(rita, batch_id).steps] == [1, 2, 3]
    importing.undo(rita, batch_id)
    workspace.forget()
    assert texts(rita, batch_id, "Comments") == {2: "two"}
    importing.post(rita, batch_id)
    assert [line[5] for line in workspace.ledger()] == ["two"]


def test_who_uploaded_posted_and_deleted_what_is_in_the_audit_trail(people: People) -> None:
    kept, gone = workspace.opened(people.rita, credit("A")), workspace.opened(people.carl, credit("B"))
    importing.post(people.carl, kept)
    importing.discard(people.carl, gone)
    told = [(entry.action, entry.user_id, entry.subject) for entry in workspace.own(AuditEntry)]
    assert [line for line in told if line[2] in (kept, gone)] == [
        ("upload", people.rita.id, kept),
        ("upload", people.carl.id, gone),
        ("post", people.carl.id, kept),
        ("discard", people.carl.id, gone),
    ]
