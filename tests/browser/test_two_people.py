"""Two people at one draft: each sees what the other does, and posts only what they have seen."""

import re
import time

from playwright.sync_api import Page, WebSocketRoute, expect

from komet_import import services
from tests.browser.conftest import Server
from tests.browser.driving import Review, person, radio, settled, signed_in
from tests.browser.reviewing import DAY, journal, open_review
from tests.browser.sheets import good_rows


def at_one_draft(server: Server, page: Page, elsewhere: Page, tag: str) -> tuple[Review, Review]:
    """Rita, who uploaded a sheet of five credits, and Carl, who has opened it too."""
    signed_in(page.context, "rita", url=server.url)
    ritas = open_review(page, tag, good_rows(5, tag=tag))
    signed_in(elsewhere.context, "carl", url=server.url)
    carls = Review(elsewhere)
    carls.page.goto(f"{server.url}/review?batch={ritas.batch}")
    return ritas, carls.opened()


def test_what_a_colleague_does_shows_within_two_seconds_and_takes_nothing_from_ones_hands(
    demo_server: Server, page: Page, elsewhere: Page
) -> None:
    ritas, carls = at_one_draft(demo_server, page, elsewhere, "SEEN")
    ritas.cell(2, "Comments").dblclick()
    ritas.page.keyboard.type(" and more")
    carls.type(4, "Comments", "Carl was here")
    began = time.monotonic()
    expect(ritas.cell(4, "Comments")).to_have_text("Carl was here", timeout=10_000)
    waited = time.monotonic() - began
    expect(ritas.page.get_by_role("textbox", name=re.compile("Comments, row 2"))).to_have_value(
        "credit 1 and more"
    )
    ritas.page.keyboard.press("Enter")
    ritas.settled()
    expect(carls.cell(2, "Comments")).to_have_text("credit 1 and more", timeout=10_000)
    assert waited < 6, waited  # two seconds, on a machine with other work to do


def test_a_click_on_what_a_colleague_changed_unseen_shows_it_instead(
    demo_server: Server, page: Page, elsewhere: Page
) -> None:
    ritas, carls = at_one_draft(demo_server, page, elsewhere, "UNSEEN")
    expect(ritas.button).to_have_text(re.compile("Import 5 credits"))
    ritas.page.route("**/review/news*", lambda route: route.abort())
    day = good_rows(1, tag="UNSEEN")[0][DAY]
    expect(ritas.cell(2, "Credit Date")).to_have_text(str(day))
    carls.type(2, "Credit Date", "2026-01-05")
    ritas.button.click()
    answer = ritas.page.get_by_text("changed the sheet since you looked; nothing was imported")
    expect(answer).to_be_visible()
    expect(ritas.page.get_by_text(f"Credit Date in row 2: “{day}” → “2026-01-05”")).to_be_visible()
    expect(ritas.cell(2, "Credit Date")).to_have_text("2026-01-05")
    ritas.button.click()
    expect(ritas.page).to_have_url(re.compile("/report"))


def test_a_click_on_a_card_of_what_a_colleague_has_imported_is_told_not_to_be_done(
    demo_server: Server, page: Page, elsewhere: Page
) -> None:
    signed_in(page.context, "rita", url=demo_server.url)
    rows = good_rows(3, tag="GONE")
    rows[0][0] = "FL21"
    ritas = open_review(page, "GONE", rows)
    page.route("**/review/news*", lambda route: route.abort())
    services.post(person("carl"), ritas.batch)
    page.get_by_role("button", name="Exclude 1 row").click()
    expect(page.get_by_text("was already imported")).to_be_visible()
    expect(page.get_by_text("The page changed as you clicked, so nothing was done.")).to_be_visible()


class SlowLine:
    """What the server sends to a page comes at once, or waits on its way."""

    def __init__(self, page: Page) -> None:
        self.waits = False
        self._waiting: list[tuple[WebSocketRoute, str | bytes]] = []
        page.route_web_socket("**/_stcore/stream", self._carry)

    def _carry(self, tab: WebSocketRoute) -> None:
        server = tab.connect_to_server()

        def down(message: str | bytes) -> None:
            if self.waits:
                self._waiting.append((tab, message))
            else:
                tab.send(message)

        tab.on_message(server.send)
        server.on_message(down)

    def arrives(self) -> None:
        self.waits = False
        for tab, message in self._waiting:
            tab.send(message)
        self._waiting.clear()


def test_a_click_promises_what_stands_on_the_screen_though_the_page_was_drawn_anew_on_the_server(
    demo_server: Server, page: Page, elsewhere: Page
) -> None:
    line = SlowLine(page)
    ritas, carls = at_one_draft(demo_server, page, elsewhere, "SLOW")
    ritas.page.route("**/review/news*", lambda route: route.abort())
    settled(page)
    carls.type(2, "Credit Date", "2026-01-05")
    line.waits = True
    radio(page, "Ready").click()  # which has the server draw the page
    page.wait_for_timeout(2_000)
    ritas.button.click()
    page.wait_for_timeout(2_000)
    line.arrives()
    expect(page.get_by_text("changed the sheet since you looked; nothing was imported")).to_be_visible()
    ritas.button.click()
    expect(page).to_have_url(re.compile("/report"))


def test_a_click_on_a_card_does_what_stood_on_it_on_the_screen_or_is_told(
    demo_server: Server, page: Page, elsewhere: Page
) -> None:
    line = SlowLine(page)
    signed_in(page.context, "rita", url=demo_server.url)
    rows = good_rows(4, tag="CARD")
    for row in rows[:3]:
        row[0] = "FL21"
    ritas = open_review(page, "CARD", rows)
    ritas.page.route("**/review/news*", lambda route: route.abort())
    exclude = page.get_by_role("button", name="Exclude 3 rows")
    expect(exclude).to_be_visible()
    settled(page)
    signed_in(elsewhere.context, "carl", url=demo_server.url)
    carls = Review(elsewhere)
    carls.page.goto(f"{demo_server.url}/review?batch={ritas.batch}")
    carls.opened().type(2, "Customer Code", "FL220")
    line.waits = True
    radio(page, "Ready").click()  # which has the server draw the card with two rows
    page.wait_for_timeout(2_000)
    exclude.click()
    page.wait_for_timeout(2_000)
    line.arrives()
    expect(page.get_by_text("The rows have changed meanwhile, so nothing was changed")).to_be_visible()
    assert journal(ritas.batch) == ["Customer Code in row 2: “FL21” → “FL220”"]
    page.get_by_role("button", name="Exclude 2 rows").click()
    expect(page.get_by_role("button", name="Exclude 2 rows")).to_have_count(0)
    assert journal(ritas.batch)[1:] == ["Excluded 2 rows"]
