"""Remembered: what people confirmed of sheets, which is applied when one comes again."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.access.users import CurrentUser
from komet_import.language import _, marked
from komet_import.types import ALL
from komet_import.types.schema import counted, shared_name
from komet_import.web.shared import auth, guarded, parts
from komet_import.web.shared.forms import Forms, forms
from komet_import.web.shared.parts import local_day
from komet_import.web.shared.table import facts

user = auth.guard(roles.is_admin)

VALUES = (marked("value"), marked("values"))
LAYOUTS = (marked("layout"), marked("layouts"))
NOT_IMPORTED = marked("not imported")
LONG = 220
"""Pixels of a column whose texts may be long."""
page = forms("remembered")


def day(moment: datetime | None) -> str:
    """The day of a moment in the reader's zone; a dash where there was none."""
    return local_day(moment) if moment else "–"


def forget(words: str, act: Callable[..., None], keys: Sequence[tuple[Any, str]]) -> None:
    """Ask before what is chosen is forgotten: nobody else can bring it back."""

    @guarded.dialog(_("Forget {words}?", words=words), on_dismiss=lambda: None)
    def ask(user: CurrentUser, page: Forms) -> None:
        st.markdown(
            _(
                "The next such sheet will ask again, and the new answer is remembered. Open drafts and "
                "past imports stay as they are."
            )
        )

        def done() -> None:
            for key in keys:
                act(user, *key)

        if st.button(_("Forget {words}", words=words), type="primary"):
            page.submit(done, _("Forgot {words}.", words=words))

    ask(page)


def chosen(rows: dict[str, list[str]], *, noun: tuple[str, str], long: Sequence[str] = ()) -> list[int]:
    """The lines of a list that are chosen, each told in full below it; `long` are the columns that give way
    to the others."""
    told = st.dataframe(
        rows,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"{noun[1]}-{page.round}",
        column_config={name: st.column_config.TextColumn(width=LONG) for name in long},
    )
    lines = list(told.selection.rows)
    for line in lines:
        with st.container(border=True):
            facts({name: cells[line] for name, cells in rows.items()})
    return lines


def button(places: Sequence[int], *, noun: tuple[str, str]) -> bool:
    """The button that asks."""
    words = counted(len(places), noun)
    return st.button(
        _("Forget {words}…", words=words) if places else _("Forget…"),
        icon=":material/delete:",
        key=f"forget-{noun[1]}",
        disabled=not places,
        help=None if places else _("Choose {nouns} in the list", nouns=_(noun[1])),
    )


parts.page_title(
    _("Remembered"),
    _("Answers that people confirmed. The next file like it is read the same way, and says so."),
)
page.say_notice()

st.subheader(_("Values"), anchor=False)
values = services.remembered_values(user)
if not values:
    parts.empty(
        _("No values"),
        _(
            "Replace another system's value with your code for all its rows: it is remembered with the "
            "import."
        ),
    )
else:
    picked = chosen(
        {
            _("Column"): [shared_name(ALL.values(), one.meaning) for one in values],
            _("In sheets"): [one.text for one in values],
            _("Your code"): [one.code for one in values],
            _("Chosen by"): [one.by for one in values],
            _("Date"): [day(one.at) for one in values],
            _("File"): [one.file_name for one in values],
            _("Last used"): [day(one.used_at) for one in values],
        },
        noun=VALUES,
    )
    if button(picked, noun=VALUES):
        keys = [(values[at].meaning, values[at].key) for at in picked]
        forget(counted(len(keys), VALUES), services.forget_value, keys)

st.subheader(_("Layouts"), anchor=False)
layouts = services.remembered_layouts(user)
if not layouts:
    parts.empty(
        _("No layouts"),
        _("Confirm how a file was read: it is remembered for files with the same column headings."),
    )
else:
    picked = chosen(
        {
            _("Import"): [_(ALL[one.type].title) for one in layouts],
            _("Headings"): [", ".join(one.headings) for one in layouts],
            _("Taken as"): [
                ", ".join(
                    f"{heading} → {_(name or NOT_IMPORTED)}" for heading, name in one.taken if heading != name
                )
                or "–"
                for one in layouts
            ],
            _("Confirmed by"): [one.by for one in layouts],
            _("Date"): [day(one.at) for one in layouts],
            _("File"): [one.file_name for one in layouts],
            _("Last used"): [day(one.used_at) for one in layouts],
        },
        noun=LAYOUTS,
        long=(_("Headings"), _("Taken as")),
    )
    if button(picked, noun=LAYOUTS):
        kept = [(layouts[at].type, layouts[at].layout) for at in picked]
        forget(counted(len(kept), LAYOUTS), services.forget_layout, kept)
