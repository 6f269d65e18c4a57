"""Tables of Streamlit's in which a row is opened: its name is pressed, or it is chosen with the keys."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from komet_import.language import _
from komet_import.web.shared.money_columns import with_money

ROW, HEAD = 32, 34
"""Pixels of a row and of the header."""

Line = TypeVar("Line")


def opening_table(
    frame: pd.DataFrame,
    lines: Sequence[Line],
    *,
    by: str,
    key: str,
    alt: str,
    money: Mapping[str, Sequence[Decimal]],
    columns: Mapping[str, Any] = MappingProxyType({}),
    help: Mapping[str, str] = MappingProxyType({}),
    blank: str = "",
) -> Line | None:
    """Draw a line in each row; that whose cell of the column `by` is pressed is returned, once. `money` are
    the cells of its columns of money, `help` what their headings tell; `blank` is what stands in a cell
    without a value.

    The cells of a button column are for pointers only, so rows can be chosen, too (Shift+Space).
    """
    button = st.column_config.ButtonColumn(type="tertiary", alignment="left", key=f"{key}-open")
    drawn, of_money = with_money(frame, money, help=help)
    chosen = st.dataframe(
        drawn,
        hide_index=True,
        row_height=ROW,
        height=HEAD + ROW * len(frame),
        column_config={**of_money, **columns, by: button},
        placeholder=blank,
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        alt=_("{what} (with the keys: Shift+Space)", what=alt),
    ).selection.rows
    pressed = st.session_state.get(f"{key}-open")
    row = pressed.row if pressed else next(iter(chosen), len(lines))
    return lines[row] if row < len(lines) else None
