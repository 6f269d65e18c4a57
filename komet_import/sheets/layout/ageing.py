"""An ageing that stands in rows below a table: how much has been open for how many days."""

import numpy as np
import pyarrow.compute as pc

from komet_import.language import phrase
from komet_import.sheets.layout.lines import Lines
from komet_import.sheets.layout.row_kinds import Aside, RowKind
from komet_import.types.number_headings import is_age

AGEING = Aside(kind=RowKind.OTHER_TABLE, certain=True, why=phrase("a line of an ageing, by days"))


def ageing_lines(lines: Lines) -> list[int]:
    """The lines of an ageing that stands in rows: two at least begin with so many days, and the line of words
    above them is their header."""
    if lines.whose is None:
        return []
    said = pc.match_substring_regex(lines.texts(lines.whose), "[0-9]").to_numpy(zero_copy_only=False)
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
