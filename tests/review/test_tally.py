"""A tally: rows, the sum of the amounts that were read, and in words what is not in it."""

import numpy as np
import pytest

from komet_import.review.judge import judge
from komet_import.review.tally import NOTHING, Tally, by_type, tally_of
from komet_import.types import OPEN_CREDITS
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.review.drafting import draft, reference, row


@pytest.mark.parametrize(
    ("tally", "told", "brief"),
    [
        (Tally(rows=2, amount=None), "", ""),
        (Tally(rows=0, amount=0), "$0.00", "$0.00"),
        (Tally(rows=1, amount=0), "$0.00", "$0.00"),  # an amount of zero was read
        (Tally(rows=2, amount=5_000), "$5.00", "$5.00"),
        (
            Tally(rows=1, amount=0, unreadable=1),
            "1 amount could not be read",
            "1 amount could not be read",
        ),
        (
            Tally(rows=1_500, amount=0, unreadable=1_499, against=1),
            "1,499 amounts could not be read · 1 amount has the wrong sign",
            "1,499 amounts could not be read · 1 amount has the wrong sign",
        ),
        (
            Tally(rows=4, amount=5_000, unreadable=1, against=2),
            "$5.00 · 1 amount could not be read · 2 amounts have the wrong sign",
            "$5.00",
        ),
    ],
)
def test_no_sum_is_told_of_rows_of_which_no_amount_is_in_it(tally: Tally, told: str, brief: str) -> None:
    assert (tally.told, tally.brief) == (told, brief)


def test_what_is_in_no_sum_is_added_up_too() -> None:
    added = Tally(rows=1, amount=0, unreadable=1) + Tally(rows=2, amount=5, against=1)
    assert (added.rows, added.amount, added.unreadable, added.against) == (3, 5, 1, 1)


def test_a_click_promises_rows_and_money() -> None:
    assert Tally(rows=1, amount=0, unreadable=1) == Tally(rows=1, amount=0)


def test_a_tally_counts_the_amounts_of_its_rows_that_are_in_no_sum() -> None:
    amounts = ("5", "n/a", "-3", "", "7")
    sheet = draft(*(row(number=f"C-{n}", amount=amount) for n, amount in enumerate(amounts)))
    judgement = judge(sheet, reference())
    everything = tally_of(judgement, np.ones(5, dtype=np.bool_))
    assert everything.told == "$12.00 · 2 amounts could not be read · 1 amount has the wrong sign"
    assert tally_of(judgement, np.array([True, False, False, False, True])).told == "$12.00"
    assert tally_of(judgement, np.array([False, True, False, False, False])).told == (
        "1 amount could not be read"
    )


@pytest.mark.parametrize(
    ("credits", "invoices", "told"),
    [
        (NOTHING, NOTHING, ""),
        (Tally(rows=2, amount=5_000, unreadable=1), NOTHING, " · $5.00 · 1 amount could not be read"),
        (
            Tally(rows=2, amount=5_000),
            Tally(rows=1, amount=7_000),
            " · $5.00 in 2 credits · $7.00 in 1 invoice",
        ),
        (
            Tally(rows=3, amount=5_000, unreadable=1),
            Tally(rows=2, amount=0, unreadable=1, against=1),
            " · $5.00 in 2 credits · 2 amounts could not be read · 1 amount has the wrong sign",
        ),
    ],
)
def test_the_money_of_several_types_is_told_by_type(credits: Tally, invoices: Tally, told: str) -> None:
    assert by_type({OPEN_CREDITS: credits, OPEN_INVOICES: invoices}) == told
    assert by_type({}) == ""
