"""The problems of a draft, wrong or to be confirmed: by value, by kind, and the next of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from komet_import.language import _, marked
from komet_import.review.catalogue import CATALOGUE, Severity
from komet_import.review.issues import ZERO, Issue, said_of_several
from komet_import.review.judgement import Judgement


def title_of(listed_as: str) -> str:
    """A kind of problem in a few words, which are marked."""
    return marked("Zero") if listed_as == ZERO else CATALOGUE[listed_as].title


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
        return title_of(self.listed_as)

    @property
    def listed_as(self) -> str:
        """Its kind in lists of work."""
        return self.issue.listed_as

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
class ProblemKind:
    """Every problem of one kind in one column, most frequent value first; `rows` counts its rows."""

    column: str
    code: str
    listed_as: str
    severity: Severity
    rows: int
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """What it is called where it is clicked: a list that is drawn again may have it at another place, and
        a click that was on its way must not meet what is there by then."""
        return f"{self.listed_as}-{self.column}"

    @property
    def title(self) -> str:
        """The kind in a few words, which are marked."""
        return title_of(self.listed_as)

    @property
    def heading(self) -> str:
        """The kind in a few words, with its column where they would not say of which it is."""
        if self.listed_as == ZERO:
            return _("{column} is zero", column=_(self.column))
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


def kinds(found: Sequence[Problem]) -> list[ProblemKind]:
    """Problems by kind and column: what is to be confirmed first; then errors; most rows first."""
    grouped: dict[tuple[str, str], list[Problem]] = {}
    for problem in found:
        grouped.setdefault((problem.column, problem.listed_as), []).append(problem)
    listed = [
        ProblemKind(
            column=column,
            code=several[0].code,
            listed_as=listed_as,
            severity=several[0].severity,
            rows=sum(len(problem.rows) for problem in several),
            problems=tuple(several),
        )
        for (column, listed_as), several in grouped.items()
    ]
    return sorted(
        listed,
        key=lambda kind: (not CATALOGUE[kind.code].confirm, kind.severity != Severity.ERROR, -kind.rows),
    )


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
    places = {position: place for place, position in enumerate(order.tolist())}
    out, to_confirm = judgement.out, judgement.to_confirm
    cells: list[tuple[int, int, int]] = []
    for position in judgement.issues.keys() | judgement.repeats.keys():
        place = places.get(position)
        if place is None or out[position]:
            continue
        waiting = to_confirm[position]
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
