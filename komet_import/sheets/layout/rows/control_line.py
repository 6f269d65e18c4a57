"""Control totals that come with the sheet: a line or a sheet of its own that begins with “Control totals”.

What follows the words are rows, amount and hash total, each after its name (“Rows 42”, or the name in one
cell and the number in the next), or without names in that order; what stands in the column of amounts is the
amount. The line is no row to import.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow.compute as pc

from komet_import.language import Phrase, phrase
from komet_import.sheets.layout.rows.lines import Bools, arrow
from komet_import.sheets.layout.rows.patterns import occurs
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.layout.words.row_counts import rows_counted
from komet_import.sheets.layout.words.total_labels import words
from komet_import.sheets.worksheet import Worksheet
from komet_import.types import ImportType
from komet_import.types.statement_words import BESIDE, CONTROL_TOTALS, COUNTED, SUMMED

ROWS, AMOUNT, HASH = "rows", "amount", "hash"
_LABELS = frozenset(map(words, CONTROL_TOTALS))
_NAMES = {ROWS: COUNTED, AMOUNT: SUMMED, HASH: ("hash",)}
_NAMED = {word: field for field, named in _NAMES.items() for name in named for word in words(name)}
_BESIDE = frozenset(word for said in BESIDE for word in words(said))
_HINT = r"(?i)control|contr.l|kontroll"
_FIGURE = re.compile(r"[-+(]?[^\w\s:=]?\s*\d[\d.,' ]*\)?$")
_FIGURE_FIRST = re.compile(r"\W{0,2}\d[\d.,']*\)?(?=\s+[^\W\d])").match
_APART = re.compile(r"\s*(?:[;/|]|,(?=\s))\s*").split
MOST_CELLS = 100
"""More than so many are no control totals."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """Control totals as a sheet writes them, by ROWS, AMOUNT and HASH, and where: `row 44`, or the sheet."""

    where: Phrase
    texts: Mapping[str, str] = field(default_factory=dict)


def is_label(text: str) -> bool:
    """Whether a text says that control totals follow."""
    return words(text) in _LABELS


def labelled(texts: Iterable[str]) -> bool:
    """Whether the first of a row's filled texts says so."""
    return next((is_label(_parts(text)[0]) for text in texts if text.strip()), False)


def _parts(text: str) -> list[str]:
    """The label of a cell and what it says behind a colon, one by one: `Control totals: 2 rows`."""
    label, _colon, said = text.partition(":")
    return [label, *(part for part in _APART(said.strip()) if part)] if is_label(label) else [text]


def hinted(texts: "pc.Array") -> Bools:
    """Which texts may say so."""
    return occurs(texts, _HINT)


def in_sheet(worksheet: Worksheet, header: Header, type: ImportType) -> Given | None:
    """The control totals of a line above or below the table; of several lines the last one's."""
    found = np.zeros(len(worksheet.text), dtype=np.bool_)
    for letter in worksheet.text.columns:
        found |= hinted(arrow(worksheet.text[letter]))
    money = next((letter for letter, name in header.columns.items() if name == type.amount_column), None)
    for place in np.flatnonzero(found).tolist()[::-1]:
        cells = {
            str(letter): str(text).strip()
            for letter, text in worksheet.text.iloc[place].items()
            if str(text).strip()
        }
        row = int(worksheet.text.index[place])
        if row == header.row or not labelled(cells.values()):
            continue
        (_letter, first), *others = cells.items()
        if texts := _read([*(("", part) for part in _parts(first)[1:]), *others], money):
            return Given(where=phrase("row {row}", row=row), texts=texts)
    return None


def sheet_of(worksheet: Worksheet) -> str | None:
    """The name of the workbook's sheet of control totals, where it has one beside this."""
    return next((one.name for one in worksheet.sheets if is_label(one.name)), None)


def of_sheet(worksheet: Worksheet) -> Given | None:
    """The control totals of a sheet of its own: its cells, row by row."""
    cells = [
        ("", str(text).strip())
        for line in worksheet.text.head(MOST_CELLS).to_numpy(dtype=object)
        for text in line
        if str(text).strip() and not is_label(str(text))
    ]
    texts = _read(cells[:MOST_CELLS], None)
    return Given(where=phrase("the sheet “{name}”", name=worksheet.name), texts=texts) if texts else None


def _read(cells: Iterable[tuple[str, str]], money: str | None) -> dict[str, str]:
    """What the cells after the label say; each thing once, the first time."""
    found: dict[str, str] = {}
    named: str | None = None
    for letter, text in cells:
        name, figure = _parted(text)
        named = name or named
        if not figure:
            continue
        place = named or (AMOUNT if letter and letter == money else next(_left(found, money), None))
        if place:
            found.setdefault(place, figure)
        named = None
    return found


def _left(found: Mapping[str, str], money: str | None) -> Iterator[str]:
    """What a number without a name is: in the order of the three, the amount aside where it has a column."""
    return (name for name in (ROWS, AMOUNT, HASH) if name not in found and not (name == AMOUNT and money))


def _parted(text: str) -> tuple[str | None, str]:
    """What of a cell names one of the three, and its number: either may be missing."""
    number = _FIGURE.search(text) or _FIGURE_FIRST(text)
    figure = number.group().strip() if number else ""
    said = words(text[: number.start()] + text[number.end() :] if number else text)
    names = [_NAMED[word] for word in said if word in _NAMED]
    name = HASH if HASH in names else names[0] if names else None
    known = all(word in _NAMED or word in _BESIDE for word in said)
    if said and not known:
        count = rows_counted(text)  # “2 credits”, “Record count: 2”
        return (None, "") if count is None else (ROWS, str(count))
    return name, figure
