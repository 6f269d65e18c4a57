"""History: every import, newest first."""

import streamlit as st

from komet_import import importing
from komet_import.types.schema import money
from komet_import.web import auth
from komet_import.web.parts import empty, local_time, page, page_title, plain

user = auth.guard()
page_title("History", "Every import, newest first. Open one to see what was imported and what was not.")

listed = importing.history(user)
if not listed:
    empty(
        "Nothing was imported yet",
        "Imports appear here as soon as they are done.",
        lambda: st.page_link(page("data_import"), label="Import a sheet", icon=":material/upload_file:"),
    )
    st.stop()

for entry in listed:
    batch = entry.batch
    value = "" if batch.amount_posted is None else f" · {money(batch.amount_posted)}".replace("$", "\\$")
    rejected = f" · :red[{batch.rows_rejected:,} rejected]" if batch.rows_rejected else ""
    with st.container(border=True, gap=None):
        st.page_link(page("report"), label=f"**{plain(batch.file_name)}**", query_params={"batch": batch.id})
        st.markdown(f"{entry.type.counted(batch.rows_posted)} imported{value}{rejected}")
        st.caption(
            f"{entry.type.title} · {local_time(batch.posted_at or batch.changed_at)} · {plain(entry.uploaded_by)}"
        )
