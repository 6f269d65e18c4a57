"""Four tasks of a clerk in Chromium, done as a person would: clicks, keys and seconds that the page takes.

    python -m bench clicks [ROWS]

small     40 rows with 8 faults: from the empty page to the report, five rows of it fixed in the grid
spanish   a sheet in Spanish with lines above its headings and a total below
large     20,000 rows with 300 faults of 6 kinds: every one settled (aim: 20 clicks)
back      the round trip of rejected rows: downloaded, fixed in Excel, dropped again, imported

A click is a press of the mouse, a file that is dropped among them; keys are counted apart, Enter and
shortcuts as one each. Seconds are those in which the machine works or the person types (30 ms a
key): nobody thinks. Each task ends with what must stand on its report; one that did other work than it was
asked for ends the measurement. `rows` counts those of the sheet that are whole in view at 1280 × 800 when
Review opens.
"""

import io
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.workbooks import HEADERS, customers, workbook  # noqa: E402 - the path first
from tests.browser.driving import MAIN, Review, button, link, settled, upload  # noqa: E402

ROWS = (20_000,)
"""Of the large sheet."""
AIM_CLICKS = 20
PUBLIC_URL = "http://127.0.0.1"  # the cookie belongs to this name
CODE, NUMBER, DAY, AMOUNT, PLACE, NOTE = range(6)
SEEDS = {"S": 3, "B": 7}
"""Of the two small sheets: what was mistyped in the first is remembered."""
EACH = 50
"""Rows of the large sheet that have each of the six faults."""
KNOWN = [one for one in customers() if one.active]

Row = list[Any]


@dataclass
class Hands:
    """A person's hands on a page: what they press is counted."""

    page: Page
    clicks: int = 0
    keys: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Since they began."""
        return time.monotonic() - self.began

    def click(self, what: Locator) -> None:
        """Press it, and wait until the page has answered."""
        what.click()
        self.clicks += 1
        self.wait()

    def fix(self, what: Locator) -> None:
        """Press what changes rows, and wait until the strip of figures says so."""
        strip = self.page.locator(".st-key-review-status")
        before = strip.inner_text()
        self.click(what)
        self.page.wait_for_function(
            "([strip, before]) => strip.innerText !== before", arg=[strip.element_handle(), before]
        )
        self.wait()

    def wait(self) -> None:
        """Until the page stands still."""
        self.page.wait_for_timeout(50)  # what was pressed has been sent
        settled(self.page)

    def type(self, text: str, *then: str) -> None:
        """Type a text, then press these keys."""
        self.page.keyboard.type(text, delay=30)
        for key in then:
            self.page.keyboard.press(key)
        self.keys += len(text) + len(then)
        self.wait()

    def drop(self, name: str, content: bytes) -> None:
        """Drop a file on the page."""
        upload(self.page, name, content)
        self.clicks += 1


def good(count: int, tag: str, *, seed: int) -> list[Row]:
    """Rows that can be imported as they are."""
    chance = random.Random(seed)
    today = datetime.now(UTC).date()
    made = []
    for number in range(1, count + 1):
        customer = chance.choice(KNOWN)
        day = today - timedelta(days=chance.randrange(1, 60))
        amount = round(min(max(chance.lognormvariate(4.2, 1.0), 1), 900), 2)
        place = chance.choice(customer.locations)
        made.append([customer.code, f"{tag}-{number:05}", day, amount, place, "Boxes arrived late"])
    return made


def small_sheet(tag: str, *, doubled: bool) -> list[Row]:
    """Forty rows, of which seven have a fault of their own, and one the number of the row above."""
    rows = good(40, tag, seed=SEEDS[tag])
    rows[4][DAY] = None
    rows[9][AMOUNT] = -rows[9][AMOUNT]
    rows[12][CODE] = mistyped(rows[12][CODE])
    rows[17][PLACE] = "ZZZ"
    rows[21][AMOUNT] = "TBD"
    if doubled:
        for column in (CODE, NUMBER, PLACE):
            rows[26][column] = rows[25][column]
    rows[30][AMOUNT] = None
    rows[35][CODE] = "NOBODY"
    return rows


def large_sheet(rows: int) -> list[Row]:
    """A sheet of which three hundred rows have a fault, fifty each of six kinds."""
    made = good(rows, "L", seed=4)
    chance = random.Random(5)
    faulty = chance.sample(range(rows), EACH * 6)
    for place, row in enumerate(faulty):
        values, turn = made[row], place // EACH
        if turn == 0:
            values[DAY] = None
        elif turn == 1:
            values[AMOUNT] = -values[AMOUNT]
        elif turn == 2:
            values[CODE] = mistyped(values[CODE]) if place % 5 else f"NEW{place}"
        elif turn == 3:
            values[PLACE] = ("Miami FL", "MIAM", "ZZZ")[place % 3]
        elif turn == 4:
            values[AMOUNT] = ("TBD", "see mail", "N/A", "12.5O", "approx. 80")[place % 5]
        else:
            day = values[DAY]
            values[DAY] = f"{day.month % 12 + 1:02}/{day.day % 12 + 1:02}/{day.year - 1}"
    return made


def mistyped(code: str) -> str:
    """A code with the letter O where its first zero is."""
    return code.replace("0", "O", 1) if "0" in code else f"{code}."


def spanish_sheet() -> bytes:
    """Thirty credits as an office in Bogotá keeps them: lines above the headings, days and amounts as texts,
    and a total below."""
    rows = good(30, "E", seed=6)
    total = sum(row[AMOUNT] for row in rows)
    told = [
        [row[CODE], row[NUMBER], f"{row[DAY]:%d/%m/%Y}", spanish(row[AMOUNT]), row[PLACE], "Caja tarde"]
        for row in rows
    ]
    title, *above = ["Flores del Sur S.A.S."], ["Notas crédito pendientes"], []
    headings = ["Código cliente", "Número crédito", "Fecha", "Saldo", "Ubicación", "Comentarios"]
    return workbook([*above, headings, *told, ["TOTAL", "", "", spanish(total)]], headers=title)


def spanish(amount: float) -> str:
    """An amount as it is written in Bogotá."""
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a task took."""

    rows_in_view: int
    hands: Hands
    seconds: float


def start(page: Page) -> Hands:
    """The page on which a person begins."""
    page.goto("/")
    expect(page.get_by_test_id("stFileUploader")).to_be_visible()
    settled(page)
    return Hands(page)


def review(hands: Hands, *answers: str) -> int:
    """Answer what is asked about the file, and look at its rows; how many of them are whole in view."""
    page = hands.page
    cell, confirm = page.locator("[role=gridcell]").first, page.locator(".st-key-reading-confirm button")
    expect(cell.or_(confirm).first).to_be_visible(timeout=60_000)
    hands.wait()
    for words in answers:
        hands.click(page.get_by_test_id("stRadio").locator("label", has_text=words))
    if confirm.is_visible():
        hands.click(confirm)
    expect(cell).to_be_visible()
    hands.wait()
    return int(page.evaluate(IN_VIEW))


IN_VIEW = """() => {
    const every = (within, selector) => [...within.querySelectorAll("*")].flatMap(one =>
        one.shadowRoot ? every(one.shadowRoot, selector) : one.matches(selector) ? [one] : []);
    const [grid] = every(document, "[role=grid]");
    const room = grid.closest(".scroll").getBoundingClientRect();
    const below = document.querySelector("[data-testid=stBottom]").getBoundingClientRect().top;
    const whole = box => box.top >= room.top && box.bottom <= Math.min(room.bottom, below);
    return every(document, "[role=rowheader]").filter(head => whole(head.getBoundingClientRect())).length;
}"""


def card(hands: Hands, heading: str) -> Locator:
    """The card of the worklist that says this."""
    found = hands.page.locator(".st-key-review-side [data-testid=stVerticalBlock]")
    return found.filter(has=hands.page.locator("strong", has_text=heading)).last


def replace(hands: Hands, heading: str, texts: Sequence[str]) -> None:
    """In the table of a card's values: type these from the first line on, and replace them with those that
    stand there."""
    hands.click(button(card(hands, heading), "Fix "))
    dialog = hands.page.get_by_role("dialog")
    table = dialog.get_by_test_id("stDataFrame").locator("canvas").first
    expect(table).to_be_visible()
    hands.wait()
    if texts:
        box = table.bounding_box()
        assert box is not None
        hands.page.mouse.click(box["x"] + box["width"] * 0.7, box["y"] + 38 + 14)
        hands.clicks += 1
        hands.wait()  # a hand goes from the mouse to the keys; what comes at once goes past the table
    for text in texts:
        hands.type(text)
        hands.page.wait_for_timeout(300)  # what is offered for it has come; people look before Enter
        hands.type("", "Enter")
    hands.page.wait_for_timeout(400)  # the last text is on its way
    hands.wait()
    hands.fix(button(dialog, "Replace "))
    expect(dialog).to_have_count(0)


def bring_in(hands: Hands, *, wanted: int) -> None:
    """Press the one button, and read the report: it says how many came in."""
    hands.click(Review(hands.page).button)
    told = hands.page.locator(MAIN).get_by_text(f"{wanted:,} credits imported").first
    expect(told).to_be_visible(timeout=60_000)


def small(page: Page) -> Done:
    """Forty rows: seven of eight faults are settled, half in the grid; one row waits for who knows its
    customer."""
    hands = start(page)
    hands.drop("small.xlsx", workbook(small_sheet("S", doubled=True)))
    seen = review(hands)
    hands.fix(button(card(hands, "several amounts"), "Exclude it"))
    replace(hands, "Unknown customer", ())
    hands.fix(button(card(hands, "must be above zero"), "Use "))
    hands.click(Review(page).cell(6, "Credit Date"))
    for text in ("2026-11-20", known_place("S"), "18.40", "75"):
        hands.type(text, "Enter")
        Review(page).settled()
        hands.type("", "F8")
    expect(Review(page).button).to_contain_text("38 credits")  # people look before they press
    bring_in(hands, wanted=38)
    return Done(rows_in_view=seen, hands=hands, seconds=hands.seconds)


def spanish_office(page: Page) -> Done:
    """Nothing is to be fixed: what was proposed of lines, days and amounts is confirmed."""
    hands = start(page)
    hands.drop("notas.xlsx", spanish_sheet())
    seen = review(hands)
    bring_in(hands, wanted=30)
    return Done(rows_in_view=seen, hands=hands, seconds=hands.seconds)


def large(page: Page, rows: int) -> Done:
    """Three hundred faults of six kinds: all are settled, and what nobody can fix is excluded."""
    hands = start(page)
    hands.drop("large.xlsx", workbook(large_sheet(rows)))
    seen = review(hands, "2, 2025")
    hands.fix(button(card(hands, "must be above zero"), "Make them all positive"))
    hands.click(button(card(hands, "Credit Date missing"), "Fill blanks"))
    dialog = page.get_by_role("dialog")
    hands.click(dialog.get_by_label("Fill blank cells with"))
    hands.type("2026-11-20", "Enter")
    hands.fix(button(dialog, "Fill Credit Date"))
    replace(hands, "Unknown location", ("UIO",))
    replace(hands, "Unknown customer", ())
    hands.fix(button(card(hands, "Unknown customer"), "Exclude "))
    replace(hands, "not a number", ("80", "40", "70", "12.5", "90"))
    replace(hands, "Customer not at location", ())
    hands.fix(button(card(hands, "Customer not at location"), "Exclude "))
    expect(page.locator(".st-key-review-side").get_by_text("No problems.")).to_be_visible()
    ready = int(Review(page).button.inner_text().split()[1].replace(",", ""))
    if not rows - EACH <= ready < rows:
        raise SystemExit(f"{ready:,} of {rows:,} credits are ready; nothing of this run counts.")
    bring_in(hands, wanted=ready)
    return Done(rows_in_view=seen, hands=hands, seconds=hands.seconds)


def back(page: Page) -> Done:
    """Seven rows were rejected: they come back in one file, and the first report says so. Counted from the
    report."""
    hands = start(page)
    hands.drop("rejected.xlsx", workbook(small_sheet("B", doubled=False)))
    review(hands)
    bring_in(hands, wanted=33)
    report = page.url
    hands = Hands(page)
    with page.expect_download() as started:
        hands.click(link(page, "Download 7 rows"))
    fixed = corrected(Path(started.value.path()).read_bytes())
    hands.click(page.get_by_test_id("stSidebar").locator("a", has_text="Data import"))
    expect(page.get_by_test_id("stFileUploader")).to_be_visible()
    hands.drop("fixed.xlsx", fixed)
    seen = review(hands)
    bring_in(hands, wanted=7)
    taken = hands.seconds
    page.goto(report)
    expect(page.locator(MAIN).get_by_text("7 of 7 corrected").first).to_be_visible()
    return Done(rows_in_view=seen, hands=hands, seconds=taken)


def corrected(content: bytes) -> bytes:
    """The downloaded rows as a person fixes them in Excel."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    texts = {
        "B-00005": (DAY, date(2026, 11, 20)),
        "B-00018": (PLACE, known_place("B")),
        "B-00022": (AMOUNT, 18.4),
        "B-00031": (AMOUNT, 75),
        "B-00036": (CODE, good(40, "B", seed=SEEDS["B"])[35][CODE]),
    }
    for cells in sheet.iter_rows(min_row=2, max_col=len(HEADERS)):
        if (number := str(cells[NUMBER].value)) in texts:
            column, value = texts[number]
            cells[column].value = value
        if isinstance(cells[AMOUNT].value, float):
            cells[AMOUNT].value = abs(cells[AMOUNT].value)
        cells[CODE].value = str(cells[CODE].value).replace("FLO", "FL0")
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def known_place(tag: str) -> str:
    """A location of the customer whose own is spoiled in a small sheet."""
    return str(good(40, tag, seed=SEEDS[tag])[17][PLACE])


@contextmanager
def desk(browser: Browser, url: str, token: dict[str, Any]) -> Iterator[Page]:
    """A browser that is signed in."""
    context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 800}, locale="en-US")
    context.set_default_timeout(60_000)
    context.add_cookies([{**token, "url": url}])
    yield context.new_page()
    context.close()


@contextmanager
def company() -> Iterator[tuple[str, dict[str, Any]]]:
    """A server of a company that remembers nothing of other tasks: its address, and a cookie of its Admin."""
    from bench.grid import drafts
    from bench.serving import AS_MADE, serving
    from komet_import import settings
    from komet_import.ledger import database
    from komet_import.web.shared.auth import SESSION_COOKIE

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'komet.sqlite3'}"
        os.environ["KOMET_DATABASE_URL"] = url
        settings.settings.cache_clear()
        _, token = drafts([])
        with serving(
            "app.py", folder, KOMET_DATABASE_URL=url, KOMET_PUBLIC_URL=PUBLIC_URL, **AS_MADE
        ) as server:
            yield server.url, {"name": SESSION_COOKIE, "value": token}
        database.engine().dispose()


def main(counts: list[int]) -> None:
    """Print the table."""
    expect.set_options(timeout=60_000)
    tasks: dict[str, Callable[[Page], Done]] = {"small": small, "spanish": spanish_office, "back": back}
    tasks |= {f"large, {rows:,} rows": partial(large, rows=rows) for rows in counts}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"),
            args=["--headless=new", "--no-sandbox", "--disable-gpu"],
        )
        print(f"{'task':<20}{'rows in view':>14}{'clicks':>8}{'keys':>8}{'seconds':>9}")
        for task, does in tasks.items():
            with company() as (url, token), desk(browser, url, token) as page:
                done = does(page)
            took = done.hands
            figures = f"{done.rows_in_view:>14}{took.clicks:>8}{took.keys:>8}{done.seconds:>9.1f}"
            print(f"{task:<20}{figures}", flush=True)
            if task.startswith("large"):
                met = "met" if took.clicks <= AIM_CLICKS else "MISSED"
                print(f"{task}: clicks: {took.clicks}, aim {AIM_CLICKS}: {met}")
        browser.close()


if __name__ == "__main__":
    main([int(words.replace(",", "")) for words in sys.argv[1:]] or list(ROWS))
