"""Small parts that several pages show, so that they look and read the same everywhere."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from komet_import import clock
from komet_import.language import _, ngettext
from komet_import.ledger.posting import PostingRefusal
from komet_import.refusal import Refusal
from komet_import.review.tally import Tally
from komet_import.settings import ROOT

T = TypeVar("T")
_MARKDOWN = frozenset("\\`*_{}[]()<>#+-.!|~$:^=&@\"'")
_BREAKS = re.compile(r"\s*[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]\s*")
_MADE_UP = re.compile(
    r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@[-\w]+\.)|(?<=:)(?=material)|(?<=[-<>=~])(?=[-<>=])", re.I
)
"""Where Streamlit makes links, icons, arrows and dashes of a text, though each of its signs is escaped."""
_JOINER = "\u2060"
"""A sign that is not seen and takes no room (WORD JOINER)."""
LONGEST_FIGURE = len("$1,234,567.89")
"""Signs of a figure that has room in a tile, of which five stand beside each other."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number of rows with its money."""

    label: str
    tally: Tally
    icon: str | None = None


def page(name: str) -> Path:
    """The file of a page, for links to it: Streamlit takes a relative path as one beside the router."""
    return ROOT / "pages" / f"{name}.py"


def page_title(title: str, caption: str | None = None) -> None:
    """The page's heading, and what the page is for in one quiet line."""
    st.title(plain(title), anchor=False)
    if caption:
        st.caption(plain(caption))


def plain(text: str) -> str:
    """A person's text as Markdown that shows exactly its characters, on one line.

    Every text that people or their sheets bring goes through here before it stands in a label, a notice or
    anything else of Streamlit's. No escape keeps Streamlit from links, icons, arrows and dashes: it looks for
    them in what Markdown has left over. An unseen sign in their midst does.
    """
    text = _MADE_UP.sub(_JOINER, _BREAKS.sub(" ", text))
    return "".join("\\" + sign if sign in _MARKDOWN else sign for sign in text)


def unseen(text: str) -> str:
    """A person's text as a label that is not shown, but read aloud: as it is, since a screen reader would be
    given the escapes too. Streamlit makes Markdown of it all the same, where nobody sees it; only a picture
    would be fetched.
    """
    return _BREAKS.sub(" ", text).replace("![", f"!{_JOINER}[")


def shortened(text: str, most: int) -> str:
    """A text of so many characters at most; of a longer one its beginning."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def counted_rows(count: int) -> str:
    """A number of rows with its noun: `1 row`, `1,200 rows`."""
    return ngettext("{count:,} row", "{count:,} rows", count)


def counted_edits(count: int) -> str:
    """A number of edits with its noun: `1 edit`, `1,200 edits`."""
    return ngettext("{count:,} edit", "{count:,} edits", count)


def refusal(message: str) -> None:
    """Why something did not happen, beside the thing that did not."""
    st.error(plain(message))


def its_report(wrong: Refusal | None) -> None:
    """The way to the report of what was imported before, where that is why something did not happen."""
    if isinstance(wrong, PostingRefusal) and wrong.code == "already-imported" and wrong.batch_id:
        st.page_link(
            page("report"),
            label=_("Open its report"),
            query_params={"batch": wrong.batch_id},
            icon=":material/description:",
        )


def notice(message: str) -> None:
    """What has happened, on the fresh page after it."""
    st.success(plain(message))


def local_time(moment: datetime) -> str:
    """A UTC timestamp in the browser's time zone: `2026-03-02 10:42`; in UTC (and saying so) without one."""
    with clock.telling_in(browser_zone()):
        return clock.told_time(moment)


def local_day(moment: datetime) -> str:
    """The day of a UTC timestamp in the browser's time zone: `2026-03-02`."""
    return local_time(moment)[:10]


def local_midnight(day: date) -> datetime:
    """The moment in UTC at which a day begins in the browser's time zone."""
    return datetime.combine(day, time.min, tzinfo=browser_zone() or UTC).astimezone(UTC)


def ago(moment: datetime) -> str:
    """How long ago something was: `just now`, `20 min ago`, `3 hours ago`; before that, its local time."""
    minutes = int((clock.now() - moment).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return _("{minutes} min ago", minutes=minutes)
    if minutes < 24 * 60:
        hours = minutes // 60
        return ngettext("{count} hour ago", "{count} hours ago", hours)
    return local_time(moment)


def browser_zone() -> ZoneInfo | None:
    """The time zone of the browser that this run draws for, where it says one."""
    return clock.zone_named(st.context.timezone or "")


def empty(title: str, text: str, action: Callable[[], object] | None = None) -> None:
    """Nothing to show: says so, and what to do next. `action` draws a link or a button."""
    with st.container(border=True, horizontal_alignment="center"):
        st.markdown(f"**{title}**", text_alignment="center")
        st.caption(text, text_alignment="center")
        if action:
            action()


def dialog_body() -> DeltaGenerator:
    """What stands above the buttons of a dialog. It scrolls by itself where the window is low, so that the
    buttons are in view (`layout.css`)."""
    return st.container(key="dialog-body")


def small_key(name: str, longest: str) -> str | None:
    """The key of a container in which figures, of which this is the longest, are written smaller where they
    have no room else."""
    return f"small-{name}" if len(longest) > LONGEST_FIGURE else None


def tiles(count: int, *, name: str, whole: bool = False, longest: str = "") -> list[DeltaGenerator]:
    """So many frames beside each other, for a figure each; they wrap where it is narrow.

    Where the first holds the sum of the others (`whole`), it has a line of its own there. `longest` is the
    longest of the figures: tens of millions are written smaller, so that none is cut.
    """
    small = small_key(name, longest)
    keys = [f"whole-{name}" if whole and not place else None for place in range(count)]
    with st.container(horizontal=True, gap="small", key=small):
        return [
            st.container(border=True, width="stretch", height="stretch", gap="xsmall", key=key)
            for key in keys
        ]


def figures(items: Sequence[Figure]) -> None:
    """A row of compact tiles, rows in front, money beside them; it wraps where it is narrow."""
    with st.container(horizontal=True, gap="small"):
        for item in items:
            with st.container(border=True, width="stretch", gap=None):
                amount = f" · {plain(item.tally.brief)}" if item.tally.brief else ""
                label = f"{item.icon} {plain(item.label)}" if item.icon else plain(item.label)
                st.markdown(f":small[:gray[{label}]]  \n**{item.tally.rows:,}**{amount}")


def loaded(load: Callable[[], T]) -> T | None:
    """What is to be shown; None where it is refused, and then the refusal stands in its place."""
    try:
        return load()
    except Refusal as wrong:
        refusal(wrong.message)
        return None
