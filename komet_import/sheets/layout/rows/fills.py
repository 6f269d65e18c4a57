"""Whose a row is where only the first row of its group says so, a cell that is merged over all of them, or
one that says the same as the one above it.

The text above is proposed for each blank cell below it, never written: a person takes it. It is proposed
where the sheet is laid out so; a blank cell in a column that is otherwise filled is just a blank.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from komet_import.settings import settings
from komet_import.sheets.files.xlsx.references import area_of
from komet_import.sheets.layout.columns.claims import vocabulary
from komet_import.sheets.layout.row_kinds import Aside, RowKind
from komet_import.sheets.layout.rows.lines import Bools, Lines
from komet_import.sheets.layout.words.dittos import dittos
from komet_import.types import ImportType, Meaning

Fills = dict[int, dict[str, str]]

GROUPED = (Meaning.PARTY, Meaning.DAY, Meaning.LOCATION)
"""What may be said once for a group of rows; a number and an amount are of one row."""
LEAST = 5
"""One row in so many must be blank before the sheet is one of groups."""


def fills(lines: Lines, aside: dict[int, Aside]) -> tuple[Fills, Fills]:
    """The texts for blank cells, by Excel row and column, and those among them that a merge makes certain."""
    if lines.money_column is None or not len(lines):
        return {}, {}
    places = {int(number): place for place, number in enumerate(lines.numbers)} if aside else {}
    data = lines.readable.copy()
    data[[places[row] for row in aside]] = False
    gone, parting = np.zeros((2, len(lines)), dtype=np.bool_)
    gone[[places[row] for row in aside]] = True
    parting[[places[row] for row, one in aside.items() if not one.kind.printed]] = True
    heads = [places[row] for row, one in aside.items() if _heads_group(row, one)]
    columns = [name for meaning in GROUPED if (name := lines.column(meaning))]
    merged = _merged(lines, columns, data)
    found: Fills = {row: dict(texts) for row, texts in merged.items()}
    for name in columns:
        for place, source in _same_as_above(lines, name, data, gone, parting).items():
            found.setdefault(int(lines.numbers[place]), {})[name] = lines.text(source, name)
    whose = lines.column(Meaning.PARTY)
    if whose is None or not (data & lines.blank(whose)).any():
        return found, merged
    grouped = _from_above(lines, whose, data, gone, parting, heads)
    if grouped is None:
        return found, merged
    for name in columns:
        sources = (
            grouped
            if name == whose
            else _from_above(lines, name, data & lines.blank(whose), gone, parting, [])
        )
        for place, source in (sources or {}).items():
            text = _named(lines, source, name) if source in heads else lines.text(source, name)
            found.setdefault(int(lines.numbers[place]), {}).setdefault(name, text)
    return found, merged


def _heads_group(row: int, aside: Aside) -> bool:
    """Whether a line stands above the rows of its group: it names them, or says first what they come to."""
    return aside.kind is RowKind.HEADING or (aside.kind.adds_up and min(aside.sums, default=0) > row)


def _named(lines: Lines, place: int, name: str) -> str:
    """Whom a line above a group names: `FL200` of `Customer: FL200`, in one cell or in two."""
    text = lines.text(place, name)
    if is_label(lines.type, name, text):
        return next((said for column, said in lines.cells(place).items() if column != name), text)
    before, mark, after = text.partition(":")
    return after.strip() if mark and after.strip() and is_label(lines.type, name, before) else text


def is_label(type: ImportType, name: str, text: str) -> bool:
    """Whether a text is no value but says what column a value is of: `Customer:`."""
    said = vocabulary(type).said(text.strip().rstrip(":").rstrip(), settings().currency)
    return any(claim.name == name for claim in said)


def _same_as_above(lines: Lines, name: str, data: Bools, gone: Bools, parting: Bools) -> dict[int, int]:
    """For each row of data whose cell says that it is the same as above, the row that says what."""
    marked = dittos(lines.texts(name))
    wanted = np.flatnonzero(data & marked)
    if not len(wanted):
        return {}
    places = np.arange(len(lines))
    says = np.maximum.accumulate(np.where(~lines.blank(name) & ~marked & ~gone, places, -1))
    walls = np.maximum.accumulate(np.where(parting, places, -1))
    return {place: int(says[place]) for place in wanted.tolist() if says[place] > walls[place]}


def _merged(lines: Lines, columns: list[str], data: Bools) -> Fills:
    """What stands in a cell that is merged over rows of data."""
    by_letter = {lines.letters[name]: name for name in columns if name in lines.letters}
    found: Fills = {}
    for area in filter(None, map(area_of, lines.worksheet.merges)):
        name = by_letter.get(area.left)
        if name is None:
            continue
        first, last = np.searchsorted(lines.numbers, [area.top, area.bottom + 1]).tolist()
        if first >= last or lines.numbers[first] != area.top:
            continue
        text = lines.text(first, name)
        for place in range(first + 1, last):
            if text and data[place] and lines.blank(name)[place]:
                found.setdefault(int(lines.numbers[place]), {})[name] = text
    return found


def shared_amounts(lines: Lines, aside: dict[int, Aside]) -> dict[int, int]:
    """Over how many rows of data the cell of an amount is merged, by the Excel row in which it stands: it is
    what all of them come to, or that of the first alone.
    """
    letter = lines.letters.get(lines.money_column or "")
    found: dict[int, int] = {}
    for area in filter(None, map(area_of, lines.worksheet.merges if letter else ())):
        if area.left != letter:
            continue
        first, last = np.searchsorted(lines.numbers, [area.top, area.bottom + 1]).tolist()
        rows = [row for row in lines.numbers[first:last].tolist() if row not in aside]
        if len(rows) > 1 and rows[0] == area.top and lines.readable[first]:
            found[rows[0]] = len(rows)
    return found


def _from_above(
    lines: Lines, name: str, data: Bools, gone: Bools, parting: Bools, heads: list[int]
) -> dict[int, int] | None:
    """For each row of data that is blank in a column the row above it that says what it is: the first of its
    group, or the line above it. None where the column is not one of groups.
    """
    blank = lines.blank(name)
    wanted = np.flatnonzero(data & blank)
    if not len(wanted):
        return {}
    if not heads and not _in_groups(lines, name, lines.readable & ~gone, blank):
        return None
    count = len(lines)
    says = ~blank & ~gone
    says[heads] = True
    sources: npt.NDArray[np.int64] = np.maximum.accumulate(np.where(says, np.arange(count), -1))
    stops = parting.copy()
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
