"""Two acts that meet at a chosen point, so that a race is lost every time and not once in a thousand."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sqlalchemy import event, text

from komet_import.ledger import database

PATIENCE = 30.0
A_MOMENT = 0.3
"""How long the second act has on SQLite, which does not tell whether it waits for the first one's lock."""

Act = Callable[[], object]


def meet(statement: str, first: Act, second: Act) -> list[object]:
    """What two acts end in: their answers or exceptions.

    The second one sets off where the first is about to execute the first statement that begins so, and the
    first goes on once the second is done, or waits for a lock that the first one holds.
    """
    reached, go_on = threading.Event(), threading.Event()
    engine = database.engine()

    def run(act: Act, *, held: bool) -> object:
        def hold(_connection: Any, _cursor: Any, said: str, *_: Any) -> None:
            if threading.get_ident() == mine and said.lstrip().startswith(statement) and not reached.is_set():
                reached.set()
                assert go_on.wait(PATIENCE), "the second act neither ended nor waited"

        mine = threading.get_ident()
        if held:
            event.listen(engine, "before_cursor_execute", hold)
        try:
            return act()
        except Exception as wrong:
            return wrong
        finally:
            if held:
                event.remove(engine, "before_cursor_execute", hold)

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(run, first, held=True)
        try:
            while not reached.wait(0.02):
                assert not one.done(), f"the first act ended without a {statement}: {one.result()!r}"
            other = pool.submit(run, second, held=False)
            _until_done_or_waiting(other)
        finally:
            go_on.set()
        return [one.result(PATIENCE), other.result(PATIENCE)]


def _until_done_or_waiting(act: "Future[object]") -> None:
    engine = database.engine()
    patience = PATIENCE if engine.dialect.name == "postgresql" else A_MOMENT
    end = time.monotonic() + patience
    while not act.done() and time.monotonic() < end:
        if engine.dialect.name == "postgresql" and _somebody_waits():
            return
        time.sleep(0.02)


def _somebody_waits() -> bool:
    query = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with database.engine().connect() as connection:
        return bool(connection.execute(text(query)).scalar())
