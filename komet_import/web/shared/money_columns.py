"""Columns of money in Streamlit's tables: numbers that sort as numbers, written as money is elsewhere."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pandas as pd
import streamlit as st

from komet_import.types.money import decimals, from_thousandths, signed

# What pandas refuses to write beyond a number of cells is a page that it makes of each of them, which takes
# seconds; here only the money is written.
pd.set_option("styler.render.max_elements", 10**9)


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
    written: dict[int, list[str]] = {}
    columns: dict[str, Any] = {}
    for name, given in money.items():
        cells = list(given)
        places = decimals(cells)
        form: str | None = f"%,.{places}f"
        if any(cell < 0 for cell in cells):
            place, form = list(frame.columns).index(name), None
            written[place] = [_written(cell, places) for cell in frame[name]]
        columns[name] = st.column_config.NumberColumn(
            name, format=form, alignment="right", help=help.get(name)
        )
    return (_saying(frame, written) if written else frame), columns


def _written(cell: Any, places: int) -> str:
    return "" if pd.isna(cell) else signed(cell, decimals=places)


def _saying(frame: pd.DataFrame, written: Mapping[int, list[str]]) -> Any:
    """The table with what its cells of these columns (by place) say.

    Streamlit asks a Styler for nothing but the texts of cells. What pandas would make beside them, of every
    cell of every column, takes ten times as long as the table itself; so the texts are all that it is told.
    """
    styler = frame.style
    body = [
        [{"id": f"row{row}_col{place}", "display_value": text} for row, text in enumerate(texts)]
        for place, texts in written.items()
    ]
    styler._translate = lambda *_how: {"body": body}  # type: ignore[attr-defined]
    return styler
