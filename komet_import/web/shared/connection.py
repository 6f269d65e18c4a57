"""A page whose connection was cut: drawn anew once it is back, and told of a click that did not arrive."""

from pathlib import Path

import streamlit as st

from komet_import.language import _
from komet_import.web.shared import unanswered
from komet_import.web.shared.parts import plain
from komet_import.web.shared.unanswered import Why

_mount = st.components.v2.component(
    "komet_connection", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)
NOTICES = next(Path(st.__file__).parent.glob("static/static/js/Toast.*.js"), Path()).name
"""The file of Streamlit's that draws notices, which the browser fetches ahead (`fetchAhead`)."""
_HEARD = "connection_heard"
"""Where the tab keeps of which click the server has heard, by when it was made."""
AT_WORK = 60.0
"""Seconds within which the server may still have been at work on a click."""


def answer_lost_clicks() -> None:
    """Say of the last click that it was not done, where it was not; call it in each run of a whole page."""
    back = _mount(key="connection", on_back_change=lambda: None).back
    why = unanswered.here()
    if why is Why.DATABASE_AWAY:
        said = _("The database did not answer for a moment, so what you did last was not done. Do it again.")
        st.toast(said, icon=":material/cloud_off:")
    elif why is Why.PAGE_FORGOTTEN:
        _say(
            _("This page had lost its server, so nothing was done. Look at it as it is now, and click again.")
        )
    elif isinstance(back, dict) and (of_it := _of_a_click(back)):
        _say(of_it)
    if isinstance(back, dict):
        st.session_state[_HEARD] = back.get("at")
    # Unless it hears this, the browser tells it again: of a run that another one broke off nothing is seen.
    away = [
        _("No connection"),
        _("The server does not answer at the moment. This page keeps trying by itself."),
    ]
    told = {"heard": st.session_state.get(_HEARD), "notices": NOTICES, "away": away}
    _mount(key="connection-heard", data=told)


def _of_a_click(back: dict[str, object]) -> str | None:
    """What is to be said of the last click, as the browser tells of it once the connection is back.

    A server that did not know the page then cannot say what came of the click. The browser knows
    whether a run had begun for it, which may have ended with the server.
    """
    ago, before = back.get("ago"), back.get("before")
    if not isinstance(ago, int | float) or not isinstance(before, int | float):
        return None
    button = plain(str(back.get("clicked") or ""))
    if not unanswered.was_unknown(ago):
        return _never_came(button) if unanswered.never_came(ago) else None
    if not back.get("begun"):
        return _never_came(button)
    return _perhaps(button) if before < AT_WORK else None


def _never_came(button: str) -> str:
    if not button:
        return _("The connection was cut as you clicked, so nothing was done. Click again.")
    return _(
        "The connection was cut as you clicked “{button}”, so nothing was done. Click again.", button=button
    )


def _perhaps(button: str) -> str:
    if not button:
        return _("This page lost its server soon after you clicked. If that is not done here, click again.")
    return _(
        "This page lost its server soon after you clicked “{button}”. If that is not done here, click again.",
        button=button,
    )


def _say(said: str) -> None:
    st.toast(said, icon=":material/wifi_off:", duration="infinite")
