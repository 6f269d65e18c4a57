"""What Streamlit keeps of each tab for when it comes back: whose that is, and where the tab was."""

from collections import OrderedDict

from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackMsg

from komet_import.web.shared.newest import KNOWN_TABS, keep

_whose_state: OrderedDict[str, str] = OrderedDict()
_left: OrderedDict[str, tuple[str, BackMsg]] = OrderedDict()
"""By state whose tab was closed with its session, and on which page; until its next socket draws that."""


def is_kept(state: str) -> bool:
    """Whether Streamlit has the page that a tab goes on with, and so knows what its buttons do."""
    return runtime.exists() and runtime.get_instance().is_active_session(state)


def owner_of(state: str) -> str | None:
    """Whose the state is that Streamlit keeps under that name."""
    return _whose_state.get(state)


def began(state: str, *, comes_from: str, whose: str, led_to: BackMsg | None) -> None:
    """The tab of that state is about to be drawn, which Streamlit keeps under that name.

    It has come from another state, or from the same one. Where it is led to the page of a closed tab, its
    socket may be cut before it is drawn, and then the next one is led there.
    """
    keep(_whose_state, state, whose, most=KNOWN_TABS)
    if led_to is None:
        has_come_back(comes_from)
    elif state == comes_from:
        leave(state, whose=whose, page=led_to)


def leave(state: str, *, whose: str, page: BackMsg) -> None:
    """The tab of that state is closed with its session while it shows that page."""
    keep(_left, state, (whose, page), most=KNOWN_TABS)


def left_by(state: str) -> BackMsg | None:
    """The page that the tab of that state showed when its socket was closed with its session."""
    whose, page = _left.get(state, (None, None))
    return page if whose == owner_of(state) else None


def has_come_back(state: str) -> None:
    """The tab of that state is shown another one, to its end."""
    _left.pop(state, None)
