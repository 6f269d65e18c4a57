"""Fixes of many cells at once: planned on the whole sheet, previewed, applied as one step.

A fix is a plan of changes and nothing else; what it would do to the money is found by judging the draft as
it would be. Nothing here is applied by itself.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from komet_import.review.catalogue import CLOSED_PERIOD
from komet_import.review.draft import Draft
from komet_import.review.edits import CellChange, Changes, Confirmation, setting
from komet_import.review.issues import Issue
from komet_import.review.judge import rejudge
from komet_import.review.judgement import Judgement, is_confirmed
from komet_import.review.problem_list import Problem
from komet_import.review.reference import Reference
from komet_import.review.seen import seen_in_column
from komet_import.sheets.layout.values.amount_forms import written_amount
from komet_import.sheets.layout.values.answers import decimal_mark
from komet_import.types import ColumnFormat

CODES = (ColumnFormat.CUSTOMER, ColumnFormat.NEW_CODE, ColumnFormat.LOCATION, ColumnFormat.LOCATIONS)

MECHANICAL = frozenset(
    {
        "not-positive",
        "not-negative",
        "side-mark",
        "date-format",
        "has-time",
        "serial-date",
        "unreadable-characters",
        "not-a-choice",
        "too-many-decimals",
        "partly-struck",
        "missing-value",
        "ditto-mark",
    }
)
"""Problems whose suggestions follow from the cell alone, or from the group of rows in which it is blank, so
that they may be taken for all rows at once."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a fix would do: cells and rows changed, rows ready before and after, their thousandths."""

    cells: int
    rows: int
    ready_before: int
    ready_after: int
    amount_before: int | None
    amount_after: int | None


def replace_value(
    draft: Draft, judgement: Judgement, rows: Iterable[int], column: str, value: str, text: str
) -> Changes:
    """Cells of a column that say `value`, or in which it is seen (outer spaces aside), say `text`."""
    meant, rows = value.strip(), list(rows)
    seen = seen_in_column(draft, judgement, column)
    shown = [seen[place] for place in draft.positions(rows).tolist()]
    cells = zip(_texts(draft, rows, column), shown, strict=True)
    return setting((row, column, now, text) for (row, now), there in cells if meant in (now.strip(), there))


def fill_blanks(draft: Draft, rows: Iterable[int], column: str, text: str) -> Changes:
    """Blank cells of a column say `text`."""
    return _set(draft, rows, column, lambda now: now if now.strip() else text)


def tidy_codes(draft: Draft, rows: Iterable[int], column: str) -> Changes:
    """Codes without outer spaces, in capitals."""
    return _set(draft, rows, column, lambda now: now.strip().upper())


def turn_sign(draft: Draft, judgement: Judgement, rows: Iterable[int]) -> Changes:
    """Amounts of the wrong sign with the other one."""
    type, column = draft.type, draft.type.amount_column or ""
    mark = decimal_mark(draft.answers.marks.get(column))
    places = draft.positions(rows)
    readings = judgement.readings[column][places]
    texts = draft.rows[column].iloc[places].tolist()
    numbers = judgement.numbers[places].tolist()
    return Changes(
        cells=tuple(
            CellChange(number, column, now, written_amount(-reading, mark=mark))
            for number, now, reading in zip(numbers, texts, readings, strict=True)
            if reading is not None and type.against_sign(reading)
        )
    )


def date_open(draft: Draft, judgement: Judgement, rows: Iterable[int]) -> Changes:
    """Documents that are dated in a closed month with the first open day after it."""
    return setting(
        (issue.row, issue.column, issue.value, issue.suggestion or "")
        for place in draft.positions(rows).tolist()
        for issue in judgement.of(place)
        if issue.code == CLOSED_PERIOD
    )


def take_suggestions(draft: Draft, judgement: Judgement, problems: Iterable[Problem]) -> Changes:
    """What is suggested for each row of these problems, in the rows of which it is still the suggestion."""
    wanted = [(problem, problem.suggestion) for problem in problems if problem.suggestion is not None]
    return replace_problems(draft, judgement, wanted)


def replace_problems(draft: Draft, judgement: Judgement, texts: Iterable[tuple[Problem, str]]) -> Changes:
    """The cells of each problem say the text beside it.

    A row that has changed since the problems were shown, or was left out, stays as it is.
    """
    wanted: dict[tuple[int, str], str] = {}
    out = draft.out
    for problem, text in texts:
        for row, place in zip(problem.rows, draft.positions(problem.rows).tolist(), strict=True):
            if not out[place] and any(problem.says(issue) for issue in judgement.of(place)):
                wanted[row, problem.column] = text
    return setting(
        (row, column, now, wanted[row, column])
        for column in dict.fromkeys(column for _, column in wanted)
        for row, now in _texts(draft, [row for row, name in wanted if name == column], column)
    )


def leave_out(draft: Draft, chosen: npt.NDArray[np.bool_]) -> Changes:
    """Leave out the chosen rows (an array over positions) that are not out yet."""
    numbers = draft.rows.index.to_numpy()[chosen & ~draft.out]
    return Changes(left_out=tuple(numbers.tolist()))


def confirm(draft: Draft, seen: Iterable[Issue]) -> Changes:
    """Say that these issues were seen and their rows are meant all the same."""
    return Changes(
        confirmations=tuple(
            Confirmation(issue.row, issue.code, draft.confirmed.get((issue.row, issue.code)), issue.basis)
            for issue in seen
            if not is_confirmed(draft, issue)
        )
    )


def rows_in_reach(draft: Draft, rows: Iterable[int] | None) -> list[int]:
    """The Excel rows that a fix reaches: these, or all for None; never rows that are left out, nor
    total rows."""
    numbers = draft.rows.index.to_numpy()
    reached = ~draft.out if rows is None else ~draft.out & np.isin(numbers, list(rows))
    found: list[int] = numbers[reached].tolist()
    return found


def preview(draft: Draft, judgement: Judgement, reference: Reference, changes: Changes) -> Preview:
    """What these changes would do to what is ready."""
    fixed = draft.apply(changes)
    places = fixed.positions(changes.rows).tolist()
    after = rejudge(judgement, fixed, reference, places)
    rows_before, before = judgement.tally(judgement.ready)
    rows_after, then = after.tally(after.ready)
    return Preview(
        cells=len(changes.cells),
        rows=len(changes.rows),
        ready_before=rows_before,
        ready_after=rows_after,
        amount_before=before,
        amount_after=then,
    )


def _texts(draft: Draft, rows: Sequence[int], column: str) -> Iterable[tuple[int, str]]:
    return zip(rows, draft.rows[column].iloc[draft.positions(rows)].tolist(), strict=True)


def _set(draft: Draft, rows: Iterable[int], column: str, fixed: Callable[[str], str]) -> Changes:
    changed = ((row, now, fixed(now)) for row, now in _texts(draft, list(rows), column))
    return Changes(
        cells=tuple(CellChange(row, column, now, then) for row, now, then in changed if now != then)
    )
