"""Periods: past months that are closed, so that nothing is imported that is dated in them."""

from functools import partial
from html import escape

import streamlit as st

from komet_import import services, types
from komet_import.access import roles
from komet_import.language import _
from komet_import.language.lists import listed
from komet_import.ledger.periods import LONGEST_NOTE
from komet_import.review.months import named
from komet_import.types import Meaning
from komet_import.web.shared import auth, parts, vanished
from komet_import.web.shared.forms import forms
from komet_import.web.shared.table import headings, still, table

user = auth.guard(roles.may_close_periods)

page = forms("periods")
nouns = listed([_(type.noun[1]) for type in types.saying(Meaning.DAY)])
parts.page_title(
    _("Periods"), _("While a month is closed, {nouns} dated in it cannot be imported.", nouns=nouns)
)
page.say_notice()

periods = services.periods(user)
if periods.closed:
    still(
        table(
            head=headings(_("Month"), _("Note"), _("Closed by"), _("Closed")),
            lines="".join(
                f"<tr><th scope='row' class='name'>{escape(line.name)}</th>"
                f"<td class='wordy'>{escape(line.note)}</td><td>{escape(line.by)}</td>"
                f"<td class='time'>{escape(parts.local_time(line.at))}</td></tr>"
                for line in periods.closed
            ),
            label=_("Closed months"),
        )
    )
else:
    parts.empty(
        _("No closed months"), _("Close a month when its books are done, so that nothing is added to it.")
    )

close, reopen = st.columns(2, gap="large")

with close:
    st.subheader(_("Close a month"), anchor=False)
    with st.form(f"close-{page.round}"):
        month = st.selectbox(_("Past month"), periods.open, format_func=named)
        note = st.text_input(
            _("Note"), max_chars=LONGEST_NOTE, autocomplete="off", key=f"closing-{page.round}"
        )
        st.caption(_("Every Admin is told by mail. Drafts with rows dated in the month show them as errors."))
        if st.form_submit_button(_("Close month"), type="primary", disabled=not periods.open):
            closing = partial(services.close_period, user, month, note=note)
            page.submit(closing, _("{month} is closed.", month=named(month)))

with reopen:
    st.subheader(_("Reopen a month"), anchor=False)
    if not periods.closed:
        st.caption(_("A closed month can be reopened here."))
        vanished.stop()
    with st.form(f"reopen-{page.round}"):
        shut = st.selectbox(_("Closed month"), [line.month for line in periods.closed], format_func=named)
        why = st.text_input(
            _("Note"), max_chars=LONGEST_NOTE, autocomplete="off", key=f"opening-{page.round}"
        )
        st.caption(_("Every Admin is told by mail."))
        if st.form_submit_button(_("Reopen month")):
            reopening = partial(services.reopen_period, user, shut, note=why)
            page.submit(reopening, _("{month} is open again.", month=named(shut)))
