"""Above the grid: which rows are looked at, and the way to fix many of them."""

from dataclasses import replace

import streamlit as st

from komet_import.language import _
from komet_import.review.problem_list import title_of
from komet_import.review.window import Look, first_look, values
from komet_import.services import Opened
from komet_import.web.review.look import Reviewing
from komet_import.web.review.wish import Wish
from komet_import.web.shared import guarded
from komet_import.web.shared.parts import plain, shortened


def toolbar(looking: Reviewing, opened: Opened) -> None:
    """One row that wraps: search, value, the dialog, and what is looked at besides."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="review-toolbar"):
        _search(looking, opened)
        _by_value(looking, opened)
        if not looking.checks:
            st.button(
                _("Bulk edit"),
                icon=":material/edit:",
                key="fix-many",
                help=_("Change many rows at once"),
                on_click=guarded.callback(lambda: looking.wish_for(Wish())),
            )
        _chosen(looking, opened)
        # It is there before it is needed: the grid must not jump under busy hands.
        if looking.look != first_look(opened.type):
            fixed = looking.fixed(opened)
            st.button(
                _("Hide fixed rows ({count:,})", count=fixed) if fixed else _("Refresh"),
                disabled=fixed is None,
                icon=":material/refresh:",
                key="refresh",
                help=_("Rows you have fixed stay in view until you refresh"),
                on_click=looking.later(lambda: looking.choose(looking.look)),
            )


def _search(looking: Reviewing, opened: Opened) -> None:
    key = f"search-{opened.batch.id}"
    if st.session_state.get(key) != looking.look.search:  # else it would take away what is being typed
        st.session_state[key] = looking.look.search
    st.text_input(
        _("Search"),
        placeholder=_("Search"),
        type="search",
        icon=":material/search:",
        label_visibility="collapsed",
        width=150,
        key=key,
        on_change=guarded.callback(
            lambda: looking.choose(replace(looking.look, search=st.session_state[key]))
        ),
    )


def _by_value(looking: Reviewing, opened: Opened) -> None:
    """Rows that have one value in one column; what can be chosen is counted only when it is looked at."""
    filtering = st.popover(
        _("Filter"),
        icon=":material/filter_alt:",
        help=_("Only the rows that have one value in a column"),
        key=f"filter-{opened.batch.id}",
        on_change="rerun",
    )
    if not filtering.open:
        return
    with filtering:
        column = st.selectbox(
            _("Column"),
            list(opened.draft.rows.columns),
            format_func=opened.type.told_column,
            key="filter-column",
        )
        key, found = f"filter-value-{column}", values(opened.draft, opened.judgement, column)
        counts = dict(found)

        def choose() -> None:
            text: str | None = st.session_state[key]
            if text is None:
                looking.choose(replace(looking.look, only=None))
            else:
                looking.only(column, text)

        st.selectbox(
            _("Value"),
            [text for text, _count in found],
            index=None,
            format_func=lambda text: f"{text or _('(blank)')} · {counts.get(text, 0):,}",
            placeholder=_("Choose or type"),
            key=key,
            on_change=guarded.callback(choose),
        )


def _chosen(looking: Reviewing, opened: Opened) -> None:
    """What is looked at besides state and search, each with the way out of it."""
    look = looking.look
    if look.problem:
        _column, kind, value = look.problem
        words = _("Only {what}", what=value or _(title_of(kind)))
        _clear("problem", words, replace(look, problem=None), looking)
    if look.only:
        column, text = look.only
        words = f"{opened.type.told_column(column)}: {shortened(text, 24) or _('(blank)')}"
        _clear("value", words, replace(look, only=None), looking)


def _clear(what: str, words: str, without: Look, looking: Reviewing) -> None:
    st.button(
        plain(words),
        icon=":material/close:",
        key=f"clear-{what}",
        help=_("Show every row again"),
        on_click=guarded.callback(lambda: looking.choose(without)),
    )
