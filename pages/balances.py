"""Balances: what we owe each customer and what it owes us, and the adjustments behind it."""

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.web import auth, balances_parts
from komet_import.web.parts import page_title

user = auth.guard(roles.may_see_balances)

types = roles.money_types(user)
look = balances_parts.looking()
places = services.places(user)
code = balances_parts.chosen_customer()

if code:
    balances_parts.back()
    head, choice = st.columns([3, 1], vertical_alignment="bottom")
    with choice:
        place = balances_parts.location(look, places)
    statement = services.statement(user, code, location_id=place, page=look.entries_page)
    if statement is None:
        auth.not_found()
    with head:
        balances_parts.customer(look, statement, types)
    balances_parts.entries(look, statement, types)
    st.stop()

page_title("Balances", balances_parts.about(types))
place = balances_parts.toolbar(look, places)
found = services.balances(user, search=look.search, location_id=place, settled=look.settled, page=look.page)
balances_parts.customers(look, found, types)
