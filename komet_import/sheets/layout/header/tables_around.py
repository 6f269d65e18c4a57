"""The tables around the one that is read: beside it, and above its headings.

They have headings of their own for all that a type needs. Nothing of them is read with this table; a person
is told of them, and may open them as an import of their own. Rows of data that stand above the headings
without any of their own are told as well.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from komet_import import types
from komet_import.sheets.files.xlsx.references import column_number
from komet_import.sheets.layout.columns.lists_beside import is_list_beside, texts_below
from komet_import.sheets.layout.columns.match import best_match, required
from komet_import.sheets.layout.columns.table import Match
from komet_import.sheets.layout.header.header_search import is_value, lines_of
from komet_import.sheets.layout.rows.lines import amounts, arrow, blank
from komet_import.sheets.layout.rows.other_headers import is_heading
from komet_import.sheets.layout.sheet import Beside, Header
from komet_import.sheets.layout.values.contents import is_amount
from komet_import.sheets.layout.words.row_counts import rows_counted
from komet_import.sheets.layout.words.total_labels import total_label
from komet_import.sheets.worksheet import Worksheet
from komet_import.types import ImportType, Meaning


def tables_around(worksheet: Worksheet, header: Header, type: ImportType) -> tuple[Beside, ...]:
    """The table beside the one that is read, the one above it, and the loose rows above its headings."""
    tables = (_tables_beside(worksheet, header, type), _tables_above(worksheet, header, type))
    found = [first for tables_there in tables if (first := next(tables_there, None))]
    above = [table for table in found if table.last is not None]
    loose = _loose_rows(worksheet, header, type, above)
    return (*found, *([loose] if loose else []))


def _loose_rows(
    worksheet: Worksheet, header: Header, type: ImportType, tables: Sequence[Beside]
) -> Beside | None:
    """The rows above the headings that have under them what a row of data has: money, and two things more."""
    if type.amount_column is None:
        return None
    meant = _letters_by_name(header)
    money = [letter for letter in meant.get(type.amount_column, ()) if letter in worksheet.text.columns]
    others = {letter for name, letters in meant.items() if name != type.amount_column for letter in letters}
    first = header.first_row or header.row
    rows = [
        line.number
        for line in lines_of(worksheet.text.loc[: first if header.headless else first - 1])
        if not any(table.row <= line.number <= (table.last or 0) for table in tables)
        and any(is_value(text) and is_amount(text) for text in map(line.cells.get, money) if text)
        and _says_data(line.cells, others)
        and not _numbers_columns(line.cells)
    ]
    if not rows:
        return None
    return Beside(
        row=rows[0],
        last=rows[-1],
        letters=tuple(letter for letter in header.headers if letter in {*others, *money}),
        type=type.slug,
        rows=len(rows),
        amount=_sum(worksheet, np.flatnonzero(worksheet.text.index.isin(rows)), money[0]),
        loose=True,
    )


def _sum(worksheet: Worksheet, places: npt.NDArray[np.int64], letter: str) -> int:
    """What stands in these rows of a column, in thousandths."""
    texts = pa.array(worksheet.text[letter].iloc[places].array)
    money, readable = amounts(texts, worksheet.held[places, worksheet.text.columns.get_loc(letter)])
    return int(money[readable].sum()) // 1000


def _letters_by_name(header: Header) -> dict[str, list[str]]:
    """The columns of the sheet that are, or may be, a column of the type, by its name."""
    found: dict[str, list[str]] = {}
    for letter, name in (*header.columns.items(), *header.doubtful.items()):
        found.setdefault(name, []).append(letter)
    for name, letters in header.rivals.items():
        found.setdefault(name, []).extend(letters)
    return found


def _says_data(cells: Mapping[str, str], others: Collection[str]) -> bool:
    """Whether two more columns of ours are filled, and nothing is a label: of a parameter, or of a sum."""
    return sum(letter in cells for letter in others) >= 2 and not any(map(_is_label, cells.values()))


def _is_label(text: str) -> bool:
    """Whether a text says what another one is. With a figure it is no heading: “NC 5” is a document's number,
    though a heading says `NC`, and `Amount 2` is another `Amount`."""
    heading = not any(map(str.isdigit, text)) and is_heading(text)
    return heading or text.rstrip().endswith(":") or bool(total_label(text)) or rows_counted(text) is not None


def _numbers_columns(cells: Mapping[str, str]) -> bool:
    """Whether a line numbers the columns, as forms do: 1, 2, 3, or (1), (2), (3)."""
    said = [cells[letter].strip("() .") for letter in sorted(cells, key=column_number)]
    return len(said) > 2 and said == [str(number) for number in range(1, len(said) + 1)]


def _tables_above(worksheet: Worksheet, header: Header, type: ImportType) -> Iterator[Beside]:
    """The tables whose headings, with rows below them, stand above the headings that are read."""
    last = header.row - 1
    for row, match, known in _headings(worksheet.text.loc[:last], type):
        found = _measured(worksheet, row, match, known, last=last)
        if found.rows:
            yield found


def _tables_beside(worksheet: Worksheet, header: Header, type: ImportType) -> Iterator[Beside]:
    """The tables beside the one that is read.

    Those of another type, or without all of its columns, stand apart by a blank one: without it they are
    columns of this table.
    """
    said = header.said
    free = [
        str(letter) for letter in worksheet.text.columns if letter in header.headers and letter not in said
    ]
    if len(free) < 2:
        return
    for row, match, known in _headings(worksheet.text[free], type):
        once_more = known is type and _has_all(match, known)
        if once_more or _past_blank_column(worksheet, header, match):
            found = _measured(worksheet, row, match, known)
            if found.rows:
                yield replace(found, listed=_is_list(worksheet, header, type, match, known))
            return


def _is_list(worksheet: Worksheet, header: Header, type: ImportType, match: Match, known: ImportType) -> bool:
    """Whether a table beside money lists records, whose codes stand each once and not beside each row."""
    if type.side is None or known.side is not None:
        return False
    parties = _letters_by_name(header).get(type.name_for(Meaning.PARTY), [])
    code = match.letters_of(known.name_for(Meaning.RECORD))
    if len(parties) != 1 or len(code) != 1:
        return False
    texts = texts_below(worksheet.text, header.row)
    letters = map(str, worksheet.text.columns)
    filled = [letter for letter in letters if header.headers.get(letter) or any(texts(letter))]
    return is_list_beside(code[0], parties[0], header.columns, filled, texts)


def _headings(text: pd.DataFrame, type: ImportType) -> Iterator[tuple[int, Match, ImportType]]:
    """The rows that are headings of a whole table, with what they mean for which type, this one first."""
    for line in lines_of(text):
        if sum(map(is_heading, line.cells.values())) < 2:
            continue
        for known in (type, *types.ALL.values()):
            match = best_match([line.cells], known)
            if match is not None and _is_whole(match, known):
                yield line.number, match, known


def _is_whole(match: Match, known: ImportType) -> bool:
    """Whether headings are those of a whole table: all that the type needs, or of money whose it is, how much
    and one thing more, as other systems' tables lack what only we need."""
    if _has_all(match, known):
        return True
    there = {*match.columns.values()}
    core = {known.name_for(Meaning.PARTY), known.amount_column}
    return known.side is not None and core <= there and len(there) > len(core)


def _has_all(match: Match, known: ImportType) -> bool:
    return set(required(known)) <= {*match.columns.values()}


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
            total = _sum(worksheet, below, letter)
    rows = below[filled > (last is not None)]  # a line of text above the headings is no row
    return Beside(
        row=row,
        letters=letters,
        rows=len(rows),
        last=None if last is None else max(index[rows].tolist(), default=row),
        amount=total if known.amount_column else None,
        type=known.slug,
    )
