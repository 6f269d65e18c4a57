"""The facts that a sheet is judged against: noticed when they move on, and found however much there is."""

from datetime import timedelta

import pytest
from sqlalchemy import event, text

from komet_import import importing
from komet_import.ledger import database, reference
from komet_import.ledger.reference import Moved, Stamp
from tests.importing import workspace
from tests.importing.workspace import DAY, People, credit


@pytest.fixture
def people(database_url: str) -> People:
    workspace.forget()
    return workspace.fill()


def stamp() -> Stamp:
    with database.reading() as session:
        return reference.stamp(session)


def run(statement: str) -> None:
    with database.engine().begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE customer SET active = NOT active WHERE code = 'FL219'",
        "INSERT INTO location (code, code_key, name, updated_at) VALUES ('X', 'X', 'X', '2026-01-01')",
        "UPDATE location SET name = 'Elsewhere' WHERE code = 'MIA'",
        "DELETE FROM customer_location WHERE customer_id IN (SELECT id FROM customer WHERE code = 'FL219')",
    ],
)
def test_whoever_changes_a_customer_or_a_location_is_noticed(people: People, statement: str) -> None:
    before = stamp()
    run(statement)
    after = stamp()
    assert after.directory > before.directory and after.ledger == before.ledger


def test_a_posting_and_a_reversal_are_noticed_and_an_edit_is_not(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    importing.set_cells(people.rita, batch_id, [(2, "Comments", "", "x")])
    opened = stamp()
    importing.post(people.rita, batch_id)
    posted = stamp()
    importing.reverse(people.rita, batch_id, reason="twice")
    assert opened.ledger < posted.ledger < stamp().ledger
    assert opened.directory == stamp().directory


def test_who_judged_with_other_facts_is_not_let_in(people: People) -> None:
    judged = stamp()
    with database.transaction() as session:
        reference.hold(session, judged)
    workspace.change_customer("FL219", active=False)
    with database.transaction() as session, pytest.raises(Moved):
        reference.hold(session, judged)


def test_only_a_credit_of_the_same_customer_day_and_amount_is_alike(people: People) -> None:
    importing.post(
        people.rita,
        workspace.opened(
            people.rita,
            credit("", amount=1),
            credit("", amount=2, customer="FL220"),
            credit("", amount=3, day=DAY - timedelta(days=1)),
            credit("", amount=4),
        ),
    )
    batch_id = workspace.opened(
        people.rita, *(credit("", amount=n) for n in (4, 2, 3)), credit("", amount=1, customer="FL220")
    )
    assert workspace.found(people.rita, batch_id) == [(2, "Credit Balance", "possible-duplicate")]


def test_a_reversed_credit_is_alike_to_none_and_its_number_is_free(people: People) -> None:
    first = workspace.opened(people.rita, credit("A", amount=5), credit("", amount=7))
    importing.post(people.rita, first)
    second = workspace.opened(people.rita, credit("a", amount=6), credit("", amount=7))
    assert [code for _, _, code in workspace.found(people.rita, second)] == [
        "already-posted",
        "possible-duplicate",
    ]
    importing.reverse(people.rita, first, reason="a mistake")
    assert workspace.found(people.rita, second) == []


def test_an_edit_asks_for_its_own_row_on_an_index(people: People) -> None:
    """Asked for otherwise, every edit would read whatever a full ledger holds of that day."""
    posted = workspace.opened(people.rita, credit("N", amount=5))
    importing.post(people.rita, posted)
    run(
        "INSERT INTO adjustment (batch_id, row, customer_id, number, credit_date, amount, comments,"
        " posted_by, posted_at)"
        " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT"
        " batch_id, n.i + 10, customer_id, '', credit_date, 900000000 + n.i, '', posted_by, posted_at"
        f" FROM adjustment, n WHERE batch_id = '{posted}'"
    )
    run("ANALYZE")
    batch_id = workspace.opened(people.rita, *(credit("", amount=1000 + n) for n in range(3)))
    asked: list[tuple[str, object]] = []

    def listen(_c: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if "JOIN adjustment" in statement or "JOIN claim" in statement:
            asked.append((statement, parameters))

    event.listen(database.engine(), "before_cursor_execute", listen)
    try:
        importing.set_cells(people.rita, batch_id, [(3, "Credit Balance", "1001", "5")])
    finally:
        event.remove(database.engine(), "before_cursor_execute", listen)
    assert workspace.found(people.rita, batch_id) == [(3, "Credit Balance", "possible-duplicate")]
    assert len(asked) == 1
    statement, parameters = asked[0]
    with database.engine().connect() as connection:
        explain = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
        plan = connection.exec_driver_sql(f"{explain} {statement}", parameters)
        told = "\n".join(str(line) for line in plan)
    assert "ix_adjustment_alike" in told and "SCAN adjustment" not in told, told
