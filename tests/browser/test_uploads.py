"""Files that were read make room for the next ones."""

import io
import os
import zipfile

from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.browser.conftest import StartServer
from tests.browser.driving import EXCEL, Review, signed_in, upload_files
from tests.browser.sheets import HEADERS, good_rows, workbook


def padded(content: bytes) -> bytes:
    """A workbook with a picture in it that makes it nearly as large as a file may be."""
    held = io.BytesIO(content)
    with zipfile.ZipFile(held, "a") as package:
        package.writestr("xl/media/image1.png", os.urandom(900_000))
    return held.getvalue()


def test_what_was_read_makes_room_for_the_next_files(
    server: StartServer, demo_database: str, page: Page, context: BrowserContext
) -> None:
    """There is room for six files of that size that wait to be read; what was read does not wait."""
    started = server(demo_database, KOMET_MAX_UPLOAD_MB="1")
    signed_in(context, "rita", url=started.url)
    page.goto(started.url)
    for round in "AB":
        names = [f"{round}{number}" for number in range(4)]
        dropped = [(name, padded(workbook(good_rows(1, tag=f"UP{name}")))) for name in names]
        files = [
            FilePayload(name=f"{name}.xlsx", mimeType=EXCEL, buffer=content) for name, content in dropped
        ]
        upload_files(page, files)
        for name in names:
            expect(page.get_by_role("link", name=f"“{name}.xlsx” is a draft; review it")).to_be_visible()


def test_rows_that_are_pasted_are_read_as_a_file_of_text(home: Page) -> None:
    rows = [HEADERS, *([str(cell) for cell in row] for row in good_rows(3, tag="PASTE"))]
    home.get_by_role("button", name="Paste rows").click()
    field = home.get_by_label("Rows to import")
    expect(field).to_be_focused()
    field.fill("\r\n".join("\t".join(row) for row in rows))
    home.get_by_role("button", name="Read these rows").click()
    review = Review(home).opened()
    expect(review.cell(4, "Credit #")).to_have_text(rows[-1][1])
    expect(home.get_by_text("Pasted rows.txt")).to_be_visible()
