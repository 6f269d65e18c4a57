"""A second pair of eyes in Chromium: prepared, mailed, returned, changed, approved, posted."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from komet_import.ledger import database
from komet_import.ledger.models import Adjustment, Batch, Message
from tests.browser.axe import DIALOG, serious
from tests.browser.conftest import StartServer
from tests.browser.driving import MAIN, Review, button, link, signed_in, upload
from tests.browser.reviewing import BALANCE, to_edits
from tests.browser.sheets import good_rows, workbook


def newest_mail(to: str) -> Message:
    with database.reading() as session:
        query = select(Message).where(col(Message.recipient).startswith(to)).order_by(col(Message.id).desc())
        found = session.exec(query).first()
    assert found is not None
    return found


def link_in(mail: Message) -> str:
    return re.findall(r"http\S+/review\?batch=\S+", mail.text)[0]


@pytest.fixture
def office(demo_database: str, server: StartServer) -> str:
    return server(demo_database, KOMET_APPROVAL="above", KOMET_APPROVAL_ABOVE="100").url


def test_one_prepares_another_approves(office: str, page: Page, elsewhere: Page) -> None:
    rows = good_rows(5, tag="EYES")
    rows[3][BALANCE] = 250
    signed_in(page.context, "rita", url=office)
    page.goto(office)
    upload(page, "eyes.xlsx", workbook(rows))
    ritas = Review(page).opened()
    ritas.type(2, "Comments", "Changed by hand")
    expect(page.get_by_text("It is more than $100.00, so a second person must approve it.")).to_be_visible()
    expect(ritas.button).to_have_text(re.compile(r"Send 5 credits · \$262\.00 for approval"))
    ritas.button.click()
    expect(page.get_by_text(re.compile("Waiting for approval by .*Carl"))).to_be_visible()
    expect(ritas.button).to_have_count(0)
    expect(page.locator(".st-key-review-outcome")).to_have_count(0)  # nothing here imports

    signed_in(elsewhere.context, "carl", url=office)
    elsewhere.goto(office)
    expect(elsewhere.locator(MAIN).get_by_text("Waiting for approval (1)")).to_be_visible()
    expect(link(elsewhere, "eyes.xlsx").first).to_be_visible()
    elsewhere.goto(link_in(newest_mail("carl")))
    carls = Review(elsewhere).opened()
    expect(elsewhere.get_by_text("Waiting for your approval")).to_be_visible()
    expect(carls.cell(2, "Comments")).to_have_attribute("aria-readonly", "true")
    expect(elsewhere.get_by_text(re.compile("Comments in row 2.*Changed by hand")).first).to_be_visible()
    expect(button(elsewhere, "Bulk edit")).to_have_count(0)
    carls.cell(2, "Comments").click()
    elsewhere.keyboard.type("x")
    elsewhere.keyboard.press("Escape")
    expect(carls.cell(2, "Comments")).to_have_text("Changed by hand")

    carls.open_totals()
    assert serious(elsewhere) == []
    elsewhere.keyboard.press("Escape")
    button(elsewhere, "Return…").click()
    dialog = elsewhere.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert serious(elsewhere, within=DIALOG) == []
    reason = dialog.get_by_label("Reason")
    reason.fill("Row 5 is too much")
    reason.press("Escape")
    expect(dialog).to_have_count(0)
    button(elsewhere, "Return…").click()
    expect(reason).to_have_value("Row 5 is too much")
    button(dialog, "Return", exact=True).click()
    expect(elsewhere.get_by_text(re.compile("Returned by Carl.*Row 5 is too much"))).to_be_visible()
    expect(page.get_by_text(re.compile("Returned by Carl.*Row 5 is too much"))).to_be_visible()
    assert "Row 5 is too much" in newest_mail("rita").text
    ritas.type(5, "Credit Balance", "200")
    expect(ritas.button).to_have_text(re.compile(r"Send 5 credits · \$212\.00 for approval"))
    ritas.button.click()
    expect(page.get_by_text(re.compile("Waiting for approval by .*Carl"))).to_be_visible()

    elsewhere.goto(link_in(newest_mail("carl")))
    carls.opened()
    to_edits(elsewhere)
    expect(carls.button).to_have_text(re.compile(r"Approve and import 5 credits · \$212\.00"))
    carls.button.click()
    expect(elsewhere).to_have_url(re.compile("/report"))
    expect(elsewhere.get_by_text(re.compile("prepared by Rita.*, approved by Carl"))).to_be_visible()
    with database.reading() as session:
        batch = session.exec(select(Batch).where(Batch.file_name == "eyes.xlsx")).one()
        posted = session.exec(select(Adjustment.amount).where(Adjustment.batch_id == batch.id)).all()
    assert sum(posted) == 212_000 and batch.prepared_by != batch.posted_by
    expect(page.get_by_text("was already imported")).to_be_visible()
