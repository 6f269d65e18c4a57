"""The sign of a whole column: where many amounts have the wrong one, a person says once what they are."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from komet_import.language import Phrase, phrase
from komet_import.review.catalogue import OPEN_QUESTION
from komet_import.review.draft import Draft
from komet_import.review.issues import Issue
from komet_import.review.rules.finding import Finding, issue_of
from komet_import.types import Side, Sign

TURNED = "negative"
"""The answer after which amounts of the wrong sign have the right one."""
FEWEST = 3
"""Fewer amounts of the wrong sign are slips where they are not the most, or where none has the right one, so
that nothing is posted: each is a problem of its own."""
SHARE = 2
"""So are those that are less than this part of all amounts: the half."""
NO_SLIPS, SHARE_OF_CREDITS = 4, 4
"""So many that are this part of all amounts, the quarter, are no slips where we owe: in a list of what
customers owe the invoices are the positive amounts and the most, and the credits the negative ones."""


def doubtful_sign(
    draft: Draft, amounts: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """The rows whose amount has the wrong sign, and those that have the right one and wait for what a person
    says of the others; both empty where nothing is to be asked. `amounts` are thousandths."""
    type = draft.type
    none = np.zeros(len(amounts), dtype=np.bool_)
    if not type.amount_column or type.amount_column in draft.answers.signs:
        return none, none
    counted = ~draft.out & (amounts != 0)
    wrong: npt.NDArray[np.bool_] = counted & type.against_sign(amounts)
    number, total = int(wrong.sum()), int(counted.sum())
    few = number < FEWEST and (number == total or number * SHARE == total)
    listed = type.side is Side.WE_OWE and number >= NO_SLIPS and number * SHARE_OF_CREDITS >= total
    if not number or few or (number * SHARE < total and not listed):
        return none, none
    return wrong, counted & ~wrong


def are_turned(draft: Draft) -> bool:
    """Whether a person said that the amounts of the wrong sign are those to import: all are turned."""
    return draft.answers.signs.get(draft.type.amount_column or "") == TURNED


def sign_question(draft: Draft, wrong: int) -> Phrase:
    """What is asked about amounts of the wrong sign."""
    nouns = Phrase(draft.type.noun[1])
    if draft.type.sign is Sign.POSITIVE:
        return phrase("Are the {count:,} negative amounts the {nouns}?", count=wrong, nouns=nouns)
    return phrase("Are the {count:,} positive amounts the {nouns}?", count=wrong, nouns=nouns)


def waiting_for_sign(
    draft: Draft, numbers: npt.NDArray[np.int64], amounts: npt.NDArray[np.int64]
) -> Iterable[tuple[int, Issue]]:
    """That rows wait for what a person says of the amounts of the wrong sign, by position."""
    wrong, waiting = doubtful_sign(draft, amounts)
    column = draft.type.amount_column or ""
    finding = Finding(code=OPEN_QUESTION, facts={"question": sign_question(draft, int(wrong.sum()))})
    for position in np.flatnonzero(waiting).tolist():
        text = str(draft.rows[column].iloc[position])
        yield position, issue_of(int(numbers[position]), column, text, finding)
