"""History: every import, newest first; searched, filtered, taken away."""

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.language import _, ngettext
from komet_import.review.tally import by_type
from komet_import.services import File
from komet_import.web.history import choices, totals
from komet_import.web.shared import auth, vanished
from komet_import.web.shared.download_link import download_link
from komet_import.web.shared.imports_table import imports_table
from komet_import.web.shared.navigation import go_to
from komet_import.web.shared.pager import pager
from komet_import.web.shared.parts import empty, page, page_title, plain

user = auth.guard()
if not roles.types_for(user.roles):
    page_title(_("History"))
    empty(
        _("No imports to show"),
        ngettext(
            "Your role ({roles}) neither imports nor sees imports. Ask an Admin if you need to.",
            "Your roles ({roles}) neither import nor see imports. Ask an Admin if you need to.",
            len(user.roles),
            roles=", ".join(user.roles),
        ),
    )
    vanished.stop()

look = choices.history_look()
with st.container(horizontal=True, vertical_alignment="top"):
    with st.container(key="page-heading"):
        page_title(_("History"))
    out = st.container(width="content", key="page-tools")
if not services.anything_imported(user):
    empty(
        _("Nothing was imported yet"),
        _("Imports appear here as soon as they are done."),
        lambda: st.page_link(page("data_import"), label=_("Import a file"), icon=":material/upload_file:"),
    )
    vanished.stop()

above = st.container()
wanted = choices.filters(user, look)
found = services.history(user, wanted, page=look.page)
look.page = found.page
if roles.money_types(user):
    with above:
        totals.totals(user, found.open)
address = services.history_address(wanted)
with out:
    download_link(_("Export"), File.HISTORY, address)
if not found.lines:
    empty(_("No imports match"), _("Change the filters to see more."))
    vanished.stop()
chosen = imports_table(found, found.lines, key=f"history-{address}-{found.page}")
if chosen is not None:
    go_to("report", batch_id=chosen.batch.id)
of = ngettext("{count:,} import", "{count:,} imports", found.count)
other = pager(
    len(found.lines),
    page=found.page,
    pages=found.pages,
    size=services.HISTORY_PAGE,
    of=of + plain(by_type(found.money)),
    key=f"history-page-{address}",
)
if other:
    look.page = other
    st.rerun()
