"""Control totals that come with a sheet: after their name, in order, or below the amounts."""

from dataclasses import replace

import pytest

from komet_import.sheets.layout.rows.control_line import (
    AMOUNT,
    HASH,
    ROWS,
    in_sheet,
    is_label,
    of_sheet,
    sheet_of,
)
from komet_import.sheets.worksheet import SheetName
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
        ("Control totals | 3 | | 30.00 | 401", {ROWS: "3", AMOUNT: "30.00", HASH: "401"}),
        ("Control totals | 1 | 2 | 3 | 4", {ROWS: "1", HASH: "2", AMOUNT: "3"}),  # below the amounts
        ("Control totals | Rows | Amount | 5", {AMOUNT: "5"}),
        ("Control totals | Hash rows 8 | 9", {HASH: "8", ROWS: "9"}),
        ("Control totals | Total number of rows 5 | sum in the balance: 7", {ROWS: "5", AMOUNT: "7"}),
        ("Control totals | 2 rows", {ROWS: "2"}),
        ("Control totals | 2 rows | 30.00 total amount", {ROWS: "2", AMOUNT: "30.00"}),
        ("Control totals | Rows: 2", {ROWS: "2"}),
        ("Control totals | Count 2", {ROWS: "2"}),
        ("Control totals | 2 credits", {ROWS: "2"}),
        ("Control totals | Record count: 2", {ROWS: "2"}),
        ("Control totals | # of rows 2", {ROWS: "2"}),
        ("Control totals: 2 rows", {ROWS: "2"}),
        ("Control totals: 2 rows; amount 1,030.00", {ROWS: "2", AMOUNT: "1,030.00"}),
        ("Totales de control: 2 filas", {ROWS: "2"}),
        ("Totais de controle | 2 linhas | valor | 30,00", {ROWS: "2", AMOUNT: "30,00"}),
        ("Kontrollsummen | 2 Zeilen | Betrag: 30,00", {ROWS: "2", AMOUNT: "30,00"}),
        ("Totaux de contrôle | 2 lignes | montant 30,00", {ROWS: "2", AMOUNT: "30,00"}),
        ("Totali di controllo | 2 righe | importo 30,00", {ROWS: "2", AMOUNT: "30,00"}),
        ("Controletotalen | 2 regels | bedrag 30,00", {ROWS: "2", AMOUNT: "30,00"}),
        ("Control totals | rows: -2 | amount +7 | Hash (9)", {ROWS: "-2", AMOUNT: "+7", HASH: "(9)"}),
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
    "line",
    [
        "Total | rows 2", "Controls | 2", "See | Control totals | 2", "Control totals |",
        "Control totals | -", "Control totals 2", "Control totals | 1,234.50 USD",
        "Control totals | Rita | x", "Control totals | 2 boxes", "Control totals: see mail",
        "Controlled: 2 rows",
    ],
)  # fmt: skip
def test_other_lines_give_none(line: str) -> None:
    assert given(line) is None


def test_a_label_is_control_totals_in_our_languages_whatever_its_case() -> None:
    assert all(map(is_label, ("Control totals", "CONTROL TOTAL:", "Totales de control", "Total de control")))
    assert not any(map(is_label, ("Total", "Control", "Control totals 2", "")))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Control totals\nRows | 5\nAmount | 30.00\nHash | 401", {ROWS: "5", AMOUNT: "30.00", HASH: "401"}),
        ("5\n30.00\n401", {ROWS: "5", AMOUNT: "30.00", HASH: "401"}),
        ("Hash | Rows | 5\n6", {ROWS: "5", AMOUNT: "6"}),
        ("x\ny", None),
        ("\n".join(["x"] * 99 + ["Rows 5"]), {ROWS: "5"}),
        ("\n".join(["x"] * 100 + ["Rows 5"]), None),
        ("\n".join(["x | x"] * 50 + ["Rows 5"]), None),
    ],
)
def test_a_sheet_of_its_own_gives_them_row_by_row(text: str, said: dict[str, str] | None) -> None:
    found = of_sheet(replace(sheet(text), name="Control totals"))
    assert (found and dict(found.texts)) == said
    assert found is None or str(found.where) == "the sheet “Control totals”"


@pytest.mark.parametrize(
    ("names", "found"), [(("Credits", "CONTROL TOTALS"), 1), (("Credits", "Total"), None)]
)
def test_the_sheet_of_control_totals_is_told_by_its_name(names: tuple[str, ...], found: int | None) -> None:
    there = tuple(SheetName(name=name, visible=True, rows=1, cells=1) for name in names)
    assert sheet_of(replace(sheet(TABLE), sheets=there)) == (None if found is None else names[found])
