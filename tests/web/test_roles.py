"""Every page and link, for whoever is signed out and for every role there is: what each is told.

By the socket of a tab, without its browser: what the server tells is what a person may learn, shown or not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.RootContainer_pb2 import RootContainer

from komet_import import services, types
from komet_import import settings as settings_module
from komet_import.access import password_hashes, roles
from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.types import ImportType, Meaning, Role
from komet_import.web import router
from tests.browser.conftest import Server, running
from tests.services import workspace
from tests.web.tabs import Tab, tab, token_of

NOT_YOURS = "have access to this page."
UNKNOWN = "q" * 26
"""An ID as they look, which no batch has."""
FILE = "Forbidden.xlsx"
"""The name of every file here: who may not see its batch is not told it, however it is written."""
LINKS = [(page, type.slug) for page in ("report", "review") for type in types.ALL.values()]
PLAIN = [screen for screen in router.SCREENS if screen.path not in {page for page, _ in LINKS}]
WITH_COOKIES = "komet_browser=one-that-takes-cookies"


@dataclass(frozen=True, kw_only=True)
class Office:
    """A server, one person of each role, and a posted and an unfinished batch of each type (LINKS)."""

    server: Server
    staff: dict[Role, CurrentUser]
    batches: dict[tuple[str, str], str]


def values(type: ImportType, tag: str, money: Decimal) -> list[object]:
    """A good row of any type, by what its columns mean."""
    told = {
        Meaning.PARTY: "FL219",
        Meaning.NUMBER: tag,
        Meaning.DAY: workspace.DAY,
        Meaning.MONEY: money * (type.sign.factor if type.sign else 1),
        Meaning.LOCATION: "MIA",
        Meaning.REFERENCE: tag,
        Meaning.RECORD: tag,
        Meaning.NAME: f"Blooms of {tag}",
    }
    return [told.get(column.meaning, "") for column in type.columns]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("offices")
    url = f"sqlite:///{folder / 'komet.sqlite3'}"
    batches: dict[tuple[str, str], str] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(password_hashes, "BCRYPT_COST", 4)
        patch.setenv("KOMET_DATABASE_URL", url)
        settings_module.settings.cache_clear()
        database.upgrade()
        people, _ = workspace.made(2)
        staff = {role: workspace.person(f"one-{role.name.lower()}", role) for role in Role}
        for count, (page, slug) in enumerate(LINKS):
            type = types.ALL[slug]
            batches[page, slug] = workspace.opened(
                people.ada,
                values(type, f"N{count}", Decimal(10 + count)),
                headers=[column.name for column in type.columns],
                type=type,
                file_name=FILE,
            )
            if page == "report":
                services.post(people.ada, batches[page, slug])
        database.engine().dispose()
    settings_module.settings.cache_clear()
    with running(url, folder) as started, pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOMET_DATABASE_URL", url)
        settings_module.settings.cache_clear()
        yield Office(server=started, staff=staff, batches=batches)
        assert "Traceback" not in started.log.read_text()


@pytest.fixture(autouse=True)
def _its_database(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMET_DATABASE_URL", f"sqlite:///{office.server.log.parent / 'komet.sqlite3'}")
    settings_module.settings.cache_clear()


def named_in_the_menu(drawn: Tab) -> set[str]:
    links = (told.delta.new_element.page_link for told in drawn.told if _in_the_sidebar(told))
    return {link.label for link in links if link.label}


def _in_the_sidebar(told: ForwardMsg) -> bool:
    return list(told.metadata.delta_path[:1]) == [RootContainer.SIDEBAR]


def headings(drawn: Tab) -> list[str]:
    return [told.delta.new_element.heading.body for told in drawn.told if told.delta.new_element.heading.body]


@pytest.mark.parametrize("role", Role)
def test_every_page_and_every_link_tells_a_role_what_it_may_see(office: Office, role: Role) -> None:
    somebody = office.staff[role]
    allowed = {screen.title for screen in PLAIN if screen.may(somebody)}
    with tab(office.server.url, token_of(somebody.id)) as theirs:
        for screen in PLAIN:
            drawn = theirs.ask(page=screen.path).drawn()
            assert named_in_the_menu(theirs) == allowed, "the menu names what is shown, and nothing else"
            assert (NOT_YOURS in drawn) == (screen.title not in allowed), screen.title
            assert (screen.title in headings(theirs)) == (screen.title in allowed), screen.title
            assert "Something went wrong" not in drawn
            if screen.path == "messages":
                may = bool(roles.types_for(somebody.roles))
                for words in ("Results of your imports", "No mail server", "When you import"):
                    assert (words in drawn) == may, "of imports it speaks to who may import"
                assert ("Ask an Admin if you need to import" in drawn) != may
        unknown = {}
        for page in ("report", "review"):
            assert NOT_YOURS in theirs.ask(f"batch={UNKNOWN}", page=page).drawn()
            unknown[page] = texts(theirs)
        for (page, slug), batch in office.batches.items():
            drawn = theirs.ask(f"batch={batch}", page=page).drawn()
            assert "Something went wrong" not in drawn
            if role in types.ALL[slug].roles:
                assert "Forbidden" in drawn and NOT_YOURS not in drawn, (page, slug)
            else:
                assert "Forbidden" not in drawn and texts(theirs) == unknown[page], (page, slug)
        for (page, slug), batch in office.batches.items():
            other = "report" if page == "review" else "review"
            drawn = theirs.ask(f"batch={batch}", page=other).drawn()
            if role in types.ALL[slug].roles:
                said = "is not imported yet" if other == "report" else "already imported"
                assert said in drawn and "Forbidden" in drawn and NOT_YOURS not in drawn, (other, slug)
            else:
                assert "Forbidden" not in drawn and texts(theirs) == unknown[other], (other, slug)


def test_the_address_of_a_report_that_is_none_leads_to_the_sheet_and_to_where_its_rows_were_rejected(
    office: Office,
) -> None:
    rita = office.staff[Role.ACCOUNTS_RECEIVABLES]
    bad, good = workspace.credit("BAD", amount=-1), workspace.credit("GOOD")
    posted = workspace.opened(rita, bad, good, file_name="first.xlsx")
    services.post(rita, posted)
    draft = services.fix_rejected(rita, posted)
    with tab(office.server.url, token_of(rita.id)) as theirs:
        assert "is not imported yet" in theirs.ask(f"batch={draft}", page="report").drawn()
        links = [told.delta.new_element.page_link for told in theirs.told if not _in_the_sidebar(told)]
        ways = [(link.page, link.label, link.query_string) for link in links if link.label]
        assert ways == [
            ("review", "Review", f"batch={draft}"),
            ("report", r"first\.xlsx", f"batch={posted}"),
        ]
        services.discard(rita, draft)
        drawn = theirs.ask(f"batch={draft}", page="report").drawn()
        assert "was deleted" in drawn and theirs.widget("Restore")


def texts(drawn: Tab) -> list[str]:
    """Every element that was drawn, but for the frame's own scripts, which come when a page is changed."""
    elements = [told.delta.new_element for told in drawn.told if told.delta.HasField("new_element")]
    return [str(element) for element in elements if element.WhichOneof("type") != "html"]


@pytest.mark.parametrize("screen", router.SCREENS, ids=lambda screen: screen.title)
def test_whoever_is_signed_out_gets_the_form_on_every_page_and_link(
    office: Office, screen: router.Screen
) -> None:
    of_this_page = [batch for (page, _), batch in office.batches.items() if page == screen.path]
    with tab(office.server.url, None, Cookie=WITH_COOKIES) as stranger:
        for batch in [UNKNOWN, *of_this_page]:
            drawn = stranger.ask(f"batch={batch}", page=screen.path).drawn()
            assert stranger.widget("User name") and stranger.widget("Password")
            assert "/sign-out" not in drawn and "Forbidden" not in drawn
            assert named_in_the_menu(stranger) == set()
            assert screen.title not in headings(stranger)
