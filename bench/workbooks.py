"""The sheets that are measured, and the company whose customers they name.

Both sides of a comparison read the same bytes. One row in twenty is bad, in the ways in which real sheets
are; every fault is one that each side is asked to find.
"""

import io
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from openpyxl import Workbook

HEADERS = ("Customer Code", "Credit #", "Credit Date", "Credit Balance", "Location Code", "Comments")
LOCATIONS = (("MIA", "Miami"), ("BOG", "Bogotá"), ("UIO", "Quito"))
FAULTS = (
    "unknown-customer",
    "inactive-customer",
    "not-positive",
    "missing-value",
    "not-a-number",
    "ambiguous-amount",
    "too-many-decimals",
    "ambiguous-date",
    "unknown-location",
    "duplicate-in-sheet",
)
BAD_SHARE = 0.05

# Never blank: the peer refuses a sheet whose last cells are missing in some rows.
_REASONS = (
    *(
        "Boxes arrived late",
        "Short shipment, 2 bunches",
        "Price agreed by phone",
        "Botrytis on arrival",
        "RMA 88",
    ),
    *(
        "Wrong variety: Freedom for Explorer",
        "Wet boxes",
        "Crédito por flor dañada",
        "Broken stems",
        "Samples",
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class BenchCustomer:
    """A customer of the measured company; it belongs to all of `locations`."""

    code: str
    name: str
    active: bool
    locations: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BenchRow:
    """A row as it stands in the sheet (in the order of HEADERS), and the code of its fault, if any."""

    values: tuple[object, ...]
    fault: str | None

    @property
    def amount(self) -> Decimal:
        """The money of a row without a fault."""
        return Decimal(str(self.values[3]))


def customers(count: int = 2_000, *, seed: int = 1) -> list[BenchCustomer]:
    """The customers that the sheets name: every twentieth inactive, every tenth code with leading zeros."""
    chance = random.Random(seed)
    made = []
    for number in range(1, count + 1):
        code = f"{number:05}" if number % 10 == 0 else f"FL{number:04}"
        locations = tuple(sorted({chance.choice(LOCATIONS)[0], chance.choice(LOCATIONS)[0]}))
        made.append(
            BenchCustomer(code=code, name=f"Florist {number}", active=number % 20 != 7, locations=locations)
        )
    return made


def credit_rows(rows: int, *, seed: int = 1) -> Iterator[BenchRow]:
    """So many credits of the last two months, good and bad, the same ones for the same seed and day."""
    chance = random.Random(seed)
    known = customers()
    active = [customer for customer in known if customer.active]
    inactive = [customer for customer in known if not customer.active]
    today = datetime.now(UTC).date()
    previous: tuple[object, ...] | None = None
    for number in range(1, rows + 1):
        customer = chance.choice(active)
        values = [
            customer.code,
            f"CR-{number:06}",
            today - timedelta(days=chance.randrange(1, 60)),
            _amount(chance),
            chance.choice(customer.locations),
            chance.choice(_REASONS),
        ]
        fault = chance.choice(FAULTS) if chance.random() < BAD_SHARE else None
        if fault == "duplicate-in-sheet" and previous is None:
            fault = None
        if fault == "duplicate-in-sheet" and previous is not None:
            values[0], values[1], values[4] = previous[0], previous[1], previous[4]
        elif fault is not None:
            _spoil(values, fault, chance, inactive)
        if fault is None:
            previous = tuple(values)
        yield BenchRow(values=tuple(values), fault=fault)


def good_money(rows: int, *, seed: int = 1) -> tuple[int, Decimal]:
    """How many of the rows are good, and their money: what every side must post of them."""
    amounts = [row.amount for row in credit_rows(rows, seed=seed) if row.fault is None]
    return len(amounts), sum(amounts, Decimal(0))


def credits_workbook(rows: int, *, seed: int = 1) -> bytes:
    """The rows as an .xlsx file with real numbers and real dates, as Excel would save it."""
    made = credit_rows(rows, seed=seed)
    return workbook([None if value == "" else value for value in row.values] for row in made)


def workbook(rows: Iterable[Sequence[object]], *, headers: Sequence[str] = HEADERS) -> bytes:
    """The rows as an .xlsx file with its headings in row 1."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Credits")
    sheet.append(headers)
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _amount(chance: random.Random) -> float:
    decimals = 3 if chance.random() < 0.05 else 2
    return round(min(max(chance.lognormvariate(4.2, 1.0), 1), 20_000), decimals)


def _spoil(values: list[object], fault: str, chance: random.Random, inactive: list[BenchCustomer]) -> None:
    day = values[2]
    amount = values[3]
    if fault == "unknown-customer":
        values[0] = f"FX{chance.randrange(10_000):04}"
    elif fault == "inactive-customer":
        other = chance.choice(inactive)
        values[0], values[4] = other.code, other.locations[0]
    elif fault == "not-positive" and isinstance(amount, float):
        values[3] = -amount
    elif fault == "missing-value":
        values[3] = ""
    elif fault == "not-a-number":
        values[3] = chance.choice(("TBD", "N/A", "see mail"))
    elif fault == "ambiguous-amount":
        values[3] = f"{chance.randrange(1, 20)},{chance.randrange(1000):03}"
    elif fault == "too-many-decimals" and isinstance(amount, float):
        values[3] = round(amount, 2) + 0.0007
    elif fault == "ambiguous-date" and isinstance(day, date):
        values[2] = f"{chance.randrange(1, 6):02}/{chance.randrange(6, 12):02}/{day.year}"
    elif fault == "unknown-location":
        values[4] = "ZZZ"
