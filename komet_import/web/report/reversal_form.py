"""The part of the Report page that takes an import back, and says afterwards that it was."""

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.ledger.models import BatchStatus
from komet_import.outbox import dispatcher
from komet_import.refusal import Refusal
from komet_import.services import LONGEST_REASON, Report
from komet_import.types.schema import money
from komet_import.web.shared.parts import local_time, plain, refusal


def reversed_notice(user: CurrentUser, report: Report) -> None:
    """When, by whom and why the import was reversed, if it was."""
    if report.batch.status != BatchStatus.REVERSED:
        return
    done = services.reversed_when(user, report.batch.id)
    if done is None:
        return
    value = "" if done.taken_back.amount is None else f"{money(-done.taken_back.amount)} was posted in "
    st.info(
        f"**Reversed {local_time(done.reversed_at)} by {plain(done.reversed_by)}:** {plain(done.reason)}  \n"
        + plain(
            f"{value}{_opposites(done.taken_back.rows)}. {done.redated_sentence} "
            "The sheet may be imported again."
        ),
        icon=":material/undo:",
    )


def reverse(user: CurrentUser, report: Report) -> None:
    """The quiet way to take an import back: what it will do, the reason, one button."""
    posted = report.receipt.posted
    if not report.type.once or report.batch.status != BatchStatus.POSTED or not posted.rows:
        return
    value = "" if posted.amount is None else f"{money(-posted.amount)} in "
    with (
        st.expander("Reverse this import", icon=":material/undo:"),
        st.form("reverse", border=False, enter_to_submit=False),
    ):
        st.markdown(
            plain(
                f"Posts {value}{_opposites(posted.rows)}; nothing is deleted. "
                "What is dated in a closed month is reversed on the first open day. "
                "The sheet may then be imported again."
            )
        )
        reason = st.text_input(
            "Reason", max_chars=LONGEST_REASON, placeholder="Why it is reversed; it is kept with the import"
        )
        if st.form_submit_button(f"Reverse {report.type.counted(posted.rows)}", icon=":material/undo:"):
            _reverse(user, report.batch.id, reason)


def _reverse(user: CurrentUser, batch_id: str, reason: str) -> None:
    try:
        services.reverse(user, batch_id, reason=reason)
    except Refusal as refused:
        refusal(refused.message)
    else:
        dispatcher.wake()
        st.rerun()


def _opposites(rows: int) -> str:
    return "1 opposite adjustment" if rows == 1 else f"{rows:,} opposite adjustments"
