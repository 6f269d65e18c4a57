"""Rights are those of now, and are read once in each use case."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from komet_import import services
from komet_import.access import users
from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.ledger.models import Batch
from komet_import.ledger.states import Move
from komet_import.services.rights import require_move
from komet_import.types import OPEN_CREDITS
from tests.services import workspace
from tests.services.workspace import People, credit, refused


def rights_read(of: CurrentUser, act: Callable[[], object]) -> int:
    """How often an act reads what this user may do."""
    read = []

    def listen(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if "user_role" in statement and str(of.id) in str(parameters):
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
    content = workspace.workbook(credit("B"))
    services.open_file(people_here.carl, OPEN_CREDITS, "march.xlsx", content)
    with database.transaction() as session:
        users.set_roles(session, user_id=people_here.carl.id, roles=["Salesperson"])
    refused("not-found", lambda: services.report(people_here.carl, batch_id))
    again = lambda: services.open_file(people_here.carl, OPEN_CREDITS, "march.xlsx", content)  # noqa: E731
    refused("no-right", again)


def test_the_table_of_moves_asks_who_reverses_as_well(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, credit())
    services.post(people_here.rita, batch_id)
    with database.reading() as session:
        batch = session.get_one(Batch, batch_id)
        refused("no-right", lambda: require_move(session, people_here.rita, batch, Move.REVERSE))
        assert require_move(session, people_here.carl, batch, Move.REVERSE) == people_here.carl
