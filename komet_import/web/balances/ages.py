"""The age of what is open: figures and one bar for each side of the balance, and the ten largest by age."""

import streamlit as st

from komet_import.language import _, ngettext
from komet_import.language.capital import capitalized
from komet_import.ledger.ageing import AGES, Ages
from komet_import.ledger.balances import Balances
from komet_import.ledger.open_sums import Sums, sides_of
from komet_import.types import Side
from komet_import.types.money import money
from komet_import.web.balances.choices import Types
from komet_import.web.balances.words import figure_on, nouns_on, standing_on
from komet_import.web.shared.bars import Bar, bars, stripe
from komet_import.web.shared.parts import plain, tiles

_COLORS = ("ready", "settled", "late", "bad")
"""Of the ages, from the youngest."""


def ages(found: Sums, types: Types) -> None:
    """What is open on each side, in all and by age."""
    for side in sides_of(types):
        amount, aged = found.on(side, types), found.aged(side, types)
        if not amount and not any(aged):
            continue
        with st.container(gap="xsmall"):
            _figures(side, standing_on(side, found, types), figure_on(side, types), amount, aged)
            _bar(aged, nouns_on(side, types))


def _figures(side: Side, count: int, name: str, amount: int, aged: Ages) -> None:
    """How many there are and which share an age has stand in the label: the rows below are the page."""
    longest = max((money(value) for value in (amount, *aged)), key=len)
    first, *others = tiles(1 + len(AGES), name=side.name, whole=True, longest=longest)
    first.metric(_beside(name, f"{count:,}"), plain(money(amount)))
    for part, age, value in zip(others, AGES, aged, strict=True):
        part.metric(_beside(_(age), _share(value, amount)), plain(money(value)))


def _beside(label: str, told: str) -> str:
    return f"{plain(label)} :gray[· {told}]"


def _share(value: int, whole: int) -> str:
    """In whole percent, of which neither none nor all is said where it is only nearly that."""
    part = value / whole if whole else 0.0
    if 0 < part < 0.005:
        return plain("<1%")
    if 0.995 <= part < 1:
        return plain(">99%")
    return f"{part:.0%}"


def _bar(aged: Ages, name: str) -> None:
    """A thin bar as wide as the figures above it."""
    stripe(aged, _COLORS, label=_("{name} by age", name=capitalized(name)))


def largest(found: Balances, types: Types) -> None:
    """The ten largest of each side of the balance on which anything is open, by age."""
    for side in sides_of(types):
        if found.largest[side]:
            _largest(side, found, types)


def _largest(side: Side, found: Balances, types: Types) -> None:
    lines, nouns = found.largest[side], nouns_on(side, types)
    whole, here = found.on(side, types), sum(line.on(side, types) for line in lines)
    st.caption(
        ngettext(
            "The largest holds {share} of all {nouns}.",
            "The {count} largest hold {share} of all {nouns}.",
            len(lines),
            share=_share(here, whole),
            nouns=nouns,
        )
    )
    bars(
        [
            Bar(
                name=f"{line.code} {line.name}",
                parts=line.aged(side, types),
                figure=money(line.on(side, types)),
            )
            for line in lines
        ],
        _COLORS,
        legend=list(map(_, AGES)),
        label=_("The largest {nouns} by age", nouns=nouns),
    )
