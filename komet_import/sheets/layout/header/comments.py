"""What comments say, of cells or in a column of them: that an amount is in another currency, that a row no
longer counts."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from komet_import import currencies
from komet_import.language.catalogues import in_every_language
from komet_import.settings import settings
from komet_import.sheets.cell_comments import LONGEST, CellComment
from komet_import.sheets.files.xlsx.references import area_of
from komet_import.sheets.layout.header.header_search import Line
from komet_import.sheets.layout.header.lines_above import other_currency
from komet_import.sheets.layout.rows.footnotes import footnoted
from komet_import.sheets.layout.rows.lines import arrow, blank
from komet_import.sheets.layout.rows.void_marks import asks_to_pass_over, note_says, voided
from komet_import.sheets.row_keys import REASONS_HEADING
from komet_import.sheets.worksheet import Shown, Worksheet
from komet_import.types import ImportType, Meaning
from komet_import.types.headings import words
from komet_import.types.marks import INSTEAD_OF

_NOT = "|".join(INSTEAD_OF)
_NOTS = frozenset(said.split()[0] for said in INSTEAD_OF)
_WORDS_TOO = frozenset({"ALL", "TOP", "TRY", "CUP", "GEL"})
"""Codes of currencies that a comment may say in capitals and mean a word."""
_CURRENCY = 24  # bytes
"""A longer comment is more than the name of a currency."""
_IN = re.compile(
    r"^(?:(?:(?:amounts?|amts?|all|importe|monto|valor|betrag|montant|bedrag|importo)\s+)?(?:is\s+)?(?:in|en|em)|"
    r"(?:(?:amounts?|amt|this)\s+)?(?:should|must|ought to)\s+be(?:\s+in)?|(?:this|it|amount)\s+is(?:\s+in)?|"
    r"debe\s+ser(?:\s+en)?|deve\s+ser(?:\s+em)?|muss|soll|moet|doit être(?:\s+en)?|deve essere(?:\s+in)?)\s+",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(rf"\W+(?:{_NOT})\s+(?:us\$|\$|[a-z]{{3}}|dollars?|d[oó]lares)\W*$", re.IGNORECASE)
"""`CAD not USD` names the other one first."""
_WORDS = 12
"""A longer comment tells a story, in which a currency is named by the way."""


def of_people(worksheet: Worksheet) -> Sequence[CellComment]:
    """The comments without those that we wrote into a workbook of rejected rows, whoever is called their
    author after another program saved it: what they say stands in their row's reasons as well."""
    if not worksheet.comments:
        return ()
    text, heading = worksheet.text, list(in_every_language(REASONS_HEADING))
    reasons = [letter for letter in text.columns if bool(text[letter].isin(heading).any())]
    return [one for one in worksheet.comments if not any(_is_among(one, text[letter]) for letter in reasons)]


def _is_among(comment: CellComment, reasons: "pd.Series[str]") -> bool:
    """Whether a comment says nothing but what the reasons of its row say."""
    said = str(reasons.get(comment.row, ""))
    lines = sorted((" ".join(line.split()) for line in said.splitlines()), key=len, reverse=True)
    left = comment.text
    for line in filter(None, lines):
        left = left.replace(line, "")
    left = left.strip()
    cut = len(comment.text) == LONGEST and any(line.startswith(left) for line in lines)
    return bool(lines) and (not left or cut)


def of_headings(worksheet: Worksheet, letters: Collection[str], rows: Collection[int]) -> list[Line]:
    """The comments on headings of these columns, and on whatever else is in none of the `rows` of data; on
    those of others where they ask that rows are not imported."""
    return [
        Line(number=comment.row, cells={comment.letters: comment.text})
        for comment in of_people(worksheet)
        if comment.row not in rows
        and _is_short(comment)
        and (comment.letters in letters or asks_to_pass_over(comment.text))
    ]


def currencies_said(worksheet: Worksheet) -> Iterator[Shown]:
    """The cells of which a comment says another currency than the ledger's."""
    home = settings().currency
    for comment in of_people(worksheet):
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
    text = text.strip()
    if not _NOTS.isdisjoint(text.split()):
        text = _NOT_OURS.sub("", text)
    word = _IN.sub("", text).strip(" .:!?*()")
    meant = currencies.said(word)
    is_word = word.upper() in currencies.CODES and (not word.isupper() or word in _WORDS_TOO)
    return "" if not meant or is_word or settings().currency in meant else word


def rows_told(
    worksheet: Worksheet, type: ImportType, rows: pd.DataFrame, names: Mapping[str, str]
) -> dict[int, tuple[str, str]]:
    """The rows, by position, of which a comment, a footnote whose mark they have, or a note in the row below
    them says that they no longer count, or not yet: the column in which it stands, and what it says."""
    noted = {**_noted_below(rows, type), **footnoted(worksheet.text, type, rows)}
    noted |= _merged_over(worksheet, type, rows, names)
    said = voided_rows(worksheet, type)
    there = rows.index.get_indexer(pd.Index(list(said), dtype="int64"))
    first = next(iter(names.values()))
    pairs = zip(there.tolist(), said.values(), strict=True)
    return noted | {place: (names.get(one.letters, first), one.text) for place, one in pairs if place >= 0}


def _noted_below(rows: pd.DataFrame, type: ImportType) -> dict[int, tuple[str, str]]:
    """The rows below which a row has nothing but a note that says so: what reports print on a second line."""
    found = _applied_below(rows, type)
    note = type.name_for(Meaning.NOTE)
    if note not in rows:
        return found
    alone = ~blank(arrow(rows[note]))
    for name in rows.columns:
        if name != note and alone.any():
            alone &= blank(arrow(rows[name]))
    numbers = rows.index
    for place in np.flatnonzero(alone).tolist():
        text = str(rows[note].iloc[place]).strip()
        if place and numbers[place] == numbers[place - 1] + 1 and note_says(text, type.paper):
            found[place - 1] = (str(note), text)
    return found


def _applied_below(rows: pd.DataFrame, type: ImportType) -> dict[int, tuple[str, str]]:
    """The rows below which one of nobody's says in place of a number what they were applied to, as reports
    list it: `Applied to INV 881`."""
    party, number = type.name_for(Meaning.PARTY), type.name_for(Meaning.NUMBER)
    found: dict[int, tuple[str, str]] = {}
    if party not in rows or number not in rows:
        return found
    nobodys = blank(arrow(rows[party]))
    if not nobodys.any():
        return found
    places = np.flatnonzero(nobodys)
    texts = rows[number].iloc[places]
    for at in voided(arrow(texts), type.paper):
        place = int(places[at])
        while place and nobodys[place]:
            place -= 1
        if not nobodys[place]:
            found[place] = (str(number), str(texts.iloc[at]).strip())
    return found


def _merged_over(
    worksheet: Worksheet, type: ImportType, rows: pd.DataFrame, names: Mapping[str, str]
) -> dict[int, tuple[str, str]]:
    """The rows below the first one over which a cell is merged that says so."""
    found: dict[int, tuple[str, str]] = {}
    for area in filter(None, map(area_of, worksheet.merges)):
        if area.top == area.bottom or area.left not in names or area.top not in rows.index:
            continue
        text = str(worksheet.text.at[area.top, area.left]).strip()
        if text and note_says(text, type.paper):
            below = rows.index[(rows.index > area.top) & (rows.index <= area.bottom)]
            found |= dict.fromkeys(rows.index.get_indexer(below).tolist(), (names[area.left], text))
    return found


def voided_rows(worksheet: Worksheet, type: ImportType) -> dict[int, CellComment]:
    """The Excel rows of which a comment says that they no longer count, or not yet, each with its first such
    comment."""
    found: dict[int, CellComment] = {}
    for comment in of_people(worksheet):
        if comment.row not in found and note_says(comment.text, type.paper):
            found[comment.row] = comment
    return found


def _is_short(comment: CellComment) -> bool:
    return len(words(comment.text)) <= _WORDS
