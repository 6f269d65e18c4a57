"""Balances for whose roles show them: every question reaches the ledger as it was asked."""

import pytest

from komet_import import services
from komet_import.access import users
from komet_import.ledger import balances, database
from komet_import.types import Role
from tests.services import workspace
from tests.services.workspace import People, credit, refused


@pytest.fixture
def posted(people_here: People, monkeypatch: pytest.MonkeyPatch) -> People:
    """Credits of two customers at two locations; one line makes a page."""
    rows = [
        credit("A", customer="FL220", amount=5),
        credit("B", customer="FL220", amount=7, location="LAX"),
        credit("C", amount=9),
    ]
    services.post(people_here.rita, workspace.opened(people_here.rita, *rows))
    monkeypatch.setattr(balances, "PAGE", 1)
    return people_here


def test_what_is_asked_for_is_what_is_told(posted: People) -> None:
    rita = posted.rita
    at = {place.code: place.id for place in services.places(rita)}
    assert list(at) == ["LAX", "MIA"]

    def told(**asked: object) -> tuple[list[tuple[str, int]], int, int]:
        found = services.balances(rita, **asked)  # type: ignore[arg-type]
        return [(line.code, line.amount) for line in found.lines], found.customers, found.page

    assert told(search="petal") == ([("FL220", 12_000)], 1, 1)
    assert told(search="rosas") == ([("FL219", 9_000)], 1, 1)
    assert told(search="petal", location_id=at["LAX"]) == ([("FL220", 7_000)], 1, 1)
    assert told(search="fl", page=2) == ([("FL219", 9_000)], 2, 2)
    assert told(search="fl", settled=True, page=3) == ([("FL900", 0)], 3, 3)


def test_a_statement_is_that_of_the_customer_the_location_and_the_page(posted: People) -> None:
    rita = posted.rita
    at = {place.code: place.id for place in services.places(rita)}

    def told(code: str, **asked: int) -> tuple[int, list[int], int]:
        found = services.statement(rita, code, **asked)
        assert found is not None
        return found.balance.amount, [entry.amount for entry in found.entries], found.page

    assert told("fl219") == (9_000, [9_000], 1)
    assert told("FL220", page=2) == (12_000, [5_000], 2)
    assert told("FL220", location_id=at["MIA"]) == (5_000, [5_000], 1)
    assert services.statement(rita, "nobody") is None


def test_the_right_is_that_of_now_and_not_of_the_page(posted: People) -> None:
    acts = (
        lambda user: services.places(user),
        lambda user: services.balances(user),
        lambda user: services.statement(user, "FL219"),
    )
    for act in acts:
        refused("no-right", lambda a=act: a(posted.lou))
        assert act(posted.carl)
    with database.transaction() as session:
        users.set_roles(session, user_id=posted.lou.id, roles=[Role.CREDIT_MANAGER])
        users.set_roles(session, user_id=posted.carl.id, roles=[Role.SALESPERSON])
        users.deactivate(session, user_id=posted.rita.id)
    for act in acts:
        assert act(posted.lou), "with the roles of before in hand"
        refused("no-right", lambda a=act: a(posted.carl))
        refused("no-right", lambda a=act: a(posted.rita))
