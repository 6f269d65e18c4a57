"""Imports as a table of Streamlit's, one of which may be opened."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from komet_import.services import History, Listed, State
from komet_import.types.schema import from_thousandths
from komet_import.web.shared.money_columns import money_column
from komet_import.web.shared.opening_table import opening_table
from komet_import.web.shared.parts import local_time

_COLORS = {
    State.COMPLETE: "green",
    State.CORRECTED: "green",
    State.OPEN: "red",
    State.DROPPED: "gray",
    State.REVERSED: "gray",
}


def imports_table(found: History, lines: Sequence[Listed], *, key: str, short: bool = False) -> Listed | None:
    """Draw them; that whose file is pressed is returned. `short` leaves out what the page says elsewhere."""
    amounts = [
        None if b.amount_posted is None else from_thousandths(b.amount_posted) for b in _batches(lines)
    ]
    columns: dict[str, list[Any]] = {
        "File": [batch.file_name for batch in _batches(lines)],
        "State": [[str(found.state(line))] for line in lines],
        "Rows": [batch.rows_posted for batch in _batches(lines)],
        "Amount": list(amounts),
    }
    if not short:
        columns["Rejected"] = [batch.rows_rejected or None for batch in _batches(lines)]
        columns["Open"] = [
            (still.rows or None) if (still := found.still_rejected.get(line.batch.id)) else None
            for line in lines
        ]
    columns["Imported"] = [local_time(batch.posted_at or batch.changed_at) for batch in _batches(lines)]
    columns["By"] = [line.posted_by for line in lines]
    if not short:
        columns["Type"] = [line.type.title for line in lines]
    money: list[Decimal] = [amount for amount in amounts if amount is not None]
    return opening_table(
        pd.DataFrame(columns),
        lines,
        by="File",
        key=key,
        alt="Imports; press a file to open its report",
        columns={
            "State": st.column_config.MultiselectColumn(
                options=[str(state) for state in State], color=[_COLORS[state] for state in State]
            ),
            "Amount": money_column("Amount", money),
            "Rows": st.column_config.NumberColumn(format="%,d"),
            "Rejected": st.column_config.NumberColumn(format="%,d"),
            "Open": st.column_config.NumberColumn(format="%,d"),
        },
    )


def _batches(lines: Sequence[Listed]) -> list[Any]:
    return [line.batch for line in lines]
