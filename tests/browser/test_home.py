"""Data import in Chromium: what was imported each week, drawn in the colors of the theme."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server
from tests.browser.driving import MAIN, settled, signed_in
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
