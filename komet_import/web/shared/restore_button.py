"""The way back to a draft that was deleted."""

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.refusal import Refusal
from komet_import.web.shared.navigation import go_to
from komet_import.web.shared.parts import refusal


def restore_button(user: CurrentUser, batch_id: str) -> None:
    """The way back of a deleted draft: it opens as it was."""
    if st.button(_("Restore"), key=f"restore-{batch_id}", icon=":material/restore_from_trash:"):
        try:
            services.restore(user, batch_id)
        except Refusal as wrong:
            refusal(wrong.message)
        else:
            go_to("review", batch_id=batch_id)
