"""A draft as it stands now, judged, with the steps that led there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from komet_import.ledger.models import BY_MEMORY, Batch
from komet_import.ledger.posting import expected_of, totals_missing
from komet_import.ledger.reference import Stamp
from komet_import.review.control import accounting_for, hash_total
from komet_import.review.draft import Draft
from komet_import.review.edits import Changes
from komet_import.review.figures import Figures, figures
from komet_import.review.issues import Issue
from komet_import.review.judgement import Judgement
from komet_import.review.problem_list import problems
from komet_import.review.questions import questions
from komet_import.review.questions.question import Question
from komet_import.review.reference import Reference
from komet_import.services.draft import step_words
from komet_import.types import ImportType


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of work on a draft, for the list of edits.

    `kind` is that of the edit (`BY_MEMORY`: nobody's), `label` its words as they are kept. `hand` is the user
    whose doing it is that the step stands, or stands no longer: who did it, or who took it back or did it
    again last.
    """

    seq: int
    kind: str
    label: str
    by: str
    at: datetime
    undone: bool
    dropped: bool
    changes: Changes
    hand: int
    hand_name: str

    @property
    def words(self) -> str:
        """Its label, told to who reads it."""
        return step_words.in_words(self.label, self.changes)


@dataclass(frozen=True, kw_only=True, eq=False)
class Opened:
    """A draft as it stands now, judged. `batch` is detached from the database. `alone` is the money
    (thousandths) that one person alone posted of the same file before (`ledger.alone`)."""

    batch: Batch
    type: ImportType
    uploaded_by: str
    draft: Draft
    judgement: Judgement
    reference: Reference
    stamp: Stamp
    steps: tuple[Step, ...]
    alone: int = 0

    @property
    def is_worked_on(self) -> bool:
        """Whether somebody has done a step, beside what memory does when a sheet is opened."""
        return any(step.kind not in BY_MEMORY for step in self.steps)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return any(not step.undone for step in self.steps)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back and nothing was done since."""
        return any(step.undone and not step.dropped for step in self.steps)

    @cached_property
    def hash_total(self) -> int | None:
        """The hash total of what was read, where one is expected."""
        return None if self.batch.expected_hash is None else hash_total(self.draft)

    @property
    def totals_differ(self) -> str:
        """By how much the sheet differs from its control totals; blank where they match, or nothing is
        expected."""
        return expected_of(self.batch).difference(self.figures.counted, self.hash_total)

    @property
    def totals_missing(self) -> bool:
        """Whether control totals must be given and are not."""
        return totals_missing(expected_of(self.batch), self.type, self.figures.counted)

    @cached_property
    def accounting_rows(self) -> tuple[int, ...]:
        """A few rows that would account for that difference, where some are found."""
        expected = expected_of(self.batch)
        rows, amount, _ = expected.over(self.figures.counted)
        return accounting_for(
            self.judgement,
            rows=None if expected.rows is None else rows,
            amount=None if expected.amount is None else amount,
        )

    @cached_property
    def figures(self) -> Figures:
        """The figures of the sheet as it stands now."""
        return figures(self.judgement)


def since(before: Sequence[Step], after: Sequence[Step]) -> tuple[list[Step], list[Step]]:
    """What leads from one state of a journal to another: steps to be taken back, in that order, and steps to
    be done, in theirs."""
    old, new = ([step for step in steps if not step.undone] for steps in (before, after))
    same = 0
    for one, other in zip(old, new, strict=False):
        if one.seq != other.seq:
            break
        same += 1
    return old[same:][::-1], new[same:]


def issues(opened: Opened) -> list[Issue]:
    """Every issue of the rows that are not left out, in the order of the sheet; of those that are no rows to
    import, what they are."""
    judgement = opened.judgement
    out = set(judgement.numbers[judgement.left_out].tolist())
    return [issue for issue in judgement.all() if issue.row not in out]


def open_questions(opened: Opened) -> list[Question]:
    """What is asked about a draft as it stands now."""
    return questions(opened.draft, opened.judgement, problems(opened.judgement))
