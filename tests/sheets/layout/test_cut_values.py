"""Rows of a text file that a comma inside of a value may have cut, and rows that are as they are."""

import pytest

from komet_import.sheets.files import reader
from komet_import.sheets.layout import arrangement
from komet_import.sheets.layout.header import header_row
from komet_import.types import OPEN_CREDITS

HEAD = "Customer Code,Credit #,Credit Date,Credit Balance"


def cut(text: str) -> dict[int, str]:
    """The Excel rows that may be cut, and where the rest stands."""
    seen = reader.read(text.replace("DAY", "2026-11-03").encode(), "march.csv")
    sheet = arrangement.arrange(seen, header_row.find(seen, OPEN_CREDITS), OPEN_CREDITS)
    return {int(sheet.rows.index[place]): name for place, name in sheet.cut.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{HEAD}\nFL200,A1,DAY,10\nFL201,A2,DAY,10,50\n", {3: "Column E"}),
        (f"{HEAD}\nFL200,A1,DAY,10\nFL201,A2,DAY,1,234.00\n", {3: "Column E"}),
        (f"{HEAD},Comments\nFL200,A1,DAY,10,x\nFL201,A2,DAY,10,50,late\n", {3: "Comments"}),
        (f"{HEAD},Comments\nFL200,A1,DAY,10,50\nFL201,A2,DAY,20,00\n", {2: "Comments", 3: "Comments"}),
        (f"{HEAD},Comments\nFL200,A1,DAY,10\nFL201,A2,DAY,$1,234.00\n", {3: "Comments"}),
        (f"{HEAD},Comments\nFL200,A1,DAY,10.50,50\nFL201,A2,DAY,20,2 boxes\n", {}),
        (f"{HEAD},Branch\nFL200,A1,DAY,10,01\nFL201,A2,DAY,20,02\n", {}),
        (f"{HEAD},,\nFL200,A1,DAY,10,,\nFL201,A2,DAY,20,,\n", {}),
        (f"{HEAD}\nFL200,A1,DAY,10\nRosas, Ltd,A2,DAY,20\n", {3: "Column E"}),
        (HEAD.replace(",", "\t") + "\nFL200\tA1\tDAY\t10\tx\nFL201\tA2\tDAY\t20\n", {}),
    ],
)  # fmt: skip
def test_a_value_where_none_belongs_tells_of_a_comma_that_cut_another(
    text: str, expected: dict[int, str]
) -> None:
    assert cut(text) == expected
