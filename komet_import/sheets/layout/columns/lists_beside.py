"""A list beside a table: what codes mean, or what each customer comes to, beyond a blank column.

It names each party once, and ends before the table does, or goes on below it: its rows are not those of the
table.
"""

from collections.abc import Callable, Collection, Sequence

import pandas as pd

from komet_import.sheets.files.xlsx.references import column_number

Texts = Callable[[str], Sequence[str]]
"""The texts of a column, by its letter."""

_LEAST = 2
"""One party beside the first row is that row's."""


def is_apart(letter: str, own: Collection[str], filled: Collection[str]) -> bool:
    """Whether a column stands with others beyond a blank one; `own` are columns of the table, `filled` all in
    which something stands."""
    block = _block(letter, filled)
    return len(block) > 1 and block.isdisjoint(own)


def is_list_beside(
    letter: str, party: str, own: Collection[str], filled: Collection[str], texts: Texts
) -> bool:
    """Whether a column is such a list, beside the table of which `own` are columns and `party` says whose
    each row is; `texts` are those of a column below the headings, which are asked for where it may be one."""
    if not is_apart(letter, own, filled):
        return False
    rows = zip(*map(texts, _block(party, filled)), strict=True)
    return names_each_once(texts(letter), list(map("".join, rows)))


def texts_below(text: pd.DataFrame, row: int) -> Texts:
    """What stands below a row in a column; blanks where the sheet has none of that letter."""
    below = text.index > row

    def of(letter: str) -> list[str]:
        return text[letter][below].tolist() if letter in text else [""] * int(below.sum())

    return of


def names_each_once(texts: Sequence[str], own: Sequence[str]) -> bool:
    """Whether the texts of a column are such a list, beside what the table says in these rows: of one that
    is as long as the table, each row may be that row's."""
    count = max((place for place, text in enumerate(own, start=1) if text.strip()), default=0)
    beside = [text.strip() for text in texts]
    listed = [text for text in beside if text]
    ended = len(listed) != count and beside[: len(listed)] == listed
    return ended and len(listed) >= _LEAST and len(set(listed)) == len(listed)


def _block(letter: str, filled: Collection[str]) -> frozenset[str]:
    """The columns in which something stands from this one to the next blank ones."""
    numbers = {column_number(other): other for other in filled}
    found, at = {letter}, column_number(letter)
    for step in (-1, 1):
        place = at + step
        while place in numbers:
            found.add(numbers[place])
            place += step
    return frozenset(found)
