"""The status strip: how the rows stand, in rows and in money; and by it which of them are looked at."""

from dataclasses import replace

import streamlit as st

from komet_import.language import _, marked
from komet_import.review.catalogue import DUPLICATES
from komet_import.review.tally import Tally
from komet_import.review.window import Show, filters, shown
from komet_import.services import Opened
from komet_import.web.review.look import Reviewing
from komet_import.web.shared import guarded
from komet_import.web.shared.parts import plain

NAMES = {
    Show.ALL: marked("All"),
    Show.READY: marked(":green[:material/check_circle:] Ready"),
    Show.ATTENTION: marked(":red[:material/error:] Needs attention"),
    Show.TO_CONFIRM: marked(":orange[:material/content_copy:] Possible duplicates"),
    Show.CHANGES: marked("Changes"),
    Show.NEW: marked(":green[:material/add_circle:] New"),
    Show.CHANGED: marked(":green[:material/edit:] Changed"),
    Show.DEACTIVATED: marked(":orange[:material/person_off:] Deactivated"),
    Show.UNCHANGED: marked(":gray[:material/drag_handle:] Unchanged"),
    Show.LEFT_OUT: marked(":gray[:material/do_not_disturb_on:] Excluded"),
    Show.TOTALS: marked(":gray[:material/functions:] Set aside"),
}
SELDOM = frozenset({Show.NEW, Show.CHANGED, Show.DEACTIVATED, Show.TOTALS})
"""States that most sheets have no row of: said where there is one, and while they are looked at."""
TO_CONFIRM = marked(":orange[:material/warning:] To confirm")
"""Where something else than duplicates is among them."""


def status_strip(looking: Reviewing, opened: Opened) -> None:
    """One line of all states; the one that is chosen is looked at."""
    tallies = _tallies(opened)
    now = looking.look.show
    offered = [show for show in tallies if show not in SELDOM or tallies[show].rows or show is now]
    words = {show: f"{_name(show, opened)} {_counted(tallies[show])}" for show in offered}
    key = f"show-{opened.batch.id}"
    st.session_state[key] = now
    with st.container(key="review-status"):
        st.segmented_control(
            _("Rows"),
            offered,
            format_func=lambda show: words[show],
            key=key,
            required=True,
            label_visibility="collapsed",
            width="stretch",
            wrap=False,
            on_change=guarded.callback(
                lambda: looking.choose(
                    replace(looking.look, show=st.session_state[key] or Show.ALL, problem=None)
                )
            ),
        )


def _tallies(opened: Opened) -> dict[Show, Tally]:
    """Rows and money of each state, that which is shown first in front. Rows that are set aside are none of
    those that were read."""
    told = opened.figures
    known = {
        Show.ALL: told.read,
        Show.READY: told.ready,
        Show.ATTENTION: told.rejected,
        Show.TO_CONFIRM: told.to_confirm,
        Show.LEFT_OUT: told.left_out,
    }
    return {show: known.get(show) or _rows(opened, show) for show in filters(opened.type)}


def _rows(opened: Opened, show: Show) -> Tally:
    return Tally(rows=int(shown(opened.judgement, show).sum()), amount=None)


def _name(show: Show, opened: Opened) -> str:
    waiting = {issue.code for issue in opened.judgement.waiting()} if show is Show.TO_CONFIRM else set()
    return _(NAMES[show] if waiting <= DUPLICATES else TO_CONFIRM)


def _counted(tally: Tally) -> str:
    """The rows and their sum, where it says anything: what is in no sum is told below, beside the button."""
    value = f" · {plain(tally.brief)}" if tally.rows and tally.summed else ""
    return f"**{tally.rows:,}**{value}"
