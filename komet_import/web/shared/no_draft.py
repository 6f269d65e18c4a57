"""What became of a sheet that is no draft any more, and the ways from there."""

from typing import NoReturn

import streamlit as st

from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger.posting import PostingRefusal
from komet_import.web.shared import vanished
from komet_import.web.shared.parts import its_report, page, refusal
from komet_import.web.shared.restore_button import restore_button


def no_draft(user: CurrentUser, batch_id: str, wrong: PostingRefusal) -> NoReturn:
    """Stop with why it is none: it was imported, or deleted and may come back."""
    refusal(wrong.message)
    its_report(wrong)
    if wrong.code == "discarded":
        restore_button(user, batch_id)
    st.page_link(page("data_import"), label=_("Import another sheet"))
    vanished.stop()
