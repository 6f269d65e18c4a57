"""A customer's statement: the adjustments behind a balance, each with its import, row and person."""

from datetime import date

import pytest

from komet_import.ledger import balances, statement
from komet_import.ledger.balances import PAGE
from komet_import.ledger.statement import Statement
from tests.ledger import company
from tests.ledger.company import LAX, MIA, post, take_back


@pytest.fixture(autouse=True)
def _company(database_url: str) -> None:
    company.fill()


def told(code: str, place: int | None = None) -> Statement:
    """The statement of a customer that exists."""
    found = statement.statement(code, location_id=place)
    assert found is not None
    return found


def test_a_location_counts_only_what_was_posted_for_it() -> None:
    post(1, 100, place=MIA)
    post(1, 7, place=LAX)
    post(2, 50, place=LAX)
    assert told("FL1", LAX).balance.amount == 7
    assert told("FL1").balance.amount == 107


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
    first, last = statement.statement("FL1"), statement.statement("FL1", page=7)
    assert first is not None
    assert last is not None
    assert (len(first.entries), len(last.entries), last.page, last.pages) == (PAGE, 3, 2, 2)
    assert first.balance == last.balance
    assert first.balance.amount == sum(range(1, PAGE + 4))


def test_a_customer_without_credits_has_an_empty_statement_and_an_unknown_one_none() -> None:
    found = told("FL2")
    assert (found.balance.amount, found.balance.standing, found.entries) == (0, 0, ())
    assert statement.statement("FL99") is None
    assert statement.statement("") is None


def test_an_entry_says_what_its_adjustment_says_and_nothing_of_others() -> None:
    post(2, 900, place=LAX)
    post(1, 100, place=MIA, batch="b2")
    post(1, 50, day=date(2026, 3, 1))
    entries = told("FL1").entries
    assert [(e.file_name, e.batch_id, e.row, e.number, e.day.day, e.location) for e in entries] == [
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


def test_pages_of_a_statement_follow_each_other_and_none_lies_outside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(balances, "PAGE", 2)
    post(1, 1, 2, 3, 4, 5)
    pages = {page: statement.statement("FL1", page=page) for page in (-1, 0, 1, 2, 3, 4)}
    shown = {page: [e.amount for e in found.entries] for page, found in pages.items() if found}
    assert shown == {-1: [5, 4], 0: [5, 4], 1: [5, 4], 2: [3, 2], 3: [1], 4: [1]}
    assert [found.page for found in pages.values() if found] == [1, 1, 1, 2, 3, 3]
    assert {(found.pages, found.count, found.balance.amount) for found in pages.values() if found} == {
        (3, 5, 15)
    }


def test_nothing_at_all_is_one_empty_page() -> None:
    found = balances.balances()
    assert (found.lines, found.customers, found.amount, found.page, found.pages) == ((), 0, 0, 1, 1)
    assert told("FL1").pages == 1


def test_an_entry_says_who_posted_it() -> None:
    post(1, 100)
    (entry,) = told("FL1").entries
    assert (entry.customer, entry.posted_by, entry.type_slug) == ("Fl1", "Rita", "open-credits")


def test_all_entries_of_a_customer_come_in_the_order_of_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(balances, "PAGE", 2)
    post(1, 100, 200, 300)
    post(2, 7)
    take_back(1)
    pages = [told_page(page) for page in (1, 2)]
    assert [e.id for e in statement.entries_of(1)] == [id_ for page in pages for id_ in page]


def told_page(page: int) -> list[int]:
    found = statement.statement("FL1", page=page)
    assert found is not None
    return [entry.id for entry in found.entries]
