"""How a value gets into a cell of a workbook that we write, so that it comes out again as the same value.

Text stays text: it never becomes a formula, neither now nor when somebody edits the cell, and it never
loses a leading zero. What no workbook can hold (control characters, lone surrogates) is left out.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from komet_import.sheets.cell_comments import AUTHOR

LONGEST = 32_767
"""Excel's limit for the text of a cell, in UTF-16 units; a longer one makes Excel repair the file."""

AMOUNT_FORMAT = "0.00#"
DATE_FORMAT = "yyyy-mm-dd"
TEXT_FORMAT = "@"

_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA_LIKE = re.compile(r"\s*[=+\-@]|[\t\r]").match
_ESCAPE_LIKE = re.compile(r"(?<=_)(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell looks, made once for a worksheet: plain, and with Excel's mark that its text is quoted."""

    plain: Any
    quoted: Any


def look(
    worksheet: Any,
    *,
    number_format: str = TEXT_FORMAT,
    font: Font | None = None,
    fill: str | None = None,
    wrap: bool = False,
) -> CellStyle:
    """A look for cells of that worksheet; `fill` is a color as RRGGBB."""
    cell = WriteOnlyCell(worksheet)
    cell.number_format = number_format
    if font is not None:
        cell.font = font
    if fill is not None:
        cell.fill = PatternFill("solid", start_color=fill, end_color=fill)
    cell.alignment = Alignment(wrap_text=wrap, vertical="top")
    quoted = WriteOnlyCell(worksheet)
    quoted._style = cell._style.__copy__()
    quoted.quotePrefix = True
    return CellStyle(cell._style, quoted._style)


def written(worksheet: Any, value: str | Decimal | date, looks: CellStyle, *, note: str = "") -> Any:
    """A cell for `append` of a write-only worksheet: text as text, an amount as a number, a day as a date."""
    cell = WriteOnlyCell(worksheet)
    style = looks.plain
    if isinstance(value, str):
        text = writable(value)
        # "_x0041_" is an escape for "A" to Excel; cut into runs of rich text it is nothing but itself.
        runs = _ESCAPE_LIKE.split(text) if "_x" in text else [text]
        cell.value = CellRichText(runs) if len(runs) > 1 else text
        cell.data_type = "s"
        if _FORMULA_LIKE(text):
            style = looks.quoted
    else:
        cell.value = value
    cell._style = style
    if note:
        cell.comment = _note(note)
    return cell


def writable(text: str) -> str:
    """The text without what a workbook cannot hold, and not longer than a cell can be."""
    text = _UNWRITABLE.sub("", text)
    if len(text) * 2 > LONGEST and len(text.encode("utf-16-le")) > LONGEST * 2:
        text = text.encode("utf-16-le")[: LONGEST * 2].decode("utf-16-le", errors="ignore")
    return text


def _note(text: str) -> Comment:
    note = Comment(writable(text), AUTHOR)
    note.width = 300
    note.height = 24 + 18 * sum(1 + len(line) // 42 for line in text.splitlines())
    return note
