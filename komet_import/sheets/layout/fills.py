"""Whose a row is where only the first row of its group says so, a cell that is merged over all of them, or
one that says the same as the one above it.

The text above is proposed for each blank cell below it, never written: a person takes it. It is proposed
where the sheet is laid out so; a blank cell in a column that is otherwise filled is just a blank.
"""

import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from komet_import.sheets.layout.dittos import dittos
from komet_import.sheets.layout.lines import Bools, Lines
from komet_import.sheets.layout.row_kinds import Aside, RowKind
from komet_import.types import Meaning

Fills = dict[int, dict[str, str]]

GROUPED = (Meaning.PARTY, Meaning.DAY, Meaning.LOCATION)
"""What may be said once for a group of rows; a number and an amount are of one row."""
LEAST = 5
"""One row in so many must be blank before the sheet is one of groups."""

_MERGE = re.compile(r"([A-Z]{1,3})([0-9]+):[A-Z]{1,3}([0-9]+)").fullmatch


def fills(lines: Lines, aside: dict[int, Aside]) -> tuple[Fills, Fills]:
    """The texts for blank cells, by Excel row and column, and those among them that a merge makes certain."""
    if lines.money_column is None or not len(lines):
        return {}, {}
    places = {int(number): place for place, number in enumerate(lines.numbers)} if aside else {}
    data = lines.readable.copy()
    data[[places[row] for row in aside]] = False
    barred = np.zeros(len(lines), dtype=np.bool_)
    barred[[places[row] for row, one in aside.items() if one.kind is not RowKind.REPEATED_HEADER]] = True
    heads = [places[row] for row, one in aside.items() if one.kind is RowKind.HEADING]
    columns = [name for meaning in GROUPED if (name := lines.column(meaning))]
    merged = _merged(lines, columns, data)
    found: Fills = {row: dict(texts) for row, texts in merged.items()}
    for name in columns:
        for place, source in _same_as_above(lines, name, data, barred).items():
            found.setdefault(int(lines.numbers[place]), {})[name] = lines.text(source, name)
    whose = lines.column(Meaning.PARTY)
    if whose is None or not (data & lines.blank(whose)).any():
        return found, merged
    grouped = _from_above(lines, whose, data, barred, heads)
    if grouped is None:
        return found, merged
    for name in columns:
        sources = (
            grouped if name == whose else _from_above(lines, name, data & lines.blank(whose), barred, [])
        )
        for place, source in (sources or {}).items():
            text = lines.text(source, name)
            found.setdefault(int(lines.numbers[place]), {}).setdefault(name, text)
    return found, merged


def _same_as_above(lines: Lines, name: str, data: Bools, barred: Bools) -> dict[int, int]:
    """For each row of data whose cell says that it is the same as above, the row that says what."""
    marked = dittos(lines.texts(name))
    wanted = np.flatnonzero(data & marked)
    if not len(wanted):
        return {}
    places = np.arange(len(lines))
    says = np.maximum.accumulate(np.where(~lines.blank(name) & ~marked & ~barred, places, -1))
    walls = np.maximum.accumulate(np.where(barred, places, -1))
    return {place: int(says[place]) for place in wanted.tolist() if says[place] > walls[place]}


def _merged(lines: Lines, columns: list[str], data: Bools) -> Fills:
    """What stands in a cell that is merged over rows of data."""
    by_letter = {lines.letters[name]: name for name in columns if name in lines.letters}
    found: Fills = {}
    for area in lines.worksheet.merges:
        part = _MERGE(area)
        name = by_letter.get(part[1]) if part else None
        if part is None or name is None:
            continue
        first, last = np.searchsorted(lines.numbers, [int(part[2]), int(part[3]) + 1]).tolist()
        if first >= last or lines.numbers[first] != int(part[2]):
            continue
        text = lines.text(first, name)
        for place in range(first + 1, last):
            if text and data[place] and lines.blank(name)[place]:
                found.setdefault(int(lines.numbers[place]), {})[name] = text
    return found


def _from_above(
    lines: Lines, name: str, data: Bools, barred: Bools, heads: list[int]
) -> dict[int, int] | None:
    """For each row of data that is blank in a column the row above it that says what it is: the first of its
    group, or the line above it. None where the column is not one of groups.
    """
    blank = lines.blank(name)
    wanted = np.flatnonzero(data & blank)
    if not len(wanted):
        return {}
    if not heads and not _in_groups(lines, name, lines.readable & ~barred, blank):
        return None
    count = len(lines)
    says = ~blank & ~barred
    says[heads] = True
    sources: npt.NDArray[np.int64] = np.maximum.accumulate(np.where(says, np.arange(count), -1))
    stops = barred.copy()
    stops[heads] = False
    walls = np.maximum.accumulate(np.where(stops, np.arange(count), -1))
    return {
        place: int(sources[place])
        for place in wanted.tolist()
        if sources[place] >= 0 and sources[place] > walls[place]
    }


def _in_groups(lines: Lines, name: str, data: Bools, blank: Bools) -> bool:
    """Whether a column is filled on the first row of each group: many blanks, and hardly a row that repeats
    what the row above it says."""
    places = np.flatnonzero(data)
    blanks = int(blank[places].sum())
    if LEAST * blanks < len(places):
        return False
    texts = pc.utf8_trim_whitespace(lines.texts(name).take(pa.array(places)))
    same = pc.equal(texts[1:], texts[:-1]).to_numpy(zero_copy_only=False) & ~blank[places[1:]]
    return int(same.sum()) < blanks
