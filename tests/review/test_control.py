"""Which rows account for a difference from the control totals, and the hash total of the customers' codes."""

import time

import pytest

from komet_import.review.control import accounting_for, hash_total
from komet_import.review.edits import Changes, setting
from komet_import.review.judge import judge
from komet_import.types import CUSTOMERS
from tests.review.drafting import draft, reference, row


def amounts(*amounts: str, **options):
    return judge(
        draft(*(row(number=f"N{n}", amount=a) for n, a in enumerate(amounts)), **options), reference()
    )


@pytest.mark.parametrize(
    ("codes", "total"),
    [
        (["FL219", "FL220"], 439),
        (["FL291", "FL220"], 511),  # two digits in another order
        (["00042", "A1-B2", "none", ""], 42 + 12),
        (["1234567890123"], 234567890123),  # the last 12 digits
    ],
)
def test_the_hash_total_adds_up_the_digits_of_each_code_as_one_number(codes, total):
    assert hash_total(draft(*(row(number=f"N{n}", customer=c) for n, c in enumerate(codes)))) == total


def test_it_is_of_the_rows_that_were_read_as_they_stand_now():
    sheet = draft(
        row(customer="FL2"), row(number="B", customer="FL30"), ("Total 9", "", "", "240", "", ""), totals=(4,)
    )
    assert hash_total(sheet) == 32
    assert hash_total(sheet.apply(Changes(left_out=(2,)))) == 32, "what is excluded was read all the same"
    assert hash_total(sheet.apply(setting([(2, "Customer Code", "FL2", "FL20")]))) == 50
    listed = draft(("C7", "Bloom"), type=CUSTOMERS, headers=("Customer Code", "Customer Name"))
    assert hash_total(listed) == 7


@pytest.mark.parametrize(
    ("texts", "rows", "amount", "found"),
    [
        (("1", "2", "30", "4"), 1, 30_000, (4,)),
        (("1", "2", "30", "4"), None, 30_000, (4,)),
        (("10", "20", "30", "1", "2", "3", "4"), 4, 10_000, (5, 6, 7, 8)),  # together, at the end
        (("10", "7", "30", "11", "2"), 2, 9_000, (3, 6)),
        (("10", "7", "30", "11", "2"), 3, 47_000, (2, 3, 4)),
        (("10", "7", "30", "11", "2"), None, 12_000, (2, 6)),
        (("10", "7", "-3"), 1, -3_000, (4,)),
        (("10", "-7", "-3", "-20"), None, 7_000, (2, 4)),
        (("1", "20", "3", "40", "5", "60"), None, 9_000, (2, 4, 6)),
        (("1", "20", "3", "40", "5", "60", "7"), None, 16_000, ()),  # four of them, and any sum by chance
        (("1", "20", "3", "40", "5", "60", "7"), 4, 16_000, (2, 4, 6, 8)),
        (("1",) * 8, 8, 8_000, tuple(range(2, 10))),
        (("1",) * 9, 9, 9_000, ()),
        (("10", "7"), -1, 10_000, ()),  # fewer rows, and nothing was set aside
        (("10", "7", "5"), 2, 17_000, (2, 3)),
        (("10", "7", "5", "10", "7"), 2, 17_000, (5, 6)),  # the last of those that stand together
        (("4", "4"), 1, 8_000, ()),
        (("10", "7"), 2, 18_000, ()),
        (("10", "7"), 0, 10_000, ()),
        (("10", "7"), 1, 0, ()),
        (("10", "7"), 9, 17_000, ()),
        (("x", "7"), 1, 7_000, (3,)),
        (("x", "7"), 2, 7_000, ()),  # what cannot be read is no zero that may go with any sum
    ],
)
def test_a_few_rows_that_come_to_exactly_the_difference_are_found(texts, rows, amount, found):
    assert accounting_for(amounts(*texts), rows=rows, amount=amount) == found


def test_what_is_missing_is_looked_for_among_what_was_set_aside():
    sheet = draft(row(amount="5"), ("Total", "", "", "5", "", ""), totals=(3,))
    assert accounting_for(judge(sheet, reference()), rows=-1, amount=-5_000) == (3,)
    assert accounting_for(judge(sheet, reference()), rows=-1, amount=-6_000) == ()
    assert accounting_for(judge(sheet, reference()), rows=None, amount=-5_000) == (3,)
    assert accounting_for(judge(sheet, reference()), rows=None, amount=5_000) == (2,)
    assert accounting_for(judge(sheet, reference()), rows=1, amount=5_000) == (2,)
    assert accounting_for(judge(sheet, reference()), rows=-1, amount=None) == ()


def test_rows_with_something_wrong_are_tried_before_others():
    found = accounting_for(amounts("5", "1", "5", "5"), rows=1, amount=5_000)
    assert found == (5,), "the last of those that stand alike"
    judgement = amounts("40", "1", "50", "10", "2", "9", hidden=(5, 7))
    assert accounting_for(judgement, rows=2, amount=19_000) == (5, 7)


def test_the_search_ends_soon_where_there_is_nothing_to_find():
    judgement = amounts(*(f"{n}.5" for n in range(1, 3_001)))
    began = time.perf_counter()
    assert accounting_for(judgement, rows=8, amount=1) == ()
    assert time.perf_counter() - began < 1
