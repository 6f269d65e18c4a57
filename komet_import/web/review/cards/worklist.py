"""The problems as a list of work: a card for each kind in each column, with one thing to do first, and what
is next when all is done.
"""

from collections.abc import Sequence

import streamlit as st

from komet_import.access import roles
from komet_import.access.users import CurrentUser
from komet_import.language import _, ngettext
from komet_import.ledger.models import BatchStatus
from komet_import.ledger.states import Move
from komet_import.review import fixes
from komet_import.review.catalogue import (
    CATALOGUE,
    CLOSED_PERIOD,
    NO_CUSTOMERS,
    OPEN_QUESTION,
    Severity,
)
from komet_import.review.problem_list import Problem, ProblemKind, kinds
from komet_import.review.questions.question import Question
from komet_import.review.tally import counted_money
from komet_import.services import Opened
from komet_import.services.draft.step_words import VALUES
from komet_import.types.codes import code_key
from komet_import.types.schema import PARTIES
from komet_import.web.review.cards.card_actions import LEAVING, PERHAPS, CardAction, actions, viewing
from komet_import.web.review.cards.confirmation import to_be_confirmed
from komet_import.web.review.cards.question_card import question_card
from komet_import.web.review.look import Reviewing
from komet_import.web.shared.parts import counted_rows, page, plain, shortened

SHOWN_KINDS, SHOWN_VALUES, SHOWN_DONE = 8, 3, 4
_OF_NO_VALUE = fixes.MECHANICAL | LEAVING | PERHAPS | {CLOSED_PERIOD, NO_CUSTOMERS}
"""Kinds that single values say nothing of."""
ASKED = {"order": "ambiguous-date", "mark": "ambiguous-amount"}
"""What an answer to a kind of question settles: the question's card stands for the problem's."""


def worklist(
    user: CurrentUser,
    looking: Reviewing,
    opened: Opened,
    found: Sequence[Problem],
    asked: Sequence[Question],
) -> None:
    """What is to be done, what is done, and what is next."""
    questions = [] if looking.checks else asked
    listed = [kind for kind in kinds(found) if not _is_asked(kind, questions)]
    if questions:
        question_card(user, looking, opened, questions)
    for kind in listed[:SHOWN_KINDS]:
        _card(user, looking, opened, kind)
    if len(listed) > SHOWN_KINDS:
        more = len(listed) - SHOWN_KINDS
        with st.expander(ngettext("{count:,} more kind", "{count:,} more kinds", more)):
            for kind in listed[SHOWN_KINDS:]:
                _card(user, looking, opened, kind)
    _done(looking, listed)
    if not listed and not questions:
        _next(looking, opened)


def _is_asked(kind: ProblemKind, questions: Sequence[Question]) -> bool:
    """Whether a question's card says it already."""
    if kind.code == OPEN_QUESTION:
        return bool(questions)
    return any(one.column == kind.column and ASKED.get(one.kind) == kind.code for one in questions)


def _done(looking: Reviewing, listed: Sequence[ProblemKind]) -> None:
    """A tick for each kind that was here and is gone."""
    now = {(kind.column, kind.listed_as): kind.heading for kind in listed}
    looking.met |= now
    for heading in [words for which, words in looking.met.items() if which not in now][-SHOWN_DONE:]:
        st.caption(f":green[:material/check_circle:] ~~{plain(heading)}~~")


def _next(looking: Reviewing, opened: Opened) -> None:
    """What follows when nothing is left to fix."""
    ready = opened.figures.ready
    st.markdown(_(":green[:material/check_circle:] **No problems.**"))
    if not ready.rows or looking.checks or opened.batch.status == BatchStatus.WAITING:
        return  # who approves is asked below; who has sent it has nothing to do
    what = plain(counted_money(opened.type, ready))
    if looking.click.move_of(opened, ready, decides=False) is Move.SEND:
        st.caption(_("Next: send {what} for approval with the button below (Ctrl+Enter).", what=what))
    else:
        st.caption(_("Next: import {what} with the button below (Ctrl+Enter).", what=what))


def _card(user: CurrentUser, looking: Reviewing, opened: Opened, kind: ProblemKind) -> None:
    """A kind of problem with its count, what is said of it, and what can be done about all of it."""
    if CATALOGUE[kind.code].confirm and not looking.checks:
        to_be_confirmed(user, looking, opened, kind)
        return
    mark = ":red[:material/error:]" if kind.severity is Severity.ERROR else ":orange[:material/warning:]"
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            f"{mark} **{plain(kind.heading)}** · {counted_rows(kind.rows)}  \n"
            f":small[:gray[{plain(_told(kind))}]]"
        )
        if not looking.checks and (values := _values(opened, kind)):
            st.caption("  \n".join(values))
        first, others = actions(user, looking, opened, kind)
        if first and not looking.checks:
            with st.container(horizontal=True, gap="xsmall"):
                for action in first:
                    _button(action, kind, main=True)
        if kind.code == NO_CUSTOMERS:
            _parties_first(user)
        with st.container(horizontal=True, gap="small"):
            for action in [] if looking.checks else others:
                _button(action, kind, main=False)
            _button(viewing(looking, kind), kind, main=False)


def _parties_first(user: CurrentUser) -> None:
    """The way to import the list of parties, for who may: without it no row can be right."""
    if roles.may_import_parties(user):
        label = _("Import {parties}", parties=_(PARTIES[1]))
        st.page_link(page("data_import"), label=label, icon=":material/upload_file:")


def _button(action: CardAction, kind: ProblemKind, *, main: bool) -> None:
    st.button(
        plain(action.label),
        key=f"{action.key}-{kind.name}",
        type="secondary" if main else "tertiary",
        help=plain(action.help) if action.help else None,
        wrap=True,
        on_click=action.on_click,
    )


def _told(kind: ProblemKind) -> str:
    if kind.code in fixes.MECHANICAL and len(kind.problems) > 1:
        return f"{_(kind.column)}, {ngettext(*VALUES, len(kind.problems))}"
    return kind.message


def _values(opened: Opened, kind: ProblemKind) -> list[str]:
    """Some of several values, with what was probably meant."""
    if len(kind.problems) < 2 or kind.code in _OF_NO_VALUE:
        return []
    told = [_value(opened, problem) for problem in kind.problems[:SHOWN_VALUES]]
    more = len(kind.problems) - SHOWN_VALUES
    if more <= 0:
        return told
    return [*told, ngettext("and {count:,} more value", "and {count:,} more values", more)]


def _value(opened: Opened, problem: Problem) -> str:
    shown = shortened(problem.value, 30)
    meant = ""
    if problem.suggestion:
        known = opened.reference.directory.customers.get(code_key(problem.suggestion))
        meant = f" → {plain(problem.suggestion)} {plain(known.name) if known else ''}".rstrip()
    return f"{f'“{plain(shown)}”' if shown else _('blank')}{meant} · {counted_rows(len(problem.rows))}"
