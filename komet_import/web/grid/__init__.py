"""The review grid: our own component, because no grid of Streamlit's marks an editable cell.

The window of rows goes to the browser as `data`; what a person does comes back as numbered actions.
The files are plain JavaScript modules; Streamlit takes one string, so they are joined here.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent
MODULES = (
    *("clipboard.js", "view.js", "popup.js", "editor.js", "footer.js", "queue.js"),
    *("keys.js", "typing.js", "blocks.js", "pointing.js", "grid.js"),
)
"""In the order of their imports: what a file imports stands before it."""


def _joined() -> str:
    """The modules as one: without their imports of each other, without `export` before inner names."""
    source = "\n".join((HERE / name).read_text(encoding="utf-8") for name in MODULES)
    source = re.sub(r'^import [^;]* from "\./[a-z]+\.js";\n', "", source, flags=re.MULTILINE)
    return re.sub(r"^export (?!default)", "", source, flags=re.MULTILINE)


_mount = st.components.v2.component(
    "komet_review_grid", css=(HERE / "grid.css").read_text(encoding="utf-8"), js=_joined()
)


def review_grid(
    *,
    key: str,
    data: dict[str, Any],
    on_actions: Callable[[dict[str, Any]], None],
    height: int = 900,
) -> None:
    """Draw the window of rows in `data`; call it inside a fragment, so that an edit runs only that.

    `on_actions` gets `{"client": str, "actions": [{"seq": int, "kind": str, …}, …]}` before the fragment
    runs again. A message carries every action that is not acknowledged yet, oldest first: skip those
    whose `seq` is not above the last one processed of that client, and acknowledge in `data`. `height`
    is the most pixels that the rows take; fewer rows and a low window take less.
    """

    def deliver() -> None:
        message = st.session_state[key].get("actions")
        if message:
            on_actions(message)

    _mount(key=key, data={**data, "height": height}, on_actions_change=deliver)
