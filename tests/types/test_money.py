"""Money: whole thousandths, and how people are told of them."""

from decimal import Decimal

import pytest

from komet_import.types.money import decimals, from_thousandths, money, signed, to_thousandths


@pytest.mark.parametrize(
    ("amount", "thousandths"),
    [("0", 0), ("13.89", 13_890), ("-13.895", -13_895), ("0.001", 1), ("1E+3", 1_000_000), ("1.2000", 1_200)],
)
def test_an_amount_is_kept_as_whole_thousandths(amount: str, thousandths: int) -> None:
    assert to_thousandths(Decimal(amount)) == thousandths
    assert from_thousandths(thousandths) == Decimal(amount)


@pytest.mark.parametrize("amount", ["0.0001", "-1.2345", "0.1E-3"])
def test_an_amount_with_more_than_three_decimals_is_not_kept(amount: str) -> None:
    with pytest.raises(ValueError, match="more than three decimals"):
        to_thousandths(Decimal(amount))


@pytest.mark.parametrize(
    ("thousandths", "told"),
    [
        (0, "$0.00"),
        (1, "$0.001"),
        (10, "$0.01"),
        (100, "$0.10"),
        (8_310_500, "$8,310.50"),
        (8_310_505, "$8,310.505"),
        (1_234_567_890, "$1,234,567.89"),
        (-13_890, "−$13.89"),
        (-5, "−$0.005"),
    ],
)
def test_money_is_told_with_its_cents_and_a_third_decimal_only_where_there_is_one(
    thousandths: int, told: str
) -> None:
    assert money(thousandths) == told


def test_amounts_below_each_other_have_as_many_decimals_as_one_of_them_needs() -> None:
    assert decimals([]) == decimals([Decimal("1"), Decimal("1.5"), Decimal("1.500")]) == 2
    assert decimals([Decimal("1"), Decimal("1.505")]) == decimals([Decimal("-0.001")]) == 3
    assert signed(Decimal("-1234.5"), decimals=3, before="COP ") == "−COP 1,234.500"
    assert signed(Decimal("0"), decimals=2) == "0.00"
