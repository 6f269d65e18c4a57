"""The dialog that fixes many rows at once: what, where, what it would do to the money, one button."""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import streamlit as st

from komet_import import importing
from komet_import.access.users import CurrentUser
from komet_import.importing import Opened
from komet_import.refusal import Refusal
from komet_import.review import fixes
from komet_import.review.edits import Changes
from komet_import.types.schema import money
from komet_import.web.parts import counted_rows, plain, refusal
from komet_import.web.reviewing import Reviewing

Plan = Callable[[Opened], Changes]


REPLACE, FILL, TIDY, POSITIVE, ERRORS, SHOWN, TOTALS = (
    "Replace a value",
    "Fill blank cells",
    "Trim and capitalise codes",
    "Make negative amounts positive",
    "Leave out rows that need attention",
    "Leave out the rows shown",
    "Leave out total lines",
)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the dialog opens with: what to do, a column and the value that is to be replaced in it.

    `opening` is part of its fields' keys: Streamlit would fill them with what was typed the last time.
    """

    what: str = REPLACE
    column: str | None = None
    value: str = ""
    opening: int = field(default_factory=itertools.count(1).__next__)


def fix_many(user: CurrentUser, looking: Reviewing) -> None:
    """Ask what is to be fixed, show what it would change, apply it as one step that can be undone.

    The dialog is drawn in every run until it is done with: Streamlit closes one that a run leaves out, and
    the page is drawn again whenever the grid has changed something.
    """
    if looking.wish is not None:
        dialog = st.dialog("Fix many rows", width="medium", on_dismiss=lambda: looking.wish_for(None))
        dialog(_fix_many)(user, looking, looking.wish)


def _fix_many(user: CurrentUser, looking: Reviewing, wish: Wish) -> None:
    if looking.to_do:
        st.rerun()  # the page does it
    try:
        opened = importing.view(user, looking.batch_id)
    except Refusal as wrong:
        refusal(wrong.message)
        return
    offered = _offered(opened)
    what = st.selectbox("What to do", offered, index=offered.index(wish.what), key=f"fix-what-{wish.opening}")
    shown = _shown(opened, looking)
    reach = _reach(shown, wish) if what not in (ERRORS, SHOWN, TOTALS) else None
    planned, label = _planned(what, opened, shown if what == SHOWN else reach, wish)
    if planned is None:
        return
    with st.spinner("Counting what would change …"):
        changes = planned(opened)
        told = fixes.preview(opened.draft, opened.judgement, opened.reference, changes) if changes else None
    if not told:
        st.caption("Nothing would change.")
        return
    _preview(told)
    label = f"{label} in {counted_rows(len(changes.rows))}"

    def wanted() -> None:
        looking.wish_for(None)
        looking.doing(partial(_apply, user, looking, planned, label), f"{label} …")()

    st.button(label, type="primary", key="fix-apply", on_click=wanted)


def _offered(opened: Opened) -> list[str]:
    offered = [REPLACE, FILL, TIDY]
    if opened.type.amount_column:
        offered.append(POSITIVE)
    offered += [ERRORS, SHOWN]
    return [*offered, TOTALS] if opened.draft.sheet.total_rows else offered


def _shown(opened: Opened, looking: Reviewing) -> tuple[int, ...]:
    """The Excel rows that the person sees, on all pages: mended ones stay in view, so they count."""
    return tuple(opened.judgement.numbers[looking.see(opened)].tolist())


def _reach(shown: tuple[int, ...], wish: Wish) -> tuple[int, ...] | None:
    """The rows that are to be fixed; None for all of them."""
    every = "All rows"
    chosen = st.segmented_control(
        "Where", [every, "The rows shown"], default=every, required=True, key=f"fix-where-{wish.opening}"
    )
    return None if chosen == every else shown


def _planned(what: str, opened: Opened, reach: tuple[int, ...] | None, wish: Wish) -> tuple[Plan | None, str]:
    if what == POSITIVE:
        return partial(_positive, reach=reach), "Make amounts positive"
    if what == ERRORS:
        return (lambda now: fixes.leave_out(now.draft, now.judgement.rejected)), "Leave out"
    if what == TOTALS:
        return partial(_leave_rows, rows=opened.draft.sheet.total_rows), "Leave out the total"
    if what == SHOWN:
        return partial(_leave_rows, rows=reach or ()), "Leave out"
    columns = opened.draft.columns
    if what == TIDY:
        columns = [c for c in columns if opened.type.column(c).kind in fixes.CODES]
    first = columns.index(wish.column) if wish.column in columns else 0
    column = st.selectbox("Column", columns, index=first, key=f"fix-column-{wish.opening}")
    if what == TIDY:
        return partial(_tidy, column=column, reach=reach), f"Tidy {column}"
    if what == FILL:
        text = _new_value(opened, column, "Blank cells become", wish)
        return (
            (partial(_fill, column=column, text=text, reach=reach), f"Fill {column}") if text else (None, "")
        )
    value = st.text_input("This value", value=wish.value, key=f"fix-value-{wish.opening}")
    text = _new_value(opened, column, "becomes", wish)
    if not value or not text:
        return None, ""
    label = f"{column}: “{value}” → “{text}”"
    return partial(_replace, column=column, value=value, text=text, reach=reach), label


def _new_value(opened: Opened, column: str, label: str, wish: Wish) -> str:
    """The value to put in: free text, or a search among what exists where the column holds such codes."""
    directory = opened.reference.directory
    suggesters = {"customer": directory.customer_suggester, "location": directory.location_suggester}
    suggester = suggesters.get(opened.type.column(column).kind)
    text = st.text_input(
        label,
        placeholder="Search by code or name" if suggester else "",
        key=f"fix-text-{wish.opening}",
    )
    if suggester is None or not text:
        return text
    found = suggester.search(text, limit=8)
    if any(option.code.upper() == text.strip().upper() for option in found):
        return text.strip()
    if not found:
        st.caption(f"Nothing that exists is like “{plain(text)}”.")
        return ""
    names = {option.code: option.name for option in found}
    chosen = st.radio(
        "Which one",
        list(names),
        format_func=lambda code: f"{plain(code)} · {plain(names[code])}",
        key=f"fix-one-{wish.opening}",
    )
    return chosen or ""


def _positive(opened: Opened, *, reach: tuple[int, ...] | None) -> Changes:
    return fixes.make_positive(opened.draft, opened.judgement, fixes.rows_in_reach(opened.draft, reach))


def _tidy(opened: Opened, *, column: str, reach: tuple[int, ...] | None) -> Changes:
    return fixes.tidy_codes(opened.draft, fixes.rows_in_reach(opened.draft, reach), column)


def _fill(opened: Opened, *, column: str, text: str, reach: tuple[int, ...] | None) -> Changes:
    return fixes.fill_blanks(opened.draft, fixes.rows_in_reach(opened.draft, reach), column, text)


def _replace(opened: Opened, *, column: str, value: str, text: str, reach: tuple[int, ...] | None) -> Changes:
    return fixes.replace_value(opened.draft, fixes.rows_in_reach(opened.draft, reach), column, value, text)


def _leave_rows(opened: Opened, *, rows: Iterable[int]) -> Changes:
    return fixes.leave_out(opened.draft, np.isin(opened.judgement.numbers, sorted(rows)))


def _preview(told: fixes.Preview) -> None:
    st.markdown(f"**{counted_rows(told.rows)} will change.**")
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
    importing.apply_fix(user, looking.batch_id, planned, label=label)
    looking.tell(f"Done: {label}. Undo takes it back.")
