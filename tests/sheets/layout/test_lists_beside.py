"""A list beside a table, beyond a blank column, names no customers of its rows."""

import pytest

from komet_import.sheets.layout.arrangement import arrange
from komet_import.sheets.layout.columns.lists_beside import is_apart, names_each_once
from komet_import.types import OPEN_CREDITS
from tests.sheets.layout.sheets import found, sheet

BESIDE = """
    Customer Code | Credit # | Credit Date | Credit Balance | | {heading} | {other}
    FL200 | C1 | 2026-11-13 | 15 | | FL200 | Rosas del Valle Wholesale
    FL201 | C2 | 2026-11-14 | 5 | | FL201 | 5.00
    FL200 | C3 | 2026-11-15 | 6 | | {third} |
"""


def test_what_each_customer_comes_to_is_no_question():
    text = BESIDE.format(heading="Customer", other="Sum", third="")
    header = found(text)
    assert header.columns["A"] == "Customer Code" and not header.rivals
    assert arrange(sheet(text), header, OPEN_CREDITS).party_names == ()


def test_a_second_customer_in_every_row_is_one():
    assert found(BESIDE.format(heading="Customer", other="Why", third="FL202")).rivals


@pytest.mark.parametrize(
    ("texts", "each"),
    [
        (["FL200", "FL201", ""], True),
        (["FL200", "FL200", ""], False),
        (["FL200", "", "FL201"], False),
        (["FL200", "", ""], False),
        (["FL200", "FL201", "FL202"], False),
    ],
)
def test_a_list_names_each_once_and_ends_before_the_rows(texts, each):
    assert names_each_once(texts, ["A", "B", "C"]) is each


def test_a_list_stands_apart_beyond_a_blank_column_and_not_alone():
    assert is_apart("F", ["A", "B"], ["A", "B", "F", "G"])
    assert not is_apart("F", ["A", "B"], ["A", "B", "F"])
    assert not is_apart("C", ["A", "B"], ["A", "B", "C", "D"])
