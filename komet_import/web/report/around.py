"""Beside the title of a report: the imports before and after it, and a button that prints it."""

from typing import Literal

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger.models import Batch
from komet_import.services import Report
from komet_import.web.shared.parts import page

_PRINT = """
export default function mount({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.hidden = false;
  button.onclick = () => window.print();
}
"""
_LOOK = """
button { font: inherit; font-size: .875rem; min-height: 2.5rem; padding: .25rem .75rem; cursor: pointer;
  color: var(--st-text-color); background: none; border-radius: var(--st-button-radius, 6px);
  border: 1px solid var(--st-border-color, color-mix(in srgb, currentColor 20%, transparent)); }
button:hover { border-color: currentColor; }
button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
"""
# Streamlit has no button that prints.
_print = st.components.v2.component(
    "komet_print", html="<button type='button' hidden></button>\n", css=_LOOK, js=_PRINT
)


def neighbors(user: CurrentUser, report: Report) -> None:
    """The way to the imports before and after this one."""
    before, after = services.neighbors(user, report.batch.id)
    with st.container(horizontal=True, vertical_alignment="center", width="content", key="page-tools"):
        _link(_("Previous import"), before, "left")
        _link(_("Next import"), after, "right")
        _print(key=f"print-{report.batch.id}", data={"label": _("Print")}, width="content")


def _link(label: str, batch: Batch | None, side: Literal["left", "right"]) -> None:
    """The way to an import, with an arrow on its side; none where there is none: a link that leads nowhere is
    too faint to be read."""
    if batch is not None:
        st.page_link(
            page("report"),
            label=label,
            icon=f":material/chevron_{side}:",
            icon_position=side,
            query_params={"batch": batch.id},
        )
