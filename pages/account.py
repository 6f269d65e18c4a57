"""Account: who I am here and what I may do, my password, and signing out everywhere."""

import streamlit as st

from komet_import import services
from komet_import.access import passwords, roles
from komet_import.language import _, current
from komet_import.refusal import Refusal
from komet_import.web.shared import auth, parts
from komet_import.web.shared.forms import forms
from komet_import.web.shared.table import facts

user = auth.guard()
page = forms("account")
parts.page_title(_("Account"))
page.say_notice()

kinds = [_(kind.title) for kind in roles.types_for(user.roles)]
facts(
    {
        _("Name"): user.name,
        _("User name"): user.username,
        _("Email"): user.email,
        _("Roles"): ", ".join(user.roles) or _("none"),
        _("Can import"): ", ".join(kinds) or _("nothing; an Admin can give you a role that can"),
        _("Password changed"): parts.local_day(services.password_changed(user)),
    }
)
st.space("small")

with st.form(f"password-{page.round}", width=420):
    st.subheader(_("Change password"), anchor=False)
    old = st.text_input(_("Current password"), type="password", autocomplete="current-password")
    new = st.text_input(
        _("New password"),
        type="password",
        autocomplete="new-password",
        help=passwords.hint(),
    )
    again = st.text_input(_("Confirm new password"), type="password", autocomplete="new-password")
    if st.form_submit_button(_("Change password"), type="primary"):
        try:
            auth.change_password(user, old=old, new=new, again=again)
        except Refusal as refused:
            parts.refusal(refused.message)
        else:
            page.finish(_("Your password is changed. Other browsers are signed out."))

if len(current.OFFERED) > 1:
    st.subheader(_("Language"), anchor=False)
    now = current.offered(user.language)
    language = st.selectbox(
        _("Of screens and mails"),
        [None, *current.OFFERED],
        index=[None, *current.OFFERED].index(now),
        format_func=lambda one: current.NAMES[one] if one else _("As the browser asks for"),
        width=420,
    )
    if language != now:
        services.read_in(user, language)
        current.speak(current.of_person(language or "", auth.accepted_languages()))
        page.finish(_("Screens and mails have another language now."))

st.subheader(_("Active sessions"), anchor=False)
count = services.signed_in_browsers(user)
st.caption(
    _("1 session, this one.") if count == 1 else _("{count} sessions, including this one.", count=count)
)
if st.button(
    _("Sign out everywhere"),
    icon=":material/logout:",
    help=_("Your other browsers are no longer trusted either."),
):
    services.sign_out_everywhere(user, mark=auth.browser_mark())
    st.rerun()

st.subheader(_("Trusted browsers"), anchor=False)
st.caption(
    _(
        "Browsers you have signed in from. Wrong passwords that others try elsewhere never make "
        "these wait. Remove those you no longer use."
    )
)
for browser in services.trusted_browsers(user, mark=auth.browser_mark()):
    with st.container(horizontal=True, vertical_alignment="center", width=560):
        seen = parts.local_time(browser.seen_at)
        st.text(_("Last sign-in {seen}", seen=seen) + (_(" · this browser") if browser.here else ""))
        if st.button(
            _("Remove"), key=f"browser-{browser.id}", help=_("This browser is treated as a new one.")
        ):
            services.forget_browser(user, browser.id)
            page.finish(_("The browser is no longer trusted."))
