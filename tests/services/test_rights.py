"""Rights are those of now, and are read once in each use case."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from komet_import import services
from komet_import.access import users
from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from tests.services import workspace
from tests.services.workspace import People, credit, refused


def rights_read(of: CurrentUser, act: Callable[[], object]) -> int:
    """How often an act reads what this user may do."""
    read = []

    def listen(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if "FROM user_role" in statement and str(of.id) in str(parameters):
            read.append(statement)

    engine = database.engine()
    event.listen(engine, "before_cursor_execute", listen)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    return len(read)


@pytest.mark.parametrize(
    "act",
    [
        lambda user, batch_id: services.report(user, batch_id),
        lambda user, batch_id: services.effect_of_import(user, batch_id),
        lambda user, batch_id: services.reversals(user, batch_id),
    ],
    ids=["report", "effect", "reversals"],
)
def test_a_use_case_reads_them_once(people_here: People, act: Callable[[CurrentUser, str], object]) -> None:
    batch_id = workspace.opened(people_here.rita, credit())
    services.post(people_here.rita, batch_id)
    assert rights_read(people_here.carl, lambda: act(people_here.carl, batch_id)) == 1


def test_the_next_use_case_has_those_of_then(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, credit())
    services.post(people_here.rita, batch_id)
    services.report(people_here.carl, batch_id)
    with database.transaction() as session:
        users.set_roles(session, user_id=people_here.carl.id, roles=["Salesperson"])
    refused("not-found", lambda: services.report(people_here.carl, batch_id))
