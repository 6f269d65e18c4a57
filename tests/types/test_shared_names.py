"""What a column of several types is called."""

import pytest

from komet_import.types import CUSTOMERS, OPEN_CREDITS, ImportType, Meaning
from komet_import.types.open_invoices import OPEN_INVOICES
from komet_import.types.schema import shared_name


@pytest.mark.parametrize(
    ("several", "meaning", "name"),
    [
        ([OPEN_CREDITS], Meaning.NUMBER, "Credit #"),
        ([OPEN_CREDITS, OPEN_INVOICES], Meaning.NUMBER, "Number"),
        ([OPEN_CREDITS, OPEN_INVOICES], Meaning.REFERENCE, "Customer PO"),  # of the one that has it
        ([OPEN_CREDITS, CUSTOMERS], Meaning.MONEY, "Credit Balance"),
        ([CUSTOMERS], Meaning.MONEY, "Amount"),
    ],
)
def test_a_column_of_several_types_is_called_as_in_all_that_have_it(
    several: list[ImportType], meaning: Meaning, name: str
) -> None:
    assert shared_name(several, meaning) == name
