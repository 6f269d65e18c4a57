"""What two rows are compared by: the parts of a row, by the meanings of its columns."""

from dataclasses import replace
from datetime import date

import pytest

from komet_import.review.judge import judge
from komet_import.review.sameness import Digits, number_key, parts, words
from komet_import.types import CUSTOMERS, OPEN_CREDITS, Meaning
from tests.review.drafting import HEADERS, draft, reference, row

KEY = (Meaning.PARTY, Meaning.NUMBER)
LIKENESS = OPEN_CREDITS.likeness


def said(meanings, *lines, places=None, headers=HEADERS):
    readings = judge(draft(*lines, headers=headers), reference()).readings
    return parts(OPEN_CREDITS, meanings, readings, places)


def test_parts_are_whole_numbers_days_and_codes_without_case():
    assert said(KEY, row(number=" cr-1 ")) == [(1, "CR-1")]
    assert said(LIKENESS, row(amount="120.5")) == [(1, date(2026, 3, 2), 120_500)]
    assert said((Meaning.LOCATION, Meaning.PARTY), row(customer="FL220", location="lax")) == [(2, 2)]
    assert said((Meaning.NUMBER,), row(number="é")) == [("É",)]


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (" cr-1007 ", "CR1007"),
        ("CR 01/007", "CR1007"),
        ("007", "7"),
        ("00", "0"),
        ("100", "100"),
        ("1007.0", "1007"),
        ("1007.5", "10075"),
        ("é-1", "E1"),
        ("Nº 7", "NO7"),
        ("№7", "NO7"),
        ("--", "--"),
        ("—", "—"),
        ("–", "–"),
    ],
)
def test_numbers_are_alike_without_case_punctuation_and_leading_zeros_and_signs_alone_are_not(number, key):
    assert number_key(number) == key


@pytest.mark.parametrize("changed", [{"customer": "?"}, {"number": ""}, {"number": "X" * 21}])
def test_a_row_that_does_not_say_a_part_has_none(changed):
    assert said(KEY, row(**changed), row()) == [None, (1, "CR-1")]


def test_only_the_rows_that_are_asked_for_have_parts_in_their_order():
    lines = [row(number=f"N{n}") for n in range(3)]
    assert said(KEY, *lines, places=[2, 0]) == [(1, "N2"), (1, "N0")]
    assert said(KEY, *lines, places=[]) == []
    assert said((), *lines) == [None] * 3
    assert said((), *lines, places=[1]) == [None]


def test_without_a_column_no_row_has_parts():
    headers = tuple(name for name in HEADERS if name != "Credit #")
    line = tuple(text for name, text in zip(HEADERS, row(), strict=True) if name in headers)
    assert said(KEY, line, line, headers=headers) == [None, None]
    assert said((Meaning.RECORD, Meaning.PARTY), row()) == [None], "a meaning that the type does not have"
    assert parts(OPEN_CREDITS, KEY, {}) == []


def test_zero_is_a_part():
    assert said((Meaning.MONEY,), row(amount="0")) == [(0,)]


def test_the_words_of_messages_are_those_of_the_type():
    assert {name: str(word) for name, word in words(OPEN_CREDITS).items()} == {
        "noun": "credit",
        "nouns": "credits",
        "one": "a credit",
        "same": "customer, date and amount",
        "whose": " of this customer",
        "several": " of the same customer",
    }
    assert words(CUSTOMERS)["whose"] == " of this customer"
    alone = replace(OPEN_CREDITS, key=(Meaning.NUMBER,))
    assert (words(alone)["whose"], words(alone)["several"]) == ("", "")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("7801", "CR-7801", True),
        ("2026-7801", "7801", True),
        ("2026-780", "780", True),
        ("2026-78", "78", False),  # so few digits are the end of many numbers
        ("CR-780", "INV-780", True),
        ("A-2", "B-2", False),
        ("A-2", "2", True),
        ("7801", "7801.0", False),  # alike anyhow
        ("2026-0780", "780", True),
        ("CR-", "INV-", False),
    ],
)
def test_numbers_with_the_same_digits_may_be_one(first, second, same):
    assert Digits([first]).earlier(second, 1) == (0 if same else None)
    assert Digits([second]).earlier(first, 1) == (0 if same else None)
