"""A hand-made client of Streamlit's WebSocket: what a tab sends and is sent, without its browser."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from komet_import.access import sessions
from komet_import.ledger import database
from komet_import.web.shared.auth import SESSION_COOKIE

SECONDS = 20.0
"""Longest wait for a run; a machine with other work to do is no failure."""


def token_of(user_id: int) -> str:
    """The token of a fresh session of that user."""
    with database.transaction() as session:
        ticket = sessions.open_ticket(session, user_id=user_id, browser="a test")
        token = sessions.redeem_ticket(session, ticket=ticket, browser="a test")
    assert token is not None
    return token


class Tab:
    """One socket; `state` is the name under which Streamlit keeps what was typed in the tab."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.state = ""
        self.told: list[ForwardMsg] = []
        self.page = ""

    def ask(
        self,
        query: str = "",
        *,
        page: str = "",
        states: dict[str, Any] | None = None,
        fragment: str = "",
    ) -> "Tab":
        """Ask for a run; `states` are values of widgets by their ids."""
        asked = BackMsg()
        run = asked.rerun_script
        run.query_string, run.page_name, run.fragment_id = query, page, fragment
        run.page_script_hash = "" if page else self.page
        run.context_info.timezone = "UTC"
        for identity, value in (states or {}).items():
            state = run.widget_states.widgets.add()
            state.id = identity
            if isinstance(value, bool):
                state.trigger_value = value
            elif isinstance(value, dict):  # what components tell, by event
                told = [{"event": event, "value": what} for event, what in value.items()]
                state.json_trigger_value = json.dumps(told)
            else:
                state.string_value = value
        self.socket.send(asked.SerializeToString())
        return self

    def next(self) -> ForwardMsg:
        """Wait for what is told next."""
        told = ForwardMsg()
        told.ParseFromString(self.socket.recv(timeout=SECONDS))
        return told

    def drawn(self) -> str:
        """Wait for the end of a run; all that was told since the last one, as text."""
        self.told = []
        while True:
            told = self.next()
            self.told.append(told)
            if told.WhichOneof("type") == "new_session":
                self.state = told.new_session.initialize.session_id
            if told.WhichOneof("type") == "navigation":
                self.page = told.navigation.page_script_hash
            if told.WhichOneof("type") == "script_finished":
                return "\n".join(map(str, self.told))

    def widget(self, label: str) -> str:
        """The id of the widget with that label, as it was drawn last."""
        return next(identity for identity, text in self._widgets() if label in text)

    def teller(self, name: str) -> str:
        """The id under which the component of that name tells something, as it was drawn last."""
        drawn = (told.delta.new_element.bidi_component for told in self.told)
        found = next(component.id for component in drawn if component.component_name == name)
        return f"$$STREAMLIT_INTERNAL_KEY_{found}__events"

    def senders(self) -> list[bool]:
        """Of each button that sends a form, as it was drawn last, whether it can be pressed."""
        buttons = (told.delta.new_element.button for told in self.told)
        return [not button.disabled for button in buttons if button.is_form_submitter]

    def open_fields(self) -> list[bool]:
        """Of each line that takes text, as it was drawn last, whether one can type in it."""
        fields = (told.delta.new_element for told in self.told)
        return [not one.text_input.disabled for one in fields if one.WhichOneof("type") == "text_input"]

    def _widgets(self) -> Iterator[tuple[str, str]]:
        for told in self.told:
            element = told.delta.new_element
            kind = element.WhichOneof("type")
            widget = getattr(element, kind) if kind else None
            if getattr(widget, "id", ""):
                yield widget.id, str(getattr(widget, "label", ""))

    def closed(self, *, within: float = SECONDS) -> int:
        """Wait until the server closes the socket; the code. What is told before stays in `told`."""
        self.told = []
        try:
            while True:
                told = ForwardMsg()
                told.ParseFromString(self.socket.recv(timeout=within))
                self.told.append(told)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 0

    @property
    def text(self) -> str:
        """All that was told, as text."""
        return "\n".join(map(str, self.told))


@contextmanager
def tab(url: str, token: str | None, *, state: str = "", **headers: str) -> Iterator[Tab]:
    """Open a tab with the cookie of a session, or without; `state` goes on with that of another socket."""
    named = ["streamlit", "PLACEHOLDER_AUTH_TOKEN", *([state] if state else [])]
    if token:
        headers["Cookie"] = "; ".join(filter(None, (f"{SESSION_COOKIE}={token}", headers.get("Cookie"))))
    with connect(
        url.replace("http", "ws") + "/_stcore/stream",
        subprotocols=[Subprotocol(name) for name in named],
        additional_headers=headers,
        origin=None,
        max_size=None,
        max_queue=None,  # or what is told and never read keeps the end of the socket from arriving
        proxy=None,
    ) as socket:
        yield Tab(socket)
