"""What a bulk edit can do: its plan, which counts what it changes, and its words before and after."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from komet_import.language import Phrase, _, marked, marked_pair, ngettext, nphrase, phrase
from komet_import.refusal import Refusal
from komet_import.review import fixes
from komet_import.review.edits import Changes
from komet_import.review.issues import shortened
from komet_import.review.judge import refused
from komet_import.services import Opened
from komet_import.services.draft.step_words import (
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

Plan = Callable[[Opened], Changes]


@dataclass(frozen=True, kw_only=True)
class Fix:
    """What is to be done, and its words on the button (`offer`) and in the list of edits (`step`): each for
    one row that it changes and for several, with the same values.
    """

    plan: Plan
    offer: tuple[str, str]
    step: tuple[str, str]
    values: Mapping[str, object] = field(default_factory=dict)

    def offered(self, changes: Changes) -> str:
        """The words of the button."""
        return ngettext(*self.offer, len(changes.rows), **self.values)

    def told(self, changes: Changes) -> Phrase:
        """The words for the list of edits."""
        return nphrase(*self.step, len(changes.rows), **self.values)


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


def filling(column: str, text: str, reach: tuple[int, ...] | None) -> Fix:
    """The fix that puts a text into the blank cells of a column."""
    fill = partial(_fill, column=column, text=text, reach=reach)
    values = {"column": phrase(column), "value": shortened(text)}
    return Fix(plan=fill, offer=FILLING, step=FILLED, values=values)


def replacing(column: str, value: str, text: str, reach: tuple[int, ...] | None) -> Fix:
    """The fix that puts a text in the place of a value."""
    put = partial(_replace, column=column, value=value, text=text, reach=reach)
    values = {"column": phrase(column), "before": shortened(value), "after": shortened(text)}
    return Fix(plan=put, offer=REPLACED, step=REPLACED, values=values)


def dating(opened: Opened, reach: tuple[int, ...] | None) -> Fix:
    """The fix of rows in closed months; where all get one day, its words name it."""
    plan = partial(_date_open, reach=reach)
    days = sorted({cell.after for cell in plan(opened).cells})
    if len(days) == 1:
        return Fix(plan=plan, offer=DATING, step=DATED, values={"day": days[0]})
    return Fix(plan=plan, offer=DATING_APART, step=DATED_APART)


def turning(what: str, reach: tuple[int, ...] | None) -> Fix:
    """The fix of amounts of the wrong sign; `what` is one of `TURNED`."""
    offer, step = TURNING[what]
    return Fix(plan=partial(_turn_sign, reach=reach), offer=offer, step=step)


def tidying(column: str, reach: tuple[int, ...] | None) -> Fix:
    """The fix of codes that are not written as they are known."""
    tidy = partial(_tidy, column=column, reach=reach)
    return Fix(plan=tidy, offer=TIDYING, step=TIDIED, values={"column": phrase(column)})


def excluding_rejected() -> Fix:
    """The exclusion of every row with an error."""
    return Fix(plan=_leave_rejected, offer=EXCLUDING, step=EXCLUDED)


def excluding(rows: Iterable[int]) -> Fix:
    """The exclusion of these rows."""
    return Fix(plan=partial(_leave_rows, rows=rows), offer=EXCLUDING, step=EXCLUDED)


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


def _leave_rejected(opened: Opened) -> Changes:
    return fixes.leave_out(opened.draft, opened.judgement.rejected)


def _leave_rows(opened: Opened, *, rows: Iterable[int]) -> Changes:
    return fixes.leave_out(opened.draft, np.isin(opened.judgement.numbers, sorted(rows)))
