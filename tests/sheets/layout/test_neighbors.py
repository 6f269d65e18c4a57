"""Running balances are told by arithmetic: which columns a balance adds up, row by row."""

import pytest

from komet_import.sheets.layout.columns.neighbors import neighbors


@pytest.mark.parametrize(
    ("lines", "columns"),
    [
        ("10||10 20||30 5||35 1||36", "B"),
        ("10||110 20||130 5||135 5||140", "B"),  # something was open before
        ("10|3|7 20|5|22 5|1|26 1||27", "BC"),
        ("|10|10 |20|30 |5|35", "C"),
        ("10||-10 20||-30 5||-35 1||-36", "B"),
        ("10||36 20||26 5||6 1||1", "B"),  # the newest row first
        ("10||10 20||30 5||5 1||6 2||8", "B"),  # anew with each customer
        ("10||10 20||20 5||5", ""),  # the same amount once more
        ("10||10", ""),
        ("10||10 20||31 5||35", ""),
        ("10||10 20||30 5||35 1||99 1||100 1||101 1||102", ""),  # more than a mistake
        ("10||10 20||30 5||99 1||7 1||3 1||102", ""),
        ("x||x y||z", ""),
        ("10||110 20||130 5||1", ""),  # one step proves nothing
        ("||5 ||5 ||5", ""),
        ("10||0 0||0 0||0 0||0", ""),
    ],
)
def test_a_running_balance_adds_up_the_columns_beside_it(lines: str, columns: str) -> None:
    rows = [dict(zip("BCD", line.split("|"), strict=True)) for line in lines.split()]
    assert "".join(neighbors(rows, "D", ("B", "C"), at_least=2)) == columns


def test_as_many_steps_must_prove_it_as_are_asked_for() -> None:
    rows = [dict(zip("BD", line.split("|"), strict=True)) for line in ("10|10", "20|30", "5|35", "1|36")]
    assert [neighbors(rows, "D", ("B",), at_least=steps) for steps in (1, 3, 4)] == [("B",), ("B",), ()]
