"""The same small company for every test of the front door."""

from collections.abc import Callable, Iterator

import pytest

from komet_import.settings import settings
from tests.services import workspace
from tests.services.workspace import People

Rule = Callable[..., None]
"""Sets when approval is needed, and above which amount."""


@pytest.fixture(autouse=True)
def _empty_desk() -> Iterator[None]:
    workspace.forget()
    yield
    workspace.forget()


@pytest.fixture
def people(database_url: str) -> People:
    """Two locations, four customers, four users; on PostgreSQL as well, where the test has a twin."""
    return workspace.fill()


@pytest.fixture
def people_here(sqlite_database: str) -> People:
    """The same on SQLite only, where the database does not matter."""
    return workspace.fill()


@pytest.fixture
def people_of_servers(postgresql_database: str) -> People:
    """The same on PostgreSQL only, where several servers may work."""
    return workspace.fill()


@pytest.fixture
def rule(monkeypatch: pytest.MonkeyPatch) -> Rule:
    """Set when approval is needed."""

    def ask(approval: str, above: str = "10000") -> None:
        monkeypatch.setenv("KOMET_APPROVAL", approval)
        monkeypatch.setenv("KOMET_APPROVAL_ABOVE", above)
        settings.cache_clear()

    return ask
