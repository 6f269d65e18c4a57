"""Deleting a draft asks first: whose it is, and whose edits would go with it. And the way back."""

from functools import partial

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.services import Opened
from komet_import.web.review.look import Reviewing
from komet_import.web.shared import deletion_words, guarded
from komet_import.web.shared.on_screen import stood
from komet_import.web.shared.parts import loaded, plain


def delete_button(user: CurrentUser, looking: Reviewing, opened: Opened) -> None:
    """The button that asks whether to delete the draft; who may not is told who may."""
    may = services.may_delete(user, opened.batch)
    st.button(
        _("Delete draft…"),
        key="delete-draft",
        icon=":material/delete:",
        type="tertiary",
        disabled=not may,
        help=None
        if may
        else plain(_("Only {name}, who uploaded it, or an Admin can delete it.", name=opened.uploaded_by)),
        on_click=guarded.callback(lambda: looking.ask_to_delete(True)),
    )


def ask_to_delete(looking: Reviewing) -> None:
    """The dialog, drawn in every run until it is answered, as that of `bulk_edit.fix_many`."""
    if looking.deleting:
        dialog = guarded.dialog(_("Delete this draft?"), on_dismiss=lambda: looking.ask_to_delete(False))
        dialog(_ask)(looking)


def _ask(user: CurrentUser, looking: Reviewing) -> None:
    if looking.waiting or not looking.deleting:
        st.rerun()  # the page does it
    work = loaded(partial(services.work_on, user, looking.batch_id))
    if work is None:
        return
    deletion_words.about(work, restored=_("for 30 days, on the Data import page"))
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button(_("Keep it"), on_click=guarded.callback(lambda: looking.ask_to_delete(False)))
        with stood("deletion", work) as meant:
            clicked = meant(st.button(deletion_words.label(work), type="primary"))
    if clicked:
        looking.ask_to_delete(False)
        looking.later(partial(services.discard, user, looking.batch_id, revision=work.revision))()
        st.rerun()  # the page does it
