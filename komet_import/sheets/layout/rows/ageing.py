"""An ageing below a table, in rows or under plain numbers: how much has been open for how many days."""

import re
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from komet_import.language import phrase
from komet_import.sheets.layout.row_kinds import Aside, RowKind
from komet_import.sheets.layout.rows.lines import Lines
from komet_import.sheets.layout.rows.patterns import occurs
from komet_import.types.number_headings import is_age
from komet_import.types.schema import Meaning

AGEING = Aside(kind=RowKind.OTHER_TABLE, certain=True, why=phrase("is a line of an ageing, by days"))


def ageing_lines(lines: Lines) -> list[int]:
    """The lines of an ageing that stands in rows: two at least begin with so many days, and the line of words
    above them is their header."""
    if lines.whose is None:
        return []
    said = occurs(lines.texts(lines.whose), "[0-9]")
    places = [
        place for place in np.flatnonzero(lines.odd & said).tolist() if is_age(lines.text(place, lines.whose))
    ]
    if len(places) < 2:
        return []
    above = places[0] - 1
    if (
        above >= 0
        and lines.odd[above]
        and not any(c.isdigit() for c in " ".join(lines.cells(above).values()))
    ):
        places.insert(0, above)
    return places


_DAYS = frozenset({0, 1, 7, 14, 15, 21, 28, 30, 31, 45, 60, 61, 75, 90, 91, *range(120, 361, 30), 365})
"""The numbers of days by which people age what is open."""
_FEWEST = 3
_PLAIN_DAYS = r"^[0-9]{1,3} ?\+?$"


def plain_headings(lines: Lines) -> list[int]:
    """The rows that are the headings of an ageing in numbers alone (`30 | 60 | 90`): so many days, ever more
    of them, beside words, where neither this row nor one below it is of a day."""
    day = lines.column(Meaning.DAY)
    if day is None:
        return []
    dated = occurs(lines.texts(day), "[0-9]{4}|[0-9][^0-9]+[0-9]")
    last = int(np.flatnonzero([True, *dated])[-1])  # rows below the last day
    places = np.arange(last, len(lines))
    wanted = pa.array(places)
    count = np.zeros(len(places), dtype=np.int16)
    for name in lines.rows.columns:
        plain = pc.match_substring_regex(lines.texts(str(name)).take(wanted), _PLAIN_DAYS)
        count += plain.to_numpy(zero_copy_only=False)
    likely = places[count >= _FEWEST]
    return [
        place
        for place, cells in zip(likely.tolist(), lines.cells_of(likely), strict=True)
        if _are_headings(list(cells.values()))
    ]


def _are_headings(cells: list[str]) -> bool:
    plain = [re.match(_PLAIN_DAYS, text) for text in cells]
    days = [int(text.strip(" +")) for text, found in zip(cells, plain, strict=True) if found]
    others = [text for text, found in zip(cells, plain, strict=True) if not found]
    worded = all(is_age(text) or not any(map(str.isdigit, text)) for text in others)
    return worded and _DAYS.issuperset(days) and all(a < b for a, b in pairwise(days))
