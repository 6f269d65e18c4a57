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

from komet_import.language import _, marked
from komet_import.sheets.cell_comments import AUTHOR
from komet_import.sheets.workbooks.cells import (
    AMOUNT_FORMAT,
    DATE_FORMAT,
    TEXT_FORMAT,
    look,
    written,
)

ABOUT = marked("About")
COUNT_FORMAT = "0"
Cell = str | int | Decimal | date


@dataclass(frozen=True, kw_only=True)
class SheetTable:
    """A sheet of a workbook: its title, its headings with the width of each column, and its rows."""

    title: str
    headings: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Cell]]


@dataclass(frozen=True, kw_only=True)
class Listing(SheetTable):
    """A workbook of one table, and what is told about it."""

    about: Mapping[str, str]


def write_listing(listing: Listing) -> bytes:
    """The list as the bytes of an .xlsx file."""
    return _written(listing.title, [listing], listing.about, first=False)


def write_tables(title: str, about: Mapping[str, str], tables: Sequence[SheetTable]) -> bytes:
    """Several tables as one .xlsx file, a sheet each, after the one that says what they are."""
    return _written(title, tables, about, first=True)


def _written(title: str, tables: Sequence[SheetTable], about: Mapping[str, str], *, first: bool) -> bytes:
    workbook = Workbook(write_only=True)
    workbook.properties.creator = AUTHOR
    workbook.properties.title = title
    if first:
        _about(workbook, about)
    for table in tables:
        _table(workbook, table)
    if not first:
        _about(workbook, about)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _table(workbook: Workbook, table: SheetTable) -> None:
    sheet = workbook.create_sheet(table.title)
    sheet.freeze_panes = "A2"
    for place, (_heading, width) in enumerate(table.headings, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    bold = look(sheet, font=Font(bold=True))
    formats = (TEXT_FORMAT, AMOUNT_FORMAT, DATE_FORMAT, COUNT_FORMAT)
    looks = {code: look(sheet, number_format=code) for code in formats}
    sheet.append([written(sheet, heading, bold) for heading, _width in table.headings])
    for row in table.rows:
        sheet.append([_cell(sheet, value, looks) for value in row])


def _cell(sheet: Any, value: Cell, looks: Mapping[str, Any]) -> Any:
    if value == "":
        return None
    if isinstance(value, int):
        return written(sheet, Decimal(value), looks[COUNT_FORMAT])
    if isinstance(value, Decimal):
        return written(sheet, value, looks[AMOUNT_FORMAT])
    return written(sheet, value, looks[DATE_FORMAT if isinstance(value, date) else TEXT_FORMAT])


def _about(workbook: Workbook, about: Mapping[str, str]) -> None:
    sheet = workbook.create_sheet(_(ABOUT))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 70
    bold, plain = look(sheet, font=Font(bold=True)), look(sheet)
    for name, said in about.items():
        sheet.append([written(sheet, name, bold), written(sheet, said, plain)])
