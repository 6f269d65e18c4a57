"""Tabs whose last click was not passed on, since the database could not say whose session it is.

The page is drawn instead (`server.sockets`). Where the database answers again in that very moment, the page
looks as if nothing had been clicked, so it asks here, and says it.
"""

from streamlit.runtime.scriptrunner import get_script_run_ctx

_tabs: set[str] = set()


def note(state: str) -> None:
    """What was done last in the tab whose state has this name was not passed on."""
    _tabs.add(state)


def forget(state: str) -> None:
    """The tab has gone."""
    _tabs.discard(state)


def here() -> bool:
    """Whether that is so of the tab of this run; asked once it is no longer."""
    context = get_script_run_ctx()
    if context is None or context.session_id not in _tabs:
        return False
    forget(context.session_id)
    return True
