"""The part of the Report page about reversals that wait for approval: what each would take back and what it
would do to balances, for who decides; the way to withdraw it, for who asked."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.language.lists import listed
from komet_import.ledger.reversal import named_rows
from komet_import.refusal import Refusal
from komet_import.services import LONGEST_REASON, Report, ReversalAsked
from komet_import.types.money import money
from komet_import.web.report.reversal_form import DONE, offsetting
from komet_import.web.shared.balance_effect import balance_effect
from komet_import.web.shared.parts import local_time, plain, refusal


def requests(user: CurrentUser, report: Report) -> None:
    """Each reversal of this import that waits; nothing where none does."""
    if not report.type.once:
        return
    for asked in services.reversals_asked(user, report.batch.id):
        with st.container(border=True, key=f"reversal-request-{asked.id}"):
            _told(asked)
            if asked.decides:
                _balances(user, asked)
                _decide(user, asked)
            elif asked.mine and st.button(
                _("Withdraw request"), icon=":material/undo:", key=f"withdraw-reversal-{asked.id}"
            ):
                _submit(partial(services.withdraw_reversal, user, asked.batch_id, asked.id))


def _told(asked: ReversalAsked) -> None:
    """What would be reversed, why, and who decides."""
    amount = "" if asked.asked.amount is None else f" · {money(-asked.asked.amount)}"
    st.subheader(
        plain(
            _(
                "Reversal waiting for approval: {counted}{amount}",
                counted=asked.type.counted(asked.asked.rows),
                amount=amount,
            )
        ),
        anchor=False,
        icon=":material/approval:",
    )
    st.markdown(f"**{plain(asked.asked_by)}, {local_time(asked.asked_at)}:** {plain(asked.reason)}")
    rows = _("All that stands of this import") if asked.rows is None else named_rows(asked.rows).capitalize()
    said = _(
        "{rows}: adds {offsetting}; nothing is deleted. {days_sentence}",
        rows=rows,
        offsetting=offsetting(asked.asked.rows),
        days_sentence=asked.days_sentence,
    )
    if not asked.decides:
        said = _(
            "{said} Waits for {listed}.",
            said=said,
            listed=listed(asked.approvers, "or") or _("nobody: ask an Admin"),
        )
    st.caption(plain(said))


def _balances(user: CurrentUser, asked: ReversalAsked) -> None:
    with st.expander(_("Balances"), icon=":material/account_balance:", expanded=True):
        told = services.effect_of_request(user, asked.batch_id, asked.id)
        balance_effect(told, key=f"reversal-effect-{asked.id}", comes=_("This reversal"))


def _decide(user: CurrentUser, asked: ReversalAsked) -> None:
    if st.button(
        _("Approve and reverse {counted}", counted=asked.type.counted(asked.asked.rows)),
        type="primary",
        icon=":material/check:",
        key=f"approve-reversal-{asked.id}",
    ):
        _submit(partial(services.approve_reversal, user, asked.batch_id, asked.id))
    with st.form(f"return-reversal-{asked.id}", border=False, enter_to_submit=False):
        why = st.text_input(
            _("Reason to return it"),
            max_chars=LONGEST_REASON,
            placeholder=_("Why not; who asked is mailed with it"),
            key=f"return-reversal-why-{asked.id}",
        )
        if st.form_submit_button(_("Return"), icon=":material/undo:"):
            _submit(partial(services.return_reversal, user, asked.batch_id, asked.id, reason=why))


def _submit(use_case: Callable[[], object]) -> None:
    """Do it and draw the page anew, or say why not."""
    try:
        outcome = use_case()
    except Refusal as refused:
        refusal(refused.message)
        return
    st.session_state[DONE] = outcome
    st.rerun()
