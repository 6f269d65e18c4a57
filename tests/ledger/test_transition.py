"""Turning a batch: of all who try one does, nobody else's is turned, and what is told is what holds now."""

import pytest
from sqlmodel import col

from komet_import import services
from komet_import.ledger import database, transition
from komet_import.ledger.models import Batch, BatchStatus
from tests.services import workspace
from tests.services.workspace import People, credit

IS_DRAFT = col(Batch.status) == BatchStatus.DRAFT
GONE: dict[str, object] = {"status": BatchStatus.DISCARDED}


@pytest.fixture
def people(database_url: str) -> People:
    return workspace.fill()


def test_who_comes_first_turns_it_and_who_comes_second_learns_how_it_stands(people: People) -> None:
    batch_id, other = (workspace.opened(people.rita, credit(number)) for number in "AB")
    for ours in (True, False):
        with database.transaction() as session:
            batch, done = transition.turn(session, batch_id, where=[IS_DRAFT], values=GONE)
            assert (batch.id, batch.status, done) == (batch_id, "discarded", ours)
    assert services.view(people.rita, other).batch.status == "draft"


def test_every_condition_must_hold(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    for where in ([IS_DRAFT, col(Batch.revision) == 7], [~IS_DRAFT]):
        with database.transaction() as session:
            batch, done = transition.turn(session, batch_id, where=where, values=GONE)
            assert (batch.status, done) == ("draft", False)


def test_what_the_session_read_before_somebody_else_was_faster_is_read_anew(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    with database.reading() as session:
        before = session.get_one(Batch, batch_id)
        session.expunge(before)
    services.set_cells(people.carl, batch_id, [(2, "Comments", "", "x")])
    with database.transaction() as session:
        session.add(before)  # as it was
        batch, done = transition.turn(session, batch_id, where=[col(Batch.revision) == 0], values=GONE)
        assert (batch.revision, batch.status, done) == (1, "draft", False)
