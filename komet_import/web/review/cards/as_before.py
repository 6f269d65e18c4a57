"""Above the grid: what memory did when the sheet was opened, by whose choice, with the way out."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.clock import told_day
from komet_import.language import _, ngettext
from komet_import.ledger.models import BY_MEMORY
from komet_import.services import Opened, Step
from komet_import.web.review.look import Reviewing
from komet_import.web.review.offers import word
from komet_import.web.shared import guarded
from komet_import.web.shared.parts import plain

LAYOUT = BY_MEMORY[0]
SHOWN_VALUES = 4
"""Values that stand in the line; more of them are behind a button."""


def as_before(user: CurrentUser, looking: Reviewing, opened: Opened) -> None:
    """A line for how the layout is read, and one for the values of each choice, as far as they stand: each
    with one click to undo or change it."""
    taken_back = [
        step.changes.inverse() for step in opened.steps if step.kind == "take-back" and not step.undone
    ]
    for step in opened.steps:
        if step.kind == LAYOUT and not step.undone and step.changes not in taken_back:
            _layout(looking, step)
    for place, (choice, values) in enumerate(groupby(services.standing_values(opened), key=_choice)):
        _values(user, looking, place, choice, list(values))


def _choice(told: dict[str, Any]) -> str:
    day = told_day(datetime.fromisoformat(told["at"]))
    return _("As on {day}, by {who}", day=day, who=told["by"])


def _layout(looking: Reviewing, step: Step) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"as-before-{step.seq}"):
        st.caption(f":material/history: {plain(step.words)}", width="content")
        if not looking.checks:
            st.button(
                _("Change"),
                key=f"change-{step.seq}",
                type="tertiary",
                help=_("How your file was read"),
                on_click=guarded.callback(looking.open_reading),
            )


def _values(
    user: CurrentUser, looking: Reviewing, place: int, choice: str, values: Sequence[dict[str, Any]]
) -> None:
    """The values that one person chose on one day, each undone by a click on it, or all at once."""
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"values-as-before-{place}"
    ):
        st.caption(f":material/history: {plain(choice)}:", width="content")
        for at, told in enumerate(values[:SHOWN_VALUES]):
            _value(user, looking, f"{place}-{at}", told)
        further = values[SHOWN_VALUES:]
        if further:
            with st.popover(_("{count:,} more", count=len(further)), type="tertiary"):
                for at, told in enumerate(further, SHOWN_VALUES):
                    _value(user, looking, f"{place}-{at}", told)
        if len(values) > 1 and not looking.checks:
            st.button(
                _("Undo all"),
                key=f"undo-values-{place}",
                type="tertiary",
                on_click=looking.promising(
                    f"undo-values-{place}",
                    word(values),
                    partial(services.undo_values, user, looking.batch_id, values),
                ),
            )


def _value(user: CurrentUser, looking: Reviewing, key: str, told: dict[str, Any]) -> None:
    words = plain(f"{told['value']} → {told['code']}")
    if looking.checks:
        st.caption(words, width="content")
        return
    st.button(
        words,
        icon=":material/undo:",
        key=f"undo-value-{key}",
        type="tertiary",
        help=ngettext("Undo in {count:,} row", "Undo in {count:,} rows", told["rows"]),
        on_click=looking.promising(
            f"undo-value-{key}", word(told), partial(services.undo_values, user, looking.batch_id, (told,))
        ),
    )
