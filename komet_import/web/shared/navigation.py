"""From one page to another, with nothing of the first one following.

A fragment's rerun that the browser asked for on the page that is left, and that comes to its turn after the
new page was drawn, makes Streamlit 1.67 empty the new page: the browser is told of a run of the old one. It
ignores what is asked of a fragment that it does not know; so the fragments are forgotten on leaving.
"""

from collections import OrderedDict
from typing import Any, NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from komet_import.web.shared.newest import KNOWN_TABS, keep
from komet_import.web.shared.parts import page

_HERE = "page"
_KEPT = "kept-here"
_places: OrderedDict[str, tuple[str, str]] = OrderedDict()
"""By state that Streamlit keeps of a tab, the page that was drawn there last and its query."""


def place_of(state: str) -> tuple[str, str] | None:
    """The page that is drawn in the tab of that state, by Streamlit's name of it, and its query. A browser
    that was led there by us has not sent either."""
    return _places.get(state)


def go_to(name: str, *, batch_id: str) -> NoReturn:
    """End this run and open a page at a batch."""
    _forget_fragments()
    st.switch_page(page(name), query_params={"batch": batch_id})


def arrive(path: str) -> bool:
    """The router has come to a page: where it is another one than before, that was left by a link.

    Says whether this tab has shown another page before.
    """
    before = st.session_state.get(_HERE)
    context = get_script_run_ctx()
    if context is not None:
        here = (context.page_script_hash, context.query_string)
        keep(_places, context.session_id, here, most=KNOWN_TABS)
    if before != path:
        st.session_state[_HERE] = path
        st.session_state[_KEPT] = {}
        _forget_fragments()
    return before not in (None, path)


def kept_here() -> dict[str, Any]:
    """What a page keeps from one run to the next, until it is left."""
    kept: dict[str, Any] = st.session_state.setdefault(_KEPT, {})
    return kept


def _forget_fragments() -> None:
    context = get_script_run_ctx()
    if context is not None:
        context.fragment_storage.clear()
