"""Rows as their recognition looks at them: which amounts there are, and which rows are odd."""

import numpy as np
import pyarrow as pa
import pytest

from komet_import.sheets.layout.rows.lines import Lines, amounts, blank
from komet_import.sheets.worksheet import Held
from komet_import.types import CUSTOMERS, OPEN_CREDITS, ImportType, Meaning
from tests.sheets.layout.sheets import found, sheet

TEXT, NUMBER, VEILED = Held.TEXT, Held.NUMBER, Held.VEILED


@pytest.mark.parametrize(
    ("text", "held", "millionths"),
    [
        ("12.5", TEXT, 12_500_000), ("12.5", NUMBER, 12_500_000), ("12.5", VEILED, 12_500_000),
        ("(5.00)", TEXT, -5_000_000), ("(5.00)", VEILED, -5_000_000), ("5-", TEXT, -5_000_000),
        ("1,234.50", TEXT, 1_234_500_000), ("$7", TEXT, 7_000_000), ("1.2345678", NUMBER, 1_234_568),
        ("999999999", NUMBER, 999_999_999_000_000), ("-999999999.5", NUMBER, -999_999_999_500_000),
        ("999999999.4", TEXT, 999_999_999_400_000), ("1,000,000,000", TEXT, None),
        ("(1,000,000,000)", TEXT, None), ("1000000000", NUMBER, None), ("-1000000000", NUMBER, None),
        ("1000000000", TEXT, None),
        ("999,999,999", TEXT, 999_999_999_000_000), ("inf", NUMBER, None), ("0.1234567", TEXT, None),
        ("x", TEXT, None), ("", TEXT, None), (" ", TEXT, None), ("€ 5", TEXT, None), ("", NUMBER, None),
        ("12.5", Held.DATE, None), ("5", Held.BOOLEAN, None), ("5", Held.UNCALCULATED, None),
    ],
)  # fmt: skip
def test_an_amount_is_what_stands_there_where_that_has_one_reading(
    text: str, held: Held, millionths: int | None
) -> None:
    for beside in ([("1", NUMBER)], [("y", TEXT), ("2", TEXT)], []):
        cells = [*beside, (text, held)]
        money, readable = amounts(
            pa.array([text for text, _ in cells]), np.array([kind for _, kind in cells], dtype=np.uint8)
        )
        assert (int(money[-1]) if readable[-1] else None) == millionths
        assert readable[-1] or not money[-1]


def test_a_text_of_nothing_but_blanks_is_blank() -> None:
    assert blank(pa.array(["", " ", "\u00a0", "x", " x "])).tolist() == [True, True, True, False, False]


TABLE = """
    Customer Code | Credit # | Credit Date | Credit Balance | Shelf
    FL200 | C1 | 2026-11-01 | 10.00 | a
    FL201 | | 2026-11-02 | 20.00
    FL202 | C3 | | 30.00
    | C4 | 2026-11-04 | 40.00

    FL203 | C5 | 2026-11-05
    FL204 | C6 | 2026-11-06 | soon
    FL200 | C7 | 2026-11-07 | 50.00

    Total
"""


def lines(text: str = TABLE, type: ImportType = OPEN_CREDITS) -> Lines:
    one, header = sheet(text), found(text, type)
    below = one.text.index > header.row
    names = {letter: header.columns.get(letter, header.headers[letter]) for letter in one.text.columns}
    return Lines(
        worksheet=one,
        header=header,
        type=type,
        rows=one.text.loc[below].rename(columns=names),
        held=one.held[below],
        letters={name: letter for letter, name in names.items()},
    )


def test_a_row_is_odd_that_lacks_what_each_row_has_or_an_amount() -> None:
    these = lines()
    assert these.numbers[these.odd].tolist() == [4, 5, 7, 8, 11]
    assert these.numbers[these.readable].tolist() == [2, 3, 4, 5, 9]
    assert these.money.tolist() == [10_000_000, 20_000_000, 30_000_000, 40_000_000, 0, 0, 50_000_000, 0]
    assert these.filled.tolist() == [5, 3, 3, 3, 3, 4, 4, 1]
    assert these.numbers[these.past_gap].tolist() == [7, 8, 11], "below a blank row, and no row of data since"
    listed = lines("Customer Code | Customer Name\nC1 | Bloom\nC2 |\n | Petal", CUSTOMERS)
    assert listed.numbers[listed.odd].tolist() == [3, 4] and not listed.readable.any()


def test_columns_are_asked_for_by_what_they_mean() -> None:
    these = lines()
    assert these.ours == ("Customer Code", "Credit #", "Credit Date", "Credit Balance")
    assert these.needed == ("Customer Code", "Credit Date")
    assert (these.whose, these.money_column) == ("Customer Code", "Credit Balance")
    assert these.column(Meaning.LOCATION) is None and these.column(Meaning.NUMBER) == "Credit #"
    listed = lines("Customer Code | Customer Name\nC1 | Bloom\nC2 | Petal", CUSTOMERS)
    assert (listed.whose, listed.money_column) == ("Customer Code", None)
    bare = lines("Customer Code | Credit Date\nFL200 | 2026-11-01\nFL201 | 2026-11-02")
    assert bare.money_column is None and not bare.money.any()


def test_filled_cells_are_told_by_column() -> None:
    these = lines()
    first = {
        "Customer Code": "FL200",
        "Credit #": "C1",
        "Credit Date": "2026-11-01",
        "Credit Balance": "10.00",
    }
    assert these.cells(0) == {**first, "Shelf": "a"}
    assert these.cells_of(np.array([7, 0])) == [{"Customer Code": "Total"}, {**first, "Shelf": "a"}]
    assert these.text(0, "Shelf") == "a" and these.held_as("Shelf").tolist() == [TEXT] * 8


@pytest.mark.parametrize(
    ("amount", "slack"), [("10.00", 0), ("10.001", 0), ("10.0001", 5_000), ("10.0009", 5_000)]
)
def test_a_sum_may_be_off_where_amounts_have_more_decimals_than_money(amount: str, slack: int) -> None:
    assert lines(TABLE.replace("10.00", amount)).slack == slack
