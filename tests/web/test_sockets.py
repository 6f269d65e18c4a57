"""Open tabs: what passes to Streamlit of what they send, and how they learn that their session has ended.

The application behind the middleware is a small one that says what it was given; that Streamlit does with it
what is expected is tried in `test_tabs`.
"""

import asyncio
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlmodel import col, text
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from komet_import.access import sessions, standing, users
from komet_import.access.sessions import fingerprint
from komet_import.ledger import database
from komet_import.ledger.models import UserSession, now
from komet_import.types import Role
from komet_import.web.server import sockets, tab_messages, tab_states, tabs
from komet_import.web.shared import unanswered
from komet_import.web.shared.auth import BROWSER_COOKIE, ENDED_HERE, SESSION_COOKIE
from komet_import.web.shared.unanswered import TAB
from tests.services import workspace
from tests.services.workspace import People
from tests.web.serving import served
from tests.web.tabs import Tab, tab, token_of


@dataclass
class Streamlit:
    """What the application behind the middleware was given: messages, and for each socket its headers."""

    runs: list[BackMsg] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    interrupted: bool = False  # whether a run is asked for while another one is under way
    slow: float = 0.0  # seconds before a run begins, and again before it ends; one comes after the other
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    ended: threading.Event = field(default_factory=threading.Event)

    async def serve(self, socket: WebSocket) -> None:
        """Answer every run as Streamlit does."""
        self.headers.append(dict(socket.headers))
        named = socket.headers.get("sec-websocket-protocol", "").split(",")
        state = named[2].strip() if len(named) > 2 else f"state-{len(self.headers)}"
        await socket.accept(subprotocol="streamlit")
        try:
            while True:
                asked = BackMsg.FromString(await socket.receive_bytes())
                if asked.WhichOneof("type") != "rerun_script":
                    self.others.append(str(asked.WhichOneof("type")))
                    continue
                self.runs.append(asked)
                answering = asyncio.create_task(self._answer(socket, state))
                if not self.interrupted and not self.slow:  # or the next message comes meanwhile
                    await answering
        except WebSocketDisconnect:
            self.ended.set()

    async def _answer(self, socket: WebSocket, state: str) -> None:
        began, early, finished = ForwardMsg(), ForwardMsg(), ForwardMsg()
        began.new_session.initialize.session_id = state
        early.script_finished = ForwardMsg.FINISHED_EARLY_FOR_RERUN
        finished.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
        if self.interrupted:
            for message in (began, early):
                await socket.send_bytes(message.SerializeToString())
            await asyncio.sleep(0.2)
        async with self.turn:
            for message in (began, finished):
                await asyncio.sleep(self.slow)
                await socket.send_bytes(message.SerializeToString())

    def done(self) -> list[list[str]]:
        """For each run what the person had typed or clicked; nothing where the page was only drawn."""
        return [[state.string_value for state in run.rerun_script.widget_states.widgets] for run in self.runs]


BEHIND = Streamlit()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    @asynccontextmanager
    async def lifespan(_app: Starlette):  # type: ignore[no-untyped-def]
        async with tabs.watching():
            yield

    async def serve(socket: WebSocket) -> None:
        await BEHIND.serve(socket)

    routes = [WebSocketRoute("/_stcore/stream", serve)]
    with served(
        Starlette(routes=routes, middleware=[Middleware(sockets.Sockets)], lifespan=lifespan)
    ) as found:
        yield found


@pytest.fixture
def behind() -> Streamlit:
    """What arrives from now on."""
    BEHIND.__init__()  # type: ignore[misc]
    return BEHIND


@pytest.fixture
def people(sqlite_database: str) -> People:
    return workspace.fill()


def work(act: Callable[..., object], **how: object) -> None:
    with database.transaction() as session:
        act(session, **how)


ENDINGS: dict[str, Callable[[People, str], None]] = {
    "signed out": lambda _, token: work(lambda session: sessions.end(session, token)),
    "deactivated": lambda people, _: work(users.deactivate, user_id=people.rita.id),
    "left unused": lambda _, token: change_session(token, seen_at=now() - timedelta(hours=12)),
    "gone": lambda _, token: remove_session(token),
}
"""Ways in which a session ends (all are in `test_standing`); the last two without a word to this process."""


def change_session(token: str, **values: object) -> None:
    with database.transaction() as session:
        session.execute(
            update(UserSession).where(col(UserSession.token_hash) == fingerprint(token)).values(**values)
        )


def remove_session(token: str) -> None:
    with database.transaction() as session:
        session.execute(delete(UserSession).where(col(UserSession.token_hash) == fingerprint(token)))


def typed(tab: Tab, text: str) -> str:
    """Type something and wait for the run."""
    return tab.ask("batch=1", states={"field": text}).drawn()


def test_tabs_are_looked_at_again_after_a_look_that_went_wrong(
    address: str, behind: Streamlit, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, went_wrong = token_of(people.rita.id), threading.Event()

    def unforeseen(_token_hashes: object) -> None:
        went_wrong.set()
        raise KeyError

    with tab(address, token) as rita:
        typed(rita, "before")
        with monkeypatch.context() as patch:
            patch.setattr(tabs, "standings", unforeseen)
            work(sessions.announce)
            assert went_wrong.wait(10)
        remove_session(token)
        assert rita.closed() == 1008


@pytest.mark.parametrize("way", ENDINGS)
def test_what_is_done_in_a_tab_after_its_session_has_ended_does_not_arrive(
    address: str, behind: Streamlit, people: People, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(
        tabs, "LOOK_SECONDS", 10.0
    )  # the watch of this file may still wait so long in the next test
    token = token_of(people.rita.id)
    with tab(address, token) as rita, tab(address, token_of(people.carl.id)) as carl:
        typed(rita, "before")
        typed(carl, "before")
        monkeypatch.setattr(tabs, "standings", hold := Held())
        ENDINGS[way](people, token)
        rita.ask("batch=1", states={"field": "after"}, fragment="body")
        hold.go.set()
        assert rita.closed() == 1008
        assert behind.done() == [["before"], ["before"], []]
        drawn = behind.runs[-1].rerun_script
        assert (drawn.query_string, drawn.fragment_id) == ("batch=1", "")
        assert "script_finished" in rita.text, "the page was drawn anew before the end"
        typed(carl, "still here")
        assert behind.done()[-1] == ["still here"]


class Held:
    """The question for the sessions, which waits until the message has been sent."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def __call__(self, hashes):  # type: ignore[no-untyped-def]
        self.go.wait(10)
        return standing.standings(hashes)


@pytest.mark.parametrize("way", ENDINGS)
def test_a_tab_that_does_nothing_is_closed_within_seconds(
    address: str, behind: Streamlit, people: People, way: str
) -> None:
    token = token_of(people.rita.id)
    with (
        tab(address, token) as rita,
        tab(address, token) as second,
        tab(address, token_of(people.carl.id)) as carl,
    ):
        for one in (rita, second, carl):
            typed(one, "before")
        ENDINGS[way](people, token)
        began = time.monotonic()
        assert rita.closed() == second.closed() == 1008
        assert time.monotonic() - began < 15  # two, on a machine with other work to do
        assert behind.done()[3:] == [[], []]
        typed(carl, "still here")


def test_a_tab_is_drawn_to_the_end_before_it_is_closed_where_that_interrupts_another_run(
    address: str, behind: Streamlit, people: People
) -> None:
    token = token_of(people.rita.id)
    with tab(address, token) as rita:
        typed(rita, "before")
        behind.interrupted = True
        work(lambda session: sessions.end(session, token))
        assert rita.closed() == 1008
        ends = [told.script_finished for told in rita.told if told.WhichOneof("type") == "script_finished"]
        assert ends == [ForwardMsg.FINISHED_EARLY_FOR_RERUN, ForwardMsg.FINISHED_SUCCESSFULLY]


@pytest.mark.parametrize(("state", "is_known"), [("another-servers", False), ("", True)])
def test_a_click_on_a_page_of_another_server_is_passed_on_once_it_is_drawn_to_the_end(
    address: str, behind: Streamlit, people: People, state: str, is_known: bool
) -> None:
    behind.slow = 0.4
    with tab(address, token_of(people.rita.id), state=state) as rita:
        rita.ask("batch=1", states={"field": "typed"})
        rita.ask("batch=1", states={"field": "typed", "button": True}, fragment="body")
        rita.drawn(), rita.drawn()
        assert (behind.headers[-1][TAB] in unanswered._tabs) == (not is_known)
        behind.slow = 0.0
        rita.ask("batch=1", states={"field": "typed", "button": True}, fragment="body").drawn()
    passed = [(run.rerun_script.fragment_id, tab_messages.is_click(run)) for run in behind.runs]
    assert passed == [("", False), ("body", True) if is_known else ("", False), ("body", True)]
    assert [done[0] for done in behind.done()] == ["typed"] * 3


def test_a_run_that_was_under_way_and_ends_whole_is_not_the_last_drawing(
    address: str, behind: Streamlit, people: People
) -> None:
    token = token_of(people.rita.id)
    behind.slow = 2 * tabs.SETTLED_SECONDS
    with tab(address, token) as rita:
        rita.ask("batch=1", states={"field": "before"})
        assert ForwardMsg.FromString(rita.socket.recv(timeout=20)).WhichOneof("type") == "new_session"
        work(lambda session: sessions.end(session, token))
        assert rita.closed() == 1008
    assert [told.WhichOneof("type") for told in rita.told] == [
        "script_finished",
        "new_session",
        "script_finished",
    ]
    assert behind.done() == [["before"], []]


def test_a_tab_without_a_page_is_closed_as_well(address: str, behind: Streamlit, people: People) -> None:
    token = token_of(people.rita.id)
    with tab(address, token) as rita:
        work(lambda session: sessions.end(session, token))
        assert rita.closed() == 1008
    assert behind.runs == []


def test_a_click_with_the_roles_of_before_only_draws_the_page_anew(
    address: str, behind: Streamlit, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tab(address, token_of(people.rita.id)) as rita:
        typed(rita, "before")
        monkeypatch.setattr(tabs, "standings", hold := Held())
        work(users.set_roles, user_id=people.rita.id, roles=[Role.SALESPERSON])
        rita.ask("batch=1", states={"field": "after"})
        hold.go.set()
        rita.drawn()
        assert behind.done() == [["before"], []]
        typed(rita, "with the roles of now")
        assert behind.done()[2:] == [["with the roles of now"]]


@pytest.mark.parametrize(
    "roles", [[Role.SALESPERSON], [Role.ADMIN, Role.ACCOUNTS_RECEIVABLES]], ids=["lost", "won"]
)
def test_a_tab_is_drawn_anew_by_itself_when_roles_change(
    address: str, behind: Streamlit, people: People, roles: list[Role]
) -> None:
    with tab(address, token_of(people.rita.id)) as rita:
        typed(rita, "before")
        work(users.set_roles, user_id=people.rita.id, roles=roles)
        rita.drawn()
        assert behind.done() == [["before"], []]
        typed(rita, "after")


def test_without_a_session_only_the_sign_in_form_can_be_used(
    address: str, behind: Streamlit, people: People
) -> None:
    ended = token_of(people.rita.id)
    remove_session(ended)
    for token in (None, "made-up", ended):
        with tab(address, token, Cookie="other=1") as stranger:
            typed(stranger, "rita")
            for kind in ("clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime"):
                asked = BackMsg()
                setattr(asked, kind, True)
                stranger.socket.send(asked.SerializeToString())
            asked = BackMsg()
            asked.file_urls_request.request_id = "1"
            stranger.socket.send(asked.SerializeToString())
            stranger.socket.send(b"")
            typed(stranger, "password")
    assert behind.others == []
    assert behind.done() == [["rita"], ["password"]] * 3
    assert all(SESSION_COOKIE not in headers["cookie"] for headers in behind.headers)
    assert all("other=1" in headers["cookie"] for headers in behind.headers)


def test_who_is_signed_in_may_upload_but_not_ask_for_deferred_files(
    address: str, behind: Streamlit, people: People
) -> None:
    with tab(address, token_of(people.rita.id)) as rita:
        upload, file, chunk = BackMsg(), BackMsg(), BackMsg()
        upload.file_urls_request.request_id = "1"
        file.backend_operation_request.deferred_file.file_id = "1"
        chunk.backend_operation_request.dataframe_chunk.SetInParent()
        for asked in (upload, file, chunk):
            rita.socket.send(asked.SerializeToString())
        typed(rita, "done")
    assert behind.others == ["file_urls_request", "backend_operation_request"]


def test_streamlit_is_given_the_session_that_was_looked_at(
    address: str, behind: Streamlit, people: People
) -> None:
    with tab(address, token := token_of(people.rita.id)):
        pass
    assert [headers["cookie"] for headers in behind.headers] == [f"{SESSION_COOKIE}={token}"]


@pytest.mark.parametrize(
    ("sent", "code"),
    [(b"\xff\xff\xff", 1003), ("a text", 1003), (b"\x00" * (65 << 10), 1009)],
    ids=["no message", "text", "more than a form"],
)
def test_what_no_page_sends_ends_a_strangers_socket(
    address: str, behind: Streamlit, people: People, sent: bytes | str, code: int
) -> None:
    with tab(address, None) as stranger:
        stranger.socket.send(sent)
        assert stranger.closed() == code
    assert behind.runs == []


def test_a_tabs_state_is_its_owners(address: str, behind: Streamlit, people: People) -> None:
    rita, carl = token_of(people.rita.id), token_of(people.carl.id)
    with tab(address, rita) as first:
        typed(first, "secret")
    for token in (rita, carl, None):
        with tab(address, token, state=first.state) as again:
            assert tabs.is_open(first.state, token=token or "") == (token == rita)
            typed(again, "a click")
            if token == carl:
                typed(again, "his own")
    owners = [headers[sockets.WHOSE] for headers in behind.headers]
    assert owners[0] == owners[1] and len(set(owners)) == 3
    # What was clicked on Rita's page is not done in Carl's name.
    assert behind.done() == [["secret"], ["a click"], [], ["his own"], ["a click"]]


def test_a_strangers_state_is_their_browsers(address: str, behind: Streamlit, people: People) -> None:
    for browser in "aba":
        with tab(address, None, Cookie=f"{BROWSER_COOKIE}={browser}") as stranger:
            typed(stranger, browser)
    first, other, again = (headers[sockets.WHOSE] for headers in behind.headers)
    assert first == again != other


def test_the_page_of_a_closed_tab_is_told_to_the_owner_of_its_state_until_the_tab_is_shown_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = BackMsg()
    monkeypatch.setattr(tab_states, "_whose_state", OrderedDict(mine="rita", taken="carl"))
    monkeypatch.setattr(tab_states, "_left", OrderedDict(mine=("rita", page), taken=("rita", page)))
    assert [tab_states.left_by(state) for state in ("mine", "mine", "taken", "")] == [page, page, None, None]
    tab_states.has_come_back("mine")
    assert tab_states.left_by("mine") is None


def test_what_comes_after_a_socket_was_closed_is_not_sent() -> None:
    sent: list[str] = []
    left: list[object] = []

    async def send(message: Message) -> None:
        sent.append(message["type"])

    async def closed_and_told() -> None:
        async def receive() -> Message:
            return {"type": "websocket.disconnect"}

        closed = tabs.Tab(
            receive,
            send,
            token_hash="",
            standing=None,
            whose="",
            name="",
            state="",
            comes_from="",
            was_anothers=False,
        )
        await closed.receive()
        await asyncio.sleep(0)
        left.extend(asyncio.all_tasks() - {asyncio.current_task()})
        for _ in range(2):
            await closed.send({"type": "websocket.close", "code": 1000})

    asyncio.run(closed_and_told())
    assert sent == ["websocket.close"]
    assert left == [], "one for each message would pile up in a tab that is open all day"


def test_nobody_can_say_whose_tab_it_is(address: str, behind: Streamlit, people: People) -> None:
    for name in (sockets.WHOSE, sockets.WHOSE.title()):
        with tab(address, None, **{name: fingerprint(token_of(people.rita.id))}):
            pass
    assert {headers[sockets.WHOSE].split("-")[0] for headers in behind.headers} == {"nobody"}


@contextmanager
def away() -> Iterator[None]:
    """Nobody can say whose session any token is of."""
    work(lambda session: session.execute(text("ALTER TABLE user_session RENAME TO lost")))
    yield
    work(lambda session: session.execute(text("ALTER TABLE lost RENAME TO user_session")))


def test_while_the_database_is_away_pages_are_drawn_and_nothing_that_is_done_passes(
    address: str, behind: Streamlit, people: People
) -> None:
    token = token_of(people.rita.id)
    with tab(address, token) as rita, ExitStack() as opened:
        typed(rita, "before")
        with away():
            upload = BackMsg()
            upload.file_urls_request.request_id = "1"
            rita.socket.send(upload.SerializeToString())
            rita.ask("batch=2", states={"field": "a click"}, fragment="body").drawn()
            meanwhile = opened.enter_context(tab(address, token))
            typed(meanwhile, "opened meanwhile")
        drawn = behind.runs[1].rerun_script
        assert (drawn.query_string, drawn.fragment_id) == ("batch=2", "")
        named = [headers[TAB] for headers in behind.headers]
        assert [name in unanswered._tabs for name in named] == [True, False]
        typed(rita, "again")
        typed(meanwhile, "on what nobody had looked at")
        typed(meanwhile, "now")
    # Once whose tab it is, is known, it is drawn for that one first.
    assert [done for done in behind.done() if done] == [["before"], ["again"], ["now"]]
    assert behind.others == []


def test_a_tab_of_an_ended_session_that_was_opened_while_the_database_was_away_is_closed(
    address: str, behind: Streamlit, people: People
) -> None:
    token = token_of(people.rita.id)
    remove_session(token)
    with ExitStack() as opened:
        with away():
            stranger = opened.enter_context(tab(address, token))
            typed(stranger, "a click")
        stranger.ask(states={"field": "another"})
        assert stranger.closed() == 1008
    assert not any(behind.done())


@pytest.mark.parametrize("hidden", ['a="x\\073{cookie}={token}"', "{cookie}={token}; {cookie}=other"])
def test_streamlit_reads_no_session_that_was_not_looked_at(
    address: str, behind: Streamlit, people: People, hidden: str
) -> None:
    """What reads as one cookie here must not read as another one behind."""
    line = hidden.format(cookie=SESSION_COOKIE, token=token_of(people.rita.id))
    with tab(address, None, Cookie=f"{line}; komet_browser=b") as stranger:
        stranger.ask().drawn()
    assert [headers["cookie"] for headers in behind.headers] == ["komet_browser=b"]


def test_an_open_tab_is_its_sessions_for_as_long_as_it_is_open(
    address: str, behind: Streamlit, people: People
) -> None:
    rita, carl = token_of(people.rita.id), token_of(people.carl.id)
    with tab(address, rita) as first, tab(address, rita) as second, tab(address, carl) as other:
        for one in (first, second, other):
            typed(one, "here")
        states = [one.state for one in (first, second, other)]
        assert len(set(states)) == 3
        assert [tabs.is_open(state, token=rita) for state in states] == [True, True, False]
        assert [tabs.is_open(state, token=carl) for state in states] == [False, False, True]
        assert not tabs.is_open(states[0], token="") and not tabs.is_open("", token=rita)
        assert all(map(tabs.is_open, states)) and not tabs.is_open("another")
    deadline = time.monotonic() + 20
    while any(tabs.is_open(state, token=rita) for state in states) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not any(map(tabs.is_open, states))
    assert not any(tabs.is_open(state, token=token) for state in states for token in (rita, carl))
    assert not {fingerprint(rita), fingerprint(carl)} & set(tabs._open)


def test_who_is_signed_in_may_type_more_than_a_stranger(
    address: str, behind: Streamlit, people: People
) -> None:
    with tab(address, token_of(people.rita.id)) as rita:
        typed(rita, "x" * (tabs.MOST_BYTES_OF_A_STRANGER + 1))
    assert behind.done() == [["x" * (tabs.MOST_BYTES_OF_A_STRANGER + 1)]]


def test_whose_a_state_is_is_kept_for_the_tabs_seen_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tab_states, "KNOWN_TABS", 3)
    monkeypatch.setattr(tab_states, "_whose_state", OrderedDict())
    for state in ("a", "b", "c", "a", "d"):
        tab_states.began(state, comes_from="", whose=f"whose-{state}", led_to=None)
    assert tab_states._whose_state == {"c": "whose-c", "a": "whose-a", "d": "whose-d"}


def test_a_drawing_of_our_own_carries_nothing_of_what_was_done() -> None:
    asked = BackMsg()
    run = asked.rerun_script
    run.query_string, run.page_script_hash, run.fragment_id = "batch=1", "hash", "f"
    run.is_auto_rerun = run.is_history_navigation = True
    run.widget_states.widgets.add().id = "w"
    run.context_info.timezone = "UTC"
    drawn = tab_messages.without_what_was_done(asked).rerun_script
    assert (drawn.query_string, drawn.page_script_hash, drawn.context_info.timezone) == (
        "batch=1",
        "hash",
        "UTC",
    )
    assert not drawn.fragment_id and not drawn.is_auto_rerun and not drawn.is_history_navigation
    assert not drawn.HasField("widget_states")
    assert asked.rerun_script.fragment_id == "f", "what was asked for stays as it was"


def left_signed_out(address: str, people: People) -> tuple[str, str]:
    """The token of Rita's session, which has ended, and the state of its tab, which was closed with it."""
    with tab(address, token := token_of(people.rita.id)) as rita:
        typed(rita, "before")
        ENDINGS["signed out"](people, token)
        assert rita.closed() == 1008
    return token, rita.state


def test_a_closed_tab_that_comes_back_is_drawn_once_without_being_asked_for(
    address: str, behind: Streamlit, people: People
) -> None:
    token, state = left_signed_out(address, people)
    with tab(address, token, state=state) as back:
        back.drawn()
        assert behind.done() == [["before"], [], []]
        assert behind.runs[-1].rerun_script.query_string == "batch=1"
    with tab(address, token, state=state) as again:
        typed(again, "asked for")
    assert behind.done() == [["before"], [], [], ["asked for"]]
    told = [ENDED_HERE in headers for headers in behind.headers]
    assert told == [False, True, False]


def test_a_closed_tab_that_is_cut_once_more_while_it_is_drawn_is_drawn_when_it_is_back(
    address: str, behind: Streamlit, people: People
) -> None:
    token, state = left_signed_out(address, people)
    behind.slow = 0.3
    with tab(address, token, state=state) as back:
        assert back.next().WhichOneof("type") == "new_session"
    with tab(address, token, state=state) as again:
        again.drawn()
    with tab(address, token, state=state) as another:
        typed(another, "asked for")
    assert behind.done() == [["before"], [], [], [], ["asked for"]]


def test_who_has_signed_in_again_in_a_closed_tab_is_not_told_that_it_was_closed(
    address: str, behind: Streamlit, people: People
) -> None:
    _, state = left_signed_out(address, people)
    with tab(address, token_of(people.rita.id), state=state) as back:
        typed(back, "asked for")
    assert behind.done() == [["before"], [], []], "a page of before is only drawn, and once"
    assert [ENDED_HERE in headers for headers in behind.headers] == [False, False]


def test_of_several_lines_of_cookies_streamlit_reads_the_one_that_was_looked_at() -> None:
    lines = [(b"cookie", b"komet_browser=a; x=1"), (b"Cookie", b"komet_browser=b; y=2")]
    assert list(sockets._kept_headers(lines, token="")) == [(b"cookie", b"komet_browser=a; x=1")]


def test_nobody_can_say_that_a_session_ended_in_their_tab(
    address: str, behind: Streamlit, people: People
) -> None:
    with tab(address, token_of(people.rita.id), **{ENDED_HERE: "yes"}) as rita:
        typed(rita, "a click")
    assert ENDED_HERE not in behind.headers[0]
