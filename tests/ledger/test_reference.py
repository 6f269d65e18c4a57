"""The facts that a sheet is judged against: noticed when they move on, and found however much there is."""

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlmodel import select

from komet_import import services
from komet_import.clock import earlier
from komet_import.ledger import database, reference
from komet_import.ledger.models import Claim, Customer
from komet_import.ledger.reference import Moved, Stamp, key_claim
from komet_import.review.reference import Alike, Posted
from komet_import.review.sameness import number_key
from komet_import.settings import settings
from komet_import.types import OPEN_CREDITS
from tests import databases
from tests.databases import plan_of
from tests.services import workspace
from tests.services.workspace import DAY, People, credit


@pytest.fixture
def people(database_url: str) -> People:
    workspace.forget()
    return workspace.fill()


@pytest.fixture
def people_here(sqlite_database: str) -> People:
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
        "INSERT INTO closed_month SELECT '2026-01-01', '', id, '2026-02-01' FROM app_user WHERE name = 'Ada'",
    ],
)
def test_whoever_changes_a_customer_a_location_or_a_month_is_noticed(people: People, statement: str) -> None:
    before = stamp()
    run(statement)
    after = stamp()
    assert after.directory > before.directory and after.ledger == before.ledger


def test_a_posting_and_a_reversal_are_noticed_and_an_edit_is_not(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "x")])
    opened = stamp()
    services.post(people.rita, batch_id)
    posted = stamp()
    services.reverse(people.carl, batch_id, reason="twice")
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
    services.post(
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
    services.post(people.rita, first)
    second = workspace.opened(people.rita, credit("a", amount=6), credit("", amount=7))
    assert [code for _, _, code in workspace.found(people.rita, second)] == [
        "already-posted",
        "possible-duplicate",
    ]
    services.reverse(people.carl, first, reason="a mistake")
    assert workspace.found(people.rita, second) == []


def test_an_edit_asks_for_its_own_row_on_an_index(people: People) -> None:
    """Asked for otherwise, every edit would read whatever a full ledger holds of that day."""
    posted = workspace.opened(people.rita, credit("N", amount=5))
    services.post(people.rita, posted)
    full = workspace.opened(people.carl, credit("M", amount=6))
    run(
        "INSERT INTO adjustment (batch_id, type, row, customer_id, number, credit_date, amount, comments,"
        " posted_by, posted_at)"
        " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT"
        f" '{full}', type, n.i + 10, customer_id, '', credit_date, 900000000 + n.i, '', posted_by, posted_at"
        f" FROM adjustment, n WHERE batch_id = '{posted}'"
    )
    databases.gather_statistics(database.engine())
    batch_id = workspace.opened(people.rita, *(credit("", amount=1000 + n) for n in range(3)))
    with databases.statements(lambda said: "JOIN adjustment" in said or "JOIN claim" in said) as asked:
        services.set_cells(people.rita, batch_id, [(3, "Credit Balance", "1001", "5")])
    assert workspace.found(people.rita, batch_id) == [(3, "Credit Balance", "possible-duplicate")]
    assert len(asked) == 1
    statement, parameters = asked[0]
    with database.engine().connect() as connection:
        told = plan_of(connection, statement, parameters)
    assert "ix_adjustment_party" in told and "SCAN adjustment" not in told, told


def test_what_was_posted_meanwhile_lets_nobody_in_either(people: People) -> None:
    judged = stamp()
    services.post(people.rita, workspace.opened(people.rita, credit("A")))
    with database.transaction() as session, pytest.raises(Moved):
        reference.hold(session, judged)


def test_who_holds_the_facts_lets_no_other_posting_in(postgresql_database: str) -> None:
    workspace.fill()
    judged = stamp()
    with database.transaction() as first:
        reference.hold(first, judged)
        with pytest.raises(OperationalError, match="lock"), database.transaction() as second:
            second.execute(text("SET LOCAL lock_timeout = '200ms'"))
            reference.hold(second, judged)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_today_is_the_servers_own_day(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    """One of these two has another day than UTC at any hour."""
    with monkeypatch.context() as there:
        there.setenv("TZ", zone)
        time.tzset()
        before, said = datetime.now(ZoneInfo(zone)).date(), reference.today()
        assert said in (before, datetime.now(ZoneInfo(zone)).date())
    time.tzset()


def test_the_stamp_has_the_day_in_it(people_here: People) -> None:
    now_ = stamp()
    with earlier(timedelta(days=2)):
        then = stamp()
    assert (then.directory, then.ledger) == (now_.directory, now_.ledger)
    assert now_.day - then.day == timedelta(days=2)


def test_the_facts_are_those_of_the_settings(people_here: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMET_CURRENCY", "EUR")
    monkeypatch.setenv("KOMET_AMOUNT_CEILING", "1234.5")
    settings.cache_clear()
    with database.reading() as session:
        facts = reference.load(reference.load_directory(session), Posted())
    assert (facts.currency, facts.ceiling) == ("EUR", 1_234_500)


def test_the_directory_has_of_each_customer_what_is_theirs(people: People) -> None:
    workspace.change_customer(
        "FL220", accounting_code="A-1", customer_type="Retailer", salesperson="Marta", active=False
    )
    with database.reading() as session:
        directory = reference.load_directory(session)
        ids = {place.code: place.id for place in directory.locations.values()}
        code = {customer.id: customer.code for customer in session.execute(select(Customer)).scalars()}
    assert set(ids) == {"MIA", "LAX"}
    own = {c.code: c.locations for c in directory.customers.values() if not c.code.startswith("ZZ")}
    assert own == {
        "FL219": {ids["MIA"]},
        "FL220": {ids["MIA"], ids["LAX"]},
        "00042": {ids["LAX"]},
        "FL900": {ids["MIA"]},
    }
    for key, known in directory.customers.items():
        assert code[known.id] == known.code and key == known.code.upper()
    told = directory.customers["FL220"]
    assert (told.name, told.active) == ("Petal & Stem", False)
    assert (told.accounting_code, told.customer_type, told.salesperson) == ("A-1", "Retailer", "Marta")
    assert directory.customers["FL219"].active and directory.customers["FL219"].accounting_code == ""


def posted_of(people: People, batch_id: str) -> Posted:
    """What a draft was found to collide with."""
    return services.view(people.rita, batch_id).reference.posted


def id_of(people: People, code: str) -> int:
    with database.reading() as session:
        return reference.load_directory(session).customers[code].id


def test_a_number_is_known_with_the_day_on_which_it_was_posted(people: People) -> None:
    with earlier(timedelta(days=40)):
        receipt = services.post(people.rita, workspace.opened(people.rita, credit("a"), credit("B")))
    batch_id = workspace.opened(people.rita, credit("A"), credit("A", customer="FL220"), credit("C"))
    assert posted_of(people, batch_id).keys == {(id_of(people, "FL219"), "A"): receipt.posted_at}


def test_a_claim_of_something_else_is_no_number(people: People) -> None:
    posted = workspace.opened(people.rita, credit("Z", amount=9))
    with database.transaction() as session:
        key = key_claim(OPEN_CREDITS, (id_of(people, "FL219"), "A"))
        session.add(Claim(scope="file", key=key, batch_id=posted))
    services.post(people.rita, posted)
    batch_id = workspace.opened(people.rita, credit("A"), credit("B"))
    assert posted_of(people, batch_id).keys == {}
    assert workspace.found(people.rita, batch_id) == []


def test_a_standing_credit_is_known_with_the_day_of_the_newest_and_whether_all_have_numbers(
    people: People,
) -> None:
    def post(number: str, days: int) -> object:
        with earlier(timedelta(days=days)):
            batch_id = workspace.opened(people.rita, credit(number, amount=5), file_name=f"{days}.xlsx")
            services.confirm(people.rita, batch_id, services.view(people.rita, batch_id).judgement.waiting())
            return services.post(people.rita, batch_id).posted_at

    key = (id_of(people, "FL219"), DAY, 5_000)
    batch_id = workspace.opened(people.rita, credit("", amount=5), credit("C"))
    assert posted_of(people, batch_id).alike == {}
    found: list[Alike] = []
    for number, days in (("N1", 40), ("", 30), ("N2", 20)):
        day = post(number, days)
        (found_key, told), *others = posted_of(people, batch_id).alike.items()
        assert found_key == key and not others
        assert told.at == day
        found.append(told)
    assert [told.numbered for told in found] == [True, False, False]
    newest = [told.newest for told in found]
    assert newest == sorted(set(newest))


def test_a_negative_row_is_like_no_reversal(people: People) -> None:
    """A reversal has a negative amount: a row of that amount is wrong, but no duplicate."""
    first = workspace.opened(people.rita, credit("", amount=5))
    services.post(people.rita, first)
    services.reverse(people.carl, first, reason="a mistake")
    batch_id = workspace.opened(people.rita, credit("", amount=-5), credit("C"))
    assert posted_of(people, batch_id).alike == {}
    assert workspace.found(people.rita, batch_id) == [(2, "Credit Balance", "not-positive")]


def test_an_edited_row_asks_only_for_itself(people: People) -> None:
    services.post(people.rita, workspace.opened(people.rita, credit("A", amount=1), credit("B", amount=2)))
    batch_id = workspace.opened(people.rita, credit("A", amount=7), credit("C", amount=8))
    opened = services.view(people.rita, batch_id)
    with database.reading() as session:
        whole = reference.load_posted(session, opened.draft, opened.judgement)
        second = reference.load_posted(session, opened.draft, opened.judgement, [1])
        first = reference.load_posted(session, opened.draft, opened.judgement, [0])
    assert list(whole.keys) == list(first.keys) == [(id_of(people, "FL219"), "A")]
    assert second.keys == {} and second.alike == {}


def test_a_number_like_a_posted_one_is_found_whatever_its_zeros_and_punctuation(people: People) -> None:
    posted = workspace.opened(people.rita, credit("0007701", amount=5), credit("CR-12", amount=6))
    services.post(people.rita, posted)
    later = DAY - timedelta(days=1)
    batch_id = workspace.opened(
        people.rita,
        credit("7701", amount=9),  # the same day
        credit("7701.0", amount=5, day=later),  # the same amount
        credit("cr 12", amount=9, day=later),  # the same customer
        credit("CR12", amount=6, customer="FL220"),  # another customer's
    )
    told = [one for one in workspace.found(people.rita, batch_id) if one[2] == "similar-posted"]
    assert told == [(row, "Credit #", "similar-posted") for row in (2, 3, 4)]
    ((key, (known,)), *_) = sorted(posted_of(people, batch_id).numbers.items(), key=str)
    assert key == (id_of(people, "FL219"), "7701")
    assert known.number == "0007701"
    services.reverse(people.carl, posted, reason="a mistake")
    assert "similar-posted" not in {code for _, _, code in workspace.found(people.rita, batch_id)}


def test_an_equal_document_whose_number_has_the_digits_of_a_posted_one_is_found(people: People) -> None:
    posted = workspace.opened(people.rita, credit("X-1", amount=5), credit("CR-7801", amount=5))
    services.post(people.rita, posted)
    batch_id = workspace.opened(people.rita, credit("7801", amount=5), credit("7802", amount=5))
    assert workspace.found(people.rita, batch_id) == [(2, "Credit Balance", "possible-duplicate")]
    services.reverse(people.carl, posted, reason="a mistake")
    assert workspace.found(people.rita, batch_id) == []


@pytest.mark.parametrize(
    ("number", "found"),
    [("CAST(n.i AS TEXT)", ["similar-posted"]), ("''", ["possible-duplicate"])],
    ids=["numbers", "none"],
)
def test_similar_numbers_are_asked_for_on_their_index(people: People, number: str, found: list[str]) -> None:
    """Asked for otherwise, every sheet would read all that its customers ever had, as PostgreSQL did where it
    took the documents without a number for what is asked for."""
    posted = workspace.opened(people.rita, credit("N", amount=5))
    services.post(people.rita, posted)
    full = workspace.opened(people.carl, credit("M", amount=6))
    run(
        "INSERT INTO adjustment (batch_id, type, row, customer_id, number, number_key, credit_date, amount,"
        " comments, posted_by, posted_at)"
        " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT"
        f" '{full}', type, n.i + 10, customer_id, {number}, {number}, credit_date,"
        f" 900000000 + n.i, '', posted_by, posted_at FROM adjustment, n WHERE batch_id = '{posted}'"
    )
    databases.gather_statistics(database.engine())
    with databases.statements(lambda said: "adjustment.number_key" in said) as asked:
        batch_id = workspace.opened(people.rita, credit("0077", amount=900_000.077))
    assert [code for _, _, code in workspace.found(people.rita, batch_id)] == found
    statement, parameters = asked[0]
    with database.engine().connect() as connection:
        told = plan_of(connection, statement, parameters)
    assert "ix_adjustment_number" in told and "SCAN adjustment" not in told, told


def test_what_was_posted_before_got_the_form_of_its_number(people: People) -> None:
    posted = workspace.opened(
        people.rita, credit("0007701", amount=1), credit("", amount=2), credit("Ñ-08.0", amount=3)
    )
    services.post(people.rita, posted)

    def kept() -> dict[str, str]:
        with database.reading() as session:
            query = text("SELECT number, number_key FROM adjustment WHERE batch_id = :batch")
            return dict(session.execute(query, {"batch": posted}).all())

    assert kept() == {number: number_key(number) for number in ("0007701", "", "Ñ-08.0")}
    before = kept()
    workspace.lose("dropped_row", "reversal_request")
    with database.engine().begin() as connection:
        command.downgrade(database._config(connection), "0022")
    database.upgrade()
    workspace.read_nothing()
    assert kept() == before
    with pytest.raises(DatabaseError, match="immutable"):
        run("UPDATE adjustment SET number_key = 'X'")
