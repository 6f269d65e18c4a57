"""Users: everybody who may sign in, what they may do, and a new password for who forgot theirs."""

from html import escape

import streamlit as st

from komet_import import services
from komet_import.access import passwords, roles
from komet_import.types import Role
from komet_import.web.shared import auth, parts
from komet_import.web.shared.forms import forms
from komet_import.web.shared.table import headings, still, table

user = auth.guard(roles.is_admin)
page = forms("users")
parts.page_title("Users", "Who may sign in, and what their roles let them do.")
page.say_notice()

everybody = services.all_users(user)
still(
    table(
        head=headings("Name", "User name", "E-mail", "Roles", "Added"),
        lines="".join(
            f"<tr{'' if one.active else ' class=quiet'}><th scope='row' class='name terse'>{escape(one.name)}"
            f"{'' if one.active else ' <span class=tag>deactivated</span>'}</th>"
            f"<td class='bare'>{escape(one.username)}</td><td class='bare'>{escape(one.email)}</td>"
            f"<td class='wordy'>{escape(', '.join(one.roles))}</td>"
            f"<td class='bare'>{parts.local_time(one.created_at)[:10]}</td></tr>"
            for one in everybody
        ),
        label="Users",
    )
)

change, add = st.columns(2, gap="large")

with change:
    st.subheader("Change a user", anchor=False)
    chosen = st.selectbox(
        "User",
        everybody,
        index=None,
        placeholder="Choose a user",
        format_func=lambda one: f"{one.name} ({one.username})" + ("" if one.active else ", deactivated"),
        key=f"chosen-{page.round}",
    )
    if chosen is None:
        st.caption("Choose a user to change roles, set a new password or deactivate.")
    else:
        target = chosen.id
        with st.form(f"roles-{target}-{page.round}"):
            held = st.multiselect("Roles", list(Role), default=list(chosen.roles))
            if st.form_submit_button("Change roles"):
                page.do(
                    lambda: services.set_roles(user, target, roles=held),
                    f"The roles of {chosen.username} are changed.",
                )
        with st.form(f"password-{target}-{page.round}"):
            password = st.text_input(
                "New password", type="password", autocomplete="new-password", help=passwords.HINT
            )
            if st.form_submit_button("Set password"):
                page.do(
                    lambda: services.reset_password(user, target, new=password),
                    f"The password of {chosen.username} is set; they are signed out everywhere.",
                )
        if chosen.active and st.button("Deactivate", icon=":material/person_off:"):
            page.do(
                lambda: services.deactivate(user, target),
                f"{chosen.username} is deactivated and signed out everywhere.",
            )
        if not chosen.active and st.button("Reactivate", icon=":material/person_check:"):
            page.do(
                lambda: services.reactivate(user, target),
                f"{chosen.username} may sign in again.",
            )

with add:
    st.subheader("Add a user", anchor=False)
    with st.form(f"add-{page.round}"):
        username = st.text_input("User name", autocomplete="off")
        name = st.text_input("Full name", autocomplete="off")
        email = st.text_input("E-mail", autocomplete="off", help="Results of imports are sent here.")
        given = st.multiselect("Roles", list(Role))
        first_password = st.text_input(
            "Password",
            type="password",
            autocomplete="new-password",
            help=f"{passwords.HINT} The user can change it under Account.",
        )
        if st.form_submit_button("Add user", type="primary"):
            page.do(
                lambda: services.add_user(
                    user,
                    username=username,
                    email=email,
                    name=name,
                    roles=given,
                    password=first_password,
                ),
                f"{username.strip()} may sign in now.",
            )
