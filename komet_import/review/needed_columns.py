"""Columns that a sheet lacks and its type needs: they come blank, so that people can fill them in."""

from dataclasses import replace

import numpy as np
import pandas as pd

from komet_import.sheets.layout.sheet import Sheet
from komet_import.sheets.worksheet import Held
from komet_import.types import ImportType


def completed(sheet: Sheet, type: ImportType, *, multi_location: bool) -> Sheet:
    """The sheet with a blank column for each one that is needed and missing: its rows are not ready then,
    and people can fill it in."""
    rows, held = sheet.rows, sheet.held
    for place, column in enumerate(type.columns):
        if column.needed(multi_location=multi_location) and column.name not in rows.columns:
            place = sum(c.name in rows.columns for c in type.columns[:place])
            rows = rows.copy()
            rows.insert(place, column.name, pd.Series("", index=rows.index, dtype="str"))
            held = np.insert(held, place, Held.TEXT, axis=1)
    return replace(sheet, rows=rows, held=held)
