"""Columns by letters and by number, as Excel's references (A1) have them."""

import re
from typing import NamedTuple

_RANGE = re.compile(r"\$?[A-Za-z]{1,3}\$?0*([0-9]{1,7})(?::\$?[A-Za-z]{1,3}\$?0*([0-9]{1,7}))?")


def rows_of(reference: str) -> tuple[int, int]:
    """The first and the last row of a range (A1:C9) or a cell (A1); 0 and 0 where it is none."""
    found = _RANGE.fullmatch(reference.strip())
    if found is None:
        return 0, 0
    rows = int(found[1]), int(found[2] or found[1])
    return min(rows), max(rows)


class Area(NamedTuple):
    """A range of cells: the letters of its first and last column, the numbers of its first and last row."""

    left: str
    top: int
    right: str
    bottom: int


_AREA = re.compile(r"([A-Z]{1,3})([0-9]+):([A-Z]{1,3})([0-9]+)").fullmatch


def area_of(reference: str) -> Area | None:
    """The area of a range (A1:C9) as a workbook writes it of merged cells; None for any other reference."""
    found = _AREA(reference)
    return Area(found[1], int(found[2]), found[3], int(found[4])) if found else None


def column_number(letters: str) -> int:
    """A column's number, 1 for A."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """A column's letters, A for 1."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
