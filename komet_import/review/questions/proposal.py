"""How a sheet is read if what is proposed is confirmed: all questions at once, each with its likely answer.

One answer may open the next question: a column that is matched to the date brings dates with two readings.
So the proposals are tried on the draft, round by round, and what a person sees and confirms is all of it.
Nothing here is kept: a person's *Confirm* gives the answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from komet_import.review.draft import Draft
from komet_import.review.judge import judge
from komet_import.review.judgement import Judgement
from komet_import.review.problem_list import problems
from komet_import.review.questions import questions
from komet_import.review.questions.answer_changes import TEXTS, Given, all_answered, answered
from komet_import.review.questions.question import Question
from komet_import.review.reference import Reference
from komet_import.sheets.layout.values.answers import together

ROUNDS = 4
"""So many times an answer may open further questions; columns, values, signs, and one to spare."""

HEADER = "header"
"""The id under which another row is chosen as the header."""

COLUMN = "column:"
"""How the id of a question about a column begins."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Proposal:
    """A draft as it stands `under` the headings that were chosen, and as it would be: `asked` are all
    questions in the order in which they come up, `answers` what would be confirmed, `settled` the ids of the
    questions that they answer, `open` what nobody has chosen and nothing speaks for."""

    under: Draft
    draft: Draft
    judgement: Judgement
    asked: tuple[Question, ...]
    answers: Given
    settled: frozenset[str]
    open: tuple[Question, ...]


def proposal(draft: Draft, judgement: Judgement, reference: Reference, chosen: Mapping[str, str]) -> Proposal:
    """The draft with what a person has `chosen` so far, by the ids of questions, and what is suggested for
    the rest.

    What was chosen by hand about columns that are no question (`column:D`), and another row as the `header`,
    is taken as well. Raises Refusal (`column-taken`, `no-such-answer`) where choices contradict each other,
    `edited-below` where other headings would lose edits, and SheetRefusal where nothing of a row is one.
    """
    asked: dict[str, Question] = {}
    headed = {("header", ""): chosen[HEADER]} if HEADER in chosen else {}
    by_hand = {("column", name.removeprefix(COLUMN)): said for name, said in chosen.items() if COLUMN in name}
    answers: dict[tuple[str, str], str] = headed | by_hand
    settled = {f"{COLUMN}{letter}" for _, letter in by_hand}
    if headed:
        draft = draft.apply(all_answered(draft, judgement, reference, headed))
        judgement = judge(draft, reference)
    under = draft
    if by_hand:
        draft = draft.apply(all_answered(draft, judgement, reference, by_hand))
        judgement = judge(draft, reference)
    for _ in range(ROUNDS):
        found = questions(draft, judgement, problems(judgement))
        new = {question.id: question for question in found if question.id not in asked}
        asked |= new
        changed = False
        for question in new.values():
            given = chosen.get(question.id, question.suggested)
            if given is None:
                continue
            settled.add(question.id)
            key = question.kind, question.column
            answers[key] = together(answers.get(key), given) if question.kind in TEXTS else given
            changes = answered(draft, judgement, *key, given)
            if changes:
                draft, changed = draft.apply(changes), True
        if not changed:
            break
        judgement = judge(draft, reference)
    left = tuple(question for name, question in asked.items() if name not in settled)
    return Proposal(
        under=under,
        draft=draft,
        judgement=judgement,
        asked=tuple(asked.values()),
        answers=answers,
        settled=frozenset(settled),
        open=left,
    )
