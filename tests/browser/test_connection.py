"""A connection that is cut while somebody clicks: the click is done, or the person learns that it was not."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from sqlmodel import select

from komet_import.ledger import database
from komet_import.ledger.models import Adjustment
from tests.browser.conftest import Server, StartServer
from tests.browser.driving import Review, answered, button, heading, settled, signed_in, upload
from tests.browser.sheets import good_rows, workbook

RECONNECTED = 60_000
"""Milliseconds: Streamlit looks for its server at growing intervals."""
ALL = "of 120 customers"
NOTHING_WAS_DONE = "so nothing was done. Click again."


class Line:
    """The connection of a tab: in which direction it carries nothing any more, and its end."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._dead_to_server = self._dead_to_page = False
        self._lost = 0
        self._ends: list[Callable[[], object]] = []
        page.route_web_socket("**/_stcore/stream", self._carry)

    def _carry(self, tab: WebSocketRoute) -> None:
        server = tab.connect_to_server()
        dead_to_server = dead_to_page = False

        def up(message: str | bytes) -> None:
            nonlocal dead_to_server
            dead_to_server = dead_to_server or self._dead_to_server
            self._pass(message, None if dead_to_server else server)

        def down(message: str | bytes) -> None:
            nonlocal dead_to_page
            dead_to_page = dead_to_page or self._dead_to_page
            self._pass(message, None if dead_to_page else tab)

        tab.on_message(up)
        server.on_message(down)
        self._ends = [server.close, tab.close]

    def _pass(self, message: str | bytes, end: WebSocketRoute | None) -> None:
        if end:
            end.send(message)
        else:
            self._lost += 1

    @contextmanager
    def losing(self, *, answers: bool = False) -> Iterator[None]:
        """What is sent in the block is lost, or what is answered to it, as is all that comes after it."""
        before = self._lost
        self._dead_to_server, self._dead_to_page = not answers, answers
        yield
        while self._lost == before:
            self._page.wait_for_timeout(50)
        self._dead_to_server = self._dead_to_page = False

    def cut(self) -> None:
        """End it on both sides; the next one carries everything again."""
        for end in self._ends:
            end()


@pytest.fixture
def line(page: Page) -> Line:
    return Line(page)


def opened(page: Page, url: str, *, tag: str) -> Review:
    """A draft of three credits, and nothing under way."""
    page.goto(url)
    upload(page, f"{tag}.xlsx", workbook(good_rows(3, tag=tag)))
    review = Review(page).past_the_panel()
    expect(review.button).to_contain_text("Import 3 credits")
    settled(page)
    answered(page)
    return review


def imported(tag: str) -> int:
    with database.reading() as session:
        numbers = session.exec(select(Adjustment.number)).all()
    return sum(number.startswith(f"{tag}-") for number in numbers)


def test_a_click_that_is_lost_with_its_connection_is_told_of_and_the_next_one_is_done(
    demo_server: Server, line: Line, tab: Page
) -> None:
    review = opened(tab, demo_server.url, tag="LOST")
    with line.losing():
        review.button.click()
    line.cut()
    told = tab.get_by_text(NOTHING_WAS_DONE)
    expect(told).to_contain_text("“Import 3 credits")
    assert imported("LOST") == 0
    review.button.click()
    expect(heading(tab, "3 credits imported")).to_be_visible()
    assert imported("LOST") == 3


def test_a_click_whose_answer_is_lost_with_its_connection_is_answered_when_that_is_back(
    demo_server: Server, line: Line, tab: Page
) -> None:
    review = opened(tab, demo_server.url, tag="DONE")
    with line.losing(answers=True):
        review.button.click()
    line.cut()
    expect(heading(tab, "3 credits imported")).to_be_visible()
    expect(tab.get_by_text(NOTHING_WAS_DONE)).to_have_count(0)
    assert imported("DONE") == 3


def test_what_was_chosen_as_the_connection_was_cut_is_so_when_it_is_back(
    demo_server: Server, line: Line, tab: Page
) -> None:
    tab.goto(f"{demo_server.url}/balances")
    every = tab.get_by_text("Include zero balances")
    expect(every).to_be_visible()
    settled(tab)
    expect(tab.get_by_text(ALL)).to_have_count(0)
    with line.losing():
        every.click()
    line.cut()
    expect(tab.get_by_text(ALL)).to_be_visible()
    expect(tab.get_by_text(NOTHING_WAS_DONE)).to_have_count(0)


def test_a_click_at_the_end_of_a_server_is_told_of_by_the_next_one(
    demo_database: str, server: StartServer, line: Line, page: Page
) -> None:
    started = server(demo_database)
    signed_in(page.context, "rita", url=started.url)
    page.goto(f"{started.url}/account")
    save = button(page, "Change password")
    expect(save).to_be_visible()
    page.wait_for_timeout(1_000)  # the new server can only ask the browser whether a run has begun since
    settled(page)
    with line.losing():
        save.click()
    started.kill()
    server(demo_database)
    told = page.get_by_text(NOTHING_WAS_DONE)
    expect(told).to_contain_text("“Change password”", timeout=RECONNECTED)
    save.click()
    expect(page.get_by_text("The current password is not right")).to_be_visible()


def test_of_a_click_that_ended_with_its_server_the_next_one_says_to_look_whether_it_was_done(
    demo_database: str, server: StartServer, page: Page
) -> None:
    started = server(demo_database)
    signed_in(page.context, "rita", url=started.url)
    review = opened(page, started.url, tag="ENDED")
    with closing(sqlite3.connect(demo_database.removeprefix("sqlite:///"))) as another:
        another.execute("BEGIN IMMEDIATE")  # so that the posting is under way for a while
        review.button.click()
        expect(page.get_by_text("Importing 3 credits").first).to_be_visible()
        started.kill()
    server(demo_database)
    told = page.get_by_text("If that is not done here, click again.")
    expect(told).to_contain_text("“Import 3 credits", timeout=RECONNECTED)
    assert imported("ENDED") == 0
    page.wait_for_timeout(2_000)  # the new server gets to know the page
    settled(page)
    answered(page)
    review.button.click()
    expect(heading(page, "3 credits imported")).to_be_visible()
