"""Fixes of many cells: what they change, and what their preview says."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from komet_import.review import fixes
from komet_import.review.catalogue import Severity
from komet_import.review.draft import Draft
from komet_import.review.edits import Changes, Confirmation, setting
from komet_import.review.judge import judge, refused
from komet_import.review.problem_list import problems
from komet_import.review.reference import Alike, Posted
from komet_import.types import CUSTOMERS, OPEN_CREDITS, ColumnFormat, Sign
from tests.review.drafting import AS_THEY_ARE, HEADERS, MONTH_FIRST, draft, noon, reference, row

NEGATIVE, REACHED = ("Credit Balance", "not-positive"), [2, 3, 4, 5]


def sheet() -> Draft:
    """Rows 2 to 6, the last of them excluded."""
    return (
        draft(
            row(),
            row(number="CR-2", customer=" fl219 ", amount="-5"),
            row(number="CR-3", customer="FL21", amount="-2.5"),
            row(number="CR-4", customer="FL21 ", location=""),
            row(number="CR-5", amount="-9"),
        )
        .apply(AS_THEY_ARE)
        .apply(Changes(left_out=(6,)))
    )


def changed(changes: Changes) -> list[tuple[int, str, str, str]]:
    return [(cell.row, cell.column, cell.before, cell.after) for cell in changes.cells]


def in_rows(*changes: tuple[int, str, str], column: str) -> list[tuple[int, str, str, str]]:
    return [(number, column, before, after) for number, before, after in changes]


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ("FL21", "FL220", [(4, "FL21", "FL220"), (5, "FL21 ", "FL220")]),
        (" FL21 ", "FL220", [(4, "FL21", "FL220"), (5, "FL21 ", "FL220")]),
        ("FL21", "FL21", [(5, "FL21 ", "FL21")]),  # only a cell that says something else
        ("fl219", "FL219", [(3, " fl219 ", "FL219")]),
        ("FL2", "X", []),  # the whole cell, not a part of it
        ("fl21", "X", []),
    ],
)
def test_a_value_is_replaced_where_a_cell_says_it_and_nothing_else(value, text, expected):
    judged = judge(sheet(), reference())
    changes = fixes.replace_value(sheet(), judged, REACHED, "Customer Code", value, text)
    assert changed(changes) == in_rows(*expected, column="Customer Code")
    assert changes == Changes(cells=changes.cells)


def test_a_value_is_replaced_where_it_is_seen_however_it_is_written():
    several = draft(row(date="3/13/2026"), row(date="2026-03-13"), row(date="2026-03-14")).apply(MONTH_FIRST)
    judged = judge(several, reference())
    changes = fixes.replace_value(several, judged, [2, 3, 4], "Credit Date", "2026-03-13", "2026-03-12")
    assert [(cell.row, cell.before) for cell in changes.cells] == [(2, "3/13/2026"), (3, "2026-03-13")]


def test_blanks_are_filled_and_nothing_is_written_over():
    blank = draft(row(comments=""), row(comments="  "), row(comments="x"), row(comments=""))
    changes = fixes.fill_blanks(blank, [4, 3, 2], "Comments", "late")
    assert changed(changes) == in_rows((3, "  ", "late"), (2, "", "late"), column="Comments")
    assert not fixes.fill_blanks(blank, [4], "Comments", "late")
    assert not fixes.fill_blanks(blank, [2], "Comments", ""), "blank as before is no change"


def test_codes_are_tidied_without_outer_spaces_in_capitals():
    changes = fixes.tidy_codes(sheet(), REACHED, "Customer Code")
    assert changed(changes) == in_rows((3, " fl219 ", "FL219"), (5, "FL21 ", "FL21"), column="Customer Code")
    assert not fixes.tidy_codes(sheet(), [2, 4], "Customer Code")


def test_a_fix_reaches_the_given_rows_only():
    judged = judge(sheet(), reference())
    replaced = fixes.replace_value(sheet(), judged, [5], "Customer Code", "FL21", "X")
    assert [cell.row for cell in replaced.cells] == [5]
    assert [cell.row for cell in fixes.tidy_codes(sheet(), [3], "Customer Code").cells] == [3]
    assert not fixes.fill_blanks(sheet(), [2, 3, 4], "Location Code", "MIA")


def test_amounts_below_zero_lose_their_minus_and_no_other_cell_changes():
    judged = judge(sheet(), reference())
    changes = fixes.turn_sign(sheet(), judged, REACHED)
    assert changed(changes) == in_rows((3, "-5", "5"), (4, "-2.5", "2.50"), column="Credit Balance")
    assert [cell.row for cell in fixes.turn_sign(sheet(), judged, [4, 2]).cells] == [4]


@pytest.mark.parametrize(
    ("mark", "text", "positive"),
    [
        (None, "-1.5", "1.50"),
        (".", "-1.5", "1.50"),
        (",", "-1,5", "1,50"),
        (",", "(1.234)", "1234"),
        ("comma=decimals", "-12,345", "12,3450"),
        ("point=thousands", "-1.234,5", "1234,50"),
        (None, "0", None),
        (None, "0.00", None),
        (None, "7", None),
        (None, "n/a", None),
        (None, "-1,234", None),  # two readings: not read, so not fixed
        (None, "", None),
    ],
)
def test_an_amount_is_written_as_its_column_writes_amounts(mark, text, positive):
    one = draft(row(amount=text))
    one = replace(one, answers=one.answers.with_answer("mark", "Credit Balance", mark))
    judged = judge(one, reference())
    changes = fixes.turn_sign(one, judged, [2])
    assert changed(changes) == in_rows(*([(2, text, positive)] if positive else []), column="Credit Balance")
    if positive:
        then = judge(one.apply(changes), reference())
        assert then.readings["Credit Balance"][0] == -judged.readings["Credit Balance"][0]
        (problem,) = problems(judged)
        assert problem.suggestion == positive, "what the panel offers for it is the same"


def test_where_money_must_be_negative_the_amounts_above_zero_get_their_minus():
    one = draft(
        *(row(number=f"N{n}", amount=amount) for n, amount in enumerate(("5", "-7", "0", "x"))),
        type=replace(OPEN_CREDITS, sign=Sign.NEGATIVE),
    )
    changes = fixes.turn_sign(one, judge(one, reference()), [2, 3, 4, 5])
    assert changed(changes) == in_rows((2, "5", "-5"), column="Credit Balance")


# --------------------------------------------------------------------------------- what is suggested


def suggested(before: Draft, *wanted: tuple[str, str], now: Draft | None = None) -> list[tuple]:
    """The cells that change if what was suggested for `before` is taken into the sheet as it is `now`."""
    now = now or before
    shown = [p for p in problems(judge(before, reference())) if (p.column, p.code) in wanted or not wanted]
    return changed(fixes.take_suggestions(now, judge(now, reference()), shown))


def test_what_is_suggested_goes_into_its_own_column_and_rows():
    assert suggested(sheet(), NEGATIVE) == in_rows(
        (3, "-5", "5"), (4, "-2.5", "2.50"), column="Credit Balance"
    )
    unknown = ("Customer Code", "unknown-customer")
    assert suggested(sheet(), unknown) == in_rows(
        (4, "FL21", "FL219"), (5, "FL21 ", "FL219"), column="Customer Code"
    )
    assert sorted(suggested(sheet())) == [
        (3, "Credit Balance", "-5", "5"),
        (4, "Credit Balance", "-2.5", "2.50"),
        (4, "Customer Code", "FL21", "FL219"),
        (5, "Customer Code", "FL21 ", "FL219"),
    ]


def test_a_problem_without_a_suggestion_changes_nothing_and_holds_up_no_other():
    two = draft(row(amount="n/a"), row(number="B", amount="-3"), row(number="C", date="soon"))
    assert suggested(two) == [(3, "Credit Balance", "-3", "3")]


@pytest.mark.parametrize(
    ("changes", "rows"),
    [
        (Changes(), [2, 3]),
        (setting([(2, "Credit Balance", "-5", "-6")]), [3]),  # another value
        (setting([(2, "Credit Balance", "-5", " -5 ")]), [2, 3]),  # the same value
        (setting([(2, "Credit Balance", "-5", "5")]), [3]),  # fixed by somebody
        (Changes(left_out=(3,)), [2]),
        (Changes(left_out=(2, 3)), []),
    ],
)
def test_a_suggestion_is_taken_where_it_still_holds(changes, rows):
    before = draft(row(amount="-5"), row(number="B", amount="-5"))
    assert [number for number, *_ in suggested(before, NEGATIVE, now=before.apply(changes))] == rows


def test_a_suggestion_for_a_total_row_is_not_taken():
    before = draft(row(), ("Total", "", "", "-5", "", ""), totals=(3,))
    counted = before.apply(Changes(admitted=(3,)))
    assert suggested(counted, NEGATIVE) == [(3, "Credit Balance", "-5", "5")]
    assert suggested(counted, NEGATIVE, now=before) == []


def test_only_what_follows_from_the_cell_alone_may_be_taken_for_all_rows_at_once():
    """A guess at a customer or a place never is."""
    assert {
        "not-positive", "not-negative", "date-format", "has-time", "serial-date", "unreadable-characters",
        "not-a-choice", "side-mark", "too-many-decimals", "partly-struck",
        "missing-value", "ditto-mark",
    } == fixes.MECHANICAL  # fmt: skip
    assert fixes.CODES == (
        ColumnFormat.CUSTOMER,
        ColumnFormat.NEW_CODE,
        ColumnFormat.LOCATION,
        ColumnFormat.LOCATIONS,
    )


# ------------------------------------------------------------------------------------- which rows, what then


def test_a_fix_reaches_all_rows_or_the_given_ones_but_none_that_does_not_count():
    assert fixes.rows_in_reach(sheet(), None) == [2, 3, 4, 5]
    assert fixes.rows_in_reach(sheet(), [6, 4, 3]) == [3, 4]
    assert fixes.rows_in_reach(sheet(), []) == []
    assert fixes.rows_in_reach(sheet(), (number for number in (2, 6))) == [2]
    with_total = draft(row(), ("Total", "", "", "120", "", ""), totals=(3,))
    assert fixes.rows_in_reach(with_total, None) == [2]
    assert fixes.rows_in_reach(with_total, [2, 3]) == [2]
    assert fixes.rows_in_reach(with_total.apply(Changes(admitted=(3,))), None) == [2, 3]


def test_leaving_out_takes_the_chosen_rows_once():
    before = sheet()
    assert fixes.leave_out(before, judge(before, reference()).rejected) == Changes(left_out=(3, 4, 5))
    everything = np.ones(5, dtype=np.bool_)
    assert fixes.leave_out(before, everything) == Changes(left_out=(2, 3, 4, 5))
    assert not fixes.leave_out(before, before.left_out)
    assert not fixes.leave_out(before, ~everything)
    with_total = draft(row(), ("Total", "", "", "120", "", ""), totals=(3,))
    assert fixes.leave_out(with_total, everything[:2]) == Changes(left_out=(2,))


def test_what_is_confirmed_is_what_was_seen_and_only_once():
    posted = Posted(alike={(1, date(2026, 3, 2), 120_000): Alike(noon(date(2026, 3, 1)), False, 7)})
    facts = reference(posted=posted)
    twice = draft(row(number=""), row(number=""))
    seen = judge(twice, facts).waiting()
    like = ["1 2026-03-02 120000 like 7"]
    assert [(i.row, i.code, i.basis) for i in seen if i.code == "possible-duplicate"] == [
        (2, "possible-duplicate", like[0]),
    ], "one in the ledger speaks against one"
    first = [issue for issue in seen if issue.row == 2]
    changes = fixes.confirm(twice, first)
    assert changes == Changes(confirmations=(Confirmation(2, "possible-duplicate", None, like[0]),))
    confirmed = twice.apply(changes)
    later = fixes.confirm(confirmed, seen).confirmations
    assert [(c.row, c.code, c.before) for c in later] == [
        (3, "repeated-row", None),
    ]
    other = reference(
        posted=replace(posted, alike={k: v._replace(newest=8) for k, v in posted.alike.items()})
    )
    again = fixes.confirm(confirmed, [i for i in judge(confirmed, other).waiting() if i.row == 2])
    assert again.confirmations == (
        Confirmation(2, "possible-duplicate", like[0], "1 2026-03-02 120000 like 8"),
    ), "what was confirmed before goes with it, so that an undo brings it back"


def test_the_preview_says_what_becomes_of_the_money():
    before, facts = sheet(), reference()
    judged = judge(before, facts)
    told = fixes.preview(before, judged, facts, fixes.turn_sign(before, judged, REACHED))
    assert told == fixes.Preview(
        cells=2, rows=2, ready_before=1, ready_after=2, amount_before=120_000, amount_after=125_000
    )
    assert before.rows["Credit Balance"].tolist()[1] == "-5", "a preview changes nothing"
    assert judged.ready.tolist() == [True, False, False, False, False]


def test_the_preview_counts_cells_and_rows_apart_and_sees_rows_that_go():
    before, facts = sheet(), reference()
    judged = judge(before, facts)
    both = setting([(5, "Customer Code", "FL21 ", "FL219"), (5, "Location Code", "", "MIA")])
    told = fixes.preview(before, judged, facts, both)
    assert (told.cells, told.rows, told.ready_after, told.amount_after) == (2, 1, 2, 240_000)
    told = fixes.preview(before, judged, facts, Changes(left_out=(2,)))
    assert (told.cells, told.rows) == (0, 1)
    assert (told.ready_before, told.amount_before, told.ready_after, told.amount_after) == (1, 120_000, 0, 0)


def test_the_preview_of_a_list_of_customers_names_no_money():
    listed = draft(("C1", ""), ("C2", "Petal"), type=CUSTOMERS, headers=("Customer Code", "Customer Name"))
    judged = judge(listed, reference())
    told = fixes.preview(listed, judged, reference(), fixes.fill_blanks(listed, [2, 3], "Customer Name", "X"))
    assert told == fixes.Preview(
        cells=1, rows=1, ready_before=1, ready_after=2, amount_before=None, amount_after=None
    )


@pytest.mark.parametrize("column", HEADERS)
@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "2026-03-02",
        "25/02/2026",
        "2019-01-01",
        "1,234",
        "-5",
        "12.50",
        "FL21",
        "FL900",
        "fl219",
        "LAX",
        "Nowhere",
        "x" * 501,
        "CR\x01-1",
        "45992",
    ],
)
def test_what_a_column_would_reject_is_refused_before_it_is_put_into_many_cells(column, text):
    """And nothing else: as its own rule judges the cell, whatever becomes of the row."""
    cells = dict.fromkeys(HEADERS, "") | {column: text}
    judged = judge(draft(tuple(cells.values())), reference())
    errors = [i for i in judged.all() if i.column == column and i.severity is Severity.ERROR]
    found = refused(sheet(), reference(), column, text)
    assert [found and (found.code, found.message)] == ([(i.code, i.message) for i in errors] or [None])
