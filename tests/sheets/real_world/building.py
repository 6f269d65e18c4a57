"""Workbooks of the kinds: as they are, and as a neighbor, which says the same in another place and order."""

import io
import re
import zipfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.table import Table

from tests.sheets.real_world.kinds import Kind, Parts, Shown, Struck

ABOVE, BESIDE = 2, 1
"""By so many rows and columns a neighbor is moved: below a title, beside a blank column."""


def workbook(kind: Kind, *, moved: bool = False) -> bytes:
    """The sheet of a kind; `moved` is its neighbor's."""
    down, right = (ABOVE, BESIDE) if moved else (0, 0)
    made = Workbook()
    sheet = made.active
    sheet.title = kind.title
    if moved:
        sheet.cell(1, 1, "Komet Flowers, November 2026")
    _fill(sheet, kind.rows, down, right)
    for area in kind.merged:
        sheet.merge_cells(_moved(area, down, right))
    for row in kind.hidden_rows:
        sheet.row_dimensions[row + down].hidden = True
    for letter in kind.hidden_columns:
        sheet.column_dimensions[_moved(f"{letter}1", 0, right).rstrip("1")].hidden = True
    if kind.table:
        table = Table(displayName="Credits", ref=_moved(kind.table, down, right))
        table.totalsRowCount = 1
        sheet.add_table(table)
    if kind.other:
        name, rows = kind.other
        _fill(made.create_sheet(name), rows, 0, 0)
    made.active = kind.open
    written = io.BytesIO()
    made.save(written)
    return _never_calculated(written.getvalue())


def _fill(sheet, rows, down: int, right: int) -> None:
    for at, row in enumerate(rows, start=1 + down):
        for place, value in enumerate(row, start=1 + right):
            if value is None:
                continue
            cell = sheet.cell(at, place)
            if isinstance(value, Shown):
                cell.value, cell.number_format = value
            elif isinstance(value, Struck):
                cell.value, cell.font = value.value, Font(strike=True)
            elif isinstance(value, Parts):
                cell.value = CellRichText(TextBlock(InlineFont(strike=True), value.struck), f" {value.left}")
            else:
                cell.value = value
                if isinstance(value, datetime) and not (value.hour or value.minute):
                    cell.number_format = "yyyy-mm-dd"


def _moved(area: str, down: int, right: int) -> str:
    left, top, last, bottom = range_boundaries(area)
    corners = ((left, top), (last, bottom))
    return ":".join(dict.fromkeys(f"{get_column_letter(c + right)}{r + down}" for c, r in corners))


def _never_calculated(content: bytes) -> bytes:
    """Formulas with a stored 0, as programs write them that calculate nothing."""
    source, written = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"</f><v ?/>|</f><v></v>", b"</f><v>0</v>", part)
            target.writestr(name, part)
    return written.getvalue()
