"""Imports as a table of Streamlit's, one of which may be opened."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from komet_import.language import _
from komet_import.services import History, Listed, State
from komet_import.types.money import from_thousandths
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
        _("File"): [batch.file_name for batch in _batches(lines)],
        _("State"): [[_(found.state(line))] for line in lines],
        _("Rows"): [batch.rows_posted for batch in _batches(lines)],
        _("Amount"): list(amounts),
    }
    if not short:
        columns[_("Rejected")] = [batch.rows_rejected or None for batch in _batches(lines)]
        columns[_("Still open")] = [
            (still.rows or None) if (still := found.still_rejected.get(line.batch.id)) else None
            for line in lines
        ]
    columns[_("Imported")] = [local_time(batch.posted_at or batch.changed_at) for batch in _batches(lines)]
    columns[_("By")] = [line.posted_by for line in lines]
    if not short:
        columns[_("Type")] = [_(line.type.title) for line in lines]
    money: list[Decimal] = [amount for amount in amounts if amount is not None]
    return opening_table(
        pd.DataFrame(columns),
        lines,
        by=_("File"),
        key=key,
        alt=_("Imports; press a file to open its report"),
        money={_("Amount"): money},
        columns={
            _("State"): st.column_config.MultiselectColumn(
                options=[_(state) for state in State], color=[_COLORS[state] for state in State]
            ),
            _("Rows"): st.column_config.NumberColumn(format="%,d"),
            _("Rejected"): st.column_config.NumberColumn(format="%,d"),
            _("Still open"): st.column_config.NumberColumn(format="%,d"),
        },
    )


def _batches(lines: Sequence[Listed]) -> list[Any]:
    return [line.batch for line in lines]
