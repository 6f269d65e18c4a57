"""Balances: sums that always agree with the adjustments, found by code or name in any script."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import insert, update
from sqlmodel import col

from komet_import.access import users
from komet_import.ledger import balances, database
from komet_import.ledger.balances import PAGE, Balances, Statement
from komet_import.ledger.models import (
    Adjustment,
    Batch,
    BatchStatus,
    Customer,
    CustomerLocation,
    Location,
    now,
)
from komet_import.types.schema import code_key

NAMES = ("Rosas del Valle", "Fleurs Côté", "Jardín Ñuñoa", "Straße & Söhne", "玫瑰花店", "Closed Blooms")
MIA, LAX = 1, 2


@pytest.fixture
def company(database_url: str) -> None:
    """Six customers FL1 to FL6, the last one inactive, at two locations; FL1 belongs to Miami."""
    with database.transaction() as session:
        users.add(
            session,
            username="rita",
            email="rita@komet.example",
            name="Rita",
            roles=["Setup"],
            password_hash=users.hashed("tulips-and-roses"),
        )
        session.add_all(
            Location(id=n, code=code, code_key=code, name=code) for n, code in ((1, "MIA"), (2, "LAX"))
        )
        session.flush()
        session.add_all(
            Customer(id=n, code=f"Fl{n}", code_key=code_key(f"Fl{n}"), name=name, active=n != 6)
            for n, name in enumerate(NAMES, start=1)
        )
        session.flush()
        session.add(CustomerLocation(customer_id=1, location_id=MIA))
        session.add_all(
            Batch(
                id=name,
                type="open-credits",
                file_name=file_name,
                sha256="0",
                reading={},
                uploaded_by=1,
                posted_by=1,
                posted_at=now(),
            )
            for name, file_name in (("b1", "march.xlsx"), ("b2", "april.xlsx"))
        )


def post(
    customer: int,
    *amounts: int,
    place: int | None = None,
    day: date = date(2026, 3, 2),
    batch: str = "b1",
) -> None:
    """Adjustments of a customer, in thousandths."""
    line = {
        "batch_id": batch,
        "customer_id": customer,
        "location_id": place,
        "credit_date": day,
        "posted_by": 1,
    }
    with database.transaction() as session:
        lines = [
            {**line, "row": n, "number": f"C{n}", "amount": amount} for n, amount in enumerate(amounts, 2)
        ]
        session.execute(insert(Adjustment), lines)


def take_back(*ids: int) -> None:
    """The opposites of these adjustments, all of the first batch's: to that nothing is posted afterwards."""
    with database.transaction() as session:
        for status in (BatchStatus.POSTED, BatchStatus.REVERSED):
            standing = col(Batch.status) != BatchStatus.REVERSED
            session.execute(update(Batch).where(col(Batch.id) == "b1", standing).values(status=status))
        for id_ in ids:
            posted = session.get_one(Adjustment, id_)
            kept = posted.model_dump(exclude={"id", "posted_at"})
            session.add(Adjustment(**{**kept, "amount": -posted.amount, "reverses_id": id_}))


def lines(found: Balances) -> list[tuple[str, int, int]]:
    """Code, money, credits that stand."""
    return [(line.code, line.amount, line.standing) for line in found.lines]


def told(code: str, place: int | None = None) -> Statement:
    """The statement of a customer that exists."""
    found = balances.statement(code, location_id=place)
    assert found is not None
    return found


pytestmark = pytest.mark.usefixtures("company")


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


def test_customers_without_a_balance_are_listed_when_they_are_asked_for() -> None:
    post(3, 5)
    found = balances.balances(settled=True)
    assert [line.code for line in found.lines] == ["Fl3", "Fl1", "Fl2", "Fl4", "Fl5", "Fl6"]
    assert [line.active for line in found.lines] == [True] * 5 + [False]


def test_a_location_counts_only_what_was_posted_for_it() -> None:
    post(1, 100, place=MIA)
    post(1, 7, place=LAX)
    post(2, 50, place=LAX)
    assert lines(balances.balances(location_id=MIA)) == [("Fl1", 100, 1)]
    assert lines(balances.balances(location_id=LAX)) == [("Fl2", 50, 1), ("Fl1", 7, 1)]
    assert told("FL1", LAX).balance.amount == 7
    assert told("FL1").balance.amount == 107


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


def test_a_statement_has_the_newest_credit_first_and_a_reversal_above_what_it_reverses() -> None:
    post(1, 100, 200, place=MIA, day=date(2026, 3, 2))
    post(1, 300, day=date(2026, 3, 5))
    take_back(1)
    found = told("fl1")
    assert [(e.id, e.amount, e.reversed, e.reverses) for e in found.entries] == [
        (3, 300, False, False),
        (2, 200, False, False),
        (4, -100, False, True),
        (1, 100, True, False),
    ]
    assert [e.location for e in found.entries] == ["", "MIA", "MIA", "MIA"]
    assert {(e.file_name, e.batch_id) for e in found.entries} == {("march.xlsx", "b1")}
    assert (found.balance.amount, found.balance.standing, found.count) == (500, 2, 4)


def test_a_long_statement_comes_in_pages_with_the_balance_of_all() -> None:
    post(1, *range(1, PAGE + 4))
    first, last = balances.statement("FL1"), balances.statement("FL1", page=7)
    assert first is not None
    assert last is not None
    assert (len(first.entries), len(last.entries), last.page, last.pages) == (PAGE, 3, 2, 2)
    assert first.balance == last.balance
    assert first.balance.amount == sum(range(1, PAGE + 4))


def test_a_customer_without_credits_has_an_empty_statement_and_an_unknown_one_none() -> None:
    found = told("FL2")
    assert (found.balance.amount, found.balance.standing, found.entries) == (0, 0, ())
    assert balances.statement("FL99") is None
    assert balances.statement("") is None


def test_the_locations_to_choose_from_are_in_the_order_of_their_codes() -> None:
    assert [place.code for place in balances.places()] == ["LAX", "MIA"]


def test_an_entry_says_what_its_adjustment_says_and_nothing_of_others() -> None:
    post(2, 900, place=LAX)
    post(1, 100, place=MIA, batch="b2")
    post(1, 50, day=date(2026, 3, 1))
    entries = told("FL1").entries
    assert [(e.file_name, e.batch_id, e.row, e.number, e.credit_date.day, e.location) for e in entries] == [
        ("april.xlsx", "b2", 2, "C2", 2, "MIA"),
        ("march.xlsx", "b1", 2, "C2", 1, ""),
    ]
    assert told("FL1").balance.active and not told("FL6").balance.active


def test_each_opposite_stands_above_its_own_credit_of_the_same_day() -> None:
    post(1, 100, 200, 300)
    take_back(2, 1)
    assert [(e.id, e.amount) for e in told("FL1").entries] == [
        (3, 300), (4, -200), (2, 200), (5, -100), (1, 100)
    ]  # fmt: skip


def test_the_statement_of_one_location_counts_only_its_own() -> None:
    post(1, 100, 20, place=MIA)
    post(1, 7, place=LAX)
    post(1, 3)
    take_back(1)
    mia, lax, all_ = told("FL1", MIA), told("FL1", LAX), told("FL1")
    assert (mia.balance.amount, mia.balance.standing, mia.count) == (20, 1, 3)
    assert (lax.balance.amount, lax.balance.standing, lax.count) == (7, 1, 1)
    assert (all_.balance.amount, all_.balance.standing, all_.count) == (30, 3, 5)
    assert [e.amount for e in lax.entries] == [7]


def test_settled_customers_of_a_location_are_those_at_home_and_those_who_had_something_there() -> None:
    post(2, 100, place=MIA)
    post(3, 50, place=LAX)
    take_back(1)
    assert lines(balances.balances(location_id=MIA)) == []
    assert lines(balances.balances(location_id=MIA, settled=True)) == [("Fl1", 0, 0), ("Fl2", 0, 0)]
    assert lines(balances.balances(location_id=LAX, settled=True)) == [("Fl3", 50, 1)]


def test_pages_of_a_statement_follow_each_other_and_none_lies_outside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(balances, "PAGE", 2)
    post(1, 1, 2, 3, 4, 5)
    pages = {page: balances.statement("FL1", page=page) for page in (-1, 0, 1, 2, 3, 4)}
    shown = {page: [e.amount for e in found.entries] for page, found in pages.items() if found}
    assert shown == {-1: [5, 4], 0: [5, 4], 1: [5, 4], 2: [3, 2], 3: [1], 4: [1]}
    assert [found.page for found in pages.values() if found] == [1, 1, 1, 2, 3, 3]
    assert {(found.pages, found.count, found.balance.amount) for found in pages.values() if found} == {
        (3, 5, 15)
    }


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


def test_nothing_at_all_is_one_empty_page() -> None:
    found = balances.balances()
    assert (found.lines, found.customers, found.amount, found.page, found.pages) == ((), 0, 0, 1, 1)
    assert told("FL1").pages == 1
