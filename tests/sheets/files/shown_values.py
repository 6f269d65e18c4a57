"""A workbook with cells of many formats, and what there is beside them: hidden, merged, struck through."""

import io
from datetime import date

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

VALUES: dict[str, tuple[object, str]] = {
    "a code of zeros": (42, "00000"),
    "a code with letters": (1001, '"CR-"0000'),
    "a text that looks like a number": ("00042", "@"),
    "a text that looks like an exponent": ("1e5", "@"),
    "a text of another world": ("Åkerblom “Ñandú” 東京", "General"),
    "two lines": ("one\ntwo", "General"),
    "what looks like an escape": ("_x0041_", "General"),
    "blanks": ("  a  b ", "General"),
    "cents": (1234.5, "#,##0.00"),
    "more decimals than are shown": (33.333333333, "0.00"),
    "negative": (-13.89, '"$"#,##0.00;[Red]-"$"#,##0.00'),
    "euros": (12.5, "[$€-407] #,##0.00"),
    "a percentage": (0.15, "0%"),
    "a day": (date(2026, 11, 3), "yyyy-mm-dd"),
    "a day by its name": (date(2026, 11, 3), "dddd, d mmmm yyyy"),
    "an amount dressed as a date": (125.5, "d-mmm-yy"),
    "a small amount dressed as a date": (42.25, "d-mmm-yy"),
    "yes": (True, "General"),
    "an error": ("=1/0", "General"),
    "not available": ("=NA()", "General"),
    "a formula": ("=1+1.5", "General"),
    "an accounting format as wide as a euro": (125.5, "_-* #,##0.00\\ _€_-"),
    "a hidden amount": (125.5, ";;;"),
    "a hidden text": ("FL200", ";;;"),
    "an amount that is shown as below nought": (125.5, '"USD "-0.00'),
    "a whole one": (125, '"USD "-0'),
    "another in brackets": (125.5, "(0.00)"),
    "an amount that is shown as a word": (125.5, '"Paid"'),
    "a percentage that is shown as below nought": (0.15, "-0%"),
}


def source() -> bytes:
    """A workbook with all of VALUES, hidden rows and columns, merged and struck cells, and more sheets."""
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Credits"
    for number, (what, (value, code)) in enumerate(VALUES.items(), start=1):
        first.cell(number, 1, what)
        cell = first.cell(number, 2, value)
        cell.number_format = code
    for column in (1, 2, 3):
        first.cell(30, column, f"struck {column}").font = Font(strike=True)
    first["A31"] = "live"
    first["B31"] = 100
    first["B31"].font = Font(strike=True)
    struck, plain = TextBlock(InlineFont(strike=True), "100"), TextBlock(InlineFont(b=True), " 450")
    first["A32"] = CellRichText(struck, plain)
    first["A34"] = "merged"
    first.merge_cells("A34:B36")
    first["D33"] = "hidden"
    first.row_dimensions[33].hidden = True
    first.column_dimensions["D"].hidden = True
    book.create_sheet("Open one").append(["x"])
    book.create_sheet("Hidden one").append(["y"])
    book["Hidden one"].sheet_state = "hidden"
    book.active = 1
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()
