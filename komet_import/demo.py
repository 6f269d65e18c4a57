"""The demo workspace: a believable flower wholesaler with people, customers and a short past.

Only `make run` fills it. The past is made through the front door, at an earlier time, so that everything a
person finds in the demo is what the program really does.
"""

import io
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from openpyxl import Workbook
from sqlmodel import Session, select

from komet_import import services
from komet_import.access import password_hashes, users
from komet_import.clock import earlier, now
from komet_import.ledger import database
from komet_import.ledger.models import Customer, CustomerLocation, Location, User
from komet_import.refusal import Refusal
from komet_import.types import ImportType, Meaning, Role
from komet_import.types.codes import code_key
from komet_import.types.open_credits import OPEN_CREDITS
from komet_import.types.open_invoices import OPEN_INVOICES

PASSWORD = "orchid-and-fern"  # noqa: S105 - the demo's sign-in page shows it to everybody
"""The common password of the demo's users."""

PEOPLE: tuple[tuple[str, str, Role], ...] = (
    ("rita", "Rita Álvarez", Role.ACCOUNTS_RECEIVABLES),
    ("ada", "Ada Morgan", Role.ADMIN),
    ("carl", "Carl Nguyen", Role.CREDIT_MANAGER),
    ("petra", "Petra Vos", Role.PROCUREMENT_MANAGER),
    ("sam", "Sam Okafor", Role.SALES_MANAGER),
    ("sofia", "Sofía Lindqvist", Role.SETUP),
    ("shin", "Shin Watanabe", Role.SHIPPING),
    ("lou", "Lou Bennett", Role.SALESPERSON),
)

GREETED = ("rita", "ada")
"""Who the terminal names at the start: a clerk and an Admin."""

LOCATIONS = (("MIA", "Miami, FL"), ("LAX", "Los Angeles, CA"), ("BOG", "Bogotá, Colombia"))

LISTED = 120

NUMBERS = {OPEN_CREDITS.slug: "CR", OPEN_INVOICES.slug: "INV"}
"""How the numbers of documents begin."""

FIRST = (
    "Rosas del Valle", "Petal & Stem", "Fleurs Côté", "Blumen Müller", "Jardín Azul", "The Daisy Barn",
    "Bloom Theory", "Tulipán", "Wild Fern", "Orquídea Real", "Lily & Co.", "Peony House", "Florería Ángel",
    "Green Thumb", "Sunflower Supply", "Ranunculus", "Maison Lavande", "Åkerblom", "Poppy Lane", "Verde Vivo",
    "Camellia", "Hydrangea Hill", "El Clavel", "Snowdrop", "Marigold Market", "Iris & Ivy", "Garden Gate",
    "Señora Flora", "Thistle", "Bougainvillea",
)  # fmt: skip
SECOND = ("Wholesale", "Florist", "Events", "Flower Market")
SALES = ("Marta Ruiz", "Tom Becker", "Lou Bennett", "Inés Peña")
TYPES = ("Wholesaler", "Retailer", "Event Planner", "Supermarket")


def users_shown() -> list[tuple[str, tuple[str, ...]]]:
    """The demo's user names with their roles, for the sign-in page."""
    return [(username, (str(role),)) for username, _, role in PEOPLE]


def seed() -> str:
    """Fill the workspace where it is empty; says in one sentence what was done."""
    password_hash = password_hashes.hashed(PASSWORD)  # however weak: the sign-in page shows it
    with database.transaction() as session:
        if users.exist(session):
            return "The workspace has users already; nothing was added."
        _add_people(session, password_hash)
        customers = _add_customers(session)
    batches = _add_past(customers)
    return (
        f"Added {len(PEOPLE)} users, {len(LOCATIONS)} locations, {LISTED} customers "
        f"and {batches} past imports."
    )


def _add_people(session: Session, password_hash: str) -> None:
    for username, name, role in PEOPLE:
        users.add(
            session,
            username=username,
            email=f"{username}@komet.example",
            name=name,
            roles=[role],
            password_hash=password_hash,
        )


def _add_customers(session: Session) -> list[tuple[str, str]]:
    """120 customers; returns code and location of the active ones."""
    chance = random.Random(4)  # noqa: S311 - the same demo every time
    places = [Location(code=code, code_key=code, name=name) for code, name in LOCATIONS]
    session.add_all(places)
    session.flush()
    active: list[tuple[str, str]] = []
    for place in range(LISTED):
        code = f"{place * 7 + 12:05d}" if place % 9 == 4 else f"FL{place + 200}"
        name = f"{FIRST[place % len(FIRST)]} {SECOND[place // len(FIRST)]}"
        customer = Customer(
            code=code,
            code_key=code_key(code),
            name=name,
            active=place % 17 != 11,
            accounting_code=f"A-{1000 + place}",
            customer_type=TYPES[place % len(TYPES)],
            salesperson=SALES[place % len(SALES)],
        )
        session.add(customer)
        session.flush()
        chosen = chance.sample(places, k=1 if place % 4 else 2)
        session.add_all(CustomerLocation(customer_id=customer.id or 0, location_id=p.id or 0) for p in chosen)
        if customer.active:
            active.append((code, chosen[0].code))
    return active


def _add_past(customers: Sequence[tuple[str, str]]) -> int:
    with database.reading() as session:
        people = {
            name: users.current(session, user.id or 0)
            for name in ("rita", "carl", "shin", "ada")
            for user in session.exec(select(User).where(User.username_key == name))
        }
    done = 0
    for weeks, name, type, rows, wrong in (
        (9, "rita", OPEN_CREDITS, 34, 0),
        (8, "ada", OPEN_INVOICES, 63, 0),
        (7, "carl", OPEN_CREDITS, 12, 2),
        (5, "rita", OPEN_CREDITS, 58, 5),
        (3, "shin", OPEN_CREDITS, 9, 0),
        (2, "ada", OPEN_INVOICES, 27, 2),
        (1, "rita", OPEN_CREDITS, 41, 3),
    ):
        user = people[name]
        if user is None:
            continue
        with earlier(timedelta(weeks=weeks, hours=weeks)):
            day = now().date()
            content = _sheet(type, customers, day, rows, wrong, seed=weeks)
            try:
                batch_id = services.open_file(user, type, f"{type.noun[1]}-{day:%Y-%m-%d}.xlsx", content)
                services.post(user, batch_id)
            except Refusal as refusal:  # pragma: no cover - would be a mistake in this file
                raise RuntimeError(f"the demo's past cannot be made: {refusal.message}") from refusal
        done += 1
    return done


def _sheet(
    type: ImportType, customers: Sequence[tuple[str, str]], day: date, rows: int, wrong: int, *, seed: int
) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = type.noun[1].capitalize()
    sheet.append([column.name for column in type.columns])
    for row in _rows(NUMBERS[type.slug], customers, day, rows, wrong, seed):
        sheet.append([row[column.meaning] for column in type.columns])
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def _rows(
    numbers: str, customers: Sequence[tuple[str, str]], day: date, rows: int, wrong: int, seed: int
) -> Iterator[dict[Meaning, object]]:
    """What each row says, by meaning; the last ones are wrong."""
    chance = random.Random(seed)  # noqa: S311 - the same demo every time
    reasons = (
        "Boxes arrived late",
        "Short shipment",
        "Botrytis on arrival",
        "Wrong variety",
        "Price agreed by phone",
        "",
    )
    for place in range(rows):
        code, location = chance.choice(customers)
        amount: object = chance.randrange(800, 60_000) / 100
        if place >= rows - wrong:
            code, amount = (("FL999", amount), (code, -12.5), (code, "n/a"))[place % 3]
        dated = day - timedelta(days=chance.randrange(1, 12))
        yield {
            Meaning.PARTY: code,
            Meaning.NUMBER: f"{numbers}-{seed}{place + 100}",
            Meaning.DAY: dated,
            Meaning.MONEY: amount,
            Meaning.LOCATION: location,
            Meaning.NOTE: chance.choice(reasons),
            Meaning.REFERENCE: f"PO {seed}{place + 500}",
        }
