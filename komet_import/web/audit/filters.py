"""What the audit trail is filtered by: person, kind, days and text."""

from datetime import date, timedelta

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger.audit import TITLES, Event
from komet_import.ledger.audit_trail import NOBODY, TrailFilter
from komet_import.web.shared.parts import local_midnight

LONGEST_TEXT = 100


def filters(user: CurrentUser) -> TrailFilter:
    """The filter as it is set; days are those of the browser's zone."""
    people = {one.id: f"{one.name} ({one.username})" for one in services.all_users(user)}
    people[NOBODY] = _("Terminal and server")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = st.selectbox(
            _("Person"),
            list(people),
            index=None,
            placeholder=_("Everybody"),
            format_func=people.__getitem__,
            width=200,
        )
        kinds = st.multiselect(
            _("What was done"),
            list(Event),
            placeholder=_("Everything"),
            format_func=lambda kind: _(TITLES[kind]),
            width=250,
        )
        first = st.date_input(_("From"), value=None, format="YYYY-MM-DD", width=140)
        last = st.date_input(_("To"), value=None, format="YYYY-MM-DD", width=140)
        text = st.text_input(
            _("Search"),
            max_chars=LONGEST_TEXT,
            placeholder=_("File, code, reason…"),
            icon=":material/search:",
            width=200,
        )
    return TrailFilter(
        by=by,
        kinds=tuple(kinds),
        since=local_midnight(first) if isinstance(first, date) else None,
        until=local_midnight(last + timedelta(days=1)) if isinstance(last, date) else None,
        text=text,
    )
