"""What of a draft is looked at: filter, search, sort, and the problems of the whole sheet by kind."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from komet_import.language import _
from komet_import.review.catalogue import CATALOGUE, Severity
from komet_import.review.differences import RecordChange
from komet_import.review.draft import Draft
from komet_import.review.issues import Issue, said_of_several
from komet_import.review.judgement import Judgement
from komet_import.review.seen import ORDERED, may_be_seen, seen_in_column
from komet_import.types import ImportType

PAGE_ROWS = 200
"""Rows of one page: what travels to the browser."""
MOST_VALUES = 500
"""Values of a column that one is offered to choose from; a rarer one is found by the search."""


class Show(StrEnum):
    """Which rows are shown."""

    ALL = "all"
    ATTENTION = "attention"
    TO_CONFIRM = "to-confirm"
    READY = "ready"
    CHANGES = "changes"
    NEW = "new"
    CHANGED = "changed"
    DEACTIVATED = "deactivated"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left-out"
    TOTALS = "totals"


_OF_MONEY = (Show.ALL, Show.READY, Show.ATTENTION, Show.TO_CONFIRM, Show.LEFT_OUT, Show.TOTALS)
_OF_RECORDS = (
    *(Show.CHANGES, Show.ATTENTION, Show.TO_CONFIRM, Show.NEW, Show.CHANGED, Show.DEACTIVATED),
    *(Show.UNCHANGED, Show.LEFT_OUT, Show.TOTALS, Show.ALL),
)


def filters(type: ImportType) -> tuple[Show, ...]:
    """What the rows of a type are looked at by, that which is shown first in front: of an upsert what it
    changes, for of a long list a person means a few records."""
    return _OF_MONEY if type.once else _OF_RECORDS


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a person looks at the rows. `problem` is (column, code, value or None for every value), `only`
    is (column, value): the rows in which that is seen there."""

    show: Show = Show.ALL
    search: str = ""
    problem: tuple[str, str, str | None] | None = None
    only: tuple[str, str] | None = None
    sort: str | None = None
    descending: bool = False


def first_look(type: ImportType) -> Look:
    """How the rows of a type are looked at before a person chooses."""
    return Look(show=filters(type)[0])


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A value that has a kind of problem, in one row or several that have the same suggestion, if any.

    `rows` are Excel row numbers, `issue` is the first of them; `alike` says whether all have its facts.
    """

    column: str
    code: str
    value: str
    rows: list[int]
    issue: Issue
    alike: bool = True

    @property
    def title(self) -> str:
        """The kind in a few words, which are marked."""
        return CATALOGUE[self.code].title

    @property
    def severity(self) -> Severity:
        """Whether it stops its rows."""
        return self.issue.severity

    @property
    def message(self) -> str:
        """What is true of each of its rows."""
        if self.alike:
            return self.issue.message
        return said_of_several(self.code, column=self.column, facts=self.issue.facts, value=self.value)

    @property
    def suggestion(self) -> str | None:
        """What was probably meant, in each of its rows."""
        return self.issue.suggestion

    def says(self, issue: Issue) -> bool:
        """Whether an issue is this problem, with the same suggestion."""
        return (issue.column, issue.code, issue.value.strip(), issue.suggestion) == (
            self.column,
            self.code,
            self.value,
            self.suggestion,
        )


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Every problem of one kind in one column, most frequent value first; `rows` counts its rows."""

    column: str
    code: str
    severity: Severity
    rows: int
    problems: tuple[Problem, ...]

    @property
    def title(self) -> str:
        """The kind in a few words, which are marked."""
        return CATALOGUE[self.code].title

    @property
    def heading(self) -> str:
        """The kind in a few words, with its column where they would not say of which it is."""
        headed = CATALOGUE[self.code].headed
        return _(headed, column=_(self.column)) if headed else _(self.title)

    @property
    def message(self) -> str:
        """What is true of each of its rows."""
        first, *others = self.problems
        if not others:
            return first.message
        shared = all(problem.value == first.value for problem in others)
        return said_of_several(
            self.code,
            column=self.column,
            facts=first.issue.facts,
            value=first.value if shared else "",
        )


def kinds(found: Sequence[Problem]) -> list[Kind]:
    """Problems by kind and column: what is to be confirmed first; then errors; most rows first."""
    grouped: dict[tuple[str, str], list[Problem]] = {}
    for problem in found:
        grouped.setdefault((problem.column, problem.code), []).append(problem)
    listed = [
        Kind(
            column=column,
            code=code,
            severity=several[0].severity,
            rows=sum(len(problem.rows) for problem in several),
            problems=tuple(several),
        )
        for (column, code), several in grouped.items()
    ]
    return sorted(
        listed,
        key=lambda kind: (not CATALOGUE[kind.code].confirm, kind.severity != Severity.ERROR, -kind.rows),
    )


def shown(judgement: Judgement, show: Show) -> npt.NDArray[np.bool_]:
    """The rows under a filter."""
    if show in _RECORDS:
        chosen: npt.NDArray[np.bool_] = judgement.ready & (judgement.records == _RECORDS[show])
        return chosen
    return _SHOWN[show](judgement)


_RECORDS = {
    Show.NEW: RecordChange.NEW,
    Show.CHANGED: RecordChange.CHANGED,
    Show.DEACTIVATED: RecordChange.DEACTIVATED,
}
_SHOWN: dict[Show, Callable[[Judgement], npt.NDArray[np.bool_]]] = {
    Show.ALL: lambda judgement: np.ones(len(judgement.numbers), dtype=np.bool_),
    Show.ATTENTION: lambda judgement: judgement.rejected,
    Show.TO_CONFIRM: lambda judgement: judgement.to_confirm,
    Show.READY: lambda judgement: judgement.ready,
    Show.CHANGES: lambda judgement: ~judgement.known | judgement.rejected,
    Show.UNCHANGED: lambda judgement: judgement.unchanged,
    Show.LEFT_OUT: lambda judgement: judgement.left_out,
    Show.TOTALS: lambda judgement: judgement.set_aside,
}


def positions(draft: Draft, judgement: Judgement, look: Look) -> npt.NDArray[np.intp]:
    """The positions of the rows that are looked at, in the order in which they are shown."""
    chosen = shown(judgement, look.show).copy()
    if look.problem:
        column, code, value = look.problem
        having = np.zeros(len(chosen), dtype=np.bool_)
        for issue_map in (judgement.issues, judgement.repeats):
            for position, several in issue_map.items():
                if any(i.column == column and i.code == code and value in (None, i.value) for i in several):
                    having[position] = True
        chosen &= having
    if look.only and look.only[0] in draft.rows:
        column, text = look.only
        seen = np.array(seen_in_column(draft, judgement, column), dtype=object)
        chosen &= (seen == text.strip()).astype(np.bool_)
    if look.search.strip():
        chosen &= _containing(draft, judgement, look.search.strip())
    found = np.flatnonzero(chosen)
    return _sorted(draft, judgement, look, found) if look.sort in draft.rows else found


def values(draft: Draft, judgement: Judgement, column: str) -> list[tuple[str, int]]:
    """What is seen in a column with the number of its rows, most frequent first; MOST_VALUES at most."""
    return Counter(seen_in_column(draft, judgement, column)).most_common(MOST_VALUES)


def _containing(draft: Draft, judgement: Judgement, words: str) -> npt.NDArray[np.bool_]:
    """The rows that have these words in the sheet's own text, or in what is seen of it."""
    hit = np.zeros(len(draft.rows), dtype=np.bool_)
    for column in draft.rows.columns:
        hit |= draft.rows[column].str.contains(words, case=False, regex=False).to_numpy(dtype=np.bool_)
        if may_be_seen(draft, str(column), words):
            seen = seen_in_column(draft, judgement, str(column))
            having = {text for text in set(seen) if words.casefold() in text.casefold()}
            hit |= np.fromiter((text in having for text in seen), np.bool_, len(seen))
    return hit


def _sorted(
    draft: Draft, judgement: Judgement, look: Look, found: npt.NDArray[np.intp]
) -> npt.NDArray[np.intp]:
    """By reading where a column has readings that compare (money, days), else by what is seen; stable, blanks
    last."""
    column = look.sort or ""
    known = draft.type.columns_by_name.get(column)
    readings = judgement.readings.get(column) if known and known.kind in ORDERED else None
    # What has no reading is seen as it is written.
    written_as = draft.rows[column].str.strip().tolist()
    texts = written_as if readings is not None else seen_in_column(draft, judgement, column)

    def key(position: int) -> tuple[int, Any]:
        reading = readings[position] if readings is not None else None
        return (1, texts[position].casefold()) if reading is None else (0, reading)

    written: list[int] = []
    blank: list[int] = []
    for position in found.tolist():
        (written if texts[position] else blank).append(position)
    ordered = sorted(written, key=key, reverse=look.descending)
    return np.array([*ordered, *blank], dtype=np.intp)


def problems(judgement: Judgement) -> list[Problem]:
    """Every problem of the rows that are to be imported, most frequent first: once for the rows in which a
    value has it and the same is suggested, for what is suggested may hang on the rest of the row.

    What a person may confirm is a problem while its row waits for nothing else.
    """
    out, waiting = judgement.out.tolist(), judgement.to_confirm.tolist()
    grouped: dict[tuple[str, str, str, str | None], list[Issue]] = {}
    for issue_map in (judgement.issues, judgement.repeats):
        for position, several in issue_map.items():
            if out[position]:
                continue
            for issue in several:
                if issue.confirmable and not (waiting[position] and judgement.asks(issue)):
                    continue
                key = (issue.column, issue.code, issue.value.strip(), issue.suggestion)
                grouped.setdefault(key, []).append(issue)
    found = [_problem(value, issues) for (_, _, value, _), issues in grouped.items()]
    return sorted(found, key=lambda p: (p.severity != Severity.ERROR, -len(p.rows), p.rows[0]))


def _problem(value: str, issues: list[Issue]) -> Problem:
    first = issues[0]
    return Problem(
        column=first.column,
        code=first.code,
        value=value,
        rows=sorted(issue.row for issue in issues),
        issue=first,
        alike=all(issue.facts is first.facts or issue.facts == first.facts for issue in issues),
    )


def next_problem(
    judgement: Judgement,
    order: npt.NDArray[np.intp],
    columns: list[str],
    *,
    row: int | None,
    column: str | None,
    forward: bool,
) -> tuple[int, str] | None:
    """The error, or what is to be confirmed, after (or before) a cell in the shown order, around the end:
    (position, column)."""
    cells: list[tuple[int, int, int]] = []
    for place, position in enumerate(order.tolist()):
        if judgement.out[position]:
            continue
        waiting = judgement.to_confirm[position]
        marked = {
            issue.column
            for issue in judgement.of(position)
            if issue.severity is Severity.ERROR or (waiting and judgement.asks(issue))
        }
        cells.extend((place, columns.index(name), position) for name in marked if name in columns)
    if not cells:
        return None
    cells.sort()
    here = _place_of(judgement, order, columns, row, column)
    if here is None:
        chosen = cells[0 if forward else -1]
    elif forward:
        chosen = next((cell for cell in cells if cell[:2] > here), cells[0])
    else:
        chosen = next((cell for cell in reversed(cells) if cell[:2] < here), cells[-1])
    return chosen[2], columns[chosen[1]]


def _place_of(
    judgement: Judgement,
    order: npt.NDArray[np.intp],
    columns: list[str],
    row: int | None,
    column: str | None,
) -> tuple[int, int] | None:
    if row is None:
        return None
    places = np.flatnonzero(judgement.numbers[order] == row)
    if not len(places):
        return None
    return int(places[0]), columns.index(column) if column in columns else -1
