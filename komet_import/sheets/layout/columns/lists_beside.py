"""A list beside a table: what codes mean, or what each customer comes to, beyond a blank column.

It names each party once, and ends before the table does: its rows are not those of the table.
"""

from collections.abc import Collection, Sequence

from komet_import.sheets.files.xlsx.references import column_number

_LEAST = 2
"""One party beside the first row is that row's."""


def is_apart(letter: str, own: Collection[str], filled: Collection[str]) -> bool:
    """Whether a column stands with others beyond a blank one; `own` are columns of the table, `filled` all in
    which something stands."""
    block = _block(letter, filled)
    return len(block) > 1 and block.isdisjoint(own)


def names_each_once(texts: Sequence[str], own: Sequence[str]) -> bool:
    """Whether the texts of a column are such a list, beside what a column of the table says in these rows."""
    count = max((place for place, text in enumerate(own, start=1) if text.strip()), default=0)
    beside = [text.strip() for text in texts[:count]]
    listed = [text for text in beside if text]
    ended = len(listed) < count and beside[: len(listed)] == listed
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
