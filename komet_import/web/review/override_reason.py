"""The field for why a sheet is imported though its control totals do not match; it keeps what was typed."""

import streamlit as st

from komet_import.language import _
from komet_import.services import LONGEST_WHY
from komet_import.web.review.look import Reviewing
from komet_import.web.shared import guarded

REASON = "override-reason"
"""Where a browser keeps what is typed, while the dialog is there."""


def reason_field(looking: Reviewing) -> None:
    """The field, with what was typed before the dialog was closed."""
    st.text_input(
        _("Reason to import it anyway"),
        value=looking.reason,
        max_chars=LONGEST_WHY,
        placeholder=_("Kept with the import"),
        autocomplete="off",
        key=REASON,
        on_change=guarded.callback(lambda: setattr(looking, "reason", st.session_state[REASON])),
    )
