"""The workbook of rejected rows: what was there comes back, marked, and can be uploaded again."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from komet_import.sheets.workbooks.cells import LONGEST, writable
from komet_import.sheets.workbooks.rejected import REASONS_HEADING, ROW_HEADING, RejectedRow, write_rejected
from komet_import.types import ALL, OPEN_CREDITS
from tests.properties import tries
from tests.sheets.soffice import sheet_as_libreoffice_sees_it

ROWS = [
    RejectedRow(
        row=7,
        cells={
            "Customer Code": "FL21",
            "Credit #": "CR-1007",
            "Credit Date": "2026-03-02",
            "Credit Balance": "120.00",
            "Comments": "late truck",
            "Our ref": "=1+1",
        },
        issues=[("Customer Code", "Customer Code “FL21” is not a customer.")],
    ),
    RejectedRow(
        row=12,
        cells={
            "Customer Code": "00219",
            "Credit Date": "03/04/2026",
            "Credit Balance": "-13.89",
            "Our ref": "",
        },
        issues=[
            ("Credit Date", "Credit Date “03/04/2026” can be read as two days."),
            ("Credit Balance", "Credit Balance must be a positive number."),
            ("Location Code", "Location Code is blank; fill it in."),
        ],
    ),
]
HOSTILE = [
    *("=cmd|' /C calc'!A0", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "'=1", '"=1'),
    *("00042", "1e5", "NULL", "TRUE", "#N/A", "1.234", "_x0041_", "_x000D_", "_x005F_x0041_", "a_x000a_b"),
    *(
        " lead",
        "trail ",
        "two\nlines",
        "a\tb",
        "<b>&amp;</b>",
        "]]>",
        "مرحبا",
        "👩‍🌾🌹",
        "a\u200bb",
        "\u00a0x",
    ),
]


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def rows(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def with_comment(text: str) -> bytes:
    return write_rejected(OPEN_CREDITS, [RejectedRow(row=2, cells={"Customer Code": "K7", "Comments": text})])


def test_it_has_the_headers_that_occurred_then_the_others_then_the_row_and_the_reasons() -> None:
    assert rows(write_rejected(OPEN_CREDITS, ROWS))[0] == [
        *(
            "Customer Code",
            "Credit #",
            "Credit Date",
            "Credit Balance",
            "Location Code",
            "Comments",
            "Our ref",
        ),
        *("Row in the upload", "Why not imported"),
    ]


def test_values_that_read_cleanly_are_real_and_everything_else_is_the_text_that_it_was() -> None:
    first, second = rows(write_rejected(OPEN_CREDITS, ROWS))[1:]
    assert first[:8] == ["FL21", "CR-1007", date(2026, 3, 2), 120.0, "", "late truck", "=1+1", 7]
    assert second[:8] == ["00219", "", "03/04/2026", -13.89, "", "", "", 12]


def test_a_row_of_several_sheets_is_told_with_its_sheet_and_others_by_their_number() -> None:
    cells = {"Customer Code": "K7"}
    written = (
        RejectedRow(row=7, cells=cells),
        RejectedRow(row=7, place="7", cells=cells),
        RejectedRow(row=2_000_007, place="February!7", cells=cells),
    )
    assert [line[-2] for line in rows(write_rejected(OPEN_CREDITS, written))[1:]] == [7, 7, "February!7"]


def test_numbers_and_days_that_excel_would_change_stay_the_text_that_they_were() -> None:
    cells = [("123456789012.345", "1900-03-01"), ("1234567890123.456", "1900-02-28"), ("0.50", "2026-03-02")]
    values = [{"Credit Balance": Decimal(a), "Credit Date": date.fromisoformat(day)} for a, day in cells]
    written = [
        RejectedRow(row=2, cells={"Credit Balance": a, "Credit Date": day}, values=known)
        for (a, day), known in zip(cells, values, strict=True)
    ]
    assert [line[:2] for line in rows(write_rejected(OPEN_CREDITS, written))[1:]] == [
        [date(1900, 3, 1), 123456789012.345],
        ["1900-02-28", "1234567890123.456"],
        [date(2026, 3, 2), 0.5],
    ]


def test_columns_are_as_wide_as_what_stands_in_them_within_bounds() -> None:
    texts = {"Credit #": "x" * 20, "Comments": "x" * 100, "Credit Date": "2026-03-02"}
    sheet = opened(write_rejected(OPEN_CREDITS, [RejectedRow(row=2, cells=texts, key="k")]))
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDE"]
    assert widths == [22, 15, 40, 20, 90], "the last two are the row and its reasons"
    assert [letter for letter in "ABCDEF" if sheet.column_dimensions[letter].hidden] == ["F"]


def test_an_amount_of_another_currency_stays_the_text_that_it_was() -> None:
    for currency, written in (("USD", ["€5", 5]), ("EUR", [5, "$5"])):
        texts = [RejectedRow(row=2, cells={"Credit Balance": text}) for text in ("€5", "$5")]
        content = write_rejected(OPEN_CREDITS, texts, currency=currency)
        assert [row[0] for row in rows(content)[1:]] == written


def test_a_value_is_written_as_it_was_read_where_the_text_alone_does_not_say() -> None:
    cells = {"Customer Code": "K7", "Credit Balance": "1.234", "Credit Date": "03/04/2026"}
    values = {"Credit Balance": Decimal("1.234"), "Credit Date": date(2026, 4, 3)}
    unsaid = rows(write_rejected(OPEN_CREDITS, [RejectedRow(row=2, cells=cells)]))[1]
    said = rows(write_rejected(OPEN_CREDITS, [RejectedRow(row=2, cells=cells, values=values)]))[1]
    assert unsaid[1:3] == ["03/04/2026", "1.234"]
    assert said[1:3] == [date(2026, 4, 3), 1.234]


@pytest.mark.parametrize("text", ["12345678901234567.5", "1899-12-31", "1900-02-28", "TBD", "", "1e308"])
def test_what_excel_would_change_stays_text(text: str) -> None:
    cells = {"Customer Code": "K7", "Credit Date": text, "Credit Balance": text}
    assert rows(write_rejected(OPEN_CREDITS, [RejectedRow(row=2, cells=cells)]))[1][1:3] == [text, text]


def test_cells_are_marked_with_their_reasons_and_the_last_column_has_them_all() -> None:
    sheet = opened(write_rejected(OPEN_CREDITS, ROWS))
    marked = {cell.coordinate: cell.comment.text for row in sheet["A2:I3"] for cell in row if cell.comment}
    assert marked == {
        "A2": "Customer Code “FL21” is not a customer.",
        "C3": "Credit Date “03/04/2026” can be read as two days.",
        "D3": "Credit Balance must be a positive number.",
        "E3": "Location Code is blank; fill it in.",
    }
    filled = [cell.coordinate for row in sheet["A2:I3"] for cell in row if cell.fill.fill_type == "solid"]
    assert filled == sorted(marked)
    assert sheet["I3"].value == "\n".join(marked[place] for place in ("C3", "D3", "E3"))


def test_a_reason_against_no_column_of_the_sheet_stands_in_the_last_column() -> None:
    row = RejectedRow(row=9, cells={"Customer Code": "K7"}, issues=[("", "Row 9 is hidden in Excel.")])
    assert rows(write_rejected(OPEN_CREDITS, [row]))[1] == ["K7", 9, "Row 9 is hidden in Excel."]


def test_our_own_headings_fit_no_column_and_do_not_pile_up() -> None:
    for type in ALL.values():
        for column in type.columns:
            assert not {ROW_HEADING.lower(), REASONS_HEADING.lower()} & {
                name.lower() for name in (column.name, *column.synonyms)
            }
    again = RejectedRow(row=2, cells={"Customer Code": "K7", ROW_HEADING: "7", REASONS_HEADING: "old"})
    assert rows(write_rejected(OPEN_CREDITS, [again])) == [
        ["Customer Code", ROW_HEADING, REASONS_HEADING],
        ["K7", 2, ""],
    ]


def test_no_rows_give_a_workbook_with_the_headers_of_the_type() -> None:
    assert rows(write_rejected(OPEN_CREDITS, [])) == [
        [*(column.name for column in OPEN_CREDITS.columns), ROW_HEADING, REASONS_HEADING]
    ]


def test_thousands_of_marks_keep_their_reasons_in_the_last_column_and_the_notes_within_bounds() -> None:
    many = [
        RejectedRow(row=n, cells={"Customer Code": f"X{n}"}, issues=[("Customer Code", f"X{n} is unknown.")])
        for n in range(2, 2_002)
    ]
    sheet = opened(write_rejected(OPEN_CREDITS, many))
    assert sum(1 for (cell,) in sheet["A2:A2001"] if cell.comment) == 1_000
    assert [cell.value for (cell,) in sheet["C2:C2001"]] == [f"X{n} is unknown." for n in range(2, 2_002)]
    assert sheet["A2001"].fill.fill_type == "solid"


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_a_formula_and_reads_back_byte_for_byte(text: str) -> None:
    content = with_comment(text)
    assert rows(content)[1][1] == text
    cell = opened(content)["B2"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    assert bool(cell.quotePrefix) == (text.lstrip()[:1] in set("=+-@") or text[0] in "\t\r")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"<f" not in package.read("xl/worksheets/sheet1.xml").replace(b"<family", b"")


def test_headers_and_reasons_are_text_too() -> None:
    row = RejectedRow(row=2, cells={"=evil()": "x", "\x00\ud800h": "y"}, issues=[("=evil()", "=1+1")])
    sheet = opened(write_rejected(OPEN_CREDITS, [row]))
    assert [(cell.value, cell.data_type) for cell in sheet[1]][:2] == [("=evil()", "s"), ("h", "s")]
    assert [(cell.value, cell.data_type) for cell in sheet[2]][-1] == ("=1+1", "s")
    assert sheet["A2"].comment.text == "=1+1"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x07c\x1fd", "abcd"),
        ("a\ud800b\udfffc", "abc"),
        ("a\ufffeb\uffffc", "abc"),
        ("tab\tline\nreturn\r", "tab\tline\nreturn\r"),
        ("x" * 40_000, "x" * LONGEST),
        ("🌹" * 20_000, "🌹" * (LONGEST // 2)),
    ],
)
def test_what_no_workbook_can_hold_is_left_out(text: str, kept: str) -> None:
    assert writable(text) == kept
    assert rows(with_comment(text))[1][1] == kept


@settings(deadline=None, max_examples=tries(30))
@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_any_text_reads_back_as_what_is_writable_of_it(text: str) -> None:
    content = with_comment(text)
    assert rows(content)[1][1] == writable(text)
    assert (opened(content)["B2"].value or "") == writable(text)


def test_libreoffice_shows_every_text_as_itself(tmp_path: Path) -> None:
    visible = [text for text in HOSTILE if "\r" not in text]
    content = write_rejected(
        OPEN_CREDITS,
        [
            RejectedRow(row=n, cells={"Customer Code": "K7", "Comments": t}, issues=[("Comments", t)])
            for n, t in enumerate(visible, start=2)
        ],
    )
    shown = sheet_as_libreoffice_sees_it(content, tmp_path)
    assert [row[1] for row in shown[1:]] == visible
