"""The parts of the Review page, in the order of the screen; all of them in one fragment, which runs again
when the grid has changed something.
"""

from functools import partial

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.refusal import Refusal
from komet_import.review.question import Question
from komet_import.review.window import problems
from komet_import.services import Opened
from komet_import.sheets.layout.notes import sentences
from komet_import.web.review.approval import ask_why, banner
from komet_import.web.review.as_before import as_before
from komet_import.web.review.bulk_edit import fix_many
from komet_import.web.review.confirm_dialog import confirm_import
from komet_import.web.review.deletion import ask_to_delete
from komet_import.web.review.grid import grid_news, review_grid, review_page
from komet_import.web.review.import_button import button, posting_progress
from komet_import.web.review.look import NEWS, ROWS, Reviewing
from komet_import.web.review.problems import problems_and_edits
from komet_import.web.review.reading import opens_by_itself, reading_panel
from komet_import.web.review.returning import returning
from komet_import.web.review.toolbar import toolbar
from komet_import.web.review.totals import control_totals, offered_total
from komet_import.web.shared import guarded
from komet_import.web.shared.navigation import go_to
from komet_import.web.shared.parts import (
    Figure,
    browser_zone,
    figures,
    local_time,
    page_title,
    plain,
)


def about(opened: Opened, *, read_only: bool) -> None:
    """Which sheet this is, and how it was read."""
    header = opened.draft.sheet.header
    told = [
        f"**{plain(opened.batch.file_name)}**",
        plain(opened.type.title),
        f"sheet “{plain(opened.draft.sheet.name)}”",
        f"header in row {header.row}",
        f"uploaded {local_time(opened.batch.uploaded_at)} by {plain(opened.uploaded_by)}",
    ]
    page_title("Review")
    st.caption(" · ".join(told))
    _reading(opened, read_only=read_only)


def _reading(opened: Opened, *, read_only: bool) -> None:
    """How the file was read, in a word; all of it is one click away."""
    header = opened.draft.sheet.header
    named = [letter for letter, heading in header.headers.items() if heading]
    told = sentences(opened.draft.sheet.notes)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            f"{len(header.columns)} of {len(named)} columns matched",
            icon=":material/table_view:",
            key="open-reading",
            type="tertiary",
            help="How your file was read",
            disabled=read_only,
            on_click=guarded.callback(_open_reading),
        )
        if told:
            with st.popover(f"File notes ({len(told)})", icon=":material/info:", type="tertiary"):
                st.markdown("\n".join(f"- {plain(sentence)}" for sentence in told))


def _open_reading() -> None:
    kept = st.session_state.get("reviewing")
    if isinstance(kept, Reviewing):
        kept.open_reading()


def body(user: CurrentUser, batch_id: str) -> None:
    """Figures, toolbar, grid, problems and the button of one draft; before them, where something is asked,
    how the file was read."""
    looking = _looking(user, batch_id)
    opened = _opened(user, batch_id)
    looking.checks = services.standing(user, opened).decides
    if looking.reading is None:
        looking.begin(opened)
        looking.reading = opens_by_itself(opened, looking.questions(opened, problems(opened.judgement)))
    if looking.reading and not looking.checks:  # an answer is an edit
        reading_panel(looking)
        return
    about(opened, read_only=looking.checks)
    _body(batch_id)
    review_page(key=f"page-{batch_id}")


@guarded.fragment
def _body(user: CurrentUser, batch_id: str) -> None:
    """All of it runs again when the grid has changed something.

    The grid is drawn first, so that it asks for its rows while the rest is made.
    """
    looking = _looking(user, batch_id)
    while looking.to_do:
        with st.spinner(plain(looking.to_do[0][0])):
            looking.do()
    opened = _opened(user, batch_id)
    standing = services.standing(user, opened)
    looking.checks = standing.decides
    above = st.container()
    with st.container(horizontal=True, gap="medium"):
        with st.container(key="review-grid"):
            look = looking.identity
            review_grid(key=f"grid-{batch_id}", batch=batch_id, url=ROWS, news=NEWS, look=look)
            grid_news(
                key=f"news-{batch_id}", look=look, version=looking.version(opened), said=looking.said_last
            )
        side = st.container(key="review-side")
    found = problems(opened.judgement)
    with above:
        banner(opened, standing)
        differs = _figures(user, opened, read_only=looking.checks)
        asked = looking.questions(opened, found)
        if asked and not looking.checks:
            _question(user, looking, opened, asked)
        returning(user, opened)
        as_before(user, looking, opened)
        toolbar(looking, opened)
    with side:
        problems_and_edits(user, looking, opened, found)
    button(user, looking, opened, asked, differs, waits=standing.waiting and not standing.decides)
    posting_progress(looking, opened)
    fix_many(looking)
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


def _figures(user: CurrentUser, opened: Opened, *, read_only: bool) -> str:
    """What is ready and what is not, beside what a person expected; returns how that differs, if it does."""
    told = opened.figures
    shown = [
        ("Ready", told.ready, ":material/check_circle:"),
        ("Needs attention", told.rejected, ":material/error:"),
    ]
    if told.to_confirm.rows:
        shown.append(("To confirm", told.to_confirm, ":material/content_copy:"))
    shown.append(("Left out", told.left_out, ":material/do_not_disturb_on:"))
    if not opened.type.once:
        shown.append(("Unchanged", told.unchanged, ":material/drag_handle:"))
    items = [
        Figure(label=label, rows=tally.rows, amount=tally.amount, icon=icon) for label, tally, icon in shown
    ]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(key="review-figures"):
            figures(items)
        with st.container(width="content"):
            differs = control_totals(user, opened, read_only=read_only)
    _apart(user, opened, read_only=read_only)
    return differs


def _apart(user: CurrentUser, opened: Opened, *, read_only: bool) -> None:
    """What is in none of the sums, in words; a total row is offered as what the sheet should come to."""
    told = opened.figures.apart.sentences
    if told:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="review-apart"):
            st.caption(f"Not in these sums: {plain(' '.join(told))}", width="content")
            if not read_only:
                offered_total(user, opened)


def _question(user: CurrentUser, looking: Reviewing, opened: Opened, asked: list[Question]) -> None:
    """The first thing that only a person can say about a whole column: the evidence, a button an answer.

    One at a time: the sheet must stay in view, and an answer may settle what else is unclear.
    """
    question, more = asked[0], len(asked) - 1
    told = [question.evidence] if question.evidence else []
    if more:
        told.append("One more question follows." if more == 1 else f"{more} more questions follow.")
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="question"):
        words = f":orange[:material/help:] **{plain(question.text)}**"
        st.markdown(f"{words}  \n:small[:gray[{plain(' '.join(told))}]]" if told else words)
        for option in question.options:
            st.button(
                plain(option.words),
                key=f"answer-{option.answer}",
                on_click=looking.doing(
                    partial(_answer, user, looking, opened.draft.sheet.name, question, option.answer),
                ),
            )


def _answer(user: CurrentUser, looking: Reviewing, sheet: str, question: Question, answer: str) -> None:
    """What a person says; another sheet is a draft of its own."""
    if question.kind == "sheet" and answer != sheet:
        go_to("review", batch_id=services.choose_sheet(user, looking.batch_id, answer))
    services.answer(user, looking.batch_id, question.kind, question.column, answer)
