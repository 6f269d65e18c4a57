"""A list of the ledger as a workbook: from which system, when, by whom and with which filters it is, and its
rows, with real numbers and days.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from komet_import.sheets.workbooks.cell_writing import (
    AMOUNT_FORMAT,
    AUTHOR,
    DATE_FORMAT,
    TEXT_FORMAT,
    look,
    written,
)

ABOUT = "About"
COUNT_FORMAT = "0"
Cell = str | int | Decimal | date


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list: its title, what is told about it, its headings with the width of each column, and its rows."""

    title: str
    about: Mapping[str, str]
    headings: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Cell]]


def write_listing(listing: Listing) -> bytes:
    """The list as the bytes of an .xlsx file."""
    workbook = Workbook(write_only=True)
    workbook.properties.creator = AUTHOR
    workbook.properties.title = listing.title
    sheet = workbook.create_sheet(listing.title)
    sheet.freeze_panes = "A2"
    for place, (_, width) in enumerate(listing.headings, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    bold = look(sheet, font=Font(bold=True))
    formats = (TEXT_FORMAT, AMOUNT_FORMAT, DATE_FORMAT, COUNT_FORMAT)
    looks = {code: look(sheet, number_format=code) for code in formats}
    sheet.append([written(sheet, heading, bold) for heading, _ in listing.headings])
    for row in listing.rows:
        sheet.append([_cell(sheet, value, looks) for value in row])
    _about(workbook, listing)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _cell(sheet: Any, value: Cell, looks: Mapping[str, Any]) -> Any:
    if value == "":
        return None
    if isinstance(value, int):
        return written(sheet, Decimal(value), looks[COUNT_FORMAT])
    if isinstance(value, Decimal):
        return written(sheet, value, looks[AMOUNT_FORMAT])
    return written(sheet, value, looks[DATE_FORMAT if isinstance(value, date) else TEXT_FORMAT])


def _about(workbook: Workbook, listing: Listing) -> None:
    sheet = workbook.create_sheet(ABOUT)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 70
    bold, plain = look(sheet, font=Font(bold=True)), look(sheet)
    for name, said in listing.about.items():
        sheet.append([written(sheet, name, bold), written(sheet, said, plain)])
