"""Account: who I am here and what I may do, my password, and signing out everywhere."""

import streamlit as st

from komet_import.access import roles, sessions
from komet_import.ledger import database
from komet_import.refusal import Refusal
from komet_import.web import auth, parts

STATE = "account"

user = auth.guard()
state = st.session_state.setdefault(STATE, {"form": 0, "notice": ""})
parts.page_title("Account")
if happened := state.pop("notice", ""):
    parts.notice(happened)

kinds = [kind.title for kind in roles.types_for(user.roles)]
st.table(
    {
        "Name": parts.plain(user.name),
        "User name": parts.plain(user.username),
        "E-mail": parts.plain(user.email),
        "Roles": ", ".join(user.roles) or "none",
        "May import": ", ".join(kinds) or "nothing; an Admin can give you a role that may",
    },
    border="horizontal",
    width="content",
)

with st.form(f"password-{state['form']}", width=420):
    st.subheader("Change password", anchor=False)
    old = st.text_input("Current password", type="password", autocomplete="current-password")
    new = st.text_input(
        "New password",
        type="password",
        autocomplete="new-password",
        help="At least 8 characters. A sentence is easy to remember and hard to guess.",
    )
    again = st.text_input("New password again", type="password", autocomplete="new-password")
    if st.form_submit_button("Change password", type="primary"):
        try:
            auth.change_password(user, old=old, new=new, again=again)
        except Refusal as refused:
            parts.refusal(refused.message)
        else:
            state |= {
                "form": state["form"] + 1,
                "notice": "Your password is changed. Other browsers are signed out.",
            }
            st.rerun()

st.subheader("Signed-in browsers", anchor=False)
with database.reading() as session:
    browsers = sessions.count(session, user_id=user.id)
st.caption(
    "You are signed in with this browser only."
    if browsers == 1
    else f"You are signed in with {browsers} browsers, this one included."
)
if st.button("Sign out everywhere", icon=":material/logout:"):
    with database.transaction() as session:
        sessions.end_all(session, user_id=user.id)
    st.rerun()
