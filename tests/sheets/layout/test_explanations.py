"""Lines right below the headings that say what the columns hold: they are no rows, and hide none."""

from dataclasses import replace

import pytest

from komet_import.sheets.layout import arrangement
from komet_import.sheets.layout.header import header_row
from komet_import.sheets.layout.rows.explanations import is_format
from komet_import.types import OPEN_CREDITS
from tests.sheets.layout.test_other_rows import HEAD, Line, arranged, below, credit, kinds, worksheet

ROWS = (credit("FL200", "A1", 10), credit("FL201", "A2", 20))


@pytest.mark.parametrize(
    "line",
    [
        ("Required", "Optional", "Required", "Required", "Optional"),
        ("text", "text", "date", "number", "text"),
        ("text", "text", "date", "USD", None),
        (None, None, None, "USD", None),
        ("varchar(20)", "varchar(20)", "date", "decimal(12,2)", "varchar(255)"),
        ("Mandatory", "Mandatory", "MM/DD/YYYY", "Numeric", "Free text"),
        ("Required, text", "Text (max. 20)", "Required - yyyy-mm-dd", "Number", "Optional: max 255 chars"),
        ("Obligatorio", "Opcional", "Obligatorio", "Obligatorio", "Opcional"),
        ("Pflichtfeld", "Text", "TT.MM.JJJJ", "Zahl", "Freitext"),
        ("Verplicht", "Tekst", "dd-mm-jjjj", "Getal", None),
        ("Komet customer code", "Your credit number", "Date of the credit", "Amount in USD", "Anything"),
    ],
)
def test_a_line_that_says_what_the_columns_hold_is_set_aside_and_the_rows_stand(line: Line) -> None:
    assert kinds(below(line, *ROWS)) == {2: ("repeated-header", True)}
    assert kinds(below(line, ("Text", "Text", "Date", "Number"), *ROWS)) == dict.fromkeys(
        (2, 3), ("repeated-header", True)
    )


@pytest.mark.parametrize("unit", ["EUR", "Amount in EUR", "Amount in thousands", "Credit Balance (kUSD)"])
@pytest.mark.parametrize("before", [(), (("Required", "Optional", "Required", "Required"),)])
def test_another_currency_or_thousands_in_such_a_line_is_asked_about(
    unit: str, before: tuple[Line, ...]
) -> None:
    words = ("text", "text", "date") if unit == "EUR" else ("Customer", "Credit No.", "Date")
    seen = worksheet(HEAD, *before, (*words, unit), *ROWS)
    header = header_row.find(seen, OPEN_CREDITS)
    row = 2 + len(before)
    assert header.doubtful == {"D": "Credit Balance"}
    assert str(header.evidence["D"]) == f"row {row} says “{unit}”"
    answered = replace(header, columns={**header.columns, **header.doubtful}, doubtful={})
    sheet = arrangement.arrange(seen, answered, OPEN_CREDITS)
    assert kinds(sheet) == dict.fromkeys(range(2, row + 1), ("repeated-header", True))


@pytest.mark.parametrize(
    "line",
    [
        ("Customer Code", "Invoice #", "Invoice Date", "Invoice Balance", None),
        ("Credit Date", "Customer Code", "Credit #", "Credit Balance", None),
        ("Salesperson", "Customer Code", "Date", "Credit Balance", "Credit #"),
    ],
)
def test_where_such_a_line_says_something_else_the_rows_wait_and_none_is_lost(line: Line) -> None:
    assert kinds(arranged(HEAD, line, *ROWS)) == dict.fromkeys((2, 3, 4), ("other-table", False))


@pytest.mark.parametrize("line", [("text", "text"), ("Required", "Optional", "Required", "Required")])
def test_further_down_and_below_a_gap_such_words_are_a_row_to_be_looked_at(line: Line) -> None:
    assert kinds(below(ROWS[0], line, ROWS[1])) == {}
    assert kinds(below((), line, *ROWS)) == {}


@pytest.mark.parametrize(
    "text", ["", "12", "(12,2)", "FL200", "MAY", "Text for Jim", "short-paid", "20 stems", "Miami"]
)
def test_what_may_be_data_says_no_format(text: str) -> None:
    assert not is_format(text)
