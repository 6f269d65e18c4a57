"""What is said of the rows of a file, by what they are."""

import pytest

from komet_import.review.how_read import RowsRead
from komet_import.review.tally import Tally


@pytest.mark.parametrize(
    ("tally", "currency", "money"),
    [
        (Tally(rows=2, amount=-1_234_500), "EUR", "−EUR 1,234.50"),
        (Tally(rows=2, amount=None), "", ""),
        (Tally(rows=3, amount=5_000, unreadable=1, against=1), "", "$5.00"),  # a sentence below says the rest
        (Tally(rows=3, amount=5_000), "EUR", "EUR 5.00"),
        (Tally(rows=1, amount=0, unreadable=1), "EUR", "1 amount could not be read"),
    ],
)
def test_the_money_of_rows_is_their_sum_or_why_there_is_none(tally: Tally, currency: str, money: str) -> None:
    assert RowsRead(kind=None, words="rows", tally=tally, currency=currency).money == money
