"""What only a person can say about a whole column, as a card of the worklist: a button for each reading."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import ngettext
from komet_import.review.questions.question import Question
from komet_import.services import Opened
from komet_import.web.review.look import Reviewing
from komet_import.web.review.offers import stands_of_question, word
from komet_import.web.shared.navigation import go_to
from komet_import.web.shared.parts import plain


def question_card(user: CurrentUser, looking: Reviewing, opened: Opened, asked: Sequence[Question]) -> None:
    """The first thing that only a person can say about a whole column: the evidence, a button an answer.

    One at a time: the sheet must stay in view, and an answer may settle what else is unclear.
    """
    question, more = asked[0], len(asked) - 1
    told = [question.evidence] if question.evidence else []
    if more:
        told.append(ngettext("One more question follows.", "{count} more questions follow.", more))
    with st.container(border=True, gap="xsmall", key="question"):
        words = f":orange[:material/help:] **{plain(question.text)}**"
        st.markdown(f"{words}  \n:small[:gray[{plain(' '.join(told))}]]" if told else words)
        for option in question.options:
            st.button(
                plain(option.words),
                key=f"answer-{question.id}-{option.answer}",
                wrap=True,
                on_click=looking.promising(
                    f"answer-{question.id}-{option.answer}",
                    word(question),
                    partial(_answer, user, looking, opened.draft.sheet.name, question, option.answer),
                ),
            )


def _answer(user: CurrentUser, looking: Reviewing, sheet: str, question: Question, answer: str) -> None:
    """What a person says; another sheet is a draft of its own."""
    if question.kind == "sheet" and answer != sheet:
        go_to("review", batch_id=services.choose_sheet(user, looking.batch_id, answer))
    holds = stands_of_question(question)
    services.answer(user, looking.batch_id, question.kind, question.column, answer, holds=holds)
