"""The keys of Review, in a dialog: `?` opens it, and the button below the rows."""

from functools import partial

import streamlit as st

from komet_import.access.users import CurrentUser
from komet_import.language import _, marked
from komet_import.web.review.look import Reviewing
from komet_import.web.shared import guarded

KEYS = (
    ("F8, Shift+F8", marked("Next problem or possible duplicate, and the one before")),
    ("Alt+Enter", marked("Use the suggestion")),
    ("Ctrl+Z, Ctrl+Y", marked("Undo, redo")),
    ("/", marked("Search")),
    ("Ctrl+Enter", marked("Import what is ready")),
    ("Enter, F2", marked("Next row; edit the cell")),
    ("Alt+↓", marked("Choose from the list, or a day")),
    ("Ctrl+C, Ctrl+X, Ctrl+V", marked("Copy, cut and paste, also from and to Excel")),
    ("Ctrl+D", marked("Fill down")),
    ("Ctrl+−, Ctrl++", marked("Exclude the rows, include them")),
    ("Alt+Page Down, Alt+Page Up", marked("Next page, previous page")),
    ("?", marked("This list")),
)
"""On a cell `/` and `?` are these keys; in a cell that is edited they are signs like others."""


def keys_button(looking: Reviewing) -> None:
    """Below the rows. `?` presses it."""
    with st.container(key="review-keys", width="content"):
        st.button(
            _("Keyboard shortcuts"),
            key="show-keys",
            type="tertiary",
            icon=":material/keyboard:",
            on_click=guarded.callback(partial(looking.show_keys, True)),
        )


def list_of_keys(looking: Reviewing) -> None:
    """The dialog, drawn in every run until it is closed."""
    if looking.keys:
        dialog = guarded.dialog(_("Keyboard shortcuts"), on_dismiss=partial(looking.show_keys, False))
        dialog(_keys)()


def _keys(user: CurrentUser) -> None:
    lines = [f"| `{keys}` | {_(what)} |" for keys, what in KEYS]
    st.markdown("\n".join([f"| {_('Key')} | {_('What it does')} |", "| --- | --- |", *lines]))
