"""The parts of the Review page, in the order of the screen; all of them in one fragment, which runs again
when the grid has changed something.
"""

import time
from collections.abc import Sequence
from functools import partial

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.ledger.posting import PostingRefusal
from komet_import.refusal import Refusal
from komet_import.review import fixes
from komet_import.review.issues import ALREADY_CORRECTED, ALREADY_POSTED, CATALOGUE, COPIED_ROW, Severity
from komet_import.review.questions import Question
from komet_import.review.window import Kind, Problem, kinds, problems
from komet_import.services import Opened
from komet_import.sheets.layout.notes import other_sheets, sentences
from komet_import.types.schema import Need, code_key
from komet_import.web import guarded
from komet_import.web.confirming import (
    confirm_import,
    counted_duplicates,
    counted_money,
    show_rows,
    to_be_confirmed,
)
from komet_import.web.control_totals import control_totals, offered_total
from komet_import.web.deleting import ask_to_delete, delete_button
from komet_import.web.fixing import FILL, Wish, fix_many
from komet_import.web.grid import grid_news, review_grid, review_page
from komet_import.web.leaving import go_to
from komet_import.web.parts import (
    Figure,
    browser_zone,
    counted_rows,
    figures,
    local_time,
    page_title,
    plain,
    refusal,
)
from komet_import.web.reviewing import NEWS, OVERTAKEN, ROWS, Answer, Reviewing
from komet_import.web.toolbar import toolbar

SHOWN_KINDS, SHOWN_VALUES, SHOWN_DIFFERENCES = 8, 4, 6
LEAVING = frozenset({ALREADY_CORRECTED, ALREADY_POSTED, COPIED_ROW, "duplicate-in-sheet"})
"""Problems that are mended by leaving the row out."""

TURNING = {"not-positive": "Make them all positive", "not-negative": "Make them all negative"}
"""The words of a button that takes every suggestion, where they can say more than that."""


def about(user: CurrentUser, batch_id: str) -> None:
    """Which sheet this is, and how it was read. Raises Refusal where there is no such draft.

    Streamlit keeps what a page's script names until the next run: a draft is named in functions only.
    """
    opened = services.view(user, batch_id)
    header = opened.draft.sheet.header
    ignored = [header.headers[letter] for letter in header.ignored]
    told = [
        f"**{plain(opened.batch.file_name)}**",
        plain(opened.type.title),
        f"sheet “{plain(opened.draft.sheet.name)}”",
        f"header in row {header.row}",
        f"uploaded {local_time(opened.batch.uploaded_at)} by {plain(opened.uploaded_by)}",
    ]
    if ignored:
        told.append(f"not imported: {', '.join(plain(name) for name in ignored)}")
    page_title("Review")
    st.caption(" · ".join(told))
    _reading(user, opened)


def _reading(user: CurrentUser, opened: Opened) -> None:
    """How the file was read, where there is something to say; and its other sheets that fit."""
    told = sentences(opened.draft.sheet.notes)
    if not told:
        return
    with st.expander(f"How the sheet was read ({len(told)})", icon=":material/info:"):
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in told))
        others = other_sheets(opened.draft.worksheet) if opened.draft.worksheet else ()
        for name in others:
            if st.button(f"Import the sheet “{plain(name)}” instead", key=f"sheet-{name}"):
                _choose(user, opened, name)


def _choose(user: CurrentUser, opened: Opened, sheet: str) -> None:
    try:
        chosen = services.choose_sheet(user, opened.batch.id, sheet)
    except Refusal as wrong:
        refusal(wrong.message)
        return
    go_to("review", batch_id=chosen)


def body(batch_id: str) -> None:
    """Figures, toolbar, grid, problems and the button of one draft."""
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
        differs = _figures(user, opened)
        asked = looking.questions(opened, found)
        if asked:
            _question(user, looking, asked)
        toolbar(looking, opened)
    with side:
        _side(user, looking, opened, found)
    _button(user, looking, opened, asked, differs)
    _posting(looking, opened)
    fix_many(looking)
    ask_to_delete(looking)
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


def _figures(user: CurrentUser, opened: Opened) -> str:
    """What is ready and what is not, beside what a person expected; returns how that differs, if it does."""
    told = opened.figures
    shown = [
        ("Ready", told.ready, ":material/check_circle:"),
        ("Needs attention", told.rejected, ":material/error:"),
    ]
    if told.to_confirm.rows:
        shown.append(("Possible duplicates", told.to_confirm, ":material/content_copy:"))
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
            differs = control_totals(user, opened)
    _apart(user, opened)
    return differs


def _apart(user: CurrentUser, opened: Opened) -> None:
    """What is in none of the sums, in words; a total row is offered as what the sheet should come to."""
    told = opened.figures.apart.sentences
    if told:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="review-apart"):
            st.caption(f"Not in these sums: {plain(' '.join(told))}", width="content")
            offered_total(user, opened)


def _question(user: CurrentUser, looking: Reviewing, asked: list[Question]) -> None:
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
                    partial(
                        services.answer,
                        user,
                        looking.batch_id,
                        question.kind,
                        question.column,
                        option.answer,
                    ),
                ),
            )


def _side(user: CurrentUser, looking: Reviewing, opened: Opened, found: list[Problem]) -> None:
    listed = kinds(found)
    # The names stay as they are, without counts: a tab is known by its name, and forgets itself with it.
    problems_tab, edits_tab = st.tabs(["Problems", "Edits"], key=f"side-{opened.batch.id}", on_change="rerun")
    with problems_tab:
        if not listed:
            st.caption(":material/check: No problems.")
        for place, kind in enumerate(listed[:SHOWN_KINDS]):
            _kind(user, looking, opened, kind, place)
        if len(listed) > SHOWN_KINDS:
            more = len(listed) - SHOWN_KINDS
            with st.expander("1 more kind" if more == 1 else f"{more:,} more kinds"):
                for place, kind in enumerate(listed[SHOWN_KINDS:], start=SHOWN_KINDS):
                    _kind(user, looking, opened, kind, place)
    if edits_tab.open:  # many parts, sent with every edit
        with edits_tab:
            _edits(user, looking, opened)


def _kind(user: CurrentUser, looking: Reviewing, opened: Opened, kind: Kind, place: int) -> None:
    """A kind of problem with its count; the values that have it, each mended once for all its rows."""
    if CATALOGUE[kind.code].confirm:
        to_be_confirmed(user, looking, opened, kind, place)
        return
    error = kind.severity is Severity.ERROR
    mark = ":red[:material/error:]" if error else ":orange[:material/warning:]"
    alike = len(kind.problems) > 1 and kind.code in fixes.MECHANICAL
    told = f"{kind.column}, {len(kind.problems):,} values" if alike else kind.message
    with st.container(gap=None):
        st.markdown(f"{mark} **{kind.title}** · {counted_rows(kind.rows)}  \n:small[:gray[{plain(told)}]]")
        with st.container(horizontal=True, gap="small"):
            show_rows(looking, kind, place)
            if alike and any(problem.suggestion for problem in kind.problems):
                st.button(
                    TURNING.get(kind.code, "Use every suggestion"),
                    key=f"every-{place}",
                    type="tertiary",
                    icon=":material/auto_fix_high:",
                    on_click=looking.doing(
                        lambda: _take_all(user, looking, kind), f"Mending {counted_rows(kind.rows)} …"
                    ),
                )
            if kind.code in LEAVING:
                rows = [row for problem in kind.problems for row in problem.rows]
                st.button(
                    f"Leave out {counted_rows(len(rows))}",
                    key=f"leave-{place}",
                    type="tertiary",
                    icon=":material/do_not_disturb_on:",
                    on_click=looking.doing(
                        lambda: services.leave_out(user, looking.batch_id, rows),
                        f"Leaving out {counted_rows(len(rows))} …",
                    ),
                )
            if len(kind.problems) == 1 and kind.code not in LEAVING:
                _mending(user, looking, opened, kind.problems[0], key=f"{place}-0")
        if len(kind.problems) > 1 and not alike and kind.code not in LEAVING:
            for number, problem in enumerate(kind.problems[:SHOWN_VALUES]):
                _value(user, looking, opened, problem, key=f"{place}-{number}")
            if len(kind.problems) > SHOWN_VALUES:
                st.caption(f"and {len(kind.problems) - SHOWN_VALUES:,} more values")


def _value(user: CurrentUser, looking: Reviewing, opened: Opened, problem: Problem, *, key: str) -> None:
    """One of several values that have the same problem, with its rows."""
    shown = problem.value if len(problem.value) <= 30 else f"{problem.value[:29]}…"
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        words = f"“{plain(shown)}”" if shown else "blank"
        st.caption(f"{words} · {counted_rows(len(problem.rows))}", width="content")
        _mending(user, looking, opened, problem, key=key)


def _mending(user: CurrentUser, looking: Reviewing, opened: Opened, problem: Problem, *, key: str) -> None:
    """Buttons that mend a value in all its rows: what was probably meant, and the dialog for another."""
    every = "" if len(problem.rows) == 1 else f" for all {len(problem.rows):,}"
    if problem.suggestion:
        known = opened.reference.directory.customers.get(code_key(problem.suggestion))
        st.button(
            f"Use {plain(problem.suggestion)}{every}",
            key=f"mend-{key}",
            type="tertiary",
            icon=":material/auto_fix_high:",
            help=plain(known.name) if known else None,
            on_click=looking.doing(
                lambda: _mend(user, looking, problem), f"Mending {counted_rows(len(problem.rows))} …"
            ),
        )
    if problem.column not in opened.draft.columns:
        return  # not imported
    if problem.value:
        label, told = "Other…", "Choose another value for all of them"
        wish = partial(Wish, column=problem.column, value=problem.value, rows=tuple(problem.rows))
    elif problem.code == "missing-value":
        label, told = "Fill in…", "One value for all blank cells of the column"
        wish = partial(Wish, what=FILL, column=problem.column, rows=tuple(problem.rows))
    else:
        return  # it is the row's, as with a hidden one
    st.button(
        label,
        key=f"other-{key}",
        type="tertiary",
        help=told,
        on_click=guarded.callback(lambda: looking.wish_for(wish())),
    )


def _take_all(user: CurrentUser, looking: Reviewing, kind: Kind) -> None:
    _take(user, looking, kind.problems, f"{kind.title}: suggestions taken")


def _mend(user: CurrentUser, looking: Reviewing, problem: Problem) -> None:
    _take(user, looking, (problem,), f"{problem.column}: “{problem.value}” → “{problem.suggestion}”")


def _take(user: CurrentUser, looking: Reviewing, shown: Sequence[Problem], label: str) -> None:
    """Take the suggestions that were shown, and say so where none of them holds any longer."""
    outcome = services.apply_fix(
        user,
        looking.batch_id,
        lambda now: fixes.take_suggestions(now.draft, now.judgement, shown),
        label=lambda changes: f"{label} in {counted_rows(len(changes.rows))}",
    )
    if not outcome.changed:
        looking.tell(OVERTAKEN, level="warning")


def _edits(user: CurrentUser, looking: Reviewing, opened: Opened) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            "Undo",
            icon=":material/undo:",
            disabled=not opened.can_undo,
            on_click=looking.doing(partial(services.undo, user, looking.batch_id)),
        )
        st.button(
            "Redo",
            icon=":material/redo:",
            disabled=not opened.can_redo,
            on_click=looking.doing(partial(services.redo, user, looking.batch_id)),
        )
    if not opened.steps:
        st.caption("Nothing was changed yet. Each change appears here and can be taken back.")
    with st.container(height=380, border=False):
        for step in reversed(opened.steps[-50:]):
            words = plain(step.label)
            st.markdown(f"~~{words}~~" if step.undone else words)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(f"{plain(step.by)}, {local_time(step.at)}")
                if not step.undone:
                    st.button(
                        "Take back",
                        key=f"back-{step.seq}",
                        type="tertiary",
                        on_click=looking.doing(
                            partial(services.take_back, user, looking.batch_id, step.seq),
                        ),
                    )


def _why_nothing(opened: Opened, asked: list[Question]) -> str:
    """Why no row can be imported, and what to do about it."""
    for question in asked:
        if question.kind == "column" and opened.type.column(question.options[0].answer).need is Need.REQUIRED:
            return f"No row is ready: say first what column {plain(question.column)} is."
    if opened.figures.left_out.rows == opened.figures.read.rows:
        return "Every row is left out: take one back in to import it."
    if opened.judgement.unchanged.any() and not opened.judgement.rejected.any():
        return "Nothing to import: every row says what is known already."
    return "No row is ready: mend at least one to import."


def _button(
    user: CurrentUser, looking: Reviewing, opened: Opened, asked: list[Question], differs: str
) -> None:
    told, promised = opened.figures, looking.promise(opened)
    waiting, rejected = told.to_confirm, told.rejected.rows
    label = f"Import {counted_money(opened.type, promised)}"
    if told.unchanged.rows:
        label += f" · {told.unchanged.rows:,} unchanged"
    apart = [f"confirm {counted_duplicates(waiting)}"] * bool(waiting.rows)
    apart += [f"reject {counted_rows(rejected)}"] * bool(rejected)
    label += f" — {', '.join(apart)}" if apart else ""
    if looking.answer is not None:
        with st.bottom.container():
            _answered(looking.answer)
    with st.bottom.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        if not promised.rows and not waiting.rows:
            st.caption(_why_nothing(opened, asked))
        elif differs:
            st.caption(f":orange[:material/warning:] {plain(differs)}")
        delete_button(user, looking, opened)
        st.button(
            plain(label),
            type="primary",
            disabled=not promised.rows and not waiting.rows,
            key="import",
            wrap=True,  # no narrow screen may cut off what it will do
            on_click=guarded.callback(looking.ask_to_confirm if waiting.rows else looking.click),
            args=(user,),
        )


def _answered(answer: Answer) -> None:
    """Why the last click posted nothing: what others changed stands there until the next click."""
    told = [f"- {plain(found.by)}: {plain(found.words)}" for found in answer.differences[:SHOWN_DIFFERENCES]]
    if len(answer.differences) > SHOWN_DIFFERENCES:
        told.append(f"- and {len(answer.differences) - SHOWN_DIFFERENCES:,} more, see *Edits*")
    st.warning("\n".join([plain(answer.message), "", *told]), icon=":material/group:")


def _posting(looking: Reviewing, opened: Opened) -> None:
    """Show how far a posting is, until it is done; then its report, or why nothing was posted."""
    if looking.posting is None:
        return
    words = f"Importing {opened.type.counted(looking.going)} …"
    bar, began = st.empty(), time.monotonic()
    while looking.posting is not None and not looking.posting.done():
        if time.monotonic() - began > 0.4:
            bar.progress(looking.posted, text=words)
        time.sleep(0.05)
    bar.empty()
    try:
        receipt = looking.settle()
    except PostingRefusal as finished:
        go_to("report", batch_id=finished.batch_id or looking.batch_id)
    if receipt is not None:
        go_to("report", batch_id=receipt.batch_id)
    st.rerun()  # with the answer, and what the sheet holds now
