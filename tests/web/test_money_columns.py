"""Amounts below nought in Streamlit's tables: written with a minus sign, and numbers all the same."""

import time
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
from streamlit.elements.lib.pandas_styler_utils import marshall_styler
from streamlit.proto.ArrowData_pb2 import ArrowData

from komet_import.web.shared.money_columns import with_money

MINUS = "\N{MINUS SIGN}"
MONEY = {"Amount": [Decimal("-1578.840"), Decimal("2.250")], "Rest": [Decimal(1), Decimal("0.125")]}


def written(drawn: Any, column: str) -> list[str]:
    """What a browser is told that the cells of a column say."""
    told = ArrowData()
    marshall_styler(told, drawn, "a table")
    texts: list[str] = pa.ipc.open_stream(told.styler.display_values).read_pandas()[column].tolist()
    return texts


def test_amounts_below_nought_have_a_minus_sign_and_stay_numbers() -> None:
    frame = pd.DataFrame({"Code": ["A", "B"], **MONEY})
    drawn, columns = with_money(frame, MONEY)
    assert written(drawn, "Amount") == [f"{MINUS}1,578.84", "2.25"]
    assert written(drawn, "Code") == ["A", "B"]
    assert list(drawn.data["Amount"]) == MONEY["Amount"]
    formats = {name: column["type_config"]["format"] for name, column in columns.items()}
    assert formats == {"Amount": None, "Rest": "%,.3f"}, "the column writes what the table does not"


def test_an_amount_of_less_than_one_and_nothing_have_no_minus_sign() -> None:
    given = [Decimal("-0.500"), Decimal("0.500"), Decimal(0)]
    drawn, _columns = with_money(pd.DataFrame({"Amount": given}), {"Amount": given})
    assert written(drawn, "Amount") == [f"{MINUS}0.50", "0.50", "0.00"]


def test_a_cell_without_an_amount_says_nothing() -> None:
    given = [Decimal(-1), Decimal(0)]
    drawn, _columns = with_money(pd.DataFrame({"Amount": [Decimal(-1), None]}), {"Amount": given})
    assert written(drawn, "Amount") == [f"{MINUS}1.00", ""]


def test_a_table_without_them_is_left_as_it_is() -> None:
    frame = pd.DataFrame({"Rest": MONEY["Rest"]})
    assert with_money(frame, {"Rest": MONEY["Rest"]})[0] is frame


def test_a_table_of_very_many_rows_has_the_minus_sign_too_and_is_made_as_fast_as_its_numbers() -> None:
    """pandas itself refuses to write so many cells, and takes twenty times as long for a quarter of them."""
    many = [Decimal(-1)] * 50_000
    others = {f"{place}": ["text"] * len(many) for place in range(5)}
    began = time.process_time()
    drawn, _columns = with_money(pd.DataFrame({"Amount": many, **others}), {"Amount": many})
    assert set(written(drawn, "Amount")) == {f"{MINUS}1.00"}
    assert time.process_time() - began < 5
