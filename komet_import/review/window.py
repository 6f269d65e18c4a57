"""What of a draft is looked at: filter, search, sort."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from komet_import.review.differences import RecordChange
from komet_import.review.draft import Draft
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
    """How a person looks at the rows. `problem` is (column, what it is listed as, value or None for every
    value), `only` is (column, value): the rows in which that is seen there."""

    show: Show = Show.ALL
    search: str = ""
    problem: tuple[str, str, str | None] | None = None
    only: tuple[str, str] | None = None
    sort: str | None = None
    descending: bool = False


def first_look(type: ImportType) -> Look:
    """How the rows of a type are looked at before a person chooses."""
    return Look(show=filters(type)[0])


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
        column, kind, value = look.problem
        having = np.zeros(len(chosen), dtype=np.bool_)
        for issue_map in (judgement.issues, judgement.repeats):
            for position, several in issue_map.items():
                of_kind = (i for i in several if (i.column, i.listed_as) == (column, kind))
                if any(value in (None, i.value) for i in of_kind):
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
