"""Locations: the company's places. From the second one on, all money must name its location."""

from html import escape

import streamlit as st

from komet_import import services, types
from komet_import.access import roles
from komet_import.ledger.locations import LONGEST_CODE, LONGEST_NAME
from komet_import.types import Meaning
from komet_import.types.schema import PARTIES, listed
from komet_import.web.shared import auth, parts
from komet_import.web.shared.forms import forms
from komet_import.web.shared.table import headings, still, table

user = auth.guard(roles.is_admin)

HINT = "At most 20 characters, as sheets write it."

page = forms("locations")
naming = types.saying(Meaning.LOCATION)
every, none = (
    listed([f"{word} {type.noun[0]}" for type in naming], last)
    for word, last in (("every", "and"), ("no", "or"))
)
parts.page_title("Locations", f"Your places. From the second one on, {every} must name its location.")
page.say_notice()

places = services.all_locations(user)
if places:
    still(
        table(
            head=headings("Code", "Name", "Customers", "Adjustments", numbers=("Customers", "Adjustments")),
            lines="".join(
                f"<tr><th scope='row' class='name'>{escape(place.code)}</th><td>{escape(place.name)}</td>"
                f"<td class='number'>{place.customers:,}</td>"
                f"<td class='number'>{place.adjustments:,}</td></tr>"
                for place in places
            ),
            label="Locations",
        )
    )
else:
    parts.empty(
        "No locations",
        "A company with one place needs none: nobody is asked for a location. Add them if you have several.",
    )
lonely = [place.code for place in places if not place.customers]
if len(places) > 1 and lonely:
    named = ", ".join(lonely)
    lists = [
        f"{type.title} with their {type.name_for(Meaning.LOCATIONS)}"
        for type in types.saying(Meaning.LOCATIONS)
    ]
    importing_them = f"Import {listed(lists, 'or')}"
    st.info(
        parts.plain(
            f"No customer belongs to {named} yet, so {none} can name it. {importing_them} (the download of "
            "current ones is a start)."
        ),
        icon=":material/info:",
    )

change, add = st.columns(2, gap="large")

with change:
    st.subheader("Change a location", anchor=False)
    chosen = st.selectbox(
        "Location",
        places,
        index=None,
        placeholder="Choose a location",
        format_func=lambda place: f"{place.code} · {place.name}",
        key=f"chosen-{page.round}",
        disabled=not places,
    )
    if chosen is None:
        st.caption("Choose a location to give it another name or code, or to take it away.")
    else:
        target = chosen.id
        with st.form(f"change-{target}-{page.round}"):
            new_code = st.text_input("Code", chosen.code, max_chars=LONGEST_CODE, help=HINT)
            new_name = st.text_input("Name", chosen.name, max_chars=LONGEST_NAME)
            if st.form_submit_button("Change location"):
                page.do(
                    lambda: services.change_location(user, target, code=new_code, name=new_name),
                    f"{new_code.strip()} is {new_name.strip()} now.",
                )
        if chosen.used:
            st.caption(
                f"It has {listed([PARTIES[1], *(type.noun[1] for type in naming)], 'or')}, so it stays."
            )
        elif st.button("Remove", icon=":material/delete:"):
            page.do(
                lambda: services.remove_location(user, target),
                f"{chosen.code} is removed.",
            )

with add:
    st.subheader("Add a location", anchor=False)
    with st.form(f"add-{page.round}"):
        code = st.text_input("Code", max_chars=LONGEST_CODE, help=HINT, autocomplete="off")
        name = st.text_input("Name", max_chars=LONGEST_NAME, autocomplete="off")
        if len(places) == 1:
            st.caption(
                f":material/warning: With a second location {every} must name one, and customers must "
                f"belong to it. Those of {parts.plain(places[0].code)} stay as they are."
            )
        if st.form_submit_button("Add location", type="primary"):
            page.do(
                lambda: services.add_location(user, code=code, name=name),
                f"{code.strip()} is added.",
            )
