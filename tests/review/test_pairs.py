"""Rows share a key where they say the same, and are compared only where they say something and count."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from komet_import.review.rules.pairs import in_groups, key_of, similar_key
from komet_import.review.sameness import number_key
from tests.review.drafting import CUSTOMERS, LOCATIONS


def test_texts_are_numbered_from_one_as_they_come_and_a_code_in_any_case_once() -> None:
    interned: dict[str, int] = {}
    assert [key_of(text, interned) for text in ("fl219", "FL220", "FL219", "fl220", "FL221")] == [
        1,
        2,
        1,
        2,
        3,
    ]


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (None, 0),
        (CUSTOMERS[1], 2),
        (LOCATIONS[0], 1),
        (date(1, 1, 2), 2),
        (Decimal("0"), 1),  # an amount of zero is an amount
        (Decimal("1.5"), 3001),
        (Decimal("-1.5"), -2999),
        (True, 1),
    ],
)
def test_each_kind_of_reading_has_its_own_key_and_nothing_has_none(value: object, key: int) -> None:
    assert key_of(value, {}) == key


def test_the_thousandths_of_an_amount_are_in_its_key() -> None:
    assert [key_of(Decimal(text), {}) >> 1 for text in ("12.345", "-12.345", "0")] == [12_345, -12_345, 0]


def test_a_form_in_which_texts_are_alike_has_one_key_and_a_blank_one_none() -> None:
    interned: dict[str, int] = {}
    assert [similar_key(text, interned, number_key) for text in ("CR-07", "cr7", "8", None)] == [1, 1, 2, 0]


@pytest.mark.parametrize(
    ("codes", "days", "counted", "groups"),
    [
        ([1, 1, 2], [5, 5, 5], [1, 1, 1], [[0, 1]]),
        ([1, 1, 2], [5, 6, 5], [1, 1, 1], []),
        ([2, 1, 2, 1, 2], [5, 6, 5, 6, 5], [1, 1, 1, 1, 1], [[0, 2, 4], [1, 3]]),
        ([1, 1, 1], [5, 5, 5], [1, 0, 1], [[0, 2]]),
        ([0, 0, 1], [5, 5, 5], [1, 1, 1], []),  # who says nothing is like nobody
        ([1, 1, 1], [0, 5, 5], [1, 1, 1], [[1, 2]]),
    ],
)
def test_rows_that_count_and_say_the_same_in_every_column_are_a_group(
    codes: list[int], days: list[int], counted: list[int], groups: list[list[int]]
) -> None:
    keys = [np.array(codes), np.array(days)]
    assert list(in_groups(keys, np.array(counted, dtype=np.bool_))) == groups
