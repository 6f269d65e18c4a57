"""Words that say that amounts are counted in thousands or cents; who takes them for amounts posts others."""

import pytest

from komet_import.sheets.layout.words.scales import scale_in_heading, scale_in_line


@pytest.mark.parametrize(
    ("line", "scale"),
    [
        ("Amounts in thousands", "in thousands"),
        ("All amounts in thousands of USD", "in thousands"),
        ("USD 000", "000"),
        ("Amounts in $000s", "000s"),
        ("Saldo en miles", "en miles"),
        ("Montos en millones", "en millones"),
        ("Valores em milhares", "em milhares"),
        ("Beträge in Tausend", "in Tausend"),
        ("alle Beträge in TEUR", "TEUR"),
        ("importi in migliaia", "in migliaia"),
        ("Amounts in cents", "in cents"),
        ("All amounts in kUSD", "kUSD"),
        ("Amounts in k$", "k$"),
        ("Open credits, USD k", "USD k"),
        ("Bank USD", ""),
        ("EUR Kft", ""),
        ("1,000 credits", ""),
        ("10000", ""),
        ("Thousand Oaks Florist", ""),
        ("20 miles away", ""),
        ("two cents", ""),
        ("Open credits", ""),
    ],
)
def test_a_line_says_how_amounts_are_counted(line: str, scale: str) -> None:
    assert scale_in_line(line) == scale


@pytest.mark.parametrize(
    ("heading", "rest", "scale"),
    [
        ("Amount in thousands", "Amount", "in thousands"),
        ("AmountInCents", "Amount", "In Cents"),
        ("Amount ('000)", "Amount ( )", "'000"),
        ("Balance (k)", "Balance", "k"),
        ("Balance (mm)", "Balance", "mm"),
        ("Balance kUSD", "Balance", "k USD"),
        ("Balance (K USD)", "Balance ( )", "K USD"),
        ("Balance EUR k", "Balance", "EUR k"),
        ("Amount $k", "Amount", "$k"),
        ("Saldo miles", "Saldo", "miles"),
        ("Betrag TEUR", "Betrag", "TEUR"),
        ("Amount", "Amount", ""),
        ("Amount 1000", "Amount 1000", ""),
        ("Kennel", "Kennel", ""),
    ],
)
def test_a_heading_is_parted_from_how_its_amounts_are_counted(heading: str, rest: str, scale: str) -> None:
    left, said = scale_in_heading(heading)
    assert (" ".join(left.split()), said) == (rest, scale)
