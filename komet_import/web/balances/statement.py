"""One customer: what is open by age, and every adjustment behind it with its import, row and person."""

from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from komet_import.language import _, ngettext
from komet_import.language.lists import listed
from komet_import.ledger.balances import PAGE
from komet_import.ledger.open_sums import sides_of
from komet_import.ledger.statement import Entry, Statement, rows_told
from komet_import.services import File
from komet_import.types import ALL, Meaning
from komet_import.types.money import money
from komet_import.types.schema import shared_name
from komet_import.web.balances.ages import ages
from komet_import.web.balances.choices import BalancesLook, Types
from komet_import.web.balances.words import has
from komet_import.web.shared.download_link import download_link
from komet_import.web.shared.money_columns import amounts
from komet_import.web.shared.navigation import go_to
from komet_import.web.shared.opening_table import opening_table
from komet_import.web.shared.pager import pager
from komet_import.web.shared.parts import empty, local_time, page_title, plain


def back(to: str) -> None:
    """The way back to the list, as it was left."""
    if st.button(to, icon=":material/arrow_back:", type="tertiary"):
        del st.query_params["customer"]
        st.rerun()


def customer(found: Statement, types: Types) -> None:
    """One customer: the balance, by age."""
    balance = found.balance
    page_title(balance.name or balance.code)
    inactive = "" if balance.active else _(" · inactive")
    net = _(" · net **{amount}**", amount=plain(money(balance.amount))) if len(sides_of(types)) > 1 else ""
    st.markdown(f"{plain(balance.code)}{inactive}{net}")
    ages(balance, types)


def entries(look: BalancesLook, found: Statement, types: Types, *, place: int | None) -> None:
    """The adjustments of a customer, at one place or at all, newest document first; the import of a chosen
    one can be opened."""
    look.entries_page = found.page
    if not found.entries:
        empty(
            _("No {nouns}", nouns=listed([_(type.noun[1]) for type in types], "or")),
            _("Nothing was imported for this customer yet."),
        )
        return
    of = str(found.balance.customer_id) if place is None else f"{found.balance.customer_id}-{place}"
    download_link(_("Download statement"), File.STATEMENT, of)
    frame, cells = _frame(found.entries, types)
    chosen = opening_table(
        frame,
        found.entries,
        by=_("File"),
        key=f"statement-{found.balance.customer_id}-{found.page}-{look.place}",
        alt=_("Adjustments of {code}; press a file to open its import", code=found.balance.code),
        money={_("Amount"): cells},
    )
    if chosen is not None:
        go_to("report", batch_id=chosen.batch_id)
    _turn(look, found)


def _turn(look: BalancesLook, found: Statement) -> None:
    other = pager(
        len(found.entries),
        page=found.page,
        pages=found.pages,
        size=PAGE,
        of=ngettext("{count:,} adjustment", "{count:,} adjustments", found.count),
        key="statement-page",
    )
    if other:
        look.entries_page = other
        st.rerun()


def _frame(entries: tuple[Entry, ...], types: Types) -> tuple[pd.DataFrame, list[Decimal]]:
    """The table, and the cells of its money."""
    cells = amounts(entry.amount for entry in entries)
    columns: dict[str, list[Any]] = {_("Date"): [entry.day for entry in entries]}
    if len(types) > 1:
        columns[_("Kind")] = [_(ALL[entry.type_slug].noun[0]).capitalize() for entry in entries]
    columns[shared_name(types, Meaning.NUMBER)] = [entry.number for entry in entries]
    columns[_("Amount")] = list(cells)
    if any(entry.state for entry in entries):
        columns[_("State")] = [entry.state for entry in entries]
    if has(types, Meaning.REFERENCE) and any(entry.reference for entry in entries):
        columns[shared_name(types, Meaning.REFERENCE)] = [entry.reference for entry in entries]
    if any(entry.location for entry in entries):
        columns[_("Location")] = [entry.location for entry in entries]
    if has(types, Meaning.NOTE) and any(entry.comments for entry in entries):
        columns[shared_name(types, Meaning.NOTE)] = [entry.comments for entry in entries]
    columns[_("File")] = [entry.file_name for entry in entries]
    columns[_("Row")] = rows_told(entries)
    columns[_("By")] = [entry.posted_by for entry in entries]
    columns[_("Posted")] = [local_time(entry.posted_at) for entry in entries]
    return pd.DataFrame(columns), cells
