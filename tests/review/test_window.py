"""Looking at a draft: filters, search, sort, problems."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from komet_import.review import fixes
from komet_import.review.catalogue import Severity
from komet_import.review.draft import Draft
from komet_import.review.edits import Changes
from komet_import.review.judge import judge
from komet_import.review.judgement import Judgement
from komet_import.review.problem_list import kinds, next_problem, problems
from komet_import.review.reference import Alike, Posted
from komet_import.review.window import (
    MOST_VALUES,
    PAGE_ROWS,
    Look,
    Show,
    filters,
    first_look,
    positions,
    shown,
    values,
)
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from tests.review.drafting import MONTH_FIRST, draft, noon, reference, row

Judged = tuple[Draft, Judgement]


@pytest.fixture
def simple() -> Judged:
    sheet = draft(
        row(comments="late truck"),
        row(number="CR-2", customer="FL21", amount="9", comments=""),
        row(number="CR-3", customer="FL21", amount="100", comments=""),
        row(number="CR-4", amount="-5", comments="LATE again"),
        row(number="CR-5", amount="20", comments=""),
    ).apply(Changes(left_out=(6,)))
    return sheet, judge(sheet, reference())


def rows(judged: Judged, look: Look) -> list[int]:
    sheet, judgement = judged
    return judgement.numbers[positions(sheet, judgement, look)].tolist()


def found_next(judged: Judged, look: Look, here: tuple[int | None, str | None], forward: bool):
    """The next problem as (Excel row, column)."""
    sheet, judgement = judged
    order = positions(sheet, judgement, look)
    found = next_problem(judgement, order, sheet.columns, row=here[0], column=here[1], forward=forward)
    return found and (int(judgement.numbers[found[0]]), found[1])


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
def test_looking_at_rows(simple, look, expected):
    assert rows(simple, look) == expected


def test_problems_are_counted_once_per_value_most_frequent_first(simple):
    assert [(p.code, p.value, p.rows) for p in problems(simple[1])] == [
        ("unknown-customer", "FL21", [3, 4]),
        ("not-positive", "-5", [5]),
    ]


def test_rows_are_found_sorted_and_counted_by_what_is_seen_of_them():
    sheet = draft(
        row(date="11/13/2025", customer="fl219", amount="$1,234.5"),
        row(date="2026-02-03", amount="9.90", customer="FL219 "),
        row(date="2/3/2026", amount="09.9"),
        row(date="2026-01-25", amount="x"),
    ).apply(MONTH_FIRST)
    judged = sheet, judge(sheet, reference())
    assert rows(judged, Look(sort="Credit Date")) == [2, 5, 3, 4]
    assert rows(judged, Look(only=("Credit Date", "2026-02-03"))) == [3, 4]
    assert rows(judged, Look(search="1,234.50")) == [2] == rows(judged, Look(search="$1,234.5"))
    assert dict(values(*judged, "Customer Code")) == {"FL219": 4}


def test_what_is_seen_is_searched_without_case_as_what_is_written_is():
    headers = ("Customer Code", "Customer Name", "Active")
    sheet = draft(("C1", "Rosas", "1"), ("C2", "Bloom", "0"), type=CUSTOMERS, headers=headers)
    judged = sheet, judge(sheet, reference())
    assert rows(judged, Look(search="YES")) == [2] == rows(judged, Look(search="rosas"))
    headers = ("Customer Code", "Location Codes")
    sheet = draft(("C1", "mia : lax"), ("C2", "LAX:MIA"), type=CUSTOMERS, headers=headers)
    assert rows((sheet, judge(sheet, reference())), Look(search="mia:lax")) == [2]


@pytest.mark.parametrize(
    ("row_number", "column", "forward", "expected"),
    [
        (None, None, True, (3, "Customer Code")),
        (3, "Customer Code", True, (4, "Customer Code")),
        (5, "Comments", True, (3, "Customer Code")),
        (3, "Customer Code", False, (5, "Credit Balance")),
        (4, None, False, (3, "Customer Code")),
        (4, None, True, (4, "Customer Code")),
    ],
)
def test_the_next_problem_comes_round_the_end(simple, row_number, column, forward, expected):
    assert found_next(simple, Look(), (row_number, column), forward) == expected


# A sheet with something of everything: duplicates, blanks, two columns with the same problem, excluded rows.


@pytest.fixture
def mixed() -> Judged:
    sheet = draft(
        row(number="CR-1", comments="alpha"),  # 2: the first of its number, so it is ready
        row(number="CR-1", amount="120", comments="Beta"),  # 3: the second
        row(number="", date="", amount="", comments=""),  # 4: two values missing
        row(number="CR-3", customer="", comments="gamma"),  # 5: excluded below
        row(number="CR-1", amount="x", comments="CR.9"),  # 6: the third, and no amount
        row(number="CR-9", date="2019-01-01", amount="8.5", comments="beta"),  # 7: only a warning
        row(number="CR-10", customer="", amount="30", comments=""),  # 8
    ).apply(Changes(left_out=(5,)))
    return sheet, judge(sheet, reference())


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
def test_filters_work_together_and_see_every_row_with_the_problem(mixed, look, expected):
    assert rows(mixed, look) == expected


@pytest.mark.parametrize(
    ("column", "descending", "expected"),
    [
        (
            "Credit Balance",
            False,
            [7, 8, 2, 3, 5, 6, 4],
        ),  # 8.50, 30, 120 three times, what is no amount, blank
        ("Credit Balance", True, [6, 2, 3, 5, 8, 7, 4]),
        ("Comments", False, [2, 3, 7, 6, 5, 4, 8]),  # alpha, Beta, beta, CR.9, gamma, blank
        ("Comments", True, [5, 6, 3, 7, 2, 4, 8]),
        ("Credit #", False, [2, 3, 6, 8, 5, 7, 4]),
        ("No such column", False, [2, 3, 4, 5, 6, 7, 8]),
    ],
)
def test_money_is_sorted_by_its_worth_and_text_without_case_blanks_last(mixed, column, descending, expected):
    assert rows(mixed, Look(sort=column, descending=descending)) == expected


def test_a_problem_of_a_value_names_all_its_rows_but_excluded_ones(mixed):
    assert [(p.column, p.code, p.value, p.rows) for p in problems(mixed[1])] == [
        ("Credit #", "duplicate-in-sheet", "CR-1", [3, 6]),
        ("Credit Date", "missing-value", "", [4]),
        ("Credit Balance", "missing-value", "", [4]),
        ("Credit Balance", "not-a-number", "x", [6]),
        ("Customer Code", "missing-value", "", [8]),
        ("Credit Date", "unusual-date", "2019-01-01", [7]),
    ]


def test_kinds_come_errors_before_what_only_tells_and_most_rows_first():
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
        ("Credit Date", "unusual-date", Severity.WARNING, 1),
        ("Customer Code", "unknown-customer", Severity.ERROR, 2),
        ("Credit Balance", "not-positive", Severity.ERROR, 1),
    ], "of the dates one alone waits to be confirmed: the others have an error besides"


@pytest.mark.parametrize(
    ("here", "forward", "expected"),
    [
        ((None, None), True, (3, "Credit #")),
        ((None, None), False, (8, "Customer Code")),
        ((3, "Credit #"), True, (4, "Credit Date")),
        ((4, "Credit Date"), True, (4, "Credit Balance")),
        ((4, "Credit Balance"), True, (6, "Credit #")),  # row 5 is excluded
        ((6, "Credit #"), False, (4, "Credit Balance")),
        ((6, "Credit Balance"), True, (7, "Credit Date")),  # it waits to be confirmed
        ((7, "Credit Date"), True, (8, "Customer Code")),
        ((8, "Customer Code"), True, (3, "Credit #")),
        ((3, "Credit #"), False, (8, "Customer Code")),
        ((99, "Credit #"), True, (3, "Credit #")),  # a row that is not shown
        ((99, "Credit #"), False, (8, "Customer Code")),
        ((4, "No such column"), True, (4, "Credit Date")),
    ],
)
def test_the_next_problem_is_an_error_of_a_row_that_counts(mixed, here, forward, expected):
    assert found_next(mixed, Look(), here, forward) == expected


def test_the_next_problem_goes_by_what_is_shown_and_may_be_the_only_one(mixed):
    for forward in (True, False):
        for number in (None, 8):
            found = found_next(mixed, Look(search="CR-10"), (number, "Customer Code"), forward)
            assert found == (8, "Customer Code")
    assert found_next(mixed, Look(show=Show.READY), (2, None), True) is None


def test_the_next_problem_follows_the_order_that_is_shown(mixed):
    by_amount = Look(sort="Credit Balance", descending=True)  # rows 6, 2, 3, 5, 8, 7, 4
    seen, here = [], (None, None)
    for _ in range(8):
        here = found_next(mixed, by_amount, here, True)
        seen.append(here)
    assert seen == [
        (6, "Credit #"),
        (6, "Credit Balance"),
        (3, "Credit #"),
        (8, "Customer Code"),
        (7, "Credit Date"),
        (4, "Credit Date"),
        (4, "Credit Balance"),
        (6, "Credit #"),
    ]
    for before in reversed(seen[:-1]):
        here = found_next(mixed, by_amount, here, False)
        assert here == before


def test_a_problem_in_a_column_that_is_not_shown_is_passed_over(mixed):
    sheet, judgement = mixed
    order = positions(sheet, judgement, Look())
    shown_columns = ["Customer Code", "Credit Balance"]
    found = next_problem(judgement, order, shown_columns, row=None, column=None, forward=True)
    assert found == (2, "Credit Balance")


def test_the_values_of_a_column_come_with_their_counts_most_frequent_first(mixed):
    assert values(*mixed, "Credit #")[0] == ("CR-1", 3)
    assert dict(values(*mixed, "Comments")) == {
        "": 2,
        **dict.fromkeys(["alpha", "Beta", "gamma", "CR.9", "beta"], 1),
    }
    many = draft(*(row(number=f" N{n} ", comments="x" * (n % 2)) for n in range(MOST_VALUES + 9)))
    judged = judge(many, reference())
    assert len(values(many, judged, "Credit #")) == MOST_VALUES
    assert values(many, judged, "Comments") == [("", 255), ("x", 254)]


# ------------------------------------------------------- a sheet with rows that wait, total rows, customers

POSTED = Posted(
    alike={
        (1, date(2026, 3, 2), 120_000): Alike(noon(date(2026, 2, 1)), False),
        (2, date(2026, 3, 2), 120_000): Alike(noon(date(2026, 2, 2)), False),
    }
)


@pytest.fixture
def waiting() -> Judged:
    """Row 2 is ready, 3 to 5 look imported before, 6 besides has an error, 7 is excluded, 8 is a total."""
    sheet = draft(
        row(amount="1"),
        row(number="A"),
        row(number="B", customer="FL220"),
        row(number="C", amount="120"),
        row(number="D", location="LAX"),
        row(number="E"),
        ("Total", "", "", "601", "", ""),
        totals=(8,),
    ).apply(Changes(left_out=(7,)))
    return sheet, judge(sheet, reference(posted=POSTED))


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        (Show.ALL, [2, 3, 4, 5, 6, 7, 8]),
        (Show.ATTENTION, [6]),
        (Show.TO_CONFIRM, [3, 4, 5]),
        (Show.READY, [2]),
        (Show.LEFT_OUT, [7]),
        (Show.TOTALS, [8]),
    ],
)
def test_each_filter_shows_the_rows_of_its_state_and_changes_none(waiting, show, expected):
    assert waiting[1].numbers[shown(waiting[1], show)].tolist() == expected
    assert rows(waiting, Look(show=show, search="nothing has this")) == []
    assert rows(waiting, Look(show=show, only=("Comments", "nothing has this"))) == []
    assert rows(waiting, Look(show=show)) == expected, "a look leaves the judgement as it was"


def test_what_is_to_be_confirmed_is_a_problem_while_its_row_waits_for_nothing_else(waiting):
    found = [(p.column, p.code, p.value, p.rows, p.suggestion) for p in problems(waiting[1])]
    assert found == [
        ("Location Code", "not-at-location", "LAX", [6], "MIA"),
        ("Credit Balance", "possible-duplicate", "120.00", [3, 4], None),
        ("Credit Balance", "possible-duplicate", "120", [5], None),
    ]
    sheet, judgement = waiting
    confirmed = sheet.apply(fixes.confirm(sheet, judgement.waiting()))
    left = problems(judge(confirmed, reference(posted=POSTED)))
    assert [p.code for p in left] == ["not-at-location"]


def test_what_is_to_be_confirmed_comes_first_then_errors_then_the_most_rows(waiting):
    sheet = waiting[0].apply(Changes(taken_in=(7,)))
    other = draft(
        *(tuple(texts) for texts in sheet.rows.to_numpy().tolist()[:6]),
        row(number="X", date="2019-01-01"),
        row(number="Y", date="2018-01-01"),
        row(number="Z", amount="x"),
        row(number="Q", amount="x", location="LAX"),
    )
    listed = kinds(problems(judge(other, reference(posted=POSTED))))
    assert [(k.column, k.code, k.rows) for k in listed] == [
        ("Credit Balance", "possible-duplicate", 4),
        ("Credit Date", "unusual-date", 2),
        ("Location Code", "not-at-location", 2),
        ("Credit Balance", "not-a-number", 2),
    ]
    assert [k.severity for k in listed] == [
        Severity.WARNING, Severity.WARNING, Severity.ERROR, Severity.ERROR
    ]  # fmt: skip
    assert [k.title for k in listed] == [
        "Possible duplicate", "Unusual date", "Customer not at location", "Not a number"
    ]  # fmt: skip


def test_a_problem_says_what_is_true_of_all_its_rows(waiting):
    _, like_both, like_one = problems(waiting[1])
    assert not like_both.alike and like_one.alike
    assert like_both.message == (
        "Credit Balance “120.00”: credits of the same customer, date and amount were imported before; "
        "confirm that these are other credits, or exclude the rows."
    )
    assert like_one.message == (
        "Credit Balance 120: a credit of the same customer, date and amount was imported on 2026-02-01 UTC; "
        "confirm that this is another credit, or exclude the row."
    )
    assert (like_one.title, like_one.severity) == ("Possible duplicate", Severity.WARNING)


def test_a_kind_says_what_is_true_of_all_its_problems():
    several = draft(row(customer="A"), row(number="B", customer="B"), row(number="C", amount="x"))
    unknown, unread = kinds(problems(judge(several, reference())))
    assert unknown.message == "Customer Code: not a customer; use the codes of existing customers."
    assert unread.message == "Credit Balance must be a number such as 1234.50, not “x”."
    one_value = draft(row(customer="00219", location="MIA"), row(number="B", location="LAX"))
    (elsewhere,) = kinds(problems(judge(one_value, reference())))
    assert elsewhere.message.startswith("Location Code: not a location of the row's customer")
    same = draft(
        row(customer="00219", location="mia "), row(number="B", location="LAX"),
        row(number="C", customer="00219", location="mia"),
    )  # fmt: skip
    with_two = kinds(problems(judge(same, reference())))[0].problems
    assert [(p.value, p.rows) for p in with_two] == [("mia", [2, 4]), ("LAX", [3])]


def test_a_value_that_all_problems_of_a_kind_share_is_named():
    sheet = draft(row(location="XX"), row(number="B", location="XX"))
    judgement = judge(sheet, reference())
    (kind,) = kinds(problems(judgement))
    one, other = (replace(kind.problems[0], rows=[n]) for n in (2, 3))
    both = replace(kind, problems=(one, other))
    assert both.message == "Location Code “XX”: not a location; use the codes of existing locations."
    third = replace(kind, problems=(one, other, replace(other, value="YY")))
    assert third.message == "Location Code: not a location; use the codes of existing locations."


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, True),
        ({"value": " LAX "}, True),
        ({"row": 99, "facts": {}}, True),
        ({"value": "lax"}, False),
        ({"column": "Comments"}, False),
        ({"code": "unknown-location"}, False),
        ({"suggestion": "LAX"}, False),
        ({"suggestion": None}, False),
    ],
)
def test_an_issue_is_of_a_problem_if_it_has_its_cell_value_and_suggestion(changed, says):
    (problem,) = problems(judge(draft(row(location="LAX")), reference()))
    assert problem.says(replace(problem.issue, **changed)) is says


def test_rows_of_a_problem_are_counted_whatever_spaces_stand_around_its_value():
    sheet = draft(*(row(number=n, customer=c) for n, c in (("A", " ZZ"), ("B", "QQQ"), ("C", "ZZ "))))
    assert [(p.value, p.rows) for p in problems(judge(sheet, reference()))] == [("ZZ", [2, 4]), ("QQQ", [3])]
    assert rows((sheet, judge(sheet, reference())), Look(only=("Customer Code", "ZZ"))) == [2, 4]
    assert rows((sheet, judge(sheet, reference())), Look(search=" zz ")) == [2, 4]


def test_problems_of_as_many_rows_come_in_the_order_of_the_sheet():
    sheet = draft(row(date="soon"), row(number="B", customer="ZZ"), row(number="C", amount="x"))
    assert [p.rows for p in problems(judge(sheet, reference()))] == [[2], [3], [4]]


def test_f8_goes_to_what_waits_and_to_errors_but_to_no_other_warning(waiting):
    seen, here = [], (None, None)
    for _ in range(5):
        here = found_next(waiting, Look(), here, True)
        seen.append(here)
    assert seen == [
        (3, "Credit Balance"),
        (4, "Credit Balance"),
        (5, "Credit Balance"),
        (6, "Location Code"),  # its possible duplicate comes later: first the error
        (3, "Credit Balance"),
    ]


def test_rows_are_sorted_by_text_where_no_reading_compares_and_stay_in_order_where_they_are_equal(waiting):
    assert rows(waiting, Look(sort="Customer Code", descending=True)) == [8, 4, 2, 3, 5, 6, 7]
    assert rows(waiting, Look(sort="Credit Balance")) == [2, 3, 4, 5, 6, 7, 8]
    assert rows(waiting, Look(sort="Comments", show=Show.TO_CONFIRM)) == [3, 4, 5]
    spaced = draft(row(comments=" b"), row(number="B", comments="A"), row(number="C", comments="  "))
    assert rows((spaced, judge(spaced, reference())), Look(sort="Comments")) == [3, 2, 4]


def test_a_look_starts_with_everything_in_the_order_of_the_sheet():
    look = Look()
    assert (look.show, look.search, look.problem, look.only, look.sort, look.descending) == (
        Show.ALL, "", None, None, None, False
    )  # fmt: skip
    assert PAGE_ROWS == 200


def test_the_next_problem_of_a_large_sheet_is_looked_for_where_problems_are(monkeypatch):
    asked: list[int] = []
    out = Judgement.out.fget
    monkeypatch.setattr(Judgement, "out", property(lambda self: (asked.append(1), out(self))[1]))
    large = draft(*(row(number=f"CR-{n}", amount="0" if n == 40 else "5") for n in range(50)))
    judgement = judge(large, reference())
    order, columns, asked[:] = np.arange(50), list(large.columns), []
    found = next_problem(judgement, order, columns, row=None, column=None, forward=True)
    assert (found, len(asked)) == ((40, "Credit Balance"), 2)  # once for the rows to confirm


def test_the_rows_of_a_list_are_looked_at_by_what_they_make_of_their_records():
    headers = ("Customer Code", "Customer Name", "Active")
    lines = (
        ("N1", "New", ""),
        ("FL219", "Rosas Rojas", ""),
        ("FL220", "Petal & Stem", "no"),
        ("00219", "Jardín Azul", "yes"),
        ("N2", "New", "perhaps"),
        ("N3", "Third", ""),
    )
    sheet = draft(*lines, type=CUSTOMERS, headers=headers).apply(Changes(left_out=(7,)))
    judged = sheet, judge(sheet, reference())
    assert {show: rows(judged, Look(show=show)) for show in filters(CUSTOMERS)} == {
        Show.CHANGES: [2, 3, 4, 6, 7],
        Show.ATTENTION: [6],
        Show.TO_CONFIRM: [],
        Show.NEW: [2],
        Show.CHANGED: [3],
        Show.DEACTIVATED: [4],
        Show.UNCHANGED: [5],
        Show.LEFT_OUT: [7],
        Show.TOTALS: [],
        Show.ALL: [2, 3, 4, 5, 6, 7],
    }
    assert (first_look(CUSTOMERS).show, first_look(OPEN_CREDITS).show) == (Show.CHANGES, Show.ALL)
    assert Show.NEW not in filters(OPEN_CREDITS)
