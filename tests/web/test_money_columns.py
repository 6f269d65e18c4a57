"""Amounts below nought in Streamlit's tables: written with a minus sign, and numbers all the same."""

from decimal import Decimal

import pandas as pd

from komet_import.web.shared.money_columns import MOST, money_column, with_minus

MONEY = {"Amount": [Decimal("-1578.840"), Decimal("2.250")], "Rest": [Decimal(1), Decimal("0.125")]}


def test_amounts_below_nought_have_a_minus_sign_and_stay_numbers() -> None:
    frame = pd.DataFrame({"Code": ["A", "B"], **MONEY})
    drawn = with_minus(frame, MONEY)
    html = drawn.to_html()
    assert "\N{MINUS SIGN}1,578.84<" in html and ">2.25<" in html
    assert list(drawn.data["Amount"]) == MONEY["Amount"]
    formats = {name: money_column(name, cells)["type_config"]["format"] for name, cells in MONEY.items()}
    assert formats == {"Amount": None, "Rest": "%,.3f"}, "the column writes what the table does not"


def test_a_table_without_them_and_one_of_very_many_rows_are_left_as_they_are() -> None:
    frame = pd.DataFrame({"Rest": MONEY["Rest"]})
    assert with_minus(frame, {"Rest": MONEY["Rest"]}) is frame
    many = [Decimal(-1)] * (MOST + 1)
    long = pd.DataFrame({"Amount": many})
    assert with_minus(long, {"Amount": many}) is long
    assert money_column("Amount", many)["type_config"]["format"] == "%,.2f"
