"""What is open, by the age of the documents that stand."""

import pytest

from komet_import.ledger import balances
from komet_import.types import Side, with_money
from tests.ledger import company
from tests.ledger.company import ago, post, take_back


@pytest.fixture(autouse=True)
def _company(database_url: str) -> None:
    company.fill()


def test_what_is_open_is_told_by_the_age_of_the_document() -> None:
    for power, days in enumerate((-5, 0, 30, 31, 60, 61, 90, 91, 999)):
        post(1, 2**power, day=ago(days))
    post(2, 1_000, day=ago(45))
    found = balances.balances()
    by_code = {line.code: line.aged(Side.WE_OWE, with_money()) for line in found.lines}
    assert by_code == {"Fl1": (7, 24, 96, 384), "Fl2": (0, 1_000, 0, 0)}
    assert found.aged(Side.WE_OWE, with_money()) == (7, 1_024, 96, 384)


def test_what_was_reversed_has_no_age_whatever_day_its_opposite_has() -> None:
    post(1, 100, 30, day=ago(70))
    take_back(1)
    assert balances.balances().aged(Side.WE_OWE, with_money()) == (0, 0, 30, 0)


def test_ages_of_what_customers_owe_stand_on_their_side() -> None:
    post(1, -500, day=ago(40), batch="i1", type="open-invoices")
    post(1, 100, day=ago(5))
    found = balances.balances()
    assert found.aged(Side.THEY_OWE, with_money()) == (0, 500, 0, 0)
    assert found.aged(Side.WE_OWE, with_money()) == (100, 0, 0, 0)
    assert found.amount == -400
