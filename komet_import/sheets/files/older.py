"""Workbooks of Excel 97 to 2003 and before (.xls), by xlrd, which keeps error cells, formats and fonts.

What it does not keep is whether a cell is a formula: its stored result is taken, and that is noted. Runs in
the disposable child process only.
"""

import io
from collections.abc import Iterator
from itertools import pairwise

import xlrd
from xlrd.book import Book as XlrdBook
from xlrd.sheet import Sheet as XlrdSheet

from komet_import.language import _
from komet_import.refusal import SheetRefusal
from komet_import.sheets.cell_comments import kept
from komet_import.sheets.files.book import ReadOptions, SheetRead, hidden_among, noted_merges
from komet_import.sheets.files.xlsx.cells import Cells, RawCell
from komet_import.sheets.files.xlsx.formats import Format, number_format
from komet_import.sheets.files.xlsx.package import SheetEntry
from komet_import.sheets.files.xlsx.references import column_letters
from komet_import.sheets.files.xlsx.shared_texts import SharedTexts
from komet_import.sheets.files.xlsx.stored import WorkbookParts
from komet_import.sheets.files.xlsx.texts import TextRun, escaped, joined
from komet_import.sheets.files.xlsx.xml import no_sheets
from komet_import.sheets.worksheet import Note

_KINDS = {
    xlrd.XL_CELL_TEXT: "inlineStr",
    xlrd.XL_CELL_NUMBER: "n",
    xlrd.XL_CELL_DATE: "n",  # a number like any other, of which our own formats make a date
    xlrd.XL_CELL_BOOLEAN: "b",
    xlrd.XL_CELL_ERROR: "e",
}


class XlsBook:
    """A `Book`. Raises SheetRefusal where it is damaged, or protected with a password."""

    def __init__(self, content: bytes, asked: ReadOptions) -> None:
        self._book = _opened(content)
        self._limits = asked.limits
        self._parts = WorkbookParts(
            shared=SharedTexts(),
            formats=_formats(self._book),
            from_1904=bool(self._book.datemode),
            currency=asked.currency,
        )
        sheets = self._book.sheets()
        if not sheets:
            raise no_sheets()
        self.entries = [
            SheetEntry(sheet.name, sheet.visibility == 0, str(place), active=bool(sheet.sheet_visible))
            for place, sheet in enumerate(sheets)
        ]

    def read(self, entry: SheetEntry) -> SheetRead:
        """One sheet."""
        sheet = self._book.sheet_by_index(int(entry.part))
        cells = Cells(self._parts, self._limits)
        for place in range(sheet.nrows):
            if row := list(self._row(sheet, place, cells)):
                cells.add_row(place + 1, _is_hidden(sheet, place), row)
        cells.finish()
        hidden = [
            (column + 1, column + 1)
            for column, about in sheet.colinfo_map.items()
            if about.hidden or not about.width
        ]
        merges = (
            f"{column_letters(left + 1)}{top + 1}:{column_letters(right)}{bottom}"
            for top, bottom, left, right in sheet.merged_cells
        )
        return SheetRead(
            cells=cells,
            hidden_columns=hidden_among(cells, hidden),
            merges=noted_merges(cells, merges),
            comments=lambda: kept(_comments(sheet)),
        )

    def notes(self) -> list[Note]:
        """What there is to know."""
        from_1904 = [Note(code="dates-from-1904", count=1)] if self._parts.from_1904 else []
        return [Note(code="formulas-unknown", count=1, where=(".xls",)), *from_1904]

    def _row(self, sheet: XlrdSheet, place: int, cells: Cells) -> Iterator[RawCell]:
        digits = str(place + 1)
        for column, (kind, value) in enumerate(
            zip(sheet.row_types(place), sheet.row_values(place), strict=True)
        ):
            if kind not in _KINDS:
                continue
            letters, style = column_letters(column + 1), str(sheet.cell_xf_index(place, column))
            stored, inline = "", ""
            if kind == xlrd.XL_CELL_TEXT:
                runs = self._runs(sheet, place, column, value)
                inline, struck = joined(runs, in_struck=cells.values.is_struck(style))
                if struck:
                    cells.notes.strike(letters, place + 1)
            elif kind == xlrd.XL_CELL_ERROR:
                stored = xlrd.error_text_from_code.get(value, "#VALUE!")
            elif kind == xlrd.XL_CELL_BOOLEAN:
                stored = str(int(value))
            else:
                stored = repr(float(value))
            yield letters, digits, style, _KINDS[kind], "", stored, inline

    def _runs(self, sheet: XlrdSheet, place: int, column: int, text: str) -> list[TextRun]:
        """The pieces of a text; the first one looks like its cell."""
        marks = sheet.rich_text_runlist_map.get((place, column), [])
        starts = [0, *(start for start, _ in marks), len(text)]
        struck: list[bool | None] = [None, *(self._is_struck(font) for _, font in marks)]
        pieces = [escaped(text[start:end]) for start, end in pairwise(starts)]
        return [TextRun(piece, mark) for piece, mark in zip(pieces, struck, strict=True) if piece]

    def _is_struck(self, font: int) -> bool:
        fonts = self._book.font_list
        return bool(font < len(fonts) and fonts[font].struck_out)


def _comments(sheet: XlrdSheet) -> Iterator[tuple[str, str, str]]:
    """The cell, the author and the text of each comment."""
    for (row, column), note in sorted(sheet.cell_note_map.items()):
        yield f"{column_letters(column + 1)}{row + 1}", note.author, note.text


def _opened(content: bytes) -> XlrdBook:
    try:
        return xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    except Exception as error:  # XLRDError, CompDocError, struct.error, IndexError, AssertionError, …
        if "encrypted" in str(error).lower():
            raise SheetRefusal(
                "password-protected",
                _(
                    "The workbook is protected with a password; remove it in "
                    "Excel and save the workbook again."
                ),
            ) from error
        raise SheetRefusal(
            "damaged-workbook",
            _(
                "The workbook (.xls) is damaged, or of an unknown kind; open it in Excel and save it as an "
                "Excel workbook (.xlsx)."
            ),
        ) from error


def _formats(book: XlrdBook) -> list[Format]:
    """For each cell style, what its number format makes of a number, and whether its font is struck."""
    found = []
    for style in book.xf_list:
        known = book.format_map.get(style.format_key)
        one = number_format(0, known.format_str if known and known.format_str else "General")
        struck = style.font_index < len(book.font_list) and book.font_list[style.font_index].struck_out
        found.append(one._replace(struck=True) if struck else one)
    return found


def _is_hidden(sheet: XlrdSheet, place: int) -> bool:
    about = sheet.rowinfo_map.get(place)
    return bool(about.hidden) if about is not None else bool(sheet.default_row_hidden)
