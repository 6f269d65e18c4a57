"""Footnotes below or above a table, and the rows that have their mark."""

import pytest

from komet_import.sheets.layout.arrangement import arrange
from komet_import.sheets.layout.header import header_row
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from tests.sheets.layout.sheets import KNOWN, sheet

TABLE = """
    {above}
    Customer Code | Credit # | Credit Date | Credit Balance | Comments
    FL200 | {number} | 2026-11-01 | 10.00 | {note}
    FL201 | C2 | 2026-11-02 | 20.00 | late

    {below}
    {more}
"""


def marked(
    number: str,
    below: str,
    *,
    note: str = "",
    above: str = "",
    more: str = "",
) -> dict[int, tuple[str, str]]:
    made = sheet(TABLE.format(number=number, note=note, above=above, below=below, more=more))
    return dict(arrange(made, header_row.find(made, OPEN_CREDITS, KNOWN), OPEN_CREDITS).commented)


@pytest.mark.parametrize(
    ("number", "below"),
    [
        ("C1*", "* already applied"),
        ("*C1", "* = paid"),
        ("C1 **", "** anulada por el cliente"),
        ("C1 (1)", "(1) bereits verrechnet"),
        ("C1 †", "† credit on hold, do not post"),
        ("C1¹", "¹ voided credit"),
        ("C1[a]", "[a]: déjà utilisé"),
        ("C1#", "# cancelled"),
        ("C1 1)", "1) storniert"),
    ],
)
def test_a_row_with_the_mark_of_a_footnote_that_says_it_is_void_is_marked(number: str, below: str) -> None:
    assert marked(number, below) == {0: ("Credit #", below)}
    assert marked(number, "Prepared by Ana", above=below) == {0: ("Credit #", below)}


def test_the_mark_may_stand_in_a_cell_of_its_own_and_so_may_the_footnotes() -> None:
    assert marked("C1", "* | refunded by check", note="*") == {0: ("Comments", "* refunded by check")}
    assert marked("C1*", "* refunded by check", note="*") == {0: ("Credit #", "* refunded by check")}, "once"


def test_of_several_footnotes_each_speaks_of_its_own_mark() -> None:
    assert marked("C1**", "* new customer", more="** void") == {0: ("Credit #", "** void")}
    assert marked("C1*", "* new customer", more="** void") == {}


@pytest.mark.parametrize(
    ("number", "below"),
    [
        ("C1*", "* new customer this year"),
        ("C1*", "* partial shipment"),
        ("C1*", "Prepared by Ana"),
        ("C1", "* already applied"),
        ("C1 (2)", "(1) already applied"),
        ("C1", "(20.00)"),
    ],
)
def test_other_marks_and_footnotes_say_nothing(number: str, below: str) -> None:
    assert marked(number, below) == {}


def test_footnotes_below_a_list_of_records_are_not_looked_at() -> None:
    made = sheet("Customer Code | Customer Name\nFL9* | Bloom\n\n* void")
    assert arrange(made, header_row.find(made, CUSTOMERS, KNOWN), CUSTOMERS).commented == {}


@pytest.mark.parametrize(
    ("number", "below"),
    [("C1**", "* void"), ("C1*", "** void"), ("**C1", "* void"), ("C1***", "** void"), ("C1##", "# void"),
     ("C1#", "## void"), ("C1 * x", "* void"), ("x*C1", "* void"), ("C(1)1", "(1) void")],
)  # fmt: skip
def test_a_longer_mark_or_one_in_the_middle_is_another(number: str, below: str) -> None:
    assert marked(number, below) == {}


def test_marks_of_words_and_signs_stand_in_front_or_behind() -> None:
    assert marked("(1)C1", "(1) void") == {0: ("Credit #", "(1) void")}
