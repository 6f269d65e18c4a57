"""Report: what was read, posted, rejected and left out of a batch, and why."""

import streamlit as st

from komet_import import services
from komet_import.language import _
from komet_import.refusal import Refusal
from komet_import.web.report import (
    around,
    effect,
    evidence,
    family,
    news,
    posted_rows,
    receipt,
    replaced,
    reversal_form,
    reversal_request,
    timeline,
)
from komet_import.web.report.no_report import no_report
from komet_import.web.shared import auth
from komet_import.web.shared.parts import local_time, page, page_title, plain

user = auth.guard()
batch_id = st.query_params.get("batch", "")

try:
    version = services.last_happening(user, batch_id)  # before what it is a version of is read
    report = services.report(user, batch_id)
except Refusal:
    no_report(user, batch_id)

news.tell_of_news(batch_id, version)
with st.container(horizontal=True, vertical_alignment="top"):
    with st.container(key="page-heading"):
        page_title(receipt.headline(report))
    around.neighbors(user, report)
st.caption(
    _(
        "**{file_name}** · {title} · imported {time} {hands}",
        file_name=plain(report.batch.file_name),
        title=_(report.type.title),
        time=local_time(report.receipt.posted_at),
        hands=plain(receipt.hands(report)),
    )
)
with st.container():  # what comes here moves nothing below: a popover that is open there would close
    family.continues(report)
    reversal_form.reversed_notices(user, report)
    reversal_request.requests(user, report)
receipt.receipt(report)
effect.balances(user, report)
receipt.rejected(user, report)
posted_rows.posted_rows(report)
replaced.replaced(user, report)
receipt.left_out(report)
receipt.set_aside(report)
timeline.timeline(user, report)
evidence.evidence(report)
st.page_link(page("data_import"), label=_("Import another sheet"), icon=":material/upload_file:")
reversal_form.reverse(user, report)
news.ask_for_news(batch_id, version)
