"""How a text file was read, to be changed: its encoding and what stands between its values."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.refusal import Refusal
from komet_import.services import Opened
from komet_import.sheets.files.book import TextOptions
from komet_import.sheets.files.kinds import DELIMITER_NAMES
from komet_import.sheets.layout.notes import text_options
from komet_import.web.shared.navigation import go_to
from komet_import.web.shared.parts import its_report, refusal

ENCODINGS = ("utf-8", "cp1252", "cp1250", "iso8859_15", "cp850", "mac_roman", "cp1251", "utf-16", "shift_jis")
"""What may be chosen: what the programs of many countries write, the likeliest first."""


def text_file(user: CurrentUser, opened: Opened) -> None:
    """Two choices and a button, for a draft that was a text file."""
    worksheet = opened.draft.worksheet
    found = text_options(worksheet) if worksheet is not None else None
    if found is None:
        return
    with st.container(border=True):
        st.markdown(_("**Text file**"))
        encoding = st.selectbox(_("Encoding"), _with(ENCODINGS, found.encoding), key="text-encoding")
        marks = _with(tuple(DELIMITER_NAMES), found.delimiter)
        delimiter = st.selectbox(_("Between the values"), marks, format_func=_, key="text-delimiter")
        chosen = TextOptions(encoding=encoding, delimiter=delimiter)
        if st.button(_("Read again"), disabled=chosen == found, key="text-again"):
            read_instead(partial(services.read_text_as, user, opened.batch.id, chosen))


def _with(usual: tuple[str, ...], found: str | None) -> list[str]:
    """What may be chosen, what was found first."""
    return [*filter(None, [found]), *(one for one in usual if one != found)]


def read_instead(reading: Callable[[], str]) -> None:
    """Read the file of a draft otherwise and go to the draft that it is then, or say why not."""
    try:
        batch_id = reading()
    except Refusal as wrong:
        refusal(wrong.message)
        its_report(wrong)
        return
    go_to("review", batch_id=batch_id)
