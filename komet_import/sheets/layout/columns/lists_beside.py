"""A list beside a table: what codes mean, or what each customer comes to, beyond a blank column.

It names each party once, and ends before the table does, or goes on below it: its rows are not those of the
table.
"""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from komet_import.sheets.files.xlsx.references import column_number

_LEAST = 2
"""One party beside the first row is that row's."""


def is_apart(letter: str, own: Collection[str], filled: Collection[str]) -> bool:
    """Whether a column stands with others beyond a blank one; `own` are columns of the table, `filled` all in
    which something stands."""
    block = _block(letter, filled)
    return len(block) > 1 and block.isdisjoint(own)


def is_list_beside(
    letter: str, party: str, own: Collection[str], filled: Collection[str], rows: Sequence[Mapping[str, str]]
) -> bool:
    """Whether a column is such a list, beside the table of which `own` are columns and `party` says whose
    each row is; `rows` is all that stands below the headings."""
    if not is_apart(letter, own, filled):
        return False
    block = _block(party, filled)
    said = ["".join(row.get(one, "") for one in block) for row in rows]
    return names_each_once([row.get(letter, "") for row in rows], said)


def rows_below(text: pd.DataFrame, row: int) -> list[dict[str, str]]:
    """All that stands below a row, by letter."""
    below = text[text.index > row]
    letters = [str(letter) for letter in below.columns]
    return [dict(zip(letters, said, strict=True)) for said in below.to_numpy(dtype=object).tolist()]


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
