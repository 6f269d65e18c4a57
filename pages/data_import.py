"""Data import: choose a type, take the sample, drop the filled sheet; go on with what is unfinished."""

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.web.home import approvals, drafts, dropped_files
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

waiting = services.waiting_for(user)
approvals.waiting(waiting)
type = drafts.choose_type(types)
sample, upload = st.columns([1, 2], gap="large")
with sample:
    drafts.sample(type)
with upload:
    dropped_files.upload(user, type)
asked = {request.batch.id for request in waiting}
drafts.unfinished([draft for draft in services.unfinished(user) if draft.batch.id not in asked])
drafts.deleted(user, services.deleted(user))
