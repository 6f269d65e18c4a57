"""A second pair of eyes on the screen: how a draft stands between its preparer and who may approve it."""

from functools import partial

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _, ngettext
from komet_import.language.lists import listed
from komet_import.refusal import Refusal
from komet_import.services import LONGEST_RETURN, ApprovalState, Opened
from komet_import.web.review.kept_fields import forget, text_field
from komet_import.web.review.look import Reviewing
from komet_import.web.shared import guarded
from komet_import.web.shared.on_screen import stood
from komet_import.web.shared.parts import loaded, local_time, plain, refusal

WHY = "return-why"
"""The field for the reason."""


def banner(opened: Opened, standing: ApprovalState) -> None:
    """What a person must know before they look at the rows; nothing where nobody was asked."""
    batch = opened.batch
    if standing.returned_by and batch.returned_at:
        st.warning(
            _(
                "**Returned by {name}, {time}:** {why}",
                name=plain(standing.returned_by),
                time=local_time(batch.returned_at),
                why=plain(batch.returned_why or ""),
            ),
            icon=":material/undo:",
        )
    if standing.waiting and batch.prepared_at:
        when = f"{plain(standing.prepared_by)}, {local_time(batch.prepared_at)}"
        if standing.decides:
            st.info(
                _(
                    "**Waiting for your approval**, sent by {when}. Every edit is listed under *Edits*.",
                    when=when,
                ),
                icon=":material/approval:",
            )
            _confirmed(opened)
            return
        waits = _(
            "**Waiting for approval** by {named}, sent by {when}. An edit withdraws the request.",
            named=plain(listed(standing.approvers, "or")) or _("nobody: ask an Admin"),
            when=when,
        )
        st.info(
            f"{waits}  \n:small[{plain(standing.why_not)}]",
            icon=":material/hourglass_top:",
        )


def _confirmed(opened: Opened) -> None:
    """Which warnings were confirmed, by whom and when: who approves does not confirm them again."""
    if found := services.acknowledged(opened):
        count = sum(len(one.rows) for one in found)
        words = ngettext("{count:,} warning confirmed", "{count:,} warnings confirmed", count)
        with st.expander(words, icon=":material/fact_check:"):
            for one in found:
                st.caption(f"{plain(one.words)}  \n{plain(one.by)}, {local_time(one.at)}")


def withdraw_button(user: CurrentUser, looking: Reviewing) -> None:
    """In place of the one button, for whoever cannot decide about what waits."""
    st.button(
        _("Withdraw request"),
        icon=":material/undo:",
        key="withdraw",
        on_click=looking.later(partial(services.withdraw, user, looking.batch_id), _("Withdrawing …")),
    )


def return_button(looking: Reviewing) -> None:
    """Beside the one button of who decides."""
    st.button(
        _("Return…"),
        icon=":material/undo:",
        key="return",
        on_click=guarded.callback(partial(looking.ask_why, True)),
    )


def ask_why(looking: Reviewing) -> None:
    """The dialog that asks for the reason, drawn in every run until it is answered."""
    if looking.returning:
        dialog = guarded.dialog(_("Return this import?"), on_dismiss=lambda: looking.ask_why(False))
        dialog(_ask)(looking)


def _ask(user: CurrentUser, looking: Reviewing) -> None:
    if not looking.returning:
        st.rerun()
    seen = loaded(partial(services.version, user, looking.batch_id))
    if seen is None:
        return
    revision, _stamp = seen
    st.caption(_("Nothing is imported. Who prepared it is mailed your reason and can change the sheet."))
    # Not in a form, which sends nothing before its button is pressed: Escape would take away what was typed.
    why = text_field(looking.typed, _("Reason"), name=WHY, key=WHY, max_chars=LONGEST_RETURN)
    with stood("return", (looking.batch_id, revision)) as meant:
        clicked = meant(st.button(_("Return"), type="primary", key="return-now"))
    if clicked:
        try:
            services.send_back(user, looking.batch_id, reason=why, revision=revision)
        except Refusal as wrong:
            refusal(wrong.message)
            return
        forget(looking.typed, WHY)
        looking.ask_why(False)
        st.rerun()
