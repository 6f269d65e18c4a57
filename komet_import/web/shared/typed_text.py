"""What is typed into a field of a popover or a dialog is kept where Escape closes that, on every page."""

from pathlib import Path

import streamlit as st

_mount = st.components.v2.component(
    "komet_typed_text", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)


def keep_typed_text() -> None:
    """Listen to the key; call it in each run of a whole page."""
    _mount(key="typed-text")
