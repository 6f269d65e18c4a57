"""A small flower wholesaler in a fresh database, and the workbooks that its people bring."""

import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, TypeVar

import pytest
from openpyxl import Workbook
from sqlalchemy import inspect, update
from sqlmodel import SQLModel, col, func, select

from komet_import import services
from komet_import.access import password_hashes, users
from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.ledger.models import Adjustment, Batch, Customer, CustomerLocation, Location, Message, now
from komet_import.refusal import Refusal
from komet_import.services.draft.desk import DESK
from komet_import.settings import settings
from komet_import.types import OPEN_CREDITS, ImportType, Role
from komet_import.types.codes import code_key
from tests import bystanders, databases
from tests.bystanders import Bystanders, Rows

T = TypeVar("T", bound=SQLModel)
PASSWORD = "tulips-and-roses"
DAY = now().date() - timedelta(days=10)
HEADERS = ("Customer Code", "Credit #", "Credit Date", "Credit Balance", "Location Code", "Comments")
LOCATIONS = (("MIA", "Miami"), ("LAX", "Los Angeles"))
CUSTOMERS: tuple[tuple[str, str, bool, tuple[str, ...]], ...] = (
    ("FL219", "Rosas del Valle", True, ("MIA",)),
    ("FL220", "Petal & Stem", True, ("MIA", "LAX")),
    ("00042", "Jardín Ñuñoa", True, ("LAX",)),
    ("FL900", "Closed Blooms", False, ("MIA",)),
)


@dataclass(frozen=True, kw_only=True)
class People:
    """Two who import credits, an Admin who imports customers as well, one who imports nothing."""

    rita: CurrentUser
    carl: CurrentUser
    ada: CurrentUser
    lou: CurrentUser


def fill(*, locations: int = 2) -> People:
    """Fill the fresh database of this test, with that many locations; beside these people there are others.

    The test must leave the others (`bystanders`) as they are, which is looked at when it is over. `count` and
    `ledger` tell nothing of theirs, everything else does.
    """
    forget()
    url = settings().database
    people, theirs = databases.prepared(url, locations, lambda: made(locations))
    BYSTANDERS[url] = theirs
    return people


def lose(*tables: str) -> None:
    """What the others have in these tables goes, as a database does that goes back to an earlier version."""
    url = settings().database
    BYSTANDERS[url] = Bystanders(rows=BYSTANDERS[url].rows | {table: {} for table in tables})


def read_nothing() -> None:
    """Nobody has read a message yet; for an upgrade those that there are count as read."""
    with database.transaction() as session:
        session.execute(update(Message).values(read_at=None))


def others_only() -> None:
    """Only the others in the fresh database of this test, which makes people of its own beside them."""
    url = settings().database

    def made_alone() -> Bystanders:
        with _plain_settings(url):
            return bystanders.add([], DAY)

    BYSTANDERS[url] = databases.prepared(url, "others only", made_alone)


BYSTANDERS: dict[str, Bystanders] = {}
"""Those of the test that runs now, by the URL of its database."""


def made(locations: int) -> tuple[People, Bystanders]:
    """These people and the others, in the database of the settings; made under plain settings, for a copy."""
    with _plain_settings(settings().database):
        with database.transaction() as session:
            places = [Location(code=code, code_key=code, name=name) for code, name in LOCATIONS[:locations]]
            session.add_all(places)
        theirs = bystanders.add(places, DAY)
        people = _company()
    return people, theirs


@contextmanager
def _plain_settings(url: str) -> Iterator[None]:
    """Whatever this test has set does not get into a copy for other tests; nor does what was opened."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("KOMET_")]:
            patch.delenv(name)
        patch.setenv("KOMET_DATABASE_URL", url)
        settings.cache_clear()
        yield
        forget()
    settings.cache_clear()


def _company() -> People:
    with database.transaction() as session:
        places = {place.code: place for place in session.execute(select(Location)).scalars()}
        for code, name, active, at in CUSTOMERS:
            customer = Customer(code=code, code_key=code_key(code), name=name, active=active)
            session.add(customer)
            session.flush()
            session.add_all(
                CustomerLocation(customer_id=customer.id or 0, location_id=places[place].id or 0)
                for place in at
                if place in places
            )
    return People(
        rita=person("rita", Role.ACCOUNTS_RECEIVABLES),
        carl=person("carl", Role.CREDIT_MANAGER),
        ada=person("ada", Role.ADMIN),
        lou=person("lou", Role.SALESPERSON),
    )


def person(username: str, *roles: Role) -> CurrentUser:
    """A new user of that name."""
    with database.transaction() as session:
        added = users.add(
            session,
            username=username,
            email=f"{username}@komet.example",
            name=username.title(),
            roles=roles,
            password_hash=password_hashes.hashed(PASSWORD),
        )
        found = users.current(session, added.id or 0)
    assert found is not None
    return found


def credit(
    number: str = "CR-1",
    *,
    customer: object = "FL219",
    day: object = DAY,
    amount: object = Decimal("120.00"),
    location: str = "MIA",
    comments: str = "",
) -> list[object]:
    """A good row, as far as nothing else is said."""
    return [customer, number, day, amount, location, comments]


def workbook(*rows: Sequence[object], headers: Sequence[str] = HEADERS, title: str = "Credits") -> bytes:
    """A sheet as Excel would save it: the header in row 1, the rows from row 2 on."""
    wanted = repr((title, headers, rows))
    if wanted not in _WORKBOOKS:
        made = Workbook()
        made.active.title = title
        for row in (headers, *rows):
            made.active.append(list(row))
        written = io.BytesIO()
        made.save(written)
        _WORKBOOKS[wanted] = written.getvalue()
    return _WORKBOOKS[wanted]


_WORKBOOKS: dict[str, bytes] = {}
"""Those that tests have wanted: many want the same, and it takes longer to write one than to read it. What is
saved anew has another title."""


def opened(
    user: CurrentUser,
    *rows: Sequence[object],
    headers: Sequence[str] = HEADERS,
    type: ImportType = OPEN_CREDITS,
    file_name: str = "credits.xlsx",
) -> str:
    """A draft of these rows; returns the batch's id."""
    return services.open_file(user, type, file_name, workbook(*rows, headers=headers))


def forget() -> None:
    """What a restarted server remembers: nothing."""
    for batch_id in list(DESK._opened):
        DESK.drop(batch_id)


def texts(user: CurrentUser, batch_id: str, column: str) -> dict[int, str]:
    """A column of a draft as it stands, by Excel row number."""
    found: dict[int, str] = services.view(user, batch_id).draft.rows[column].to_dict()
    return found


def found(user: CurrentUser, batch_id: str) -> list[tuple[int, str, str]]:
    """The issues of a draft as it stands: row, column, code."""
    return [(i.row, i.column, i.code) for i in services.issues(services.view(user, batch_id))]


def refused(code: str, act: Callable[[], object]) -> Refusal:
    """The refusal with that code that an act ends in."""
    try:
        act()
    except Refusal as refusal:
        assert refusal.code == code, f"{refusal.code}: {refusal.message}"
        assert refusal.message.rstrip().endswith((".", "!")) and "\n" not in refusal.message
        return refusal
    raise AssertionError(f"not refused; {code} was expected")


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table: two of these are equal where nothing was written in between."""
    with database.reading() as session:
        return {
            table.name: sorted((tuple(row) for row in session.connection().execute(table.select())), key=repr)
            for table in SQLModel.metadata.sorted_tables
        }


def count(table: type[SQLModel]) -> int:
    """How many rows a table has, those of the bystanders aside."""
    with database.reading() as session:
        whole = int(session.execute(select(func.count()).select_from(table)).scalar_one())
    return whole - len(_theirs(table))


def own(table: type[T]) -> list[T]:
    """The rows of a table in the order of their key, those of the bystanders aside."""
    key = inspect(table).primary_key
    with database.reading() as session:
        rows = session.execute(select(table).order_by(*key)).scalars().all()
    theirs = _theirs(table)
    return [row for row in rows if inspect(row).identity not in theirs]


def ours(listed: Iterable[services.Listed]) -> list[services.Listed]:
    """A list of batches, those of the bystanders aside."""
    theirs = _theirs(Batch)
    return [line for line in listed if (line.batch.id,) not in theirs]


def _theirs(table: type[SQLModel]) -> Rows:
    found = BYSTANDERS.get(settings().database)
    return found.rows.get(str(inspect(table).local_table.name), {}) if found else {}


def ledger() -> list[tuple[object, ...]]:
    """The adjustments in order: customer, number, date, thousandths, location, comments, row, batch, user.

    Those of the bystanders are left out.
    """
    with database.reading() as session:
        query = (
            select(
                col(Customer.code),
                col(Adjustment.number),
                col(Adjustment.credit_date),
                col(Adjustment.amount),
                col(Location.code),
                col(Adjustment.comments),
                col(Adjustment.row),
                col(Adjustment.batch_id),
                col(Adjustment.posted_by),
            )
            .join(Customer, col(Customer.id) == col(Adjustment.customer_id))
            .outerjoin(Location, col(Location.id) == col(Adjustment.location_id))
            .where(col(Adjustment.id).not_in([key[0] for key in _theirs(Adjustment)]))
            .order_by(col(Adjustment.posted_at), col(Adjustment.row), col(Adjustment.id))
        )
        return [tuple(row) for row in session.execute(query)]


def change_customer(code: str, **values: object) -> None:
    """Change a customer behind the app's back, as another import would."""
    with database.transaction() as session:
        session.execute(
            update(Customer)
            .where(col(Customer.code) == code)
            .values(updated_at=now(), **values)
            .execution_options(synchronize_session=False)
        )


def add_location(code: str) -> None:
    """Open another place of the company's."""
    with database.transaction() as session:
        session.add(Location(code=code, code_key=code, name=code))
