"""Everybody who can sign in, one in a row, and what can be changed of the one that is chosen."""

from collections.abc import Callable

import streamlit as st

from komet_import import services
from komet_import.access import passwords
from komet_import.access.users import CurrentUser, ListedUser
from komet_import.language import _
from komet_import.types import Role
from komet_import.web.shared import guarded
from komet_import.web.shared.forms import Forms, forms
from komet_import.web.shared.navigation import kept_here
from komet_import.web.shared.parts import local_day, plain

MANY = 10
"""With more users than these there is a search."""
NAME, ADDRESS = 160, 220
"""Pixels of the columns; the roles have the rest."""
_CHOSEN = "user-to-change"


def rows(user: CurrentUser) -> None:
    """Name, address, roles and state of each, with the button that opens what can be changed."""
    everybody = services.all_users(user)
    searched = ""
    if len(everybody) > MANY:
        searched = st.text_input(
            _("Search"), placeholder=_("Name, address or role"), icon=":material/search:", width=280
        )
    words = (searched or "").casefold().split()
    shown = [one for one in everybody if all(word in _text(one) for word in words)]
    with st.container(border=True, gap="small"):
        for one in shown:
            _row(one)
        if not shown:
            st.caption(_("No user matches."))
    if kept_here().get(_CHOSEN) is not None:
        guarded.dialog(_("Change a user"), on_dismiss=_close)(_change)()


def _text(one: ListedUser) -> str:
    return f"{one.name} {one.username} {one.email} {' '.join(one.roles)}".casefold()


def _row(one: ListedUser) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        name = st.container(width=NAME, gap=None)
        address = st.container(width=ADDRESS)
        held = st.container(gap=None, key=f"row-name-roles-{one.id}")
        change = st.container(width="content")
    with name:
        st.markdown(f"**{plain(one.name)}**")
        st.caption(plain(one.username))
    # As text: in Markdown an address becomes a link, however it is escaped.
    address.text(one.email)
    with held:
        st.caption(", ".join(one.roles))
        if not one.active:
            st.badge(_("deactivated"), icon=":material/person_off:", color="gray")
    if change.button(
        _("Change"), key=f"change-{one.id}", help=plain(_("Change {username}", username=one.username))
    ):
        kept_here()[_CHOSEN] = one.id
        st.rerun()


def _close() -> None:
    kept_here().pop(_CHOSEN, None)


def _change(user: CurrentUser) -> None:
    page, target = forms("users"), kept_here().get(_CHOSEN)
    chosen = next((one for one in services.all_users(user) if one.id == target), None)
    if chosen is None:
        st.rerun()
    st.markdown(f"**{plain(chosen.name)}** · {plain(chosen.username)}")
    added, changed = local_day(chosen.created_at), local_day(chosen.password_changed_at)
    st.caption(_("Added {time} · password changed {changed}", time=added, changed=changed))
    _roles(user, page, chosen)
    _password(user, page, chosen)
    if chosen.active and st.button(_("Deactivate"), icon=":material/person_off:"):
        _submit_and_close(
            page,
            lambda: services.deactivate(user, chosen.id),
            _("{username} is deactivated and signed out everywhere.", username=chosen.username),
        )
    if not chosen.active and st.button(_("Reactivate"), icon=":material/person_check:"):
        _submit_and_close(
            page,
            lambda: services.reactivate(user, chosen.id),
            _("{username} can sign in again.", username=chosen.username),
        )


def _roles(user: CurrentUser, page: Forms, chosen: ListedUser) -> None:
    with st.form(f"roles-{chosen.id}-{page.round}"):
        held = st.multiselect(
            _("Roles"), list(Role), default=list(chosen.roles), placeholder=_("Choose roles")
        )
        if st.form_submit_button(_("Change roles")):
            _submit_and_close(
                page,
                lambda: services.set_roles(user, chosen.id, roles=held),
                _("The roles of {username} are changed.", username=chosen.username),
            )


def _password(user: CurrentUser, page: Forms, chosen: ListedUser) -> None:
    with st.form(f"password-{chosen.id}-{page.round}"):
        password = st.text_input(
            _("New password"), type="password", autocomplete="new-password", help=passwords.hint()
        )
        if st.form_submit_button(_("Set password")):
            _submit_and_close(
                page,
                lambda: services.reset_password(user, chosen.id, new=password),
                _(
                    "The password of {username} is set; they are signed out everywhere.",
                    username=chosen.username,
                ),
            )


def _submit_and_close(page: Forms, work: Callable[[], object], done: str) -> None:
    """Close the window where the work is done; where it is refused, it says why."""

    def and_close() -> None:
        work()
        _close()

    page.submit(and_close, done)
