"""What a report's address shows where there is no report: of a sheet that is not imported, the ways to it and
to the reports whose rows came back in it."""

from typing import Literal, NoReturn

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger.posting import PostingRefusal
from komet_import.refusal import Refusal
from komet_import.web.shared import auth, vanished
from komet_import.web.shared.no_draft import no_draft
from komet_import.web.shared.parts import page, page_title, plain


def no_report(user: CurrentUser, batch_id: str) -> NoReturn:
    """Stop with why there is none, as far as this user may know. The browser's way back from Review leads
    here: Streamlit writes the draft into the address of the page that it leaves."""
    try:
        draft = services.view(user, batch_id)
    except PostingRefusal as wrong:
        page_title(_("Report"))
        no_draft(user, batch_id, wrong)
    except Refusal:
        auth.not_found()
    page_title(_("Report"))
    name = draft.batch.file_name
    said = _("“{file_name}” is not imported yet, so there is no report of it.", file_name=name)
    st.info(plain(said), icon=":material/edit_note:")
    _way("review", _("Review"), batch_id)
    for origin, file_name in sorted({(o.batch_id, o.file_name) for o in draft.draft.origins_here.values()}):
        _way("report", plain(file_name), origin)
    vanished.stop()


def _way(where: Literal["review", "report"], label: str, batch_id: str) -> None:
    icon = ":material/edit_note:" if where == "review" else ":material/description:"
    st.page_link(page(where), label=label, query_params={"batch": batch_id}, icon=icon)
