"""The Review page in the words of who works on it: its panel, its lists, its one button."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect
from sqlmodel import col, select

from komet_import import services
from komet_import.ledger import database
from komet_import.ledger.models import Edit
from komet_import.settings import settings
from komet_import.types import OPEN_CREDITS
from tests.browser.driving import Review, button, person
from tests.browser.sheets import Row, active_customers, workbook

CODE, NUMBER, DAY, BALANCE, PLACE, COMMENTS = range(6)
"""The columns of a row, by their place."""


def open_review(page: Page, tag: str, rows: list[Row], **options: Any) -> Review:
    return open_workbook(page, tag, workbook(rows, **options))


def open_workbook(page: Page, tag: str, content: bytes) -> Review:
    """A file that Rita has uploaded, on its page; its way there, two more pages, is tried elsewhere."""
    batch = services.open_file(person("rita"), OPEN_CREDITS, f"{tag}.xlsx", content)
    page.goto(f"{settings().public_url}/review?batch={batch}")
    return Review(page).past_the_panel()


def panel(page: Page) -> Locator:
    """The tab beside the grid that is open."""
    return page.locator("[role=tabpanel]:visible")


def press(page: Page, name: str, *, nth: int = 0) -> None:
    button(panel(page), name, exact=True).nth(nth).click()


def to_edits(page: Page) -> None:
    page.locator("[role=tab]", has_text=re.compile("^Edits")).click()


def to_problems(page: Page) -> None:
    page.locator("[role=tab]", has_text=re.compile("^Problems")).click()


def expect_kinds(page: Page, *listed: str) -> None:
    """The problems by kind and count, in this order."""
    expect(panel(page).locator("p:has(strong)")).to_have_text(
        [re.compile(rf"{kind}(\n|$)") for kind in listed]
    )


def expect_edits(page: Page, *labels: str) -> None:
    """The list of edits, newest first, those that were undone too."""
    said = panel(page).get_by_test_id("stMarkdown").filter(has_not=page.get_by_test_id("stCaptionContainer"))
    expect(said).to_have_text([re.compile(re.escape(label)) for label in labels])


def expect_button(review: Review, words: str) -> None:
    expect(review.button).to_have_accessible_name(words)


def expect_rows(review: Review, *numbers: int) -> None:
    heads = review.page.locator("[role=rowheader]")
    expect(heads).to_have_text([re.compile(rf"\b{number}$") for number in numbers])


def expect_column(review: Review, column: str, texts: dict[int, str]) -> None:
    for row, text in texts.items():
        expect(review.cell(row, column)).to_have_text(text)


def undo(review: Review) -> None:
    """Take the last step back with the keyboard."""
    review.cell(2, "Customer Code").click()
    review.page.keyboard.press("Control+z")
    review.settled()


def press_step(review: Review, kind: str) -> None:
    """Undo or redo with the button below the rows."""
    review.page.locator(f".steps .{kind}").click()
    review.settled()


def journal(batch: str) -> list[str]:
    with database.reading() as session:
        return list(
            session.exec(select(Edit.label).where(Edit.batch_id == batch).order_by(col(Edit.seq))).all()
        )


def with_place(row: Row, code: str) -> None:
    """Give a row this customer's location, whatever its code says for now."""
    row[PLACE] = dict(active_customers())[code]


def say(dialog: Locator, label: str, text: str) -> None:
    field = dialog.get_by_label(label)
    field.fill(text)
    field.press("Enter")


def search(page: Page, words: str) -> None:
    field = page.get_by_placeholder("Search", exact=True)
    field.fill(words)
    field.press("Enter")
