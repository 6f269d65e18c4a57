"""Headings that merely resemble a column's are a question about that one column, or none."""

import pytest

from komet_import.sheets.layout.columns.likeness import likely
from komet_import.types import OPEN_CREDITS

NOTHING = frozenset[str]()


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Amt", "Credit Balance"),
        ("Bal", "Credit Balance"),
        ("Balence", "Credit Balance"),
        ("Custmer Code", "Customer Code"),
        ("Cust", "Customer Code"),
        ("Cr Date", "Credit Date"),
        ("Credit Dte", "Credit Date"),
        ("Commnts", "Comments"),
        ("Loc Code", "Location Code"),
        ("Location Kode", "Location Code"),
        ("Number", None),
        ("Coe", None),  # Code or Comments
        ("Credit", None),
        ("x", None),
        ("", None),
        ("Region", None),
        ("Date Balance", None),
        ("Credit Dte of the thing there now", None),
        ("Dte Dte Dte Dte Dte Dte Dte", None),
    ],
)
def test_a_heading_resembles_one_column_or_none(heading: str, column: str | None) -> None:
    assert likely(heading, OPEN_CREDITS, NOTHING) == column


def test_a_column_that_is_taken_is_resembled_no_more() -> None:
    assert likely("Amt", OPEN_CREDITS, frozenset({"Credit Balance"})) is None
    assert likely("Credit Dte", OPEN_CREDITS, frozenset({"Credit Balance"})) == "Credit Date"
