"""What a browser looks at on the History page: search, type, person, state and days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from komet_import import services
from komet_import.access import roles
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.services import HistoryFilter, State
from komet_import.web.shared.parts import local_midnight

LONGEST_TEXT = 100
T = TypeVar("T")


@dataclass
class HistoryLook:
    """What was chosen, kept while other pages are open."""

    text: str = ""
    type: str | None = None
    by: int | None = None
    state: State | None = None
    days: tuple[date, ...] = ()
    page: int = 1


def history_look() -> HistoryLook:
    """This browser's look. Kept under a key of our own: widgets forget as soon as they are not drawn."""
    kept = st.session_state.setdefault("history-look", HistoryLook())
    return kept if isinstance(kept, HistoryLook) else HistoryLook()


WIDTHS = (170, 150, 150, 232)
"""Of the filters beside the search, in pixels: on a telephone two stand beside each other."""


def filters(user: CurrentUser, look: HistoryLook) -> HistoryFilter:
    """Draw the filters; returns what is wanted. Another choice begins with the first page."""
    before = (look.text, look.type, look.by, look.state, look.days)
    people = services.people(user)
    types = {type.slug: _(type.title) for type in roles.types_for(user.roles)}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):  # wraps where it is narrow
        search = st.container(width="stretch", key="history-search")
        kind, person, state, days = (st.container(width=width) for width in WIDTHS)
    look.text = search.text_input(
        _("Search"),
        look.text,
        max_chars=LONGEST_TEXT,
        placeholder=_("File, customer or number"),
        icon=":material/search:",
        key="history-text",
    )
    look.type = _one(kind, "type", _("Type"), types, look.type, _("All types"))
    look.by = _one(person, "by", _("By"), people, look.by, _("Anyone"))
    look.state = _one(
        state, "state", _("State"), {state: _(state) for state in State}, look.state, _("All states")
    )
    chosen = days.date_input(_("Imported"), list(look.days), format="YYYY-MM-DD", key="history-days")
    look.days = chosen if isinstance(chosen, tuple) else (chosen,)
    if before != (look.text, look.type, look.by, look.state, look.days):
        look.page = 1
    first, last = (look.days[0], look.days[-1]) if look.days else (None, None)
    return HistoryFilter(
        text=look.text.strip(),
        type=look.type,
        by=look.by,
        state=look.state,
        since=local_midnight(first) if first else None,
        until=local_midnight(last + timedelta(days=1)) if last else None,
    )


def _one(
    place: DeltaGenerator, key: str, label: str, names: Mapping[T, str], chosen: T | None, every: str
) -> T | None:
    """The choice of one of several, or of all."""
    offered = list(names)
    return place.selectbox(
        label,
        offered,
        index=offered.index(chosen) if chosen in offered else None,
        placeholder=every,
        format_func=names.__getitem__,
        key=f"history-{key}",
    )
