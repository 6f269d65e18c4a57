"""The script that Streamlit runs for every page: sign-in first, then the frame around the page.

It must not lie beside `pages/`: Streamlit would find that folder by itself and run a page without this.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from komet_import import demo
from komet_import.access import roles, users
from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.settings import ROOT, settings
from komet_import.web.shared import auth
from komet_import.web.shared.navigation import arrive
from komet_import.web.shared.parts import plain

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A page: its file in `pages/`, its title and path (DESIGN §7), where and to whom it is offered.

    `listed` is False for pages that are opened from another one, with the batch in the address. `may` is the
    right that the page itself asks for (`auth.guard`): the menu names no page that would be refused.
    """

    file: str
    title: str
    path: str
    icon: str
    section: str = ""
    listed: bool = True
    may: Callable[[CurrentUser], bool] = lambda user: True

    def named_to(self, user: CurrentUser | None) -> bool:
        """Whether the menu names the page to this user."""
        return self.listed and user is not None and self.may(user)


SCREENS = (
    Screen(file="data_import.py", title="Data import", path="", icon=":material/upload_file:"),
    Screen(file="review.py", title="Review", path="review", icon=":material/edit_note:", listed=False),
    Screen(file="report.py", title="Report", path="report", icon=":material/fact_check:", listed=False),
    Screen(file="history.py", title="History", path="history", icon=":material/history:"),
    Screen(
        file="balances.py",
        title="Balances",
        path="balances",
        icon=":material/account_balance:",
        may=roles.may_see_balances,
    ),
    Screen(file="messages.py", title="Messages", path="messages", icon=":material/inbox:"),
    Screen(
        file="account.py",
        title="Account",
        path="account",
        icon=":material/person:",
        section="You",
    ),
    Screen(
        file="users.py",
        title="Users",
        path="users",
        icon=":material/group:",
        section="Administration",
        may=roles.is_admin,
    ),
    Screen(
        file="locations.py",
        title="Locations",
        path="locations",
        icon=":material/location_on:",
        section="Administration",
        may=roles.is_admin,
    ),
    Screen(
        file="periods.py",
        title="Periods",
        path="periods",
        icon=":material/event_busy:",
        section="Administration",
        may=roles.may_close_periods,
    ),
    Screen(
        file="mail.py",
        title="Mail",
        path="mail",
        icon=":material/outgoing_mail:",
        section="Administration",
        may=roles.is_admin,
    ),
    Screen(
        file="audit.py",
        title="Audit trail",
        path="audit",
        icon=":material/policy:",
        section="Administration",
        may=roles.is_admin,
    ),
)
SIDEBAR_PIXELS = 200
PAGES = ROOT / "pages"
LAYOUT = ROOT / "komet_import" / "web" / "layout.css"
# The icon of the browser's tab travels in the page: a named icon would be fetched from the network, and a
# file from Streamlit's /media, which is for who is signed in (`server.FilesForUsers`).
_LEAF = (ROOT / "komet_import" / "web" / "leaf.svg").read_bytes()
ICON = f"data:image/svg+xml;base64,{b64encode(_LEAF).decode()}"
_SHOWN_TO = "shown-to"
"""Where the tab keeps for whom, and with what roles, it was drawn last."""


def main() -> None:
    """Every page is registered before anything may stop the script, or a deep link would lose its path."""
    # Narrow, for the sheet is the page.
    st.set_page_config(
        page_title="Komet Import", page_icon=ICON, layout="wide", initial_sidebar_state=SIDEBAR_PIXELS
    )
    user = auth.current_user()
    page = st.navigation(_pages(user), position="sidebar" if user else "hidden")
    arrive(page.url_path)
    before = st.session_state.get(_SHOWN_TO)
    st.session_state[_SHOWN_TO] = user and (user.id, user.roles)
    if user is None:
        _sign_in("/" + page.url_path, ended=before is not None)
        st.stop()
    _frame(user)
    if before and before != (user.id, user.roles):
        st.toast("Your roles were changed. You see what they allow now.", icon=":material/badge:")
    page.run()


def _pages(user: CurrentUser | None) -> "dict[str, list[StreamlitPage]]":
    sections: dict[str, list[StreamlitPage]] = {}
    for screen in SCREENS:
        page = st.Page(
            PAGES / screen.file,
            title=screen.title,
            icon=screen.icon,
            url_path=screen.path or None,
            default=not screen.path,
            visibility="visible" if screen.named_to(user) else "hidden",
        )
        sections.setdefault(screen.section, []).append(page)
    return sections


def _frame(user: CurrentUser) -> None:
    """The sidebar: whose books these are, who is working in them, and the way out."""
    st.html(LAYOUT)
    with st.sidebar:
        st.markdown(f":material/eco: **{plain(settings().company)}**")
        with st.container(gap="xxsmall"):
            st.markdown(plain(user.name))
            st.caption(", ".join(user.roles))
            # A form of our own: signing out is a POST, and no widget of Streamlit's sends one.
            st.html(
                '<form class="komet-sign-out" method="post" action="/sign-out">'
                '<button type="submit" role="link">Sign out</button></form>'
            )


def _sign_in(path: str, *, ended: bool) -> None:
    """The form; `ended` says that this tab was drawn for somebody a moment ago (`sockets`)."""
    _, middle, _ = st.columns([1, 1.2, 1])
    with middle:
        if ended:
            st.info("Your session has ended. Sign in to go on.", icon=":material/lock:")
        st.title(plain(settings().company), anchor=False)
        st.caption("Komet Import: bring open credits from Excel into the ledger, checked row by row.")
        auth.sign_in_form(path)
        if settings().demo:
            _demo_users()
        else:
            _first_user()


def _demo_users() -> None:
    st.markdown(f"**Demo users**, all with the password `{demo.PASSWORD}`")
    st.table(
        [{"User name": name, "Roles": ", ".join(held)} for name, held in demo.users_shown()],
        border="horizontal",
    )


def _first_user() -> None:
    with database.reading() as session:
        anybody = users.exist(session)
    if not anybody:
        st.info(
            "There are no users yet. Make the first Admin in a terminal: "
            '`python -m komet_import users add NAME --email ADDRESS --name "FULL NAME" --role Admin`',
            icon=":material/terminal:",
        )


if __name__ == "__main__":  # so Streamlit runs it; a test may import it without effect
    main()
