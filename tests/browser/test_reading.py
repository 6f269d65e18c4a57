"""How your file was read: everything that is doubtful on one screen, and one click."""

import io
import re

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.driving import Review, button, settled, upload
from tests.browser.reviewing import expect_button
from tests.browser.sheets import HEADERS, active_customers, good_rows, workbook
from tests.services import workspace

SPANISH = ("Cliente", "Nota", "Fecha", "Importe", "Ubicación", "Observaciones")


def spanish(tag: str, count: int = 14) -> bytes:
    """Credits as a Spanish office writes them: points for thousands, the day first."""
    rows = good_rows(count, tag=tag)
    # Customers of whom other tests import little: their small credits would make these unusual ones.
    for n, (row, (code, place)) in enumerate(zip(rows, active_customers()[::-1], strict=False), start=10):
        row[0], row[2], row[3], row[4] = code, f"{n:02d}/10/2025", f"1.6{n:02d},57", place
    return workbook([[*row, ""] for row in rows], headers=(*SPANISH, tag))  # a layout of its own


def test_a_spanish_sheet_is_confirmed_with_one_click(home: Page) -> None:
    upload(home, "creditos.xlsx", spanish("ES"))
    expect(home.get_by_role("heading", name="How your file was read")).to_be_visible()
    confirm = button(home, re.compile("^Confirm and review 14 credits"))
    expect(confirm).to_be_enabled()
    expect(home.get_by_text("Remember for files with these columns")).to_be_visible()
    expect(home.locator("[role=gridcell]")).to_have_count(0)
    assert serious(home) == []
    confirm.click()
    review = Review(home).opened()
    expect(review.cell(2, "Credit Balance")).to_contain_text("1")
    expect_button(review, "Import 14 credits · $22,638.98")
    expect(button(home, re.compile("columns matched"))).to_be_visible()


def test_what_is_put_off_waits_and_can_be_confirmed_later(home: Page) -> None:
    before = workspace.ledger()
    upload(home, "later.xlsx", spanish("LATER"))
    review = Review(home).past_the_panel()
    expect(review.button).to_be_disabled()
    button(home, re.compile("columns matched")).click()
    expect(home.get_by_role("heading", name="How your file was read")).to_be_visible()
    button(home, re.compile("^Confirm and review")).click()
    expect_button(Review(home).opened(), "Import 14 credits · $22,638.98")
    assert workspace.ledger() == before


def test_the_sheet_that_excel_had_open_is_confirmed_with_one_click(home: Page) -> None:
    book = load_workbook(io.BytesIO(workbook(good_rows(3, tag="OPEN"))))
    book.copy_worksheet(book.active).title = "Archive"
    written = io.BytesIO()
    book.save(written)
    upload(home, "sheets.xlsx", written.getvalue())
    here, archive = button(home, re.compile("^.*Import “Credits”")), button(home, "Import “Archive”")
    expect(here).to_be_disabled()  # it is what is suggested
    expect(archive).to_be_enabled()
    expect(home.get_by_text("Remember for files with these columns")).to_have_count(0)  # it is of this file
    assert serious(home) == []
    button(home, re.compile("^Confirm and review 3 credits")).click()
    expect(Review(home).opened().button).to_have_accessible_name(re.compile("^Import 3 credits"))


def test_a_column_is_matched_by_hand_and_none_twice(home: Page) -> None:
    upload(home, "hand.xlsx", spanish("HAND"))
    select = home.get_by_label(re.compile("^“Observaciones” is"))
    expect(select).to_be_visible()
    select.click()
    home.get_by_role("option", name="Don't import").click()
    expect(home.get_by_text("4 columns matched")).to_be_visible()
    settled(home)
    expect(select).to_be_focused()  # and where it was: it is no other part of the panel now
    expect(home.get_by_text("1 column is not imported")).to_be_visible()
    home.keyboard.press("Control+Enter")  # from within a field too
    review = Review(home).opened()
    expect(home.get_by_role("columnheader", name=re.compile("^Comments"))).to_have_count(0)
    expect_button(review, "Import 14 credits · $22,638.98")


def test_where_no_value_usually_counts_none_of_them_is_chosen_alone(home: Page) -> None:
    rows = [[*row, "Void"] for row in good_rows(3, tag="UNUSED")]
    upload(home, "void.xlsx", workbook(rows, headers=(*HEADERS, "Status")))
    confirm = button(home, re.compile("^Confirm and review"))
    expect(confirm).to_be_disabled()
    void, none = button(home, re.compile("^Void · 3")), button(home, "None of these")
    void.click()
    expect(button(home, re.compile("^Confirm and review 3 credits"))).to_be_enabled()
    none.click()
    expect(button(home, re.compile("^Confirm and review 0 credits"))).to_be_enabled()
    void.click()
    expect(button(home, re.compile("^Confirm and review 3 credits"))).to_be_enabled()
    none.click()
    button(home, re.compile("^Confirm and review 0 credits")).click()
    expect(Review(home).opened().button).to_be_disabled()
    expect(home.get_by_text("“Status” says Void").first).to_be_visible()
