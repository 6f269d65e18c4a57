"""What proves a posting is as immutable as the posting: every table and column tried with plain SQL."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Table, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from komet_import import services
from komet_import.ledger import database
from komet_import.ledger.models import Claim
from tests.services import workspace
from tests.services.workspace import People, credit

DELIVERY = {"status", "attempts", "handed_over", "due_at", "claimed_until", "last_error", "sent_at"}
"""What the outbox may change of a mail: how its delivery stands."""

MAY_CHANGE: dict[str, set[str]] = {"message": DELIVERY}
"""The columns that may change of what is posted; all others may not."""

PROOF = ("batch", "edit", "unposted_row", "batch_file", "claim", "message", "adjustment", "audit_entry")
FREE = {
    "app_user", "user_role", "user_session", "sign_in_ticket", "sign_in_attempt", "trusted_browser",
    "customer", "customer_location", "location", "column_memory", "facts",
}  # fmt: skip
"""Tables that prove no posting."""


@pytest.fixture
def people(database_url: str) -> People:
    return workspace.fill()


@pytest.fixture
def posted(people: People) -> str:
    """A posted batch with a row in every table of a posting, beside a draft that somebody edits."""
    batch_id = workspace.opened(
        people.rita, credit("A"), credit("B", customer="FL21"), credit("C", amount=7), file_name="posted.xlsx"
    )
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "late")])
    services.leave_out(people.rita, batch_id, [4])
    services.undo(people.rita, batch_id)
    services.post(people.rita, batch_id)
    return batch_id


def table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def refuses(statement: str, **values: Any) -> bool:
    """Whether the database refuses a statement as one against what is immutable."""
    try:
        with database.engine().begin() as connection:
            connection.execute(text(statement), values)
    except DBAPIError as wrong:
        assert "immutable" in str(wrong.orig), f"{statement}: {wrong.orig}"
        return True
    return False


def of(name: str) -> str:
    """The column of a table that names the batch."""
    return {"batch": "id", "audit_entry": "subject"}.get(name, "batch_id")


def assignments(name: str) -> Iterator[tuple[str, str]]:
    """Every column of a table, and an expression that gives it another value of its type."""
    postgresql = database.engine().dialect.name == "postgresql"
    for column in table(name).columns:
        kind = str(column.type).split("(")[0]
        if column.foreign_keys and kind.startswith(("VARCHAR", "AutoString")):
            other = "(SELECT min(id) FROM batch)"  # another batch's: the draft's or the posted one's
        elif kind in ("INTEGER", "BIGINT"):
            other = f"coalesce({column.name}, 0) + 1"
        elif kind == "BOOLEAN":
            other = f"NOT {column.name}"
        elif kind == "JSON":
            other = "'{\"changed\": true}'"
        elif kind in ("BLOB", "BYTEA"):
            other = "'\\x00'" if postgresql else "x'00'"
        elif kind in ("DATETIME", "TIMESTAMP", "DATE"):
            other = "'2001-01-01 00:00:00'"
        else:
            other = "'changed'"
        yield column.name, other


def test_every_table_is_known_to_prove_a_posting_or_not_to(sqlite_database: str) -> None:
    assert set(SQLModel.metadata.tables) == {*PROOF, *FREE}


@pytest.mark.parametrize("name", PROOF)
def test_no_column_of_what_is_posted_can_be_changed(people: People, posted: str, name: str) -> None:
    reversed_one = workspace.opened(people.carl, credit("R", customer="FL220"), credit("S", customer="FL21"))
    services.post(people.carl, reversed_one)
    services.reverse(people.carl, reversed_one, reason="Wrong")
    workspace.opened(people.rita, credit("D", amount=9))
    before = workspace.everything()
    for batch_id in (posted, reversed_one):
        if name in ("edit", "claim") and batch_id == reversed_one:
            continue  # it has none
        for column, other in assignments(name):
            statement = f"UPDATE {name} SET {column} = {other} WHERE {of(name)} = :batch"
            may = column in MAY_CHANGE.get(name, ())
            if not may:
                assert refuses(statement, batch=batch_id), statement
    assert workspace.everything() == before


@pytest.mark.parametrize("name", PROOF)
def test_nothing_of_what_is_posted_can_be_removed_or_replaced(people: People, posted: str, name: str) -> None:
    before = workspace.everything()
    assert refuses(f"DELETE FROM {name} WHERE {of(name)} = :batch", batch=posted)
    if database.engine().dialect.name == "postgresql":
        assert refuses(f"TRUNCATE {name} CASCADE")
    else:
        assert refuses(f"INSERT OR REPLACE INTO {name} SELECT * FROM {name}")
    assert workspace.everything() == before


def test_a_reversal_sets_nothing_of_the_batch_but_that_it_was_reversed(people: People, posted: str) -> None:
    before = workspace.everything()
    turned = "UPDATE batch SET status = 'reversed', {} = {} WHERE id = :batch"
    may = {"status", "reversed_by", "reversed_at", "changed_at"}
    tried = [(column, other) for column, other in assignments("batch") if column not in may]
    for column, other in tried:
        assert refuses(turned.format(column, other), batch=posted), column
    assert len(tried) > 20 and workspace.everything() == before
    services.reverse(people.rita, posted, reason="Wrong")
    for status in ("draft", "posted", "discarded"):
        assert refuses("UPDATE batch SET status = :status WHERE id = :batch", status=status, batch=posted)


@pytest.mark.parametrize("name", ["edit", "unposted_row"])
def test_nothing_is_added_to_what_is_posted(people: People, posted: str, name: str) -> None:
    columns = [column.name for column in table(name).columns]
    new = {"edit": {"seq": "seq + 100"}, "unposted_row": {"id": "id + 100", "row": "row + 100"}}[name]
    values = ", ".join(new.get(column, f'"{column}"') for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    before = workspace.everything()
    assert refuses(f"INSERT INTO {name} ({named}) SELECT {values} FROM {name}")
    assert workspace.everything() == before


def test_the_claims_of_what_stands_are_not_given_back(people: People, posted: str) -> None:
    other = workspace.opened(people.carl, credit("Z", customer="FL220"))
    services.post(people.carl, other)
    services.reverse(people.carl, other, reason="Wrong")
    before = workspace.everything()
    assert {claim.batch_id for claim in workspace.own(Claim)} == {posted}
    assert refuses("DELETE FROM claim")
    assert workspace.everything() == before


def test_the_journal_of_a_draft_can_be_undone_but_not_rewritten(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "late")])
    services.undo(people.rita, batch_id)
    before = workspace.everything()
    assert refuses("UPDATE edit SET user_id = user_id + 1")
    assert refuses("UPDATE edit SET label = 'another'")
    assert refuses("DELETE FROM edit")
    assert workspace.everything() == before
    assert services.redo(people.rita, batch_id) is not None
