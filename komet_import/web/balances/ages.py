"""The age of what is open: figures and one bar for each side of the balance, and the ten largest by age."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from komet_import.language import _
from komet_import.language.capital import capitalized
from komet_import.ledger.ageing import AGES, Ages
from komet_import.ledger.balances import Balances
from komet_import.ledger.open_sums import Sums
from komet_import.types import Side
from komet_import.types.money import money
from komet_import.web.balances.choices import Types
from komet_import.web.balances.words import figure_on, nouns_on, sides_of, standing_on
from komet_import.web.shared.balance_effect import NO_PADDING
from komet_import.web.shared.parts import plain, tiles

_COLORS = {
    "light": ("#2b7337", "#86b58f", "#d9992b", "#cf5148"),
    "dark": ("#86cf91", "#4d7a56", "#f0b35a", "#ff8a80"),
}
"""From the youngest to the oldest."""
BAR = 6
"""Pixels of the bar's height."""


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
    first, *others = tiles(1 + len(AGES), whole=side.name)
    first.metric(_beside(name, f"{count:,}"), plain(money(amount)))
    for part, age, value in zip(others, AGES, aged, strict=True):
        part.metric(_beside(_(age), _share(value, amount)), plain(money(value)))


def _beside(label: str, told: str) -> str:
    return f"{plain(label)} :gray[· {told}]"


def _share(value: int, whole: int) -> str:
    return f"{value / whole:.0%}" if whole else "0%"


def _bar(aged: Ages, name: str) -> None:
    parts = [{"age": age, "amount": value / 1000, "place": n} for n, (age, value) in enumerate(_pairs(aged))]
    spec = {
        "height": BAR,
        "padding": NO_PADDING,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "mark": {"type": "bar", "height": BAR},
        "encoding": {
            "x": {"field": "amount", "type": "quantitative", "stack": "normalize", "axis": None},
            "color": {**_color(), "legend": None},
            "order": {"field": "place"},
        },
    }
    st.vega_lite_chart(pd.DataFrame(parts), spec, alt=_("{name} by age", name=capitalized(name)))


def largest(found: Balances, types: Types) -> None:
    """The ten largest balances by age, on the side on which most is open."""
    side = max(sides_of(types), key=lambda side: abs(found.on(side, types)))
    lines = sorted(found.largest, key=lambda line: -line.on(side, types))
    values = [
        {"customer": f"{line.code} {line.name}", "age": age, "amount": value / 1000, "place": n, "order": m}
        for n, line in enumerate(lines)
        for m, (age, value) in enumerate(_pairs(line.aged(side, types)))
    ]
    whole = found.on(side, types)
    share = _share(sum(line.on(side, types) for line in lines), whole)
    st.caption(
        _(
            "The {count} largest hold {share} of all {nouns}.",
            count=len(lines),
            share=share,
            nouns=nouns_on(side, types),
        )
    )
    spec = {
        "height": 26 * len(lines) + 50,
        "mark": {"type": "bar", "height": 14},
        "encoding": {
            "y": {
                "field": "customer",
                "type": "nominal",
                "sort": {"field": "place", "op": "min"},
                "axis": {"title": None, "labelLimit": 260, "labelOverlap": False, "ticks": False},
            },
            "x": {
                "field": "amount",
                "type": "quantitative",
                "axis": {"title": None, "format": ",.0f", "grid": False},
            },
            "color": {**_color(), "legend": {"title": None, "orient": "top"}},
            "order": {"field": "order"},
        },
    }
    st.vega_lite_chart(pd.DataFrame(values), spec, alt=_("The largest balances by age"))


def _pairs(aged: Ages) -> Sequence[tuple[str, int]]:
    return list(zip(map(_, AGES), aged, strict=True))


def _color() -> dict[str, Any]:
    colors = _COLORS["dark" if st.context.theme.type == "dark" else "light"]
    return {
        "field": "age",
        "type": "nominal",
        "scale": {"domain": list(map(_, AGES)), "range": list(colors)},
    }
