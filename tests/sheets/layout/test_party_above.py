"""Whose the rows are where no column says so: what is kept of the lines above the headings, and of names."""

from dataclasses import replace

import pytest

from komet_import.sheets.layout import arrangement
from komet_import.types import OPEN_CREDITS, ImportType
from komet_import.types.customers import CUSTOMERS
from tests.sheets.layout.sheets import found, sheet

BELOW = "Credit # | Credit Date | Credit Balance\nC1 | 2026-11-03 | 5.00"


def said(above: str, below: str = BELOW, type: ImportType = OPEN_CREDITS) -> dict[int, tuple[str, ...]]:
    text = f"{above}\n{below}"
    return dict(arrangement.arrange(sheet(text), found(text, type), type).party_above)


@pytest.mark.parametrize(
    ("above", "kept"),
    [
        ("Customer: FL200", ("FL200",)),
        ("Customer Code | FL200", ("Customer Code", "FL200")),
        ("Customer: | 00042", ("Customer:", "00042")),
        ("Account: 40", ("40",)),
        (
            "Open credits of Bloom & Co\n\nPrinted: 11/27/2026",
            ("Open credits of Bloom & Co", "Printed: 11/27/2026"),
        ),
        ("2026", ()),  # a number alone may be anything
        ("Page | 40", ("Page",)),
        ("a | b | c | d | FL200", ()),  # a line of a table
    ],
)
def test_the_texts_above_the_headings_are_kept_and_what_follows_the_label_of_a_customer(
    above: str, kept: tuple[str, ...]
) -> None:
    assert said(above) == {0: ("Credits", *kept)}


@pytest.mark.parametrize(
    "below",
    [
        "Customer Code | Credit # | Credit Date | Credit Balance\nFL201 | C1 | 2026-11-03 | 5.00",
        "Account # | Credit # | Credit Date | Credit Balance\nFL201 | C1 | 2026-11-03 | 5.00",  # asked about
        "Account # | Client No | Credit Date | Credit Balance\nFL201 | FL200 | 2026-11-03 | 5.00",  # rivals
    ],
)
def test_nothing_is_kept_where_a_column_says_whose_each_row_is_or_perhaps_does(below: str) -> None:
    assert said("Customer: FL200", below) == {}


def test_a_list_of_customers_says_in_each_row_which_it_is() -> None:
    assert said("Customer: FL200", "Customer Name | Customer Type\nFlor | Retailer", CUSTOMERS) == {}


def test_of_several_sheets_each_has_its_name() -> None:
    several = replace(sheet(BELOW), parts=("FL200", "FL201"))
    assert arrangement.arrange(several, found(BELOW), OPEN_CREDITS).party_above == {
        0: ("FL200",),
        1: ("FL201",),
    }
