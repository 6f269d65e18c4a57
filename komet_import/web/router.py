"""The script that Streamlit runs for every page: sign-in first, then the frame around the page.

It must not lie beside `pages/`: Streamlit would find that folder by itself and run a page without this.
"""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.access.users import CurrentUser
from komet_import.language import _, marked
from komet_import.settings import ROOT, settings
from komet_import.web import frame
from komet_import.web.shared import auth, vanished
from komet_import.web.shared.connection import answer_lost_clicks
from komet_import.web.shared.navigation import arrive
from komet_import.web.shared.typed_text import keep_typed_text
from komet_import.web.sign_in import sign_in

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


class Section(StrEnum):
    """A part of the menu: the daily work, under the company's name, and what it rests on."""

    COMPANY = ""
    SETUP = marked("Setup")


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A page: its file in `pages/`, its title and path, where and to whom it is offered.

    `listed` is False for pages that are opened from another one, or from under the person's name. `may` is
    the right that the page itself asks for (`auth.guard`): the menu names no page that would be refused.
    """

    file: str
    title: str
    path: str
    icon: str
    section: Section = Section.COMPANY
    listed: bool = True
    may: Callable[[CurrentUser], bool] = lambda user: True

    def named_to(self, user: CurrentUser | None) -> bool:
        """Whether the menu names the page to this user."""
        return self.listed and user is not None and self.may(user)


ACCOUNT = Screen(
    file="account.py",
    title=marked("Account"),
    path="account",
    icon=":material/manage_accounts:",
    listed=False,
)
SCREENS = (
    Screen(file="data_import.py", title=marked("Data import"), path="", icon=":material/upload_file:"),
    Screen(
        file="review.py", title=marked("Review"), path="review", icon=":material/edit_note:", listed=False
    ),
    Screen(
        file="report.py", title=marked("Report"), path="report", icon=":material/fact_check:", listed=False
    ),
    Screen(file="history.py", title=marked("History"), path="history", icon=":material/history:"),
    Screen(
        file="balances.py",
        title=marked("Balances"),
        path="balances",
        icon=":material/account_balance:",
        may=roles.may_see_balances,
    ),
    Screen(
        file="customers.py",
        title=marked("Customers"),
        path="customers",
        icon=":material/group:",
        may=roles.may_see_balances,
    ),
    Screen(file="messages.py", title=marked("Messages"), path="messages", icon=":material/inbox:"),
    ACCOUNT,
    Screen(
        file="locations.py",
        title=marked("Locations"),
        path="locations",
        icon=":material/location_on:",
        section=Section.SETUP,
        may=roles.is_admin,
    ),
    Screen(
        file="periods.py",
        title=marked("Periods"),
        path="periods",
        icon=":material/calendar_month:",
        section=Section.SETUP,
        may=roles.may_close_periods,
    ),
    Screen(
        file="users.py",
        title=marked("Users"),
        path="users",
        icon=":material/person:",
        section=Section.SETUP,
        may=roles.is_admin,
    ),
    Screen(
        file="remembered.py",
        title=marked("Remembered"),
        path="remembered",
        icon=":material/bookmark:",
        section=Section.SETUP,
        may=roles.is_admin,
    ),
    Screen(
        file="mail.py",
        title=marked("Outgoing email"),
        path="mail",
        icon=":material/mail:",
        section=Section.SETUP,
        may=roles.is_admin,
    ),
    Screen(
        file="audit.py",
        title=marked("Audit trail"),
        path="audit",
        icon=":material/verified_user:",
        section=Section.SETUP,
        may=roles.is_admin,
    ),
)
PAGES = ROOT / "pages"
PRODUCT = "Komet Import"
# The icon of the browser's tab travels in the page: a named icon would be fetched from the network, and a
# file from Streamlit's /media, which is for who is signed in (`server.headers`).
_LEAF = (ROOT / "komet_import" / "web" / "leaf.svg").read_bytes()
ICON = f"data:image/svg+xml;base64,{b64encode(_LEAF).decode()}"
_SHOWN_TO = "shown-to"
"""Where the tab keeps for whom, and with what roles, it was drawn last."""


def main() -> None:
    """Every page is registered before anything may stop the script, or a deep link would lose its path."""
    # Before the pages: the tab would fetch the icon of the one that is open from the network.
    st.set_page_config(page_icon=ICON, layout="wide", initial_sidebar_state=frame.WIDTH)
    user = auth.current_user()
    offered = {
        screen: st.Page(
            PAGES / screen.file,
            title=_(screen.title),
            icon=screen.icon,
            url_path=screen.path or None,
            default=not screen.path,
        )
        for screen in SCREENS
    }
    page = st.navigation(list(offered.values()), position="hidden")
    st.set_page_config(page_title=f"{page.title if user else _('Sign in')} · {PRODUCT}")
    arrived_at = page.url_path if arrive(page.url_path) else None
    before = st.session_state.get(_SHOWN_TO)
    st.session_state[_SHOWN_TO] = user and (user.id, user.roles)
    if user is None:
        sign_in("/" + page.url_path, ended=before is not None)
        st.stop()
    frame.frame(
        user,
        _menu(user, offered),
        account=offered[ACCOUNT],
        arrived_at=arrived_at,
        unread={"messages": services.unread(user)},
    )
    if before and before != (user.id, user.roles):
        st.toast(_("Your roles were changed. You see what they allow now."), icon=":material/badge:")
    answer_lost_clicks()
    keep_typed_text()
    with vanished.told():
        page.run()


def _menu(user: CurrentUser, offered: Mapping[Screen, "StreamlitPage"]) -> "dict[str, list[StreamlitPage]]":
    """The pages that the menu names to this user, by the headings above them."""
    menu: dict[str, list[StreamlitPage]] = {}
    for screen, page in offered.items():
        if screen.named_to(user):
            menu.setdefault(_(screen.section) or settings().told_company, []).append(page)
    return menu


if __name__ == "__main__":  # so Streamlit runs it; a test may import it without effect
    main()
