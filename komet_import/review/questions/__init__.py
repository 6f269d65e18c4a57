"""Questions: where the sheet has more than one reading, a person says which. Never guessed, asked once.

A question is about texts of a column that are written alike, and shows some of them under each reading; its
answer settles these texts and no others. It is a step of the journal like any edit, and can be undone.
"""

from collections.abc import Sequence

from komet_import.review.catalogue import OPEN_QUESTION
from komet_import.review.draft import Draft
from komet_import.review.held_rows import holds
from komet_import.review.judgement import Judgement
from komet_import.review.problem_list import Problem
from komet_import.review.questions.column_questions import asked_of
from komet_import.review.questions.question import Question
from komet_import.review.questions.row_questions import doubted_rows, doubted_sign, hidden_rows
from komet_import.review.questions.value_questions import of_values

UNCLEAR = frozenset(
    {
        "ambiguous-amount",
        "ambiguous-date",
        "date-format",
        "serial-date",
        "hidden-row",
        "not-positive",
        "not-negative",
        OPEN_QUESTION,
    }
)
"""The problems that a question may settle."""


def questions(draft: Draft, judgement: Judgement, problems: Sequence[Problem]) -> list[Question]:
    """What is to be asked about a draft with this judgement and its problems: sheets and columns first, for
    they decide the rest."""
    found = [asked_of(draft, hold) for hold in holds(draft)]
    found += of_values(draft, problems)
    found += doubted_rows(draft, judgement, "totals")
    found += doubted_rows(draft, judgement, "tables")
    found += doubted_sign(draft, judgement)
    found += hidden_rows(draft, judgement)
    return found
