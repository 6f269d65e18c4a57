"""Lines above a table that say whose statement it is, and lines that only resemble them."""

import pytest

from komet_import.sheets.layout.modifiers.statements import is_suppliers

SAYS = "Statement of supplier Rosen"
FILL = ("x", "y", "z", "1", "2")


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ((SAYS,), True),
        (("Vendor statement",), True),
        ((SAYS, *FILL), True),
        ((SAYS, *FILL, "more"), False),  # a row of a table
        ((f"{SAYS} {'of many words ' * 6}",), True),
        ((f"{SAYS} {'of many words ' * 7}",), False),  # a text
        (("Vendor", "Rosen"), True),
        (("Vendor:", "Rosen", "Miami"), True),
        (("Vendor", "Rosen", "Miami"), False),
        (("Vendor",), False),
        (("Customer", "Rosen"), False),
        (("Statement of account",), False),
        ((), False),
    ],
)
def test_a_line_says_that_what_is_below_it_is_a_suppliers(cells: tuple[str, ...], says: bool) -> None:
    assert is_suppliers(cells) is says
