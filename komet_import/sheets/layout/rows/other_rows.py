"""Rows that are no data: sums, repeated headers, lines of text, second tables.

Told by arithmetic and neighbors as much as by words. What is certain is set aside and said; what is not, a
person is asked about. A row of data is never lost to a guess.
"""

from collections.abc import Iterable

import numpy as np

from komet_import.language import phrase
from komet_import.sheets.layout.row_kinds import Aside, RowKind
from komet_import.sheets.layout.rows.control_line import hinted, labelled
from komet_import.sheets.layout.rows.fills import is_label
from komet_import.sheets.layout.rows.lines import Bools, Lines
from komet_import.sheets.layout.rows.other_tables import other_parts
from komet_import.sheets.layout.rows.total_rows import Totals
from komet_import.sheets.layout.words.footers import is_footer
from komet_import.sheets.layout.words.row_counts import rows_counted
from komet_import.sheets.layout.words.total_labels import words
from komet_import.sheets.worksheet import Held
from komet_import.types import Meaning


def other_rows(lines: Lines) -> dict[int, Aside]:
    """What rows are that are no data, or perhaps none, by Excel row number."""
    if not len(lines):
        return {}
    found = {**other_parts(lines), **_control_lines(lines)}
    _printed_lines(lines, found)
    _counting_lines(lines, found)
    if lines.money_column is not None:
        Totals(lines, found).find()
    _lines_of_text(lines, found)
    numbers = lines.numbers
    return {int(numbers[place]): found[place] for place in sorted(found)}


_CONTROL = Aside(kind=RowKind.CONTROL, certain=True, why=phrase("says what the sheet comes to"))


def _control_lines(lines: Lines) -> dict[int, Aside]:
    """The rows that begin with “Control totals”."""
    found = np.zeros(len(lines), dtype=np.bool_)
    for name in lines.rows.columns:
        found |= hinted(lines.texts(str(name)))
    return {
        place: _CONTROL for place in np.flatnonzero(found).tolist() if labelled(lines.cells(place).values())
    }


def _counting_lines(lines: Lines, found: dict[int, Aside]) -> None:
    """Lines that say how many rows there are, with the number in whatever column: as many as stand above."""
    odd = lines.odd & (lines.filled > 0) & (lines.filled <= 3)
    odd[list(found)] = False
    places = np.flatnonzero(odd)
    if not len(places):
        return
    counted = np.cumsum((lines.readable if lines.money_column else ~lines.odd) & ~lines.odd)
    for place, cells in zip(places.tolist(), lines.cells_of(places), strict=True):
        said = rows_counted(_said(cells))
        if said is not None and (not lines.readable[place] or said == counted[place]):
            found[place] = _COUNT


_COUNT = Aside(kind=RowKind.FOOTER, certain=True, why=phrase("a line that says how many rows there are"))


def _lines_of_text(lines: Lines, found: dict[int, Aside]) -> None:
    """The customer's line above a group of rows, and text below the table."""
    whose = lines.whose
    if whose is None:
        return
    gone = np.zeros(len(lines), dtype=np.bool_)
    gone[list(found)] = True
    places = np.flatnonzero(_wordy(lines) & ~gone & (lines.filled <= _MOST_OF_NAMES))
    if not len(places):
        return
    data = (lines.readable if lines.money_column else ~lines.odd) & ~gone
    last = int(np.flatnonzero(data)[-1]) if data.any() else -1
    heads = _heads(data & lines.blank(whose), gone)
    for place, cells in zip(places.tolist(), lines.cells_of(places), strict=True):
        if heads[place] and _names_group(lines, place, cells):
            found[place] = _HEADING
        elif len(cells) <= _MOST_OF_TEXT and _is_footer(lines, place, cells, below=place > last):
            found[place] = _FOOTER


_MOST_OF_TEXT = 2
"""A line of text has no more cells than these: what it says, and perhaps of what."""
_MOST_OF_NAMES = 3
"""A line above a group says whose it is: a code, a name, a city."""
_HEADING = Aside(kind=RowKind.HEADING, certain=True, why=phrase("a line above the rows of its group"))
_FOOTER = Aside(kind=RowKind.FOOTER, certain=True, why=phrase("text that is no row of the table"))


def _names_group(lines: Lines, place: int, cells: dict[str, str]) -> bool:
    """Whether a line says whose the rows below it are and nothing else that a row has: a code, beside words,
    or a label and what it is of (`Customer: | FL200`)."""
    whose = lines.whose
    if whose is None or whose not in cells or lines.money_column in cells:
        return False
    others = [name for name in cells if name != whose]
    if len(others) == 1 and is_label(lines.type, whose, cells[whose]):
        return True
    return not any(name in lines.needed or any(map(str.isdigit, cells[name])) for name in others)


def _wordy(lines: Lines) -> Bools:
    """The rows that lack something of a row of data, and have no amount."""
    return lines.odd & ~lines.readable if lines.money_column else lines.odd.copy()


def _printed_lines(lines: Lines, found: dict[int, Aside]) -> None:
    """Lines of text that only reports print, wherever they stand."""
    wordy = _wordy(lines)
    wordy[list(found)] = False
    places = np.flatnonzero(wordy)
    if not len(places):
        return
    for place, cells in zip(places.tolist(), lines.cells_of(places), strict=True):
        if cells and (all(map(is_footer, cells.values())) or (len(cells) <= 3 and is_footer(_said(cells)))):
            found[place] = _FOOTER


def _said(cells: dict[str, str]) -> str:
    return " ".join(cells.values())


def _heads(nameless: Bools, gone: Bools) -> Bools:
    """Where the next row that is none of these (`gone`) is one of data that does not say whose it is."""
    found = np.zeros(len(gone), dtype=np.bool_)
    left = np.flatnonzero(~gone)
    following = np.searchsorted(left, np.arange(len(gone)), side="right")
    there = following < len(left)
    found[there] = nameless[left[following[there]]]
    return found


def _is_footer(lines: Lines, place: int, cells: dict[str, str], *, below: bool) -> bool:
    """Whether a row is text below the table: past a gap or in a whole sentence, any text that is no code."""
    if not below:
        return False
    typed = lines.held[place]
    if ((typed == Held.NUMBER) | (typed == Held.DATE)).any():
        return False
    said = _said(cells)
    spoken = words(said)
    if lines.money_column in cells and (len(cells) > 1 or len(spoken) < 3):
        return False
    first = next(iter(cells.values()), "")
    if len(words(first)) == 1 and any(c.isdigit() for c in first):
        return False  # a code, in a row that is not finished
    if len(spoken) >= 4 or len(said) > 40:
        return len(cells) == 1 or bool(lines.past_gap[place])
    return bool(lines.past_gap[place]) and bool(spoken) and not _starts_row(lines, cells)


def _starts_row(lines: Lines, cells: Iterable[str]) -> bool:
    """Whether a line has what begins a row of data: the customer beside something of the same row."""
    return {lines.whose, lines.column(Meaning.NUMBER)} <= set(cells)
