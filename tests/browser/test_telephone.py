"""What we draw ourselves has room on a telephone."""

import pytest
from playwright.sync_api import Page

from komet_import.language.current import Language, speaking
from komet_import.web import sign_in
from komet_import.web.shared import table
from tests.browser.cut_texts import cut

WHEN = "2026-11-22 16:42"
TIMELINE = (
    f"<tr><td class='time'>{WHEN}</td><th scope='row' class='name'>Correo escrito</th><td>Rita Álvarez</td>"
    "<td class='wordy'>38 credits imported, 3 rejected — credits-2026-11-22.xlsx</td></tr>"
)
MAILS = (
    "<tr><td class='wordy'>3 credits waiting for your approval — OPEN-waiting.xlsx</td>"
    "<td class='address'>catherine.montgomery@florist.example</td>"
    f"<td class='wordy'>No enviado: no había servidor de correo.</td><td class='time'>{WHEN}</td></tr>"
)


@pytest.fixture
def telephone(page: Page) -> Page:
    page.set_viewport_size({"width": 390, "height": 844})
    return page


@pytest.mark.parametrize(
    ("head", "line"),
    [
        (("Hora", "Qué", "Quién", "Detalles"), TIMELINE),
        (("Asunto", "Destinatario", "Estado", "Escrito"), MAILS),
    ],
)
def test_a_table_that_is_read_fits_without_sliding_and_breaks_no_day(
    telephone: Page, head: tuple[str, ...], line: str
) -> None:
    html = table.table(head=table.headings(*head), lines=line, label="x")
    telephone.set_content(
        f"<!doctype html><style>{table.STYLE} body {{ font-family: sans-serif }}</style>{html}"
    )
    rows = telephone.locator(".komet-rows")
    assert rows.evaluate("rows => rows.scrollWidth <= rows.clientWidth")
    time = telephone.locator("td.time")
    lines = time.evaluate("time => time.clientHeight / parseFloat(getComputedStyle(time).lineHeight)")
    day_and_hour = time.evaluate(
        """time => {
          const range = document.createRange();
          range.setStart(time.firstChild, 0);
          range.setEnd(time.firstChild, 10);
          return range.getClientRects().length;
        }"""
    )
    assert lines >= 2 and day_and_hour == 1


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.SPANISH])
def test_the_picture_beside_the_sign_in_form_is_whole(telephone: Page, language: Language) -> None:
    with speaking(language):
        telephone.set_content(f"<!doctype html><body style='margin: 8px 22px'>{sign_in._shot()}")
    assert [text for text in cut(telephone) if "$13,289.83" in text or "FL2O1" in text] == []
    button = telephone.locator(".komet-shot b").bounding_box()
    frame = telephone.locator(".komet-shot").bounding_box()
    assert button and frame and button["x"] + button["width"] <= frame["x"] + frame["width"] - 8
