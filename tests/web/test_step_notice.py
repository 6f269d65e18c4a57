"""What is told of a step is told of that step, whatever somebody else does in the same moment."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from komet_import import services
from komet_import.services import Outcome
from komet_import.web.review.look import Reviewing
from komet_import.web.review.step_notice import told_of
from tests.services import workspace
from tests.services.workspace import People, credit


@pytest.fixture
def people(sqlite_database: str) -> Iterator[People]:
    workspace.forget()
    yield workspace.fill()
    workspace.forget()


def told(looking: Reviewing) -> list[tuple[str, bool]]:
    """Words, and whether an Undo stands beside them."""
    return [(notice["text"], bool(notice.get("undo"))) for notice in looking.notices]


def _take_back(people: People, batch_id: str) -> None:
    services.undo(people.carl, batch_id)


def _exclude_another(people: People, batch_id: str) -> None:
    services.leave_out(people.rita, batch_id, [4])


@pytest.mark.parametrize(
    "meanwhile",
    [lambda _people, _batch_id: None, _take_back, _exclude_another],
    ids=["nothing", "undo", "exclude"],
)
def test_a_step_is_told_of_as_it_was_done(people: People, meanwhile: Callable[[People, str], None]) -> None:
    looking = Reviewing(workspace.opened(people.rita, *map(credit, ("A-1", "A-2", "A-3"))), people.rita.id)

    def step(*what: Any, **holds: Any) -> Outcome:
        outcome = services.leave_out(*what, **holds)
        meanwhile(people, looking.batch_id)
        return outcome

    told_of(people.rita, looking, step, [2], lambda _opened: True)()
    assert told(looking) == [("Excluded row 2.", True)]


def test_nothing_is_told_of_a_step_that_changed_nothing(people: People) -> None:
    looking = Reviewing(workspace.opened(people.rita, credit("A-1"), credit("A-2")), people.rita.id)
    exclude = told_of(people.rita, looking, services.leave_out, [2], lambda _opened: True)
    exclude()
    exclude()
    assert told(looking) == [("Excluded row 2.", True)]
