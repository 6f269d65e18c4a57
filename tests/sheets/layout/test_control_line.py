"""Control totals that come with a sheet: after their name, in order, or below the amounts."""

import pytest

from komet_import.sheets.layout.control_line import AMOUNT, HASH, ROWS, in_sheet, is_label
from komet_import.types import OPEN_CREDITS
from tests.sheets.layout.sheets import found, sheet

TABLE = """
    Customer Code | Credit # | Credit Date | Credit Balance
    FL200 | C1 | 2026-11-01 | 10.00
    FL201 | C2 | 2026-11-02 | 20.00
"""


def given(line: str, *, above: bool = False) -> tuple[str, dict[str, str]] | None:
    text = f"{line}\n{TABLE.strip()}" if above else f"{TABLE.strip()}\n{line}"
    said = in_sheet(sheet(text), found(text), OPEN_CREDITS)
    return None if said is None else (str(said.where), dict(said.texts))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Control totals | Rows 2 | Amount 30.00 | Hash 401", {ROWS: "2", AMOUNT: "30.00", HASH: "401"}),
        (
            "Control totals | Number of rows: 2 | | $30.00 | Hash total | 401",
            {ROWS: "2", AMOUNT: "$30.00", HASH: "401"},
        ),
        ("CONTROL TOTALS: | 2 | | 30.00 | 401", {ROWS: "2", AMOUNT: "30.00", HASH: "401"}),
        ("Control total | Sum | | 30.00", {AMOUNT: "30.00"}),
        ("Totales de control | filas 2 | importe | 30.00", {ROWS: "2", AMOUNT: "30.00"}),
        ("Control totals | rows 2 | rows 3", {ROWS: "2"}),
        ("Control totals | | | (5.00)", {AMOUNT: "(5.00)"}),
        ("Control totals | Rita 42 | rows 2", {ROWS: "2"}),
        ("Control totals | Hash total 401 | 2", {HASH: "401", ROWS: "2"}),
    ],
)
def test_each_figure_is_what_its_name_its_column_or_its_place_says(line: str, said: dict[str, str]) -> None:
    assert given(line) == ("row 4", said)


def test_the_line_may_stand_above_and_of_several_the_last_one_holds() -> None:
    assert given("Control totals | rows 2", above=True) == ("row 1", {ROWS: "2"})
    twice = "Control totals | rows 2\nControl totals | rows 3"
    assert given(twice) == ("row 5", {ROWS: "3"})
    assert given("Control totals | rows 2\nControl totals | see mail") == ("row 4", {ROWS: "2"})


@pytest.mark.parametrize(
    "line", ["Total | rows 2", "Controls | 2", "See | Control totals | 2", "Control totals |"]
)
def test_other_lines_give_none(line: str) -> None:
    assert given(line) is None


def test_a_label_is_control_totals_in_our_languages_whatever_its_case() -> None:
    assert all(map(is_label, ("Control totals", "CONTROL TOTAL:", "Totales de control", "Total de control")))
    assert not any(map(is_label, ("Total", "Control", "Control totals 2", "")))
