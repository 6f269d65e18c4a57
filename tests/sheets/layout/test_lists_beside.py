"""A list beside a table, beyond a blank column, names no customers of its rows."""

import pytest

from komet_import.review.held_rows import holds
from komet_import.sheets.layout.arrangement import arrange
from komet_import.sheets.layout.columns.lists_beside import (
    is_apart,
    is_list_beside,
    names_each_once,
    texts_below,
)
from komet_import.types import OPEN_CREDITS
from tests.review.drafting import opened
from tests.sheets.layout.sheets import found, sheet

BESIDE = """
    Customer Code | Credit # | Credit Date | Credit Balance | | {heading} | {other}
    FL200 | C1 | 2026-11-13 | 15 | | FL200 | Rosas del Valle Wholesale
    FL201 | C2 | 2026-11-14 | 5 | | FL201 | 5.00
    FL200 | C3 | 2026-11-15 | 6 | | {third} |
"""


def test_what_each_customer_comes_to_is_no_question():
    text = BESIDE.format(heading="Customer", other="Sum", third="")
    header = found(text)
    assert header.columns["A"] == "Customer Code" and not header.rivals
    assert arrange(sheet(text), header, OPEN_CREDITS).party_names == ()


def test_a_second_customer_in_every_row_is_one():
    assert found(BESIDE.format(heading="Customer", other="Why", third="FL202")).rivals


@pytest.mark.parametrize(
    ("texts", "each"),
    [
        (["FL200", "FL201", ""], True),
        (["FL200", "FL200", ""], False),
        (["FL200", "", "FL201"], False),
        (["FL200", "", ""], False),
        (["FL200", "FL201", "FL202"], False),
        (["FL200", "FL201", "FL202", "FL203"], True),
        (["", "FL200", "FL201", "FL202", "FL203"], False),
    ],
)
def test_a_list_names_each_once_and_ends_before_the_rows_or_goes_on(texts, each):
    assert names_each_once(texts, ["A", "B", "C"]) is each


def test_a_list_stands_apart_beyond_a_blank_column_and_not_alone():
    assert is_apart("F", ["A", "B"], ["A", "B", "F", "G"])
    assert not is_apart("F", ["A", "B"], ["A", "B", "F"])
    assert not is_apart("C", ["A", "B"], ["A", "B", "C", "D"])


@pytest.mark.parametrize(
    ("letter", "filled", "listed"), [("F", "ABFG", True), ("F", "ABF", False), ("C", "ABCD", False)]
)
def test_only_what_stands_apart_is_looked_at_as_a_list(letter: str, filled: str, listed: bool) -> None:
    names = {"A": ["FL200", "FL201", "FL200"], letter: ["FL200", "FL201", ""]}
    read = is_list_beside(letter, "A", ["A", "B"], list(filled), lambda one: names.get(one, ["x"] * 3))
    assert read is listed


def test_what_stands_below_the_headings_is_without_them_and_blank_where_there_is_no_such_column() -> None:
    below = texts_below(sheet("Code | Name\n FL200 | Rosas\n FL201 | Petal").text, 1)
    assert (below("A"), below("Z")) == (["FL200", "FL201"], ["", ""])


WHOLE = """
    Customer Code | Credit # | Credit Date | Credit Balance | | {code} | {name}
    FL200 | C1 | 2026-11-13 | 15 | | FL200 | Rosas del Valle Wholesale
    FL201 | C2 | 2026-11-14 | 5 | | {second}
    FL203 | C3 | 2026-11-15 | 6 | | {third}
    {fourth}
"""
WIDE = "| | | | | FL210 | Akerblom Events"
HEADINGS = [
    *(("Customer Code", "Customer Name"), ("Code", "Name"), ("Customer #", "Name")),
    *(("Código Cliente", "Nombre"), ("Código do Cliente", "Nome"), ("Kundennummer", "Name")),
    *(("Code client", "Nom"), ("Codice cliente", "Nome"), ("Klantnummer", "Naam")),
]


def whole(code: str, name: str, *, second: str = "FL201 | Petal", third: str = "FL202 | B", fourth: str = ""):
    return WHOLE.format(code=code, name=name, second=second, third=third, fourth=fourth)


@pytest.mark.parametrize(("code", "name"), HEADINGS)
def test_a_whole_list_of_customers_that_goes_on_below_the_credits_is_no_question(code, name):
    draft = opened(sheet(whole(code, name, fourth=WIDE)))
    assert draft.sheet.header.columns["A"] == "Customer Code" and not draft.sheet.header.rivals
    assert [one.kind for one in holds(draft)] == [] and draft.sheet.party_names == ()


@pytest.mark.parametrize(("code", "name"), HEADINGS[:4])
@pytest.mark.parametrize(
    "rows",
    [
        {},  # as many as the credits: each may be its row's
        {"second": "|", "third": "FL202 | Blumen"},  # what some rows should be
        {"second": "FL200 | Rosas", "fourth": WIDE},
    ],
)
def test_customers_that_may_be_those_of_the_rows_beside_them_are_a_question(code, name, rows):
    draft = opened(sheet(whole(code, name, **rows)))
    assert [one.kind for one in holds(draft)] or draft.sheet.party_names


def test_a_list_beside_is_told_with_its_rows():
    draft = opened(sheet(whole("Customer Code", "Customer Name", fourth=WIDE)))
    assert [(note.code, note.count) for note in draft.sheet.notes] == [("table-beside", 4)]
