"""The parts of the Review page, in the order of the screen; all of them in one fragment, which runs again
when the grid has changed something.
"""

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.refusal import Refusal
from komet_import.review.problem_list import problems
from komet_import.services import Opened
from komet_import.web.review.approval import ask_why, banner
from komet_import.web.review.dialogs.bulk_edit import fix_many
from komet_import.web.review.dialogs.confirm_dialog import confirm_import
from komet_import.web.review.dialogs.deletion import ask_to_delete
from komet_import.web.review.dialogs.key_list import list_of_keys
from komet_import.web.review.dialogs.values_dialog import fix_values
from komet_import.web.review.grid import grid_news, review_grid, review_page
from komet_import.web.review.import_button import button, posting_progress
from komet_import.web.review.look import NEWS, ROWS, Reviewing
from komet_import.web.review.problems import problems_and_edits
from komet_import.web.review.reading_panel.reading import opens_by_itself, reading_panel
from komet_import.web.review.status import status_strip
from komet_import.web.review.title_row import title_row
from komet_import.web.review.toolbar import toolbar
from komet_import.web.shared import guarded
from komet_import.web.shared.parts import browser_zone, plain


def body(user: CurrentUser, batch_id: str) -> None:
    """Title, status, grid, problems and the button of one draft; before them, where something is asked, how
    the file was read."""
    looking = _looking(user, batch_id)
    opened = _opened(user, batch_id)
    looking.checks = services.standing(user, opened).decides
    if looking.reading is None:
        looking.begin(opened)
        looking.reading = opens_by_itself(opened, looking.questions(opened, problems(opened.judgement)))
    if looking.reading and not looking.checks:  # an answer is an edit
        reading_panel(looking)
        return
    _body(batch_id)
    review_page(key=f"page-{batch_id}")


@guarded.fragment
def _body(user: CurrentUser, batch_id: str) -> None:
    """All of it runs again when the grid has changed something.

    The grid is drawn first, so that it asks for its rows while the rest is made.
    """
    looking = _looking(user, batch_id)
    looking.offers.begin()
    while looking.waiting:
        with st.spinner(plain(looking.waiting[0][0])):
            looking.run_next()
    if looking.reading:
        st.rerun()  # its button is pressed here, and the page draws it
    opened = _opened(user, batch_id)
    standing = services.standing(user, opened)
    looking.checks = standing.decides
    above = st.container(gap="xsmall")
    with st.container(horizontal=True, gap="small", key="review-body"):
        with st.container(key="review-grid", gap="xsmall"):
            tools = st.container(key="review-tools")
            look = looking.identity
            review_grid(key=f"grid-{batch_id}", batch=batch_id, url=ROWS, news=NEWS, look=look)
            grid_news(
                key=f"news-{batch_id}", look=look, version=looking.version(opened), said=looking.said_last
            )
        side = st.container(key="review-side")
    found = problems(opened.judgement)
    asked = looking.questions(opened, found)
    with above:
        title_row(user, looking, opened)
        banner(opened, standing)
        status_strip(looking, opened)
    with tools:
        toolbar(looking, opened)
    with side:
        problems_and_edits(user, looking, opened, found, asked)
    button(user, looking, opened, asked, waits=standing.waiting and not standing.decides)
    looking.offers.end()
    posting_progress(looking, opened)
    fix_many(looking)
    fix_values(looking)
    list_of_keys(looking)
    ask_to_delete(looking)
    ask_why(looking)
    confirm_import(looking, opened)


def _opened(user: CurrentUser, batch_id: str) -> Opened:
    try:
        return services.view(user, batch_id)
    except Refusal:
        st.rerun()  # it was imported, discarded or is no longer ours: the page says which


def _looking(user: CurrentUser, batch_id: str) -> Reviewing:
    """This browser's look at the draft. Kept under a key of our own: widgets forget on leaving a page."""
    kept = st.session_state.get("reviewing")
    if not isinstance(kept, Reviewing) or (kept.batch_id, kept.user_id) != (batch_id, user.id):
        kept = st.session_state["reviewing"] = Reviewing(batch_id, user.id)
    kept.zone = browser_zone()
    return kept
