"""History: every import, newest first."""

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.web.report import receipt
from komet_import.web.shared import auth
from komet_import.web.shared.parts import empty, page, page_title

user = auth.guard()
page_title("History", "Every import, newest first. Open one to see what was imported and what was not.")

if not roles.types_for(user.roles):
    empty(
        "No imports to show",
        f"Your roles ({', '.join(user.roles)}) neither import nor see imports. Ask an administrator if you "
        "need to.",
    )
    st.stop()

listed = services.history(user)
if not listed:
    empty(
        "Nothing was imported yet",
        "Imports appear here as soon as they are done.",
        lambda: st.page_link(page("data_import"), label="Import a sheet", icon=":material/upload_file:"),
    )
    st.stop()

receipt.history(listed)
