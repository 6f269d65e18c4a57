"""The dialog that fixes many rows at once: what, where, what it would do to the money, one button."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import Phrase, _, marked, marked_pair, ngettext, nphrase, phrase
from komet_import.refusal import Refusal
from komet_import.review import fixes
from komet_import.review.edits import Changes
from komet_import.review.issues import shortened
from komet_import.review.judge import refused
from komet_import.services import Opened
from komet_import.services.step_words import (
    DATED,
    DATED_APART,
    EXCLUDED,
    FILLED,
    MADE_NEGATIVE,
    MADE_POSITIVE,
    REPLACED,
    TIDIED,
)
from komet_import.types import Sign
from komet_import.types.money import money
from komet_import.web.review.look import OVERTAKEN, Reviewing
from komet_import.web.review.wish import ERRORS, FILL, REDATE, REPLACE, SHOWN, TIDY, Wish
from komet_import.web.shared import guarded
from komet_import.web.shared.parts import plain, refusal

Plan = Callable[[Opened], Changes]


@dataclass(frozen=True, kw_only=True)
class Fix:
    """What is to be done, and its words before and after: each for one row that it changes and for several,
    with the same values.
    """

    plan: Plan
    doing: tuple[str, str]
    done: tuple[str, str]
    values: Mapping[str, object] = field(default_factory=dict)

    def to_do(self, changes: Changes) -> str:
        """The words of the button."""
        return ngettext(*self.doing, len(changes.rows), **self.values)

    def said(self, changes: Changes) -> Phrase:
        """The words for the list of edits."""
        return nphrase(*self.done, len(changes.rows), **self.values)


TURNED = {
    Sign.POSITIVE: marked("Make negative amounts positive"),
    Sign.NEGATIVE: marked("Make positive amounts negative"),
}
"""What to do with amounts of the wrong sign, by the right one."""
TURNING = {
    TURNED[Sign.POSITIVE]: (
        marked_pair("Make amounts positive in {count:,} row", "Make amounts positive in {count:,} rows"),
        MADE_POSITIVE,
    ),
    TURNED[Sign.NEGATIVE]: (
        marked_pair("Make amounts negative in {count:,} row", "Make amounts negative in {count:,} rows"),
        MADE_NEGATIVE,
    ),
}
TIDYING = marked_pair("Tidy {column} in {count:,} row", "Tidy {column} in {count:,} rows")
FILLING = marked_pair(
    "Fill {column} with {value} in {count:,} row", "Fill {column} with {value} in {count:,} rows"
)
DATING = marked_pair(
    "Date {count:,} row {day}, the first open day", "Date {count:,} rows {day}, the first open day"
)
DATING_APART = marked_pair(
    "Date {count:,} row the first open day of each", "Date {count:,} rows the first open day of each"
)
EXCLUDING = marked_pair("Exclude {count:,} row", "Exclude {count:,} rows")
"""What a button does, before it is done: the words of what was done are those of the list of edits."""


def fix_many(looking: Reviewing) -> None:
    """Ask what is to be fixed, show what it would change, apply it as one step that can be undone.

    The dialog is drawn in every run until it is done with: Streamlit closes one that a run leaves out, and
    the page is drawn again whenever the grid has changed something.
    """
    if looking.wish is not None:
        dialog = guarded.dialog(_("Bulk edit"), width="medium", on_dismiss=lambda: looking.wish_for(None))
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
    what = st.selectbox(
        _("What to do"),
        offered,
        index=offered.index(wish.what),
        format_func=_,
        key=f"fix-what-{wish.opening}",
    )
    shown = _shown(opened, looking)
    reach = _reach(shown, wish) if what not in (ERRORS, SHOWN) else None
    fix = _planned(what, opened, shown if what == SHOWN else reach, wish)
    if fix is None:
        return
    try:
        with st.spinner(_("Counting what would change …")):
            changes = fix.plan(opened)
            told = (
                fixes.preview(opened.draft, opened.judgement, opened.reference, changes) if changes else None
            )
    except Refusal as wrong:
        refusal(wrong.message)
        return
    if not told:
        st.caption(_("Nothing would change."))
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
    """The Excel rows that the person sees, on all pages: fixed ones stay in view, so they count."""
    return tuple(opened.judgement.numbers[looking.see(opened)].tolist())


def _reach(shown: tuple[int, ...], wish: Wish) -> tuple[int, ...] | None:
    """The rows that are to be fixed; None for all of them."""
    every, count = _("All rows"), len(wish.rows)
    these = ngettext("Only {count:,} row", "Only {count:,} rows", count)
    offered = [*([these] if wish.rows else []), every, _("Filtered rows")]
    chosen = st.segmented_control(
        _("Where"), offered, default=offered[0], required=True, key=f"fix-where-{wish.opening}"
    )
    return {every: None, these: wish.rows}.get(chosen, shown)


def _planned(what: str, opened: Opened, reach: tuple[int, ...] | None, wish: Wish) -> Fix | None:
    if what in TURNED.values():
        doing, done = TURNING[what]
        return Fix(plan=partial(_turn_sign, reach=reach), doing=doing, done=done)
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
    column = st.selectbox(_("Column"), columns, index=first, format_func=_, key=f"fix-column-{wish.opening}")
    if what == TIDY:
        tidy = partial(_tidy, column=column, reach=reach)
        return Fix(plan=tidy, doing=TIDYING, done=TIDIED, values={"column": phrase(column)})
    if what == FILL:
        text = _new_value(opened, column, _("Fill blank cells with"), wish)
        return _filling(column, text, reach) if text else None
    value = st.text_input(_("Find"), value=wish.value, key=f"fix-value-{wish.opening}")
    text = _new_value(opened, column, _("Replace with"), wish)
    if not value or not text:
        return None
    return _replacing(column, value, text, reach)


def _filling(column: str, text: str, reach: tuple[int, ...] | None) -> Fix:
    fill = partial(_fill, column=column, text=text, reach=reach)
    values = {"column": phrase(column), "value": shortened(text)}
    return Fix(plan=fill, doing=FILLING, done=FILLED, values=values)


def _replacing(column: str, value: str, text: str, reach: tuple[int, ...] | None) -> Fix:
    put = partial(_replace, column=column, value=value, text=text, reach=reach)
    values = {"column": phrase(column), "before": shortened(value), "after": shortened(text)}
    return Fix(plan=put, doing=REPLACED, done=REPLACED, values=values)


def _dating(opened: Opened, reach: tuple[int, ...] | None) -> Fix:
    """The fix of rows in closed months; where all get one day, its words name it."""
    plan = partial(_date_open, reach=reach)
    days = sorted({cell.after for cell in plan(opened).cells})
    if len(days) == 1:
        return Fix(plan=plan, doing=DATING, done=DATED, values={"day": days[0]})
    return Fix(plan=plan, doing=DATING_APART, done=DATED_APART)


def _leaving(plan: Plan) -> Fix:
    return Fix(plan=plan, doing=EXCLUDING, done=EXCLUDED)


def _new_value(opened: Opened, column: str, label: str, wish: Wish) -> str:
    """The value to put in: free text, or a search among what exists where the column holds such codes."""
    suggester = opened.reference.directory.suggester(opened.type.column(column).kind)
    text = st.text_input(
        label,
        placeholder=_("Search by code or name") if suggester else "",
        key=f"fix-text-{wish.opening}",
    )
    if suggester is None or not text:
        return text
    found = suggester.search(text, limit=8)
    if any(option.code.upper() == text.strip().upper() for option in found):
        return text.strip()
    if not found:
        st.caption(_("Nothing that exists is like “{text}”.", text=plain(text)))
        return ""
    names = {option.code: option.name for option in found}
    chosen = st.radio(
        _("Which one"),
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
        meant = "" if said else _(" Perhaps {suggestion} is meant.", suggestion=wrong.suggestion)
        raise Refusal(wrong.code, f"{wrong.message}{meant}")


def _leave_rows(opened: Opened, *, rows: Iterable[int]) -> Changes:
    return fixes.leave_out(opened.draft, np.isin(opened.judgement.numbers, sorted(rows)))


def _preview(told: fixes.Preview) -> None:
    st.markdown(ngettext("**{count:,} row will change.**", "**{count:,} rows will change.**", told.rows))
    ready = _("Ready: {before:,} → {after:,} rows", before=told.ready_before, after=told.ready_after)
    if told.amount_before is None or told.amount_after is None:
        st.caption(ready)
        return
    difference = told.amount_after - told.amount_before
    sign = "+" if difference >= 0 else ""
    st.caption(
        plain(
            f"{ready} · {money(told.amount_before)} → {money(told.amount_after)} ({sign}{money(difference)})"
        )
    )


def _apply(user: CurrentUser, looking: Reviewing, fix: Fix) -> None:
    done: list[Phrase] = []

    def label(changes: Changes) -> Phrase:
        done[:] = [fix.said(changes)]
        return done[0]

    services.apply_fix(user, looking.batch_id, fix.plan, label=label)
    if done:
        looking.tell(f"{done[0]}.", undo=True)
    else:
        looking.tell(_(OVERTAKEN), level="warning")
