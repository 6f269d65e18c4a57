"""The tables around the one that is read: beside it, and above its headings.

They have headings of their own for all that a type needs. Nothing of them is read with this table; a person
is told of them, and may open them as an import of their own.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa

from komet_import import types
from komet_import.sheets.files.xlsx.references import column_number
from komet_import.sheets.layout.columns.match import best_match, required
from komet_import.sheets.layout.columns.table import Match
from komet_import.sheets.layout.header_search import lines_of
from komet_import.sheets.layout.lines import amounts, arrow, blank
from komet_import.sheets.layout.other_tables import is_heading
from komet_import.sheets.layout.sheet import Beside, Header
from komet_import.sheets.worksheet import Worksheet
from komet_import.types import ImportType


def tables_around(worksheet: Worksheet, header: Header, type: ImportType) -> tuple[Beside, ...]:
    """The table beside the one that is read, and the one above it."""
    tables = (_tables_beside(worksheet, header, type), _tables_above(worksheet, header, type))
    return tuple(first for found in tables if (first := next(found, None)))


def _tables_above(worksheet: Worksheet, header: Header, type: ImportType) -> Iterator[Beside]:
    """The tables whose headings, with rows below them, stand above the headings that are read."""
    last = header.row - 1
    for row, match, known in _headings(worksheet.text.loc[:last], type):
        found = _measured(worksheet, row, match, known, last=last)
        if found.rows:
            yield found


def _tables_beside(worksheet: Worksheet, header: Header, type: ImportType) -> Iterator[Beside]:
    """The tables beside the one that is read.

    Those of another type stand apart by a blank column: without one they are columns of this table.
    """
    said = header.said
    free = [
        str(letter) for letter in worksheet.text.columns if letter in header.headers and letter not in said
    ]
    if len(free) < 2:
        return
    for row, match, known in _headings(worksheet.text[free], type):
        if known is type or _past_blank_column(worksheet, header, match):
            found = _measured(worksheet, row, match, known)
            if found.rows:
                yield found
            return


def _headings(text: pd.DataFrame, type: ImportType) -> Iterator[tuple[int, Match, ImportType]]:
    """The rows that are headings of a whole table, with what they mean for which type, this one first."""
    for line in lines_of(text):
        if sum(map(is_heading, line.cells.values())) < 2:
            continue
        for known in (type, *types.ALL.values()):
            match = best_match([line.cells], known)
            if match is not None and set(required(known)) <= {*match.columns.values()}:
                yield line.number, match, known


def _past_blank_column(worksheet: Worksheet, header: Header, match: Match) -> bool:
    """Whether all columns of a match stand on one side of those that are read, with a blank one between."""
    filled = {
        column_number(str(letter))
        for letter in worksheet.text.columns
        if header.headers.get(letter) or not blank(arrow(worksheet.text[letter])).all()
    }
    ours = [column_number(letter) for letter in header.columns]
    theirs = [column_number(letter) for letter in match.columns]
    if not ours or not (max(ours) < min(theirs) or max(theirs) < min(ours)):
        return False
    first, last = (max(ours), min(theirs)) if max(ours) < min(theirs) else (max(theirs), min(ours))
    return any(number not in filled for number in range(first + 1, last))


def _measured(
    worksheet: Worksheet, row: int, match: Match, known: ImportType, *, last: int | None = None
) -> Beside:
    letters = tuple(match.columns)
    index = worksheet.text.index
    below = np.flatnonzero((index > row) & (index <= (index.max() if last is None else last)))
    filled = np.zeros(len(below), dtype=np.int64)
    total = 0
    for letter in letters:
        texts = pa.array(worksheet.text[letter].iloc[below].array)
        filled += ~blank(texts)
        if match.columns[letter] == known.amount_column:
            place = worksheet.text.columns.get_loc(letter)
            money, readable = amounts(texts, worksheet.held[below, place])
            total = int(money[readable].sum()) // 1000
    rows = below[filled > (last is not None)]  # a line of text above the headings is no row
    return Beside(
        row=row,
        letters=letters,
        rows=len(rows),
        last=None if last is None else max(index[rows].tolist(), default=row),
        amount=total if known.amount_column else None,
        type=known.slug,
    )
