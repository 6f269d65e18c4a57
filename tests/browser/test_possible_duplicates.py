"""Credits that may be in the ledger already: asked about before they are imported, and told afterwards."""

import re

from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from sqlmodel import col

from komet_import.ledger import database
from komet_import.ledger.models import Adjustment
from tests.browser.axe import DIALOG, serious
from tests.browser.conftest import Server
from tests.browser.driving import radio, settled
from tests.browser.reviewing import (
    BALANCE,
    COMMENTS,
    NUMBER,
    expect_button,
    expect_kinds,
    open_review,
    press,
    press_step,
    to_edits,
)
from tests.browser.sheets import Row, good_rows


def posted(batch: str) -> tuple[int, int]:
    """How many credits of a batch stand in the ledger, and their sum in thousandths."""
    query = select(func.count(), func.coalesce(func.sum(col(Adjustment.amount)), 0))
    with database.reading() as session:
        count, amount = session.execute(query.where(col(Adjustment.batch_id) == batch)).one()
    return int(count), int(amount)


def without_numbers(rows: list[Row], words: str) -> list[Row]:
    """The same credits as another export writes them."""
    return [[*row[:NUMBER], None, *row[NUMBER + 1 : COMMENTS], words] for row in rows]


def test_possible_duplicates_are_excluded_or_confirmed_by_a_question_that_names_them(
    demo_server: Server, tab: Page
) -> None:
    rows = good_rows(4, tag="LIKE")
    for n, row in enumerate(rows):
        row[BALANCE] = 700 + n
    first = open_review(tab, "LIKE-1", without_numbers(rows, "first"))
    expect_button(first, "Import 4 credits · $2,806.00")
    first.button.click()
    expect(tab).to_have_url(re.compile("/report"))

    tab.goto(demo_server.url)
    more: list[Row] = [*without_numbers(rows, "again"), *good_rows(2, tag="LIKE"), ["Total", *[None] * 5]]
    more[4][BALANCE], more[5][BALANCE] = -3, 900
    more[6][BALANCE] = 3703
    review = open_review(tab, "LIKE-2", more)
    batch = review.batch
    expect_button(review, "4 warnings to confirm")
    expect_kinds(
        tab, r"Possible duplicate · 4 rows · \$2,806\.00", "Credit Balance must be above zero · 1 row"
    )
    last, grid = radio(tab, "Set aside 1").bounding_box(), review.grid.bounding_box()
    assert last and grid and last["x"] + last["width"] < 1280, "six states in a line, none cut off"
    assert last["y"] < grid["y"]
    tab.set_viewport_size({"width": 390, "height": 844})
    words = review.button.locator("p")
    expect(words).to_be_visible()
    assert words.evaluate("p => p.scrollWidth <= p.clientWidth"), "nothing is cut off"
    tab.set_viewport_size({"width": 1280, "height": 800})

    press(tab, "Exclude all 4")
    expect_button(review, "Import 1 credit · $900.00 (5 rows stay out)")
    to_edits(tab)
    press_step(review, "undo")
    expect_button(review, "4 warnings to confirm")

    dialog = tab.get_by_role("dialog")
    review.button.click()
    expect(dialog).to_contain_text("Import 5 credits?")
    expect(dialog).to_contain_text("Possible duplicate · 4 rows · $2,806.00")
    expect(dialog).to_contain_text("Ten largest changes" if len(rows) > 10 else "Changes")
    assert serious(tab, within=DIALOG) == []
    for width, height in ((640, 400), (390, 844), (1280, 800)):
        tab.set_viewport_size({"width": width, "height": height})
        last = tab.locator(".st-key-confirm-and-import button").bounding_box()
        assert last and last["y"] + last["height"] <= height, "the buttons are in view without scrolling"
    radio(dialog, "Exclude").click()
    expect(dialog.get_by_role("button", name="Import 1 credit · $900.00")).to_be_visible()
    expect(dialog).to_contain_text("Stays out: 5 rows")
    dialog.get_by_role("button", name="Back to review").click()
    expect(dialog).to_have_count(0)
    settled(tab)  # what was chosen in the dialog is forgotten at the end of that run
    assert posted(batch) == (0, 0)
    review.button.click()
    do_it = dialog.get_by_role("button", name="Import 5 credits · $3,706.00")
    do_it.click()
    expect(dialog).to_contain_text("Confirm or exclude first: possible duplicate.")
    radio(dialog, "Confirm").click()
    do_it.click()
    expect(tab).to_have_url(re.compile("/report"))
    assert posted(batch) == (5, 3_706_000)
    said = "4 imported credits ($2,806.00) waited for a confirmation and were confirmed."
    expect(tab.get_by_role("main")).to_contain_text(said)
    tab.get_by_role("link", name="Messages").click()
    expect(tab.get_by_role("main")).to_contain_text(said)
    tab.get_by_role("link", name="History").click()
    cells = tab.get_by_test_id("stDataFrame").locator("[role=gridcell]")
    for told in ("LIKE-2", re.compile(r"^\$?3,?706(\.00)?$")):
        expect(cells.filter(has_text=told).first).to_be_attached()
