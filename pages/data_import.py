"""Data import: choose a type, take the sample, drop the filled sheet; go on with what is unfinished."""

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.web.home import drafts, dropped_files
from komet_import.web.shared import auth
from komet_import.web.shared.parts import empty, page_title

user = auth.guard()
page_title("Data import")

types = roles.types_for(user.roles)
if not types:
    empty(
        "Nothing to import with your roles",
        f"You hold {', '.join(user.roles)}. Ask an administrator if you need to import.",
    )
    st.stop()

type = drafts.choose_type(types)
sample, upload = st.columns([1, 2], gap="large")
with sample:
    drafts.sample(type)
with upload:
    dropped_files.upload(user, type)
drafts.unfinished(services.unfinished(user))
drafts.deleted(user, services.deleted(user))
