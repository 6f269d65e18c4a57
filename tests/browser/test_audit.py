"""The Audit trail page in Chromium: what was done is found, read from what to what, and taken away."""

import io

from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from sqlmodel import select

from komet_import.ledger import database
from komet_import.ledger.models import AuditEntry
from tests.browser.conftest import StartServer
from tests.browser.driving import downloaded, sign_in

ADDRESS = "203.0.113.9"


def add_location(page: Page, code: str, name: str) -> None:
    form = page.get_by_test_id("stForm").filter(has=page.get_by_role("button", name="Add location"))
    form.get_by_role("textbox", name="Code").fill(code)
    form.get_by_role("textbox", name="Name").fill(name)
    form.get_by_role("button", name="Add location").click()
    expect(page.get_by_role("main").get_by_text(f"{code} is added.")).to_be_visible()


def choose_line(page: Page, number: int) -> None:
    """Tick a line of the table, which is drawn on a canvas."""
    area = page.locator("[data-testid=stDataFrame] canvas").first.bounding_box()
    assert area is not None
    page.mouse.click(area["x"] + 17, area["y"] + 36 + 32 * number - 16)


def test_an_admin_finds_what_was_done_reads_it_and_takes_it_away(
    ada: str, server: StartServer, page: Page
) -> None:
    page.context.set_extra_http_headers({"X-Forwarded-For": ADDRESS})
    started = server(ada)
    page.goto(f"{started.url}/locations")
    sign_in(page, "ada")
    add_location(page, "MIA", "Miami")
    with database.reading() as session:
        addresses = {entry.action: entry.address for entry in session.exec(select(AuditEntry))}
    assert addresses["signed-in"] == addresses["location-added"] == ADDRESS
    assert addresses["started"] == "server"

    page.goto(f"{started.url}/audit")
    main = page.get_by_role("main")
    expect(main.get_by_text("entries, newest first")).to_be_visible()
    search = main.get_by_role("textbox", name="Search", exact=True)
    search.fill("no such thing")
    search.press("Enter")
    expect(main.get_by_text("No entries match")).to_be_visible()
    search.fill("miami")
    search.press("Enter")
    expect(main.get_by_text("1 entry, newest first")).to_be_visible()

    choose_line(page, 1)
    expect(main.get_by_role("heading", name="Location added · MIA")).to_be_visible()
    expect(main.get_by_role("definition").filter(has_text=ADDRESS)).to_be_visible()
    expect(main.get_by_role("row", name="Name none Miami")).to_be_visible()

    content = downloaded(page, "Download as workbook").path().read_bytes()
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 2 and rows[1][4:6] == ("Location added", "MIA")
