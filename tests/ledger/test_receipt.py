"""Control totals and receipts in words: what was expected, what was read, what somebody confirmed."""

from datetime import UTC, datetime
from typing import Any

import pytest

from komet_import.ledger.receipt import ControlTotals, Receipt, Tally
from komet_import.types import CUSTOMERS, OPEN_CREDITS

NONE = Tally(rows=0, amount=0)


@pytest.mark.parametrize(
    ("rows", "amount", "anything", "words"),
    [
        (None, None, False, ""),
        (0, None, True, "0 rows"),
        (None, 0, True, "$0.00"),
        (1, None, True, "1 row"),
        (1_500, 8_722_500, True, "1,500 rows and $8,722.50"),
    ],
)
def test_what_is_expected_in_words(rows: int | None, amount: int | None, anything: bool, words: str) -> None:
    expected = ControlTotals(rows=rows, amount=amount)
    assert bool(expected) is anything
    assert expected.words == words


@pytest.mark.parametrize(
    ("expected", "read", "sentence"),
    [
        (ControlTotals(), Tally(rows=2, amount=5_000), ""),
        (ControlTotals(rows=2), Tally(rows=2, amount=5_000), "As you expected, 2 rows were read."),
        (ControlTotals(rows=1), Tally(rows=1, amount=5_000), "As you expected, 1 row was read."),
        (ControlTotals(amount=5_000), Tally(rows=2, amount=5_000), "As you expected, $5.00 was read."),
        (ControlTotals(rows=2), Tally(rows=1, amount=5_000), "You expected 2 rows; 1 row was read."),
        (ControlTotals(rows=1), Tally(rows=3, amount=5_000), "You expected 1 row; 3 rows were read."),
        (ControlTotals(amount=4_000), Tally(rows=2, amount=5_000), "You expected $4.00; $5.00 was read."),
        (
            ControlTotals(rows=1, amount=5_000),
            Tally(rows=1, amount=5_000),
            "As you expected, 1 row and $5.00 were read.",
        ),
        (
            ControlTotals(rows=1, amount=4_000),
            Tally(rows=1, amount=5_000),
            "You expected 1 row and $4.00; 1 row and $5.00 were read.",
        ),
        (
            ControlTotals(rows=2, amount=5_000),
            Tally(rows=1, amount=5_000),
            "You expected 2 rows and $5.00; 1 row and $5.00 were read.",
        ),
        (ControlTotals(amount=5_000), Tally(rows=2, amount=0), "You expected $5.00; $0.00 was read."),
        (ControlTotals(rows=2), Tally(rows=3, amount=None), "You expected 2 rows; 3 rows were read."),
    ],
)
def test_the_comparison_in_one_sentence(expected: ControlTotals, read: Tally, sentence: str) -> None:
    assert expected.sentence(read) == sentence


@pytest.mark.parametrize(
    ("expected", "read", "agree", "difference"),
    [
        (ControlTotals(rows=2, amount=5_000), Tally(rows=2, amount=5_000), True, ""),
        (ControlTotals(rows=2, amount=5_000), Tally(rows=2, amount=5_001), False, "$0.001 more"),
        (ControlTotals(rows=2, amount=5_000), Tally(rows=3, amount=5_000), False, "1 row more"),
        (ControlTotals(rows=2), Tally(rows=2, amount=1), True, ""),
        (ControlTotals(amount=1), Tally(rows=2, amount=1), True, ""),
        (ControlTotals(amount=-5_000), Tally(rows=2, amount=-5_000), True, ""),
        (ControlTotals(amount=5_000), Tally(rows=2, amount=-5_000), False, "$10.00 less"),
        (ControlTotals(amount=5_000), Tally(rows=2, amount=None), False, "$5.00 less"),
        (ControlTotals(rows=4), Tally(rows=2, amount=1), False, "2 rows fewer"),
        (ControlTotals(rows=2, amount=5_000), Tally(rows=3, amount=5_001), False, "1 row and $0.001 more"),
        (ControlTotals(rows=2, amount=5_000), Tally(rows=1, amount=4_999), False, "1 row and $0.001 less"),
        (
            ControlTotals(rows=2, amount=5_000),
            Tally(rows=3, amount=4_999),
            False,
            "1 row more and $0.001 less",
        ),
        (
            ControlTotals(rows=2, amount=5_000),
            Tally(rows=1, amount=5_001),
            False,
            "1 row fewer and $0.001 more",
        ),
    ],
)
def test_it_agrees_where_nothing_differs(
    expected: ControlTotals, read: Tally, agree: bool, difference: str
) -> None:
    assert expected.agree(read) is agree
    assert expected.difference(read) == difference


def receipt(**values: Any) -> Receipt:
    return Receipt(
        batch_id="b1",
        type_slug="open-credits",
        file_name="march.xlsx",
        posted_at=datetime(2026, 3, 2, tzinfo=UTC),
        posted_by="Rita",
        read=Tally(rows=5_000, amount=9_000),
        posted=Tally(rows=4_000, amount=8_000),
        rejected=NONE,
        left_out=NONE,
        counted=NONE,
        **values,
    )


def test_what_a_person_confirmed_is_said_in_rows_and_in_money() -> None:
    one, many = Tally(rows=1, amount=7_000), Tally(rows=1_200, amount=12_000)
    assert receipt().confirmed_sentence(OPEN_CREDITS) == ""
    assert receipt(confirmed=one).confirmed_sentence(OPEN_CREDITS) == (
        "1 imported credit ($7.00) waited for a confirmation and was confirmed."
    )
    assert receipt(confirmed=many).confirmed_sentence(OPEN_CREDITS) == (
        "1,200 imported credits ($12.00) waited for a confirmation and were confirmed."
    )
    without = Tally(rows=2, amount=None)
    assert receipt(confirmed=without).confirmed_sentence(CUSTOMERS) == (
        "2 imported customers waited for a confirmation and were confirmed."
    )


def test_nothing_is_expected_unchanged_or_confirmed_unless_it_is_said() -> None:
    plain = receipt()
    assert not plain.expected
    assert (plain.unchanged, plain.confirmed) == (NONE, NONE)
