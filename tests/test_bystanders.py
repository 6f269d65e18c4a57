"""Whatever is done to people who have nothing to do with a test is noticed when the test is over."""

import pytest
from sqlalchemy import text

from komet_import import services
from komet_import.ledger import database
from komet_import.ledger.models import Message
from tests import bystanders
from tests.services import workspace
from tests.services.workspace import credit

HARM = {
    "a step is done again": "UPDATE edit SET undone_at = NULL WHERE undone_at IS NOT NULL",
    "a draft moves on": "UPDATE batch SET revision = revision + 1 WHERE status = 'draft'",
    "a customer loses a location": "DELETE FROM customer_location",
    "a customer is renamed": "UPDATE customer SET name = 'X'",
    "somebody is signed out": "DELETE FROM user_session",
    "somebody is signed in": "INSERT INTO user_session (token_hash, user_id, created_at, seen_at, expires_at)"
    " SELECT 'x', user_id, created_at, seen_at, expires_at FROM user_session LIMIT 1",
    "failures are forgotten": "DELETE FROM sign_in_attempt",
    "a mail is taken from who sends it": "UPDATE message SET claimed_until = NULL",
    "a dropped row is open again": "DELETE FROM dropped_row",
    "an inactive Admin is active": "UPDATE app_user SET active = true",
}


OF_THE_COMPANY = {"closed_month", "reading_memory", "value_memory"}
"""Nobody's: what stands in these holds for every sheet. Their own tests have several rows of each."""


def test_of_whatever_somebody_has_there_is_another_ones_too(sqlite_database: str) -> None:
    """A table without such a row is one in which `this` cannot be told from `every`."""
    workspace.fill()
    rows = workspace.BYSTANDERS[sqlite_database].rows
    assert {name for name, theirs in rows.items() if not theirs} == OF_THE_COMPANY


@pytest.mark.parametrize("harm", HARM)
def test_harm_is_noticed(database_url: str, harm: str) -> None:
    workspace.fill()
    theirs = workspace.BYSTANDERS.pop(database_url)
    assert bystanders.changes(database_url, theirs) == []
    with database.transaction() as session:
        session.connection().execute(text(HARM[harm]))
    assert bystanders.changes(database_url, theirs)


def test_harm_is_noticed_where_a_test_makes_its_own_people(database_url: str) -> None:
    workspace.others_only()
    assert workspace.own(Message) == []
    theirs = workspace.BYSTANDERS.pop(database_url)
    assert bystanders.changes(database_url, theirs) == []
    with database.transaction() as session:
        session.connection().execute(text("DELETE FROM user_session"))
    assert bystanders.changes(database_url, theirs)


@pytest.mark.parametrize("_turn", [1, 2])
def test_every_copy_is_as_good_as_new(database_url: str, _turn: int) -> None:
    people = workspace.fill()
    assert workspace.ledger() == []
    services.post(people.rita, workspace.opened(people.rita, credit("A")))
    assert len(workspace.ledger()) == workspace.count(Message) == 1
