"""The question which values of a column count, as pills: each distinct value is answered."""

import json

import streamlit as st

from komet_import.language import _
from komet_import.review.given_answers import EVERY_VALUE, NO_VALUE
from komet_import.review.questions.column_questions import value_words
from komet_import.review.questions.proposal import Proposal
from komet_import.review.questions.question import Question
from komet_import.sheets.layout.modifiers import SHOWN
from komet_import.web.review.look import Reviewing
from komet_import.web.shared import guarded
from komet_import.web.shared.parts import plain


def value_filter(looking: Reviewing, seen: Proposal, question: Question, chosen: str | None) -> None:
    """The values of a column, of which one or several count; where none usually does, none is an answer, too:
    a pill that stands alone."""
    modifier = next(m for m in seen.draft.sheet.header.modifiers if m.letter == question.column)
    counts = dict(modifier.values)
    none = {option.answer: option.words for option in question.options if option.answer == NO_VALUE}
    widget = f"ask-{looking.batch_id}-{question.id}"
    said = [NO_VALUE] if chosen == NO_VALUE else json.loads(chosen or NO_VALUE)
    shown = list(counts) if EVERY_VALUE in said else [one for one in (*counts, *none) if one in said]
    st.session_state[widget] = shown

    def choose() -> None:
        kept = st.session_state[widget]
        if NO_VALUE in kept and NO_VALUE in shown:
            kept = [value for value in kept if value != NO_VALUE]  # another one was chosen beside it
        if len(kept) == len(counts) >= SHOWN:
            kept = [EVERY_VALUE]
        if NO_VALUE in kept:
            looking.choices[question.id] = NO_VALUE
        elif kept:
            looking.choices[question.id] = json.dumps(kept, ensure_ascii=False)
        else:
            looking.choices.pop(question.id, None)

    st.pills(
        _("Import rows with"),
        [*counts, *none],
        selection_mode="multi",
        format_func=lambda value: (
            f"{plain(value_words(modifier, value))} · {counts[value]:,}"
            if value in counts
            else plain(none[value])
        ),
        key=widget,
        on_change=guarded.callback(choose),
    )
