"""Fields of a draft's dialogs. They keep what was typed where Escape, or a press beside, closes the dialog:
Streamlit forgets what a run does not draw.

None of them lies in a form: what is typed into one is sent with its button only.
"""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from komet_import.web.shared import guarded

Typed = dict[str, str]
"""What was typed or chosen in fields, by their names."""


def text_field(
    typed: Typed,
    label: str,
    *,
    name: str,
    key: str,
    start: str = "",
    placeholder: str = "",
    max_chars: int | None = None,
) -> str:
    """A field for a text, with what was typed into the one of this name before, else with the `start`."""
    return st.text_input(
        label,
        value=typed.get(name, start),
        max_chars=max_chars,
        placeholder=placeholder,
        autocomplete="off",
        key=key,
        on_change=guarded.callback(partial(keep, typed, name, key)),
    )


def keep(typed: Typed, name: str, key: str) -> None:
    """Keep what stands in a field, of whatever kind it is; for its callback."""
    chosen = st.session_state[key]
    if isinstance(chosen, str):
        typed[name] = chosen


def kept_place(typed: Typed, offered: Sequence[str], *, name: str, start: int = 0) -> int:
    """Where in a list the one is that was chosen in the field of this name; else the `start`."""
    return offered.index(typed[name]) if typed.get(name) in offered else start


def forget(typed: Typed, *names: str) -> None:
    """What was typed there is done."""
    for name in names:
        typed.pop(name, None)
