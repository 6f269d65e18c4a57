"""The dialog that fixes many rows at once: what, where, what it would do to the money, one button."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.refusal import Refusal
from komet_import.review import fixes
from komet_import.review.edits import Changes
from komet_import.review.issues import shortened
from komet_import.review.judgement import refused
from komet_import.services import Opened
from komet_import.types import Sign
from komet_import.types.schema import money
from komet_import.web.review.look import OVERTAKEN, Reviewing
from komet_import.web.review.wish import ERRORS, FILL, REDATE, REPLACE, SHOWN, TIDY, Wish
from komet_import.web.shared import guarded
from komet_import.web.shared.parts import counted_rows, plain, refusal

Plan = Callable[[Opened], Changes]


@dataclass(frozen=True, kw_only=True)
class Fix:
    """What is to be done, and its words before and after, in which `{rows}` are those that it changes."""

    plan: Plan
    doing: tuple[str, str]
    done: tuple[str, str]

    def to_do(self, changes: Changes) -> str:
        """The words of the button."""
        return counted_rows(len(changes.rows)).join(self.doing)

    def said(self, changes: Changes) -> str:
        """The words for the list of edits."""
        return counted_rows(len(changes.rows)).join(self.done)


TURNED = {
    Sign.POSITIVE: "Make negative amounts positive",
    Sign.NEGATIVE: "Make positive amounts negative",
}
"""What to do with amounts of the wrong sign, by the right one."""


def fix_many(looking: Reviewing) -> None:
    """Ask what is to be fixed, show what it would change, apply it as one step that can be undone.

    The dialog is drawn in every run until it is done with: Streamlit closes one that a run leaves out, and
    the page is drawn again whenever the grid has changed something.
    """
    if looking.wish is not None:
        dialog = guarded.dialog("Bulk edit", width="medium", on_dismiss=lambda: looking.wish_for(None))
        dialog(_fix_many)(looking, looking.wish)


def _fix_many(user: CurrentUser, looking: Reviewing, wish: Wish) -> None:
    if looking.to_do:
        st.rerun()  # the page does it
    try:
        opened = services.view(user, looking.batch_id)
    except Refusal as wrong:
        refusal(wrong.message)
        return
    offered = _offered(opened, wish)
    what = st.selectbox("What to do", offered, index=offered.index(wish.what), key=f"fix-what-{wish.opening}")
    shown = _shown(opened, looking)
    reach = _reach(shown, wish) if what not in (ERRORS, SHOWN) else None
    fix = _planned(what, opened, shown if what == SHOWN else reach, wish)
    if fix is None:
        return
    try:
        with st.spinner("Counting what would change …"):
            changes = fix.plan(opened)
            told = (
                fixes.preview(opened.draft, opened.judgement, opened.reference, changes) if changes else None
            )
    except Refusal as wrong:
        refusal(wrong.message)
        return
    if not told:
        st.caption("Nothing would change.")
        return
    _preview(told)
    label = fix.to_do(changes)

    def wanted() -> None:
        looking.wish_for(None)
        looking.doing(partial(_apply, user, looking, fix), f"{label} …")()

    st.button(plain(label), type="primary", key="fix-apply", on_click=guarded.callback(wanted))


def _offered(opened: Opened, wish: Wish) -> list[str]:
    offered = [REPLACE, FILL, TIDY]
    if opened.type.sign:
        offered.append(TURNED[opened.type.sign])
    if opened.reference.directory.closed or wish.what == REDATE:
        offered.append(REDATE)
    return [*offered, ERRORS, SHOWN]


def _shown(opened: Opened, looking: Reviewing) -> tuple[int, ...]:
    """The Excel rows that the person sees, on all pages: mended ones stay in view, so they count."""
    return tuple(opened.judgement.numbers[looking.see(opened)].tolist())


def _reach(shown: tuple[int, ...], wish: Wish) -> tuple[int, ...] | None:
    """The rows that are to be fixed; None for all of them."""
    every, these = "All rows", f"Only {counted_rows(len(wish.rows))}"
    offered = [*([these] if wish.rows else []), every, "Filtered rows"]
    chosen = st.segmented_control(
        "Where", offered, default=offered[0], required=True, key=f"fix-where-{wish.opening}"
    )
    return {every: None, these: wish.rows}.get(chosen, shown)


def _planned(what: str, opened: Opened, reach: tuple[int, ...] | None, wish: Wish) -> Fix | None:
    if what in TURNED.values():
        sign = f"amounts {opened.type.sign}"
        return _in_rows(partial(_turn_sign, reach=reach), f"Make {sign}", f"Made {sign}")
    if what == REDATE:
        return _dating(opened, reach)
    if what == ERRORS:
        return _leaving(lambda now: fixes.leave_out(now.draft, now.judgement.rejected))
    if what == SHOWN:
        return _leaving(partial(_leave_rows, rows=reach or ()))
    columns = opened.draft.columns
    if what == TIDY:
        columns = [c for c in columns if opened.type.column(c).kind in fixes.CODES]
    first = columns.index(wish.column) if wish.column in columns else 0
    column = st.selectbox("Column", columns, index=first, key=f"fix-column-{wish.opening}")
    if what == TIDY:
        tidy = partial(_tidy, column=column, reach=reach)
        return _in_rows(tidy, f"Tidy {column}", f"Tidied {column}")
    if what == FILL:
        text = _new_value(opened, column, "Fill blank cells with", wish)
        fill = partial(_fill, column=column, text=text, reach=reach)
        words = f"{column} with {shortened(text)}"
        return _in_rows(fill, f"Fill {words}", f"Filled {words}") if text else None
    value = st.text_input("Find", value=wish.value, key=f"fix-value-{wish.opening}")
    text = _new_value(opened, column, "Replace with", wish)
    if not value or not text:
        return None
    replaced = f"{column}: “{shortened(value)}” → “{shortened(text)}”"
    put = partial(_replace, column=column, value=value, text=text, reach=reach)
    return _in_rows(put, replaced, replaced)


def _in_rows(plan: Plan, doing: str, done: str) -> Fix:
    return Fix(plan=plan, doing=(f"{doing} in ", ""), done=(f"{done} in ", ""))


def _dating(opened: Opened, reach: tuple[int, ...] | None) -> Fix:
    """The fix of rows in closed months; where all get one day, its words name it."""
    plan = partial(_date_open, reach=reach)
    days = sorted({cell.after for cell in plan(opened).cells})
    told = f" {days[0]}, the first open day" if len(days) == 1 else " the first open day of each"
    return Fix(plan=plan, doing=("Date ", told), done=("Dated ", told))


def _leaving(plan: Plan) -> Fix:
    return Fix(plan=plan, doing=("Exclude ", ""), done=("Excluded ", ""))


def _new_value(opened: Opened, column: str, label: str, wish: Wish) -> str:
    """The value to put in: free text, or a search among what exists where the column holds such codes."""
    suggester = opened.reference.directory.suggester(opened.type.column(column).kind)
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


def _turn_sign(opened: Opened, *, reach: tuple[int, ...] | None) -> Changes:
    return fixes.turn_sign(opened.draft, opened.judgement, fixes.rows_in_reach(opened.draft, reach))


def _date_open(opened: Opened, *, reach: tuple[int, ...] | None) -> Changes:
    return fixes.date_open(opened.draft, opened.judgement, fixes.rows_in_reach(opened.draft, reach))


def _tidy(opened: Opened, *, column: str, reach: tuple[int, ...] | None) -> Changes:
    return fixes.tidy_codes(opened.draft, fixes.rows_in_reach(opened.draft, reach), column)


def _fill(opened: Opened, *, column: str, text: str, reach: tuple[int, ...] | None) -> Changes:
    require_fit(opened, column, text)
    return fixes.fill_blanks(opened.draft, fixes.rows_in_reach(opened.draft, reach), column, text)


def _replace(opened: Opened, *, column: str, value: str, text: str, reach: tuple[int, ...] | None) -> Changes:
    require_fit(opened, column, text)
    rows = fixes.rows_in_reach(opened.draft, reach)
    return fixes.replace_value(opened.draft, opened.judgement, rows, column, value, text)


def require_fit(opened: Opened, column: str, text: str) -> None:
    """Raises Refusal where the column would reject what is to be put into many of its cells."""
    wrong = refused(opened.draft, opened.reference, column, text)
    if wrong is not None:
        said = wrong.suggestion is None or wrong.suggestion in wrong.message
        meant = "" if said else f" Perhaps {wrong.suggestion} is meant."
        raise Refusal(wrong.code, f"{wrong.message}{meant}")


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


def _apply(user: CurrentUser, looking: Reviewing, fix: Fix) -> None:
    done: list[str] = []

    def label(changes: Changes) -> str:
        done[:] = [fix.said(changes)]
        return done[0]

    services.apply_fix(user, looking.batch_id, fix.plan, label=label)
    if done:
        looking.tell(f"{done[0]}.", undo=True)
    else:
        looking.tell(OVERTAKEN, level="warning")
