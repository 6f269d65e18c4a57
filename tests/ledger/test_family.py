"""What became of rejected rows, in rows and in money."""

from dataclasses import replace

import pytest

from komet_import.ledger.family import Fate, receipt_of
from komet_import.ledger.models import now
from komet_import.ledger.receipt import Apart, Tally
from komet_import.review.reference import Dropped
from komet_import.types import OPEN_CREDITS
from tests.outbox.people import receipt


@pytest.mark.parametrize("reversed_", [False, True])
def test_a_row_that_is_settled_neither_waits_nor_goes_with_its_import(reversed_: bool) -> None:
    left = Fate(import_reversed=reversed_)
    assert (left.open, left.withdrawn) == (not reversed_, reversed_)
    settled = Fate(dropped=Dropped("Rita", now(), "Paid"), import_reversed=reversed_)
    assert (settled.open, settled.withdrawn) == (False, False)


def test_an_amount_of_the_wrong_sign_is_in_the_sum_unless_the_receipt_keeps_such_apart() -> None:
    whole, rejected = receipt(posted=1, rejected=2), [(2500, Fate()), (-1000, Fate())]
    assert receipt_of(whole, OPEN_CREDITS, rejected).open == Tally(rows=2, amount=1500)
    apart = replace(whole, apart=Apart(negative=Tally(rows=1, amount=-1000)))
    assert receipt_of(apart, OPEN_CREDITS, rejected).open == Tally(rows=2, amount=2500)
