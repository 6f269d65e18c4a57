"""The problems beside the grid: by kind, each value fixed once for all its rows. And the list of edits."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.refusal import Refusal
from komet_import.review import fixes
from komet_import.review.issues import (
    ALREADY_CORRECTED,
    ALREADY_POSTED,
    CATALOGUE,
    CLOSED_PERIOD,
    COPIED_ROW,
    DROPPED_ROW,
    MAYBE_OTHER_TABLE,
    MAYBE_TOTAL,
    Severity,
)
from komet_import.review.question import Question
from komet_import.review.window import Kind, Problem, kinds
from komet_import.services import Opened
from komet_import.types.schema import code_key
from komet_import.web.review.as_before import as_before
from komet_import.web.review.confirmation import show_rows, take, to_be_confirmed
from komet_import.web.review.look import Reviewing
from komet_import.web.review.question_card import question_card
from komet_import.web.review.returning import returning
from komet_import.web.review.wish import FILL, REDATE, Wish
from komet_import.web.shared import guarded
from komet_import.web.shared.balance_effect import balance_effect
from komet_import.web.shared.parts import (
    counted_rows,
    local_time,
    plain,
)

SHOWN_KINDS, SHOWN_VALUES, SHOWN_STEPS = 8, 4, 50
PERHAPS = frozenset({MAYBE_TOTAL, MAYBE_OTHER_TABLE})
"""Problems of rows that may be no rows to import: they go out, or come in as they are."""
LEAVING = PERHAPS | {ALREADY_CORRECTED, DROPPED_ROW, ALREADY_POSTED, COPIED_ROW, "duplicate-in-sheet"}
"""Problems that are mended by leaving the row out."""
TURNING = {
    "not-positive": "Make them all positive",
    "not-negative": "Make them all negative",
    "missing-value": "Fill down from above",
}
"""The words of a button that takes every suggestion, where they can say more than that."""


def problems_and_edits(
    user: CurrentUser,
    looking: Reviewing,
    opened: Opened,
    found: list[Problem],
    asked: Sequence[Question],
) -> None:
    """What is to be done, what it does to balances, and what was changed: one tab each."""
    listed = kinds(found)
    # The names stay as they are, without counts: a tab is known by its name, and forgets itself with it.
    names = ["Problems", "Balances", "Edits"] if opened.type.summed else ["Problems", "Edits"]
    key = f"side-{opened.batch.id}"
    first = "Edits" if looking.checks else None  # who approves looks first at what was changed by hand
    tabs = dict(zip(names, st.tabs(names, default=first, key=key, on_change="rerun"), strict=True))
    with tabs["Problems"]:
        as_before(user, looking, opened)
        returning(user, opened)
        if asked and not looking.checks:
            question_card(user, looking, opened, asked)
        if not listed:
            st.caption(":material/check: No problems.")
        for place, kind in enumerate(listed[:SHOWN_KINDS]):
            _kind(user, looking, opened, kind, place)
        if len(listed) > SHOWN_KINDS:
            more = len(listed) - SHOWN_KINDS
            with st.expander("1 more kind" if more == 1 else f"{more:,} more kinds"):
                for place, kind in enumerate(listed[SHOWN_KINDS:], start=SHOWN_KINDS):
                    _kind(user, looking, opened, kind, place)
    # What follows is made while somebody looks at it: it would come with every edit.
    if "Balances" in tabs and tabs["Balances"].open:
        with tabs["Balances"], st.container(key="review-balances"):
            _effect(user, opened)
    if tabs["Edits"].open:
        with tabs["Edits"]:
            _edits(user, looking, opened)


def _effect(user: CurrentUser, opened: Opened) -> None:
    try:
        told = services.effect_of(user, opened.batch.id)
    except Refusal:
        st.rerun()  # it was imported, discarded or is no longer ours: the page says which
    if told is not None:
        balance_effect(told, key="effect")


def _kind(user: CurrentUser, looking: Reviewing, opened: Opened, kind: Kind, place: int) -> None:
    """A kind of problem with its count; the values that have it, each mended once for all its rows."""
    if CATALOGUE[kind.code].confirm and not looking.checks:
        to_be_confirmed(user, looking, opened, kind, place)
        return
    error = kind.severity is Severity.ERROR
    mark = ":red[:material/error:]" if error else ":orange[:material/warning:]"
    alike = len(kind.problems) > 1 and kind.code in fixes.MECHANICAL
    by_value = kind.code not in LEAVING and kind.code != CLOSED_PERIOD
    told = f"{kind.column}, {len(kind.problems):,} values" if alike else kind.message
    with st.container(gap=None):
        st.markdown(f"{mark} **{kind.title}** · {counted_rows(kind.rows)}  \n:small[:gray[{plain(told)}]]")
        with st.container(horizontal=True, gap="small"):
            show_rows(looking, kind, place)
            if looking.checks:
                return
            if alike and any(problem.suggestion for problem in kind.problems):
                st.button(
                    TURNING.get(kind.code, "Use every suggestion"),
                    key=f"every-{place}",
                    type="tertiary",
                    icon=":material/auto_fix_high:",
                    on_click=looking.doing(
                        lambda: _take_all(user, looking, kind), f"Mending {counted_rows(kind.rows)} …"
                    ),
                )
            if kind.code in LEAVING:
                rows = [row for problem in kind.problems for row in problem.rows]
                st.button(
                    f"Exclude {counted_rows(len(rows))}",
                    key=f"leave-{place}",
                    type="tertiary",
                    icon=":material/do_not_disturb_on:",
                    on_click=looking.doing(
                        lambda: services.leave_out(user, looking.batch_id, rows),
                        f"Excluding {counted_rows(len(rows))} …",
                    ),
                )
            if kind.code in PERHAPS:
                _counting(user, looking, opened, kind, place)
            if kind.code == CLOSED_PERIOD:
                _dating(looking, kind, place)
            if len(kind.problems) == 1 and by_value:
                _mending(user, looking, opened, kind.problems[0], key=f"{place}-0")
        if len(kind.problems) > 1 and not alike and by_value:
            for number, problem in enumerate(kind.problems[:SHOWN_VALUES]):
                _value(user, looking, opened, problem, key=f"{place}-{number}")
            if len(kind.problems) > SHOWN_VALUES:
                st.caption(f"and {len(kind.problems) - SHOWN_VALUES:,} more values")


def _counting(user: CurrentUser, looking: Reviewing, opened: Opened, kind: Kind, place: int) -> None:
    """A button that says of rows which may be no rows to import that they are."""
    rows = [row for problem in kind.problems for row in problem.rows]
    st.button(
        f"Import {'it' if len(rows) == 1 else 'them'} as {opened.type.counted(len(rows))}",
        key=f"count-{place}",
        type="tertiary",
        icon=":material/add_circle:",
        on_click=looking.doing(
            lambda: services.take_in(user, looking.batch_id, rows), f"Including {counted_rows(len(rows))} …"
        ),
    )


def _dating(looking: Reviewing, kind: Kind, place: int) -> None:
    """A button for each first open day there is; it opens the dialog, which shows what would change."""
    by_day: dict[str, list[int]] = {}
    for problem in kind.problems:
        by_day.setdefault(problem.suggestion or "", []).extend(problem.rows)
    for day, rows in sorted(by_day.items())[:SHOWN_VALUES]:
        which = "this row" if len(rows) == 1 else f"these {counted_rows(len(rows))}"
        wish = partial(Wish, what=REDATE, column=kind.column, rows=tuple(sorted(rows)))
        st.button(
            f"Date {which} {day}, the first open day",
            key=f"date-{place}-{day}",
            type="tertiary",
            icon=":material/event_available:",
            on_click=guarded.callback(partial(_wish_for, looking, wish)),
        )


def _wish_for(looking: Reviewing, wish: Callable[[], Wish]) -> None:
    looking.wish_for(wish())


def _value(user: CurrentUser, looking: Reviewing, opened: Opened, problem: Problem, *, key: str) -> None:
    """One of several values that have the same problem, with its rows."""
    shown = problem.value if len(problem.value) <= 30 else f"{problem.value[:29]}…"
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        words = f"“{plain(shown)}”" if shown else "blank"
        st.caption(f"{words} · {counted_rows(len(problem.rows))}", width="content")
        _mending(user, looking, opened, problem, key=key)


def _mending(user: CurrentUser, looking: Reviewing, opened: Opened, problem: Problem, *, key: str) -> None:
    """Buttons that mend a value in all its rows: what was probably meant, and the dialog for another."""
    every = "" if len(problem.rows) == 1 else f" for all {len(problem.rows):,}"
    if problem.suggestion:
        known = opened.reference.directory.customers.get(code_key(problem.suggestion))
        st.button(
            f"Use {plain(problem.suggestion)}{every}",
            key=f"mend-{key}",
            type="tertiary",
            icon=":material/auto_fix_high:",
            help=plain(known.name) if known else None,
            on_click=looking.doing(
                lambda: _mend(user, looking, problem), f"Mending {counted_rows(len(problem.rows))} …"
            ),
        )
    if problem.column not in opened.draft.columns:
        return  # not imported
    if problem.value:
        label, told = "Other…", "Choose another value for all of them"
        wish = partial(Wish, column=problem.column, value=problem.value, rows=tuple(problem.rows))
    elif problem.code == "missing-value":
        label, told = "Fill in…", "One value for all blank cells of the column"
        wish = partial(Wish, what=FILL, column=problem.column, rows=tuple(problem.rows))
    else:
        return  # it is the row's, as with a hidden one
    st.button(
        label,
        key=f"other-{key}",
        type="tertiary",
        help=told,
        on_click=guarded.callback(lambda: looking.wish_for(wish())),
    )


def _take_all(user: CurrentUser, looking: Reviewing, kind: Kind) -> None:
    take(user, looking, kind.problems, f"{kind.title}: suggestions taken")


def _mend(user: CurrentUser, looking: Reviewing, problem: Problem) -> None:
    take(user, looking, (problem,), f"{problem.column}: “{problem.value}” → “{problem.suggestion}”")


def _edits(user: CurrentUser, looking: Reviewing, opened: Opened) -> None:
    if not looking.checks:
        _undo_redo(user, looking, opened)
    if not opened.steps:
        st.caption("No changes yet. Every change is listed here and can be undone.")
    if len(opened.steps) > SHOWN_STEPS:
        st.caption(f"The newest {SHOWN_STEPS} of {len(opened.steps):,}.")
    with st.container(height=380, border=False):
        for step in reversed(opened.steps[-SHOWN_STEPS:]):
            words = plain(step.label)
            st.markdown(f"~~{words}~~" if step.undone else words)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(f"{plain(step.by)}, {local_time(step.at)}")
                if not step.undone and not looking.checks:
                    st.button(
                        "Undo",
                        key=f"back-{step.seq}",
                        type="tertiary",
                        on_click=looking.doing(
                            partial(services.take_back, user, looking.batch_id, step.seq),
                        ),
                    )


def _undo_redo(user: CurrentUser, looking: Reviewing, opened: Opened) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            "Undo",
            icon=":material/undo:",
            disabled=not opened.can_undo,
            on_click=looking.doing(partial(services.undo, user, looking.batch_id)),
        )
        st.button(
            "Redo",
            icon=":material/redo:",
            disabled=not opened.can_redo,
            on_click=looking.doing(partial(services.redo, user, looking.batch_id)),
        )
