"""Small worksheets for tests of what is made of them, and what a company knows."""

import numpy as np
import pandas as pd
from openpyxl.utils import get_column_letter

from komet_import.sheets.layout.header import header_row
from komet_import.sheets.layout.modifiers import Modifier, Modifies
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.layout.values.known import Known, name_key
from komet_import.sheets.worksheet import Held, Worksheet
from komet_import.types import OPEN_CREDITS, ImportType
from komet_import.types.codes import code_key

CUSTOMERS = {
    "FL200": "Rosas del Valle Wholesale",
    "FL201": "Petal & Stem Florist",
    "FL202": "Blumen Müller",
    "00042": "Bloom & Co",
    "40": "Tulipán Events",
}
KNOWN = Known(
    codes=frozenset(map(code_key, CUSTOMERS)),
    names=frozenset(map(name_key, CUSTOMERS.values())),
    locations=frozenset({"MIA", "LAX", "BOG"}),
)


def sheet(text: str, *, hidden: str = "") -> Worksheet:
    """A worksheet of lines whose cells are parted by `|`, from row 1 and column A on; blank lines count."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").splitlines()]
    width = max(map(len, lines))
    rows = {number: [*line, *[""] * (width - len(line))] for number, line in enumerate(lines, 1) if any(line)}
    index = pd.Index(list(rows), dtype=np.int64, name="row")
    frame = pd.DataFrame(list(rows.values()), index=index, dtype="str")
    frame.columns = [get_column_letter(place) for place in range(1, width + 1)]
    frame = frame.loc[:, [bool((frame[letter] != "").any()) for letter in frame.columns]]
    held = np.full(frame.shape, Held.TEXT, dtype=np.uint8)
    return Worksheet(name="Credits", text=frame, held=held, hidden_columns=frozenset(hidden.split()))


def found(text: str, type: ImportType = OPEN_CREDITS, *, known: Known = KNOWN, hidden: str = "") -> Header:
    """The header of such a worksheet."""
    return header_row.find(sheet(text, hidden=hidden), type, known)


def modifier(header: Header, modifies: Modifies) -> Modifier:
    """The one modifier of a kind."""
    (one,) = [each for each in header.modifiers if each.modifies is modifies]
    return one
