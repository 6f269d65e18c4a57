"""Customers: who they are, what is open with each, and everything that was imported for one of them."""

import pandas as pd
import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.language import _
from komet_import.types.schema import PARTIES, counted
from komet_import.web.balances import choices, customers, statement, words
from komet_import.web.shared import auth, vanished
from komet_import.web.shared.money_columns import amounts
from komet_import.web.shared.opening_table import opening_table
from komet_import.web.shared.parts import empty, local_time, page, page_title
from komet_import.web.shared.table import facts

user = auth.guard(roles.may_see_balances)
types = roles.money_types(user)
look = choices.balances_look("customer-list")
code = choices.chosen_customer()

if code:
    statement.back(_("All customers"))
    found = services.statement(user, code, page=look.entries_page)
    if found is None:
        auth.not_found()
    statement.customer(found, types)
    if known := services.customer_details(user, found.balance.customer_id):
        told = {
            _("Type"): known.customer_type,
            _("Sales rep"): known.salesperson,
            _("Accounting code"): known.accounting_code,
            _("Locations"): ", ".join(known.locations),
            _("Last changed"): local_time(known.updated_at),
        }
        facts({name: text for name, text in told.items() if text})
    st.header(_("History"), anchor=False)
    statement.entries(look, found, types, place=None)
    vanished.stop()

page_title(_("Customers"))
with st.container(horizontal=True, vertical_alignment="bottom"):
    choices.search(look)
    st.space("stretch")
listed, details = services.customer_list(user, search=look.search, page=look.page)
look.page = listed.page
if not listed.lines:
    if look.search.strip():
        empty(_("No customer matches"), _("Search for a part of the code or the name."))
    else:
        empty(
            _("No customers yet"),
            _("Import your customer list first: every document belongs to a customer."),
            lambda: st.page_link(
                page("data_import"), label=_("Import a file"), icon=":material/upload_file:"
            ),
        )
    vanished.stop()

balances = amounts(line.amount for line in listed.lines)
kept = [details[line.customer_id] for line in listed.lines]
frame = pd.DataFrame(
    {
        _("Code"): [line.code for line in listed.lines],
        _("Customer"): [line.name for line in listed.lines],
        _("State"): [[_("active") if line.active else _("inactive")] for line in listed.lines],
        words.balance_name(types): balances,
        _("Open items"): [line.standing for line in listed.lines],
        _("Oldest"): [line.oldest for line in listed.lines],
        _("Type"): [one.customer_type for one in kept],
        _("Sales rep"): [one.salesperson for one in kept],
        _("Locations"): [", ".join(one.locations) for one in kept],
    }
)
chosen = opening_table(
    frame,
    listed.lines,
    by=_("Customer"),
    key=f"customers-{listed.page}-{look.search}",
    alt=_("Customers; press a name to open one"),
    money={words.balance_name(types): balances},
    columns={
        _("State"): st.column_config.MultiselectColumn(
            options=[_("active"), _("inactive")], color=["green", "gray"]
        ),
    },
)
customers.open_chosen(look, chosen)
customers.turn(look, listed, counted(listed.customers, PARTIES))
