"""Fixes of many cells: what they change, and what their preview says."""

import pytest

from komet_import.review import fixes
from komet_import.review.edits import Changes
from komet_import.review.issues import Severity
from komet_import.review.validation import judge, refused
from komet_import.review.window import problems
from tests.review.drafting import HEADERS, draft, reference, row

SHEET = draft(
    row(),
    row(number="CR-2", customer=" fl219 ", amount="-5"),
    row(number="CR-3", customer="FL21", amount="-2.5"),
    row(number="CR-4", customer="FL21", location=""),
    row(number="CR-5", amount="-9"),
).apply(Changes(left_out=(6,)))
JUDGED = judge(SHEET, reference())
EVERY = fixes.rows_in_reach(SHEET, None)


def changed(changes: Changes) -> list[tuple[int, str, str]]:
    return [(cell.row, cell.before, cell.after) for cell in changes.cells]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            fixes.replace_value(SHEET, EVERY, "Customer Code", "FL21", "FL220"),
            [(4, "FL21", "FL220"), (5, "FL21", "FL220")],
        ),
        (fixes.fill_blanks(SHEET, EVERY, "Location Code", "MIA"), [(5, "", "MIA")]),
        (fixes.tidy_codes(SHEET, EVERY, "Customer Code"), [(3, " fl219 ", "FL219")]),
        (fixes.make_positive(SHEET, JUDGED, EVERY), [(3, "-5", "5"), (4, "-2.5", "2.50")]),
        (
            fixes.take_suggestions(SHEET, JUDGED, [p for p in problems(JUDGED) if p.code == "not-positive"]),
            [(3, "-5", "5"), (4, "-2.5", "2.50")],
        ),
    ],
)
def test_a_fix_changes_these_cells_and_no_row_that_is_left_out(changes, expected):
    assert [(row, before, after) for row, before, after in changed(changes)] == expected


def test_a_fix_reaches_all_rows_or_the_given_ones_but_none_that_is_left_out():
    assert EVERY == [2, 3, 4, 5]
    assert fixes.rows_in_reach(SHEET, [6, 4, 3]) == [3, 4]


def test_leaving_out_takes_the_chosen_rows_once():
    assert fixes.leave_out(SHEET, JUDGED.rejected).left_out == (3, 4, 5)
    assert not fixes.leave_out(SHEET, SHEET.left_out)


def test_the_preview_says_what_becomes_of_the_money():
    told = fixes.preview(SHEET, JUDGED, reference(), fixes.make_positive(SHEET, JUDGED, EVERY))
    assert (told.cells, told.rows, told.ready_before, told.ready_after) == (2, 2, 1, 2)
    assert (told.amount_before, told.amount_after) == (120_000, 125_000)
    assert SHEET.rows["Credit Balance"].tolist()[1] == "-5", "a preview changes nothing"


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
    found = refused(SHEET, reference(), column, text)
    assert [found and (found.code, found.message)] == ([(i.code, i.message) for i in errors] or [None])
