"""Columns by letters and by number, as Excel's references (A1) have them."""

import re

_RANGE = re.compile(r"\$?[A-Za-z]{1,3}\$?0*([0-9]{1,7})(?::\$?[A-Za-z]{1,3}\$?0*([0-9]{1,7}))?")


def rows_of(reference: str) -> tuple[int, int]:
    """The first and the last row of a range (A1:C9) or a cell (A1); 0 and 0 where it is none."""
    found = _RANGE.fullmatch(reference.strip())
    if found is None:
        return 0, 0
    rows = int(found[1]), int(found[2] or found[1])
    return min(rows), max(rows)


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
