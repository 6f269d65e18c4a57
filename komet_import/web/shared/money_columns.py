"""Columns of money in Streamlit's tables: numbers that sort as numbers, written as money is elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from komet_import.types.money import MINUS, from_thousandths

MOST = 5_000
"""Rows of which each amount is written apart; of more, which takes long, Streamlit writes a hyphen."""


def amounts(thousandths: Iterable[int]) -> list[Decimal]:
    """Money as the cells of a column."""
    return [from_thousandths(one) for one in thousandths]


def money_column(label: str, cells: Iterable[Decimal], **further: Any) -> Any:
    """A column of these cells: two decimals, or three where one of them has a third.

    Without the currency's sign, which stands in the sums: Streamlit would write it before a minus. Where an
    amount is below nought the table itself says how each is written (`with_minus`), and the column nothing.
    """
    cells = list(cells)
    form = None if _below(cells) else f"%,.{_decimals(cells)}f"
    return st.column_config.NumberColumn(label, format=form, alignment="right", **further)


def with_minus(frame: pd.DataFrame, money: Mapping[str, Iterable[Decimal]]) -> Any:
    """A table whose columns of money, by name with their cells, may hold amounts below nought: with a minus
    sign, where Streamlit's own formats write a hyphen. The cells stay numbers, and sort as such."""
    columns = {name: list(cells) for name, cells in money.items()}
    written: dict[Any, Any] = {
        name: partial(_written, decimals=_decimals(cells)) for name, cells in columns.items() if _below(cells)
    }
    return frame.style.format(written) if written else frame


def _below(cells: Sequence[Decimal]) -> bool:
    return len(cells) <= MOST and any(cell < 0 for cell in cells)


def _decimals(cells: Iterable[Decimal]) -> int:
    return 3 if any(cell * 100 % 1 for cell in cells) else 2


def _written(cell: Any, *, decimals: int) -> str:
    return "" if pd.isna(cell) else f"{cell:,.{decimals}f}".replace("-", MINUS)
