"""The rows that were not imported, as a workbook: to be fixed in Excel and uploaded again.

It has the headers of the sheet that was uploaded, so that it fits the same import type; what we add stands
under headings that fit no column of any type and is ignored when the file comes back.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from komet_import.language import _
from komet_import.sheets.cell_comments import AUTHOR
from komet_import.sheets.layout.values.amounts import read_amount
from komet_import.sheets.layout.values.dates import read_date
from komet_import.sheets.row_keys import KEY_HEADING, REASONS_HEADING, ROW_HEADING, is_ours
from komet_import.sheets.workbooks.cells import (
    AMOUNT_FORMAT,
    DATE_FORMAT,
    TEXT_FORMAT,
    CellStyle,
    look,
    writable,
    written,
)
from komet_import.sheets.workbooks.instructions import COLORS
from komet_import.sheets.worksheet import Held
from komet_import.types.schema import Column, ColumnFormat, ImportType

MOST_NOTES = 1_000
"""Cell notes slow Excel down by the thousand; further reasons stand in the last column only."""

_MARK = "F8D7DA"
_FIRST_DAY = date(1900, 3, 1)  # before it Excel and its readers disagree by a day
_DIGITS_OF_A_NUMBER = 15


@dataclass(frozen=True, kw_only=True, slots=True)
class RejectedRow:
    """A row that was not imported: its Excel row number, its texts by header, and (column, message) pairs.

    `values` are amounts and days as they were read, for cells whose text alone does not say (a real number
    1.234 has the same text as an unclear amount). Without it only a text with one reading becomes a number.
    `key` says which row it is when it comes back (`identity.row_key`); it stands in a hidden column.
    `place` is the row's number as people are told it, where that is more than a number.
    """

    row: int
    place: str = ""
    cells: Mapping[str, str]
    issues: Sequence[tuple[str, str]] = ()
    values: Mapping[str, Decimal | date] = field(default_factory=dict)
    key: str = ""


def write_rejected(type: ImportType, rows: Iterable[RejectedRow], *, currency: str = "USD") -> bytes:
    """The rows as the bytes of an .xlsx file, in the order given: values, marks, reasons, row numbers.

    `currency` is the ledger's: an amount of another one stays the text that it was.
    """
    rows = list(rows)
    headers = _headers(type, rows)
    workbook = Workbook(write_only=True)
    workbook.properties.creator = AUTHOR
    workbook.properties.title = _("{title}: rows to fix", title=_(type.title))
    sheet = workbook.create_sheet(_(type.title))
    sheet.freeze_panes = "A2"
    widths = [*(_width(header, rows) for header in headers), 20, 90]
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    keyed = any(row.key for row in rows)
    if keyed:
        sheet.column_dimensions[get_column_letter(len(widths) + 1)].hidden = True
    sheet.append(_header_cells(sheet, type, headers, keyed=keyed))
    looks = _Looks.of(sheet)
    notes = 0
    for row in rows:
        left = MOST_NOTES - notes
        cells, noted = _row_cells(sheet, type, headers, row, looks, notes_left=left, currency=currency)
        notes += noted
        sheet.append([*cells, written(sheet, row.key, looks.clean[TEXT_FORMAT])] if row.key else cells)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Looks:
    """The looks of the cells, by number format; `marked` are those with a reason against them."""

    clean: Mapping[str, CellStyle]
    marked: Mapping[str, CellStyle]
    reasons: CellStyle

    @classmethod
    def of(cls, sheet: Any) -> "_Looks":
        formats = (TEXT_FORMAT, AMOUNT_FORMAT, DATE_FORMAT, "0")
        return cls(
            clean={code: look(sheet, number_format=code) for code in formats},
            marked={code: look(sheet, number_format=code, fill=_MARK) for code in formats},
            reasons=look(sheet, wrap=True),
        )


def _headers(type: ImportType, rows: Sequence[RejectedRow]) -> list[str]:
    """The type's columns that occur, in its order, then all others as they come; never our own."""
    occurring: dict[str, None] = {}
    for row in rows:
        occurring.update(dict.fromkeys(row.cells))
        occurring.update((column, None) for column, _message in row.issues if column in type.columns_by_name)
    names = [column.name for column in type.columns]
    known = [name for name in names if name in occurring] if rows else names
    return [*known, *(header for header in occurring if header not in names and not is_ours(header))]


def _header_cells(sheet: Any, type: ImportType, headers: Sequence[str], *, keyed: bool) -> list[Any]:
    white = Font(bold=True, color="FFFFFF")
    colored = {need: look(sheet, font=white, fill=color) for need, color in COLORS.items()}
    bold = look(sheet, font=Font(bold=True))
    columns = type.columns_by_name
    return [
        written(
            sheet,
            _(header) if header in columns or is_ours(header) else header,
            colored[columns[header].need] if header in columns else bold,
        )
        for header in (*headers, ROW_HEADING, REASONS_HEADING, *([KEY_HEADING] if keyed else ()))
    ]


def _row_cells(
    sheet: Any,
    type: ImportType,
    headers: Sequence[str],
    row: RejectedRow,
    looks: _Looks,
    *,
    notes_left: int,
    currency: str,
) -> tuple[list[Any], int]:
    """The cells of a row, and how many of them carry a note."""
    reasons: dict[str, list[str]] = {}
    for column, message in row.issues:
        reasons.setdefault(column, []).append(message)
    cells, noted = [], 0
    for header in headers:
        value = _value(type.columns_by_name.get(header), header, row, currency)
        against = reasons.get(header)
        note = "\n".join(against) if against and noted < notes_left else ""
        noted += bool(note)
        style = (looks.marked if against else looks.clean)[_format(value)]
        cells.append(written(sheet, value, style, note=note) if value != "" or against else None)
    said = "\n".join(dict.fromkeys(message for _column, message in row.issues))
    alone = not row.place or row.place.isdecimal()
    place = Decimal(row.row) if alone else row.place
    cells.append(written(sheet, place, looks.clean["0" if alone else TEXT_FORMAT]))
    cells.append(written(sheet, said, looks.reasons))
    return cells, noted


def _value(column: Column | None, header: str, row: RejectedRow, currency: str) -> str | Decimal | date:
    """The cell's value: a real number or day where it was or can be read as one, else its text."""
    text = row.cells.get(header, "")
    value: object = text
    if column is not None and text and column.kind in (ColumnFormat.AMOUNT, ColumnFormat.DATE):
        value = row.values.get(header)
        if value is None and column.kind is ColumnFormat.AMOUNT:
            value = read_amount(text, Held.TEXT, decimals=column.decimals, currency=currency)
        elif value is None:
            value = read_date(text, Held.TEXT)
    if isinstance(value, Decimal) and len(value.as_tuple().digits) <= _DIGITS_OF_A_NUMBER:
        return value
    if isinstance(value, date) and value >= _FIRST_DAY:
        return value
    return text


def _format(value: str | Decimal | date) -> str:
    if isinstance(value, str):
        return TEXT_FORMAT
    return AMOUNT_FORMAT if isinstance(value, Decimal) else DATE_FORMAT


def _width(header: str, rows: Sequence[RejectedRow]) -> int:
    longest = max((len(row.cells.get(header, "")) for row in rows[:200]), default=0)
    return min(max(len(writable(header)) + 4, longest + 2, 12), 40)
