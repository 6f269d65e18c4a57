"""Report: what was read, posted, rejected and left out of a batch, and why."""

import streamlit as st

from komet_import import services
from komet_import.refusal import Refusal
from komet_import.web import auth, report_parts, reversal_parts
from komet_import.web.parts import local_time, page, page_title, plain

user = auth.guard()
batch_id = st.query_params.get("batch", "")

try:
    report = services.report(user, batch_id)
except Refusal:
    auth.not_found()

page_title(report_parts.headline(report))
st.caption(
    f"**{plain(report.batch.file_name)}** · {report.type.title} · imported "
    f"{local_time(report.receipt.posted_at)} by {plain(report.receipt.posted_by)}"
)
reversal_parts.reversed_notice(user, report)
report_parts.receipt(report)
report_parts.rejected(user, report)
report_parts.left_out(report)
report_parts.set_aside(report)
st.page_link(page("data_import"), label="Import another sheet", icon=":material/upload_file:")
reversal_parts.reverse(user, report)
