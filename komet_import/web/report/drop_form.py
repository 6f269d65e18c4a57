"""Dropping rejected rows on the report: which, why, one button; and the way back."""

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.language.lists import listed
from komet_import.refusal import Refusal
from komet_import.review.issues import told_again
from komet_import.services import LONGEST_REASON, Report, ReportRow
from komet_import.web.shared.on_screen import stood
from komet_import.web.shared.parts import counted_rows, plain, refusal


def drop_rows(user: CurrentUser, report: Report) -> None:
    """A popover beside the ways to correct the rows; nothing where no row is left or dropped."""
    dropped = [row for row in report.rejected if row.fate.dropped]
    if not (report.left or dropped):
        return
    with st.popover(_("Drop rows…"), icon=":material/do_not_disturb_on:"):
        if report.left:
            _drop(user, report)
        if dropped:
            _undo(user, report, dropped)


def _drop(user: CurrentUser, report: Report) -> None:
    said = {row.row: _said(row) for row in report.left}  # texts: the page keeps them, and not the rows
    st.caption(
        _("Rows that will not be imported. They stay on this report with your reason; undo it any time.")
    )
    with st.form("drop-rows", border=False, enter_to_submit=False):
        chosen = st.multiselect(
            _("Rows"), list(said), format_func=said.__getitem__, placeholder=_("Choose rows")
        )
        reason = st.text_input(_("Reason"), max_chars=LONGEST_REASON, autocomplete="off", key="drop-reason")
        if not st.form_submit_button(_("Drop rows")):
            return
    if not chosen:
        refusal(_("Choose the rows to drop."))
        return
    try:
        services.drop_rows(user, report.batch.id, chosen, reason=reason)
    except Refusal as refused:
        refusal(refused.message)
        return
    st.rerun()


def _undo(user: CurrentUser, report: Report, dropped: list[ReportRow]) -> None:
    rows = [row.row for row in dropped]
    st.caption(plain(_("Dropped: {listed}", listed=listed([str(row) for row in rows]))))
    chosen = rows if len(rows) == 1 else st.multiselect(_("Open again"), rows, placeholder=_("Choose rows"))
    words = _("Undo the drop of {rows}", rows=counted_rows(len(chosen)))
    with stood("undo-drop", (report.batch.id, *chosen)) as meant:
        clicked = meant(st.button(words, disabled=not chosen, key="undo-drop"))
    if clicked:
        try:
            services.take_back_rows(user, report.batch.id, chosen)
        except Refusal as refused:
            refusal(refused.message)
            return
        st.rerun()


def _said(row: ReportRow) -> str:
    """A row in a list to choose from: its number and the first thing against it."""
    return f"{row.place} · {told_again(row.issues[0])}" if row.issues else row.place
