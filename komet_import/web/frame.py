"""The frame around a page: the brand and the company on top, the menu, and who is working here below.

The menu is made of Streamlit's page links, not of its own list of pages: with headings in it, that is a list
of which a screen reader learns neither that it is one nor what is in it (axe: `list`, `listitem`).
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.settings import ROOT
from komet_import.web import streamlit_words
from komet_import.web.shared.brand import brand_alone
from komet_import.web.shared.parts import plain

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

WIDTH = 208
"""Pixels of the sidebar. Narrow, for the sheet is the page."""
_LAYOUT = ROOT / "komet_import" / "web" / "layout.css"
_CLOSE = """<script>/* /{path} */
if (innerWidth < 768) document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
</script>"""
"""On a phone the menu covers the page; Streamlit closes it after a choice in its own list of pages only."""


def frame(
    user: CurrentUser,
    menu: Mapping[str, Sequence["StreamlitPage"]],
    *,
    account: "StreamlitPage",
    arrived_at: str | None,
    unread: Mapping[str, int],
) -> None:
    """Draw it. `menu` has the pages that this user may open, by the headings above them; `arrived_at` is the
    path of a page to which another one has just led, `unread` says how much is new on a page, by its path.
    """
    layout()
    with st.sidebar:
        for number, (heading, pages) in enumerate(menu.items()):
            with st.container(key=f"menu-{number}"):
                st.caption(plain(heading))
                for page in pages:
                    new = unread.get(page.url_path)
                    badge = f" :green-badge[{_('{new:,} new', new=new)}]" if new else ""
                    label = f"{page.title}{badge}"
                    st.page_link(page, label=label, icon=page.icon, width="stretch")
        with st.container(key="who"):
            _who(user, account)
        if arrived_at is not None:
            st.html(_CLOSE.format(path=arrived_at), unsafe_allow_javascript=True)


def layout() -> None:
    """The brand, and what Streamlit has no setting for."""
    st.html(_LAYOUT)
    st.logo(brand_alone(), size="large")
    streamlit_words.tell_them()


def _who(user: CurrentUser, account: "StreamlitPage") -> None:
    """Who is signed in, and behind it the account and the way out."""
    held = ", ".join(user.roles)
    label = f"{plain(user.name)}  \n:small[:gray[{plain(held)}]]"
    with st.popover(label, icon=":material/person:", type="tertiary", width="stretch", wrap=True):
        st.caption(f"{plain(user.username)} · {plain(held)}")
        st.page_link(account, label=_("Account"), icon=":material/manage_accounts:", width="stretch")
        # A form of our own: signing out is a POST, and no widget of Streamlit's sends one.
        st.html(
            '<form class="komet-sign-out" method="post" action="/sign-out">'
            f'<button type="submit">{escape(_("Sign out"))}</button></form>'
        )
