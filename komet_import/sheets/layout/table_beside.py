"""A table that stands beside the one that is read, or above it, as a worksheet of its own."""

from dataclasses import replace

import numpy as np

from komet_import.sheets.files.xlsx.references import column_number
from komet_import.sheets.layout.notes import OTHER_SHEETS
from komet_import.sheets.layout.sheet import Beside
from komet_import.sheets.worksheet import Worksheet


def place_of(table: Beside) -> str:
    """Where its headings begin: `H1`."""
    return f"{min(table.letters, key=column_number)}{table.row}"


def alone(worksheet: Worksheet, table: Beside) -> Worksheet:
    """Its columns from its headings on, under the letters and row numbers that they have in the sheet.

    It has a name of its own, by which it is claimed when it is posted: the sheet itself is another import.
    """
    first, last = (pick(map(column_number, table.letters)) for pick in (min, max))
    columns = [first <= column_number(str(letter)) <= last for letter in worksheet.text.columns]
    text = worksheet.text.loc[:, columns]
    reached = text.index.max() if table.last is None else table.last
    within = np.asarray((text.index >= table.row) & (text.index <= reached))
    kept = within & np.asarray((text != "").any(axis=1))
    return replace(
        worksheet,
        name=f"{worksheet.name} {place_of(table)}",
        text=text.loc[kept],
        held=worksheet.held[kept][:, columns],
        notes=tuple(note for note in worksheet.notes if note.code != OTHER_SHEETS),
    )
