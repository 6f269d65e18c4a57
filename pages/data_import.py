"""Data import: what can be imported, the place to drop it, and what waits for this person."""

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.language import _, ngettext
from komet_import.web.home import approvals, drafts, dropped_files, first_run, import_choice, overview
from komet_import.web.shared import auth, vanished
from komet_import.web.shared.parts import empty, page_title

user = auth.guard()
types = roles.types_for(user.roles)
if not types:
    page_title(_("Data import"))
    empty(
        _("Nothing to import"),
        ngettext(
            "Your role ({roles}) can't import. Ask an Admin if you need to.",
            "Your roles ({roles}) can't import. Ask an Admin if you need to.",
            len(user.roles),
            roles=", ".join(user.roles),
        ),
    )
    vanished.stop()

steps = services.first_steps(user)
if not steps.money and roles.is_admin(user):
    first_run.checklist(user.name, steps, roles.money_types(user)[0])
else:
    page_title(_("Data import"))
waiting = services.waiting_for(user)
listed = services.drafts(user)
work, aside = st.columns([0.7, 0.3], gap="medium")
with work:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        type = import_choice.choose_type(types)
        with st.container(horizontal=True, horizontal_alignment="right", key="import-ways"):
            dropped_files.paste()
            import_choice.template(type)
    if type.summed and not steps.customers:
        first_run.no_customers(may_import_them=roles.may_import_parties(user))
    dropped_files.upload(user, type)
    import_choice.columns(type)
    asked = {request.batch.id for request in waiting}
    drafts.drafts(user, [draft for draft in listed if draft.batch.id not in asked])
    imported = services.history(user)
    overview.recent(imported)
    drafts.deleted(user, services.deleted(user))
with aside:
    approvals.waiting(waiting, services.reversals_waiting_for(user))
    overview.weeks(user, type)
    overview.still_rejected(imported.open)
