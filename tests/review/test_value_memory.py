"""Of which rows a value is remembered, and to which rows it is applied: those that are to be imported."""

from datetime import UTC, datetime

import numpy as np
import pytest

from komet_import.review.draft import Draft
from komet_import.review.edits import CellChange, Changes
from komet_import.review.value_memory import Applied, KnownValue, SaidValue, applying, replacing, said
from komet_import.types import Meaning
from tests.review.drafting import draft, reference, row

THEIRS = "Flores Miami"
KEY = (Meaning.PARTY, THEIRS.upper())
WHOSE = "Customer Code"
DIRECTORY = reference().directory
KNOWN = KnownValue(text=THEIRS, code="FL219", target=1, by="Rita", at=datetime(2026, 3, 2, tzinfo=UTC))


def sheet(*codes: str) -> Draft:
    return draft(*(row(customer=code, number=f"CR-{at}") for at, code in enumerate(codes)))


def becoming(*codes: str) -> Changes:
    """What a person makes of the value in the rows from 2 on."""
    cells = [CellChange(2 + at, WHOSE, THEIRS, code) for at, code in enumerate(codes) if code != THEIRS]
    return Changes(cells=tuple(cells))


def test_a_value_is_known_without_case_and_outer_spaces_and_a_code_of_ours_is_that_code() -> None:
    (found,) = applying(sheet(THEIRS, " flores MIAMI", "FL220"), {KEY: KNOWN}, DIRECTORY, {WHOSE})
    assert found == Applied(column=WHOSE, known=KNOWN, rows=((2, THEIRS), (3, " flores MIAMI")))
    assert [(cell.row, cell.after) for cell in replacing([found]).cells] == [(2, "FL219"), (3, "FL219")]


def test_rows_that_are_excluded_keep_what_they_say() -> None:
    told = sheet(THEIRS, THEIRS).apply(Changes(left_out=(3,)))
    (found,) = applying(told, {KEY: KNOWN}, DIRECTORY, {WHOSE})
    assert found.rows == ((2, THEIRS),)
    assert not applying(told.apply(Changes(left_out=(2,))), {KEY: KNOWN}, DIRECTORY, {WHOSE})


@pytest.mark.parametrize(
    ("codes", "out", "code"),
    [
        (("FL219", "FL219"), (), "FL219"),
        (("FL219", "FL220"), (), ""),
        (("FL219", THEIRS), (), ""),
        (("FL219", "FL220"), (3,), "FL219"),
        (("FL219", THEIRS), (3,), "FL219"),
        (("FL900", "FL900"), (), ""),
    ],
    ids=["one", "two", "half", "the other is excluded", "the rest is excluded", "inactive"],
)
def test_a_value_is_said_to_be_the_one_code_of_all_its_rows_that_are_imported(
    codes: tuple[str, ...], out: tuple[int, ...], code: str
) -> None:
    changes = becoming(*codes)
    told = sheet(THEIRS, THEIRS).apply(changes).apply(Changes(left_out=out))
    found = said(told, np.array([True, False]), [(7, changes)], DIRECTORY)
    if code:
        assert found == {KEY: SaidValue(text=THEIRS, code=code, target=1, hand=7)}
    else:
        assert found == {KEY: SaidValue(text=THEIRS)}
