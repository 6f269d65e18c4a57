"""The one dialog before an import, where something is to be confirmed: warnings, or control totals that are
missing or do not match. What it will do stands beside it: the figures, the largest changes of balances, what
stays out. Where there is nothing to confirm the button imports at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _, marked, marked_pair, ngettext
from komet_import.ledger.states import Move
from komet_import.review.catalogue import CATALOGUE, DUPLICATES
from komet_import.review.issues import Issue
from komet_import.review.tally import counted_money, tally_of, tally_of_issues
from komet_import.row_numbers import told
from komet_import.services import Opened, Seen
from komet_import.types.money import money
from komet_import.types.schema import PARTIES
from komet_import.web.review.cards.confirmation import alike, said
from komet_import.web.review.click import Promise
from komet_import.web.review.dialogs.override_reason import REASON, reason_field
from komet_import.web.review.look import Reviewing
from komet_import.web.review.totals import control_totals
from komet_import.web.shared import guarded
from komet_import.web.shared.balance_effect import effect_bars
from komet_import.web.shared.parts import counted_rows, dialog_body, loaded, plain, refusal

IMPORT, EXCLUDE = marked("Confirm"), marked("Exclude")
WANTING = "confirm-wanting"
"""Where a browser keeps what a click found to be missing."""
SHOWN_MESSAGES = 3
REJECTED = marked_pair(
    "{count:,} rejected, to be fixed on the report", "{count:,} rejected, to be fixed on the report"
)
EXCLUDED = marked_pair("{count:,} excluded", "{count:,} excluded")
"""What becomes of rows that stay out, of one and of several."""


@dataclass(frozen=True, kw_only=True)
class _Choice:
    """Warnings of one kind, and what a person chose for their rows so far (None: nothing)."""

    code: str
    seen: Sequence[Issue]
    chosen: str | None = None

    @property
    def key(self) -> str:
        """Where the choice is kept."""
        return f"decide-{self.code}"


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """What a click in the dialog would do: which warnings are confirmed, which rows go out, what is posted
    then; `missing` says in one sentence what is still to be said first, `differs` whether that is a reason.
    """

    confirmed: list[Issue] = field(default_factory=list)
    excluded: list[int] = field(default_factory=list)
    promise: Promise
    missing: str = ""
    differs: bool = False


def asks(looking: Reviewing, opened: Opened) -> list[str]:
    """What is to be confirmed before this can be imported, in the few words of a button."""
    if looking.checks or not (opened.figures.ready + opened.figures.to_confirm).rows:
        return []  # who approves confirms nothing: that is for who prepares
    found = []
    if waiting := len(opened.judgement.waiting()):
        found.append(ngettext("{count:,} warning to confirm", "{count:,} warnings to confirm", waiting))
    if opened.totals_missing:
        found.append(_("control totals to enter"))
    elif opened.totals_differ and not opened.batch.overridden_why:
        found.append(_("{difference} than expected", difference=opened.totals_differ))
    return found


def confirm_import(looking: Reviewing, opened: Opened) -> None:
    """The dialog, while it is wanted and there is something to confirm.

    Drawn in every run until it is done with: Streamlit closes a dialog that a run leaves out.
    """
    if not looking.click.confirming:
        return
    if not asks(looking, opened):
        looking.click.confirmed()  # somebody else settled it: the button says what it does now
        return
    everything = opened.figures.ready + opened.figures.to_confirm
    counted = opened.type.counted(everything.rows)
    sending = looking.click.move_of(opened, everything, decides=looking.checks) is Move.SEND
    title = (
        _("Send {counted} for approval?", counted=counted)
        if sending
        else _("Import {counted}?", counted=counted)
    )
    dialog = guarded.dialog(plain(title), on_dismiss=looking.click.confirmed, width="large")
    dialog(_question)(looking)


def _question(user: CurrentUser, looking: Reviewing) -> None:
    if not looking.click.confirming:
        st.rerun()  # the page does what was chosen
    opened = loaded(partial(services.view, user, looking.batch_id))
    if opened is None:
        return
    with dialog_body():
        above = st.container()
        choices = [_choice(opened, code, seen) for code, seen in _by_code(opened).items()]
        _totals(user, looking, opened)
        plan = _planned(looking, opened, choices)
        with above:
            _what(user, opened, plan)
    if wanting := st.session_state.pop(WANTING, ""):
        refusal(wanting)
    _buttons(user, looking, opened, plan)


def _by_code(opened: Opened) -> dict[str, list[Issue]]:
    grouped: dict[str, list[Issue]] = {}
    for issue in opened.judgement.waiting():
        grouped.setdefault(issue.code, []).append(issue)
    return grouped


def _what(user: CurrentUser, opened: Opened, plan: _Plan) -> None:
    """What will be imported, what that does to balances, and what stays out."""
    promised = plan.promise.said
    effect = services.effect_of(user, opened.batch.id)
    with st.container(horizontal=True, gap="medium", key="confirm-figures"):
        st.metric(_(opened.type.noun[1]).capitalize(), f"{promised.rows:,}", width="content")
        if promised.amount is not None:
            st.metric(_("Amount"), plain(money(promised.amount)), width="content")
        if effect is not None:
            st.metric(_(PARTIES[1]).capitalize(), f"{len(effect.lines):,}", width="content")
    left, right = st.columns([3, 2], gap="medium") if effect and effect.lines else (None, st.container())
    if left is not None and effect is not None:
        with left:
            effect_bars(effect)
    with right:
        _stays_out(opened, plan)


def _stays_out(opened: Opened, plan: _Plan) -> None:
    figures, judgement = opened.figures, opened.judgement
    going = tally_of(judgement, np.isin(judgement.numbers, plan.excluded))
    out = [
        (":red[:material/error:]", REJECTED, figures.rejected),
        (":gray[:material/do_not_disturb_on:]", EXCLUDED, figures.left_out + going),
    ]
    there = [(icon, words, tally) for icon, words, tally in out if tally.rows]
    if not there:
        st.caption(_(":green[:material/check:] No row stays out."))
        return
    rows = sum(tally.rows for _icon, _words, tally in there)
    st.markdown(ngettext("**Stays out: {count:,} row**", "**Stays out: {count:,} rows**", rows))
    for icon, words, tally in there:
        value = plain(tally.appended)
        one, several = words
        said = ngettext(one, several, tally.rows)
        st.markdown(f":small[{icon} {said}{value}]")


def _choice(opened: Opened, code: str, seen: Sequence[Issue]) -> _Choice:
    """One kind of warning, with its numbers, and what is to become of its rows."""
    tally = tally_of_issues(opened.judgement, seen)
    rows, value = tally.rows, plain(tally.appended)
    mark = ":material/content_copy:" if code in DUPLICATES else ":material/warning:"
    choice, title = _Choice(code=code, seen=seen), _(CATALOGUE[code].title)
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f":orange[{mark}] **{title}** · {counted_rows(rows)}{value}")
            chosen = st.segmented_control(
                _("{title}: confirm or exclude", title=title),
                [IMPORT, EXCLUDE],
                format_func=_,
                key=choice.key,
                label_visibility="collapsed",
            )
        if len(seen) > SHOWN_MESSAGES:
            st.caption(plain(alike(opened.type, seen)))
            return _Choice(code=code, seen=seen, chosen=chosen)
        with st.container(gap="xxsmall"):
            for issue in seen:
                message = plain(issue.message)
                st.caption(_("Row {row}: {message}", row=plain(told(issue.row)), message=message))
    return _Choice(code=code, seen=seen, chosen=chosen)


def _totals(user: CurrentUser, looking: Reviewing, opened: Opened) -> None:
    """The control totals where they are missing, and the reason where they do not match."""
    if opened.totals_missing:
        with st.container(border=True):
            st.markdown(_(":orange[:material/rule:] **Control totals are required.** Enter what you expect."))
            control_totals(user, opened, place="dialog")
        return
    if not opened.totals_differ or opened.batch.overridden_why:
        return
    with st.container(border=True, gap="small"):
        st.markdown(f":orange[:material/rule:] **{plain(services.totals_explained(opened))}**")
        reason_field(looking)


def _planned(looking: Reviewing, opened: Opened, choices: Sequence[_Choice]) -> _Plan:
    judgement = opened.judgement
    excluded = sorted({issue.row for one in choices if one.chosen == EXCLUDE for issue in one.seen})
    going = (judgement.ready | judgement.to_confirm) & ~np.isin(judgement.numbers, excluded)
    promised = tally_of(judgement, going)
    move = looking.click.move_of(opened, promised, decides=looking.checks)
    return _Plan(
        confirmed=[
            issue
            for one in choices
            if one.chosen == IMPORT
            for issue in one.seen
            if issue.row not in set(excluded)
        ],
        excluded=excluded,
        promise=Promise(said=promised, seen=Seen.of(opened), move=move),
        missing=_missing(opened, choices),
        differs=bool(opened.totals_differ and not opened.batch.overridden_why),
    )


def _missing(opened: Opened, choices: Sequence[_Choice]) -> str:
    """What is still to be said, in one sentence."""
    if undecided := [_(CATALOGUE[one.code].title).lower() for one in choices if one.chosen is None]:
        return _("Confirm or exclude first: {undecided}.", undecided=", ".join(undecided))
    if opened.totals_missing:
        return _("Enter the control totals first: how many rows and how much money you expect.")
    return ""


def _buttons(user: CurrentUser, looking: Reviewing, opened: Opened, plan: _Plan) -> None:
    promised = plan.promise.said
    words = said(plan.promise.move, counted_money(opened.type, promised))
    if not promised.rows:
        words = ngettext("Exclude {count:,} row", "Exclude {count:,} rows", len(plan.excluded))
    looking.plans.keep(plan)
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        st.button(
            _("Back to review"),
            key="confirm-not",
            on_click=guarded.callback(looking.click.confirmed),
        )
        st.button(
            plain(words),
            type="primary",
            key="confirm-and-import",
            on_click=guarded.callback(partial(_chosen, user, looking)),
        )
        looking.plans.draw()


def _chosen(user: CurrentUser, looking: Reviewing) -> None:
    """What was chosen is done when the page is drawn next, and the import follows; or it is said what is
    missing."""
    plan, last = looking.plans.on_screen(), looking.plans.last
    if not isinstance(plan, _Plan):
        return
    if isinstance(last, _Plan) and last.promise == plan.promise:
        plan = last  # the same import, with what the person has chosen since that stood there
    reason = str(st.session_state.get(REASON) or "").strip()
    missing = plan.missing or (
        _("Enter a reason, or correct the control totals.") if plan.differs and not reason else ""
    )
    if missing:
        st.session_state[WANTING] = missing
        return
    looking.click.confirmed()
    work = partial(_settle, user, looking, plan, reason if plan.differs else "")
    then = partial(looking.click.begin_for, user, plan.promise) if plan.promise.said.rows else None
    looking.later(partial(_then, work, then), _("Confirming …"))()


def _settle(user: CurrentUser, looking: Reviewing, plan: _Plan, reason: str) -> None:
    if plan.excluded:
        services.leave_out(user, looking.batch_id, plan.excluded)
    if plan.confirmed:
        services.confirm(user, looking.batch_id, plan.confirmed)
    if reason:
        services.override(user, looking.batch_id, reason=reason)


def _then(work: Callable[[], object], then: Callable[[], object] | None) -> None:
    """The import follows what was confirmed, for what the dialog said of the draft that was seen."""
    work()
    if then is not None:
        then()
