"""Rows from the clipboard, as a text file that is dropped: the same way, the same limits, the same panel."""

from pathlib import Path

import streamlit as st

from komet_import.language import _

HERE = Path(__file__).parent
_field = st.components.v2.component(
    "komet_pasted_rows",
    html="""
    <div class="paste">
      <textarea spellcheck="false" autocomplete="off"></textarea>
      <button type="button"></button>
    </div>
    """,
    css=(HERE / "pasted_rows.css").read_text(encoding="utf-8"),
    js=(HERE / "pasted_rows.js").read_text(encoding="utf-8"),
)


def paste(*, key: str) -> None:
    """The field, behind a button; what is in it is given to the page's uploader. With another `key` it is
    closed and blank again."""
    with st.popover(_("Paste rows"), icon=":material/content_paste:", key=f"paste-{key}"):
        st.caption(_("Copy the rows in Excel together with their headings, and paste them here."))
        _field(key=f"pasted-{key}", data={"rows": _("Rows to import"), "read": _("Read these rows")})
