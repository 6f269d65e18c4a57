"""The Locations page in Chromium: a company's places are set up without touching the database."""

from playwright.sync_api import Page, expect

from komet_import.ledger import database, locations
from tests.browser.axe import serious
from tests.browser.conftest import StartServer
from tests.browser.driving import settled, sign_in


def codes() -> list[tuple[str, str]]:
    with database.reading() as session:
        return [(place.code, place.name) for place in locations.all(session)]


def add(page: Page, code: str, name: str) -> None:
    form = page.get_by_test_id("stForm").filter(has=page.get_by_role("button", name="Add location"))
    form.get_by_role("textbox", name="Code").fill(code)
    form.get_by_role("textbox", name="Name").fill(name)
    form.get_by_role("button", name="Add location").click()


def choose(page: Page, words: str) -> None:
    page.get_by_role("combobox", name="Location").click()
    page.get_by_role("option", name=words).click()


def test_an_admin_adds_changes_and_removes_places(ada: str, server: StartServer, page: Page) -> None:
    page.goto(f"{server(ada).url}/locations")
    sign_in(page, "ada")
    main = page.get_by_role("main")
    expect(main.get_by_text("No locations")).to_be_visible()
    settled(page)
    assert serious(page) == []
    add(page, "MIA", "Miami <b>*x*</b>")
    expect(main.get_by_text("MIA is added.")).to_be_visible()
    expect(
        main.get_by_text("With a second location every credit and every invoice must name one")
    ).to_be_visible()

    add(page, "mia", "Again")
    expect(main.get_by_text("There is a location “mia” already; choose another code.")).to_be_visible()
    add(page, "LXA", "Los Angeles")
    expect(main.get_by_text("No customer belongs to LXA, MIA yet")).to_be_visible()
    table = page.get_by_role("table")
    expect(table.get_by_role("rowheader")).to_have_text(["LXA", "MIA"])
    expect(table.get_by_text("Miami <b>*x*</b>")).to_be_visible()

    choose(page, "LXA · Los Angeles")
    change = page.get_by_test_id("stForm").filter(has=page.get_by_role("button", name="Change location"))
    change.get_by_role("textbox", name="Code").fill("LAX")
    change.get_by_role("button", name="Change location").click()
    expect(main.get_by_text("LAX is Los Angeles now.")).to_be_visible()
    expect(table.get_by_role("rowheader")).to_have_text(["LAX", "MIA"])

    choose(page, "MIA")
    page.get_by_role("button", name="Delete").click()
    expect(main.get_by_text("MIA is deleted.")).to_be_visible()
    assert codes() == [("LAX", "Los Angeles")]
