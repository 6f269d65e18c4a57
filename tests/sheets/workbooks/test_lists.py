"""Lists of the ledger and the audit trail as workbooks: headings, real values, and what they are about."""

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from komet_import.sheets.cell_comments import AUTHOR
from komet_import.sheets.workbooks.audit import TrailRow, write_trail
from komet_import.sheets.workbooks.listing import Listing, SheetTable, write_listing, write_tables

ABOUT = {"From": "Komet Import of Miami", "Filter": "=open"}
ROWS = (("FL200", Decimal("12.50"), date(2026, 11, 3), 42), ("", Decimal("0.00"), "=1+1", 0))
HEADINGS = (("Customer", 14), ("Balance", 16), ("Day", 12), ("Credits", 9))
TABLE = SheetTable(title="Balances", headings=HEADINGS, rows=ROWS)


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def test_a_list_has_its_rows_first_and_what_it_is_behind_them() -> None:
    book = opened(write_listing(Listing(title="Balances", headings=HEADINGS, rows=ROWS, about=ABOUT)))
    assert book.sheetnames == ["Balances", "About"]
    assert (book.properties.creator, book.properties.title) == (AUTHOR, "Balances")
    sheet, about = book["Balances"], book["About"]
    assert sheet["C2"].value.date() == date(2026, 11, 3)
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["Customer", "Balance", "Day", "Credits"],
        ["FL200", 12.5, sheet["C2"].value, 42],
        [None, 0, "=1+1", 0],
    ]
    assert [[cell.number_format for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["@", "0.00#", "yyyy-mm-dd", "0"],
        ["General", "0.00#", "@", "0"],
    ]
    assert sheet["C3"].data_type == "s" and sheet["C3"].quotePrefix, "text stays text"
    assert [cell.font.b for cell in sheet[1]] == [True] * 4 and not sheet["A2"].font.b
    assert sheet.freeze_panes == "A2"
    assert [sheet.column_dimensions[letter].width for letter in "ABCD"] == [14, 16, 12, 9]
    assert [[cell.value for cell in row] for row in about.rows] == [list(line) for line in ABOUT.items()]
    assert about["A1"].font.b and not about["B1"].font.b and about["B2"].data_type == "s"
    assert [about.column_dimensions[letter].width for letter in "AB"] == [22, 70]


def test_several_tables_stand_behind_the_sheet_that_says_what_they_are() -> None:
    book = opened(write_tables("Evidence", ABOUT, [TABLE, SheetTable(title="More", headings=(), rows=())]))
    assert book.sheetnames == ["About", "Balances", "More"] and book.properties.title == "Evidence"


@pytest.mark.parametrize(("place", "sealed"), [(7, 7), (None, None)])
def test_the_audit_trail_has_an_entry_a_row_and_its_place_in_the_chain(
    place: int | None, sealed: int | None
) -> None:
    row = TrailRow(
        entry=3, at="2026-11-03 10:00:00", who="Rita", username="rita", what="Set", about="a.xlsx",
        details="=1", before="", after="9", address="127.0.0.1", place=place, seal="ab",
    )  # fmt: skip
    book = opened(write_trail([row]))
    assert book.sheetnames == ["Audit trail"]
    sheet = book["Audit trail"]
    assert [[cell.value for cell in line] for line in sheet.rows] == [
        ["Entry", "Time (UTC)", "Name", "User name", "What", "About", "Details", "Before", "After", "From",
         "Place", "Seal"],
        [3, "2026-11-03 10:00:00", "Rita", "rita", "Set", "a.xlsx", "=1", None, "9", "127.0.0.1", sealed,
         "ab"],
    ]  # fmt: skip
    assert sheet["A2"].number_format == "0" and sheet["G2"].data_type == "s"
    assert sheet["A1"].font.b and not sheet["B2"].font.b and sheet["G2"].alignment.wrap_text
    assert sheet.freeze_panes == "A2"
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJKL"]
    assert widths == [9, 20, 24, 18, 24, 34, 50, 40, 40, 18, 9, 66]
