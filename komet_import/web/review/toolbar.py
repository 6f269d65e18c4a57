"""Above the grid: which rows are looked at, and the way to fix many of them."""

from dataclasses import replace

import streamlit as st

from komet_import.review.issues import CATALOGUE
from komet_import.review.window import Look, Show, filters, first_look, shown, values
from komet_import.services import Opened
from komet_import.web.review.look import Reviewing
from komet_import.web.review.wish import Wish
from komet_import.web.shared import guarded
from komet_import.web.shared.parts import plain

NAMES = {
    Show.ALL: "All",
    Show.ATTENTION: "Needs attention",
    Show.TO_CONFIRM: "To confirm",
    Show.READY: "Ready",
    Show.CHANGES: "Changes",
    Show.NEW: "New",
    Show.CHANGED: "Changed",
    Show.DEACTIVATED: "Deactivated",
    Show.UNCHANGED: "Unchanged",
    Show.LEFT_OUT: "Left out",
    Show.TOTALS: "Totals",
}
SELDOM = frozenset({Show.TO_CONFIRM, Show.NEW, Show.CHANGED, Show.DEACTIVATED, Show.TOTALS})
"""States that most sheets have no row of: offered where there is one, and while they are looked at."""


def toolbar(looking: Reviewing, opened: Opened) -> None:
    """One row that wraps: state, search, value, what is looked at besides, and the dialog."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _states(looking, opened)
        _search(looking, opened)
        _by_value(looking, opened)
        _chosen(looking)
        if looking.look != first_look(
            opened.type
        ):  # there before it is needed: the grid must not jump under busy hands
            st.button(
                "Refresh the list",
                disabled=not looking.outdated(opened),
                icon=":material/refresh:",
                key="refresh",
                help="Rows you have mended stay in view until you refresh",
                on_click=looking.doing(lambda: looking.choose(looking.look)),
            )
        st.space("stretch")
        if not looking.checks:
            st.button(
                "Fix many…",
                icon=":material/build:",
                key="fix-many",
                on_click=guarded.callback(lambda: looking.wish_for(Wish())),
            )


def _states(looking: Reviewing, opened: Opened) -> None:
    order = filters(opened.type)
    counts = {show: int(shown(opened.judgement, show).sum()) for show in order}
    counts[Show.ALL] = opened.figures.read.rows  # total rows stand among them and are none of them
    offered = [s for s in order if s not in SELDOM or counts[s] or s is looking.look.show]
    key = f"show-{opened.batch.id}"
    st.session_state[key] = looking.look.show
    st.segmented_control(
        "Rows",
        offered,
        format_func=lambda show: f"{NAMES[show]} {counts[show]:,}",
        key=key,
        required=True,
        label_visibility="collapsed",
        on_change=guarded.callback(
            lambda: looking.choose(
                replace(looking.look, show=st.session_state[key] or order[0], problem=None)
            )
        ),
    )


def _search(looking: Reviewing, opened: Opened) -> None:
    key = f"search-{opened.batch.id}"
    if st.session_state.get(key) != looking.look.search:  # else it would take away what is being typed
        st.session_state[key] = looking.look.search
    st.text_input(
        "Search",
        placeholder="Search all columns",
        icon=":material/search:",
        label_visibility="collapsed",
        width=160,
        key=key,
        on_change=guarded.callback(
            lambda: looking.choose(replace(looking.look, search=st.session_state[key]))
        ),
    )


def _by_value(looking: Reviewing, opened: Opened) -> None:
    """Rows that have one value in one column; what can be chosen is counted only when it is looked at."""
    filtering = st.popover(
        "Filter",
        icon=":material/filter_alt:",
        help="Only the rows that have one value in a column",
        key=f"filter-{opened.batch.id}",
        on_change="rerun",
    )
    if not filtering.open:
        return
    with filtering:
        column = st.selectbox("Column", list(opened.draft.rows.columns), key="filter-column")
        key, found = f"filter-value-{column}", values(opened.draft, opened.judgement, column)
        counts = dict(found)

        def choose() -> None:
            text: str | None = st.session_state[key]
            if text is None:
                looking.choose(replace(looking.look, only=None))
            else:
                looking.only(column, text)

        st.selectbox(
            "Value",
            [text for text, _ in found],
            index=None,
            format_func=lambda text: f"{text or '(blank)'} · {counts.get(text, 0):,}",
            placeholder="Choose or type",
            key=key,
            on_change=guarded.callback(choose),
        )


def _chosen(looking: Reviewing) -> None:
    """What is looked at besides state and search, each with the way out of it."""
    look = looking.look
    if look.problem:
        _, code, value = look.problem
        _clear("problem", f"Only {value or CATALOGUE[code].title}", replace(look, problem=None), looking)
    if look.only:
        column, text = look.only
        shown_text = text if len(text) <= 24 else f"{text[:23]}…"
        _clear("value", f"{column}: {shown_text or '(blank)'}", replace(look, only=None), looking)


def _clear(what: str, words: str, without: Look, looking: Reviewing) -> None:
    st.button(
        plain(words),
        icon=":material/close:",
        key=f"clear-{what}",
        help="Show every row again",
        on_click=guarded.callback(lambda: looking.choose(without)),
    )
