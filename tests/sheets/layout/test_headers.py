"""The header row is found, its columns are matched or asked about, and total lines are recognised."""

import pytest

from komet_import.refusal import SheetRefusal
from komet_import.sheets.files import reader
from komet_import.sheets.layout import arrangement
from komet_import.sheets.layout.header import header_row
from komet_import.sheets.layout.header.fitting_types import better_type
from komet_import.sheets.layout.header.header_row import wanted
from komet_import.sheets.layout.sheet import Header, Sheet
from komet_import.sheets.layout.values.amounts import read_amount
from komet_import.sheets.layout.values.doubt import Doubt
from komet_import.sheets.worksheet import Held, Worksheet
from komet_import.types import CUSTOMERS, OPEN_CREDITS, ImportType
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.data import workbooks
from tests.sheets.layout import sheets

Cell = str | int | float | None
ROW: tuple[Cell, ...] = ("FL219", "CR-1", "2026-03-02", 12.5, "MIA", "late")


def worksheet(rows: list[list[Cell]], **options: object) -> Worksheet:
    content = workbooks.workbook(workbooks.table(rows, **options))  # type: ignore[arg-type]
    return reader.read(content, "march.xlsx")


def found(names: list[Cell], type: ImportType = OPEN_CREDITS) -> Header:
    return header_row.find(worksheet([names, ["x"] * len(names)]), type)


def refusal(rows: list[list[Cell]], type: ImportType = OPEN_CREDITS) -> SheetRefusal:
    with pytest.raises(SheetRefusal) as refused:
        header_row.find(worksheet(rows), type)
    return refused.value


def arranged(rows: list[list[Cell]]) -> Sheet:
    seen = worksheet(rows)
    return arrangement.arrange(seen, header_row.find(seen, OPEN_CREDITS), OPEN_CREDITS)


CERTAIN = [
    ("Customer Code", "Customer Code"),
    ("CUSTOMER  CODE", "Customer Code"),
    ("customer_code", "Customer Code"),
    ("CustomerCode", "Customer Code"),
    ("Customer Code *", "Customer Code"),
    ("Customer Code (required)", "Customer Code"),
    ("Cust. Code", "Customer Code"),
    ("Customer No.", "Customer Code"),
    ("Customer #", "Customer Code"),
]


@pytest.mark.parametrize(("text", "name"), CERTAIN)
def test_case_spaces_and_punctuation_do_not_matter(text: str, name: str) -> None:
    header = found([text, "Credit Date", "Credit Balance"])
    assert header.columns == {"A": name, "B": "Credit Date", "C": "Credit Balance"}
    assert header.doubtful == {}


DOUBTFUL = [
    ("Amt", "Credit Balance"),
    ("Credit Amt", "Credit Balance"),
    ("Credit Bal", "Credit Balance"),
    ("Credit Balence", "Credit Balance"),
    ("Saldo", "Credit Balance"),
    ("Monto", "Credit Balance"),
]


@pytest.mark.parametrize(("text", "name"), DOUBTFUL)
def test_a_header_that_only_resembles_a_column_is_a_question(text: str, name: str) -> None:
    header = found(["Customer Code", "Credit Date", text])
    assert header.columns == {"A": "Customer Code", "B": "Credit Date"}
    assert header.doubtful == {"C": name}


@pytest.mark.parametrize(
    "text",
    ["Credit Limit", "Balance Type", "Customer", "Code", "Invoice Balance", "Date Due"],
)
def test_a_single_shared_word_is_no_likeness(text: str) -> None:
    header = found(["Customer Code", "Credit Date", text])
    assert header.ignored == ("C",)
    assert not header.doubtful and not header.rivals


def test_the_name_of_a_column_is_stronger_than_a_synonym() -> None:
    header = found(["Customer", "Customer Code", "Date", "Credit Date", "Amount", "Credit Balance"])
    assert header.columns == {"B": "Customer Code", "D": "Credit Date", "F": "Credit Balance"}
    assert header.ignored == ("A", "C", "E")
    assert header.doubtful == {}


def test_two_different_synonyms_of_one_column_are_a_question() -> None:
    sheet = arranged([["Customer Code", "Credit Date", "Credit Amount", "Open Balance"], ["F", "d", 1, 2]])
    assert sheet.header.columns == {"A": "Customer Code", "B": "Credit Date"}
    assert sheet.header.rivals == {"Credit Balance": ("C", "D")}
    assert sheet.header.doubtful == {}


def test_of_a_header_that_stands_twice_none_is_taken() -> None:
    sheet = arranged([["Customer Code", "Credit Date", "Credit Balance", "Credit Balance"], ["F", "d", 1, 2]])
    assert sheet.header.columns == {"A": "Customer Code", "B": "Credit Date"}
    assert sheet.header.rivals == {"Credit Balance": ("C", "D")}
    assert list(sheet.rows.columns) == [
        "Customer Code",
        "Credit Date",
        "Credit Balance (C)",
        "Credit Balance (D)",
    ]
    assert sheet.notes == ()


def test_the_header_is_found_below_titles_and_blank_rows() -> None:
    rows: list[list[Cell]] = [
        ["Rosas del Valle"],
        ["Credit report", None, "March"],
        [],
        list(workbooks.HEADERS),
    ]
    header = header_row.find(worksheet([*rows, list(ROW)], first=3), OPEN_CREDITS)
    assert header.row == 6
    assert header.headers["D"] == "Credit Balance"
    assert len(header.columns) == 6


@pytest.mark.parametrize(
    "page", ["Open Credits | | Page {}", "Printed by rita, page {}", "Open Credits (continued)"]
)
def test_the_headings_of_the_next_page_are_no_better_than_the_first_ones(page: str) -> None:
    head = "Customer Code | Credit Date | Credit Balance"
    pages = [f"{page.format(place)}\n{head}\nFL200 | 2026-11-0{place} | {place}" for place in (1, 2, 3)]
    assert sheets.found("\n".join(pages) + "\nFL201 | 2026-11-04 | 4").row == 2


def test_a_sheet_without_headers_says_what_it_lacks() -> None:
    refused = refusal([list(ROW), list(ROW)])
    assert refused.code == "no-header"
    assert "sample template for Open Credits" in refused.message


def test_missing_columns_are_left_to_a_person_where_something_fits() -> None:
    header = found(["Customer Code", "Comments"])
    assert header.columns == {"A": "Customer Code", "B": "Comments"}


def test_missing_columns_are_named_where_a_pivot_table_is_all_there_is() -> None:
    refused = refusal([["Customer Code", "Sum of Amount"], ["FL219", 5]])
    assert refused.code == "missing-column"
    assert "“Credit Date” and “Credit Balance” (headers are in row 1)" in refused.message


def test_a_missing_location_is_left_to_the_judgement_of_rows() -> None:
    assert "Location Code" not in found(["Customer Code", "Credit Date", "Credit Balance"]).columns.values()


def test_nothing_below_the_header_is_said() -> None:
    assert refusal([list(workbooks.HEADERS)]).code == "no-rows"
    assert refusal([list(workbooks.HEADERS), [" ", "\u00a0"]]).code == "no-rows"


def test_an_empty_sheet_is_said_to_be_empty() -> None:
    assert refusal([]).code == "empty-sheet"


def test_a_sheet_of_another_type_is_called_by_its_type() -> None:
    customers: list[list[Cell]] = [["Customer Code", "Customer Name", "Active"], ["FL219", "Rosas", "yes"]]
    refused = refusal(customers)
    assert (refused.code, "holds Customers, not Open Credits" in refused.message) == ("wrong-type", True)
    refused = refusal([list(workbooks.HEADERS), list(ROW)], CUSTOMERS)
    assert (refused.code, "holds Open Credits, not" in refused.message) == ("wrong-type", True)


def test_rows_are_arranged_in_the_order_of_the_type() -> None:
    sheet = arranged(
        [
            ["Internal", "Credit Balance", None, "Customer Code", "Credit Date"],
            ["i", 1.5, None, "FL1", "2026-03-02"],
            [" ", None, None, "\u00a0"],
            [None, 2, None, "FL2", "2026-03-03", "stray"],
        ]
    )
    assert list(sheet.rows.columns) == [
        "Customer Code",
        "Credit Date",
        "Credit Balance",
        "Internal",
        "Column F",
    ]
    assert list(sheet.rows.index) == [2, 4]
    assert sheet.rows.loc[4].tolist() == ["FL2", "2026-03-03", "2", "", "stray"]
    assert sheet.held.tolist() == [
        [Held.TEXT, Held.TEXT, Held.NUMBER, Held.TEXT, Held.TEXT],
        [Held.TEXT, Held.TEXT, Held.NUMBER, Held.TEXT, Held.TEXT],
    ]


def test_hidden_rows_stay_and_are_listed() -> None:
    rows = workbooks.table([list(workbooks.HEADERS)]) + workbooks.row(2, ROW, attributes=' hidden="1"')
    seen = reader.read(workbooks.workbook(rows + workbooks.row(3, ROW)), "march.xlsx")
    sheet = arrangement.arrange(seen, header_row.find(seen, OPEN_CREDITS), OPEN_CREDITS)
    assert (list(sheet.rows.index), sheet.hidden_rows) == ([2, 3], {2})


TOTALS: list[tuple[list[Cell], bool]] = [
    (["Total", None, None, 25], True),
    (["TOTAL:", None, None, 25], True),
    (["Grand Total", None, None, 99], True),
    (["Subtotal", None, None, 25], True),
    (["Suma", None, None, 25], True),
    (["Gesamtsumme", None, None, 25], True),
    (["Total général", None, None, 25], True),
    ([None, None, "Total", 25], True),
    ([None, None, None, 25, None, "Total credits"], True),
    ([None, None, None, 25], True),
    ([None, None, None, 24], False),
    (["Total", "CR-9", "2026-03-02", 25], False),
    (["TOTALFLOR", None, "2026-03-02", 25], False),
    (["FL3", None, None, 25], False),
    ([None, None, None, 25, None, "late"], False),
]


@pytest.mark.parametrize(("line", "is_total"), TOTALS, ids=[str(line) for line, _ in TOTALS])
def test_total_lines_are_recognised_and_stay_among_the_rows(line: list[Cell], is_total: bool) -> None:
    sheet = arranged([list(workbooks.HEADERS), list(ROW), list(ROW), [], line])
    assert list(sheet.rows.index) == [2, 3, 5]
    assert sheet.total_rows == ((5,) if is_total else ())


def test_a_sum_below_a_labelled_subtotal_is_a_total_too() -> None:
    lines: list[list[Cell]] = [["Subtotal", None, None, 25], [None, None, None, 25]]
    assert arranged([list(workbooks.HEADERS), list(ROW), list(ROW), *lines]).total_rows == (4, 5)


def test_an_amount_that_excel_shows_in_another_currency_is_a_text_that_says_so() -> None:
    """Read as dollars, 12.50 euros would be 12.50 dollars."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>FL{n}</t></is></c>'
        f'<c r="B{n}" s="{style}"><v>46083</v></c><c r="C{n}" s="{style}"><v>{amount}</v></c></row>'
        for n, style, amount in ((2, 1, 12.5), (3, 2, 12.5), (4, 1, 1.234), (5, 1, -3), (6, 0, 7))
    )
    names = workbooks.row(1, ["Customer Code", "Credit Date", "Credit Balance"])
    content = workbooks.workbook(names + rows, styles=workbooks.styles("[$€-407] 0.00", '"$"0.00'))
    seen = reader.read(content, "march.xlsx", wanted=wanted(OPEN_CREDITS))
    sheet = arrangement.arrange(seen, header_row.find(seen, OPEN_CREDITS), OPEN_CREDITS)
    assert sheet.rows["Credit Balance"].tolist() == ["€ 12.50", "12.5", "€ 1.2340", "€ -3", "7"]
    assert sheet.held[:, 2].tolist() == [Held.TEXT, Held.NUMBER, Held.TEXT, Held.TEXT, Held.NUMBER]
    assert set(sheet.rows["Credit Date"]) == {"46083"}
    read = [
        read_amount(text, Held.TEXT, currency="USD") for text in sheet.rows["Credit Balance"].iloc[[0, 2, 3]]
    ]
    assert [doubt.code for doubt in read if isinstance(doubt, Doubt)] == ["other-currency"] * 3


@pytest.mark.parametrize("chosen", [OPEN_CREDITS, OPEN_INVOICES], ids=lambda type: type.slug)
def test_of_two_types_of_which_a_sheet_says_as_much_the_chosen_one_stays(chosen: ImportType) -> None:
    made = worksheet([["Customer Code", "Number", "Date", "Amount"], ["FL200", "A1", "2026-11-01", 10.0]])
    assert better_type(made, chosen) is None
    assert better_type(made, CUSTOMERS) is OPEN_CREDITS


def test_an_empty_form_gives_way_to_the_headings_with_rows_below_them() -> None:
    form = "Customer Code | Credit # | Credit Date | Credit Balance"
    rows = "FL200 | C1 | 2026-11-13 | 5"
    header = sheets.found(f"{form}\n|\nPaste below:\n{form}\n{rows}\nFL201 | C2 | 2026-11-14 | 6")
    assert header.row == 4 and not header.doubtful
    of_a_page = sheets.found(f"{form}\n{rows}\n{form}\nFL201 | C2 | 2026-11-14 | 6")
    assert of_a_page.row == 1
