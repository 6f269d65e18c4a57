"""Lists come in the order of time, whatever the order in which their lines were written.

SQLite gives rows without an order from the last to the first (`tests/databases.py`), which is that of a list
whose newest line stands first where the newest was written last. Here it was not.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from komet_import import services
from komet_import.clock import earlier
from komet_import.ledger import database, reading_memory, value_memory
from komet_import.review.value_memory import SaidValue
from komet_import.types import OPEN_CREDITS, Meaning
from tests.services import workspace
from tests.services.conftest import Rule
from tests.services.workspace import HEADERS, People, credit

DAYS = (3, 1, 2)
"""How many days ago each line was written, in the order of their keys."""
NEWEST_FIRST, OLDEST_FIRST = ["1", "2", "0"], ["0", "2", "1"]


def one_a_day(act: Callable[[str], object]) -> None:
    for name, days in enumerate(DAYS):
        with earlier(timedelta(days=days)):
            act(str(name))


def opened(people: People, name: str) -> str:
    return workspace.opened(people.rita, credit(f"N{name}"), file_name=f"{name}.xlsx")


def names(listed: Sequence[services.Listed | services.Deleted | services.Request]) -> list[str]:
    called = [line.batch.file_name.removesuffix(".xlsx") for line in listed]
    return [name for name in called if name in NEWEST_FIRST]


def test_drafts_deleted_ones_and_imports_come_the_newest_first(people_here: People) -> None:
    rita = people_here.rita
    one_a_day(lambda name: opened(people_here, name))
    assert names(services.unfinished(rita)) == NEWEST_FIRST
    kept = {line.batch.file_name.removesuffix(".xlsx"): line.batch.id for line in services.unfinished(rita)}
    one_a_day(lambda name: services.discard(rita, kept[name]))
    assert names(services.deleted(rita)) == NEWEST_FIRST
    one_a_day(
        lambda name: services.post(rita, workspace.opened(rita, credit(f"P{name}"), file_name=f"{name}.xlsx"))
    )
    assert names(services.history(rita).lines) == NEWEST_FIRST


def test_who_has_waited_longest_for_an_approval_comes_first(people_here: People, rule: Rule) -> None:
    rule("always")
    one_a_day(lambda name: services.send(people_here.rita, opened(people_here, name)))
    assert names(services.waiting_for(people_here.carl)) == OLDEST_FIRST


def test_what_is_remembered_comes_the_latest_first(people_here: People) -> None:
    rita = people_here.rita

    def keep(name: str) -> None:
        batch_id = workspace.opened(rita, [*credit(name), "x"], headers=[*HEADERS, f"Heading {name}"])
        header = services.view(rita, batch_id).draft.read_by
        said = SaidValue(text=name, code="FL219", target=1, hand=rita.id)
        with database.transaction() as session:
            given = {("order", "Credit Date"): "day-first"}
            reading_memory.remember(session, OPEN_CREDITS, header, given, file_name=name, by=rita.id)
            value_memory.keep(session, {(Meaning.PARTY, name): said}, file_name=name)

    one_a_day(keep)
    with database.reading() as session:
        layouts, values = reading_memory.layouts(session), value_memory.values(session)
    assert [one.file_name for one in layouts if one.file_name in NEWEST_FIRST] == NEWEST_FIRST
    assert [one.key for one in values if one.key in NEWEST_FIRST] == NEWEST_FIRST
