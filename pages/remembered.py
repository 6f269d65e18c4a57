"""Remembered: what people confirmed of sheets, which is applied when one comes again."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.access.users import CurrentUser
from komet_import.types import ALL
from komet_import.types.schema import counted, shared_name
from komet_import.web.shared import auth, guarded, parts
from komet_import.web.shared.forms import Forms, forms
from komet_import.web.shared.parts import local_time

user = auth.guard(roles.is_admin)

VALUES, LAYOUTS = ("value", "values"), ("layout", "layouts")
page = forms("remembered")


def day(moment: datetime | None) -> str:
    """The day of a moment in the reader's zone; a dash where there was none."""
    return local_time(moment)[:10] if moment else "–"


def forget(words: str, act: Callable[..., None], keys: Sequence[tuple[Any, str]]) -> None:
    """Ask before what is chosen is forgotten: nobody else can bring it back."""

    @guarded.dialog(f"Forget {words}?", on_dismiss=lambda: None)
    def ask(user: CurrentUser, page: Forms) -> None:
        st.markdown(
            "The next such sheet will ask again, and the new answer is remembered. Open drafts and past "
            "imports stay as they are."
        )

        def done() -> None:
            for key in keys:
                act(user, *key)

        if st.button(f"Forget {words}", type="primary"):
            page.do(done, f"Forgot {words}.")

    ask(page)


def chosen(rows: dict[str, list[str]], *, noun: tuple[str, str]) -> list[int]:
    """The lines of a list that are chosen."""
    told = st.dataframe(
        rows,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"{noun[1]}-{page.round}",
    )
    return list(told.selection.rows)


def button(places: Sequence[int], *, noun: tuple[str, str]) -> bool:
    """The button that asks."""
    words = counted(len(places), noun)
    return st.button(
        f"Forget {words}…" if places else "Forget…",
        icon=":material/delete:",
        key=f"forget-{noun[1]}",
        disabled=not places,
        help=None if places else f"Choose {noun[1]} in the list",
    )


parts.page_title(
    "Remembered", "What people confirmed of your sheets. It is applied, and said, when one comes again."
)
page.say_notice()

st.subheader("Values", anchor=False)
values = services.remembered_values(user)
if not values:
    parts.empty(
        "No values",
        "Replace another system's value with your code for all its rows: it is remembered with the import.",
    )
else:
    picked = chosen(
        {
            "Column": [shared_name(ALL.values(), one.meaning) for one in values],
            "In sheets": [one.text for one in values],
            "Your code": [one.code for one in values],
            "Chosen by": [one.by for one in values],
            "On": [day(one.at) for one in values],
            "File": [one.file_name for one in values],
            "Last used": [day(one.used_at) for one in values],
        },
        noun=VALUES,
    )
    if button(picked, noun=VALUES):
        keys = [(values[at].meaning, values[at].key) for at in picked]
        forget(counted(len(keys), VALUES), services.forget_value, keys)

st.subheader("Layouts", anchor=False)
layouts = services.remembered_layouts(user)
if not layouts:
    parts.empty(
        "No layouts", "Confirm how a file was read: it is remembered for files with the same column headings."
    )
else:
    picked = chosen(
        {
            "Import": [ALL[one.type].title for one in layouts],
            "Headings": [", ".join(one.headings) for one in layouts],
            "Taken as": [
                ", ".join(f"{heading} → {name or 'not imported'}" for heading, name in one.taken) or "–"
                for one in layouts
            ],
            "Confirmed by": [one.by for one in layouts],
            "On": [day(one.at) for one in layouts],
            "File": [one.file_name for one in layouts],
            "Last used": [day(one.used_at) for one in layouts],
        },
        noun=LAYOUTS,
    )
    if button(picked, noun=LAYOUTS):
        kept = [(layouts[at].type, layouts[at].layout) for at in picked]
        forget(counted(len(kept), LAYOUTS), services.forget_layout, kept)
