"""What an import does to balances: now, this import, after; largest change first."""

from dataclasses import replace

from komet_import.review.effect import Change, changes, effect
from komet_import.review.judge import judge
from komet_import.review.reference import KnownCustomer, PartyStanding
from komet_import.types import OPEN_CREDITS, Side
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.review.drafting import draft, reference, row

CUSTOMERS = reference().directory.customers_by_id
BOTH = (OPEN_CREDITS, OPEN_INVOICES)


def test_only_what_would_be_posted_counts_and_each_customer_once():
    sheet = draft(
        row(amount="5"),
        row(number="2", amount="7.01"),
        row(number="3", customer="FL220", location="LAX", amount="100"),
        row(number="4", customer="NOBODY", amount="1000"),
        row(number="5", amount="-3"),
        row(number="6", amount="n/a"),
        row(number="2", amount="7.01"),
        row(number="", amount="5"),  # waits to be confirmed
    )
    assert changes(judge(sheet, reference())) == (Change(1, 2, 12_010, 7_010), Change(2, 1, 100_000, 100_000))
    assert changes(judge(draft(), reference())) == ()


def test_the_largest_change_comes_first_and_who_has_none_before_is_told_apart():
    standing = {1: {"open-credits": PartyStanding(34, 40_000, 1_000)}, 2: {}}
    told = effect(
        OPEN_CREDITS, [Change(1, 2, 12_000, 12_000), Change(2, 1, 50_000, 50_000)], standing, CUSTOMERS, BOTH
    )
    assert [(line.customer.code, line.now, line.change, line.after) for line in told.lines] == [
        ("FL220", 0, 50_000, 50_000),
        ("FL219", 40_000, 12_000, 52_000),
    ]
    assert [(line.first, line.times) for line in told.lines] == [(True, None), (False, 12)]
    assert (told.now, told.change, told.after, told.unusual) == (40_000, 62_000, 102_000, 1)


def test_invoices_speak_of_what_customers_owe_and_of_the_net():
    standing = {
        1: {
            "open-credits": PartyStanding(1, 40_000, 40_000),
            "open-invoices": PartyStanding(2, -100_000, 60_000),
        }
    }
    change = Change(1, 1, 5_000, 5_000)
    told = effect(OPEN_INVOICES, [change], standing, CUSTOMERS, BOTH)
    (line,) = told.lines
    assert (line.now, line.change, line.after, line.net) == (100_000, 5_000, 105_000, -65_000)
    assert told.netted
    assert told.standing == (OPEN_INVOICES,)
    (credits,) = effect(OPEN_CREDITS, [change], standing, CUSTOMERS, BOTH).lines
    assert (credits.now, credits.after, credits.net) == (40_000, 45_000, -55_000)
    assert OPEN_INVOICES.side is Side.THEY_OWE


def test_what_stands_is_of_every_type_of_that_side_and_says_so():
    fees = replace(OPEN_INVOICES, slug="fees")
    standing = {
        1: {"open-invoices": PartyStanding(2, -100_000, 60_000), "fees": PartyStanding(1, -7_000, 7_000)}
    }
    told = effect(
        fees, [Change(1, 1, 5_000, 5_000)], standing, CUSTOMERS, (OPEN_CREDITS, fees, OPEN_INVOICES)
    )
    (line,) = told.lines
    assert told.standing == (fees, OPEN_INVOICES)
    assert (line.now, line.change, line.after, line.net) == (107_000, 5_000, 112_000, -112_000)
    assert line.before.documents == 1, "its history is that of its own type"


def test_who_sees_one_side_only_is_told_of_no_other():
    standing = {
        1: {
            "open-credits": PartyStanding(1, 40_000, 40_000),
            "open-invoices": PartyStanding(2, -100_000, 60_000),
        }
    }
    told = effect(OPEN_CREDITS, [Change(1, 1, 5_000, 5_000)], standing, CUSTOMERS, (OPEN_CREDITS,))
    assert not told.netted
    assert [line.net for line in told.lines] == [45_000]


def test_the_largest_changes_are_drawn_and_equal_ones_by_the_customers_codes():
    customers = {n: KnownCustomer(n, f"C{n:02}", "", True, frozenset()) for n in range(1, 13)}
    standing = {1: {"open-credits": PartyStanding(34, 40_000, 1_000)}}
    told = effect(
        OPEN_CREDITS,
        [Change(n, 1, 20_000 if n > 10 else 12_000, 12_000) for n in range(12, 0, -1)],
        standing,
        customers,
        BOTH,
    )
    codes = [line.customer.code for line in told.lines]
    assert codes == ["C11", "C12", *(f"C{n:02}" for n in range(1, 11))]
    assert [line.customer.code for line in told.top] == codes[:10]
    assert (told.unusual, told.change) == (1, 160_000)


def test_what_waits_to_be_confirmed_counts_where_it_is_asked_for():
    sheet = draft(row(number="", amount="5"), row(number="", amount="5"), row(amount="n/a"))
    judged = judge(sheet, reference())
    assert changes(judged) == (Change(1, 1, 5_000, 5_000),)
    assert changes(judged, waiting=True) == (Change(1, 2, 10_000, 5_000),)
