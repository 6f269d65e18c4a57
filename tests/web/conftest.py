"""Rita's grid on the server's own routes, for the tests of what it may ask and of what it is answered."""

from collections.abc import Iterator

import pytest

from komet_import.web.review.look import Reviewing
from tests.services import workspace
from tests.services.workspace import People, credit
from tests.web.grids import Grid, served, token_of


@pytest.fixture
def people(database_url: str) -> Iterator[People]:
    workspace.forget()
    yield workspace.fill()
    workspace.forget()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The server's own routes on a free port of 127.0.0.1."""
    with served() as url:
        yield url


@pytest.fixture
def looking(people: People) -> Reviewing:
    """Rita's look at three rows, of which the second is bad."""
    rows = [credit("CR-1"), credit("CR-2", amount="-5"), credit("CR-3")]
    return Reviewing(workspace.opened(people.rita, *rows), people.rita.id)


@pytest.fixture
def grid(address: str, people: People, looking: Reviewing) -> Grid:
    return Grid(address, token_of(people.rita), looking.identity)
