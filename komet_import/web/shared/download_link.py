"""The link on a page to a file that a route of ours gives to the one who asks for it."""

from html import escape
from urllib.parse import quote

import streamlit as st

from komet_import.services import File

DOWNLOAD = "/download"

_STYLE = """
.komet-download { display: inline-flex; align-items: center; gap: .5rem; min-height: 2.5rem;
  padding: .25rem .75rem; font-size: .875rem;
  border: 1px solid var(--st-border-color, color-mix(in srgb, currentColor 20%, transparent));
  border-radius: 6px; color: inherit !important; text-decoration: none !important; line-height: 1.6; }
.komet-download:hover { border-color: currentColor; }
.komet-download:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
.komet-download::before { content: ""; flex: none; width: 1.25em; height: 1.25em; background: currentColor;
  mask: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 -960 960 960'%3E%3Cpath \
d='M480-320 280-520l56-58 104 104v-326h80v326l104-104 56 58-200 200ZM240-160q-33 0-56.500-23.500T160-240v-120\
h80v120h480v-120h80v120q0 33-23.500 56.500T720-160H240Z'/%3E%3C/svg%3E") center / contain no-repeat; }
"""


def download_link(label: str, file: File, of: str) -> None:
    """A link to a file that looks like the buttons beside it.

    As HTML, because Streamlit's link button opens another tab for it, and its download button serves the file
    to whoever knows its address.
    """
    address = f"{DOWNLOAD}/{file}/{quote(of, safe='')}"
    st.html(
        f"<style>{_STYLE}</style><a class='komet-download' href='{address}' target='_self'>"
        f"{escape(label)}</a>",
        width="content",
    )
