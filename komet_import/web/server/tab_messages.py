"""What a tab asks of Streamlit: the messages of a browser, and a run of its page without what was done."""

from google.protobuf.message import DecodeError
from starlette.types import Message
from streamlit.proto.BackMsg_pb2 import BackMsg

from komet_import.web.shared.navigation import place_of


def run_asked_for(message: Message | None) -> BackMsg | None:
    """The run that a message asks for, without what was done; None where it asks for none."""
    asked = BackMsg()
    try:
        asked.ParseFromString((message or {}).get("bytes") or b"")
    except DecodeError:
        return None
    return without_what_was_done(asked) if asked.WhichOneof("type") == "rerun_script" else None


def without_what_was_done(asked: BackMsg) -> BackMsg:
    """The same page, drawn whole, with nothing that the person has typed or clicked."""
    drawn = BackMsg()
    drawn.CopyFrom(asked)
    for field in ("widget_states", "fragment_id", "is_auto_rerun", "is_history_navigation"):
        drawn.rerun_script.ClearField(field)
    return drawn


def received(asked: BackMsg) -> Message:
    """A message of a browser, as the server receives one."""
    return {"type": "websocket.receive", "bytes": asked.SerializeToString()}


def is_click(asked: BackMsg) -> bool:
    """Whether a run is asked for because a button was pressed."""
    return any(widget.trigger_value for widget in asked.rerun_script.widget_states.widgets)


def without_clicks(asked: BackMsg) -> BackMsg:
    """The same page, drawn whole, with what the person has typed and chosen but without the button that was
    pressed."""
    drawn = BackMsg()
    drawn.CopyFrom(asked)
    widgets = drawn.rerun_script.widget_states.widgets
    kept = [widget for widget in widgets if not widget.trigger_value]
    del widgets[:]
    widgets.extend(kept)
    drawn.rerun_script.ClearField("fragment_id")  # one that is not known is not run
    return drawn


class PageOnTab:
    """What a tab shows: the page that its browser asked for last, or to which we have led it since."""

    def __init__(self) -> None:
        self._asked: BackMsg | None = None
        self._before: tuple[str, str] | None = None

    def asked(self, wanted: BackMsg, state: str) -> None:
        """The browser asks for a run, which is given without what was done."""
        self._asked, self._before = wanted, place_of(state)

    def run(self, state: str) -> BackMsg | None:
        """The run that draws it again, in the tab with this state; None before the first one."""
        place = place_of(state)
        if self._asked is None or place in (None, self._before):
            return self._asked
        led = BackMsg()
        led.CopyFrom(self._asked)
        led.rerun_script.page_name = ""
        led.rerun_script.page_script_hash, led.rerun_script.query_string = place
        return led
