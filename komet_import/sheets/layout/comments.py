"""What comments of cells say: that an amount is in another currency, that a row no longer counts."""

import re
from collections.abc import Collection, Iterator

from komet_import.settings import settings
from komet_import.sheets.cell_comments import CellComment
from komet_import.sheets.layout.header_search import Line
from komet_import.sheets.layout.lines_above import other_currency
from komet_import.sheets.layout.void_marks import note_says_void
from komet_import.sheets.worksheet import Shown, Worksheet
from komet_import.types import ImportType
from komet_import.types.headings import words
from komet_import.types.languages import said

_NOT = "|".join(
    said("""
        not, no, instead of, rather than, en vez de, en lugar de, não, em vez de, pas, au lieu de, nicht,
        statt, niet
    """)
)
"""What stands before the ledger's currency where a comment says that an amount is in another one."""
_WORDS = 12
"""A longer comment tells a story, in which a currency is named by the way."""


def of_headings(worksheet: Worksheet, letters: Collection[str], rows: Collection[int]) -> list[Line]:
    """The comments on headings of these columns, and on whatever else is in none of the `rows` of data."""
    return [
        Line(number=comment.row, cells={comment.letters: comment.text})
        for comment in worksheet.comments
        if comment.letters in letters and comment.row not in rows and _is_short(comment)
    ]


def currencies_said(worksheet: Worksheet) -> Iterator[Shown]:
    """The cells of which a comment says another currency than the ledger's."""
    home = settings().currency
    for comment in worksheet.comments:
        text = re.sub(rf"\b(?:{_NOT})\s+{home}\b", " ", comment.text, flags=re.IGNORECASE)
        if _is_short(comment) and (word := other_currency(text, home)):
            yield Shown(currency=word, letters=comment.letters, rows=((comment.row, comment.row),))


def voided_rows(worksheet: Worksheet, type: ImportType) -> dict[int, CellComment]:
    """The Excel rows of which a comment says that they no longer count, each with its first such comment."""
    found: dict[int, CellComment] = {}
    for comment in worksheet.comments:
        if comment.row not in found and note_says_void(comment.text, type.paper):
            found[comment.row] = comment
    return found


def _is_short(comment: CellComment) -> bool:
    return len(words(comment.text)) <= _WORDS
