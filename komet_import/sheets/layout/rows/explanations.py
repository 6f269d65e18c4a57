"""Lines right below the headings that say what the columns hold, as templates have them: “Required”,
“MM/DD/YYYY”, or the headings once more in other words.
"""

import re
from collections.abc import Mapping

from komet_import import currencies
from komet_import.language import phrase
from komet_import.settings import settings
from komet_import.sheets.layout.columns.claims import vocabulary
from komet_import.sheets.layout.row_kinds import Aside, RowKind
from komet_import.sheets.layout.rows.lines import Lines
from komet_import.sheets.layout.rows.other_headers import is_heading
from komet_import.sheets.layout.words.scales import scale_in_heading
from komet_import.types import ImportType
from komet_import.types.format_words import FORMAT_WORDS
from komet_import.types.headings import telling_words, words

_PARTS = re.compile(r"[,;:()|\n]+|\s[-–]\s")
_LENGTH = re.compile(r"[\d.,\s]+")
_DAY = re.compile(r"(?=.{5})(?:(?:[dtgj]{1,2}|m{1,4}|[yja]{1,4})[\s./-]*){3}", re.IGNORECASE)
_IN = frozenset(("in", "en", "em"))
_SAID = frozenset(word for said in telling_words(FORMAT_WORDS.values()) for word in said)


def follows_headings(lines: Lines, place: int, found: Mapping[int, Aside]) -> bool:
    """Whether only lines that are set aside already stand between a row and the headings, and no gap."""
    row = int(lines.numbers[place])
    if lines.header.headless or row - lines.header.row != place + 1:
        return False
    return all(before in found for before in range(place))


def explains(cells: Mapping[str, str], columns: Mapping[str, str], type: ImportType) -> bool:
    """Whether each of at least two cells says what its column has to hold, or the only one its unit; or as
    headings they say what their columns are taken for. Both are given by letter."""
    if len(cells) < 2:
        return any(map(_is_unit, cells.values()))
    return all(map(is_format, cells.values())) or _says_same(cells, columns, type)


def _says_same(cells: Mapping[str, str], columns: Mapping[str, str], type: ImportType) -> bool:
    currency, said = settings().currency, vocabulary(type).said
    same = 0
    for letter, text in cells.items():
        claimed = {claim.name for claim in said(text, currency)}
        if columns.get(letter) in claimed:
            same += 1
        elif claimed or is_heading(text):  # of another column, or of another type
            return False
    return same >= 2


def explained(lines: Lines) -> Aside:
    """What such a line is."""
    why = phrase("says what the columns hold, below the headings of row {row}", row=lines.header.row)
    return Aside(kind=RowKind.REPEATED_HEADER, certain=True, why=why)


def is_format(text: str) -> bool:
    """Whether a cell says what its column has to hold: `Text, max. 20`, `decimal(12,2)`, `USD`."""
    if _is_unit(text):
        return True
    parts = [part.strip() for part in _PARTS.split(text) if not _LENGTH.fullmatch(part)]
    parts = [part for part in parts if part]
    return bool(parts) and all(map(_is_format, parts))


def _is_format(part: str) -> bool:
    said = words(_LENGTH.sub(" ", part))
    return bool(_DAY.fullmatch(part) or (said and _SAID.issuperset(said)) or _is_unit(part))


def _is_unit(text: str) -> bool:
    """Whether a text is nothing but a currency, or how amounts are counted: `in EUR`, `US$ '000`."""
    bare, scale = scale_in_heading(text)
    rest, currency, _ = currencies.named_in(bare)
    return bool(scale or currency) and _IN.issuperset(words(rest))
