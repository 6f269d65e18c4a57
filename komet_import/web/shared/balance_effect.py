"""What an import does to balances, drawn: four figures, the ten largest changes as bars, every customer."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from komet_import.language import _, ngettext
from komet_import.language.lists import listed
from komet_import.review.effect import BalanceChange, Effect
from komet_import.types import ImportType, Side
from komet_import.types.money import money
from komet_import.types.schema import PARTIES, counted
from komet_import.web.shared.bars import Bar, bars
from komet_import.web.shared.money_columns import amounts, with_money
from komet_import.web.shared.parts import plain

NAME = 150
"""Pixels of a customer's name where there is little room: it can be guessed, an amount cannot."""


def balance_effect(told: Effect, *, key: str, done: bool = False, comes: str = "") -> None:
    """Draw it; `done`: of an import that was posted, so that now is before; `comes` names what comes,
    where it is not the import.
    """
    if not told.lines:
        st.caption(_("No rows are ready yet, so no balance changes."))
        return
    now, comes = _("Before") if done else _("Now"), comes or _("This import")
    with st.container(horizontal=True, gap="medium", key=f"{key}-figures"):
        st.metric(_("Customers"), f"{len(told.lines):,}", width="content")
        st.metric(f"{_what(told.standing)} {now.lower()}", plain(money(told.now)), width="content")
        st.metric(comes, plain(_signed(told.change)), width="content")
        st.metric(_("After"), plain(money(told.after)), width="content")
    if told.unusual:
        st.markdown(
            ngettext(
                ":orange[:material/warning:] {customers} is far above what they had before.",
                ":orange[:material/warning:] {customers} are far above what they had before.",
                told.unusual,
                customers=counted(told.unusual, PARTIES),
            )
        )
    effect_bars(told, now, comes)
    _table(told, now, comes, key=key)


def _what(types: Sequence[ImportType]) -> str:
    return _("Open {nouns}", nouns=listed([_(type.noun[1]) for type in types]))


def _signed(amount: int) -> str:
    return f"+{money(amount)}" if amount > 0 else money(amount)


def effect_bars(told: Effect, now: str = "", comes: str = "") -> None:
    """The ten largest changes: what stands, and what comes on top of it."""
    now, comes = now or _("Now"), comes or _("This import")
    few = len(told.top)
    st.markdown(_("**Ten largest changes**") if few < len(told.lines) else _("**Changes**"))
    bars(
        [Bar(name=_name(line), parts=(line.now, line.change), figure=money(line.after)) for line in told.top],
        ("before", "ready"),
        legend=(now, comes),
        label=_("The {few} largest changes of balances", few=few),
    )


def _table(told: Effect, now: str, comes: str, *, key: str) -> None:
    columns = {
        now: amounts(line.now for line in told.lines),
        comes: amounts(line.change for line in told.lines),
        _("After"): amounts(line.after for line in told.lines),
    }
    if told.netted:
        columns[_("Net")] = amounts(line.net for line in told.lines)
    frame = pd.DataFrame({_("Customer"): [_name(line) for line in told.lines], **columns})
    frame[_("History")] = [_history(line, told.type) for line in told.lines]
    side = _("you owe") if told.type.side is Side.WE_OWE else _("they owe")
    net = _("Of everything, what you owe less what they owe; {side} is in the others.", side=side)
    drawn, config = with_money(frame, columns, help={_("Net"): net})
    st.dataframe(
        drawn,
        hide_index=True,
        row_height=32,
        height=min(38 + 32 * len(frame), 360),
        column_config=config | {_("Customer"): st.column_config.TextColumn(pinned=True, width=NAME)},
        key=f"{key}-customers",
        alt=_("What {comes} does to each customer's balance", comes=comes.lower()),
    )


def _name(line: BalanceChange) -> str:
    return f"{line.customer.code} {line.customer.name}".strip()


def _history(line: BalanceChange, type: ImportType) -> str:
    """How what comes compares with what this customer had before, where there is something to say."""
    if line.first:
        return _("First {noun}", noun=_(type.noun[0]))
    if line.times is None:
        return ""
    return _(
        "{times:,} times the largest of {documents:,} before",
        times=line.times,
        documents=line.before.documents,
    )
