"""Review: the sheet in an editable grid, what is wrong with it, and the one button."""

import streamlit as st

from komet_import import services
from komet_import.language import _
from komet_import.ledger.posting import PostingRefusal
from komet_import.refusal import Refusal
from komet_import.web.review import screen
from komet_import.web.shared import auth
from komet_import.web.shared.navigation import go_to
from komet_import.web.shared.no_draft import no_draft
from komet_import.web.shared.parts import page_title

user = auth.guard()
batch_id = st.query_params.get("batch", "")

try:
    services.view(user, batch_id)
except PostingRefusal as finished:
    if services.just_posted(user, batch_id):  # the second of two clicks, or the way back: it is done
        go_to("report", batch_id=batch_id)
    page_title(_("Review"))
    no_draft(user, batch_id, finished)
except Refusal:
    auth.not_found()

screen.body(user, batch_id)
