"""Rows of a draft that were rejected before: which import they are of, and what was changed of them since."""

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.services import Opened
from komet_import.types.schema import counted, listed
from komet_import.web.shared.parts import counted_rows, plain

VALUES = ("value", "values")


def returning(user: CurrentUser, opened: Opened) -> None:
    """A line above the grid that opens, where such rows are in the sheet."""
    if not opened.draft.origins_here:
        return
    back = services.returned(user, opened.batch.id)
    files = sorted({row.origin.file_name for row in back})
    changed = [(row, one) for row in back for one in row.changes]
    whence = f"{counted_rows(len(back))} back from {listed(files)}"
    label = f"{whence}: {counted(len(changed), VALUES)} changed since"
    with st.expander(plain(label), icon=":material/assignment_return:", key="returning"):
        if not changed:
            st.caption("Nothing was changed yet of what was rejected.")
            return
        st.dataframe(
            {
                "Row": [row.row for row, _ in changed],
                "Row there": [row.origin.row for row, _ in changed],
                "Column": [one.column for _, one in changed],
                "Was": [one.before or "(blank)" for _, one in changed],
                "Now": [one.after or "(blank)" for _, one in changed],
            },
            hide_index=True,
        )
