"""Numbers of rows: those of one sheet are its own, those of several say of which sheet they are."""

from collections.abc import Iterator

import pytest

from komet_import import row_numbers
from komet_import.row_numbers import APART, LAST_NUMBER, name_sheets, place_of, sheet_and_row, told

TWO = ("January", "February")


@pytest.fixture
def of_two_sheets() -> Iterator[None]:
    """People are being told of an import of two sheets."""
    before = row_numbers._sheets.get()
    name_sheets(TWO)
    yield
    name_sheets(before)


@pytest.mark.parametrize(
    ("number", "sheets", "expected"),
    [
        (7, (), "7"),
        (7, TWO, "January!7"),
        (APART + 7, TWO, "February!7"),
        (APART + 7, (), "2!7"),
        (2 * APART + 7, TWO, "3!7"),
        (0, (), "0"),
        (LAST_NUMBER - 1, (), f"100!{APART - 1}"),
        (LAST_NUMBER, TWO, "200000000"),
        (-3, TWO, "-3"),
    ],
)
def test_a_row_is_told_with_its_sheet_where_there_are_several(
    number: int, sheets: tuple[str, ...], expected: str
) -> None:
    assert told(number, sheets) == expected


@pytest.mark.usefixtures("of_two_sheets")
def test_rows_are_told_of_the_import_that_is_being_told_of() -> None:
    assert (told(7), told(APART + 7), told(7, ())) == ("January!7", "February!7", "7")
    name_sheets(())
    assert told(7) == "7"


def test_a_row_is_kept_by_its_sheet_and_its_number_there() -> None:
    assert (place_of(7), place_of(2 * APART + 7)) == ((0, 7), (2, 7))
    assert sheet_and_row(7, "Credits", ()) == ("Credits", 7)
    assert sheet_and_row(APART + 7, "2 sheets", TWO) == ("February", 7)
    assert sheet_and_row(2 * APART + 7, "2 sheets", TWO) == ("2 sheets", 7)
