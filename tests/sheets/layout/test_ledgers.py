"""Which ledger a value, a line or the name of a sheet says: payables are no credits of customers."""

import pytest

from komet_import.sheets.layout.modifiers.ledgers import ledger_of, names_other_ledger


@pytest.mark.parametrize(
    ("value", "ours"),
    [
        ("AR", True),
        ("A/R", True),
        ("Accounts Receivable (A/R)", True),
        ("1200 · Accounts Receivable", True),
        ("Customer", True),
        ("AP", False),
        ("Accounts Payable", False),
        ("2000 - Accounts Payable", False),
        ("Vendor", False),
        ("Miami", None),
        ("2000", None),
        ("", None),
        ("Accounts Payable" + " " * 45, None),
    ],
)
def test_a_value_says_our_customers_ledger_or_another(value: str, ours: bool | None) -> None:
    assert ledger_of(value) is ours


@pytest.mark.parametrize(
    ("cells", "other"),
    [
        (["AP"], True),
        (["Accounts payable"], True),
        (["Module: AP"], True),
        (["Module", "AP"], True),
        (["Ledger:", "Accounts Payable"], True),
        (["Module: AR"], False),
        (["AR"], False),
        (["Module: Miami"], False),
        (["Region: AP"], False),
        (["Miami"], False),
    ],
)
def test_a_line_says_another_ledger_alone_or_behind_a_heading_of_ledgers(
    cells: list[str], other: bool
) -> None:
    assert names_other_ledger(cells) is other
