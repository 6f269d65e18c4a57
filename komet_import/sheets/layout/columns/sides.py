"""Columns of debits and credits: of the side of the balance on which a type stands, and of the other."""

from functools import lru_cache

from komet_import.sheets.layout.columns.table import Table
from komet_import.sheets.layout.values.contents import MOST
from komet_import.types import ImportType
from komet_import.types.headings import telling, telling_words
from komet_import.types.languages import Paper
from komet_import.types.mark_headings import words_of_side
from komet_import.types.schema import Side


def other_side(table: Table, type: ImportType) -> tuple[str, ...]:
    """Columns of amounts on the side of the balance on which the type does not stand."""
    if type.side is None:
        return ()
    other = Paper.DEBIT if type.side is Side.WE_OWE else Paper.CREDIT
    return tuple(letter for letter in of_side(table, other) if not table.contents[letter].nothing)


def of_side(table: Table, side: Paper) -> list[str]:
    """The letters of the columns of amounts whose headings name that side."""
    return [
        letter
        for letter, text in table.headers.items()
        if telling(text) in _side_words(side) and table.contents[letter].amounts >= MOST
    ]


@lru_cache(maxsize=8)
def _side_words(side: Paper) -> frozenset[tuple[str, ...]]:
    return telling_words(words_of_side(side).values())
