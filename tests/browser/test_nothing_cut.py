"""Every page has room for its texts in Spanish, and in a language 40 % longer; so has what opens on it. All
can be used by whoever does not see it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from komet_import.access import users
from komet_import.access.users import CurrentUser
from komet_import.language.current import Language
from komet_import.ledger import database
from komet_import.web import router
from tests.browser.axe import serious
from tests.browser.conftest import Server
from tests.browser.cut_texts import cut, cut_at_each_width
from tests.browser.driving import MAIN, person, settled, signed_in
from tests.browser.opened_parts import PATHS, parts, shown_to_ada
from tests.outbox.people import eventually


@pytest.fixture
def ada(demo_server: Server) -> CurrentUser:
    return person("ada")


@contextmanager
def read_in(person: CurrentUser, language: Language) -> Iterator[None]:
    """The person reads that language while the block lasts."""
    _choose(person, language)
    try:
        yield
    finally:
        _choose(person, Language.ENGLISH)


def _choose(person: CurrentUser, language: Language) -> None:
    with database.transaction() as session:
        users.read_in(session, user_id=person.id, language=language)


MIDDLES = """controls => controls.map(control => {
    const { top, height } = control.getBoundingClientRect();
    return top + height / 2;
})"""


def filters_on_one_line(page: Page) -> None:
    """Measured at one moment, and again where what is above them has just come."""
    page.set_viewport_size({"width": 1280, "height": 800})
    controls = ("stButtonGroup", "stTextInput", "stSelectbox", "stCheckbox")
    shown = page.locator(",".join(f"[data-testid={kind}]" for kind in controls))
    expect(shown.nth(4)).to_be_visible()

    def on_one_line() -> bool:
        middles = shown.evaluate_all(MIDDLES)
        return len(middles) >= 5 and max(middles) - min(middles) < 10

    eventually(on_one_line)


@pytest.mark.parametrize("language", [Language.SPANISH, Language.PSEUDO])
def test_no_text_of_any_page_is_cut_all_titles_stand_at_one_height_and_axe_finds_nothing_serious(
    demo_server: Server, page: Page, context: BrowserContext, ada: CurrentUser, language: Language
) -> None:
    signed_in(context, "ada", url=demo_server.url)
    about = shown_to_ada(f"CUT-{language.upper()}")
    found: dict[str, list[object]] = {}
    tops: dict[str, int] = {}
    with read_in(ada, language):
        for screen in router.SCREENS:
            page.goto(about.address(screen.path))
            expect(page.locator("html")).to_have_attribute("lang", language)
            title = page.locator(MAIN).locator("h1")
            expect(title).to_be_visible()
            settled(page)
            if screen.path != "review":  # its rows have all the room
                tops[screen.path] = round((title.bounding_box() or {"y": -1})["y"])
            if screen.path == "balances" and language is Language.SPANISH:
                filters_on_one_line(page)
            found[screen.path] = [*cut_at_each_width(page)]
            if language is Language.SPANISH:  # the longer one is no language that there is
                found[screen.path] += serious(page)
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert max(tops.values()) - min(tops.values()) <= 4, tops


def test_what_opens_on_a_page_has_room_for_longer_texts_and_is_there_for_whoever_does_not_see_it(
    demo_server: Server, page: Page, context: BrowserContext, ada: CurrentUser
) -> None:
    signed_in(context, "ada", url=demo_server.url)
    about = shown_to_ada("OPENED")
    found: dict[str, list[object]] = {}
    with read_in(ada, Language.PSEUDO):
        for path in PATHS:
            page.goto(about.address(path))
            settled(page)
            for part in parts(page, path, Language.PSEUDO):
                name = f"{path}: {part.name}"
                found[name] = [*cut_at_each_width(page, part.within), *serious(page, within=part.within)]
    assert len(found) > len(PATHS) and {name: faults for name, faults in found.items() if faults} == {}


LONG = "Filas rechazadas que siguen abiertas"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (f"<p style='width:9em'>{LONG}</p>", ""),
        (f"<p style='width:9em;overflow:hidden;text-overflow:ellipsis;white-space:nowrap'>{LONG}</p>", "cut"),
        (f"<div style='width:9em;overflow:hidden'><p style='width:40em'>{LONG}</p></div>", "cut"),
        (f"<div style='width:9em;overflow:auto'><p style='width:40em'>{LONG}</p></div>", ""),
        (f"<div style='width:9em;height:1.2em;overflow:hidden'>{LONG}</div>", "cut below"),
        (f"<p style='white-space:nowrap;margin-left:85vw'>{LONG}</p>", "past the window"),
        (f"<p>{LONG}</p><p style='margin-top:-1.8em'>{LONG}</p>", "over each other"),
        (f"<input style='width:9em' placeholder='{LONG}'>", "cut"),
        (f"<input role=combobox style='width:9em' value='{LONG}'>", "cut"),
        (f"<input style='width:9em' value='{LONG}'>", ""),
        (f"<p role=gridcell style='width:9em;overflow:hidden;white-space:nowrap'>{LONG}</p>", ""),
    ],
)
def test_a_text_that_is_cut_is_found(page: Page, html: str, said: str) -> None:
    page.set_content(f"<!doctype html><body style='margin:0'>{html}")
    found = cut(page)
    assert found == [] if not said else found and found[0].startswith(said)
