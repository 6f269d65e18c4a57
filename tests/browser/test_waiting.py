"""Two files are read at a time; whoever comes third sees that the file waits, and then that it is read."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Server
from tests.browser.driving import Review, signed_in, upload
from tests.browser.sheets import good_rows, workbook

WAITING = "Waiting: two other files are being read …"


def children(pid: int) -> list[int]:
    """The processes that any thread of a process has started."""
    listed = (task / "children" for task in Path(f"/proc/{pid}/task").iterdir())
    return [int(child) for file in listed for child in file.read_text().split()]


@pytest.fixture
def reading_stands_still(demo_server: Server) -> Iterator[int]:
    """The process that starts all reading, stopped: a file whose turn it is is being read for ever."""
    (reader,) = children(demo_server.process.pid)
    os.kill(reader, signal.SIGSTOP)
    yield reader
    os.kill(reader, signal.SIGCONT)


def test_the_third_file_waits_visibly_and_is_read_in_its_turn(
    demo_server: Server, context: BrowserContext, reading_stands_still: int
) -> None:
    signed_in(context, "rita", url=demo_server.url)
    tabs = [context.new_page() for _ in range(3)]
    for place, tab in enumerate(tabs, start=1):
        tab.goto(demo_server.url)
        upload(tab, f"sheet-{place}.xlsx", workbook(good_rows(place, tag=f"W{place}")))
        expect(tab.get_by_text(f"Reading sheet-{place}.xlsx …")).to_be_visible()
    expect(tabs[2].get_by_text(WAITING)).to_be_visible()
    for tab in tabs[:2]:
        expect(tab.get_by_text(WAITING)).to_have_count(0)
    os.kill(reading_stands_still, signal.SIGCONT)
    for place, tab in enumerate(tabs, start=1):
        assert len(Review(tab).opened().rows()) == place
