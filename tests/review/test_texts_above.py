"""What is offered for a blank cell below a text that goes for the rows of its group."""

import pytest

from komet_import.review.rules.texts_above import meant_above
from komet_import.types import OPEN_CREDITS
from tests.review.drafting import reference

DIRECTORY = reference().directory


@pytest.mark.parametrize(
    ("above", "offered"),
    [
        ("FL219", "FL219"),
        ("fl219", "fl219"),
        ("FL900", "FL900"),  # a customer who is not active: the rule of the cell says so
        ("Rosas del Valle", "FL219"),
        ("rosas DEL valle", "FL219"),
        ("FL219 Rosas del Valle", "FL219"),
        ("Rosas del Vale", "Rosas del Vale"),  # perhaps they are meant: that is not enough to be offered here
        ("FL2I9", "FL2I9"),
        ("Nobody we know", "Nobody we know"),
    ],
)
def test_the_code_is_offered_where_the_text_above_says_one_customer_exactly(above: str, offered: str) -> None:
    column = OPEN_CREDITS.column("Customer Code")
    assert meant_above(column, {"Customer Code": above}, DIRECTORY) == offered


def test_in_other_columns_the_text_itself_is_offered_and_nothing_where_nothing_stands_above() -> None:
    day, code = OPEN_CREDITS.column("Credit Date"), OPEN_CREDITS.column("Customer Code")
    assert meant_above(day, {"Credit Date": "Rosas del Valle"}, DIRECTORY) == "Rosas del Valle"
    assert meant_above(code, {"Credit Date": "2026-03-02"}, DIRECTORY) is None
