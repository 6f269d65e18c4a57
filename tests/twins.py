"""Which tests run twice, on SQLite and on PostgreSQL, and whether both are asked all that the product asks.

What the rooms that hold the statements promise, they promise on both databases. Above those a test would
mostly run the same statements once more, for as long, and notice the same. So of the tests there only those
have a twin on PostgreSQL that are marked `twin`: what is posted and reversed, what several people do at the
same moment, a type that nobody has declared yet, and as many others as it takes to come by every place that
asks the database. The run of all tests proves the last (`--both-databases`): it fails where a place was tried
on SQLite only.
"""

import sys
from collections import defaultdict
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

ROOT = Path(__file__).parent
SINGLE = (ROOT / "services", ROOT / "web", ROOT / "test_cli.py", ROOT / "test_cli_reversals.py")
"""Where only tests that are marked have a twin."""
PRODUCT = str(ROOT.parent / "komet_import") + "/"
OF_SQLITE = (
    "ledger/engines.py: _of_sqlite.<locals>._begin",
    "ledger/staging.py: _put_values",
    "ledger/staging.py: without_guards",
    "ledger/migrations/",
)
"""Functions and rooms that ask SQLite on ways of its own."""

asked: dict[str, set[str]] = defaultdict(set)
"""From which module and function the product has asked each kind of database."""


def kinds(definition: pytest.Item) -> list[str]:
    """The databases that a test which asks for one runs on."""
    single = any(definition.path.is_relative_to(place) for place in SINGLE)
    return ["sqlite"] if single and not definition.get_closest_marker("twin") else ["sqlite", "postgresql"]


@event.listens_for(Engine, "before_cursor_execute")
def _note(connection: Connection, *_statement: object) -> None:
    frame = sys._getframe(1)
    while frame.f_back and not frame.f_code.co_filename.startswith(PRODUCT):
        frame = frame.f_back
    name = frame.f_code.co_filename
    if name.startswith(PRODUCT):
        asked[connection.dialect.name].add(f"{name.removeprefix(PRODUCT)}: {frame.f_code.co_qualname}")


def only_sqlite() -> list[str]:
    """The places that only SQLite was asked from, though they ask whatever database there is."""
    places = asked["sqlite"] - asked["postgresql"]
    return sorted(place for place in places if not place.startswith(OF_SQLITE))
