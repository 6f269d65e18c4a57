"""Audit trail: who did what, when and from where."""

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.language import _, ngettext
from komet_import.refusal import Refusal
from komet_import.services import File
from komet_import.web.audit.entries import entries, entry
from komet_import.web.audit.filters import filters
from komet_import.web.shared import auth, parts, vanished
from komet_import.web.shared.download_link import download_link

user = auth.guard(roles.is_admin)
parts.page_title(
    _("Audit trail"), _("Who did what, when and from where. Entries can't be changed or deleted.")
)

wanted = filters(user)
address = services.address_of(wanted)
key = f"trail-{address}"
try:
    trail = services.audit_trail(user, wanted, page=st.session_state.get(f"{key}-page", 1))
except Refusal as refused:
    parts.refusal(refused.message)
    vanished.stop()

with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
    st.caption(
        ngettext("{count:,} entry, newest first", "{count:,} entries, newest first", trail.entries),
        width="content",
    )
    # On the left: what the table's own tools cover while a row is chosen, nobody can click.
    download_link(_("Download as workbook"), File.AUDIT, address)
if not trail.entries:
    parts.empty(_("No entries match"), _("Change the filters to see more."))
    vanished.stop()

chosen = entries(trail.lines, key=f"{key}-{trail.page}")
if trail.pages > 1:
    st.pagination(trail.pages, key=f"{key}-page")
if chosen is not None:
    entry(chosen, trail.people)
