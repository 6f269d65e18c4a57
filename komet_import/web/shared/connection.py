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
    elif isinstance(back, dict) and _is_lost(back.get("ago"), back.get("begun")):
        _say(_never_came(str(back.get("clicked") or "")))


def _is_lost(ago: object, begun: object) -> bool:
    """Whether what was clicked so many seconds before the browser told of it did not arrive; it saw the
    server begin a run since, or not."""
    return isinstance(ago, int | float) and unanswered.never_came(ago, begun=begun is True)


def _never_came(words: str) -> str:
    if not words:
        return _("The connection was cut as you clicked, so nothing was done. Click again.")
    return _(
        "The connection was cut as you clicked “{button}”, so nothing was done. Click again.",
        button=plain(words),
    )


def _say(said: str) -> None:
    st.toast(said, icon=":material/wifi_off:", duration="infinite")
