"""Drafts as values: edits applied, undone, and what Excel held."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from komet_import.review.edits import Answer, CellChange, Changes, Confirmation, setting
from komet_import.sheets.worksheet import Held
from komet_import.types import ALL, Need
from tests.review.drafting import GOOD, HEADERS, draft, row

NUMBER = {(2, "Credit Balance"): Held.NUMBER}


def same(one, other) -> bool:
    return (
        one.rows.equals(other.rows)
        and np.array_equal(one.held, other.held)
        and np.array_equal(one.left_out, other.left_out)
        and np.array_equal(one.set_aside, other.set_aside)
        and one.confirmed == other.confirmed
        and one.answers == other.answers
    )


def test_an_edited_cell_holds_text_until_the_original_comes_back():
    sheet = draft(GOOD, held=NUMBER)
    place = HEADERS.index("Credit Balance")
    edited = sheet.apply(setting([(2, "Credit Balance", "120.00", "1.234")]))
    assert edited.held[0, place] == Held.TEXT
    back = edited.apply(setting([(2, "Credit Balance", "1.234", "120.00")]))
    assert back.held[0, place] == Held.NUMBER
    assert same(sheet, draft(GOOD, held=NUMBER)), "the draft before stays as it was"


CHANGES = st.builds(
    Changes,
    cells=st.lists(
        st.tuples(st.sampled_from([2, 3, 4]), st.sampled_from(HEADERS), st.just(""), st.text(max_size=5)),
        max_size=5,
    ).map(lambda cells: tuple(CellChange(*cell) for cell in cells)),
    left_out=st.sets(st.sampled_from([2, 3])).map(tuple),
    admitted=st.sets(st.just(5)).map(tuple),
)


@given(CHANGES)
def test_the_inverse_takes_everything_back(wanted):
    total = ("Total", "", "", "360.00", "", "")
    sheet = draft(row(), row(number="CR-2"), row(number="CR-3"), total, held=NUMBER, totals=(5,))
    cells = {(c.row, c.column): c.after for c in wanted.cells}
    changes = Changes(
        cells=tuple(CellChange(r, c, str(sheet.rows.at[r, c]), after) for (r, c), after in cells.items()),
        left_out=wanted.left_out,
        admitted=wanted.admitted,
        confirmations=(Confirmation(3, "possible-duplicate", None, "what was seen"),),
        answers=(Answer("mark", "Credit Balance", None, ","),),
    )
    assert same(sheet.apply(changes).apply(changes.inverse()), sheet)
    stored = Changes.from_json(changes.to_json())
    assert same(sheet.apply(stored), sheet.apply(changes))


def test_a_journal_of_before_total_rows_and_confirmations_is_read():
    stored = {"cells": {}, "left_out": [3], "taken_in": [], "answers": []}
    assert Changes.from_json(stored) == Changes(left_out=(3,))


def test_a_row_or_column_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        draft(GOOD).apply(setting([(99, "Comments", "", "x")]))
    with pytest.raises(KeyError):
        draft(GOOD).apply(setting([(2, "Nonsense", "", "x")]))


def test_setting_a_cell_twice_keeps_the_first_before_and_the_last_after():
    (cell,) = setting([(2, "A", "1", "2"), (2, "A", "2", "3")]).cells
    assert cell == CellChange(2, "A", "1", "3")
    assert not setting([(2, "A", "1", "2"), (2, "A", "2", "1")])


def test_several_locations_bring_their_column_even_where_the_sheet_lacks_it():
    headers = tuple(h for h in HEADERS if h != "Location Code")
    sheet = draft(tuple(v for h, v in zip(HEADERS, GOOD, strict=True) if h in headers), headers=headers)
    assert sheet.columns == list(HEADERS)
    assert sheet.rows["Location Code"].tolist() == [""]
    assert sheet.held.shape == sheet.rows.shape


def test_the_declared_types_say_when_locations_are_needed():
    needing = {slug for slug, type in ALL.items() for c in type.columns if c.need is Need.MULTI_LOCATION}
    assert needing == {"open-credits"}
