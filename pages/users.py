"""Users: everybody who may sign in, what they may do, and a new password for who forgot theirs."""

from collections.abc import Callable

import streamlit as st
from sqlmodel import Session

from komet_import.access import users
from komet_import.ledger import database
from komet_import.refusal import Refusal
from komet_import.types import Role
from komet_import.web import auth, parts

STATE = "users"

user = auth.guard(admin=True)
state = st.session_state.setdefault(STATE, {"form": 0, "notice": ""})


def do(work: Callable[[Session], object], done: str) -> None:
    """Do it in one transaction and say so on a fresh page, or say beside the form why not."""
    try:
        with database.transaction() as session:
            work(session)
    except Refusal as refused:
        parts.refusal(refused.message)
        return
    state.update(form=state["form"] + 1, notice=done)
    st.rerun()


parts.page_title("Users", "Who may sign in, and what their roles let them do.")
if happened := state.pop("notice", ""):
    parts.notice(happened)

with database.reading() as session:
    everybody = users.all(session)
st.dataframe(
    [
        {
            "Name": one.name,
            "User name": one.username,
            "E-mail": one.email,
            "Roles": ", ".join(one.roles),
            "State": "active" if one.active else "deactivated",
            "Added": parts.local_time(one.created_at),
        }
        for one in everybody
    ],
    hide_index=True,
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
        key=f"chosen-{state['form']}",
    )
    if chosen is None:
        st.caption("Choose a user to change roles, set a new password or deactivate.")
    else:
        target = chosen.id
        with st.form(f"roles-{target}-{state['form']}"):
            held = st.multiselect("Roles", list(Role), default=list(chosen.roles))
            if st.form_submit_button("Change roles"):
                do(
                    lambda work: users.set_roles(work, user_id=target, roles=held, by=user.id),
                    f"The roles of {chosen.username} are changed.",
                )
        with st.form(f"password-{target}-{state['form']}"):
            password = st.text_input("New password", type="password", autocomplete="new-password")
            if st.form_submit_button("Set password"):
                do(
                    lambda work: users.reset_password(work, user_id=target, new=password, by=user.id),
                    f"The password of {chosen.username} is set; they are signed out everywhere.",
                )
        if chosen.active and st.button("Deactivate", icon=":material/person_off:"):
            do(
                lambda work: users.deactivate(work, user_id=target, by=user.id),
                f"{chosen.username} is deactivated and signed out everywhere.",
            )
        if not chosen.active and st.button("Reactivate", icon=":material/person_check:"):
            do(
                lambda work: users.reactivate(work, user_id=target, by=user.id),
                f"{chosen.username} may sign in again.",
            )

with add:
    st.subheader("Add a user", anchor=False)
    with st.form(f"add-{state['form']}"):
        username = st.text_input("User name", autocomplete="off")
        name = st.text_input("Full name", autocomplete="off")
        email = st.text_input("E-mail", autocomplete="off", help="Results of imports are sent here.")
        given = st.multiselect("Roles", list(Role))
        first_password = st.text_input(
            "Password",
            type="password",
            autocomplete="new-password",
            help="At least 8 characters. The user can change it under Account.",
        )
        if st.form_submit_button("Add user", type="primary"):
            do(
                lambda work: users.add(
                    work,
                    username=username,
                    email=email,
                    name=name,
                    roles=given,
                    password=first_password,
                    by=user.id,
                ),
                f"{username.strip()} may sign in now.",
            )
