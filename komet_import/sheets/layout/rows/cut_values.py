"""Values of a text file that a comma inside of them may have cut in two: `10,50` without quotation marks is
10 and 50, and all that is behind it stands one column too far right.
"""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from komet_import.sheets.files.xlsx.references import column_number
from komet_import.sheets.layout.notes import TEXT_DELIMITER
from komet_import.sheets.layout.rows.lines import Bools, arrow, blank
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.worksheet import Worksheet
from komet_import.types import ImportType, Meaning

_WHOLE = r"^[^0-9]*[0-9]{1,3}$"
_REST = r"^(?:[0-9]{2}|[0-9]{3}(?:\.[0-9]+)?)[^0-9]*$"
"""What is left of an amount before a comma, and behind it: decimals, or thousands."""


def cut_values(
    worksheet: Worksheet, header: Header, type: ImportType, rows: pd.DataFrame, names: Mapping[str, str]
) -> dict[int, str]:
    """The rows of a text file that may be cut, by position, and the column in which what is left over stands:
    behind the last heading, or beside an amount where a note would stand. `names` maps the letters of the
    sheet to the columns of `rows`.
    """
    if not any(note.code == TEXT_DELIMITER and "tab" not in note.where for note in worksheet.notes):
        return {}
    heads = header.headers
    last = max((column_number(letter) for letter, text in heads.items() if text), default=None)
    money = next((letter for letter, name in header.columns.items() if name == type.amount_column), None)
    order = sorted(names, key=column_number)
    found: dict[int, str] = {}
    for before, letter in pairwise(order):
        texts = arrow(rows[names[letter]])
        there = ~blank(texts)
        if last is None or column_number(letter) <= last:
            name = header.columns.get(letter)
            meaning = type.column(name).meaning if name else None
            if before != money or (meaning is not Meaning.NOTE and (name or heads.get(letter))):
                continue
            there &= _like(arrow(rows[names[before]]), _WHOLE) & _like(texts, _REST)
        for place in np.flatnonzero(there).tolist():
            found.setdefault(place, names[letter])
    return found


def _like(texts: pa.Array, pattern: str) -> Bools:
    trimmed = pc.utf8_trim_whitespace(texts)
    found: Bools = pc.match_substring_regex(trimmed, pattern).to_numpy(zero_copy_only=False)
    return found
