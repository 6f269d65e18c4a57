"""The part of the Report page that takes an import or rows of it back, and says afterwards that it was."""

from collections.abc import Callable, Collection
from functools import partial

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.access.users import CurrentUser
from komet_import.language import _, ngettext
from komet_import.language.lists import listed
from komet_import.ledger.models import BatchStatus
from komet_import.ledger.reversal import NAMED, named_rows
from komet_import.ledger.reversal_record import Reversal
from komet_import.refusal import Refusal
from komet_import.review.tally import Tally
from komet_import.services import LONGEST_REASON, Report, ReversalAsked
from komet_import.types.money import money
from komet_import.web.shared.on_screen import stood
from komet_import.web.shared.parts import local_time, plain, refusal

DONE = "reversal-done"
"""Where a browser keeps what its last reversal did, until that was said."""


def reversed_notices(user: CurrentUser, report: Report) -> None:
    """When, by whom and why the import or rows of it were reversed, if they were."""
    just = st.session_state.pop(DONE, None)
    if isinstance(just, Reversal | ReversalAsked) and just.batch_id == report.batch.id:
        _left(just)
    for done in _done(user, report):
        what = (
            _("Reversed")
            if done.rows is None
            else _("{counted} reversed", counted=report.type.counted(done.taken_back.rows))
        )
        rows = "" if done.rows is None else f" ({named_rows(done.rows)})"
        again = _("The sheet may be imported again.") if done.last else _("They may be imported again.")
        posted = f"{_posted(done)}{rows}."
        told = " ".join(filter(None, (posted, done.redated_sentence, again)))
        st.info(
            f"**{what} {local_time(done.reversed_at)} {plain(done.hands)}:** "
            f"{plain(done.reason)}  \n{plain(told)}",
            icon=":material/undo:",
        )


def _posted(done: Reversal) -> str:
    """What a reversal added, with its money."""
    entries = offsetting(done.taken_back.rows)
    if done.taken_back.amount is None:
        return entries
    return _("{amount} was posted in {entries}", amount=money(-done.taken_back.amount), entries=entries)


def _left(done: Reversal | ReversalAsked) -> None:
    """Which of the chosen rows were not reversed or asked for, and why."""
    if done.already:
        who = listed(sorted({f"{one.by} ({local_time(one.at)})" for one in done.already}))
        rows = named_rows([one.row for one in done.already])
        st.warning(
            plain(_("Already reversed by {who}: {rows}.", who=who, rows=rows)), icon=":material/group:"
        )
    if done.failed:
        st.warning("\n".join(f"- {plain(one.why)}" for one in done.failed[:NAMED]))


def reverse(user: CurrentUser, report: Report) -> None:
    """The quiet way to take a whole import back: what it will do, the reason, one button."""
    posted, batch = report.receipt.posted, report.batch
    if not report.type.once or batch.status != BatchStatus.POSTED or not posted.rows:
        return
    if not services.may_reverse(user, batch):
        named = listed(roles.reversing(report.type), "or")
        st.caption(_("Only {named} can reverse {title}.", named=named, title=_(report.type.title)))
        return
    with st.expander(_("Reverse this import"), icon=":material/undo:", key=f"reverse-{batch.id}"):
        amount = None if posted.amount is None else posted.amount - (batch.amount_reversed or 0)
        if reversal_form(user, report, key="reverse", rows=None, amount=amount):
            st.rerun()


def _done(user: CurrentUser, report: Report) -> list[Reversal]:
    """The reversals of the import; nothing is asked for where nothing was reversed."""
    return services.reversals(user, report.batch.id) if report.batch.rows_reversed else []


def reversal_form(
    user: CurrentUser, report: Report, *, key: str, rows: Collection[int] | None, amount: int | None
) -> bool:
    """What it will do, the reason, one button; whether it was done. `rows` None: all that stands."""
    count = report.receipt.posted.rows - report.batch.rows_reversed if rows is None else len(rows)
    again = _("the file") if rows is None else _("it") if count == 1 else _("them")
    value = "" if amount is None else f" ({money(-amount)})"
    second = services.why_second(report.type, amount, _done(user, report))
    what = _("Reverse {counted}", counted=report.type.counted(count))
    if second:
        what = _("Send the reversal of {counted} for approval", counted=report.type.counted(count))
    shown = (report.batch.id, count, amount, None if rows is None else tuple(sorted(rows)))
    with (
        stood(f"{key}-form", shown) as meant,
        st.form(f"{key}-form", border=False, enter_to_submit=False),
    ):
        st.markdown(
            plain(
                _(
                    "Adds {offsetting}{value}. Nothing is deleted; you can import "
                    "{again} again. What is dated in a closed month is reversed "
                    "on the first open day. {second}",
                    offsetting=offsetting(count),
                    value=value,
                    again=again,
                    second=second,
                ).strip()
            )
        )
        reason = st.text_input(
            _("Reason"),
            max_chars=LONGEST_REASON,
            placeholder=_("Why; it is kept with the import"),
            key=f"{key}-reason",
        )
        clicked = meant(st.form_submit_button(what, icon=":material/send:" if second else ":material/undo:"))
    use_case = partial(
        services.ask_reversal if second else services.reverse,
        user,
        report.batch.id,
        rows=rows,
        promised=Tally(rows=count, amount=amount) if rows is None else None,
    )
    return clicked and _reverse(use_case, reason)


def _reverse(use_case: Callable[..., Reversal | ReversalAsked], reason: str) -> bool:
    """What the button said, and nothing else."""
    try:
        done = use_case(reason=reason)
    except Refusal as refused:
        refusal(refused.message)
        return False
    st.session_state[DONE] = done
    return True


def offsetting(rows: int) -> str:
    """So many of the entries that a reversal adds."""
    return ngettext("{count:,} offsetting entry", "{count:,} offsetting entries", rows)
