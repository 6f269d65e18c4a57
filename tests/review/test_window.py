"""Looking at a draft: filters, search, sort, problems."""

import pytest

from komet_import.review.edits import Changes
from komet_import.review.issues import Severity
from komet_import.review.validation import judge
from komet_import.review.window import (
    MOST_VALUES,
    Look,
    Show,
    kinds,
    next_problem,
    positions,
    problems,
    values,
)
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


# A sheet with something of everything: duplicates, blanks, two columns with the same problem, excluded rows.

MIXED = draft(
    row(number="CR-1", comments="alpha"),  # 2: the first of its number, so it is ready
    row(number="CR-1", amount="7", comments="Beta"),  # 3: the second
    row(number="", date="", amount="", comments=""),  # 4: two values missing
    row(number="CR-3", customer="", comments="gamma"),  # 5: excluded below
    row(number="CR-1", amount="x", comments="CR.9"),  # 6: the third, and no amount
    row(number="CR-9", date="2019-01-01", amount="8.5", comments="beta"),  # 7: only a warning
    row(number="CR-10", customer="", amount="30", comments=""),  # 8
).apply(Changes(left_out=(5,)))
MIXED_JUDGED = judge(MIXED, reference())


def mixed(look: Look) -> list[int]:
    return MIXED_JUDGED.numbers[positions(MIXED, MIXED_JUDGED, look)].tolist()


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        (Look(problem=("Credit #", "duplicate-in-sheet", "CR-1")), [3, 6]),
        (Look(problem=("Credit #", "duplicate-in-sheet", "CR-2")), []),
        (Look(problem=("Customer Code", "duplicate-in-sheet", None)), []),
        (Look(problem=("Customer Code", "missing-value", None)), [5, 8]),
        (Look(problem=("Credit Date", "missing-value", None)), [4]),
        (Look(problem=("Customer Code", "missing-value", None), show=Show.ATTENTION), [8]),
        (Look(problem=("Customer Code", "missing-value", None), show=Show.LEFT_OUT), [5]),
        (Look(problem=("Credit #", "duplicate-in-sheet", None), show=Show.READY), []),
        (Look(problem=("Credit #", "duplicate-in-sheet", None), only=("Comments", "Beta")), [3]),
        (Look(only=("Comments", " Beta ")), [3]),
        (Look(only=("Comments", "")), [4, 8]),
        (Look(only=("Credit #", "CR-1"), show=Show.READY), [2]),
        (Look(only=("No such column", "x")), [2, 3, 4, 5, 6, 7, 8]),
        (Look(search="BETA"), [3, 7]),
        (Look(search="beta", show=Show.ATTENTION), [3]),
        (Look(search="cr-1"), [2, 3, 6, 8]),  # CR-10 as well, and in a column before the last one
        (Look(search="CR.9"), [6]),
        (Look(search="  "), [2, 3, 4, 5, 6, 7, 8]),
    ],
)
def test_filters_work_together_and_see_every_row_with_the_problem(look, expected):
    assert mixed(look) == expected


@pytest.mark.parametrize(
    ("column", "descending", "expected"),
    [
        ("Credit Balance", False, [3, 7, 8, 2, 5, 6, 4]),  # 7, 8.50, 30, 120, 120, what is no amount, blank
        ("Credit Balance", True, [6, 2, 5, 8, 7, 3, 4]),
        ("Comments", False, [2, 3, 7, 6, 5, 4, 8]),  # alpha, Beta, beta, CR.9, gamma, blank
        ("Comments", True, [5, 6, 3, 7, 2, 4, 8]),
        ("Credit #", False, [2, 3, 6, 8, 5, 7, 4]),
        ("No such column", False, [2, 3, 4, 5, 6, 7, 8]),
    ],
)
def test_money_is_sorted_by_its_worth_and_text_without_case_blanks_last(column, descending, expected):
    assert mixed(Look(sort=column, descending=descending)) == expected


def test_a_problem_of_a_value_names_all_its_rows_but_excluded_ones():
    assert [(p.column, p.code, p.value, p.rows) for p in problems(MIXED_JUDGED)] == [
        ("Credit #", "duplicate-in-sheet", "CR-1", [3, 6]),
        ("Credit Date", "missing-value", "", [4]),
        ("Credit Balance", "missing-value", "", [4]),
        ("Credit Balance", "not-a-number", "x", [6]),
        ("Customer Code", "missing-value", "", [8]),
        ("Credit Date", "unusual-date", "2019-01-01", [7]),
    ]


def test_kinds_come_errors_first_and_most_rows_first():
    several = problems(
        judge(
            draft(
                row(customer="A", date="2019-01-01"),
                row(number="CR-2", customer="B", date="2019-01-01"),
                row(number="CR-3", date="2019-01-01"),
                row(number="CR-4", amount="-1"),
            ),
            reference(),
        )
    )
    assert [(k.column, k.code, k.severity, k.rows) for k in kinds(several)] == [
        ("Customer Code", "unknown-customer", Severity.ERROR, 2),
        ("Credit Balance", "not-positive", Severity.ERROR, 1),
        ("Credit Date", "unusual-date", Severity.WARNING, 3),
    ]


@pytest.mark.parametrize(
    ("here", "forward", "expected"),
    [
        ((None, None), True, (3, "Credit #")),
        ((None, None), False, (8, "Customer Code")),
        ((3, "Credit #"), True, (4, "Credit Date")),
        ((4, "Credit Date"), True, (4, "Credit Balance")),
        ((4, "Credit Balance"), True, (6, "Credit #")),  # row 5 is excluded
        ((6, "Credit #"), False, (4, "Credit Balance")),
        ((6, "Credit Balance"), True, (8, "Customer Code")),  # row 7 has but a warning
        ((8, "Customer Code"), True, (3, "Credit #")),
        ((3, "Credit #"), False, (8, "Customer Code")),
        ((99, "Credit #"), True, (3, "Credit #")),  # a row that is not shown
        ((99, "Credit #"), False, (8, "Customer Code")),
        ((4, "No such column"), True, (4, "Credit Date")),
    ],
)
def test_the_next_problem_is_an_error_of_a_row_that_counts(here, forward, expected):
    order, (number, column) = positions(MIXED, MIXED_JUDGED, Look()), here
    position, found = next_problem(
        MIXED_JUDGED, order, MIXED.columns, row=number, column=column, forward=forward
    )
    assert (MIXED_JUDGED.numbers[position], found) == expected


def test_the_next_problem_goes_by_what_is_shown_and_may_be_the_only_one():
    shown = positions(MIXED, MIXED_JUDGED, Look(search="CR-10"))
    for forward in (True, False):
        for number in (None, 8):
            found = next_problem(
                MIXED_JUDGED, shown, MIXED.columns, row=number, column="Customer Code", forward=forward
            )
            assert found == (6, "Customer Code")
    ready = positions(MIXED, MIXED_JUDGED, Look(show=Show.READY))
    assert next_problem(MIXED_JUDGED, ready, MIXED.columns, row=2, column=None, forward=True) is None


def test_the_values_of_a_column_come_with_their_counts_most_frequent_first():
    assert values(MIXED, "Credit #")[0] == ("CR-1", 3)
    assert dict(values(MIXED, "Comments")) == {
        "": 2,
        **dict.fromkeys(["alpha", "Beta", "gamma", "CR.9", "beta"], 1),
    }
    many = draft(*(row(number=f" N{n} ", comments="x" * (n % 2)) for n in range(MOST_VALUES + 9)))
    assert len(values(many, "Credit #")) == MOST_VALUES
    assert values(many, "Comments") == [("", 255), ("x", 254)]
