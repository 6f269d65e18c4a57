"""The rows are the page: how many of them are in view in usual windows, at 200 % zoom and on a phone."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.reviewing import open_review
from tests.browser.sheets import good_rows
from tests.outbox.people import eventually

IN_VIEW = """grid => {
  const frame = grid.closest(".scroll").getBoundingClientRect();
  const head = grid.querySelector("thead tr").getBoundingClientRect();
  const below = document.querySelector("[data-testid=stBottom]").getBoundingClientRect().top;
  const end = Math.min(frame.bottom, below);
  const rows = [...grid.querySelectorAll("tbody tr")].map(row => row.getBoundingClientRect());
  const last = [...grid.querySelectorAll("thead th")].at(-1).getBoundingClientRect();
  const pager = grid.getRootNode().querySelector(".pager").getBoundingClientRect();
  const search = document.querySelector(".st-key-review-toolbar input").getBoundingClientRect();
  return {
    rows: rows.filter(row => row.top >= head.bottom - 1 && row.bottom <= end).length,
    share: (end - frame.top) / innerHeight,
    last: frame.right - last.right,
    beside: [search.top, below - pager.bottom],
  };
}"""
"""Rows that are seen whole, the grid's share of the window's height, the room right of the last column, that
above the search and that below the pager."""
BELOW_THE_BRAND = """() => {
  const brand = document.querySelector("[data-testid=stHeader] img").getBoundingClientRect();
  const under = document.elementsFromPoint(brand.right + 4, brand.top + brand.height / 2);
  const ground = part => getComputedStyle(part).backgroundColor !== "rgba(0, 0, 0, 0)";
  return under.find(ground).tagName;
}"""
"""The first part with a ground of its own where the brand is."""


def test_the_rows_have_most_of_every_window(tab: Page) -> None:
    rows = good_rows(60, tag="ROOM")
    rows[3][0] = "NOBODY"
    review = open_review(tab, "ROOM", rows)

    def seen(width: int, height: int) -> dict[str, Any]:
        tab.set_viewport_size({"width": width, "height": height})
        return dict(review.grid.evaluate(IN_VIEW))

    eventually(lambda: seen(1280, 800)["rows"] >= 16)
    assert seen(1280, 800)["last"] >= -1, "every column is in view, the last one too"
    eventually(lambda: seen(1440, 900)["rows"] >= 20)
    for width, height in ((720, 450), (640, 400)):
        eventually(lambda w=width, h=height: seen(w, h)["share"] >= 0.5 and min(seen(w, h)["beside"]) >= 0)
    tab.locator("main").evaluate("main => main.scrollTo(0, 200)")
    eventually(lambda: tab.evaluate(BELOW_THE_BRAND) == "HEADER")  # the menu slides away; rows go behind it
    eventually(lambda: seen(390, 844)["share"] >= 0.5)


def test_on_a_phone_deleting_and_importing_have_one_line(tab: Page) -> None:
    rows = good_rows(60, tag="LINE")
    rows[3][0] = "NOBODY"
    open_review(tab, "LINE", rows)

    def placed(width: int) -> list[dict[str, float]]:
        tab.set_viewport_size({"width": width, "height": 844})
        return [
            tab.locator(f".st-key-{key} button").bounding_box() or {} for key in ("delete-draft", "import")
        ]

    def middles(width: int) -> list[float]:
        return [box["y"] + box["height"] / 2 for box in placed(width)]

    for width in (320, 390):
        eventually(lambda w=width: abs(middles(w)[0] - middles(w)[1]) <= 2)
        delete, importing = placed(width)
        assert delete["width"] >= 32 and importing["x"] >= delete["x"] + delete["width"]
        assert importing["x"] + importing["width"] > width - 24, "the one button has the rest of the line"
    expect(tab.get_by_role("button", name="Delete draft…")).to_be_visible()


def test_columns_fit_into_what_the_page_leaves_them_though_it_is_drawn_after_them(tab: Page) -> None:
    tab.set_viewport_size({"width": 1800, "height": 900})
    review = open_review(tab, "LATE", good_rows(20, tag="LATE"))
    tab.set_viewport_size({"width": 1280, "height": 800})
    eventually(lambda: review.grid.evaluate(IN_VIEW)["last"] >= -1)
