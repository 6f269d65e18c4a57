"""Columns of money in Streamlit's tables: numbers that sort as numbers, written as money is elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any

import pandas as pd
import streamlit as st

from komet_import.types.money import from_thousandths, signed

MOST = 5_000
"""Rows of which each amount is written apart; of more, which takes long, Streamlit writes a hyphen."""


def amounts(thousandths: Iterable[int]) -> list[Decimal]:
    """Money as the cells of a column."""
    return [from_thousandths(one) for one in thousandths]


def with_money(
    frame: pd.DataFrame,
    money: Mapping[str, Iterable[Decimal]],
    *,
    help: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Any, dict[str, Any]]:
    """A table with columns of money (by name, with their cells) as Streamlit is given it, and how it shows
    these columns: two decimals, or three where a cell has a third. `help` is what their headings tell.

    Without the currency's sign, which stands in the sums: Streamlit would write it before a minus. Where an
    amount is below nought the table itself says how each is written, with a minus sign, and its column
    nothing: Streamlit's own formats write a hyphen. The cells stay numbers, and sort as such.
    """
    written: dict[Any, Any] = {}
    columns: dict[str, Any] = {}
    for name, given in money.items():
        cells = list(given)
        decimals = 3 if any(cell * 100 % 1 for cell in cells) else 2
        form: str | None = f"%,.{decimals}f"
        if _below(cells):
            written[name], form = partial(_written, decimals=decimals), None
        columns[name] = st.column_config.NumberColumn(
            name, format=form, alignment="right", help=help.get(name)
        )
    return (frame.style.format(written) if written else frame), columns


def _below(cells: Sequence[Decimal]) -> bool:
    return len(cells) <= MOST and any(cell < 0 for cell in cells)


def _written(cell: Any, *, decimals: int) -> str:
    return "" if pd.isna(cell) else signed(cell, decimals=decimals)
