"""Remembered: what people confirmed of sheets, which is applied when one comes again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
from komet_import.web.shared.pager import pager
from komet_import.web.shared.parts import local_time

user = auth.guard(roles.is_admin)

VALUES = (marked("value"), marked("values"))
LAYOUTS = (marked("layout"), marked("layouts"))
NOT_IMPORTED = marked("not imported")
PAGE = 50
"""Lines of a list at a time."""
page = forms("remembered")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that is remembered: what it is, and what is told of it, line by line."""

    key: str
    name: str
    about: Sequence[str]


def when(by: str, at: datetime | None, file: str, used: datetime | None) -> str:
    """Who confirmed it, when and in which file, and when it was used last."""
    told = _("{by}, {day}, in {file}", by=by, day=day(at), file=file)
    return _("{told} · last used {day}", told=told, day=day(used)) if used else told


def day(moment: datetime | None) -> str:
    """The day of a moment in the reader's zone; a dash where there was none."""
    return local_time(moment)[:10] if moment else "–"


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
            page.do(done, _("Forgot {words}.", words=words))

    ask(page)


def chosen(lines: Sequence[Line], *, noun: tuple[str, str]) -> list[int]:
    """The lines that are ticked, by their places. Each wraps, so that nothing of it is cut or slides."""
    place = f"remembered-{noun[1]}-page"
    pages = max(1, -(-len(lines) // PAGE))
    at = min(st.session_state.get(place, 1), pages)
    shown, ticked = range((at - 1) * PAGE, min(at * PAGE, len(lines))), []
    with st.container(border=True, gap="small", key=f"remembered-{noun[1]}"):
        for number in shown:
            line = lines[number]
            with st.container(gap=None):
                # By what it is, not by its place: what a colleague adds or forgets moves no tick.
                if st.checkbox(parts.plain(line.name), key=f"{noun[1]}-{line.key}-{page.round}"):
                    ticked.append(number)
                for told in filter(None, line.about):
                    st.caption(parts.plain(told))
    if pages > 1:
        turned = pager(len(shown), page=at, pages=pages, size=PAGE, of=counted(len(lines), noun), key=place)
        if turned:
            st.session_state[place] = turned
            st.rerun()
    return ticked


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
        [
            Line(
                key=f"{one.meaning}-{one.key}",
                name=f"{one.text} → {one.code}",
                about=[
                    f"{shared_name(ALL.values(), one.meaning)} · "
                    f"{when(one.by, one.at, one.file_name, one.used_at)}"
                ],
            )
            for one in values
        ],
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
        [
            Line(
                key=f"{one.type}-{one.layout}",
                name=", ".join(one.headings),
                about=[
                    ", ".join(
                        f"{heading} → {_(name or NOT_IMPORTED)}"
                        for heading, name in one.taken
                        if heading != name
                    ),
                    f"{_(ALL[one.type].title)} · {when(one.by, one.at, one.file_name, one.used_at)}",
                ],
            )
            for one in layouts
        ],
        noun=LAYOUTS,
    )
    if button(picked, noun=LAYOUTS):
        kept = [(layouts[at].type, layouts[at].layout) for at in picked]
        forget(counted(len(kept), LAYOUTS), services.forget_layout, kept)
