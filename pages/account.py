"""Account: who I am here and what I may do, my password, and signing out everywhere."""

import streamlit as st

from komet_import import services
from komet_import.access import passwords, roles
from komet_import.refusal import Refusal
from komet_import.web.shared import auth, parts
from komet_import.web.shared.forms import forms
from komet_import.web.shared.table import facts

user = auth.guard()
page = forms("account")
parts.page_title("Account")
page.say_notice()

kinds = [kind.title for kind in roles.types_for(user.roles)]
facts(
    {
        "Name": user.name,
        "User name": user.username,
        "E-mail": user.email,
        "Roles": ", ".join(user.roles) or "none",
        "May import": ", ".join(kinds) or "nothing; an Admin can give you a role that may",
    }
)
st.space("small")

with st.form(f"password-{page.round}", width=420):
    st.subheader("Change password", anchor=False)
    old = st.text_input("Current password", type="password", autocomplete="current-password")
    new = st.text_input(
        "New password",
        type="password",
        autocomplete="new-password",
        help=passwords.HINT,
    )
    again = st.text_input("New password again", type="password", autocomplete="new-password")
    if st.form_submit_button("Change password", type="primary"):
        try:
            auth.change_password(user, old=old, new=new, again=again)
        except Refusal as refused:
            parts.refusal(refused.message)
        else:
            page.finish("Your password is changed. Other browsers are signed out.")

st.subheader("Signed-in browsers", anchor=False)
count = services.signed_in_browsers(user)
st.caption(
    "You are signed in with this browser only."
    if count == 1
    else f"You are signed in with {count} browsers, this one included."
)
if st.button("Sign out everywhere", icon=":material/logout:"):
    services.sign_out_everywhere(user)
    st.rerun()

st.subheader("Trusted browsers", anchor=False)
st.caption(
    "Browsers you have signed in from. Wrong passwords that others try elsewhere never make these wait. "
    "Remove those you no longer use."
)
for browser in services.trusted_browsers(user, mark=auth.browser_mark()):
    with st.container(horizontal=True, vertical_alignment="center", width=560):
        seen = parts.local_time(browser.seen_at)
        st.text(f"Last sign-in {seen}" + (" · this browser" if browser.here else ""))
        if st.button("Remove", key=f"browser-{browser.id}", help="This browser is treated as a new one."):
            services.forget_browser(user, browser.id)
            page.finish("The browser is no longer trusted.")
