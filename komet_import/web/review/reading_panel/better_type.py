"""The type of information that a draft's sheet says more of, with one click to import it as that."""

from functools import partial

import streamlit as st

from komet_import import services
from komet_import.access.roles import may_import
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.services import Opened
from komet_import.sheets.layout.header import fitting_types
from komet_import.web.review.look import Reviewing
from komet_import.web.review.reading_panel.text_file import read_instead
from komet_import.web.shared.parts import plain


def better_type(user: CurrentUser, looking: Reviewing, opened: Opened) -> None:
    """A sentence and a button, where there is such a type and its person may import it."""
    worksheet = opened.draft.worksheet
    if worksheet is None:
        return
    if looking.fits is None:  # once: the sheet stays as it is
        looking.fits = fitting_types.better_type(worksheet, opened.type) or opened.type
    type = looking.fits
    if type.slug == opened.type.slug or not may_import(user, type):
        return
    with st.container(border=True):
        title = plain(_(type.title))
        st.markdown(_("**This sheet looks like {title}**", title=title))
        label = _("Import as {title}", title=title)
        if st.button(label, icon=":material/swap_horiz:", width="stretch", key="fits"):
            read_instead(partial(services.read_as_type, user, opened.batch.id, type))
