"""Data import: choose a type, take the sample, drop the filled sheet; go on with what is unfinished."""

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.web import auth, import_parts, uploading
from komet_import.web.parts import empty, page_title

user = auth.guard()
page_title("Data import")

types = roles.types_for(user.roles)
if not types:
    empty(
        "Nothing to import with your roles",
        f"You hold {', '.join(user.roles)}. Ask an administrator if you need to import.",
    )
    st.stop()

type = import_parts.choose_type(types)
sample, upload = st.columns([1, 2], gap="large")
with sample:
    import_parts.sample(type)
with upload:
    uploading.upload(user, type)
import_parts.unfinished(services.unfinished(user))
import_parts.deleted(user, services.deleted(user))
