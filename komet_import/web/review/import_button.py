"""The one button: what it will do, what keeps it from it, and how far the posting is that it set going."""

import time
from collections.abc import Sequence

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.access.users import CurrentUser
from komet_import.language import _, marked_pair, ngettext
from komet_import.ledger.posting import PostingRefusal
from komet_import.ledger.receipt import Receipt
from komet_import.ledger.states import Move
from komet_import.review.effect import changes
from komet_import.review.questions.question import Question
from komet_import.review.tally import Tally, counted_money
from komet_import.services import Opened
from komet_import.types import Meaning
from komet_import.types.schema import PARTIES, Need, counted
from komet_import.web.review.approval import return_button, withdraw_button
from komet_import.web.review.cards.confirmation import said
from komet_import.web.review.click import NotPosted
from komet_import.web.review.dialogs.confirm_dialog import EXCLUDED, asks
from komet_import.web.review.dialogs.deletion import delete_button
from komet_import.web.review.dialogs.key_list import keys_button
from komet_import.web.review.look import Reviewing
from komet_import.web.shared import guarded
from komet_import.web.shared.navigation import go_to
from komet_import.web.shared.parts import plain

SHOWN_DIFFERENCES = 6
NEEDS_ATTENTION = marked_pair("{count:,} needs attention", "{count:,} need attention")
WAITS = marked_pair("{count:,} waits to be confirmed", "{count:,} wait to be confirmed")
"""Why rows stay out, beside `EXCLUDED`; of one and of several."""


def why_nothing(user: CurrentUser, opened: Opened, asked: list[Question]) -> str:
    """Why no row can be imported, and what the user does about it."""
    for question in asked:
        if question.kind == "column" and opened.type.column(question.options[0].answer).need is Need.REQUIRED:
            return _("Match column {letter} first.", letter=plain(question.column))
    if opened.figures.left_out.rows == opened.figures.read.rows:
        return _("All rows are excluded. Include at least one.")
    if opened.judgement.unchanged.any() and not opened.judgement.rejected.any():
        return _("Nothing to import: every row says what is known already.")
    if not opened.reference.directory.customers and Meaning.PARTY in opened.type.columns_by_meaning:
        if roles.may_import_parties(user):
            return _("Import your list of customers first.")
        return _("Ask an Admin to import the list of customers first.")
    return _("No rows are ready yet. Fix at least one.")


def button(
    user: CurrentUser,
    looking: Reviewing,
    opened: Opened,
    asked: list[Question],
    *,
    waits: bool,
) -> None:
    """What a click does with what is ready: import it, send it for approval, or approve it; while there are
    warnings to confirm it asks for that first, and says so. While it `waits` for somebody else, only the way
    back.
    """
    told, promised = opened.figures, looking.click.promise(opened, decides=looking.checks)
    waiting, out = told.to_confirm, told.rejected.rows + told.left_out.rows
    approving = looking.click.move is Move.APPROVE
    label = said(looking.click.move, counted_money(opened.type, promised))
    if told.unchanged.rows:
        label += _(" · {count:,} unchanged", count=told.unchanged.rows)
    # Who approves confirms nothing: that is the preparer's, and such rows are rejected.
    to_confirm = asks(looking, opened)
    out += waiting.rows if approving else 0
    label += ngettext(" ({count:,} row stays out)", " ({count:,} rows stay out)", out) if out else ""
    if to_confirm:
        label = " · ".join(to_confirm)
    if looking.click.answer is not None:
        with st.bottom.container():
            _answered(looking.click.answer)
    with st.bottom.container(horizontal=True, vertical_alignment="center", gap="small", key="review-bar"):
        if not approving:
            delete_button(user, looking, opened)
        keys_button(looking)
        st.space("stretch")
        if not waits:
            _outcome(looking, opened, promised, to_confirm)
        if not promised.rows and not to_confirm:
            st.caption(why_nothing(user, opened, asked))
        if approving:
            return_button(looking)
        if waits:
            withdraw_button(user, looking)
            return
        st.button(
            plain(label),
            type="primary",
            disabled=not promised.rows and not to_confirm,
            key="import",
            wrap=True,  # no narrow screen may cut off what it will do
            on_click=guarded.callback(looking.click.ask_to_confirm if to_confirm else looking.click.begin),
            args=(user,),
        )
        looking.click.drawn.draw()


def _outcome(looking: Reviewing, opened: Opened, promised: Tally, to_confirm: Sequence[str]) -> None:
    """What a click on the button beside it does besides: whose balances it changes, what stays out, and why a
    second person is asked."""
    if not promised.rows:  # why not stands there, and the button has the number of those that stay out
        return
    sending = looking.click.move is Move.SEND
    said = []
    if not to_confirm and opened.type.summed:
        said.append(counted(len(changes(opened.judgement)), PARTIES))
    if not to_confirm and not sending:  # the button has the number, and the bar must not grow
        said += _staying(opened)
    if sending:
        said.append(services.approval_reason(opened))
    if said:
        with st.container(key="review-outcome", width="content"):
            st.caption(plain(" · ".join(said)))


def _staying(opened: Opened) -> list[str]:
    """What stays out, where anything does."""
    told = opened.figures
    out = (
        _of(told.rejected, NEEDS_ATTENTION),
        _of(told.to_confirm, WAITS),
        _of(told.left_out, EXCLUDED),
    )
    stays = [words for words in out if words]
    return [_("stays out: {what}", what=", ".join(stays))] if stays else []


def _of(tally: Tally, words: tuple[str, str]) -> str:
    """So many rows, what of them and their money; blank where there are none."""
    if not tally.rows:
        return ""
    value = f" ({tally.brief})" if tally.brief else ""
    return f"{ngettext(*words, tally.rows)}{value}"


def _answered(answer: NotPosted) -> None:
    """Why the last click posted nothing: what others changed stands there until the next click."""
    told = [f"- {plain(found.by)}: {plain(found.words)}" for found in answer.differences[:SHOWN_DIFFERENCES]]
    if len(answer.differences) > SHOWN_DIFFERENCES:
        further = len(answer.differences) - SHOWN_DIFFERENCES
        told.append(_("- and {count:,} more, see *Edits*", count=further))
    icon = ":material/group:" if answer.differences else ":material/warning:"
    st.warning("\n".join([plain(answer.message), "", *told]), icon=icon)


def posting_progress(looking: Reviewing, opened: Opened) -> None:
    """Show how far a posting is, until it is done; then its report, or why nothing was posted."""
    if looking.click.posting is None:
        return
    counted = opened.type.counted(looking.click.going)
    sending = looking.click.move is Move.SEND
    words = (
        _("Sending {counted} …", counted=counted) if sending else _("Importing {counted} …", counted=counted)
    )
    bar, began = st.empty(), time.monotonic()
    while looking.click.posting is not None and not looking.click.posting.done():
        if time.monotonic() - began > 0.4:
            bar.progress(looking.click.posted, text=words)
        time.sleep(0.05)
    bar.empty()
    try:
        done = looking.click.settle()
    except PostingRefusal as finished:
        go_to("report", batch_id=finished.batch_id or looking.batch_id)
    if isinstance(done, Receipt):
        go_to("report", batch_id=done.batch_id)
    st.rerun()  # with the answer, and what the sheet holds or waits for now
