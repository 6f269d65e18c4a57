"""Tabs of a real server whose session has ended or whose rights are other ones: with Streamlit behind."""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import delete, text

from komet_import import services
from komet_import import settings as settings_module
from komet_import.access import password_hashes, users
from komet_import.ledger import database
from komet_import.ledger.models import UserSession
from komet_import.types import Role
from komet_import.web.shared.auth import BROWSER_COOKIE, ENDED_HERE
from tests.browser.conftest import Server, running
from tests.services import workspace
from tests.services.workspace import People, credit
from tests.web.tabs import Tab, tab, token_of

NAME = "Rosas del Valle"
"""A customer's name, which nobody may be told who is signed out."""


@pytest.fixture(scope="module")
def _office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, People, str]]:
    """One server for this file with its people, and a database that others change behind its back."""
    folder = tmp_path_factory.mktemp("office")
    url = f"sqlite:///{folder / 'komet.sqlite3'}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(password_hashes, "BCRYPT_COST", 4)
        patch.setenv("KOMET_DATABASE_URL", url)
        settings_module.settings.cache_clear()
        database.upgrade()
        people, _ = workspace.made(2)
        database.engine().dispose()
    settings_module.settings.cache_clear()
    with running(url, folder) as started:
        yield started, people, url


@pytest.fixture
def office(_office: tuple[Server, People, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """That server; the test's own settings point to its database, and Rita has her role."""
    started, people, url = _office
    monkeypatch.setenv("KOMET_DATABASE_URL", url)
    settings_module.settings.cache_clear()
    workspace.forget()
    yield started
    with database.transaction() as session:
        users.set_roles(session, user_id=people.rita.id, roles=[Role.ACCOUNTS_RECEIVABLES])
    assert "Traceback" not in started.log.read_text()


@pytest.fixture
def people(_office: tuple[Server, People, str]) -> People:
    return _office[1]


def end_every_session() -> None:
    """As another server would: this one is not told."""
    with database.transaction() as session:
        session.execute(delete(UserSession))


def reviewing(rita: Tab, batch_id: str) -> str:
    """Open the Review page of a draft; what was drawn."""
    return rita.ask(f"batch={batch_id}", page="review").drawn()


def test_an_open_tab_does_nothing_and_is_told_nothing_after_its_session(
    office: Server, people: People
) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", customer="FL21"))
    with tab(office.url, token_of(people.rita.id)) as rita:
        reviewing(rita, batch_id)
        rows, many = rita.widget("Expected rows"), rita.widget("Bulk edit")
        rita.ask(f"batch={batch_id}", states={rows: "7"}).drawn()
        workspace.forget()
        assert services.view(people.rita, batch_id).batch.expected_rows == 7
        rita.ask(f"batch={batch_id}", states={many: True}).drawn()
        assert "Bulk edit" in rita.text  # the dialog is open
        end_every_session()
        for states in ({rows: "9"}, {many: True}):
            rita.ask(f"batch={batch_id}", states=states)
        assert rita.closed() == 1008
        assert "Signing in needs cookies" in rita.text and "Your session has ended." in rita.text
        assert not any(word in rita.text for word in (NAME, "Bulk edit", "CR-", "Discard"))
    workspace.forget()
    assert services.view(people.rita, batch_id).batch.expected_rows == 7


def test_a_tab_that_looks_on_ends_at_the_sign_in_form_by_itself(office: Server, people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("C"))
    with tab(office.url, token_of(people.rita.id)) as rita:
        reviewing(rita, batch_id)
        end_every_session()
        assert rita.closed(within=5) == 1008
        assert "Your session has ended." in rita.text and NAME not in rita.text


def test_a_tab_shows_what_the_roles_of_now_allow(office: Server, people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("D"))
    with tab(office.url, token_of(people.rita.id)) as rita:
        assert "Expected rows" in reviewing(rita, batch_id)
        rows = rita.widget("Expected rows")
        with database.transaction() as session:
            users.set_roles(session, user_id=people.rita.id, roles=[Role.SALESPERSON])
        rita.ask(f"batch={batch_id}", states={rows: "9"})
        drawn = rita.drawn()
        assert "Your roles were changed." in drawn and "have access to this page" in drawn
        assert "Expected rows" not in drawn
        assert "have access to this page" in rita.ask(f"batch={batch_id}", states={rows: "9"}).drawn()
    workspace.forget()
    assert services.view(people.carl, batch_id).batch.expected_rows is None


def test_a_click_on_a_page_that_the_server_has_forgotten_is_said_not_to_be_done(
    office: Server, people: People
) -> None:
    """A server that was started anew, or a connection that was away for long: nobody knows what the button
    was to do, and the page would be drawn as if nothing had been clicked."""
    batch_id = workspace.opened(people.rita, credit("G"))
    token = token_of(people.rita.id)
    with tab(office.url, token) as rita:
        reviewing(rita, batch_id)
        rows, many = rita.widget("Expected rows"), rita.widget("Bulk edit")
    for state in ("", "another-servers"):
        with tab(office.url, token, state=state) as again:
            clicked = {many: True, rows: "9"}
            drawn = again.ask(f"batch={batch_id}", page="review", states=clicked).drawn()
            assert "had lost its server, so nothing was done" in drawn
            assert "had lost its server" not in again.ask(f"batch={batch_id}", states={many: True}).drawn()
            assert "Replace with" in again.text  # the dialog is open
    with tab(office.url, token, state=rita.state) as back:
        drawn = back.ask(f"batch={batch_id}", page="review", states={many: True}).drawn()
        assert "Replace with" in drawn and "had lost its server" not in drawn


LOST = "The connection was cut as you clicked"


def test_of_a_click_before_the_connection_was_cut_it_is_said_where_it_did_not_come(
    office: Server, people: People
) -> None:
    batch_id = workspace.opened(people.rita, credit("H"))
    token, query = token_of(people.rita.id), f"batch={batch_id}"

    def back(again: Tab, teller: str, **clicked: object) -> str:
        return again.ask(query, page="review", states={teller: {"back": clicked}}).drawn()

    with tab(office.url, token) as rita:
        reviewing(rita, batch_id)
        many, teller = rita.widget("Bulk edit"), rita.teller("komet_connection")
    with tab(office.url, token, state=rita.state) as again:
        assert LOST not in back(again, teller)
        drawn = back(again, teller, clicked="Import 1 credit", ago=5, before=1, begun=False)
        assert LOST in drawn and "Import 1 credit" in drawn
        assert LOST not in back(again, teller, clicked={"odd": "things"}, ago="were told")
        at = time.monotonic()
        again.ask(query, states={many: True}).drawn()
    time.sleep(0.5)  # another click after that one may be the lost one
    with tab(office.url, token, state=rita.state) as third:
        ago = time.monotonic() - at
        assert LOST not in back(third, teller, clicked="Bulk edit", ago=ago, before=0.5, begun=False)
        time.sleep(3)  # however long a busy server takes to hear of it
        assert LOST not in back(third, teller, clicked="Bulk edit", ago=ago, before=0.5, begun=False)
        assert LOST in back(third, teller, clicked="Bulk edit", ago=0, before=0, begun=False)
    # Nothing is known of that page, but what the browser has seen.
    for begun, before, lost, perhaps in ((False, 1, 1, 0), (True, 1, 0, 1), (True, 90, 0, 0)):
        with tab(office.url, token, state="another-servers") as fresh:
            drawn = back(fresh, teller, clicked="Import 1 credit", ago=100, before=before, begun=begun)
            assert (LOST in drawn, "lost its server soon after you clicked" in drawn) == (lost, perhaps)


def test_a_tabs_state_does_not_go_to_the_next_who_signs_in(office: Server, people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("E"))
    with tab(office.url, token_of(people.rita.id)) as rita:
        reviewing(rita, batch_id)
        rows = rita.widget("Expected rows")
    with tab(office.url, token_of(people.carl.id), state=rita.state) as carl:
        carl.ask(f"batch={batch_id}", page="review", states={rows: "9"}).drawn()
        assert carl.state != rita.state
        assert "Carl" in carl.text
    with tab(office.url, None, state=rita.state) as stranger:
        stranger.ask(f"batch={batch_id}", page="review", states={rows: "9"}).drawn()
        assert stranger.state != rita.state and NAME not in stranger.text
    workspace.forget()
    assert services.view(people.rita, batch_id).batch.expected_rows is None


def test_what_is_done_while_the_database_is_away_is_answered(office: Server, people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("F"))
    token = token_of(people.rita.id)

    def rename(one: str, other: str) -> None:
        with database.transaction() as session:
            session.execute(text(f"ALTER TABLE {one} RENAME TO {other}"))

    with tab(office.url, token) as rita, ExitStack() as opened:
        reviewing(rita, batch_id)
        rows = rita.widget("Expected rows")
        rename("user_session", "lost")
        try:
            rita.ask(f"batch={batch_id}", states={rows: "9"})
            assert "The database does not answer" in rita.drawn()
            meanwhile = opened.enter_context(tab(office.url, token))
            drawn = meanwhile.ask("", page="history").drawn()
            assert "The database does not answer" in drawn and "Password" not in drawn
        finally:
            rename("lost", "user_session")
        assert "what you did last was not done" in rita.ask(f"batch={batch_id}", page="review").drawn()
        assert "was not done" not in rita.ask(f"batch={batch_id}").drawn()
        drawn = meanwhile.ask("", page="history").drawn()
        assert "History" in drawn and "was not done" not in drawn
    os.truncate(office.log, 0)  # each run has written down what it ran into, as it should
    workspace.forget()
    assert services.view(people.rita, batch_id).batch.expected_rows is None


def test_a_session_ends_on_the_page_to_which_its_tab_was_led(office: Server, people: People) -> None:
    posted = workspace.opened(people.rita, credit("L"), credit("M", customer="FL21"))
    services.post(people.rita, posted)
    with tab(office.url, token_of(people.rita.id)) as rita:
        rita.ask(f"batch={posted}", page="report").drawn()
        rita.ask(f"batch={posted}", states={rita.widget("Fix 1 row here"): True})
        while "Bulk edit" not in rita.drawn():  # the browser asked for nothing of this page
            assert "How your file was read" not in rita.text
        here = rita.page
        end_every_session()
        assert rita.closed() == 1008
        shown = [
            one.navigation.page_script_hash for one in rita.told if one.WhichOneof("type") == "navigation"
        ]
        assert shown and set(shown) == {here}
        assert "Your session has ended." in rita.text


def test_the_form_can_be_sent_over_the_socket_that_comes_after_the_closed_one(
    office: Server, people: People
) -> None:
    batch_id = workspace.opened(people.rita, credit("G"))
    browser = {"Cookie": f"{BROWSER_COOKIE}=that-of-a-test"}
    with tab(office.url, token_of(people.rita.id), **browser) as rita:
        reviewing(rita, batch_id)
        end_every_session()
        assert rita.closed() == 1008
        assert rita.senders() == [False]
        assert rita.open_fields()[-2:] == [False, False], "what is typed now would be lost with the socket"
    with tab(office.url, None, state=rita.state, **browser):
        pass  # cut before it was drawn
    with tab(office.url, None, state=rita.state, **browser) as after:
        drawn = after.drawn()  # without being asked for
        assert "Your session has ended." in drawn and NAME not in drawn
        assert after.senders() == [True]
        assert after.open_fields() == [True, True]
    with tab(office.url, None, state=rita.state, **browser, **{ENDED_HERE: "yes"}) as another:
        assert "Your session has ended." not in another.ask().drawn()
