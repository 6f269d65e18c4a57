"""Balances: what we owe each customer and what it owes us, by age, and the adjustments behind it."""

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.clock import today
from komet_import.language import _
from komet_import.web.balances import ages, choices, customers, export, statement, words
from komet_import.web.shared import auth, vanished
from komet_import.web.shared.parts import page_title

user = auth.guard(roles.may_see_balances)

types = roles.money_types(user)
look = choices.balances_look()
places = services.places(user)
code = choices.chosen_customer()

if code:
    with st.container(horizontal=True, vertical_alignment="center"):
        statement.back(_("All balances"))
        st.space("stretch")
        place = choices.location(look, places)
    found = services.statement(user, code, location_id=place, page=look.entries_page)
    if found is None:
        auth.not_found()
    statement.customer(found, types)
    statement.entries(look, found, types, place=place)
    vanished.stop()

with st.container(horizontal=True, vertical_alignment="center"):
    with st.container(key="page-heading"):
        page_title(_("Balances"), words.about(types))
    out = st.container(width="content")
figures = st.container()
with st.container(horizontal=True, vertical_alignment="center"):
    shown = choices.view()
    place = choices.toolbar(look, places)
with out:
    export.export(user, place, today())
listed = services.balances(
    user, search=look.search, location_id=place, settled=look.settled, order=look.order, page=look.page
)
with figures:
    ages.ages(listed, types)
if shown == choices.LARGEST and listed.lines:
    ages.largest(listed, types)
else:
    customers.customers(look, listed, types)
