"""The sample: what a person sees in Excel, and that it imports as it is."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from komet_import.sheets.workbooks.instructions import COLORS
from komet_import.sheets.workbooks.lists import SampleCustomer
from komet_import.sheets.workbooks.sample import write_sample
from komet_import.types import ALL, CUSTOMERS, OPEN_CREDITS, ImportType, Need, Sign
from tests.sheets.soffice import sheet_as_libreoffice_sees_it

CUSTOMERS_OF_THE_COMPANY = (
    SampleCustomer(code="FL219", name="Rosas del Valle", location="MIA"),
    SampleCustomer(code="00042", name="=Blooms & Co.", location="BOG"),
    SampleCustomer(code="X9", name="Nowhere Florist"),
    SampleCustomer(code="K7", name="Jardín Ñuñoa", location="MIA"),
)
LOCATIONS = (("MIA", "Miami"), ("BOG", "Bogotá"))
TODAY = date(2026, 3, 31)


def sample(
    type: ImportType = OPEN_CREDITS,
    customers: Sequence[SampleCustomer] = CUSTOMERS_OF_THE_COMPANY,
    locations: Sequence[tuple[str, str]] = LOCATIONS,
    **options: Any,
) -> bytes:
    return write_sample(type, customers=customers, locations=locations, today=TODAY, **options)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(content: bytes, sheet: int | str = 0) -> list[list[Any]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    name = workbook.sheet_names[sheet] if isinstance(sheet, int) else sheet
    return workbook.get_sheet_by_name(name).to_python()


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("type", ALL.values(), ids=ALL)
def test_the_first_sheet_has_the_columns_of_the_type_in_their_order(type: ImportType) -> None:
    workbook = opened(sample(type))
    assert workbook.sheetnames == [type.title, "Instructions", "Lists"]
    assert [cell.value for cell in workbook.worksheets[0][1]] == [column.name for column in type.columns]
    assert workbook.worksheets[0].freeze_panes == "A2"


def test_the_headers_have_the_colour_and_the_words_of_their_need() -> None:
    header = {cell.value: cell for cell in opened(sample()).worksheets[0][1]}
    for name, colour, words in (
        ("Customer Code", COLORS[Need.REQUIRED], "Required (green)."),
        ("Comments", COLORS[Need.OPTIONAL], "Optional (red)."),
        (
            "Location Code",
            COLORS[Need.MULTI_LOCATION],
            "Required for companies with several locations (blue)",
        ),
    ):
        assert header[name].fill.fgColor.rgb[-6:] == colour
        assert header[name].comment.text.startswith(words)
        assert OPEN_CREDITS.column(name).rule in header[name].comment.text
    red, green, blue = (
        int(COLORS[Need.OPTIONAL], 16),
        int(COLORS[Need.REQUIRED], 16),
        int(COLORS[Need.MULTI_LOCATION], 16),
    )
    assert red >> 16 > 0x80 > red >> 8 & 0xFF  # red is red, and so on
    assert green >> 8 & 0xFF > green >> 16
    assert blue & 0xFF > blue >> 16


@pytest.mark.parametrize("colour", COLORS.values())
def test_white_text_is_readable_on_every_header_colour(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_whole_columns_have_the_format_of_what_they_hold() -> None:
    sheet = opened(sample()).worksheets[0]
    formats = {
        sheet[f"{letter}1"].value: sheet.column_dimensions[letter].number_format for letter in "ABCDEF"
    }
    assert formats == {
        "Customer Code": "@",
        "Credit #": "@",
        "Credit Date": "yyyy-mm-dd",
        "Credit Balance": "0.00#",
        "Location Code": "@",
        "Comments": "@",
    }


def test_the_example_rows_are_real_values_of_existing_customers_at_their_own_locations() -> None:
    content = sample()
    assert rows(content)[1:] == [
        ["FL219", "CR-1001", date(2026, 3, 25), 125.5, "MIA", "Example: boxes arrived late"],
        ["00042", "CR-1002", date(2026, 3, 27), 48.0, "BOG", "Example: short shipment, 2 bunches"],
        ["K7", "CR-1003", date(2026, 3, 29), 310.075, "MIA", "Example: price agreed by phone"],
    ]
    sheet = opened(content).worksheets[0]
    assert [sheet["C2"].number_format, sheet["D2"].number_format] == ["yyyy-mm-dd", "0.00#"]
    assert "example" in sheet["A2"].comment.text


def test_one_customer_is_enough_for_the_examples_and_none_leaves_only_the_header() -> None:
    one = sample(customers=CUSTOMERS_OF_THE_COMPANY[:1])
    assert [row[0] for row in rows(one)[1:]] == ["FL219"] * 3
    assert len({row[1] for row in rows(one)[1:]}) == 3
    empty = sample(customers=(), locations=())
    assert len(rows(empty)) == 1
    assert [
        v.type for v in opened(empty).worksheets[0].data_validations.dataValidation if v.type == "list"
    ] == []


def test_where_nobody_has_a_location_but_needs_one_no_example_could_be_imported() -> None:
    assert len(rows(sample(customers=CUSTOMERS_OF_THE_COMPANY[2:3]))) == 1
    assert len(rows(sample(customers=CUSTOMERS_OF_THE_COMPANY[2:3], locations=LOCATIONS[:1]))) == 4


def test_codes_are_offered_from_the_lists_sheet_however_many_there_are() -> None:
    many = [SampleCustomer(code=f"C{n:05}", name=f"Customer {n}", location="MIA") for n in range(3000)]
    workbook = opened(sample(customers=many))
    validations = {str(v.sqref): v for v in workbook.worksheets[0].data_validations.dataValidation}
    customer, location = validations["A2:A1048576"], validations["E2:E1048576"]
    assert (customer.type, customer.formula1) == ("list", "Lists!$A$2:$A$3001")
    assert (location.type, location.formula1) == ("list", "Lists!$D$2:$D$3")
    assert customer.errorStyle == "warning"  # the customer may be newer than the sample
    listed = [[cell.value for cell in column] for column in workbook["Lists"].iter_cols(max_row=3)]
    assert listed[0] == ["All active customers", "C00000", "C00001"]
    assert listed[1][1:] == ["Customer 0", "Customer 1"]
    assert listed[3][1:] == ["MIA", "BOG"]


def test_what_can_never_be_imported_is_stopped_while_it_is_typed() -> None:
    validations = opened(sample()).worksheets[0].data_validations.dataValidation
    stops = {v.type: (v.operator, v.formula1) for v in validations if v.errorStyle in (None, "stop")}
    assert stops["decimal"] == ("greaterThan", "0")
    assert stops["date"] == ("greaterThanOrEqual", "36526")
    assert stops["textLength"][0] == "lessThanOrEqual"


def test_the_instructions_name_every_column_with_need_rule_and_example() -> None:
    told = rows(sample(), "Instructions")
    start = next(index for index, row in enumerate(told) if row[0] == "Heading")
    assert [row[0] for row in told[start + 1 :]] == [column.name for column in OPEN_CREDITS.columns]
    assert told[start + 1] == [
        "Customer Code",
        "Required (green).",
        "The code of an existing, active customer, at most 20 characters.",
        "FL219",
    ]
    assert any("grey example rows" in row[0] for row in told)
    assert any("2 locations, so Location Code is required" in row[0] for row in told)


@pytest.mark.parametrize("type", ALL.values(), ids=ALL)
def test_the_instructions_tell_of_the_colors_that_there_are(type: ImportType) -> None:
    (told,) = [row[0] for row in rows(sample(type), "Instructions") if row[0].startswith("Green headings")]
    assert ("blue ones" in told) == any(column.need is Need.MULTI_LOCATION for column in type.columns)


def test_control_totals_are_told_with_the_sign_that_amounts_have() -> None:
    minus = replace(OPEN_CREDITS, sign=Sign.NEGATIVE)
    for type, said in ((OPEN_CREDITS, "Amount 8722.50,"), (minus, "Amount -8722.50,")):
        assert any(said in row[0] for row in rows(sample(type), "Instructions"))


def test_no_other_sheet_of_the_sample_has_headings_that_fit_a_column() -> None:
    known = {
        re.sub(r"\W", "", name).lower()
        for type in ALL.values()
        for column in type.columns
        for name in (column.name, *column.synonyms)
    }
    for type in ALL.values():
        for name in ("Instructions", "Lists"):
            for row in rows(sample(type), name):
                fitting = [v for v in row if re.sub(r"\W", "", str(v)).lower() in known]
                assert len(fitting) <= 1, row


def test_existing_customers_are_written_as_the_text_that_they_are() -> None:
    existing = [
        {
            "Customer Code": "00042",
            "Customer Name": "=HYPERLINK(1)",
            "Location Codes": "MIA:BOG",
            "Active": "yes",
        },
        {"Customer Code": "1e5", "Customer Name": "Ñandú 🌹", "Accounting Code": "+1"},
    ]
    content = sample(CUSTOMERS, existing=existing)
    assert rows(content)[1:] == [
        ["00042", "=HYPERLINK(1)", "MIA:BOG", "", "", "", "yes"],
        ["1e5", "Ñandú 🌹", "", "+1", "", "", ""],
    ]
    sheet = opened(content).worksheets[0]
    assert [sheet[c].data_type for c in ("A2", "B2", "A3", "D3")] == ["s"] * 4
    assert sheet["B2"].quotePrefix
    assert not any("grey example rows" in str(row[0]) for row in rows(content, "Instructions"))
    assert len(rows(sample(CUSTOMERS, existing=[]))) == 1


@pytest.mark.parametrize("type", ALL.values(), ids=ALL)
def test_no_sample_holds_a_formula_or_a_macro(type: ImportType) -> None:
    with zipfile.ZipFile(io.BytesIO(sample(type))) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in package.read(name)


def test_libreoffice_shows_the_sample_as_it_was_written(tmp_path: Path) -> None:
    shown = sheet_as_libreoffice_sees_it(sample(), tmp_path)
    assert shown[0] == [column.name for column in OPEN_CREDITS.columns]
    assert shown[2][:5] == ["00042", "CR-1002", "2026-03-27", "48.00", "BOG"]
    assert Decimal(shown[3][3]) == Decimal("310.075")


def test_libreoffice_shows_the_lists(tmp_path: Path) -> None:
    shown = sheet_as_libreoffice_sees_it(sample(), tmp_path, number=3)
    assert [row[:2] for row in shown[1:3]] == [["FL219", "Rosas del Valle"], ["00042", "=Blooms & Co."]]
