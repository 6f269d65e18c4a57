"""Cells that say the same as the one above them."""

import pyarrow as pa
import pytest

from komet_import.review.draft import Draft
from komet_import.review.judge import judge
from komet_import.sheets.layout.arrangement import arrange
from komet_import.sheets.layout.words.dittos import dittos, is_ditto
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from tests.review.drafting import draft, opened, reference, row, worksheet
from tests.sheets.layout.sheets import found, sheet

MARKS = [
    '"',
    "″",
    "〃",
    "''",
    "”",
    '" "',
    '-"-',
    "– ″ –",
    "do.",
    "Do",
    "ditto",
    "DITTO",
    "dto.",
    "idem",
    "ídem",
]
MARKS += ["Id.", "same", "same as above", "igual", "lo mismo", "même", "dito", "wie oben", "zelfde", "»", "↑"]


@pytest.mark.parametrize("text", MARKS)
def test_marks_that_say_the_same_as_above(text: str) -> None:
    assert is_ditto(text) and dittos(pa.array([text, "FL200"])).tolist() == [True, False]


@pytest.mark.parametrize(
    "text", ["", " ", "-", "'", "FL200", "Domain", "identical", "5″", 'Rosa "', "same day", "ID7"]
)
def test_texts_that_say_something(text: str) -> None:
    assert not is_ditto(text) and not dittos(pa.array([text]))[0]


@pytest.mark.parametrize("mark", MARKS)
def test_what_stands_above_is_proposed_for_a_mark(mark: str) -> None:
    text = f"""
        Customer Code | Credit # | Credit Date | Credit Balance
        FL200 | C1 | 2026-11-01 | 10.00
        {mark} | C2 | 2026-11-02 | 20.00
        {mark} | C3 | {mark} | 30.00
        FL201 | C4 | 2026-11-04 | 40.00
    """
    fills = arrange(sheet(text), found(text), OPEN_CREDITS).fills
    assert fills == {
        3: {"Customer Code": "FL200"},
        4: {"Customer Code": "FL200", "Credit Date": "2026-11-02"},
    }


def test_a_mark_below_a_total_or_at_the_top_says_nothing() -> None:
    text = """
        Customer Code | Credit # | Credit Date | Credit Balance
        do. | C0 | 2026-11-01 | 5.00
        FL200 | C1 | 2026-11-01 | 10.00
        Total | | | 15.00
        do. | C2 | 2026-11-02 | 20.00
    """
    assert arrange(sheet(text), found(text), OPEN_CREDITS).fills == {}


def issues(sheet: Draft) -> list[tuple[int, str, str, str | None]]:
    return [(i.row, i.column, i.code, i.suggestion) for i in judge(sheet, reference()).all()]


def test_a_mark_is_no_code_no_day_and_no_number_and_never_posted() -> None:
    names = ("Customer Code", "Credit #", "Credit Date", "Credit Balance", "Location Code", "Comments")
    lines = [
        row(number="N1", amount="10"),
        row(number='"', amount="20", customer="〃", date="idem", comments="do."),
    ]
    assert issues(opened(worksheet(names, *lines))) == [
        (3, "Customer Code", "ditto-mark", "FL219"),
        (3, "Credit #", "ditto-mark", None),
        (3, "Credit Date", "ditto-mark", "2026-03-02"),
    ]


@pytest.mark.parametrize(
    ("number", "marked"), [("SAME", False), ("idem", False), ("do.", False), ("- ″ -", True)]
)
def test_a_word_may_be_a_number(number: str, marked: bool) -> None:
    names = ("Customer Code", "Credit #", "Credit Date", "Credit Balance", "Location Code", "Comments")
    told = issues(opened(worksheet(names, row(number="N1", amount="1"), row(number=number))))
    assert told == ([(3, "Credit #", "ditto-mark", None)] if marked else [])


def test_a_mark_in_a_list_of_customers_is_no_new_customer() -> None:
    headers = ("Customer Code", "Customer Name", "Salesperson")
    sheet = draft(
        ("N1", "Nueva", "Ana"), ("N2", '"', "do."), ('"', "Otra", ""), type=CUSTOMERS, headers=headers
    )
    assert [(i.row, i.column) for i in judge(sheet, reference()).all() if i.code == "ditto-mark"] == [
        (3, "Customer Name"),
        (3, "Salesperson"),
        (4, "Customer Code"),
    ]


@pytest.mark.parametrize(("length", "ditto"), [(1, True), (20, True), (21, False)])
def test_a_longer_text_is_no_mark(length: int, ditto: bool) -> None:
    assert is_ditto('"'.rjust(length)) is is_ditto('"'.rjust(length), signs_only=True) is ditto
