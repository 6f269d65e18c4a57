"""What is seen of a cell: its value as it will be posted, and the sheet's own text where it has none.

A date is seen as YYYY-MM-DD, money with its decimals, a code and a choice as they are known. Whatever is
seen reads to the same value when it is copied and pasted, in any column of its kind and whatever was answered
there.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from komet_import.review.differences import kept, record, says_new
from komet_import.review.draft import Draft
from komet_import.review.judgement import Judgement
from komet_import.review.reference import Directory
from komet_import.types import ColumnFormat, Meaning

ORDERED = frozenset({ColumnFormat.AMOUNT, ColumnFormat.DATE})
"""Formats whose readings have an order of their own."""

_OF_FIGURES = frozenset("0123456789.,-")
"""What days and money are written with."""

CENTS = 2
"""So many decimals money has at least."""


def seen_text(kind: ColumnFormat, text: str, reading: Any) -> str:
    """What is seen of a cell with this text and what it means (None: nothing that can be read)."""
    written = _WRITTEN.get(kind)
    if reading is None or written is None:
        return text
    return written(reading) or text


def seen_in_window(draft: Draft, judgement: Judgement, places: npt.NDArray[np.intp]) -> list[dict[int, str]]:
    """What is seen of the rows at these positions where it is not their text: by place of the column."""
    found: list[dict[int, str]] = [{} for _ in places]
    for at, name in enumerate(draft.rows.columns):
        kind, readings = _readings(draft, judgement, str(name))
        if readings is None:
            continue
        texts = draft.rows[name].iloc[places].tolist()
        for row, text, reading in zip(found, texts, readings[places].tolist(), strict=True):
            shown = seen_text(kind, text, reading)
            if shown != text:
                row[at] = shown
    return found


def kept_in_window(
    draft: Draft, judgement: Judgement, directory: Directory, places: npt.NDArray[np.intp]
) -> list[dict[int, str]]:
    """What is kept of the records at these positions where their rows say something else: by place of the
    column, as it would be seen."""
    found: list[dict[int, str]] = [{} for _ in places]
    code = draft.type.column_for(Meaning.RECORD)
    if code is None:
        return found
    codes = judgement.readings[code.name][places].tolist()
    records = [record(directory, one) for one in codes]
    for at, name in enumerate(draft.rows.columns):
        column = draft.type.columns_by_name.get(str(name))
        if column is None or column is code:
            continue
        readings = judgement.readings[column.name][places].tolist()
        for row, known, reading in zip(found, records, readings, strict=True):
            if known is not None and says_new(known, column, reading):
                there = kept(directory, known, column)
                row[at] = seen_text(column.kind, "" if isinstance(there, tuple) else str(there), there)
    return found


def seen_in_column(draft: Draft, judgement: Judgement, column: str) -> Sequence[str]:
    """What is seen of every row in a column, outer spaces aside."""
    texts = draft.rows[column].str.strip().tolist()
    kind, readings = _readings(draft, judgement, column)
    if readings is None:
        return texts
    # Cells that are read alike share what they were read as: each is written once, not in each of its rows.
    values = readings.tolist()
    once = {id(value): value for value in values}
    written = {key: seen_text(kind, "", value) for key, value in once.items()}
    return [written[id(value)] or text for text, value in zip(texts, values, strict=True)]


def is_seen_otherwise(draft: Draft, name: str) -> bool:
    """Whether a column is one whose values may be seen otherwise than they are written."""
    column = draft.type.columns_by_name.get(name)
    return column is not None and column.kind in _WRITTEN


def may_be_seen(draft: Draft, name: str, words: str) -> bool:
    """Whether words may be seen in a column that are not written there: no letter is in a day or in money."""
    if not is_seen_otherwise(draft, name):
        return False
    return draft.type.column(name).kind not in ORDERED or _OF_FIGURES.issuperset(words)


def _readings(
    draft: Draft, judgement: Judgement, name: str
) -> tuple[ColumnFormat, npt.NDArray[np.object_] | None]:
    """The format of a column, and its readings where they may be seen otherwise than they are written."""
    if not is_seen_otherwise(draft, name):
        return ColumnFormat.TEXT, None
    return draft.type.column(name).kind, judgement.readings.get(name)


def _money(amount: Decimal) -> str:
    """An amount with its cents: `1,234.50`. Three decimals after a short whole part could be read as a group
    of thousands; a fourth, zero, cannot."""
    digits = f"{amount:,f}"
    whole, _, part = digits.partition(".")
    part = part.rstrip("0").ljust(CENTS, "0")
    if len(part) == CENTS + 1 and "," not in whole and whole.lstrip("-") != "0":
        part += "0"
    return f"{whole}.{part}"


_WRITTEN: dict[ColumnFormat, Callable[[Any], str]] = {
    ColumnFormat.DATE: lambda day: str(day.isoformat()),
    ColumnFormat.AMOUNT: _money,
    ColumnFormat.CUSTOMER: lambda customer: str(customer.code),
    ColumnFormat.LOCATION: lambda location: str(location.code),
    ColumnFormat.LOCATIONS: lambda locations: ":".join(location.code for location in locations),
    ColumnFormat.CHOICE: str,
    ColumnFormat.FLAG: lambda flag: "yes" if flag else "no",
}
