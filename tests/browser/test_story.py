"""The whole job, as a person does it: from the sample to the ledger, the mail and the fixed rest."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from komet_import import demo
from komet_import.access import password_hashes
from komet_import.ledger import database
from komet_import.ledger.models import Adjustment, AuditEntry, Batch, Customer, Location, UnpostedRow, User
from tests.browser.conftest import StartServer
from tests.browser.driving import (
    Review,
    downloaded,
    expect_figure,
    expect_sign_in_form,
    fill_sign_in,
    sign_in,
    upload,
)
from tests.browser.sheets import HEADERS, Row, active_customers, inactive_customer, opened, saved
from tests.mail_server import MailServer
from tests.outbox.people import eventually

FILE = "march-credits.xlsx"
AMOUNTS = (0.001, 12.5, 310.075, 1234.56, 99_999.999, 8, 45.1, 0.999)
"""The balances of the sheet, in turn: whole, with one to three decimals, small and large."""


@pytest.fixture
def workspace(postgresql_database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with the demo's people, customers and past; the other files here have SQLite."""
    monkeypatch.setattr(password_hashes, "BCRYPT_COST", 4)
    demo.seed()
    return postgresql_database


def test_the_whole_job_from_the_sample_to_the_fixed_rest(
    workspace: str, server: StartServer, smtp: MailServer, page: Page, elsewhere: Page, tmp_path: Path
) -> None:
    with database.reading() as session:
        before = set(session.exec(select(Adjustment.id)).all())
    rows = forty_rows()
    wrong = {6: "FL21", 12: -13.89, 19: "n/a", 27: "soon", 33: inactive_customer()}
    column_of = {6: 0, 12: 3, 19: 3, 27: 2, 33: 0}
    for row, value in wrong.items():
        rows[row - 2][column_of[row]] = value

    started = server(workspace, **smtp.environment)
    page.goto(started.url)
    sign_in(page, "rita", demo.PASSWORD)
    sample = Path(downloaded(page, "Download sample template").path()).read_bytes()
    upload(page, FILE, filled(sample, rows))

    review = Review(page).past_the_panel()
    assert review.marked() == {(row, HEADERS[place]) for row, place in column_of.items()}
    expect(review.cell(12, "Credit Balance")).to_have_accessible_description(
        "Credit Balance must be a positive number, not -13.89."
    )
    expect(review.cell(6, "Customer Code")).to_have_accessible_description(
        "Customer Code “FL21” is not a customer; use the code of an existing customer."
    )
    ready = sum(thousandths(line) for n, line in enumerate(rows, start=2) if n not in wrong)
    expect_figure(page, "Ready", 35, money(ready))
    expect(review.button).to_have_accessible_name(f"Import 35 credits · {money(ready)} (5 rows stay out)")

    review.type(6, "Customer Code", "FL203")
    rows[4][0] = "FL203"
    expect(review.cell(6, "Location Code")).to_have_attribute("aria-invalid", "true")
    review.type(6, "Location Code", location_of("FL203"))
    rows[4][4] = location_of("FL203")
    ready += thousandths(rows[4])
    expect(review.button).to_have_accessible_name(f"Import 36 credits · {money(ready)} (4 rows stay out)")
    review.type(12, "Credit Balance", "13.89")
    rows[10][3] = 13.89
    ready += 13_890
    expect_figure(page, "Ready", 37, money(ready))
    expect(review.button).to_have_accessible_name(f"Import 37 credits · {money(ready)} (3 rows stay out)")
    assert review.marked() == {(19, "Credit Balance"), (27, "Credit Date"), (33, "Customer Code")}

    review.button.dblclick()
    expect(page.get_by_role("heading", name=f"37 credits imported · {money(ready)}")).to_be_visible()
    assert page.url == f"{started.url}/report?batch={review.batch}"
    posted = {n: line for n, line in enumerate(rows, start=2) if n not in (19, 27, 33)}
    assert ledger(before) == [expected(n, line) for n, line in posted.items()]
    assert times_posted(FILE) == 1

    eventually(lambda: len(smtp.messages) == 1)
    link = link_in_the_mail(smtp, ready)
    assert link == page.url
    elsewhere.goto(link)
    expect_sign_in_form(elsewhere)
    fill_sign_in(elsewhere, "rita", demo.PASSWORD)
    expect(elsewhere.get_by_role("heading", name=f"37 credits imported · {money(ready)}")).to_be_visible()
    assert elsewhere.url == link
    expect_the_three_rejected(elsewhere, rows)

    taken = Path(downloaded(elsewhere, "Download 3 rows").path()).read_bytes()
    elsewhere.goto(started.url)
    upload(elsewhere, "fixed.xlsx", fixed(taken, rows))
    again = Review(elsewhere).opened()
    assert again.marked() == set()
    rest = sum(thousandths(rows[n - 2]) for n in (19, 27, 33))
    expect(again.button).to_have_accessible_name(f"Import 3 credits · {money(rest)}")
    again.button.click()
    expect(elsewhere.get_by_role("heading", name=f"3 credits imported · {money(rest)}")).to_be_visible()
    assert ledger(before) == [
        *(expected(n, line) for n, line in posted.items()),
        *(expected(place, rows[n - 2]) for place, n in enumerate((19, 27, 33), start=2)),
    ]

    elsewhere.goto(link)
    expect(elsewhere.get_by_role("heading", name="Rejected rows (3) · 3 of 3 corrected")).to_be_visible()
    corrected = elsewhere.get_by_role("region", name="Rows not imported").get_by_role("listitem")
    for row in (2, 3, 4):
        expect(corrected.filter(has_text=f"Corrected in fixed.xlsx, row {row}")).to_have_count(1)
    expect(elsewhere.get_by_role("button", name=re.compile("^Fix "))).to_have_count(0)
    corrected.get_by_role("link", name="fixed.xlsx").first.click()
    expect(elsewhere.get_by_role("heading", name=f"3 credits imported · {money(rest)}")).to_be_visible()

    eventually(lambda: len(smtp.messages) == 2)
    assert smtp.messages[1].mail["Subject"] == "3 credits imported — fixed.xlsx"
    page.goto(f"{started.url}/history")
    cells = page.get_by_test_id("stDataFrame").locator("[role=gridcell]")
    amount = re.compile(money(ready).lstrip("$").partition(".")[0].replace(",", ",?"))
    for said in (FILE, "37", amount, "fixed.xlsx", "Corrected", "All imported"):
        expect(cells.filter(has_text=said).first).to_be_attached()
    page.goto(f"{started.url}/messages")
    for subject in (f"37 credits imported, 3 rejected — {FILE}", "3 credits imported — fixed.xlsx"):
        expect(page.get_by_role("button", name=subject)).to_be_visible()
    expect(page.get_by_role("main").get_by_text("Sent 20").first).to_be_visible()


def forty_rows() -> list[Row]:
    """Forty credits that would import cleanly, with awkward codes, amounts and comments among them."""
    customers = active_customers()
    comments = ("late truck", "", "=1+1", "Flores & Ñandú “roses”", "<b>bold</b>")
    return [
        [
            customers[n][0],
            "" if n % 10 == 9 else f"0{n}E5",
            date(2026, 3, 1 + n % 28) if n % 2 else f"2026-02-{1 + n % 28:02d}",
            AMOUNTS[n % len(AMOUNTS)],
            customers[n][1],
            comments[n % len(comments)],
        ]
        for n in range(40)
    ]


def filled(sample: bytes, rows: list[Row]) -> bytes:
    """The sample with these rows in the place of its examples, as Excel would save it."""
    book = opened(sample)
    sheet = book.active
    headers = [cell.value for cell in sheet[1]]
    assert headers == list(HEADERS)
    assert sheet.max_row == 4
    sheet.delete_rows(2, 3)
    for n, line in enumerate(rows, start=2):
        for place, value in enumerate(line, start=1):
            cell = sheet.cell(n, place)
            cell.value = value if value != "" else None
            if cell.data_type == "f":
                cell.data_type = "s"
    return saved(book)


def fixed(rejected: bytes, rows: list[Row]) -> bytes:
    """The workbook of the rejected rows, checked against what was uploaded, with its bad cells fixed."""
    book = opened(rejected)
    sheet = book.active
    headers = [cell.value for cell in sheet[1]]
    assert headers == [*HEADERS, "Row in the upload", "Why not imported", "Komet row key"]
    found = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
    assert [line[6] for line in found] == [19, 27, 33]
    assert [(line[0], line[1], line[4]) for line in found] == [
        (rows[n][0], rows[n][1] or None, rows[n][4]) for n in (17, 25, 31)
    ]
    assert [found[0][3], found[1][2]] == ["n/a", "soon"]
    rows[17][3], rows[25][2], rows[31][0] = 77.125, date(2026, 2, 2), active_customers()[31][0]
    sheet["D2"], sheet["C3"], sheet["A4"] = rows[17][3], rows[25][2], rows[31][0]
    return saved(book)


def thousandths(line: Row) -> int:
    return int(Decimal(str(line[3])) * 1000)


def money(amount: int) -> str:
    """As the screen writes it: two decimals, three where there are three."""
    value = Decimal(amount) / 1000
    return f"${value:,.3f}" if amount % 10 else f"${value:,.2f}"


def location_of(customer: str) -> str:
    return dict(active_customers())[customer]


def expected(row: int, line: Row) -> tuple[object, ...]:
    code, number, day, _, place, comments = line
    return (row, code, place, number, day if isinstance(day, date) else date.fromisoformat(day),
            thousandths(line), comments, "rita")  # fmt: skip


def ledger(before: set[int | None]) -> list[tuple[object, ...]]:
    """Every adjustment that was added, as `expected` gives it, in the order of posting."""
    with database.reading() as session:
        found = session.exec(
            select(Adjustment, Customer.code, Location.code, User.username)
            .join(Customer, col(Customer.id) == col(Adjustment.customer_id))
            .join(Location, col(Location.id) == col(Adjustment.location_id))
            .join(User, col(User.id) == col(Adjustment.posted_by))
            .join(Batch, col(Batch.id) == col(Adjustment.batch_id))
            .order_by(col(Batch.posted_at), col(Adjustment.row))
        ).all()
    return [
        (a.row, code, place, a.number, a.credit_date, a.amount, a.comments, by)
        for a, code, place, by in found
        if a.id not in before
    ]


def times_posted(file_name: str) -> int:
    """How often the audit trail says that a file was posted; its rejected rows must be there once."""
    with database.reading() as session:
        batch = session.exec(select(Batch).where(Batch.file_name == file_name)).one()
        unposted = session.exec(select(UnpostedRow.row).where(UnpostedRow.batch_id == batch.id)).all()
        assert sorted(unposted) == [19, 27, 33]
        entries = session.exec(select(AuditEntry.action).where(AuditEntry.subject == batch.id)).all()
    return list(entries).count("post")


def link_in_the_mail(smtp: MailServer, ready: int) -> str:
    """Read the one mail, and take the address out of its text part; the HTML part has the same."""
    received = smtp.messages[0]
    assert received.recipients == ("rita@komet.example",)
    assert received.mail["Subject"] == f"37 credits imported, 3 rejected — {FILE}"
    text = received.part("plain")
    assert f"37 of 40 credits were imported: {money(ready)}." in text
    for title in ("Inactive customer", "Not a date", "Not a number"):
        assert f"1  {title}" in text
    address = re.search(r"http://\S+", text)
    assert address
    assert f'href="{address[0]}"' in received.part("html")
    return address[0]


def expect_the_three_rejected(page: Page, rows: list[Row]) -> None:
    """The report lists exactly these rows, as they were uploaded, with the bad cell marked and the reason."""
    lines = page.get_by_role("main").locator("tr[data-row]")
    expect(lines).to_have_count(3)
    for place, (row, column, reason) in enumerate(
        (
            (19, "Credit Balance", "Credit Balance must be a number such as 1234.50, not “n/a”."),
            (27, "Credit Date", "Credit Date must be a date as YYYY-MM-DD, not “soon”."),
            (33, "Customer Code", f"Customer Code “{rows[31][0]}” is "),
        )
    ):
        line = lines.nth(place)
        expect(line).to_have_attribute("data-row", str(row))
        expect(line).to_contain_text(reason)
        cells = line.locator("td[data-column]")
        assert [cell.get_attribute("data-column") for cell in cells.all()] == list(HEADERS)
        for cell, value in zip(cells.all(), rows[row - 2], strict=True):
            expect(cell).to_have_text(str(value) or "blank")
        marked = line.locator("[aria-invalid=true]")
        expect(marked).to_have_count(1)
        expect(marked).to_have_attribute("data-column", column)
        expect(marked).to_have_accessible_description(re.compile(re.escape(reason)))
