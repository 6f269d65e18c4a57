"""The companies that pictures are taken of: a new one, one as usual, one as full as they get.

What stands in them is made through the front door, at an earlier time, as the demo's past is.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from komet_import import demo, services
from komet_import import settings as settings_module
from komet_import.access import password_hashes, users
from komet_import.access.users import CurrentUser
from komet_import.clock import earlier
from komet_import.ledger import database, locations
from komet_import.ledger.models import Customer, CustomerLocation, Location
from komet_import.review import fixes
from komet_import.services import Opened
from komet_import.types import OPEN_CREDITS, Role
from komet_import.types.codes import code_key
from tests.browser.driving import person
from tests.browser.sheets import Row, active_customers, good_rows, workbook

CODE, NUMBER, DAY, AMOUNT, PLACE, COMMENTS = range(6)
CUSTOMERS, PEOPLE, IMPORTS, DRAFTS, PLACES = 2_000, 60, 200, 14, 24
"""Of a full company."""
ALIKE = "Wholesale Distribution of Cut Flowers and Greens"
REASONS = (
    "Boxes arrived late",
    "Short shipment",
    "Botrytis on arrival",
    "Wrong variety",
    "Price agreed by phone",
)


def empty() -> dict[str, str]:
    """A company in which nothing was done yet but to let an Admin, a clerk and a Salesperson in."""
    password_hashes.BCRYPT_COST = 4
    database.upgrade()
    with database.transaction() as session:
        for username, name, role in demo.PEOPLE:
            if username in {"ada", "rita", "lou", "carl"}:
                _add(session, username, name, role)
    return {}


def usual() -> dict[str, str]:
    """The demo with drafts, messages and something to approve; gives what the addresses of pages name."""
    _seed()
    rita, carl, ada = person("rita"), person("carl"), person("ada")
    with earlier(timedelta(days=4)):
        _close_months(ada, 2)
        remembered(rita)
    with asking_for_approval():
        return work_in_progress(rita, carl, person("sam"), _faulty_rows(42))


def full() -> dict[str, str]:
    """A company of 2,000 customers, 60 users, 24 locations, 200 imports and a sheet of 2,000 rows in work."""
    _seed()
    rita, carl, ada = person("rita"), person("carl"), person("ada")
    _many_people()
    _many_customers()
    chance = random.Random(7)
    known = active_customers()
    for number in range(IMPORTS - len(services.history(ada).lines)):
        who = (rita, carl, ada)[number % 3]
        with earlier(timedelta(hours=11 * (IMPORTS - number))):
            rows = _rows_of(known, chance, 10 + number % 30, tag=f"F{number}")
            for place in range(number % 4):
                rows[place][CODE] = f"FL{900 + place}"
            name = f"credits-{datetime.now(UTC):%Y}-{number + 1:03}.xlsx"
            batch = services.open_file(who, OPEN_CREDITS, name, workbook(rows))
            _post(who, batch)
    for number in range(DRAFTS):
        with earlier(timedelta(hours=5 * number + 3)):
            rows = good_rows(12 + number * 9, tag=f"D{number}")
            if number % 3:
                rows[2][AMOUNT] = "n/a"
            name = f"claims-{'of-all-branches-' * (number % 4 == 3)}{number + 1:02}.xlsx"
            services.open_file(rita, OPEN_CREDITS, name, workbook(rows))
    with earlier(timedelta(days=4)):
        _close_months(ada, 5)
        remembered(rita)
    with asking_for_approval():
        return work_in_progress(rita, carl, person("sam"), _faulty_rows(2_000))


def _seed() -> None:
    password_hashes.BCRYPT_COST = 4
    database.upgrade()
    demo.seed()


def work_in_progress(
    rita: CurrentUser, carl: CurrentUser, sam: CurrentUser, rows: list[Row]
) -> dict[str, str]:
    """A draft with problems, one whose reading is to be confirmed, one with warnings, and one that waits."""
    with earlier(timedelta(minutes=20)):
        draft = services.open_file(rita, OPEN_CREDITS, "credits-november.xlsx", workbook(rows))
        services.expect(rita, draft, rows=str(len(rows)))
    with earlier(timedelta(hours=2)):
        services.open_file(carl, OPEN_CREDITS, "claims-week-48.xlsx", workbook(good_rows(29, tag="W48")))
    with earlier(timedelta(hours=3)):
        spanish = [
            [*row[:DAY], f"{n % 12 + 1:02}/10/2026", f"1.6{n:02},57", *row[PLACE:]]
            for n, row in enumerate(good_rows(24, tag="ES"))
        ]
        headings = ("Cliente", "Nota", "Fecha", "Importe", "Ubicación", "Observaciones")
        reading = services.open_file(
            rita, OPEN_CREDITS, "notas-crédito.xlsx", workbook(spanish, headers=headings)
        )
    with earlier(timedelta(minutes=50)):
        again = [[*row[:NUMBER], None, *row[NUMBER + 1 :]] for row in good_rows(14, tag="AG")]
        for n, row in enumerate(again):
            row[AMOUNT] = 310 + 7 * n
        first = services.open_file(carl, OPEN_CREDITS, "florist-claims.xlsx", workbook(again))
        _post(carl, first)
        for row in again:
            row[COMMENTS] = "second list"
        more = [*again[:3], *good_rows(9, tag="MO")]
        more[5][AMOUNT] = "see mail"
        confirm = services.open_file(rita, OPEN_CREDITS, "florist-claims-2.xlsx", workbook(more))
        services.expect(rita, confirm, rows="13", amount="1200")
    report = next(line.batch.id for line in services.history(rita).lines if line.batch.rows_rejected)
    waiting = good_rows(64, tag="HOL")
    for row in waiting:
        row[AMOUNT] = 640
    asked = services.open_file(sam, OPEN_CREDITS, "holiday-claims.xlsx", workbook(waiting))
    confirm_all(sam, asked)
    services.send(sam, asked)
    customer = services.balances(rita).lines[0].code
    return {"draft": draft, "reading": reading, "confirm": confirm, "report": report, "customer": customer}


def remembered(user: CurrentUser) -> None:
    """A layout and some values that are known when they come again."""
    rows = good_rows(6, tag="KN")
    for row, value in zip(rows, ("Petals Miami", "Rosas Bogotá"), strict=False):
        row[CODE] = value
    headings = ("Shop", "Credit #", "Credit Date", "Open Amt", "Branch", "Remarks")
    batch = services.open_file(user, OPEN_CREDITS, "branch-list.xlsx", workbook(rows, headers=headings))
    named = zip("ABCDEF", (column.name for column in OPEN_CREDITS.columns), strict=True)
    services.answer_all(user, batch, {("column", letter): name for letter, name in named}, remember=True)
    for value, (code, _place) in zip(("Petals Miami", "Rosas Bogotá"), active_customers(), strict=False):

        def plan(opened: Opened, value: str = value, code: str = code) -> fixes.Changes:
            rows = fixes.rows_in_reach(opened.draft, None)
            return fixes.replace_value(opened.draft, opened.judgement, rows, "Customer Code", value, code)

        services.apply_fix(user, batch, plan, label=f"Replaced {value} with {code}")
    _post(user, batch)


def confirm_all(user: CurrentUser, batch: str) -> None:
    """Say of all that waits in a draft that it is meant."""
    if waiting := services.view(user, batch).judgement.waiting():
        services.confirm(user, batch, waiting)


def _post(user: CurrentUser, batch: str) -> None:
    confirm_all(user, batch)
    services.post(user, batch)


@contextmanager
def asking_for_approval() -> Iterator[None]:
    """Inside, a second person approves what is much money, as on the server that shows the company."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOMET_APPROVAL", "above")
        settings_module.settings.cache_clear()
        yield
    settings_module.settings.cache_clear()


def _close_months(ada: CurrentUser, count: int) -> None:
    first = datetime.now(UTC).date().replace(day=1)
    months = []
    for _each in range(count + 2):
        first = (first - timedelta(days=1)).replace(day=1)
        months.append(first)
    for month in reversed(months[2:]):
        services.close_period(ada, month, note="Reconciled with the bank and the warehouse")


def _faulty_rows(count: int) -> list[Row]:
    """Rows with problems of several kinds: the more rows, the more of each."""
    rows, many = good_rows(count, tag="NOV"), max(count // 40, 1)
    places = iter(range(3, count, 6))
    for turn in range(3 * many):
        rows[next(places)][CODE] = "FL2O1" if count < 100 else f"NEW{turn % 18}"
    for _each in range(many):
        rows[next(places)][AMOUNT] = -13.89
        rows[next(places)][DAY] = "soon" if count < 100 else None
        rows[next(places)][AMOUNT] = "1.2.3"
    return rows


def _rows_of(known: Sequence[tuple[str, str]], chance: random.Random, count: int, *, tag: str) -> list[Row]:
    day = datetime.now(UTC).date()
    return [
        [
            code,
            f"{tag}-{n + 1}",
            day - timedelta(days=chance.randrange(1, 70)),
            chance.randrange(800, 60_000) / 100,
            place,
            chance.choice(REASONS),
        ]
        for n, (code, place) in enumerate(chance.sample(known, count))
    ]


def _many_people() -> None:
    chance, roles = random.Random(5), list(Role)
    with database.transaction() as session:
        for number in range(PEOPLE - len(demo.PEOPLE)):
            name = (
                f"{chance.choice(demo.FIRST).split()[0]} {chance.choice(demo.SALES).split()[-1]}-{number + 1}"
            )
            long = ".of.the.purchasing.department" * (number % 9 == 4)
            _add(session, f"person.{number + 1:02}{long}", name, *chance.sample(roles, 1 + number % 3))
    for number in (3, 17, 28):
        services.deactivate(person("ada"), person(f"person.{number:02}").id)


def _many_customers() -> None:
    chance = random.Random(6)
    with database.transaction() as session:
        for number in range(PLACES - len(demo.LOCATIONS)):
            code = f"L{number + 1:02}"
            locations.add(session, code=code, name=f"Branch {number + 1}", by=1)
        places = list(session.exec(select(Location)).all())
        for number in range(CUSTOMERS - demo.LISTED):
            code = f"N{number + 10_000}"
            name = f"{chance.choice(demo.FIRST)} {chance.choice(demo.SECOND)} {number + 1}"
            name += f", {ALIKE}" * (number % 50 == 7)
            customer = Customer(
                code=code,
                code_key=code_key(code),
                name=name,
                active=number % 19 != 3,
                accounting_code=f"A-{5_000 + number}",
                customer_type=chance.choice(demo.TYPES),
                salesperson=chance.choice(demo.SALES),
            )
            session.add(customer)
            session.flush()
            place = chance.choice(places)
            session.add(CustomerLocation(customer_id=customer.id or 0, location_id=place.id or 0))


def _add(session: Session, username: str, name: str, *roles: Role) -> None:
    users.add(
        session,
        username=username,
        email=f"{username}@komet.example",
        name=name,
        roles=roles,
        password_hash=password_hashes.hashed(demo.PASSWORD),
    )
