"""What a tab is sent when another run begins before it was sent anything of the last one.

Streamlit's own session runs a script here, and a tree as the browser keeps it takes what is sent.
"""

import asyncio
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, RuntimeConfig, app_session
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner.script_cache import ScriptCache

from komet_import.web.server import application, message_queue

SCRIPT = """
import streamlit as st

st.session_state.runs = st.session_state.get("runs", 0) + 1

@st.dialog("Bulk edit")
def dialog():
    st.text_input("Replace with", key="in the dialog")
    st.text(f"run {st.session_state.runs}")

@st.fragment
def body():
    for number in range(st.session_state.get("edits", 0)):
        st.text(f"edit {number}")
    if st.button("Bulk edit", key="open"):
        st.session_state.opened = True
    if st.button("Edit", key="edit"):
        st.session_state.edits = st.session_state.get("edits", 0) + 1
    if st.session_state.get("opened"):
        with st.container():
            st.text("what is below")
        dialog()

body()
st.text("the end")
"""
ALL, FRAGMENTS = ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY


@dataclass
class Part:
    """A part of the page: a block with parts inside it, or an element."""

    says: str
    fragment: str
    run: str
    inside: list["Part"] | None = None

    def without_left(self, run: str, fragments: Iterable[str]) -> bool:
        """Whether it stays when that run has ended; what it holds and was left out of the run goes."""
        whole = not fragments
        if self.run != run and (whole or self.fragment in fragments):
            return False
        self.inside = self.inside and [part for part in self.inside if part.without_left(run, fragments)]
        return True

    def __str__(self) -> str:
        return self.says if self.inside is None else f"[{', '.join(map(str, self.inside))}]"


@dataclass
class Browser:
    """The tree of a tab; it refuses what Streamlit's refuses (its SetNodeByDeltaPathVisitor)."""

    root: Part = field(default_factory=lambda: Part("", "", "", [Part("", "", "", []) for _ in range(4)]))
    run: str = ""
    fragments: tuple[str, ...] = ()

    def take(self, messages: Iterable[ForwardMsg]) -> None:
        for message in messages:
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.run = message.metadata.run.script_run_id
                self.fragments = tuple(message.metadata.run.fragment_ids)
            elif kind == "delta":
                self.put(message)
            elif kind == "script_finished" and message.script_finished in (ALL, FRAGMENTS):
                for part in self.root.inside or []:
                    part.inside = [p for p in part.inside or [] if p.without_left(self.run, self.fragments)]

    def put(self, message: ForwardMsg) -> None:
        *way, last = message.metadata.delta_path
        parent = self.root
        for index in way:
            assert parent.inside is not None, "an element holds nothing"
            assert index < len(parent.inside), "a part must be there before what it holds"
            parent = parent.inside[index]
        assert parent.inside is not None, "an element holds nothing"
        assert last <= len(parent.inside), "what comes before a part must be there first"
        new, element = Part("", message.delta.fragment_id, self.run), message.delta.new_element
        if message.delta.WhichOneof("type") == "add_block":
            before = parent.inside[last].inside if last < len(parent.inside) else None
            new.inside = before or []
        else:
            new.says = element.text.body or element.button.label or element.text_input.label
        parent.inside[last : last + 1] = [new]

    def __str__(self) -> str:
        return str(self.root)


class Tab:
    """A session of Streamlit, and the browser that shows it."""

    def __init__(self, session: app_session.AppSession) -> None:
        self.session = session
        self.browser = Browser()
        self.known: dict[str, str] = {}

    async def run(self, what: str) -> None:
        """One run to its end: of the whole "page", or of the fragment, whose button may have been clicked."""
        state = ClientState()
        if what != "page":
            state.fragment_id = self.known["dialog" if what == "dialog" else "body"]
        if what in ("open", "edit"):
            clicked = state.widget_states.widgets.add()
            clicked.id, clicked.trigger_value = self.known[what], True
        self.session.request_rerun(state)
        runner = self.session._scriptrunner
        assert runner is not None
        thread = runner._script_thread
        assert thread is not None
        await asyncio.to_thread(thread.join)
        await asyncio.sleep(0)  # what the thread said is heard in the next turn

    def send(self) -> None:
        """All that waits is sent, as in a turn of the server."""
        messages = self.session.flush_browser_queue()
        for message in messages:
            element = message.delta.new_element
            for identity in (element.button.id, element.text_input.id):
                key = identity.rpartition("-")[2]
                if identity:
                    self.known[key] = identity
                    self.known["dialog" if key == "in the dialog" else "body"] = message.delta.fragment_id
        self.browser.take(messages)


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The path of the script, which Streamlit's runtime can run."""
    file = tmp_path_factory.mktemp("message-queue") / "script.py"
    file.write_text(SCRIPT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Runtime, "_instance", None)
        Runtime(
            RuntimeConfig(
                script_path=str(file),
                media_file_storage=MemoryMediaFileStorage("/media"),
                uploaded_file_manager=MemoryUploadedFileManager("/upload"),
            )
        )
        patch.setattr(app_session, ForwardMsgQueue.__name__, ForwardMsgQueue)
        message_queue.tell_streamlit()
        yield str(file)


def shown(script: str, before: Sequence[str], runs: Sequence[str], *, at_once: bool) -> str:
    """What a browser shows after those runs, of which the last ones are sent one by one, or all at once."""

    async def watched() -> str:
        files = MemoryUploadedFileManager("/upload")
        tab = Tab(app_session.AppSession(ScriptData(script, False), files, ScriptCache(), None, {}))
        for number, what in enumerate(("page", *before, *runs)):
            await tab.run(what)
            if not at_once or number <= len(before):
                tab.send()
        tab.send()
        tab.session.shutdown()
        return str(tab.browser)

    return asyncio.run(watched())


OPENED = [
    pytest.param(before, runs, id=f"{'-'.join(before) or 'new'}, then {'-'.join(runs)}")
    for before, steps in (
        ((), ("page", "body", "open", "edit")),
        (("open",), ("page", "body", "edit", "dialog")),
    )
    for runs in itertools.product(steps, steps)
]


@pytest.mark.parametrize(("before", "runs"), OPENED)
def test_runs_that_are_sent_together_show_what_they_show_one_by_one(
    script: str, before: tuple[str, ...], runs: tuple[str, ...]
) -> None:
    one_by_one = shown(script, before, runs, at_once=False)
    assert ("what is below" in one_by_one) == ("Replace with" in one_by_one) == ("open" in (*before, *runs))
    assert shown(script, before, runs, at_once=True) == one_by_one


def test_what_a_run_of_the_whole_page_says_anew_is_not_sent_twice(script: str) -> None:
    async def sent() -> list[ForwardMsg]:
        files = MemoryUploadedFileManager("/upload")
        tab = Tab(app_session.AppSession(ScriptData(script, False), files, ScriptCache(), None, {}))
        for _number in range(3):
            await tab.run("page")
        messages = tab.session.flush_browser_queue()
        tab.session.shutdown()
        return messages

    ends = [m for m in asyncio.run(sent()) if m.delta.new_element.text.body == "the end"]
    assert len(ends) == 1


def test_a_server_that_starts_has_this_for_its_tabs(
    monkeypatch: pytest.MonkeyPatch, sqlite_database: str
) -> None:
    monkeypatch.setattr(app_session, ForwardMsgQueue.__name__, ForwardMsgQueue)
    application.prepare()
    assert app_session.ForwardMsgQueue is message_queue.WholeRuns  # type: ignore[comparison-overlap]
