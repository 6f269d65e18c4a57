"""Clicks that were not done, so that the page says it where they would have been answered.

- The database could not say whose session it is that a message came from, so it was not passed on, and the
  page is drawn instead (`server.sockets`). Where the database answers again in that very moment, the page
  looks as if nothing had been clicked.
- Streamlit has forgotten the page that was clicked on: it keeps one whose connection was cut for two minutes,
  and none beyond its own end. It then knows none of the page's callbacks, and would only draw it.
- The click went into a connection that was being cut, and never came (`connection`).

Kept for each socket, by the name that `server.sockets` gives it; when a click came last, by the name of the
state that Streamlit keeps for the tab, which outlives its sockets.
"""

import math
import time
from collections import OrderedDict
from enum import Enum, auto

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from komet_import.web.shared.newest import KNOWN_TABS, keep

TAB = "x-komet-tab"
"""The header that tells a page's run which socket it is of; what a client sends under it is dropped."""
INEXACT = 0.1
"""Seconds by which the clock of a browser may go wrong meanwhile."""


class Why(Enum):
    """Why a click was not passed on."""

    DATABASE_AWAY = auto()
    PAGE_FORGOTTEN = auto()


_tabs: dict[str, Why] = {}
_opened: dict[str, float] = {}
"""By socket, when it was opened."""
_since: OrderedDict[str, float] = OrderedDict()
"""By state, since when its page is known here."""
_clicked: OrderedDict[str, float] = OrderedDict()
"""By state, when a click came last."""


def opened(tab: str) -> None:
    """The socket is about to be opened; until then the browser knows of no connection."""
    _opened[tab] = time.monotonic()


def note(tab: str, why: Why) -> None:
    """What was done last in the tab with this socket was not passed on."""
    _tabs[tab] = why


def forget(tab: str) -> None:
    """The socket has gone."""
    _tabs.pop(tab, None)
    _opened.pop(tab, None)


def here() -> Why | None:
    """Whether that is so of the tab of this run, and why; asked once it is no longer."""
    return _tabs.pop(_tab(), None)


def drawn(state: str) -> None:
    """The page of that state is drawn here, for the first time or again."""
    keep(_since, state, _since.get(state, time.monotonic()), most=KNOWN_TABS)


def clicked(state: str) -> None:
    """A click came from the page of that state, which was drawn before."""
    keep(_clicked, state, time.monotonic(), most=KNOWN_TABS)


def was_unknown(ago: float) -> bool:
    """Whether this server did not know the page of this run yet, so many seconds before the browser was
    connected."""
    return _made(ago) < _since.get(_state(), math.inf)


def never_came(ago: float) -> bool:
    """Whether the click that was made in this run's tab so many seconds before the browser was connected is
    none of those that came.

    However much this server has to do, it opens the socket before the browser knows of it. So the click was
    not made sooner than this says, and one that came is never said to be lost.
    """
    return _clicked.get(_state(), -math.inf) < _made(ago) - INEXACT


def _made(ago: float) -> float:
    """The earliest time here at which a click can have been made, by its seconds in the browser."""
    return _opened.get(_tab(), -math.inf) - ago


def _tab() -> str:
    return st.context.headers.get(TAB) or ""


def _state() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""
