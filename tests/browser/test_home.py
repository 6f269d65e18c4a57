"""Data import in Chromium: what was imported each week, drawn in the colors of the theme."""

from playwright.sync_api import BrowserContext, Page, expect

from komet_import import services
from komet_import.types import OPEN_CREDITS
from tests.browser.conftest import Server
from tests.browser.driving import MAIN, person, settled, signed_in
from tests.browser.sheets import good_rows, workbook
from tests.outbox.people import eventually

LIGHT, DARK = "rgb(195, 211, 198)", "rgb(79, 99, 84)"


def test_the_weeks_change_their_colors_with_the_theme_and_have_no_tools_of_a_chart(
    demo_server: Server, page: Page, context: BrowserContext
) -> None:
    signed_in(context, "rita", url=demo_server.url)
    page.goto(demo_server.url)
    settled(page)
    weeks = page.locator(f"{MAIN} .komet-columns")
    expect(weeks.get_by_role("listitem")).to_have_count(12)
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(0)
    earlier_week = weeks.locator("li:not(:last-child) i").first

    def color() -> str:
        return str(earlier_week.evaluate("column => getComputedStyle(column).backgroundColor"))

    for scheme, wanted in (("light", LIGHT), ("dark", DARK), ("light", LIGHT)):
        page.emulate_media(color_scheme=scheme)
        eventually(lambda wanted=wanted: color() == wanted)


OF_THE_SCHEME = """dialog => {
  const part = document.createElement("p");
  part.style.color = "light-dark(rgb(1, 1, 1), rgb(2, 2, 2))";
  dialog.append(part);
  const color = getComputedStyle(part).color;
  part.remove();
  return color;
}"""


def test_what_is_drawn_in_a_dialog_has_the_colors_of_the_theme(
    demo_server: Server, page: Page, context: BrowserContext
) -> None:
    services.open_file(person("rita"), OPEN_CREDITS, "theme.xlsx", workbook(good_rows(2, tag="THEME")))
    signed_in(context, "rita", url=demo_server.url)
    page.goto(demo_server.url)
    settled(page)
    page.locator("[class*=st-key-delete-] button:visible").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for scheme, wanted in (("light", "rgb(1, 1, 1)"), ("dark", "rgb(2, 2, 2)")):
        page.emulate_media(color_scheme=scheme)
        eventually(lambda wanted=wanted: dialog.evaluate(OF_THE_SCHEME) == wanted)
