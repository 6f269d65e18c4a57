"""The list of customers with their balances, one of which may be opened."""

from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from komet_import.language import _
from komet_import.language.lists import listed
from komet_import.ledger.ageing import AGES
from komet_import.ledger.balances import PAGE, Balance, Balances
from komet_import.ledger.open_sums import sides_of
from komet_import.types.schema import PARTIES, SIDES, counted
from komet_import.web.balances.choices import EVERYWHERE, BalancesLook, Types
from komet_import.web.shared.money_columns import amounts
from komet_import.web.shared.opening_table import opening_table
from komet_import.web.shared.pager import pager
from komet_import.web.shared.parts import empty, page, plain


def customers(look: BalancesLook, found: Balances, types: Types) -> None:
    """A page of customers; the one whose name is pressed is opened."""
    look.page = found.page
    if not found.lines:
        _nobody(look, types)
        return
    frame, money = _frame(found, types)
    config: dict[str, Any] = {}
    if _("Share") in frame:
        top = max(frame[_("Share")].max(), 0.01)
        # Streamlit's own "percent" is written as the browser's language does: 4,05 beside 1,586.01.
        config[_("Share")] = st.column_config.ProgressColumn(format="%.2f%%", min_value=0, max_value=top)
    chosen = opening_table(
        frame,
        found.lines,
        by=_("Customer"),
        key=f"balances-{found.page}-{look.order}-{look.place}-{look.search}-{look.settled}",
        alt=_("Balances by customer; press a name to open one"),
        money=money,
        help={_("Net"): _("What you owe less what they owe.")},
        columns=config,
        blank="–",
    )
    open_chosen(look, chosen)
    turn(look, found, counted(found.customers, PARTIES))


def turn(look: BalancesLook, found: Balances, of: str) -> None:
    """Which customers are shown, of how many, and the way to the others."""
    other = pager(len(found.lines), page=found.page, pages=found.pages, size=PAGE, of=of, key="balances-page")
    if other:
        look.page = other
        st.rerun()


def open_chosen(look: BalancesLook, line: Balance | None) -> None:
    """Open the customer that was chosen in a table, if one was."""
    if line is not None:
        look.entries_page = 1
        st.query_params["customer"] = line.code
        st.rerun()


def _frame(found: Balances, types: Types) -> tuple[pd.DataFrame, dict[str, list[Decimal]]]:
    """The table, and its columns of money."""
    sides, lines = sides_of(types), found.lines
    money: dict[str, list[Decimal]] = {}
    if len(sides) > 1:
        money |= {_(SIDES[side]): amounts(line.on(side, types) for line in lines) for side in sides}
        money[_("Net")] = amounts(line.amount for line in lines)
    else:
        money[_("Balance")] = amounts(line.on(sides[0], types) for line in lines)
    aged = [line.net_aged(types) for line in lines]
    money |= {_(age): amounts(one[place] for one in aged) for place, age in enumerate(AGES)}
    sums = (_("Net"), _("Balance"))  # of sides and ages most are nothing
    shown = {name: cells if name in sums else [one or None for one in cells] for name, cells in money.items()}
    frame = pd.DataFrame(
        {
            _("Code"): [line.code for line in lines],
            _("Customer"): [
                line.name if line.active else _("{name} (inactive)", name=line.name) for line in lines
            ],
            **shown,
            _(types[0].noun[1]).capitalize() if len(types) == 1 else _("Open items"): [
                line.standing for line in lines
            ],
        }
    )
    frame[_("Oldest")] = [line.oldest for line in lines]
    if len(sides) == 1:
        whole = found.on(sides[0], types)
        frame[_("Share")] = [
            100 * max(line.on(sides[0], types), 0) / whole if whole > 0 else 0.0 for line in lines
        ]
    return frame, money


def _nobody(look: BalancesLook, types: Types) -> None:
    nouns = listed([_(type.noun[1]) for type in types])
    if look.search.strip():
        empty(
            _("No customer is called “{search}”", search=plain(look.search.strip())),
            _("Search for a part of the code or the name, or tick “Include zero balances”."),
        )
    elif look.place != EVERYWHERE:
        empty(_("No open balances at this location"), _("Choose another location to see the others."))
    else:
        empty(
            _("No open balances"),
            _("Imported {nouns} appear here as the balance of their customer.", nouns=nouns),
            lambda: st.page_link(
                page("data_import"), label=_("Import a file"), icon=":material/upload_file:"
            ),
        )
