"""The sheet rules: what may stand once stands once, and equal documents without two numbers wait."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from komet_import.review.draft import Draft
from komet_import.review.issues import (
    COPIED_ROW,
    REPEATED_ROW,
    Issue,
)
from komet_import.review.reference import KnownCustomer, KnownLocation
from komet_import.review.rules.finding import Finding, issue_of
from komet_import.review.sameness import words
from komet_import.types import ImportType, Meaning
from komet_import.types.schema import code_key


def compared(type: ImportType) -> tuple[str, ...]:
    """The columns that the sheet rules compare between rows, and the one that is summed."""
    summed = (type.summed,) if type.summed else ()
    return tuple(dict.fromkeys(type.names_for((*type.key, *type.likeness, *summed))))


def key_of(value: Any, interned: dict[str, int]) -> int:
    """A whole number that two readings share if they are the same; 0 for nothing. Texts are numbered in
    the order in which they come."""
    if value is None:
        return 0
    if isinstance(value, KnownCustomer | KnownLocation):
        return value.id
    if isinstance(value, Decimal):
        return (int(value * 1000) << 1) | 1  # odd, and so never 0; `>> 1` is the thousandths again
    if isinstance(value, date):
        return value.toordinal()
    return interned.setdefault(code_key(str(value)), len(interned) + 1)


def _alike(keys: Sequence[npt.NDArray[np.int64]], counted: npt.NDArray[np.bool_]) -> Iterable[list[int]]:
    """The positions of counted rows that are the same in every key, in groups of two and more."""
    for key in keys:
        counted = counted & (key != 0)
    places = np.flatnonzero(counted)
    frame = pd.DataFrame({place: key[places] for place, key in enumerate(keys)})
    several = frame.duplicated(keep=False).to_numpy(dtype=np.bool_)
    groups: dict[tuple[int, ...], list[int]] = {}
    columns = [key[places[several]].tolist() for key in keys]
    for position, *same in zip(places[several].tolist(), *columns, strict=True):
        groups.setdefault(tuple(same), []).append(position)
    return groups.values()


def repeats(
    draft: Draft,
    numbers: npt.NDArray[np.int64],
    keys: Mapping[str, npt.NDArray[np.int64]],
) -> dict[int, tuple[Issue, ...]]:
    """The sheet rules: what may stand once stands once; what is alike without two numbers waits.

    Rows that are left out and total rows do not count. The first of several equal rows keeps its place.
    """
    found: dict[int, tuple[Issue, ...]] = {}
    type, counted, said = draft.type, ~draft.out, words(draft.type)
    names = type.names_for(type.key)
    if names and all(name in keys for name in names):
        for first, *others in _alike([keys[name] for name in names], counted):
            for position in others:
                facts = {"other": int(numbers[first]), **said}
                finding = Finding(code="duplicate-in-sheet", facts=facts)
                text = str(draft.rows[names[-1]].iloc[position])
                found[position] = (issue_of(int(numbers[position]), names[-1], text, finding),)
    for position, issue in _copies(draft, numbers):
        found[position] = (issue, *found.get(position, ()))
    same = type.names_for(type.likeness)
    if type.amount_column is None or not all(name in keys for name in same):
        return found
    written = keys.get(type.name_for(Meaning.NUMBER)) if type.numbered else None
    texts = draft.rows[type.amount_column].to_numpy(dtype=object)
    for first, *others in _alike([keys[name] for name in same], counted):
        for position in others:
            if written is not None and written[position] and written[first]:
                continue  # two numbers, two documents
            other = int(numbers[first])
            alike = " ".join(str(keys[name][position]) for name in same)
            finding = Finding(
                code=REPEATED_ROW,
                facts={"other": other, **said},
                basis=f"{alike} like row {other}",
            )
            issue = issue_of(int(numbers[position]), type.amount_column, str(texts[position]), finding)
            found[position] = (*found.get(position, ()), issue)
    return found


def _copies(draft: Draft, numbers: npt.NDArray[np.int64]) -> Iterable[tuple[int, Issue]]:
    """Rows that were one rejected row before: the first that counts keeps its place."""
    seen: dict[str, int] = {}
    rows = sorted(draft.origins) if draft.type.once else []
    for row, position in zip(rows, draft.positions(rows).tolist(), strict=True):
        origin = draft.origins[row]
        if draft.out[position] or seen.setdefault(origin.key, row) == row:
            continue
        facts = {"origin": origin.row, "source": origin.file_name, "other": seen[origin.key]}
        facts |= words(draft.type)
        column = draft.columns[0]
        text = str(draft.rows[column].iloc[position])
        yield position, issue_of(int(numbers[position]), column, text, Finding(code=COPIED_ROW, facts=facts))
