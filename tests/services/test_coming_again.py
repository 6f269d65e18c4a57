"""A credit that was reversed in one import and imported again in another: both timelines say so."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.types import OPEN_CREDITS
from komet_import.types.open_invoices import OPEN_INVOICES
from tests import databases
from tests.services import workspace
from tests.services.test_open_invoices import HEADERS as INVOICES
from tests.services.test_open_invoices import invoice
from tests.services.workspace import DAY, People, credit, workbook


def imported(user: CurrentUser, file_name: str, *rows: list[object]) -> str:
    batch_id = services.open_file(user, OPEN_CREDITS, file_name, workbook(*rows))
    services.post(user, batch_id, even_nothing=True)
    return batch_id


def again(user: CurrentUser, batch_id: str) -> list[tuple[str, str]]:
    return [
        (one.who, one.detail) for one in services.timeline(user, batch_id) if one.what == "Imported again"
    ]


def test_both_timelines_say_what_was_reversed_and_imported_again(people: People) -> None:
    rows = [credit("A"), credit("", amount=Decimal("7.77")), credit("C", amount=3)]
    first = imported(people.rita, "march.xlsx", *rows)
    assert again(people.rita, first) == []
    services.reverse(people.carl, first, reason="Wrong", rows=[2, 3])
    second = imported(people.carl, "april.xlsx", credit("A", amount=99), rows[1], credit("D"))
    said = "2 credits reversed here, imported again in april.xlsx"
    assert again(people.rita, first) == [("Carl", said)]
    said = "2 credits imported here again, reversed before in march.xlsx"
    assert again(people.rita, second) == [("Carl", said)]
    assert services.timeline(people.rita, first)[-2].what in ("Imported again", "Mail written")


def test_what_stood_before_it_was_reversed_was_not_imported_again(people: People) -> None:
    """The same customer with another number, another money or day, of another type, or posted before."""
    other = imported(people.rita, "other.xlsx", credit("", amount=5))
    first = imported(people.rita, "march.xlsx", credit("A"), credit("", amount=7))
    services.reverse(people.carl, first, reason="Wrong")
    second = imported(
        people.rita,
        "april.xlsx",
        credit("B"),
        credit("", amount=8),
        credit("A", customer="FL220"),
        credit("N", amount=7),  # of the same day and amount, and with a number
        credit("", amount=7, day=DAY - timedelta(days=1)),
    )
    owed = workspace.opened(people.ada, invoice("A"), headers=INVOICES, type=OPEN_INVOICES)
    services.post(people.ada, owed)
    assert [again(people.ada, batch_id) for batch_id in (other, first, second, owed)] == [[]] * 4
    assert workspace.ledger()


def test_an_equal_credit_that_stood_all_the_time_was_not_imported_again(people: People) -> None:
    """Two in one day, without numbers: one of them was reversed, and nothing came after that."""
    first = imported(people.rita, "march.xlsx", credit("", amount=7))
    other = services.open_file(
        people.carl, OPEN_CREDITS, "other.xlsx", workbook(credit("", amount=7), credit("Z"))
    )
    waiting = list(services.view(people.carl, other).judgement.waiting())
    assert {issue.code for issue in waiting} == {"possible-duplicate"}
    services.confirm(people.carl, other, waiting)
    services.post(people.carl, other)
    services.reverse(people.carl, first, reason="Wrong")
    assert [again(people.rita, batch_id) for batch_id in (first, other)] == [[], []]


def test_a_credit_of_a_location_is_not_the_one_of_none_that_was_reversed(sqlite_database: str) -> None:
    people = workspace.fill(locations=1)
    first = imported(people.rita, "march.xlsx", credit("", amount=7, location=""))
    services.reverse(people.carl, first, reason="Wrong")
    second = imported(people.rita, "april.xlsx", credit("", amount=7, location="MIA"))
    assert [again(people.rita, batch_id) for batch_id in (first, second)] == [[], []]
    services.reverse(people.carl, second, reason="Wrong")
    imported(people.rita, "may.xlsx", credit("", amount=7, location=""))
    assert [len(again(people.rita, batch_id)) for batch_id in (first, second)] == [1, 0]


def test_each_timeline_counts_the_credits_of_its_own_import(people: People) -> None:
    without_number = credit("", amount=Decimal("7.77"))
    first = imported(people.rita, "march.xlsx", without_number)
    services.reverse(people.carl, first, reason="Wrong")
    second = services.open_file(
        people.carl, OPEN_CREDITS, "april.xlsx", workbook(without_number, without_number)
    )
    waiting = list(services.view(people.carl, second).judgement.waiting())
    assert {issue.code for issue in waiting} == {"repeated-row"}
    services.confirm(people.carl, second, waiting)
    services.post(people.carl, second)
    said = "1 credit reversed here, imported again in april.xlsx"
    assert again(people.rita, first) == [("Carl", said)]
    said = "2 credits imported here again, reversed before in march.xlsx"
    assert again(people.rita, second) == [("Carl", said)]


@pytest.mark.twin
def test_a_full_ledger_is_asked_on_its_indexes(people: People) -> None:
    """Asked for otherwise, each row of an import would be held against all that its customer ever had: with a
    million credits a report was not there after six minutes."""
    first = imported(people.rita, "march.xlsx", credit("A"), credit("", amount=7))
    other = imported(people.rita, "other.xlsx", credit("B"))
    full = workspace.opened(people.carl, credit("M"))
    with database.engine().begin() as connection:
        connection.execute(
            text(
                "INSERT INTO adjustment (batch_id, type, row, customer_id, number, number_key, credit_date,"
                " amount, comments, posted_by, posted_at)"
                " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT"
                f" '{full}', type, n.i + 10, customer_id, CASE WHEN n.i % 2 = 0 THEN '' ELSE 'N' || n.i END,"
                " CASE WHEN n.i % 2 = 0 THEN '' ELSE 'N' || n.i END, credit_date, 900000000 + n.i, '',"
                f" posted_by, posted_at FROM adjustment, n WHERE batch_id = '{other}'"
            )
        )
    services.reverse(people.carl, first, reason="Wrong")
    databases.gather_statistics(database.engine())
    with databases.statements(lambda said: "UNION ALL" in said and "lower(" in said) as asked:
        assert again(people.rita, first) == []
    assert len(asked) == 2
    for statement, parameters in asked:
        with database.engine().connect() as connection:
            told = databases.plan_of(connection, statement, parameters)
        assert "ix_adjustment_number" in told and "ix_adjustment_party" in told, told
        assert told.count("ix_adjustment_row") == 2, "it begins with the rows of this import"
