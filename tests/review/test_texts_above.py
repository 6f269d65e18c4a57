"""What is offered for a blank cell below a text that goes for the rows of its group."""

from dataclasses import replace

import pytest

from komet_import.review.judge import judge
from komet_import.review.rules.texts_above import TextsAbove, meant_above
from komet_import.row_numbers import APART
from komet_import.types import OPEN_CREDITS
from tests.review.drafting import draft, reference

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


def offered(*texts: str, row: int = 2, fills: dict[int, dict[str, str]] | None = None) -> str | None:
    """What is offered for the customer of a row of a sheet without a column for it."""
    only = draft(
        ("CR-1", "2026-03-02", "120.00"), headers=("Credit #", "Credit Date", "Credit Balance")
    ).sheet
    sheet = replace(only, party_above={0: texts}, fills=fills or {})
    return TextsAbove(sheet, OPEN_CREDITS, DIRECTORY)(row).get("Customer Code")


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (("FL219",), "FL219"),
        (("fl219 ",), "FL219"),
        (("Statement", "Customer Rosas del Valle (FL219)"), "FL219"),
        (("Rosas del Valle",), "FL219"),
        (("FL219", "rosas del valle"), "FL219"),  # one customer, said twice
        (("FL219", "Petal & Stem"), None),  # two: neither is offered
        (("FL219 and FL220",), None),
        (("Statement of Rosas",), None),
        (("Credits 00219",), None),  # a number in a title is none
        (("00219",), "00219"),  # it is the whole text: a label or the sheet's name said so
        (("FL2199", "XFL219"), None),
        ((), None),
    ],
)
def test_where_no_column_says_whose_the_rows_are_the_one_customer_is_offered_whom_the_sheet_names(
    texts: tuple[str, ...], code: str | None
) -> None:
    assert offered(*texts) == code


def test_what_stands_above_in_the_column_comes_first_and_other_sheets_have_names_of_their_own() -> None:
    assert offered("FL219", fills={2: {"Customer Code": "FL220"}}) == "FL220"
    assert offered("FL219", fills={2: {"Credit Date": "2026-03-01"}}) == "FL219"
    assert offered("FL219", row=APART + 2) is None


def test_rows_that_lack_their_customer_are_offered_the_one_of_the_sheet() -> None:
    headers = ("Credit #", "Credit Date", "Credit Balance", "Location Code")
    of = draft(
        ("CR-1", "2026-03-02", "120.00", "MIA"), ("CR-2", "2026-03-02", "9.00", "MIA"), headers=headers
    )
    named = replace(of, sheet=replace(of.sheet, party_above={0: ("Open credits", "FL219")}))
    found = [
        (issue.row, issue.code, issue.suggestion)
        for issue in judge(named, reference()).all()
        if issue.column == "Customer Code"
    ]
    assert found == [(2, "missing-value", "FL219"), (3, "missing-value", "FL219")]
