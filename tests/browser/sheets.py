"""The sheets that people drop in the browser tests, written by openpyxl over the demo's customers."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlalchemy import func
from sqlmodel import col, select

from komet_import.ledger import database
from komet_import.ledger.models import Adjustment, Customer, CustomerLocation, Location
from komet_import.types import OPEN_CREDITS

HEADERS = tuple(column.name for column in OPEN_CREDITS.columns)
DAY = date(2026, 3, 2)

_PLAIN_DAYS = [day for back in range(1, 400) if (day := DAY - timedelta(days=back)).day > 12]
"""The days before `DAY`, newest first, that are in no order of day and month another day: where a column has
other texts as well, Excel may have swapped those that are, and that is asked."""
_FIRST: dict[str, int] = {}
"""By tag of a test's rows, which of these days the first of them has."""

Row = list[Any]
"""The cells of a row, in the order of `HEADERS`."""


def active_customers() -> list[tuple[str, str]]:
    """Code and a location of every active customer of the database that the settings point to."""
    with database.reading() as session:
        found = session.exec(
            select(Customer.code, Location.code)
            .join(CustomerLocation, col(CustomerLocation.customer_id) == col(Customer.id))
            .join(Location, col(Location.id) == col(CustomerLocation.location_id))
            .where(Customer.active)
            .order_by(Customer.code, Location.code)
        ).all()
    return list({code: (code, place) for code, place in found}.values())


def customers_of_large_credits(count: int) -> list[tuple[str, str]]:
    """Code and a location of those who had the largest credits: a few thousand dollars are usual for them,
    whatever small money other tests have posted for everybody."""
    with database.reading() as session:
        largest = session.exec(
            select(Customer.code)
            .join(Adjustment, col(Adjustment.customer_id) == col(Customer.id))
            .where(Customer.active)
            .group_by(col(Customer.code))
            .order_by(func.max(col(Adjustment.amount)).desc(), col(Customer.code))
        ).all()
    places = dict(active_customers())
    return [(code, places[code]) for code in largest if code in places][:count]


def inactive_customer() -> str:
    """The code of a customer who is not active."""
    with database.reading() as session:
        return session.exec(select(Customer.code).where(~col(Customer.active))).first() or ""


def good_rows(count: int, *, tag: str) -> list[Row]:
    """Rows that import cleanly; the tag says which numbers and days they have, so that no two tests post the
    same, nor the same under other numbers."""
    customers = active_customers()
    first = _FIRST.setdefault(tag, len(_FIRST))
    return [
        [code, f"{tag}-{n + 1}", _PLAIN_DAYS[first + n % 28], n + 1.25, place, f"credit {n + 1}"]
        for n, (code, place) in enumerate(customers[n % len(customers)] for n in range(count))
    ]


def workbook(rows: Iterable[Sequence[Any]], *, headers: Sequence[str] = HEADERS) -> bytes:
    """The bytes of a workbook with one sheet, headers in row 1. Text that begins with `=` stays text."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Credits"
    for line in (headers, *rows):
        sheet.append(line)
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.data_type == "f":
                cell.data_type = "s"
    return saved(book)


def saved(book: Any) -> bytes:
    """The bytes of a workbook as it would lie on the disk."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def opened(content: bytes) -> Any:
    """A workbook as openpyxl reads it."""
    return load_workbook(io.BytesIO(content))
