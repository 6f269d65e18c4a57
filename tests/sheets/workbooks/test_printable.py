"""A page to print: numbers stand to the right, money is written as it is on screens, texts are quoted."""

import re
from datetime import date
from decimal import Decimal

from komet_import.sheets.workbooks.listing import Cell, SheetTable
from komet_import.sheets.workbooks.printable import write_page

CELLS: list[Cell] = [7, Decimal("-1234.500"), Decimal("0.125"), date(2026, 3, 2), "-13.89", "<b>"]


def test_numbers_stand_to_the_right_and_amounts_below_nought_have_a_minus_sign() -> None:
    table = SheetTable(title="Rows", headings=[(str(place), 8) for place in range(len(CELLS))], rows=[CELLS])
    page = write_page("Evidence", {}, [table]).decode()
    assert re.findall(r"<td( class='number')?>(.*?)</td>", page) == [
        (" class='number'", "7"),
        (" class='number'", "\N{MINUS SIGN}1,234.50"),
        (" class='number'", "0.125"),
        ("", "2026-03-02"),
        ("", "-13.89"),
        ("", "&lt;b&gt;"),
    ]
