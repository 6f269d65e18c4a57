"""The same small company for every test of the front door."""

from collections.abc import Iterator

import pytest

from tests.services import workspace
from tests.services.workspace import People


@pytest.fixture(autouse=True)
def _empty_desk() -> Iterator[None]:
    workspace.forget()
    yield
    workspace.forget()


@pytest.fixture
def people(database_url: str) -> People:
    """Two locations, four customers, four users: once on SQLite and once on PostgreSQL."""
    return workspace.fill()


@pytest.fixture
def people_here(sqlite_database: str) -> People:
    """The same on SQLite only, where the database does not matter."""
    return workspace.fill()


@pytest.fixture
def people_of_servers(postgresql_database: str) -> People:
    """The same on PostgreSQL only, where several servers may work."""
    return workspace.fill()
