"""Steps of work as data: what a step touches, counts, takes back, and how it is kept."""

import pytest

from komet_import.review.edits import Answer, CellChange, Changes, Confirmation, setting

CELL = Changes(cells=(CellChange(2, "Comments", "a", "b"), CellChange(3, "Comments", "", "c")))
OTHER_COLUMN = Changes(cells=(CellChange(2, "Credit #", "a", "b"),))
OTHER_ROW = Changes(cells=(CellChange(4, "Comments", "a", "b"),))
OUT, IN = Changes(left_out=(2, 5)), Changes(taken_in=(5,))
ADMITTED, ASIDE = Changes(admitted=(9,)), Changes(set_aside=(9,))
MARK = Changes(answers=(Answer("mark", "Credit Balance", None, ","),))
ORDER = Changes(answers=(Answer("order", "Credit Balance", None, "dmy"),))
MARK_ELSEWHERE = Changes(answers=(Answer("mark", "Other", None, ","),))
GIVEN = Changes(confirmations=(Confirmation(2, "possible-duplicate", None, "x"),))
GIVEN_ELSEWHERE = Changes(confirmations=(Confirmation(3, "possible-duplicate", None, "x"),))
OTHER_CODE = Changes(confirmations=(Confirmation(2, "hidden-row", None, "x"),))
EVERY = (CELL, OTHER_COLUMN, OTHER_ROW, OUT, IN, ADMITTED, ASIDE, MARK, ORDER, MARK_ELSEWHERE, GIVEN)


@pytest.mark.parametrize(
    ("one", "other", "touches"),
    [
        (CELL, Changes(cells=(CellChange(3, "Comments", "c", "d"),)), True),
        (CELL, OTHER_COLUMN, False),
        (CELL, OTHER_ROW, False),
        (CELL, OUT, False),  # a row that is left out keeps its texts
        (OUT, IN, True),
        (OUT, Changes(taken_in=(4,)), False),
        (ADMITTED, ASIDE, True),
        (ADMITTED, OUT, False),
        (MARK, MARK, True),
        (MARK, ORDER, False),
        (MARK, MARK_ELSEWHERE, False),
        (GIVEN, GIVEN, True),
        (GIVEN, GIVEN_ELSEWHERE, False),
        (GIVEN, OTHER_CODE, False),
        (GIVEN, CELL, False),
        (Changes(), CELL, False),
    ],
)
def test_two_steps_touch_each_other_where_both_change_the_same(one, other, touches):
    assert one.touches(other) is touches
    assert other.touches(one) is touches


@pytest.mark.parametrize(
    ("changes", "rows", "parts"),
    [
        (CELL, {2, 3}, 2),
        (OUT, {2, 5}, 2),
        (IN, {5}, 1),
        (ADMITTED, {9}, 1),
        (ASIDE, {9}, 1),
        (MARK, set(), 1),
        (GIVEN, {2}, 1),
        (Changes(cells=CELL.cells, left_out=(7,), confirmations=GIVEN.confirmations), {2, 3, 7}, 4),
        (Changes(), set(), 0),
    ],
)
def test_a_step_knows_its_rows_and_how_much_it_changes(changes, rows, parts):
    assert (changes.rows, changes.parts, bool(changes)) == (rows, parts, parts > 0)


@pytest.mark.parametrize("changes", [*EVERY, Changes()], ids=str)
def test_a_step_is_kept_whole_and_its_opposite_of_the_opposite_is_itself(changes):
    assert Changes.from_json(changes.to_json()) == changes
    assert changes.inverse().inverse() == changes
    assert changes.inverse().rows == changes.rows


@pytest.mark.parametrize(
    ("changes", "opposite"),
    [
        (
            CELL,
            Changes(cells=(CellChange(3, "Comments", "c", ""), CellChange(2, "Comments", "b", "a"))),
        ),
        (OUT, Changes(taken_in=(2, 5))),
        (ADMITTED, ASIDE),
        (MARK, Changes(answers=(Answer("mark", "Credit Balance", ",", None),))),
        (GIVEN, Changes(confirmations=(Confirmation(2, "possible-duplicate", "x", None),))),
    ],
)
def test_the_opposite_undoes_the_last_first(changes, opposite):
    assert changes.inverse() == opposite
    assert opposite.inverse() == changes


def test_cells_are_grouped_by_their_column_in_their_order_and_kept_as_lists():
    several = Changes(cells=(*CELL.cells, *OTHER_COLUMN.cells, *OTHER_ROW.cells))
    assert several.by_column() == {
        "Comments": [*CELL.cells, *OTHER_ROW.cells],
        "Credit #": [*OTHER_COLUMN.cells],
    }
    assert several.to_json() == {
        "cells": {"Comments": [[2, 3, 4], ["a", "", "a"], ["b", "c", "b"]], "Credit #": [[2], ["a"], ["b"]]},
        "left_out": [],
        "taken_in": [],
        "admitted": [],
        "set_aside": [],
        "answers": [],
        "confirmations": [],
    }


def test_setting_keeps_cells_apart_and_drops_those_that_say_the_same():
    cells = [(2, "A", "1", "2"), (3, "A", "1", "1"), (2, "B", "x", "y"), (2, "A", "2", "4")]
    assert setting(cells).cells == (CellChange(2, "A", "1", "4"), CellChange(2, "B", "x", "y"))
