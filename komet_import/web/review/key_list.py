"""The keys of Review, in a dialog: `?` opens it, and the button below the rows."""

from functools import partial

import streamlit as st

from komet_import.access.users import CurrentUser
from komet_import.web.review.look import Reviewing
from komet_import.web.shared import guarded

KEYS = (
    ("F8, Shift+F8", "Next problem or possible duplicate, and the one before"),
    ("Alt+Enter", "Use the suggestion"),
    ("Ctrl+Z, Ctrl+Y", "Undo, redo"),
    ("/", "Search"),
    ("Ctrl+Enter", "Import"),
    ("Enter, F2", "Next row; edit the cell"),
    ("Alt+↓", "Choose from the list, or a day"),
    ("Ctrl+C, Ctrl+X, Ctrl+V", "Copy, cut and paste, also from and to Excel"),
    ("Ctrl+D", "Fill down"),
    ("Ctrl+−, Ctrl++", "Exclude the rows, include them"),
    ("Alt+Page Down, Alt+Page Up", "Next page, previous page"),
    ("?", "This list"),
)
"""On a cell `/` and `?` are these keys; in a cell that is edited they are signs like others."""


def keys_button(looking: Reviewing) -> None:
    """Below the rows. `?` presses it."""
    with st.container(key="review-keys", width="content"):
        st.button(
            "Keyboard shortcuts",
            key="show-keys",
            type="tertiary",
            icon=":material/keyboard:",
            on_click=guarded.callback(partial(looking.show_keys, True)),
        )


def list_of_keys(looking: Reviewing) -> None:
    """The dialog, drawn in every run until it is closed."""
    if looking.keys:
        dialog = guarded.dialog("Keyboard shortcuts", on_dismiss=partial(looking.show_keys, False))
        dialog(_keys)()


def _keys(user: CurrentUser) -> None:
    lines = [f"| `{keys}` | {what} |" for keys, what in KEYS]
    st.markdown("\n".join(["| Key | What it does |", "| --- | --- |", *lines]))
