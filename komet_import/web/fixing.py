"""The dialog that fixes many rows at once: what, where, what it would do to the money, one button."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from komet_import import importing
from komet_import.access.users import CurrentUser
from komet_import.importing import Opened
from komet_import.refusal import Refusal
from komet_import.review import fixes
from komet_import.review.edits import Changes
from komet_import.review.window import Look, positions
from komet_import.types.schema import money
from komet_import.web.parts import plain, refusal
from komet_import.web.reviewing import Reviewing

Plan = Callable[[Opened], Changes]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the dialog opens with: a column and the value that is to be replaced in it."""

    column: str | None = None
    value: str = ""


REPLACE, FILL, TIDY, POSITIVE, ERRORS, SHOWN, TOTALS = (
    "Replace a value",
    "Fill blank cells",
    "Trim and capitalise codes",
    "Make negative amounts positive",
    "Leave out rows that need attention",
    "Leave out the rows shown",
    "Leave out total lines",
)


@st.dialog("Fix many rows", width="medium")
def fix_many(user: CurrentUser, looking: Reviewing, wish: Wish) -> None:
    """Ask what is to be fixed, show what it would change, apply it as one step that can be undone."""
    try:
        opened = importing.view(user, looking.batch_id)
    except Refusal as wrong:
        refusal(wrong.message)
        return
    what = st.selectbox("What to do", _offered(opened), key="fix-what")
    look = _reach(looking) if what not in (ERRORS, SHOWN, TOTALS) else None
    planned, label = _planned(what, opened, looking, look, wish)
    if planned is None:
        return
    changes = planned(opened)
    if not changes:
        st.caption("Nothing would change.")
        return
    _preview(opened, changes)
    if st.button(f"{label} in {_rows(len(changes.rows))}", type="primary", key="fix-apply"):
        _apply(user, looking, planned, f"{label} in {_rows(len(changes.rows))}")


def _offered(opened: Opened) -> list[str]:
    offered = [REPLACE, FILL, TIDY]
    if opened.type.amount_column:
        offered.append(POSITIVE)
    offered += [ERRORS, SHOWN]
    return [*offered, TOTALS] if opened.draft.sheet.total_rows else offered


def _reach(looking: Reviewing) -> Look | None:
    every = "All rows"
    chosen = st.segmented_control("Where", [every, "The rows shown"], default=every, required=True)
    return None if chosen == every else looking.look


def _planned(
    what: str, opened: Opened, looking: Reviewing, look: Look | None, wish: Wish
) -> tuple[Plan | None, str]:
    if what == POSITIVE:
        return partial(_positive, look=look), "Make amounts positive"
    if what == ERRORS:
        return (lambda now: fixes.leave_out(now.draft, now.judgement.rejected)), "Leave out"
    if what == TOTALS:
        totals = set(opened.draft.sheet.total_rows)
        return partial(_leave_rows, rows=totals), "Leave out the total"
    if what == SHOWN:
        return partial(_leave_shown, look=looking.look), "Leave out"
    columns = opened.draft.columns
    if what == TIDY:
        columns = [c for c in columns if opened.type.column(c).kind in fixes.CODES]
    first = columns.index(wish.column) if wish.column in columns else 0
    column = st.selectbox("Column", columns, index=first, key="fix-column")
    if what == TIDY:
        return partial(_tidy, column=column, look=look), f"Tidy {column}"
    if what == FILL:
        text = st.text_input("Blank cells become", key="fix-text")
        return (partial(_fill, column=column, text=text, look=look), f"Fill {column}") if text else (None, "")
    value = st.text_input("This value", value=wish.value, key="fix-value")
    text = _new_value(opened, column)
    if not value or not text:
        return None, ""
    label = f"{column}: “{value}” → “{text}”"
    return partial(_replace, column=column, value=value, text=text, look=look), label


def _new_value(opened: Opened, column: str) -> str:
    """The value to put in: free text, or a search among what exists where the column holds such codes."""
    text = st.text_input("becomes", key="fix-text")
    directory = opened.reference.directory
    suggesters = {"customer": directory.customer_suggester, "location": directory.location_suggester}
    suggester = suggesters.get(opened.type.column(column).kind)
    if suggester is None or not text:
        return text
    found = suggester.search(text, limit=8)
    if any(option.code.upper() == text.strip().upper() for option in found):
        return text.strip()
    names = {option.code: option.name for option in found}
    chosen = st.radio("Which one", list(names), format_func=lambda code: f"{code} · {plain(names[code])}")
    return chosen or ""


def _positive(opened: Opened, *, look: Look | None) -> Changes:
    rows = fixes.rows_in_reach(opened.draft, opened.judgement, look)
    return fixes.make_positive(opened.draft, opened.judgement, rows)


def _tidy(opened: Opened, *, column: str, look: Look | None) -> Changes:
    rows = fixes.rows_in_reach(opened.draft, opened.judgement, look)
    return fixes.tidy_codes(opened.draft, rows, column)


def _fill(opened: Opened, *, column: str, text: str, look: Look | None) -> Changes:
    rows = fixes.rows_in_reach(opened.draft, opened.judgement, look)
    return fixes.fill_blanks(opened.draft, rows, column, text)


def _replace(opened: Opened, *, column: str, value: str, text: str, look: Look | None) -> Changes:
    rows = fixes.rows_in_reach(opened.draft, opened.judgement, look)
    return fixes.replace_value(opened.draft, rows, column, value, text)


def _leave_shown(opened: Opened, *, look: Look) -> Changes:
    chosen = np.zeros(len(opened.draft.rows), dtype=np.bool_)
    chosen[positions(opened.draft, opened.judgement, look)] = True
    return fixes.leave_out(opened.draft, chosen)


def _leave_rows(opened: Opened, *, rows: set[int]) -> Changes:
    return fixes.leave_out(opened.draft, np.isin(opened.judgement.numbers, sorted(rows)))


def _preview(opened: Opened, changes: Changes) -> None:
    told = fixes.preview(opened.draft, opened.judgement, opened.reference, changes)
    st.markdown(f"**{_rows(told.rows)} will change.**")
    if told.amount_before is None or told.amount_after is None:
        st.caption(f"Ready: {told.ready_before:,} → {told.ready_after:,} rows")
        return
    difference = told.amount_after - told.amount_before
    sign = "+" if difference >= 0 else ""
    st.caption(
        plain(
            f"Ready: {told.ready_before:,} → {told.ready_after:,} rows · {money(told.amount_before)} → "
            f"{money(told.amount_after)} ({sign}{money(difference)})"
        )
    )


def _apply(user: CurrentUser, looking: Reviewing, planned: Plan, label: str) -> None:
    try:
        importing.apply_fix(user, looking.batch_id, planned, label=label)
    except Refusal as wrong:
        refusal(wrong.message)
        return
    looking.tell(f"Done: {label}. Undo takes it back.")
    st.rerun()


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
