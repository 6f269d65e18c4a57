"""What stands for a sheet's own customers: documents, sum and largest of each type; nothing reversed."""

import pytest

from komet_import.ledger import database, party_history
from komet_import.review.reference import PartyStanding
from tests import databases
from tests.databases import plan_of
from tests.ledger import company
from tests.ledger.company import post, take_back


@pytest.fixture(autouse=True)
def _company(database_url: str) -> None:
    company.fill()


def of(*parties: int) -> dict[int, dict[str, PartyStanding]]:
    with database.reading() as session:
        return party_history.of(session, parties)


def test_each_customer_has_its_own_and_who_has_nothing_is_told_so() -> None:
    post(1, 100, 300, 200)
    post(2, 7)
    assert of(1, 3) == {1: {"open-credits": PartyStanding(3, 600, 300)}, 3: {}}
    assert of() == {}


def test_what_was_reversed_does_not_stand_be_it_the_largest_or_not() -> None:
    post(1, 100, 300, 200, 300)
    take_back(3)
    assert of(1) == {1: {"open-credits": PartyStanding(3, 700, 300)}}
    take_back(2)
    assert of(1) == {1: {"open-credits": PartyStanding(2, 400, 300)}}
    take_back(4)
    assert of(1) == {1: {"open-credits": PartyStanding(1, 100, 100)}}
    take_back(1)
    assert of(1) == {1: {"open-credits": PartyStanding(0, 0, 0)}}


def test_types_are_told_apart_whatever_their_sign() -> None:
    post(1, 100)
    post(1, -900, -50, batch="i1", type="open-invoices")
    assert of(1) == {
        1: {"open-credits": PartyStanding(1, 100, 100), "open-invoices": PartyStanding(2, -950, 900)}
    }


def test_only_the_index_is_read(database_url: str) -> None:
    """Asked for otherwise, a full ledger would be read from end to end for a sheet of three customers."""
    for customer in (1, 2, 3):
        post(customer, *range(1, 400))
    databases.gather_statistics(database.engine())
    with databases.statements(lambda said: "FROM adjustment" in said) as asked:
        of(1)
    assert len(asked) == 1
    with database.engine().connect() as connection:
        if connection.dialect.name == "postgresql":
            for way in ("seqscan", "hashjoin", "mergejoin"):  # three pages are read as fast as an index
                connection.exec_driver_sql(f"SET enable_{way} = off")
        told = plan_of(connection, *asked[0])
    # Of two indexes that begin with the customer, a small ledger is read by either.
    by_customer = "ix_adjustment_party" in told or "Index Cond: (customer_id = " in told
    assert by_customer and "SCAN adjustment" not in told, told
