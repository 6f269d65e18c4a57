"""Control totals on the screen: how many rows and how much money a person expects, and whether it agrees.

What counts is in the database (`services.expect`). A widget forgets when its page is left and is told what
is kept when it is drawn again; only a text that cannot be read stays as it was typed, with the reason.
"""

import streamlit as st

from komet_import import currencies, services
from komet_import.access.users import CurrentUser
from komet_import.language import _, marked
from komet_import.language.phrases import from_json
from komet_import.ledger.posting import expected_of
from komet_import.ledger.receipt import ControlTotals, Receipt
from komet_import.refusal import Refusal
from komet_import.services import Opened
from komet_import.settings import settings
from komet_import.types import Meaning
from komet_import.types.money import money
from komet_import.web.shared import guarded
from komet_import.web.shared.parts import plain

STATE = "control-totals"
ROWS, AMOUNT, HASH = "rows", "amount", "hash_total"
LABELS = {
    ROWS: marked("Expected rows"),
    AMOUNT: marked("Expected amount"),
    HASH: marked("Expected hash total"),
}
WHAT_IT_IS = marked("The digits of each customer code, read as one number, added up over all rows")


def control_totals(user: CurrentUser, opened: Opened, *, read_only: bool = False, place: str = "page") -> str:
    """Draw the inputs and the verdict; returns by how much what was read differs, which rows would account
    for it, and the reason that was given; blank where they match or nothing is expected.

    May be drawn in a fragment, and in another `place` besides. A type without money is asked for its rows.
    """
    expected = expected_of(opened.batch)
    kept = {ROWS: "" if expected.rows is None else f"{expected.rows:,}"}
    if opened.type.summed:
        kept[AMOUNT] = _plain_sum(expected.amount)
    if opened.type.column_for(Meaning.PARTY):
        kept[HASH] = "" if expected.hash_total is None else f"{expected.hash_total:,}"
    for field, text in kept.items():
        _input(user, opened, field, text, read_only=read_only, place=place)
    differs, why = services.totals_explained(opened), opened.batch.overridden_why
    said = _("{differs} Reason: {why}", differs=differs, why=why) if differs and why else differs
    _verdict(opened, expected, said)
    for _typed_as, reason in _refused(opened.batch.id).values():
        st.markdown(f":small[:red[:material/error: {plain(reason)}]]")
    return said


def offered_total(user: CurrentUser, opened: Opened) -> None:
    """The last total row of the sheet as the sum to expect, where it is not expected already."""
    readable = [total for total in opened.figures.apart.totals if total.amount is not None]
    if not readable or readable[-1].amount == expected_of(opened.batch).amount:
        return
    text = _plain_sum(readable[-1].amount)
    st.button(
        _("Use the total row as control total"),
        key=f"offered-total-{opened.batch.id}",
        type="tertiary",
        icon=":material/rule:",
        help=_("Expect what the total row of the sheet says"),
        on_click=guarded.callback(_offered),
        args=(user, opened.batch.id, text),
    )


def _offered(user: CurrentUser, batch_id: str, text: str) -> None:
    key = _key(AMOUNT, batch_id, "page")
    st.session_state[key] = text
    _typed(user, batch_id, AMOUNT, key)


def _plain_sum(amount: int | None) -> str:
    """An amount as it may be typed again, without the currency."""
    return "" if amount is None else money(amount).replace(currencies.prefix(settings().currency), "")


def expected_line(receipt: Receipt) -> None:
    """What was expected of a posted sheet, and whether it agreed; nothing where nothing was."""
    if not receipt.expected:
        return
    words, difference = receipt.expected.words, receipt.difference
    if difference:
        why = f" {receipt.overridden_by}: {receipt.overridden}" if receipt.overridden else ""
        said = _("Expected: {words}. Read: {difference}.", words=words, difference=difference)
        st.warning(plain(f"{said}{why}"), icon=":material/warning:")
    else:
        st.caption(
            f":green[:material/check:] {plain(_('Matches your control total: {words}.', words=words))}"
        )


def _verdict(opened: Opened, expected: ControlTotals, differs: str) -> None:
    if not expected:
        return
    kept = opened.batch.reading.get("control_totals")
    where = from_json(kept) if kept else None
    told = (
        None
        if where is None
        else _("They came with the file: {where}. Type over them to change them.", where=where)
    )
    mark = ":orange[:material/warning:]" if differs else ":green[:material/check:]"
    words = f"{mark} {plain(differs or _('Matches'))}"
    st.markdown(f":small[{words}]", help=told and plain(told))


def _key(field: str, batch_id: str, place: str) -> str:
    return f"expected-{field}-{batch_id}" + ("" if place == "page" else f"-{place}")


def _input(user: CurrentUser, opened: Opened, field: str, kept: str, *, read_only: bool, place: str) -> None:
    """One input. It is told what it holds only where it holds something else: telling it every time would
    take away what a person is just typing.
    """
    key = _key(field, opened.batch.id, place)
    refused = _refused(opened.batch.id).get(field)
    shown = refused[0] if refused else kept
    if st.session_state.get(key) != shown:
        st.session_state[key] = shown
    st.text_input(
        _(LABELS[field]),
        key=key,
        placeholder=_("optional"),
        help=_(WHAT_IT_IS) if field == HASH else None,
        autocomplete="off",
        disabled=read_only,
        on_change=guarded.callback(_typed),
        args=(user, opened.batch.id, field, key),
    )


def _typed(user: CurrentUser, batch_id: str, field: str, key: str) -> None:
    text = str(st.session_state[key])
    refused = _refused(batch_id)
    try:
        services.expect(user, batch_id, **{field: text})
    except Refusal as wrong:
        refused[field] = (text, wrong.message)
    else:
        refused.pop(field, None)


def _refused(batch_id: str) -> dict[str, tuple[str, str]]:
    """What was typed and could not be read, with the reason, by field; of the draft that is looked at."""
    kept = st.session_state.setdefault(STATE, {})
    if set(kept) != {batch_id}:
        kept = st.session_state[STATE] = {batch_id: {}}
    refused: dict[str, tuple[str, str]] = kept[batch_id]
    return refused
