"""What comments say, of cells or in a column of them: that an amount is in another currency, that a row no
longer counts."""

import re
from collections.abc import Collection, Iterator, Mapping

import pandas as pd
import pyarrow.compute as pc

from komet_import import currencies
from komet_import.settings import settings
from komet_import.sheets.cell_comments import CellComment
from komet_import.sheets.layout.header_search import Line
from komet_import.sheets.layout.lines import arrow
from komet_import.sheets.layout.lines_above import other_currency
from komet_import.sheets.layout.void_marks import note_says_void
from komet_import.sheets.worksheet import Shown, Worksheet
from komet_import.types import ImportType, Meaning
from komet_import.types.headings import words
from komet_import.types.marks import INSTEAD_OF

_NOT = "|".join(INSTEAD_OF)
_WORDS_TOO = frozenset({"ALL", "TOP", "TRY", "CUP", "GEL"})
"""Codes of currencies that a comment may say in capitals and mean a word."""
_CURRENCY = 24  # bytes
"""A longer comment is more than the name of a currency."""
_IN = re.compile(
    r"^(?:(?:amounts?|importe|monto|valor|betrag|montant|bedrag)\s+)?(?:in|en|em)\s+", re.IGNORECASE
)
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


def currencies_noted(rows: pd.DataFrame, letters: Mapping[str, str], type: ImportType) -> Iterator[Shown]:
    """The amounts of rows whose comment is nothing but another currency than the ledger's; `letters` are
    those of the columns, by their names in `rows`."""
    note, money = type.name_for(Meaning.NOTE), type.name_for(Meaning.MONEY)
    if note not in letters or money not in letters:
        return
    texts = arrow(rows[note])
    short = texts.filter(pc.less_equal(pc.binary_length(texts), _CURRENCY))
    for text in pc.unique(short).to_pylist():
        if text and (word := _other_alone(text)):
            there = rows.index[pc.equal(texts, text).to_numpy(zero_copy_only=False)].tolist()
            yield Shown(currency=word, letters=letters[money], rows=tuple((row, row) for row in there))


def _other_alone(text: str) -> str:
    """The other currency that a text names which says nothing else; blank for any other."""
    word = _IN.sub("", text.strip()).strip(" .:")
    meant = currencies.said(word)
    is_word = word.upper() in currencies.CODES and (not word.isupper() or word in _WORDS_TOO)
    return "" if not meant or is_word or settings().currency in meant else word


def voided_rows(worksheet: Worksheet, type: ImportType) -> dict[int, CellComment]:
    """The Excel rows of which a comment says that they no longer count, each with its first such comment."""
    found: dict[int, CellComment] = {}
    for comment in worksheet.comments:
        if comment.row not in found and note_says_void(comment.text, type.paper):
            found[comment.row] = comment
    return found


def _is_short(comment: CellComment) -> bool:
    return len(words(comment.text)) <= _WORDS
