"""Clicks on what was not there any more: a button of a page that had moved on before the click came.

What a colleague did may have taken the button away, given it other words (by which Streamlit tells buttons
without a key apart), or closed it. Streamlit then draws the page as it is, and the click is gone without a
word. It is said here, at the end of the run, where nothing of the page has had the click; but not of the
second click of two, of which the first one was done.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.state.session_state import WStates

from komet_import.language import _

TWICE = 3.0
"""Seconds after a click that was done in which another one may be of the same hand movement."""
_DONE = "click-done"
"""Where a tab keeps when a click was done last."""
_within: ContextVar[bool] = ContextVar("within", default=False)
"""Whether a fragment is being run that says it, for those in it."""


@contextmanager
def told() -> Iterator[None]:
    """A run of a page, or of a part that runs by itself: what it is asked to do is done, or said not to be.

    A run that ends by beginning another one has done something; one that is stopped early shows why, and not
    that nothing was done.
    """
    context = get_script_run_ctx()
    clicked = _undone(context) if context else {}
    try:
        yield
    except RerunException:
        if clicked:
            st.session_state[_DONE] = time.monotonic()
        raise
    except StopException:
        if context and clicked:
            _tell(context, clicked)
        raise
    if context and clicked:
        _tell(context, clicked)


@contextmanager
def told_of_a_part() -> Iterator[None]:
    """The same of a fragment or a dialog, where it is what is run, and not drawn with what it stands in."""
    context = get_script_run_ctx()
    alone = context is not None and len(context.fragment_ids_this_run or ()) == 1
    if not alone or _within.get():
        yield
        return
    token = _within.set(True)
    try:
        with told():
            yield
    finally:
        _within.reset(token)


def stop() -> NoReturn:
    """End the run of a page or of a part here, where it has said why.

    In place of `st.stop`, which has Streamlit take nothing of the run any more: nor what is told here.
    """
    raise StopException


def _states(context: ScriptRunContext) -> WStates:
    return context.session_state._state._new_widget_state


def _undone(context: ScriptRunContext) -> dict[str, bool]:
    """The buttons that this run is of, but those whose callback was called before it; by ID, whether a button
    was closed to clicks, so that drawing it does not do either."""
    states, found = _states(context), {}
    for name in list(states):
        said = states.get_serialized(name)
        if said is None or not said.trigger_value:
            continue
        known = states.widget_metadata.get(name)
        if known and not known.disabled and known.callback:
            st.session_state[_DONE] = time.monotonic()
        else:
            found[name] = bool(known and known.disabled)
    return found


def _tell(context: ScriptRunContext, clicked: dict[str, bool]) -> None:
    drawn = context.shared.widget_ids_this_run
    if all(name in drawn and not closed for name, closed in clicked.items()):
        st.session_state[_DONE] = time.monotonic()
    elif time.monotonic() - st.session_state.get(_DONE, 0.0) > TWICE:
        tell()


def tell() -> None:
    """Say that a click was not done; also where its callback was called, but the page has moved on."""
    st.toast(
        _("The page changed as you clicked, so nothing was done. Look at it now, and click again."),
        icon=":material/update:",
        duration="long",  # for what was clicked next may be done
    )
