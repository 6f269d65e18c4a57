"""Above the grid: what memory did when the sheet was opened, by whose choice, with the way out."""

from functools import partial

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.ledger.models import BY_MEMORY
from komet_import.services import Opened
from komet_import.web.review.look import Reviewing
from komet_import.web.shared import guarded
from komet_import.web.shared.parts import plain

LAYOUT, _ = BY_MEMORY


def as_before(user: CurrentUser, looking: Reviewing, opened: Opened) -> None:
    """A line for each step that memory did and that stands, with one click to undo or change it."""
    taken_back = [
        step.changes.inverse() for step in opened.steps if step.kind == "take-back" and not step.undone
    ]
    for step in opened.steps:
        if step.kind not in BY_MEMORY or step.undone or step.changes in taken_back:
            continue
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"as-before-{step.seq}"
        ):
            st.caption(f":material/history: {plain(step.label)}", width="content")
            if looking.checks:
                continue
            if step.kind == LAYOUT:
                st.button(
                    "Change",
                    key=f"change-{step.seq}",
                    type="tertiary",
                    help="How your file was read",
                    on_click=guarded.callback(looking.open_reading),
                )
            else:
                st.button(
                    "Undo",
                    key=f"undo-{step.seq}",
                    type="tertiary",
                    on_click=looking.doing(partial(services.take_back, user, looking.batch_id, step.seq)),
                )
