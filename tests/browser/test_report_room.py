"""What is done from a report, in Chromium: the evidence is taken along, rejected rows are dropped and opened
again, a reversal is asked for.
"""

import io
import re
from hashlib import sha256
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from komet_import import services
from komet_import.types import OPEN_CREDITS
from tests.browser.conftest import StartServer
from tests.browser.driving import MAIN, button, downloaded, person, signed_in
from tests.browser.sheets import good_rows, workbook


@pytest.fixture
def office(demo_database: str, server: StartServer) -> str:
    """An office in which every import, and so every reversal, needs a second person."""
    return server(demo_database, KOMET_APPROVAL="always").url


def test_evidence_is_taken_along_rows_are_dropped_and_a_reversal_is_asked_for(
    office: str, page: Page, elsewhere: Page
) -> None:
    rows = good_rows(5, tag="ROOM")
    rows[1][0], rows[3][2] = "NOBODY", "soon"
    content, rita = workbook(rows), person("rita")
    batch_id = services.open_file(rita, OPEN_CREDITS, "room.xlsx", content)
    services.post(rita, batch_id)
    signed_in(page.context, "rita", url=office)
    page.goto(f"{office}/report?batch={batch_id}")

    expect(page.get_by_text(sha256(content).hexdigest())).to_be_visible()
    assert Path(downloaded(page, "Original file").path()).read_bytes() == content
    taken = Path(downloaded(page, "Download evidence").path()).read_bytes()
    evidence = load_workbook(io.BytesIO(taken), read_only=True)
    told = {str(cell) for sheet in evidence for row in sheet.values for cell in row}
    assert {"room.xlsx", sha256(content).hexdigest(), "NOBODY", "soon"} <= told

    rejected = page.get_by_role("region", name="Rows not imported").get_by_role("row")
    button(page, "Drop rows…").click()
    popover = page.get_by_test_id("stPopoverBody")
    button(popover, "Drop rows").click()
    expect(popover.get_by_text("Choose the rows to drop.")).to_be_visible()
    popover.get_by_role("combobox").click()
    page.get_by_role("option").filter(has_text=re.compile("^5 ")).click()
    popover.get_by_label("Reason").fill("Paid in cash")
    button(popover, "Drop rows").click()
    expect(rejected.filter(has_text="“Paid in cash”")).to_contain_text(re.compile("Dropped .* by Rita"))
    expect(rejected.filter(has_text="NOBODY")).to_contain_text("Open")
    button(popover, "Undo the drop of 1 row").click()
    expect(rejected.filter(has_text="Open")).to_have_count(2)

    signed_in(elsewhere.context, "carl", url=office)
    elsewhere.goto(f"{office}/report?batch={batch_id}")
    carls = elsewhere.locator(MAIN)
    carls.get_by_text("Reverse this import").click()
    elsewhere.get_by_role("textbox", name="Reason").fill("Wrong month")
    button(elsewhere, "Send the reversal of 3 credits for approval").click()
    expect(carls.get_by_text(re.compile("Reversal waiting for approval: 3 credits"))).to_be_visible()
    expect(carls.get_by_text(re.compile("Waits for Ada Morgan"))).to_be_visible()
    expect(button(elsewhere, "Withdraw request")).to_be_visible()
    page.reload()
    expect(page.get_by_text(re.compile("Reversal waiting for approval: 3 credits"))).to_be_visible()
    expect(button(page, "Withdraw request")).to_have_count(0)
