"""Who confirmed which warnings of a draft, and when: of what stands, for the second person.

A confirmation is a step of the journal; what a later edit voided, or what the row no longer says, is none.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from komet_import.language import _
from komet_import.review.catalogue import CATALOGUE
from komet_import.review.issues import Issue
from komet_import.row_numbers import told
from komet_import.services.draft.open_draft import Opened, Step


@dataclass(frozen=True, kw_only=True)
class Acknowledged:
    """Warnings of one kind that one step confirmed, those that stand: their Excel rows, who and when (UTC);
    `message` is what the first of them says."""

    title: str
    rows: tuple[int, ...]
    by: str
    at: datetime
    message: str

    @property
    def words(self) -> str:
        """In a few words: a single one as it was told, several by their number."""
        if len(self.rows) == 1:
            return _(
                "{title} in row {row}: {message}",
                title=self.title,
                row=told(self.rows[0]),
                message=self.message,
            )
        return _("{title} in {count:,} rows", title=self.title, count=len(self.rows))


def acknowledged(opened: Opened) -> tuple[Acknowledged, ...]:
    """The warnings of the ready rows that a person confirmed, in the order in which that was done."""
    judgement, given = opened.judgement, _given(opened)
    grouped: dict[tuple[int, str], tuple[Step, list[Issue]]] = {}
    for position in np.flatnonzero(judgement.confirmed).tolist():
        for issue in judgement.of(position):
            step = given.get((issue.row, issue.code))
            if step is not None and issue.confirmable and not judgement.asks(issue):
                grouped.setdefault((step.seq, issue.code), (step, []))[1].append(issue)
    return tuple(
        Acknowledged(
            title=CATALOGUE[code].title,
            rows=tuple(issue.row for issue in issues),
            by=step.hand_name,
            at=step.at,
            message=issues[0].message,
        )
        for (_, code), (step, issues) in sorted(grouped.items())
    )


def _given(opened: Opened) -> dict[tuple[int, str], Step]:
    """The step that confirmed what stands confirmed, by row and code."""
    found: dict[tuple[int, str], Step] = {}
    for step in opened.steps:
        if not step.undone:
            for given in step.changes.confirmations:
                if given.after is None:
                    found.pop((given.row, given.code), None)
                else:
                    found[given.row, given.code] = step
    return found
