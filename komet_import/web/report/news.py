"""A report that is open learns by itself what others do with its import, and is drawn anew; what its person
chose, typed or has open stays. It asks a route of our own: a run of the script would keep its session alive.
"""

from pathlib import Path

import streamlit as st

from komet_import.language import _
from komet_import.web.shared import guarded

NEWS = "/report/news"
"""Where an open report asks whether something has happened since it was drawn; a route of the server."""
_DRAWN = "report-drawn"
"""Where a tab keeps which import it shows, as of when, and whether it has asked for this run."""
_mount = st.components.v2.component(
    "komet_report_news", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)


def tell_of_news(batch_id: str, version: str) -> None:
    """Say that the import has changed where the page is drawn anew for that; call it first."""
    before = st.session_state.get(_DRAWN)
    st.session_state[_DRAWN] = (batch_id, version, False)
    if isinstance(before, tuple) and before[2] and before[:1] == (batch_id,) and before[1] != version:
        said = _("Something happened to this import meanwhile. The page shows it as it is now.")
        st.toast(said, icon=":material/update:", duration="long")


def ask_for_news(batch_id: str, version: str) -> None:
    """Have the browser ask from now on; call it at the end of the page."""
    data = {"batch": batch_id, "version": version, "url": NEWS}
    _mount(key=f"report-news-{batch_id}", data=data, on_new_change=guarded.callback(_asked))


def _asked() -> None:
    before = st.session_state.get(_DRAWN)
    if isinstance(before, tuple):
        st.session_state[_DRAWN] = (*before[:2], True)
