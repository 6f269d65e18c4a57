"""Fixing a sheet in Chromium: our review grid beside streamlit-aggrid, in milliseconds that a person waits.

    python -m bench grid [ROWS …]

Both run in their own server (`streamlit run`) and show the same rows. The clocks run inside the page, so that
nothing of the driver's counts:

first paint   from the navigation to the first cell on the screen; `cold` is the first look after the server
              has started, which reads the draft from the database and judges it (peer: makes the rows)
edit          from the key Enter to the cell that the server has judged again and written to its journal
              (peer: to the answer of the script that saw the edit), in columns by turns, bad and good texts
paste         500 × 3 cells, from Ctrl+V to the same; the peer's free edition pastes nothing, so it has none

The page is the whole review page, with its figures, questions and problems. `CPU` is the server's processor
time for one edit: the fairer figure on a busy machine.
"""

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Frame, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.workbooks import HEADERS, credit_rows, credits_workbook, customers  # noqa: E402 - the path first

ROWS = (1_000, 50_000)
EDITS, PEER_EDITS, SLOW_PEER_EDITS = 48, 20, 8
"""Edits that are measured at each size; the peer is asked for fewer where one takes seconds."""
WARM_UP = 4
PUBLIC_URL = "http://127.0.0.1"  # the cookie belongs to this name
PASTED_ROWS = 500
PASTED = ("Credit #", "Credit Date", "Credit Balance")
AIM_EDIT, AIM_GROWTH, AIM_PAINT, AIM_PASTE = 150, 1.5, 2_000, 1_000

# What is typed: the column, a text that is fine in any row, and one that is not.
TEXTS = (
    ("Credit Balance", "{n}.25", "-{n}.25"),
    ("Customer Code", "FL{active:04}", "FX{n:04}"),
    ("Credit Date", "2026-03-{d:02}", "03/{d:02}/26"),
    ("Comments", "late truck {n}", "wet boxes {n}"),
)

FIRST_CELL = """
(selector => {
  if (window !== window.top) return;
  const shadows = [];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    shadows.push(attach.call(this, options));
    return shadows.at(-1);
  };
  const look = () => {
    const frames = Array.from(document.querySelectorAll("iframe"), frame => frame.contentDocument);
    const shown = [...shadows, ...frames].some(node => node?.querySelector(selector));
    if (shown) requestAnimationFrame(() => { window.firstCell = performance.now(); });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
"""
"""Notes when the first cell is drawn; ours lies in a shadow root, the peer's in a frame."""

OURS_CLOCK = """
grid => {
  window.waits = [];
  let began = null;
  const start = event => {
    if (event.key === "Enter" && !event.repeat) began = event.timeStamp;
  };
  document.addEventListener("keydown", start, { capture: true });
  document.addEventListener("paste", event => { began = event.timeStamp; }, { capture: true });
  let pending = false;
  new MutationObserver(() => {
    const now = grid.dataset.pending !== "0";
    if (pending && !now && began !== null) {
      window.waits.push(performance.now() - began);
      began = null;
    }
    pending = now;
  }).observe(grid, { attributes: true, attributeFilter: ["data-pending"] });
}
"""
PEER_CLOCK = """
() => {
  window.waits = [];
  const frame = document.querySelector("iframe");
  const offset = frame.contentWindow.performance.timeOrigin - performance.timeOrigin;
  let began = null;
  frame.contentDocument.addEventListener("keydown", event => {
    if (event.key === "Enter") began = event.timeStamp + offset;
  }, { capture: true });
  let run = document.querySelector("#answered").dataset.run;
  new MutationObserver(() => {
    const now = document.querySelector("#answered")?.dataset.run ?? run;
    if (now === run) return;
    run = now;
    if (began !== null) window.waits.push(performance.now() - began);
    began = null;
  }).observe(document.body, { childList: true, subtree: true, attributes: true });
}
"""


@dataclass
class Measured:
    """What was seen of one grid at one size, in milliseconds."""

    cold: float = 0
    paints: list[float] = field(default_factory=list)
    edits: list[float] = field(default_factory=list)
    pastes: list[float] = field(default_factory=list)
    cpu: float = 0

    @property
    def paint(self) -> float:
        return statistics.median(self.paints)

    def edit(self, share: float) -> float:
        """The wait that this share of the edits does not exceed."""
        ordered = sorted(self.edits)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def paste(self) -> float | None:
        return statistics.median(self.pastes) if self.pastes else None


def texts(edit: int) -> tuple[str, str]:
    """Column and text of an edit: the columns by turns, half of the texts bad."""
    name, good, bad = TEXTS[edit % len(TEXTS)]
    text = good if (edit // len(TEXTS)) % 2 else bad
    return name, text.format(n=edit + 11, d=edit % 27 + 1, active=(edit + 11) * 20 + 3)


def is_bad(edit: int) -> bool:
    """Whether the text of an edit is one that its cell must be marked for."""
    return texts(edit)[0] != "Comments" and not (edit // len(TEXTS)) % 2


class PeerRows:
    """The first rows of the peer's sheet as they must stand, to tell how many rows it must find wrong."""

    def __init__(self, rows: int, page: Page) -> None:
        self._page = page
        self._codes = {customer.code for customer in customers() if customer.active}
        kept = zip(range(15), credit_rows(rows), strict=False)
        self._rows = [dict(zip(HEADERS, map(str, row.values), strict=True)) for _, row in kept]
        self._others = self._seen() - self._wrong()

    def seen_and_wanted(self, edit: int, name: str) -> tuple[object, object]:
        """The rows that the page says are wrong, and those that are, once the edit was made."""
        self._rows[(edit * 3) % 15][name] = texts(edit)[1]
        return self._seen(), self._others + self._wrong()

    def _seen(self) -> int:
        said = self._page.locator("#answered").text_content() or ""
        return int(said.split(" ")[0].replace(",", ""))

    def _wrong(self) -> int:
        return sum(map(self._is_wrong, self._rows))

    def _is_wrong(self, row: dict[str, str]) -> bool:
        try:
            date.fromisoformat(row["Credit Date"])
            return row["Customer Code"] not in self._codes or not float(row["Credit Balance"]) > 0
        except ValueError:
            return True


def cpu_of(pid: int) -> float:
    """Processor seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def tab(browser: Browser, selector: str) -> Iterator[Page]:
    """A fresh browser that notes when the first such cell is drawn."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.add_init_script(f'({FIRST_CELL})("{selector}")')
    yield context.new_page()
    context.close()


def painted(page: Page, url: str) -> float:
    """Go there; the milliseconds to the first cell."""
    page.goto(url, wait_until="commit")
    page.wait_for_function("() => window.firstCell", timeout=120_000)
    return float(page.evaluate("() => window.firstCell"))


def waits(page: Page, count: int) -> list[float]:
    """The waits so far, once there are so many."""
    page.wait_for_function("count => window.waits.length >= count", arg=count, timeout=60_000)
    found: list[float] = page.evaluate("() => window.waits")
    return found


def require(what: str, seen: object, wanted: object) -> None:
    """End the measurement where a page did other work than it was asked for: its time would mean nothing."""
    if seen != wanted:
        raise SystemExit(f"{what}: {seen!r} instead of {wanted!r}; nothing of this run counts.")


def measure_edits(
    page: Page,
    pid: int,
    edits: int,
    cell: Callable[[int, str], Locator],
    judged: Callable[[int, str, Locator], tuple[object, object]],
) -> tuple[list[float], float]:
    """Type into cells as people do; waits without the first few, and the server's CPU for one.

    Before a wait counts, the cell must hold what was typed, and be `judged` (edit, column and cell to what is
    seen and what must be) as the text deserves.
    """
    before = 0.0
    for edit in range(WARM_UP + edits):
        if edit == WARM_UP:
            before = cpu_of(pid)
        name, text = texts(edit)
        typed = cell(edit, name)
        typed.click()
        page.keyboard.type(text, delay=30)
        page.wait_for_timeout(250)  # what was looked up for the text has come; people look before Enter
        page.keyboard.press("Enter")
        waits(page, edit + 1)
        page.wait_for_timeout(150)
        require(f"{name} after edit {edit + 1}", typed.inner_text().strip(), text)
        require(f"judgement of {name} “{text}”", *judged(edit, name, typed))
    return waits(page, WARM_UP + edits)[WARM_UP:], (cpu_of(pid) - before) / edits * 1000


def measure_ours(browser: Browser, rows: int, batch: str, server: Any, token: dict[str, Any]) -> Measured:
    """Our review page on one draft."""
    found = Measured()
    url = f"{server.url}/review?batch={batch}"
    with tab(browser, "[role=gridcell]") as page:
        page.context.add_cookies([{**token, "url": server.url}])
        found.cold = painted(page, url)
        found.paints = [painted(page, url) for _ in range(5)]
        grid = page.get_by_role("grid")
        grid.evaluate(OURS_CLOCK)

        def cell(edit: int, name: str) -> Locator:
            row = 2 + (edit * 3) % 15  # in view, so that no scrolling is measured
            return page.locator(f'[role="gridcell"][data-row="{row}"][data-column="{name}"]')

        def judged(edit: int, name: str, typed: Locator) -> tuple[object, object]:
            return typed.get_attribute("aria-invalid") == "true", is_bad(edit)

        found.edits, found.cpu = measure_edits(page, server.process.pid, EDITS, cell, judged)
        for turn in range(5):
            block = "\r\n".join(
                f"CR-P{turn}{n:04}\t2026-03-{n % 27 + 1:02}\t{'-' * (n % 20 == 0)}{n + 1}.50"
                for n in range(PASTED_ROWS)
            )
            page.evaluate("text => navigator.clipboard.writeText(text)", block)
            page.locator('[role="gridcell"][data-row="2"][data-column="Credit #"]').click()
            page.keyboard.press("Control+v")
            done = len(found.edits) + WARM_UP + turn + 1
            found.pastes.append(waits(page, done)[done - 1])
            pasted = page.locator('[role="gridcell"][data-row="2"]')
            seen = [pasted.locator(f'xpath=self::*[@data-column="{name}"]').inner_text() for name in PASTED]
            require(f"paste {turn + 1}", [text.strip() for text in seen], block.splitlines()[0].split("\t"))
    return found


def measure_peer(browser: Browser, rows: int, server: Any) -> Measured:
    """The peer's page on the same rows."""
    found = Measured()
    with tab(browser, ".ag-cell") as page:
        found.cold = painted(page, server.url)
        found.paints = [painted(page, server.url) for _ in range(3)]
        page.wait_for_selector("#answered", state="attached")
        frame: Frame = page.frames[-1]
        page.wait_for_timeout(2_000)
        page.evaluate(PEER_CLOCK)

        def cell(edit: int, name: str) -> Locator:
            row = (edit * 3) % 15
            return frame.locator(f'.ag-row[row-index="{row}"] .ag-cell[col-id="{name}"]')

        wrong = PeerRows(rows, page)

        def judged(edit: int, name: str, _typed: Locator) -> tuple[object, object]:
            return wrong.seen_and_wanted(edit, name)

        edits = PEER_EDITS if rows <= 10_000 else SLOW_PEER_EDITS
        found.edits, found.cpu = measure_edits(page, server.process.pid, edits, cell, judged)
    return found


def print_table(rows: int, found: dict[str, Measured]) -> None:
    """The lines of one size; ratios are to ours."""
    ours = found["Komet Import"]

    def line(what: str, figure: Callable[[Measured], float | None]) -> None:
        base = figure(ours) or 0.0
        texts = []
        for measured in found.values():
            value = figure(measured)
            texts.append(
                f"{'—':>10}{'':>9}" if value is None else f"{value:>10,.0f}{value / max(base, 1):>8.1f}×"
            )
        print(f"{rows:>8,}  {what:<18}{''.join(texts)}", flush=True)

    line("first paint, cold", lambda m: m.cold)
    line("first paint", lambda m: m.paint)
    line("edit, p50", lambda m: m.edit(0.5))
    line("edit, p95", lambda m: m.edit(0.95))
    line("edit, CPU", lambda m: m.cpu)
    line(f"paste {PASTED_ROWS} × 3", lambda m: m.paste)


def print_verdict(measured: dict[int, Measured]) -> None:
    """The aims, and whether they are met at the largest size."""
    rows = max(measured)
    large, small = measured[rows], measured[min(measured)]
    growth = large.edit(0.95) / small.edit(0.95)
    for words, value, aim in (
        ("edit p95, ms", large.edit(0.95), AIM_EDIT),
        (f"edit p95 ÷ that at {min(measured):,} rows", growth, AIM_GROWTH),
        ("first paint, ms", large.paint, AIM_PAINT),
        ("first paint after a start, ms", large.cold, AIM_PAINT),
        (f"paste {PASTED_ROWS} × 3, ms", large.paste or 0, AIM_PASTE),
    ):
        met = "met" if value <= aim else "MISSED"
        print(f"{rows:,} rows: {words}: {value:,.1f}, aim {aim:,}: {met}")


def drafts(counts: list[int]) -> tuple[dict[int, str], str]:
    """The drafts' ids by rows, opened through the front door, and the token of a session."""
    from bench.ours import prepare
    from komet_import import services
    from komet_import.access import sessions
    from komet_import.ledger import database
    from komet_import.sheets.files import reader
    from komet_import.types import OPEN_CREDITS

    user = prepare()
    made = {
        rows: services.open_file(user, OPEN_CREDITS, f"credits-{rows}.xlsx", credits_workbook(rows))
        for rows in counts
    }
    for batch_id in made.values():  # what is asked stands before the grid until somebody has answered
        while asked := services.open_questions(services.view(user, batch_id)):
            services.answer(user, batch_id, asked[0].kind, asked[0].column, asked[0].options[0].answer)
    reader._forget()
    with database.transaction() as session:
        ticket = sessions.open_ticket(session, user_id=user.id, browser="bench")
        token = sessions.redeem_ticket(session, ticket=ticket, browser="bench")
    database.engine().dispose()
    assert token is not None
    return made, token


def main(counts: list[int], *, peer: bool = True) -> None:
    """Print the table."""
    from bench.serving import AS_MADE, serving
    from komet_import import settings
    from komet_import.web.shared.auth import SESSION_COOKIE

    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        folder = Path(name)
        url = f"sqlite:///{folder / 'komet.sqlite3'}"
        os.environ["KOMET_DATABASE_URL"] = url
        settings.settings.cache_clear()
        made, token = drafts(counts)
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-headless-shell"),
            args=["--headless=new", "--no-sandbox", "--disable-gpu"],
        )
        sides = ["Komet Import", *["streamlit-aggrid"] * peer]
        print(f"{'rows':>8}  {'milliseconds':<18}{''.join(f'{side:>19}' for side in sides)}")
        measured = {}
        for rows in counts:
            found = {}
            with serving(
                "app.py", folder, KOMET_DATABASE_URL=url, KOMET_PUBLIC_URL=PUBLIC_URL, **AS_MADE
            ) as server:
                cookie = {"name": SESSION_COOKIE, "value": token}
                found["Komet Import"] = measure_ours(browser, rows, made[rows], server, cookie)
            if peer:
                with serving("bench/peer_aggrid.py", folder, str(rows)) as server:
                    found["streamlit-aggrid"] = measure_peer(browser, rows, server)
            print_table(rows, found)
            measured[rows] = found["Komet Import"]
        browser.close()
    print_verdict(measured)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        [int(w.replace(",", "")) for w in given if w != "--alone"] or list(ROWS), peer="--alone" not in given
    )
