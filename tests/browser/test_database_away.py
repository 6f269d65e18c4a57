"""A database that goes away while somebody imports: what is said of the money, and that the page comes
back.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import make_url
from sqlmodel import select, text

from komet_import import demo
from komet_import.ledger import database
from komet_import.ledger.models import Adjustment
from tests.browser.conftest import StartServer
from tests.browser.driving import MAIN, Review, heading, signed_in, upload
from tests.browser.sheets import good_rows, workbook
from tests.postgresql import Cluster

PATIENCE = 30_000
"""Milliseconds: the posting itself asks for five seconds what became of it."""


@contextmanager
def away(cluster: Cluster, url: str) -> Iterator[None]:
    """Nobody reaches this database, and who was connected no longer is."""
    name = make_url(url).database
    cluster.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    cluster.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    try:
        yield
    finally:
        cluster.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def test_while_the_database_is_away_the_page_says_what_is_true_of_the_money_and_comes_back_by_itself(
    postgresql: Cluster, postgresql_database: str, server: StartServer, page: Page, context: BrowserContext
) -> None:
    demo.seed()
    posted = len(_adjustments())
    started = server(postgresql_database)
    signed_in(context, "rita", url=started.url)
    page.goto(started.url)
    upload(page, "away.xlsx", workbook(good_rows(3, tag="AWAY")))
    review = Review(page).past_the_panel()
    expect(review.button).to_contain_text("Import 3 credits")
    another = database.engine().connect()
    another.execute(text("SELECT * FROM facts FOR UPDATE"))  # so that the posting is under way for a while
    review.button.click()
    expect(page.get_by_text("Importing 3 credits").first).to_be_visible()
    with away(postgresql, postgresql_database):
        another.invalidate()
        told = page.locator(MAIN).locator("[role=alert]:visible").first
        expect(told).to_contain_text("nothing of it was posted", timeout=PATIENCE)
        expect(told).to_contain_text("comes back by itself")
    expect(review.opened().button).to_contain_text("Import 3 credits", timeout=PATIENCE)
    assert len(_adjustments()) == posted
    review.button.click()
    expect(heading(page, "3 credits imported")).to_be_visible()
    assert len(_adjustments()) == posted + 3


def _adjustments() -> list[int | None]:
    database.engine().dispose()
    with database.reading() as session:
        return list(session.exec(select(Adjustment.id)).all())
