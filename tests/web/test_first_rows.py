"""Which rows of a sheet are offered as its headings: the first ones that say something."""

from dataclasses import replace

import pandas as pd
import pytest

from komet_import.review.draft import Draft
from komet_import.web.review.dialogs.values_dialog import _named
from komet_import.web.review.reading_panel.headings import LONGEST, OFFERED, _first_rows
from tests.review.drafting import HEADERS, opened, row, worksheet


@pytest.fixture(scope="module")
def draft() -> Draft:
    return opened(worksheet(HEADERS, row(), row(number="CR-2", comments="x" * 2 * LONGEST)))


def test_a_row_says_what_is_in_its_cells_shortened(draft: Draft) -> None:
    found = _first_rows(draft)
    assert list(found) == [1, 2, 3]
    assert found[1].startswith("Customer Code · Credit # · ") and len(found[3]) <= LONGEST


def test_blank_rows_are_passed_over_and_so_many_are_offered(draft: Draft) -> None:
    assert draft.worksheet is not None
    text = draft.worksheet.text
    blank = text.iloc[[1]].map(lambda _said: " ")
    many = [text.iloc[[0]], *[blank] * (OFFERED + 5), *[text.iloc[[1]]] * (OFFERED + 5)]
    long = pd.concat(many)
    long.index = range(1, len(long) + 1)
    found = _first_rows(replace(draft, worksheet=replace(draft.worksheet, text=long)))
    assert list(found) == [1, *range(OFFERED + 7, 2 * OFFERED + 6)]


def test_a_draft_without_its_worksheet_offers_none(draft: Draft) -> None:
    assert _first_rows(replace(draft, worksheet=None)) == {}


def test_a_code_is_named_where_its_name_is_known() -> None:
    assert [_named({"FL219": "Rosas"}, code) for code in ("FL219", "FL2")] == ["FL219 · Rosas", "FL2"]
