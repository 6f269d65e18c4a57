"""Rows of a draft that were rejected before: which import they are of, and what was changed of them since."""

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _, ngettext
from komet_import.language.lists import listed
from komet_import.services import Opened
from komet_import.web.shared.parts import counted_rows, plain


def rejected_before(user: CurrentUser, opened: Opened) -> None:
    """A line above the grid where such rows are in the sheet; it opens once something was changed of them."""
    if not opened.draft.origins_here:
        return
    back = services.returned(user, opened.batch.id)
    files = sorted({row.origin.file_name for row in back})
    changed = [(row, one) for row in back for one in row.changes]
    facts = {"rows": counted_rows(len(back)), "files": listed(files)}
    if not changed:
        st.caption(plain(_("{rows} back from {files}, unchanged so far", **facts)))
        return
    label = ngettext(
        "{rows} back from {files}: {count:,} value changed since",
        "{rows} back from {files}: {count:,} values changed since",
        len(changed),
        **facts,
    )
    with st.expander(plain(label), icon=":material/assignment_return:", key="rejected_before"):
        st.dataframe(
            {
                _("Row"): [row.row for row, _one in changed],
                _("Row there"): [row.origin.row for row, _one in changed],
                _("Column"): [_(one.column) for _row, one in changed],
                _("Was"): [one.before or _("(blank)") for _row, one in changed],
                _("Now"): [one.after or _("(blank)") for _row, one in changed],
            },
            hide_index=True,
        )
