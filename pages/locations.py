"""Locations: the company's places. From the second one on, all money must name its location."""

from html import escape

import streamlit as st

from komet_import import services, types
from komet_import.access import roles
from komet_import.language import _
from komet_import.language.lists import listed
from komet_import.ledger.locations import LONGEST_CODE, LONGEST_NAME
from komet_import.types import Meaning
from komet_import.web.shared import auth, parts
from komet_import.web.shared.forms import forms
from komet_import.web.shared.table import headings, still, table

user = auth.guard(roles.is_admin)

HINT = _("At most 20 characters, as sheets write it.")

page = forms("locations")
naming = types.saying(Meaning.LOCATION)
every = listed([_("every {noun}", noun=_(type.noun[0])) for type in naming])
nouns = listed([_(type.noun[1]) for type in naming])
parts.page_title(_("Locations"), _("With two or more locations, {every} needs a location code.", every=every))
page.say_notice()

places = services.all_locations(user)
if places:
    still(
        table(
            head=headings(
                _("Code"),
                _("Name"),
                _("Customers"),
                _("Adjustments"),
                numbers=(_("Customers"), _("Adjustments")),
            ),
            lines="".join(
                f"<tr><th scope='row' class='name'>{escape(place.code)}</th><td>{escape(place.name)}</td>"
                f"<td class='number'>{place.customers:,}</td>"
                f"<td class='number'>{place.adjustments:,}</td></tr>"
                for place in places
            ),
            label=_("Locations"),
        )
    )
else:
    parts.empty(
        _("No locations"),
        _(
            "A company with one place needs none: nobody is asked for a location. Add them if you have "
            "several."
        ),
    )
lonely = [place.code for place in places if not place.customers]
if len(places) > 1 and lonely:
    named = ", ".join(lonely)
    lists = [
        _("{title} with their {column}", title=_(type.title), column=_(type.name_for(Meaning.LOCATIONS)))
        for type in types.saying(Meaning.LOCATIONS)
    ]
    importing_them = _("Import {lists}", lists=listed(lists, "or"))
    st.info(
        parts.plain(
            _(
                "No customer belongs to {named} yet, so {nouns} cannot name it. {importing_them} (the "
                "download of current ones is a start).",
                named=named,
                nouns=nouns,
                importing_them=importing_them,
            )
        ),
        icon=":material/info:",
    )

change, add = st.columns(2, gap="large")

with change:
    st.subheader(_("Change a location"), anchor=False)
    chosen = st.selectbox(
        _("Location"),
        places,
        index=None,
        placeholder=_("Choose a location"),
        format_func=lambda place: f"{place.code} · {place.name}",
        key=f"chosen-{page.round}",
        disabled=not places,
    )
    if chosen is None:
        st.caption(_("Choose a location to rename it, to change its code, or to delete it."))
    else:
        target = chosen.id
        with st.form(f"change-{target}-{page.round}"):
            new_code = st.text_input(_("Code"), chosen.code, max_chars=LONGEST_CODE, help=HINT)
            new_name = st.text_input(_("Name"), chosen.name, max_chars=LONGEST_NAME)
            if st.form_submit_button(_("Change location")):
                page.submit(
                    lambda: services.change_location(user, target, code=new_code, name=new_name),
                    _("{new_code} is {new_name} now.", new_code=new_code.strip(), new_name=new_name.strip()),
                )
        if chosen.used:
            st.caption(_("In use, so it can't be deleted."))
        elif st.button(_("Delete"), icon=":material/delete:"):
            page.submit(
                lambda: services.remove_location(user, target),
                _("{code} is deleted.", code=chosen.code),
            )

with add:
    st.subheader(_("Add a location"), anchor=False)
    with st.form(f"add-{page.round}"):
        code = st.text_input(_("Code"), max_chars=LONGEST_CODE, help=HINT, autocomplete="off")
        name = st.text_input(_("Name"), max_chars=LONGEST_NAME, autocomplete="off")
        if len(places) == 1:
            st.caption(
                _(
                    ":material/warning: With a second location {every} must name one, and customers must "
                    "belong to it. Those of {code} stay as they are.",
                    every=every,
                    code=parts.plain(places[0].code),
                )
            )
        if st.form_submit_button(_("Add location"), type="primary"):
            page.submit(
                lambda: services.add_location(user, code=code, name=name),
                _("{code} is added.", code=code.strip()),
            )
