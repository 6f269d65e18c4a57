"""Looking at a draft: filters, search, sort, problems."""

import pytest

from komet_import.review.edits import Changes
from komet_import.review.validation import judge
from komet_import.review.window import Look, Show, next_problem, positions, problems
from tests.review.drafting import draft, reference, row

SHEET = draft(
    row(comments="late truck"),
    row(number="CR-2", customer="FL21", amount="9", comments=""),
    row(number="CR-3", customer="FL21", amount="100", comments=""),
    row(number="CR-4", amount="-5", comments="LATE again"),
    row(number="CR-5", amount="20", comments=""),
).apply(Changes(left_out=(6,)))
JUDGED = judge(SHEET, reference())


def rows(look: Look) -> list[int]:
    return JUDGED.numbers[positions(SHEET, JUDGED, look)].tolist()


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        (Look(), [2, 3, 4, 5, 6]),
        (Look(show=Show.ATTENTION), [3, 4, 5]),
        (Look(show=Show.READY), [2]),
        (Look(show=Show.LEFT_OUT), [6]),
        (Look(search="late"), [2, 5]),
        (Look(search="a.*b"), []),
        (Look(problem=("Customer Code", "unknown-customer", "FL21")), [3, 4]),
        (Look(problem=("Credit Balance", "not-positive", None)), [5]),
        (Look(only=("Customer Code", "FL21")), [3, 4]),
        (Look(sort="Credit Balance"), [5, 3, 6, 4, 2]),
        (Look(sort="Credit Balance", descending=True), [2, 4, 6, 3, 5]),
        (Look(show=Show.ATTENTION, sort="Credit #", descending=True), [5, 4, 3]),
    ],
)
def test_looking_at_rows(look, expected):
    assert rows(look) == expected


def test_problems_are_counted_once_per_value_most_frequent_first():
    assert [(p.code, p.value, p.rows) for p in problems(JUDGED)] == [
        ("unknown-customer", "FL21", [3, 4]),
        ("not-positive", "-5", [5]),
    ]


@pytest.mark.parametrize(
    ("row_number", "column", "forward", "expected"),
    [
        (None, None, True, (1, "Customer Code")),
        (3, "Customer Code", True, (2, "Customer Code")),
        (5, "Comments", True, (1, "Customer Code")),
        (3, "Customer Code", False, (3, "Credit Balance")),
        (4, None, False, (1, "Customer Code")),
    ],
)
def test_the_next_problem_comes_round_the_end(row_number, column, forward, expected):
    order = positions(SHEET, JUDGED, Look())
    found = next_problem(JUDGED, order, SHEET.columns, row=row_number, column=column, forward=forward)
    assert found == expected
