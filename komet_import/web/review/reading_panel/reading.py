"""The panel “How your file was read”: every column and row accounted for, all questions at once, one Confirm.

What is proposed is shown as it would be; nothing counts before a person confirms. It opens by itself where
something is asked and nobody has said anything yet, and is always one click away.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _, ngettext
from komet_import.language.capital import capitalized
from komet_import.language.lists import listed
from komet_import.refusal import Refusal, SheetRefusal
from komet_import.review.figures import figures
from komet_import.review.how_read import ColumnRead, columns_read, missing_columns, rows_read
from komet_import.review.questions.answer_changes import TEXTS
from komet_import.review.questions.proposal import COLUMN, Proposal
from komet_import.review.questions.question import Question
from komet_import.services import Opened
from komet_import.web.review.look import Reviewing
from komet_import.web.review.offers import Proposed
from komet_import.web.review.reading_panel.better_type import better_type
from komet_import.web.review.reading_panel.panel_answers import confirm_reading
from komet_import.web.review.reading_panel.sheets import sheet_and_headings, table_beside
from komet_import.web.review.reading_panel.text_file import text_file
from komet_import.web.review.reading_panel.value_filter import value_filter
from komet_import.web.shared import guarded
from komet_import.web.shared.parts import (
    local_day,
    local_time,
    page_title,
    plain,
    refusal,
    shortened,
    unseen,
)

ASIDE = frozenset({"column", "sheet"})
"""Questions that are asked in another place of the panel than among those about values."""
UNFITTING = frozenset({"column-taken", "no-such-answer", "edited-below"})
"""Why what was chosen cannot be."""
WIDTHS = (0.19, 0.27, 0.3, 0.24)
_keys = st.components.v2.component(
    "komet_reading_keys", js=(Path(__file__).parent / "reading_keys.js").read_text(encoding="utf-8")
)


def opens_by_itself(opened: Opened, asked: Sequence[Question]) -> bool:
    """Whether something is asked of a draft on which nobody has worked yet."""
    return not opened.is_worked_on and any(question.rows or question.kind in TEXTS for question in asked)


def reading_panel(looking: Reviewing) -> None:
    """The panel of one draft, instead of its grid."""
    _panel(looking.batch_id)
    _keys(key="reading-keys")


@guarded.fragment
def _panel(user: CurrentUser, batch_id: str) -> None:
    looking = st.session_state["reviewing"]
    try:
        looking.checks = services.standing(user, services.view(user, batch_id)).decides
    except Refusal:
        st.rerun()  # it was imported, deleted or is no longer ours: the page says which
    while looking.waiting:
        looking.run_next()
    if not looking.reading or looking.checks:
        st.rerun()
    opened, seen = _proposed(user, looking)
    page_title(_("How your file was read"))
    uploaded = _(
        "uploaded {time} by {who}",
        time=local_time(opened.batch.uploaded_at),
        who=plain(opened.uploaded_by),
    )
    st.caption(f"**{plain(opened.batch.file_name)}** · {plain(_(opened.type.title))} · {uploaded}")
    known = opened.batch.reading.get("remembered")
    if known:
        day = local_day(datetime.fromisoformat(known["at"]))
        st.caption(
            _(
                ":material/history: Read as on {day}, by {who}; change what is different.",
                day=day,
                who=plain(known["by"]),
            )
        )
    with st.container():
        for notice in looking.taken_notices():
            refusal(notice)
    with st.container(horizontal=True, gap="medium"):
        with st.container(key="reading-columns"):
            _columns(user, looking, opened, seen)
        with st.container(key="reading-side"):
            better_type(user, looking, opened)
            sheet_and_headings(user, looking, opened, seen)
            text_file(user, opened)
            _rows(seen)
    _bottom(user, looking, opened, seen)


def _proposed(user: CurrentUser, looking: Reviewing) -> tuple[Opened, Proposal]:
    try:
        return services.propose(user, looking.batch_id, looking.choices)
    except Refusal as wrong:
        if wrong.code not in UNFITTING and not isinstance(wrong, SheetRefusal):
            st.rerun()
        looking.choices.clear()  # what was chosen is of another sheet, or is no reading of this one
        looking.tell(wrong.message, level="error")
        return services.propose(user, looking.batch_id, looking.choices)


def _columns(user: CurrentUser, looking: Reviewing, opened: Opened, seen: Proposal) -> None:
    """What is to be checked, what is matched, what is not imported. A column stays where it stood before
    anything was chosen, and each part has its place even where it is empty: what moved, the browser would
    make anew, and a person who goes by keys would be nowhere.
    """
    columns = columns_read(seen.draft)
    before = {column.letter: column for column in columns_read(seen.under)}
    doubtful = [column for column in columns if before[column.letter].asked]
    rest = [column for column in columns if not before[column.letter].asked]
    matched = [column for column in rest if before[column.letter].name]
    others = [column for column in rest if not before[column.letter].name]
    with st.container():
        _doubts(user, looking, opened, seen, columns, doubtful)
    with st.container():
        if matched:
            count = sum(bool(column.name) for column in matched)
            words = ngettext(
                ":green[:material/check:] {count:,} column matched",
                ":green[:material/check:] {count:,} columns matched",
                count,
            )
            st.subheader(words, anchor=False)
            with st.container(border=True, gap="small"):
                for column in matched:
                    _column(looking, opened, columns, column)
    if others:
        count = sum(not column.name for column in others)
        words = ngettext("{count:,} column is not imported", "{count:,} columns are not imported", count)
        with st.expander(words, expanded=count < len(others)):  # with other words it would close by itself
            for column in others:
                _column(looking, opened, columns, column)


def _doubts(
    user: CurrentUser,
    looking: Reviewing,
    opened: Opened,
    seen: Proposal,
    columns: Sequence[ColumnRead],
    doubtful: Sequence[ColumnRead],
) -> None:
    asked = [question for question in seen.asked if question.kind not in ASIDE]
    lacking = missing_columns(seen.draft)
    if not (doubtful or asked or lacking):
        return
    count = len(doubtful) + len([q for q in asked if q.kind != "filter"])
    check = ngettext(
        ":orange[:material/warning:] Check {count:,} thing",
        ":orange[:material/warning:] Check {count:,} things",
        count,
    )
    with st.container():
        st.subheader(check if count else _("Match by hand"), anchor=False)
        if lacking:
            st.caption(
                _(
                    "No column is {columns} yet: choose it beside a column, or fill it in row by row in the "
                    "next step.",
                    columns=plain(listed([_(name) for name in lacking], "or")),
                )
            )
    if not (doubtful or asked):
        return
    with st.container(border=True, gap="small"):
        for column in doubtful:
            _column(looking, opened, columns, column)
        for question in asked:
            _question(user, looking, seen, question)


def _column(looking: Reviewing, opened: Opened, columns: Sequence[ColumnRead], column: ColumnRead) -> None:
    """One column of the file, and what it is to be."""
    heading, values, match, why = st.columns(WIDTHS, vertical_alignment="center", gap="small")
    filled = _("{filled:,} of {rows:,}", filled=column.filled, rows=column.rows)
    counted = f"{plain(column.letter)} · {filled}"
    name = plain(column.heading) if column.heading else f":gray[{_('no heading')}]"
    heading.markdown(f"**{name}**  \n:small[:gray[{counted}]]")
    values.caption(plain(", ".join(shortened(value, 24) for value in column.values)) or _("blank"))
    needed = {c.name for c in opened.type.columns if c.need == "required"}
    key = f"match-{opened.batch.id}-{column.letter}"
    st.session_state[key] = column.name
    nothing = column.says or _("Don't import")
    match.selectbox(
        _("“{heading}” is", heading=unseen(column.heading or column.letter)),
        ["", *(c.name for c in opened.type.columns)],
        format_func=lambda name: f"{_(name)} *" if name in needed else _(name) or nothing,
        key=key,
        label_visibility="collapsed",
        on_change=guarded.callback(lambda: _match(looking, columns, column.letter, st.session_state[key])),
    )
    why.caption(plain(capitalized(column.why)))


def _match(looking: Reviewing, columns: Sequence[ColumnRead], letter: str, name: str) -> None:
    """A person says what a column is; no two columns are the same."""
    looking.choices[f"{COLUMN}{letter}"] = name
    for other in columns:
        if name and other.name == name and other.letter != letter:
            looking.choices[f"{COLUMN}{other.letter}"] = ""


def _question(user: CurrentUser, looking: Reviewing, seen: Proposal, question: Question) -> None:
    """A question about values: its evidence, and each answer with what it makes of the sheet's own."""
    chosen = looking.choices.get(question.id, question.suggested)
    st.markdown(f"**{plain(question.text)}**  \n:small[:gray[{plain(question.evidence)}]]")
    if question.kind == "filter":
        value_filter(looking, seen, question, chosen)
        return
    if question.kind == "beside":
        table_beside(user, looking, seen)
    words = {option.answer: option.words for option in question.options}
    widget = f"ask-{looking.batch_id}-{question.id}"
    st.session_state[widget] = chosen
    st.radio(
        unseen(question.text),
        list(words),
        format_func=lambda answer: (
            plain(words[answer])
            + (f" :green-badge[{_('Suggested')}]" if answer == question.suggested else "")
        ),
        key=widget,
        label_visibility="collapsed",
        on_change=guarded.callback(lambda: looking.choices.update({question.id: st.session_state[widget]})),
    )


def _rows(seen: Proposal) -> None:
    """Every row below the headings, by what it is, with its money."""
    with st.container(border=True):
        st.markdown(_("**All {count:,} rows**", count=len(seen.draft.rows)))
        for found in rows_read(seen.draft, seen.judgement):
            with st.container(horizontal=True, horizontal_alignment="distribute", gap="small"):
                st.markdown(f"{found.tally.rows:,} {plain(found.words)}", width="content")
                st.markdown(plain(found.money), width="content", text_alignment="right")
        # What is set aside stands in the lines above, each kind with its own words.
        for sentence in replace(figures(seen.judgement).apart, aside=()).sentences:
            st.caption(plain(sentence))


def _bottom(user: CurrentUser, looking: Reviewing, opened: Opened, seen: Proposal) -> None:
    proposed = Proposed(dict(seen.answers), dict(looking.choices), opened.batch.revision)
    looking.proposed.keep(proposed)
    waiting = [q for q in seen.open if q.id not in looking.choices and (q.rows or q.kind in TEXTS)]
    counted = opened.type.counted(int((~seen.draft.out).sum()))
    with st.bottom, st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right"):
        if services.is_remembered(proposed.answers) and not seen.draft.sheet.header.headless:
            st.checkbox(
                _("Remember for files with these columns"), value=True, key=f"remember-{looking.batch_id}"
            )
        if waiting:
            more = ngettext(
                "{count:,} question is open: {first}",
                "{count:,} questions are open: {first}",
                len(waiting),
                first=plain(waiting[0].text),
            )
            with st.container(key="reading-open", width="content"):
                st.caption(more)
        st.button(
            _("Later"),
            key="reading-later",
            help=_("The rows concerned wait"),
            on_click=guarded.callback(looking.close_reading),
        )
        st.button(
            _("Confirm and review {counted}", counted=counted),
            type="primary",
            key="reading-confirm",
            shortcut="Ctrl+Enter",
            disabled=bool(waiting),
            on_click=looking.later(lambda: confirm_reading(user, looking), _("Reading the sheet …")),
        )
        looking.proposed.draw()
