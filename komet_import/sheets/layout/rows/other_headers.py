"""Lines that are the headings of another table, whose rows are none of this one."""

from collections.abc import Mapping

from komet_import import types
from komet_import.settings import settings
from komet_import.sheets.layout.columns.claims import vocabulary
from komet_import.sheets.layout.columns.match import best_match, required
from komet_import.sheets.layout.columns.table import Match
from komet_import.sheets.layout.rows.lines import Lines, is_day
from komet_import.sheets.layout.words.total_labels import total_label
from komet_import.types import ImportType
from komet_import.types.number_headings import is_age


def is_other_header(lines: Lines, place: int, cells: Mapping[str, str]) -> bool | None:
    """Whether a row is certainly (True) or perhaps (False) the header of another table; None: it is none.

    An ageing adds up by days what is open: nothing of it is a row of this table.
    """
    if len(cells) < 2:
        return None
    if sum(map(is_age, cells.values())) >= 2:
        return True
    if sum(map(is_heading, cells.values())) >= 2:
        for known in (lines.type, *types.ALL.values()):
            match = best_match([dict(cells)], known)
            if match is not None and _says_headers(match, known):
                return True
    # Headers in words that are known nowhere: below a gap, words in place of what is money and a day there.
    below_gap = place > 0 and lines.numbers[place] - lines.numbers[place - 1] > 1
    title = place > 1 and lines.numbers[place - 1] - lines.numbers[place - 2] > 1
    money = lines.letters.get(lines.money_column or "")
    others = [lines.letters[name] for name in lines.needed if is_day(lines.type, name)]
    worded = money in cells and all(letter in cells for letter in others)
    figures = any(any(c.isdigit() for c in text) for text in cells.values())
    data_below = place + 1 < len(lines) and bool(lines.readable[place + 1])
    if (below_gap or title) and worded and len(cells) >= 3 and not figures and data_below:
        return False
    # Headings of a summary: words of headings alone, above rows that have no amount where this table has it.
    summary = (below_gap or title) and not figures and not data_below and place + 1 < len(lines)
    return True if summary and all(map(_is_summed_heading, cells.values())) else None


def _is_summed_heading(text: str) -> bool:
    return is_heading(text) or total_label(text) is not None


def _says_headers(match: Match, known: ImportType) -> bool:
    """Whether a match is one of headers and not of chance: all that is needed, or three columns."""
    certain = set(match.columns.values())
    return len(certain) >= 2 and (not match.missing or len(certain) >= 3 or set(required(known)) <= certain)


def is_heading(text: str) -> bool:
    """Whether a text may stand above a column of a type."""
    currency = settings().currency
    return any(vocabulary(known).said(text, currency) for known in types.ALL.values())
