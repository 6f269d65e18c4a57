"""The rows that an import posted, on its report: to look at, and to choose those that are to be reversed.

What is chosen is kept under a key of our own, for all pages of the table: each page's own selection goes with
the page.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger.statement import Entry, PostedPage, rows_told
from komet_import.services import Report
from komet_import.types import ImportType, Meaning
from komet_import.types.money import money
from komet_import.web.report.reversal_form import reversal_form
from komet_import.web.shared import guarded
from komet_import.web.shared.money_columns import amounts, with_money
from komet_import.web.shared.pager import turned
from komet_import.web.shared.parts import counted_rows, plain


@dataclass
class Choosing:
    """The rows of one import that are chosen, with their money in the sheet; `round` names the tables anew
    once a reversal is done."""

    batch_id: str
    chosen: dict[int, int] = field(default_factory=dict)
    page: int = 1
    round: int = 0


def posted_rows(report: Report) -> None:
    """The part of the page, closed until somebody wants to see it."""
    if report.type.once and report.receipt.posted.rows:
        _rows(report.batch.id, report.receipt.posted.rows)


@guarded.fragment
def _rows(user: CurrentUser, batch_id: str, count: int) -> None:
    """It runs by itself: a row that is chosen does not draw the whole report anew."""
    part = st.expander(
        _("Imported rows ({count:,})", count=count), icon=":material/table_rows:", on_change="rerun"
    )
    if not part.open:
        return
    choosing = _choosing(batch_id)
    with part:
        found = services.posted_rows(user, batch_id, page=choosing.page)
        report = services.report(user, batch_id)
        may = services.may_reverse(user, report.batch)
        _table(choosing, found, report.type, choosable=may)
        if other := turned(found.pages, found.page, key=f"posted-page-{batch_id}"):
            choosing.page = other
            st.rerun(scope="fragment")
        if not may:
            return
        if not choosing.chosen:
            st.caption(_("Select rows to reverse only these."), help=_("With the keys: Shift+Space"))
            return
        total = sum(choosing.chosen.values())
        st.markdown(
            _(
                "**{rows} selected** · {amount}",
                rows=counted_rows(len(choosing.chosen)),
                amount=plain(money(total)),
            )
        )
        if reversal_form(user, report, key="rows", rows=choosing.chosen, amount=total):
            choosing.chosen, choosing.round = {}, choosing.round + 1
            st.rerun()


def _choosing(batch_id: str) -> Choosing:
    kept = st.session_state.get("reversing-rows")
    if not isinstance(kept, Choosing) or kept.batch_id != batch_id:
        kept = st.session_state["reversing-rows"] = Choosing(batch_id)
    return kept


def _table(choosing: Choosing, found: PostedPage, type: ImportType, *, choosable: bool) -> None:
    frame, cells = _frame(found, type)
    drawn, config = with_money(frame, {amount_name(type): cells})
    key = f"posted-{choosing.batch_id}-{found.page}-{choosing.round}"
    height = min(38 + 32 * len(frame), 38 + 32 * 12)
    shared = {"hide_index": True, "row_height": 32, "height": height, "column_config": config, "key": key}
    if not choosable:
        st.dataframe(drawn, alt=_("Imported rows"), **shared)  # type: ignore[call-overload]
        return
    before = [place for place, entry in enumerate(found.entries) if entry.row in choosing.chosen]
    chosen = st.dataframe(  # type: ignore[call-overload]
        drawn,
        alt=_("Imported rows; select those to reverse"),
        on_select="rerun",
        selection_mode="multi-row",
        selection_default={"selection": {"rows": before}},
        **shared,
    ).selection.rows
    _keep(choosing, found.entries, type, chosen)


def _keep(choosing: Choosing, entries: tuple[Entry, ...], type: ImportType, chosen: list[int]) -> None:
    """What is chosen of this page, beside what is chosen of the others; what is reversed already is not."""
    for place, entry in enumerate(entries):
        if place in chosen and not entry.reversed:
            choosing.chosen[entry.row] = type.in_balance(entry.amount)
        else:
            choosing.chosen.pop(entry.row, None)


def amount_name(type: ImportType) -> str:
    """What the column of the money is called."""
    return _(type.amount_column) if type.amount_column else ""


def _frame(found: PostedPage, type: ImportType) -> tuple[pd.DataFrame, list[Decimal]]:
    """The table, and the cells of its money."""
    texts: dict[Meaning, list[Any]] = {
        Meaning.NUMBER: [entry.number for entry in found.entries],
        Meaning.DAY: [entry.day for entry in found.entries],
        Meaning.LOCATION: [entry.location for entry in found.entries],
        Meaning.REFERENCE: [entry.reference for entry in found.entries],
        Meaning.NOTE: [entry.comments for entry in found.entries],
    }
    money_of = amounts(type.in_balance(entry.amount) for entry in found.entries)
    columns: dict[str, list[Any]] = {_("Row"): rows_told(found.entries)}
    columns[_(type.name_for(Meaning.PARTY))] = [f"{e.customer} {e.customer_name}" for e in found.entries]
    for meaning, said in texts.items():
        if type.column_for(meaning) and (any(said) or meaning is Meaning.NUMBER):
            columns[_(type.name_for(meaning))] = said
        if meaning is Meaning.DAY:
            columns[amount_name(type)] = list(money_of)
    columns[_("State")] = [_("reversed") if entry.reversed else "" for entry in found.entries]
    return pd.DataFrame(columns), money_of
