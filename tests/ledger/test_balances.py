"""Balances: sums that always agree with the adjustments, found by code or name in any script."""

from collections.abc import Sequence

import pytest

from komet_import.ledger import balances, database
from komet_import.ledger.balances import PAGE, Balances, Order
from komet_import.ledger.models import Customer
from komet_import.types import ALL, OPEN_CREDITS, Side
from tests.ledger import company
from tests.ledger.company import LAX, MIA, ago, post, take_back


@pytest.fixture(autouse=True)
def _company(database_url: str) -> None:
    company.fill()


def lines(found: Balances) -> list[tuple[str, int, int]]:
    """Code, money, credits that stand."""
    return [(line.code, line.amount, line.standing) for line in found.lines]


def test_the_largest_balance_comes_first_and_nobody_without_one() -> None:
    post(1, 10_000, 5)
    post(2, 90_000_000_000_000, 1)
    post(3, 10_005)
    post(4, 700)
    take_back(6)
    found = balances.balances()
    assert lines(found) == [("Fl2", 90_000_000_000_001, 2), ("Fl1", 10_005, 2), ("Fl3", 10_005, 1)]
    assert (found.customers, found.amount) == (3, 90_000_000_020_011)
    assert type(found.amount) is int


def test_what_was_reversed_counts_for_nothing() -> None:
    post(1, 120_000, 30_000)
    take_back(1)
    assert lines(balances.balances()) == [("Fl1", 30_000, 1)]
    take_back(2)
    assert lines(balances.balances()) == []
    assert lines(balances.balances(settled=True))[0] == ("Fl1", 0, 0)


def test_who_is_settled_in_one_type_and_not_in_another_is_listed(three_types: None) -> None:
    post(1, 120_000)
    post(1, 30_000, type="open-invoices", batch="i1")
    take_back(1)
    both = [OPEN_CREDITS, ALL["open-invoices"]]
    assert [line.code for line in balances.balances(types=both).lines] == ["Fl1"]


def test_customers_without_a_balance_are_listed_when_they_are_asked_for() -> None:
    post(3, 5)
    found = balances.balances(settled=True)
    assert [line.code for line in found.lines] == ["Fl3", "Fl1", "Fl2", "Fl4", "Fl5", "Fl6"]
    assert [line.active for line in found.lines] == [True] * 5 + [False]


def test_a_location_without_balances_lists_the_customers_that_belong_to_it() -> None:
    assert lines(balances.balances(location_id=MIA, settled=True)) == [("Fl1", 0, 0)]


@pytest.mark.parametrize(
    ("search", "codes"),
    [
        ("fl2", ["Fl2"]),
        ("  FL  ", ["Fl1", "Fl2", "Fl3", "Fl4", "Fl5", "Fl6"]),
        ("cote", ["Fl2"]),
        ("CÔTÉ", ["Fl2"]),
        ("ñuñoa", ["Fl3"]),
        ("nunoa jardin", ["Fl3"]),
        ("STRASSE", ["Fl4"]),
        ("玫瑰", ["Fl5"]),
        ("valle fl1", ["Fl1"]),
        ("valle fl2", []),
        ("%", []),
        ("_", []),
        ("' or 1=1 --", []),
        ("\x00", []),
    ],
)
def test_every_word_of_a_search_is_in_the_code_or_the_name(search: str, codes: Sequence[str]) -> None:
    assert [line.code for line in balances.balances(search=search, settled=True).lines] == codes
    assert [line.code for line in balances.every(search=search, settled=True)] == codes


def test_a_long_list_comes_in_pages_with_the_totals_of_all() -> None:
    with database.transaction() as session:
        session.add_all(
            Customer(id=n, code=f"X{n}", code_key=f"X{n}", name=f"Bloom {n}")
            for n in range(10, 10 + PAGE + 5)
        )
    for n in range(10, 10 + PAGE + 5):
        post(n, n)
    first, last, beyond = (balances.balances(page=page) for page in (1, 2, 99))
    assert (len(first.lines), len(last.lines), first.pages) == (PAGE, 5, 2)
    assert {line.code for line in first.lines}.isdisjoint({line.code for line in last.lines})
    assert first.amount == last.amount == sum(range(10, 10 + PAGE + 5))
    assert beyond == last
    assert balances.balances(page=-1) == first


def test_the_locations_to_choose_from_are_in_the_order_of_their_codes() -> None:
    assert [place.code for place in balances.places()] == ["LAX", "MIA"]


def test_settled_customers_of_a_location_are_those_at_home_and_those_who_had_something_there() -> None:
    post(2, 100, place=MIA)
    post(3, 50, place=LAX)
    take_back(1)
    assert lines(balances.balances(location_id=MIA)) == []
    assert lines(balances.balances(location_id=MIA, settled=True)) == [("Fl1", 0, 0), ("Fl2", 0, 0)]
    assert lines(balances.balances(location_id=LAX, settled=True)) == [("Fl3", 50, 1)]


def test_pages_of_balances_follow_each_other_and_tell_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(balances, "PAGE", 2)
    for customer in (1, 2, 3, 4):
        post(customer, customer)
    pages = [balances.balances(page=page) for page in (0, 1, 2, 3)]
    assert [[line.code for line in found.lines] for found in pages] == [
        ["Fl4", "Fl3"], ["Fl4", "Fl3"], ["Fl2", "Fl1"], ["Fl2", "Fl1"]
    ]  # fmt: skip
    assert [(found.page, found.pages, found.customers, found.amount) for found in pages] == [
        (1, 2, 4, 10), (1, 2, 4, 10), (2, 2, 4, 10), (2, 2, 4, 10)
    ]  # fmt: skip
    found = balances.balances(search="valle", page=1)
    assert (found.customers, found.amount, found.pages) == (1, 1, 1)


def test_the_list_comes_in_the_order_that_is_asked_for_and_the_ten_largest_stay() -> None:
    post(1, 100, day=ago(5))
    post(2, 90, day=ago(200))
    post(3, 300, day=ago(5))
    post(4, -120, day=ago(200), type="open-invoices", batch="i1")  # much, on whichever side it is open
    codes = {order: [line.code for line in balances.balances(order=order).lines] for order in Order}
    assert codes == {
        Order.LARGEST: ["Fl3", "Fl4", "Fl1", "Fl2"],
        Order.OLDEST: ["Fl4", "Fl2", "Fl1", "Fl3"],
        Order.CODE: ["Fl1", "Fl2", "Fl3", "Fl4"],
    }
    largest = balances.balances(order=Order.CODE).largest
    assert [line.code for line in largest[Side.WE_OWE]] == ["Fl3", "Fl1", "Fl2"]
    assert [line.code for line in largest[Side.THEY_OWE]] == ["Fl4"]


def test_the_largest_of_a_side_are_those_on_which_most_is_open_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(balances, "TOP", 2)
    owed = {"type": "open-invoices", "batch": "i1"}
    post(1, 500)
    post(1, -500, **owed)  # nothing in all, and much on each side
    post(2, 400)
    post(2, -10, **owed)
    post(3, 300)
    post(4, -450, **owed)
    largest = balances.balances().largest
    assert {side: [line.code for line in lines] for side, lines in largest.items()} == {
        Side.WE_OWE: ["Fl1", "Fl2"],
        Side.THEY_OWE: ["Fl1", "Fl4"],
    }
    credits_alone = balances.balances(types=[OPEN_CREDITS]).largest
    assert [line.code for line in credits_alone[Side.WE_OWE]] == ["Fl1", "Fl2"]
    assert credits_alone[Side.THEY_OWE] == ()


def test_a_location_lists_only_what_was_posted_for_it() -> None:
    post(1, 100, place=MIA)
    post(1, 7, place=LAX)
    post(2, 50, place=LAX)
    assert lines(balances.balances(location_id=MIA)) == [("Fl1", 100, 1)]
    assert lines(balances.balances(location_id=LAX)) == [("Fl2", 50, 1), ("Fl1", 7, 1)]
