"""The problems as a list of work: a card for each kind in each column, with one thing to do first, and what
is next when all is done.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _, marked, ngettext
from komet_import.review import fixes
from komet_import.review.catalogue import (
    ALREADY_CORRECTED,
    ALREADY_POSTED,
    CATALOGUE,
    CLOSED_PERIOD,
    COPIED_ROW,
    DROPPED_ROW,
    MAYBE_OTHER_TABLE,
    MAYBE_TOTAL,
    OPEN_QUESTION,
    Severity,
)
from komet_import.review.problem_list import Problem, ProblemKind, kinds
from komet_import.review.question import Question
from komet_import.review.window import Look
from komet_import.services import Opened
from komet_import.services.step_words import VALUES
from komet_import.types.codes import code_key
from komet_import.web.review.confirmation import (
    counted_money,
    suggestion_of,
    suggestions_of,
    take,
    to_be_confirmed,
    use,
)
from komet_import.web.review.look import Reviewing
from komet_import.web.review.question_card import question_card
from komet_import.web.review.wish import FILL, REDATE, Wish
from komet_import.web.shared import guarded
from komet_import.web.shared.parts import counted_rows, plain

SHOWN_KINDS, SHOWN_VALUES, SHOWN_DONE = 8, 3, 4
PERHAPS = frozenset({MAYBE_TOTAL, MAYBE_OTHER_TABLE})
"""Problems of rows that may be no rows to import: they go out, or come in as they are."""
LEAVING = frozenset({ALREADY_CORRECTED, DROPPED_ROW, ALREADY_POSTED, COPIED_ROW, "duplicate-in-sheet"})
"""Problems that are fixed by excluding the row."""
ASKED = {"order": "ambiguous-date", "mark": "ambiguous-amount"}
"""What an answer to a kind of question settles: the question's card stands for the problem's."""
TURNING = {
    "not-positive": marked("Make them all positive"),
    "not-negative": marked("Make them all negative"),
    "missing-value": marked("Fill down from above"),
}
"""The words of a button that takes every suggestion, where they can say more than that."""


@dataclass(frozen=True, kw_only=True)
class _Action:
    """What a button of a card does. `key` names it on its card."""

    key: str
    label: str
    on_click: Callable[..., None]
    help: str | None = None


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
    now = {(kind.column, kind.code): kind.heading for kind in listed}
    looking.met |= now
    for heading in [words for which, words in looking.met.items() if which not in now][-SHOWN_DONE:]:
        st.caption(f":green[:material/check_circle:] ~~{plain(heading)}~~")


def _next(looking: Reviewing, opened: Opened) -> None:
    """What follows when nothing is left to fix."""
    ready = opened.figures.ready
    st.markdown(_(":green[:material/check_circle:] **No problems.**"))
    if ready.rows and not looking.checks:
        st.caption(
            _(
                "Next: import {what} with the button below (Ctrl+Enter).",
                what=plain(counted_money(opened.type, ready)),
            )
        )


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
        first, others = _actions(user, looking, opened, kind)
        if first and not looking.checks:
            with st.container(horizontal=True, gap="xsmall"):
                for action in first:
                    _button(action, kind, main=True)
        with st.container(horizontal=True, gap="small"):
            for action in [] if looking.checks else others:
                _button(action, kind, main=False)
            _button(_viewing(looking, kind), kind, main=False)


def _button(action: _Action, kind: ProblemKind, *, main: bool) -> None:
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
    if len(kind.problems) < 2 or kind.code in fixes.MECHANICAL | LEAVING | PERHAPS | {CLOSED_PERIOD}:
        return []
    told = [_value(opened, problem) for problem in kind.problems[:SHOWN_VALUES]]
    more = len(kind.problems) - SHOWN_VALUES
    if more <= 0:
        return told
    return [*told, ngettext("and {count:,} more value", "and {count:,} more values", more)]


def _value(opened: Opened, problem: Problem) -> str:
    shown = problem.value if len(problem.value) <= 30 else f"{problem.value[:29]}…"
    meant = ""
    if problem.suggestion:
        known = opened.reference.directory.customers.get(code_key(problem.suggestion))
        meant = f" → {plain(problem.suggestion)} {plain(known.name) if known else ''}".rstrip()
    return f"{f'“{plain(shown)}”' if shown else _('blank')}{meant} · {counted_rows(len(problem.rows))}"


def _actions(
    user: CurrentUser, looking: Reviewing, opened: Opened, kind: ProblemKind
) -> tuple[list[_Action], list[_Action]]:
    """What is done first (one button; two for two readings), and what else can be done."""
    excluding = _excluding(user, looking, kind)
    if kind.code in PERHAPS:
        return [_counting(user, looking, opened, kind), excluding], []
    if kind.code in LEAVING:
        return [excluding], []
    fixing = _dating(looking, kind) if kind.code == CLOSED_PERIOD else _fixing(user, looking, opened, kind)
    return fixing[:1], [*fixing[1:], excluding]


def _fixing(user: CurrentUser, looking: Reviewing, opened: Opened, kind: ProblemKind) -> list[_Action]:
    """Ways to set the cells of a kind, the one that settles most in front."""
    suggested = [problem for problem in kind.problems if problem.suggestion]
    ways = []
    if len(kind.problems) == 1 and suggested:
        ways.append(_taking(user, looking, opened, kind.problems[0]))
    elif suggested and kind.code in fixes.MECHANICAL:  # what is guessed is taken one value at a time
        ways.append(
            _Action(
                key="every",
                label=_(TURNING.get(kind.code, marked("Apply all suggestions"))),
                on_click=looking.doing(
                    partial(take, user, looking, kind.problems, suggestions_of(kind)),
                    _fixing_rows(kind.rows),
                ),
            )
        )
    if kind.column not in opened.draft.columns:
        return ways  # not imported
    own = _own_value(looking, kind)
    if own is None:
        return ways
    return [own, *ways] if len(suggested) < len(kind.problems) and kind.code not in TURNING else [*ways, own]


def _own_value(looking: Reviewing, kind: ProblemKind) -> _Action | None:
    """Another value: of blank cells the same for all, of one value another for all its rows, of several
    values one for each, in a table."""
    rows = tuple(sorted(row for problem in kind.problems for row in problem.rows))
    values = {problem.value for problem in kind.problems}
    if values == {""}:
        if kind.code != "missing-value":
            return None  # it is the row's, as with a hidden one
        wish = partial(Wish, what=FILL, column=kind.column, rows=rows)
        return _Action(
            key="other",
            label=_("Fill blanks…"),
            on_click=guarded.callback(partial(_wish_for, looking, wish)),
            help=_("One value for all blank cells of the column"),
        )
    if len(kind.problems) == 1:
        wish = partial(Wish, column=kind.column, value=kind.problems[0].value, rows=rows)
        return _Action(
            key="other",
            label=_("Replace…"),
            on_click=guarded.callback(partial(_wish_for, looking, wish)),
            help=_("Another value for all of them"),
        )
    return _Action(
        key="other",
        label=_("Fix {count:,} values…", count=len(kind.problems)),
        on_click=guarded.callback(partial(looking.fix_values, (kind.column, kind.code))),
        help=_("All of them in one table"),
    )


def _wish_for(looking: Reviewing, wish: Callable[[], Wish]) -> None:
    looking.wish_for(wish())


def _taking(user: CurrentUser, looking: Reviewing, opened: Opened, problem: Problem) -> _Action:
    suggestion = problem.suggestion or ""
    known = opened.reference.directory.customers.get(code_key(suggestion))
    return _Action(
        key="fix-values",
        label=use(suggestion, len(problem.rows)),
        on_click=looking.doing(
            partial(take, user, looking, (problem,), suggestion_of(problem)), _fixing_rows(len(problem.rows))
        ),
        help=known.name if known else None,
    )


def _fixing_rows(count: int) -> str:
    return ngettext("Fixing {count:,} row …", "Fixing {count:,} rows …", count)


def _excluding(user: CurrentUser, looking: Reviewing, kind: ProblemKind) -> _Action:
    rows = sorted({row for problem in kind.problems for row in problem.rows})
    return _Action(
        key="leave",
        label=ngettext("Exclude {count:,} row", "Exclude {count:,} rows", len(rows)),
        on_click=looking.doing(
            partial(services.leave_out, user, looking.batch_id, rows),
            ngettext("Excluding {count:,} row …", "Excluding {count:,} rows …", len(rows)),
        ),
    )


def _viewing(looking: Reviewing, kind: ProblemKind) -> _Action:
    return _Action(
        key="kind",
        label=_("View rows"),
        on_click=guarded.callback(
            partial(looking.choose, Look(problem=(kind.column, kind.code, None))),
        ),
    )


def _counting(user: CurrentUser, looking: Reviewing, opened: Opened, kind: ProblemKind) -> _Action:
    """Says of rows which may be no rows to import that they are."""
    rows = [row for problem in kind.problems for row in problem.rows]
    return _Action(
        key="count",
        label=ngettext(
            "Import it as {counted}",
            "Import them as {counted}",
            len(rows),
            counted=opened.type.counted(len(rows)),
        ),
        on_click=looking.doing(
            partial(services.take_in, user, looking.batch_id, rows),
            ngettext("Including {count:,} row …", "Including {count:,} rows …", len(rows)),
        ),
    )


def _dating(looking: Reviewing, kind: ProblemKind) -> list[_Action]:
    """A button for each first open day there is; it opens the dialog, which shows what would change."""
    by_day: dict[str, list[int]] = {}
    for problem in kind.problems:
        by_day.setdefault(problem.suggestion or "", []).extend(problem.rows)
    ways = []
    for day, rows in sorted(by_day.items())[:SHOWN_VALUES]:
        wish = partial(Wish, what=REDATE, column=kind.column, rows=tuple(sorted(rows)))
        ways.append(
            _Action(
                key=f"date-{day}",
                label=ngettext(
                    "Date this row {day}, the first open day",
                    "Date these {count:,} rows {day}, the first open day",
                    len(rows),
                    day=day,
                ),
                on_click=guarded.callback(partial(_wish_for, looking, wish)),
            )
        )
    return ways
