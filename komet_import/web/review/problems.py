"""Beside the grid: the list of work, what the import does to balances, and the list of edits."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.refusal import Refusal
from komet_import.review.problem_list import Problem
from komet_import.review.questions.question import Question
from komet_import.services import Opened
from komet_import.web.review.cards.as_before import as_before
from komet_import.web.review.cards.worklist import worklist
from komet_import.web.review.look import Reviewing
from komet_import.web.review.rejected_before import rejected_before
from komet_import.web.shared.balance_effect import balance_effect
from komet_import.web.shared.parts import (
    local_time,
    plain,
)

SHOWN_STEPS = 50


def problems_and_edits(
    user: CurrentUser,
    looking: Reviewing,
    opened: Opened,
    found: list[Problem],
    asked: Sequence[Question],
) -> None:
    """What is to be done, what it does to balances, and what was changed: one tab each."""
    # The names stay as they are, without counts: a tab is known by its name, and forgets itself with it.
    work, balances, edits = _("Problems"), _("Balances"), _("Edits")
    names = [work, balances, edits] if opened.type.summed else [work, edits]
    key = f"side-{opened.batch.id}"
    first = edits if looking.checks else None  # who approves looks first at what was changed by hand
    tabs = dict(zip(names, st.tabs(names, default=first, key=key, on_change="rerun"), strict=True))
    with tabs[work]:
        as_before(user, looking, opened)
        rejected_before(user, opened)
        worklist(user, looking, opened, found, asked)
    # What follows is made while somebody looks at it: it would come with every edit.
    if balances in tabs and tabs[balances].open:
        with tabs[balances], st.container(key="review-balances"):
            _effect(user, opened)
    if tabs[edits].open:
        with tabs[edits]:
            _edits(user, looking, opened)


def _effect(user: CurrentUser, opened: Opened) -> None:
    try:
        told = services.effect_of(user, opened.batch.id)
    except Refusal:
        st.rerun()  # it was imported, discarded or is no longer ours: the page says which
    if told is not None:
        balance_effect(told, key="effect")


def _edits(user: CurrentUser, looking: Reviewing, opened: Opened) -> None:
    if not opened.steps:
        st.caption(_("No changes yet. Every change is listed here and can be undone."))
    if len(opened.steps) > SHOWN_STEPS:
        st.caption(_("The newest {shown} of {all:,}.", shown=SHOWN_STEPS, all=len(opened.steps)))
    with st.container(height=380, border=False):
        for step in reversed(opened.steps[-SHOWN_STEPS:]):
            words = plain(step.words)
            st.markdown(f"~~{words}~~" if step.undone else words)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(f"{plain(step.by)}, {local_time(step.at)}")
                if not step.undone and not looking.checks:
                    st.button(
                        _("Undo"),
                        key=f"back-{step.seq}",
                        type="tertiary",
                        on_click=looking.later(
                            partial(services.take_back, user, looking.batch_id, step.seq),
                        ),
                    )
