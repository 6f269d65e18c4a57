"""Columns of money in Streamlit's tables: numbers that sort as numbers, written as money is elsewhere."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import streamlit as st

from komet_import.types.money import from_thousandths


def amounts(thousandths: Iterable[int]) -> list[Decimal]:
    """Money as the cells of a column."""
    return [from_thousandths(one) for one in thousandths]


def money_column(label: str, cells: Iterable[Decimal], **further: Any) -> Any:
    """A column of these cells: two decimals, or three where one of them has a third.

    Without the currency's sign, which stands in the sums: Streamlit would write it before a minus.
    """
    thirds = any(cell * 100 % 1 for cell in cells)
    return st.column_config.NumberColumn(
        label, format="%,.3f" if thirds else "%,.2f", alignment="right", **further
    )
