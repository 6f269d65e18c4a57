"""What opens on the pages: dialogs, panels below buttons, tabs, forms that unfold; one after the other.

Whoever looks at pages looks at these, too: whether there is room in each for its texts, and whether it can be
read by whoever does not see it. They are opened by the words of the language in which the page is read.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from komet_import import services
from komet_import.language import _
from komet_import.language.current import Language, speaking
from komet_import.settings import settings
from komet_import.types import OPEN_CREDITS
from komet_import.types.schema import counted
from tests.browser import companies
from tests.browser.axe import DIALOG
from tests.browser.driving import MAIN, WHO, Review, button, person, settled
from tests.browser.reviewing import BALANCE, CODE, DAY
from tests.browser.sheets import Row, good_rows, workbook

MUCH = 1_000_000
"""So much money needs a second person."""
POPOVER = "[data-testid=stPopoverBody]"
"""What a button has opened below itself."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Something that has just opened: what it is, and the selector of what belongs to it."""

    name: str
    within: str


@dataclass(frozen=True, kw_only=True)
class About:
    """What the pages show: a draft with problems and something to confirm, an import with rejected rows, and
    a draft that waits for approval, by their ID."""

    draft: str
    posted: str
    waiting: str

    def address(self, path: str) -> str:
        """That of a page; `approve` is Review of what waits for approval."""
        batches = {"review": self.draft, "report": self.posted, "approve": self.waiting}
        query = f"?batch={batches[path]}" if path in batches else ""
        return f"{settings().public_url}/{'review' if path == 'approve' else path}{query}"


def shown_to_ada(tag: str) -> About:
    """Made through the front door; what she remembers is remembered once."""
    ada = person("ada")
    if not services.remembered_values(ada):
        companies.remembered(ada)
    posted = _opened(f"{tag}-posted", _faulty(6, tag=f"{tag}P"))
    services.post(ada, posted)
    rows = _faulty(9, tag=f"{tag}D")
    rows[4][DAY] = "03/04/2026"
    rows[6] = rows[7] = [rows[7][CODE], None, *rows[7][DAY:]]
    draft = _opened(f"{tag}-draft", rows)
    services.expect(ada, draft, rows="10", amount="1200")
    return About(draft=draft, posted=posted, waiting=_waiting(tag))


def _waiting(tag: str) -> str:
    """What somebody else prepared, for Ada to decide about."""
    rita, rows = person("rita"), good_rows(3, tag=f"{tag}W")
    rows[0][BALANCE] = MUCH
    with companies.asking_for_approval():
        waiting = services.open_file(rita, OPEN_CREDITS, f"{tag}-waiting.xlsx", workbook(rows))
        companies.confirm_all(rita, waiting)  # so much is unusual for who has been here for a while
        services.send(rita, waiting)
    return waiting


def _faulty(count: int, *, tag: str) -> list[Row]:
    rows = good_rows(count, tag=tag)
    rows[1][CODE], rows[2][CODE], rows[3][BALANCE] = "NOBODY", "FL2O1", -2
    return rows


def _opened(name: str, rows: list[Row]) -> str:
    return services.open_file(person("ada"), OPEN_CREDITS, f"{name}.xlsx", workbook(rows))


def parts(page: Page, path: str, language: Language) -> Iterator[Part]:
    """Open what there is on the page that stands there for Ada, who reads that language. What is done between
    two parts must leave them open; then each is closed."""
    steps = _WALKS[path](page)
    while True:
        with speaking(language):
            part = next(steps, None)
        if part is None:
            return
        settled(page)
        yield part


def _dialog(page: Page, name: str) -> Iterator[Part]:
    expect(page.locator(DIALOG)).to_be_visible()
    yield Part(name=name, within=DIALOG)
    page.keyboard.press("Escape")
    expect(page.locator(DIALOG)).to_have_count(0)


def _popover(page: Page, name: str) -> Iterator[Part]:
    expect(page.locator(f"{POPOVER}:visible")).to_be_visible()
    yield Part(name=name, within=POPOVER)
    page.keyboard.press("Escape")
    expect(page.locator(f"{POPOVER}:visible")).to_have_count(0)


def _home(page: Page) -> Iterator[Part]:
    page.locator("[class*=st-key-paste-] button").first.click()
    yield from _popover(page, "paste rows")
    page.locator("[class*=st-key-delete-] button:visible").first.click()
    yield from _dialog(page, "delete a draft")
    page.locator(WHO).click()
    yield from _popover(page, "menu of the person")


def _people(page: Page) -> Iterator[Part]:
    button(page, _("Change"), exact=True).first.click()
    yield from _dialog(page, "change a user")


def _remembered(page: Page) -> Iterator[Part]:
    for place, noun in enumerate(("values", "layouts")):
        table = page.get_by_test_id("stDataFrame").nth(place)
        asking = page.locator(f".st-key-forget-{noun} button:visible")
        expect(asking).to_be_disabled()
        settled(page)  # nothing moves any more
        table.click(position={"x": 16, "y": 38 + 16})  # the box of the first row is drawn on a canvas
        expect(asking).to_be_enabled()
        asking.click()
        yield from _dialog(page, f"forget {noun}")


def _money(page: Page) -> Iterator[Part]:
    button(page.locator(MAIN), _("Export")).click()
    expect(page.locator(f"{POPOVER}:visible").locator("a")).not_to_have_count(0)
    yield from _popover(page, "export")


def _places(page: Page) -> Iterator[Part]:
    page.locator(MAIN).get_by_role("combobox").first.click()
    page.get_by_role("option").first.click()
    expect(button(page, _("Change location"))).to_be_visible()
    yield Part(
        name="change a location", within="[data-testid=stForm]:has([class*=st-key-FormSubmitter-change])"
    )
    adding = "[data-testid=stForm]:has([class*=st-key-FormSubmitter-add])"
    yield Part(name="add a location", within=adding)
    button(page.locator(adding), _("Add location")).click()
    expect(page.locator(f"{MAIN} [data-testid=stAlert]")).to_be_visible()
    yield Part(name="a location without a code", within=MAIN)


def _review(page: Page) -> Iterator[Part]:
    review = Review(page).past_the_panel()
    yield Part(name="the rows", within="[data-testid=stMain]")
    for key in ("filter-", "review-totals", "review-details"):
        page.locator(f"[class*=st-key-{key}] button:visible").click()
        yield from _popover(page, key.removesuffix("-"))
    page.locator("[class*=st-key-other-]").get_by_role("button").first.click()
    yield from _dialog(page, "fix values")
    for key in ("fix-many", "show-keys", "delete-draft"):
        page.locator(f".st-key-{key} button:visible").click()
        yield from _dialog(page, key)
    review.type(2, "Comments", "changed")
    for place, name in ((2, "edits"), (1, "balances")):
        page.locator("[role=tab]").nth(place).click()
        yield Part(name=name, within="[role=tabpanel]")
    review.button.click()
    expect(page.locator(f"{DIALOG} .komet-bars")).to_be_visible()
    yield from _dialog(page, "confirm")


def _approve(page: Page) -> Iterator[Part]:
    page.locator(".st-key-return button").click()
    yield from _dialog(page, "return this import")
    yield Part(name="the bar of who approves", within="[data-testid=stBottom]")


def _report(page: Page) -> Iterator[Part]:
    button(page, _("Drop rows…")).click()
    yield from _popover(page, "drop rows")
    page.get_by_text(_("Reverse this import")).click()
    expect(button(page, _("Reverse {counted}", counted=counted(3, OPEN_CREDITS.noun)))).to_be_visible()
    yield Part(name="reverse", within="[data-testid=stExpander]:has([class*=st-key-reverse-reason])")


_WALKS: Mapping[str, Callable[[Page], Iterator[Part]]] = {
    "": _home,
    "users": _people,
    "remembered": _remembered,
    "balances": _money,
    "locations": _places,
    "review": _review,
    "approve": _approve,
    "report": _report,
}
PATHS = tuple(_WALKS)
"""The pages on which something opens."""
