"""Users: everybody who may sign in, what they may do, and a new password for who forgot theirs."""

import streamlit as st

from komet_import import services
from komet_import.access import passwords, roles
from komet_import.language import _
from komet_import.types import Role
from komet_import.web.shared import auth, parts
from komet_import.web.shared.forms import forms
from komet_import.web.users import rows

user = auth.guard(roles.is_admin)
page = forms("users")
parts.page_title(_("Users"), _("People who can sign in, and their roles."))
page.say_notice()

everybody, add = st.columns([2.4, 1], gap="medium")
with everybody:
    rows.rows(user)

with add:
    st.subheader(_("Add a user"), anchor=False)
    with st.form(f"add-{page.round}"):
        username = st.text_input(_("User name"), autocomplete="off")
        name = st.text_input(_("Full name"), autocomplete="off")
        email = st.text_input(_("Email"), autocomplete="off", help=_("Results of imports are sent here."))
        given = st.multiselect(_("Roles"), list(Role), placeholder=_("Choose roles"))
        first_password = st.text_input(
            _("Password"),
            type="password",
            autocomplete="new-password",
            help=_("{hint} The user can change it under Account.", hint=passwords.hint()),
        )
        if st.form_submit_button(_("Add user"), type="primary"):
            page.submit(
                lambda: services.add_user(
                    user,
                    username=username,
                    email=email,
                    name=name,
                    roles=given,
                    password=first_password,
                ),
                _("{username} can sign in now.", username=username.strip()),
            )
