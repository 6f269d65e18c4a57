"""Amounts below nought in Streamlit's tables: written with a minus sign, and numbers all the same."""

import re
from decimal import Decimal

import pandas as pd

from komet_import.web.shared.money_columns import MOST, with_money

MONEY = {"Amount": [Decimal("-1578.840"), Decimal("2.250")], "Rest": [Decimal(1), Decimal("0.125")]}


def test_amounts_below_nought_have_a_minus_sign_and_stay_numbers() -> None:
    frame = pd.DataFrame({"Code": ["A", "B"], **MONEY})
    drawn, columns = with_money(frame, MONEY)
    html = drawn.to_html()
    assert "\N{MINUS SIGN}1,578.84<" in html and ">2.25<" in html
    assert list(drawn.data["Amount"]) == MONEY["Amount"]
    formats = {name: column["type_config"]["format"] for name, column in columns.items()}
    assert formats == {"Amount": None, "Rest": "%,.3f"}, "the column writes what the table does not"


def test_an_amount_of_less_than_one_and_nothing_have_no_minus_sign() -> None:
    given = [Decimal("-0.500"), Decimal("0.500"), Decimal(0)]
    html = with_money(pd.DataFrame({"Amount": given}), {"Amount": given})[0].to_html()
    assert re.findall(r">([^<>]*[0-9]\.[0-9]+)<", html) == ["\N{MINUS SIGN}0.50", "0.50", "0.00"]


def test_a_table_without_them_and_one_of_very_many_rows_are_left_as_they_are() -> None:
    frame = pd.DataFrame({"Rest": MONEY["Rest"]})
    assert with_money(frame, {"Rest": MONEY["Rest"]})[0] is frame
    many = [Decimal(-1)] * (MOST + 1)
    long = pd.DataFrame({"Amount": many})
    drawn, columns = with_money(long, {"Amount": many})
    assert drawn is long
    assert columns["Amount"]["type_config"]["format"] == "%,.2f"
