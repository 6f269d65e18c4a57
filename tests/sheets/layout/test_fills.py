"""Texts that are proposed for blank cells: what stands above, in a merged cell, or said to be the same."""

from dataclasses import replace

import pytest

from komet_import.sheets.layout import arrangement
from komet_import.sheets.layout.rows.fills import is_label
from komet_import.sheets.layout.sheet import Sheet
from komet_import.types import OPEN_CREDITS
from tests.sheets.layout.sheets import found, sheet

HEAD = "Customer Code | Credit # | Credit Date | Credit Balance | Location Code | Comments"


def arranged(*lines: str, merges: tuple[str, ...] = ()) -> Sheet:
    text = "\n".join([HEAD, *lines])
    return arrangement.arrange(replace(sheet(text), merges=merges), found(text), OPEN_CREDITS)


def parties(*codes: str) -> Sheet:
    """Rows that lack nothing but their customer, here and there."""
    return arranged(
        *(f"{code} | N{n}x{n} | 2026-11-{n + 1:02} | {10 + n * n / 7:.2f}" for n, code in enumerate(codes))
    )


@pytest.mark.parametrize(
    ("codes", "filled"),
    [
        ("FL200 - FL201 -", {3: "FL200", 5: "FL201"}),
        ("FL200 - - FL201", {3: "FL200", 4: "FL200"}),
        ("- FL200 - FL201", {4: "FL200"}),  # nothing stands above the first one
        ("A - B - C D E F G H", {3: "A", 5: "B"}),  # one in five
        ("A - B - C D E F G H I", {}),
        ("A A - B -", {4: "A", 6: "B"}),
        ("A A - B B -", {}),  # as many rows repeat what stands above them
    ],
)
def test_a_customer_stands_on_the_first_row_of_its_group_where_enough_are_blank(
    codes: str, filled: dict[int, str]
) -> None:
    sheet = parties(*("" if code == "-" else code for code in codes.split()))
    assert sheet.fills == {row: {"Customer Code": code} for row, code in filled.items()}
    assert sheet.merged_fills == {}


def test_with_the_customer_the_day_and_the_place_of_a_group_are_proposed_and_no_number_or_amount() -> None:
    sheet = arranged(
        "FL200 | C1 | 2026-11-01 | 10.00 | MIA | late",
        " | | | 20.00 | |",
        "FL201 | C3 | 2026-11-03 | 30.00 | LAX |",
        " | C4 | 2026-11-04 | 40.00 | |",
        "FL202 | C5 | | 50.00 | |",
    )
    assert sheet.fills == {
        3: {"Customer Code": "FL200", "Credit Date": "2026-11-01", "Location Code": "MIA"},
        5: {"Customer Code": "FL201", "Location Code": "LAX"},
    }, "a row with a customer of its own has a day of its own"


@pytest.mark.parametrize(
    ("between", "filled"),
    [
        ("Total FL200 | | | 30.00", {3: "FL200"}),
        ("Page 1 of 2", {3: "FL200", 5: "FL200"}),
        (HEAD, {3: "FL200", 5: "FL200"}),
        ("FL201", {3: "FL200", 5: "FL201"}),
        ("Void credits", {3: "FL200"}),
    ],
)
def test_a_group_ends_at_a_sum_and_goes_on_below_what_is_printed(
    between: str, filled: dict[int, str]
) -> None:
    sheet = arranged(
        "FL200 | C1 | 2026-11-01 | 10.00", "| C2 | 2026-11-02 | 20.00", between, "| C3 | 2026-11-03 | 5.00"
    )
    assert {row: texts["Customer Code"] for row, texts in sheet.fills.items()} == filled


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Customer: FL202", "FL202"), ("Customer:FL202", "FL202"), ("Customer: | FL202", "FL202"),
        ("Customer | FL202", "FL202"), ("Rosas: Miami", "Rosas: Miami"), ("FL202", "FL202"),
    ],
)  # fmt: skip
def test_whom_a_line_above_a_group_names(line: str, named: str) -> None:
    sheet = arranged(
        "FL200 | C1 | 2026-11-01 | 10.00", line, "| C2 | 2026-11-02 | 20.00", "| C3 | 2026-11-03 | 30.00"
    )
    assert sheet.fills == {4: {"Customer Code": named}, 5: {"Customer Code": named}}


def test_a_line_that_names_whose_they_are_is_enough_where_hardly_a_row_is_blank() -> None:
    said = [f"FL200 | C{n} | 2026-11-0{n} | {n}1.25" for n in range(1, 8)]
    headed = arranged(*said, "FL202", "| C8 | 2026-11-08 | 20.00")
    assert headed.fills == {10: {"Customer Code": "FL202"}}
    assert not arranged(*said, "| C8 | 2026-11-08 | 20.00").fills, "without it, it is one that was forgotten"


@pytest.mark.parametrize("text", ["Customer:", "customer code", " Client : "])
def test_a_label_says_what_a_value_is_of_and_is_none(text: str) -> None:
    assert is_label(OPEN_CREDITS, "Customer Code", text)
    assert not is_label(OPEN_CREDITS, "Credit Date", text)
    assert not is_label(OPEN_CREDITS, "Customer Code", "FL200:")


@pytest.mark.parametrize(
    ("merges", "filled"),
    [
        (("A2:A3",), {3: "FL200"}),
        (("A2:A4",), {3: "FL200", 4: "FL200"}),
        (("A1:A3",), {}),  # it begins above the rows
        (("A3:A4",), {}),  # nothing stands in it
        (("A2:B4",), {3: "FL200", 4: "FL200"}),
        (("B2:B4", "F2:F4", "Z2:Z4", "A2"), {}),
        (("A5:A6",), {}),  # what stands in a cell of its own stays, and a sum is no row of data
        (("A6:A7", "A8:A9"), {}),
    ],
)
def test_what_is_merged_over_rows_of_data_is_certain(merges: tuple[str, ...], filled: dict[int, str]) -> None:
    rows = ["FL200 | C1 | 2026-11-01 | 10.00 | | x", *("| C | 2026-11-02 | 2.00" for _ in "ab")]
    rows += ["FL201 | C4 | 2026-11-04 | 30.00", "FL202 | C5 | 2026-11-05 | 40.00", "Total | | | 84.00"]
    sheet = arranged(*rows, merges=merges)
    assert sheet.merged_fills == {row: {"Customer Code": code} for row, code in filled.items()}


@pytest.mark.parametrize(
    ("merges", "shared"),
    [
        (("D2:D3",), {2: 2}),
        (("D2:D4",), {2: 3}),
        (("D3:D4", "D2:D2", "A2:A4"), {}),  # no amount in it, a single row, another column
        (("D1:D4",), {}),
        (("D4:D6",), {}),  # blank, though the rows are there
        (("D5:D6",), {}),  # the sum below it is none of its rows
        (("D2:E3", "D5:D9"), {2: 2}),
    ],
)
def test_an_amount_that_is_merged_over_rows_of_data_is_that_of_all_of_them(
    merges: tuple[str, ...], shared: dict[int, int]
) -> None:
    rows = ["FL200 | C1 | 2026-11-01 | 10.00", "FL201 | C2 | 2026-11-02 |", "FL202 | C3 | 2026-11-02 |"]
    sheet = arranged(*rows, "FL201 | C4 | 2026-11-04 | 30.00", "Total | | | 40.00", merges=merges)
    assert sheet.shared_amounts == shared


@pytest.mark.parametrize("ditto", ['"', "same", "idem", "〃"])
def test_a_cell_that_says_the_same_means_the_last_one_above_that_says_something(ditto: str) -> None:
    sheet = arranged(
        f"{ditto} | C0 | 2026-11-01 | 9.00 | MIA",
        "FL200 | C1 | 2026-11-01 | 10.00 | MIA",
        f"{ditto} | C2 | {ditto} | 20.00 | {ditto}",
        f"{ditto} | C3 | 2026-11-03 | 30.00 | LAX",
        "Total FL200 | | | 60.00",
        f"{ditto} | C4 | 2026-11-04 | 40.00 | MIA",
        "FL201 | C5 | 2026-11-05 | 50.00 | MIA",
        "Page 1 of 2",
        f"{ditto} | C6 | 2026-11-06 | 60.00 | MIA",
    )
    assert sheet.fills == {
        4: {"Customer Code": "FL200", "Credit Date": "2026-11-01", "Location Code": "MIA"},
        5: {"Customer Code": "FL200"},
        10: {"Customer Code": "FL201"},
    }
