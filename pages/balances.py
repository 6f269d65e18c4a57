"""Balances: what we owe each customer and what it owes us, and the adjustments behind it."""

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.web.balances import customers
from komet_import.web.shared import auth
from komet_import.web.shared.parts import page_title

user = auth.guard(roles.may_see_balances)

types = roles.money_types(user)
look = customers.looking()
places = services.places(user)
code = customers.chosen_customer()

if code:
    customers.back()
    head, choice = st.columns([3, 1], vertical_alignment="bottom")
    with choice:
        place = customers.location(look, places)
    statement = services.statement(user, code, location_id=place, page=look.entries_page)
    if statement is None:
        auth.not_found()
    with head:
        customers.customer(look, statement, types)
    customers.entries(look, statement, types)
    st.stop()

page_title("Balances", customers.about(types))
place = customers.toolbar(look, places)
found = services.balances(user, search=look.search, location_id=place, settled=look.settled, page=look.page)
customers.customers(look, found, types)
