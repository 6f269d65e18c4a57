"""The drafts that the grid's tests work on: Rita's, of the demo's customers, kept by the front door.

Title and header stand above the rows, which begin in row 4; a column that is not imported stands last.
"""

from datetime import timedelta
from uuid import uuid4

from openpyxl import Workbook

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from tests.browser.driving import person
from tests.browser.sheets import DAY, HEADERS, active_customers, saved, workbook

NAMES = (*HEADERS, "Driver")
CODE, _, DATE, BALANCE, PLACE, COMMENTS, _ = range(len(NAMES))
HIDDEN = 26
"""A row that is hidden in Excel, and was said to count."""
ROWS = {"mixed": 40, "pages": 212}
"""The rows of each kind of draft; 13 of the first forty have problems. `mixed` ends with `ODD_TEXTS` in
Comments, of which the last is a problem too; `pages` has a short second page, with a problem in row 209."""
ODD_TEXTS = (
    "<img src=x onerror=\"document.title='broken'\">",
    "**bold** _and_ :red[red]",
    "שלום עולם, ורדים",
    "🌹🌷 twelve stems 👩🏽‍🌾",
    "first line\nsecond line",
    "  spaces  around  ",
    "a comment that is far longer than its column is wide, and then goes on about the late truck " * 3,
    "x" * 32_767,
)


def rita() -> CurrentUser:
    """Who works on the drafts of credits."""
    return person("rita")


def opened(kind: str) -> str:
    """A new draft of this kind; returns the batch's id."""
    book = Workbook()
    book.active.append([f"Credits of March, {uuid4().hex}"])  # the same file again would be the same draft
    book.active.append([])
    for line in (NAMES, *rows_of(kind)):
        book.active.append(list(line))
    book.active.row_dimensions[HIDDEN].hidden = True
    batch_id = services.open_file(rita(), OPEN_CREDITS, f"{kind}.xlsx", saved(book))
    services.answer(rita(), batch_id, "hidden", "", "count")
    return batch_id


def opened_customers() -> str:
    """A new draft of Ada's: a customer without a type; returns the batch's id."""
    names = [column.name for column in CUSTOMERS.columns]
    rows = [[uuid4().hex[:8], "A new shop", *[""] * (len(names) - 2)]]
    return services.open_file(person("ada"), CUSTOMERS, "shop.xlsx", workbook(rows, headers=names))


def rows_of(kind: str) -> list[list[object]]:
    """The rows below the header."""
    customers = active_customers()
    places = dict(customers)
    rows: list[list[object]] = []
    for n in range(ROWS[kind]):
        code, place = customers[n % len(customers)]
        comment = "" if n % 5 else "late truck"
        day = DAY - timedelta(days=n % 28)
        rows.append([code, f"C-{1000 + n}", day, n + 1.25, place, comment, f"driver {n % 4}"])
        spoil(rows[-1], n, places)
    if kind == "mixed":
        for row, text in zip(rows[-len(ODD_TEXTS) :], ODD_TEXTS, strict=True):
            row[COMMENTS] = text
    return rows


def spoil(row: list[object], n: int, places: dict[str, str]) -> None:
    """Give some rows their problems."""
    if n == 205 or (n % 7 == 3 and n < 40):
        row[BALANCE] = -n - 0.5
    if n % 11 == 5 and n < 40:
        row[CODE], row[PLACE] = "FL-219", places["FL219"]
    if n % 13 == 6 and n < 40:
        row[DATE] = None
    if n == 22:
        row[DATE] = "2020-01-05"  # to be confirmed


def put_back(batch_id: str) -> int:
    """A draft is as it came; returns its revision."""
    for step in services.view(rita(), batch_id).steps[1:]:  # the first is the answer about the hidden row
        if not step.undone:
            services.undo(rita(), batch_id)
    return services.view(rita(), batch_id).batch.revision
