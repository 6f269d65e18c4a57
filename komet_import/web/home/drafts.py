"""The drafts of the Data import page: what waits to be reviewed, and what was deleted lately."""

from collections.abc import Sequence

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _, marked, ngettext
from komet_import.ledger import states
from komet_import.refusal import Refusal
from komet_import.services import Deleted, Listed, Work
from komet_import.web.shared import deletion_words, guarded
from komet_import.web.shared.navigation import go_to, kept_here
from komet_import.web.shared.on_screen import stood
from komet_import.web.shared.parts import (
    ago,
    counted_edits,
    counted_rows,
    local_time,
    page,
    plain,
    refusal,
)
from komet_import.web.shared.restore_button import restore_button

STANDS: dict[str, str] = {states.WAITING: marked("Waiting for approval"), states.RETURNED: marked("Returned")}
"""What a list says of a draft that somebody else was asked about."""
STANDING, ACTS = 184, 116
"""Pixels of what stands beside a name, so that it is in a column with that of the others: sums and state in
two lines, as the name and what is told of it."""
SHOWN = 8
"""So many drafts are in view, the newest; the others are behind one click."""
_TO_DELETE = "draft-to-delete"


def drafts(user: CurrentUser, listed: Sequence[Listed]) -> None:
    """The drafts that wait, each with its money and its problems; a closed tab or a restarted server loses
    none."""
    if not listed:
        return
    st.header(_("Drafts ({count})", count=len(listed)), anchor=False)
    with st.container(border=True, gap="small", key="drafts"):
        for draft in listed[:SHOWN]:
            _draft(user, draft)
    if older := listed[SHOWN:]:
        label = ngettext("{count:,} older draft", "{count:,} older drafts", len(older))
        with st.expander(label, key="older-drafts"), st.container(gap="small"):
            for draft in older:
                _draft(user, draft)
    if kept_here().get(_TO_DELETE):
        _ask()


def _draft(user: CurrentUser, draft: Listed) -> None:
    batch = draft.batch
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        name = st.container(gap=None, key=f"row-name-{batch.id}")
        standing = st.container(width=STANDING, gap=None)
        acts = st.container(width=ACTS, horizontal=True, vertical_alignment="center", gap="xsmall")
    with name:
        st.page_link(page("review"), label=f"**{plain(batch.file_name)}**", query_params={"batch": batch.id})
        edits = f" · {counted_edits(draft.edits)}" if draft.edits else ""
        whose = _("you") if draft.mine else plain(draft.uploaded_by)
        st.caption(f"{_(draft.type.title)} · {whose} · {ago(batch.changed_at)}{edits}")
    money = draft.read.brief
    with standing:
        st.markdown(f":small[{counted_rows(batch.rows_read)}{f' · {plain(money)}' if money else ''}]")
        _badge(draft)
    if acts.button(_("Review"), key=f"review-{batch.id}"):
        go_to("review", batch_id=batch.id)
    if services.may_delete(user, batch) and acts.button(
        "",
        key=f"delete-{batch.id}",
        icon=":material/delete:",
        type="tertiary",
        help=plain(_("Delete draft {file_name}…", file_name=batch.file_name)),
    ):
        kept_here()[_TO_DELETE] = batch.id
        st.rerun()


def _badge(draft: Listed) -> None:
    """How a draft stands, as far as that is known without judging a large one."""
    batch = draft.batch
    if batch.status in STANDS:
        st.badge(_(STANDS[batch.status]), icon=":material/schedule:", color="orange")
    elif not draft.current:
        st.badge(
            _("To be checked again"),
            icon=":material/sync:",
            color="gray",
            help=_(
                "Nothing of it is lost. Something was imported or changed since it was opened last, or the "
                "server was started anew; its rows are checked when you open it."
            ),
        )
    elif batch.rows_rejected:
        st.badge(
            ngettext("{count:,} needs attention", "{count:,} need attention", batch.rows_rejected),
            icon=":material/error:",
            color="red",
        )
    elif batch.rows_read > batch.rows_left_out:
        st.badge(_("Ready"), icon=":material/check:", color="green")


def _keep() -> None:
    kept_here().pop(_TO_DELETE, None)


def _ask() -> None:
    guarded.dialog(_("Delete this draft?"), on_dismiss=_keep)(_asked)()


def _asked(user: CurrentUser) -> None:
    batch_id = kept_here().get(_TO_DELETE)
    if not batch_id:
        st.rerun()
    try:
        work = services.work_on(user, batch_id)
    except Refusal as wrong:
        refusal(wrong.message)
        return
    answer = st.empty()
    with answer.container():
        clicked = _question(work)
    if not clicked:
        return
    try:
        with st.spinner(_("One moment …")):
            services.discard(user, batch_id, revision=work.revision)
    except Refusal as wrong:
        with answer.container():  # in place of the question, which is none any more
            refusal(wrong.message)
        return
    _keep()
    st.rerun()


def _question(work: Work) -> bool:
    """What would go, and the two buttons; whether it is to be deleted."""
    deletion_words.about(work, restored=_("here for 30 days"))
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button(_("Keep it")):
            _keep()
            st.rerun()
        with stood("deletion", work) as meant:
            return meant(st.button(deletion_words.label(work), type="primary"))


def deleted(user: CurrentUser, listed: Sequence[Deleted]) -> None:
    """The drafts that were deleted lately, each with its way back."""
    if not listed:
        return
    with st.expander(_("Deleted drafts ({count})", count=len(listed))):
        st.caption(_("A deleted draft can be restored with all its edits for 30 days."))
        for draft in listed:
            name, about, back = st.columns([1, 2, 0.6], vertical_alignment="center")
            name.markdown(plain(draft.batch.file_name))
            about.caption(
                _(
                    "{title} · {rows} · uploaded by {uploaded_by} · deleted by {deleted_by}, {time}",
                    title=_(draft.type.title),
                    rows=counted_rows(draft.batch.rows_read),
                    uploaded_by=plain(draft.uploaded_by),
                    deleted_by=plain(draft.deleted_by),
                    time=local_time(draft.deleted_at),
                )
            )
            with back:
                restore_button(user, draft.batch.id)
