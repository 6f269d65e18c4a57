"""Every page, for whoever is signed out and for every role of the demo: what each is shown."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from komet_import import services
from komet_import.access import users
from komet_import.ledger import database
from komet_import.ledger.models import Batch, BatchStatus, User
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from tests.browser.conftest import Server, using_database
from tests.browser.driving import expect_sign_in_form, signed_in
from tests.browser.sheets import good_rows, workbook

NOT_YOURS = "You don't have access to this page."
Shown = Callable[[str], str]
UNKNOWN = "q" * 26
"""An ID as they look, which no batch has."""

HEADINGS = {
    "/": "Data import",
    "/history": "History",
    "/balances": "Balances",
    "/messages": "Messages",
    "/account": "Account",
    "/users": "Users",
    "/locations": "Locations",
    "/periods": "Periods",
    "/mail": "Outgoing email",
    "/audit": "Audit trail",
}
IMPORTERS = ("rita", "carl", "petra", "sam", "sofia", "shin")
EVERYBODY = (*IMPORTERS, "ada", "lou")
ADMINS_ONLY = dict.fromkeys(("/users", "/locations", "/mail", "/audit"), ("ada",))
WITHHELD = {**ADMINS_ONLY, "/periods": ("sofia", "ada"), "/balances": (*IMPORTERS, "ada")}
"""Pages that only these people may see; others are for everybody."""
MAY_SEE = {
    "credits": (*IMPORTERS, "ada"),
    "customers": ("ada",),
}


@pytest.fixture(scope="module")
def batches(_demo: tuple[Server, str]) -> dict[str, str]:
    """An unfinished and a posted batch of each type, by page and type."""
    found: dict[str, str] = {}
    with using_database(_demo[1]):
        with database.reading() as session:
            admin = session.exec(select(User.id).where(User.username == "ada")).one()
            ada = users.current(session, admin or 0)
            assert ada is not None
            found["/report credits"] = session.exec(
                select(Batch.id).where(Batch.status == BatchStatus.POSTED).order_by(col(Batch.posted_at))
            ).all()[0]
        found["/review credits"] = services.open_file(
            ada, OPEN_CREDITS, "unfinished.xlsx", workbook(good_rows(2, tag="ROLES"))
        )
        for page, code in (("/report", "N901"), ("/review", "N902")):
            content = workbook([[code, "A new one"]], headers=("Customer Code", "Customer Name"))
            found[f"{page} customers"] = services.open_file(ada, CUSTOMERS, "new-customers.xlsx", content)
        services.post(ada, found["/report customers"])
    return found


@pytest.fixture
def tab(demo_server: Server, page: Page, username: str) -> Page:
    """A tab in which this person is signed in."""
    signed_in(page.context, username, url=demo_server.url)
    return page


@pytest.fixture
def shown(demo_server: Server, tab: Page) -> Shown:
    """Open an address in that tab, wait until the page is done, and give all the text that is shown."""

    def show(address: str) -> str:
        tab.goto(demo_server.url + address)
        main = tab.get_by_role("main")
        expect(main.get_by_role("heading").or_(main.get_by_text(NOT_YOURS)).first).to_be_visible()
        expect(tab.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        text = main.inner_text()
        assert "Something went wrong" not in text
        return text

    return show


@pytest.mark.parametrize("username", EVERYBODY)
def test_every_page_shows_a_role_what_it_may_see(
    tab: Page, shown: Shown, batches: dict[str, str], username: str
) -> None:
    main = tab.get_by_role("main")
    for path in HEADINGS:
        text = shown(path)
        if username not in WITHHELD.get(path, EVERYBODY):
            assert NOT_YOURS in text, path
            expect(main.get_by_role("heading")).to_have_count(0)
        else:
            expect(main.get_by_role("heading", name=HEADINGS[path], exact=True)).to_be_visible()
            assert NOT_YOURS not in text, path
    menu = tab.locator("[class*=st-key-menu-]").get_by_role("link")
    seen = [name for path, name in HEADINGS.items() if username in WITHHELD.get(path, EVERYBODY)]
    seen.remove("Account")  # stands under the person's name
    named = [text.splitlines()[-1] for text in menu.all_inner_texts()]  # below the icon's own name
    assert sorted(named) == sorted(seen), "the menu names what is shown, and nothing else"
    unknown = {page: shown(f"{page}?batch={UNKNOWN}") for page in ("/report", "/review")}
    assert [text for text in unknown.values() if NOT_YOURS not in text] == []
    for name, batch in batches.items():
        page, _, kind = name.partition(" ")
        text = shown(f"{page}?batch={batch}")
        if username in MAY_SEE[kind]:
            assert NOT_YOURS not in text, name
        else:
            assert text == unknown[page], name


@pytest.mark.parametrize("username", ["lou"])
def test_whoever_may_import_nothing_is_told_so_and_offered_nothing(tab: Page, shown: Shown) -> None:
    text = shown("/")
    assert "Nothing to import with your roles" in text
    assert "You hold Salesperson." in text
    expect(tab.locator("input[type=file]")).to_have_count(0)
    expect(tab.get_by_role("main").get_by_role("button")).to_have_count(0)
    history = shown("/history")
    assert "credits-" not in history and "Nothing was imported yet" not in history
    assert "Your roles (Salesperson) neither import nor see imports." in history


@pytest.mark.parametrize("username", ["ada", "rita"])
def test_only_the_types_of_ones_roles_are_offered(tab: Page, shown: Shown, username: str) -> None:
    shown("/")
    main = tab.get_by_role("main")
    expect(main.get_by_role("link", name="Download the Open Credits sample")).to_be_visible()
    expect(main.get_by_role("radio", name="Customers")).to_have_count(1 if username == "ada" else 0)
    if username == "ada":
        main.get_by_role("radio", name="Customers").click()
        expect(main.get_by_role("link", name="Download the Customers sample")).to_be_visible()
        expect(main.get_by_role("link", name="Download with existing records")).to_be_visible()


def test_whoever_is_signed_out_is_shown_the_form_and_nothing_else(
    demo_server: Server, batches: dict[str, str], page: Page
) -> None:
    addresses = [
        *HEADINGS,
        *(f"{name.split()[0]}?batch={batch}" for name, batch in batches.items()),
        f"/report?batch={UNKNOWN}",
    ]
    texts = set()
    for address in addresses:
        page.goto(demo_server.url + address)
        expect_sign_in_form(page)
        expect(page.get_by_role("button", name="Salesperson")).to_be_visible()
        texts.add(page.get_by_role("main").inner_text())
        assert page.url == demo_server.url + address
    assert len(texts) == 1
