"""Locations: added, changed, removed, audited; what is judged against them knows at once."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete
from sqlmodel import col, select

from komet_import import services
from komet_import.clock import earlier
from komet_import.ledger import database, locations, reference
from komet_import.ledger.models import AuditEntry, Customer, CustomerLocation
from komet_import.types import CUSTOMERS
from tests.services import threads, workspace
from tests.services.workspace import HEADERS, People, credit, refused


@pytest.fixture(autouse=True)
def _empty_desk() -> None:
    workspace.forget()


@pytest.fixture
def people(database_url: str) -> People:
    return workspace.fill()


def add(code: str, name: str = "A place", by: int | None = None) -> int:
    with database.transaction() as session:
        return locations.add(session, code=code, name=name, by=by).id or 0


def change(known_as: str, **values: str) -> None:
    with database.transaction() as session:
        place = locations.find(session, known_as)
        locations.change(session, location_id=place.id or 0, **values)


def remove(code: str) -> None:
    with database.transaction() as session:
        locations.remove(session, location_id=locations.find(session, code).id or 0)


def listed() -> list[tuple[str, str, int, int]]:
    with database.reading() as session:
        return [(p.code, p.name, p.customers, p.adjustments) for p in locations.all(session)]


def test_the_list_counts_what_refers_to_each(people: People) -> None:
    theirs = {"LAX": ("LAX", "", 2, 0), "MIA": ("MIA", "", 2, 7)}  # the bystanders' customers and adjustments
    services.post(people.rita, workspace.opened(people.rita, credit("A"), credit("B")))
    add(" bog ", " Bogotá,   Colombia ")
    assert listed() == [
        ("bog", "Bogotá, Colombia", 0, 0),
        ("LAX", "Los Angeles", 2 + theirs["LAX"][2], theirs["LAX"][3]),
        ("MIA", "Miami", 3 + theirs["MIA"][2], 2 + theirs["MIA"][3]),
    ]


def test_a_code_is_taken_whatever_its_case(people: People) -> None:
    refused("location-exists", lambda: add("mia"))
    refused("location-exists", lambda: change("LAX", code="Mia"))
    assert [line[0] for line in listed()] == ["LAX", "MIA"]
    change("mia", code="Mia")
    assert [line[0] for line in listed()] == ["LAX", "Mia"]


@pytest.mark.parametrize(
    ("code", "name", "refusal"),
    [
        ("", "Miami", "bad-location-code"),
        ("  ", "Miami", "bad-location-code"),
        ("A:B", "Miami", "bad-location-code"),  # a sheet of customers separates codes by colons
        ("A" * 21, "Miami", "bad-location-code"),
        ("A\x00", "Miami", "bad-location-code"),
        ("A\u200b", "Miami", "bad-location-code"),
        ("A", "", "bad-location-name"),
        ("A", "M" * 101, "bad-location-name"),
        ("A", "Mi\x07ami", "bad-location-name"),
    ],
)
def test_what_cannot_be_used_is_refused(sqlite_database: str, code: str, name: str, refusal: str) -> None:
    refused(refusal, lambda: add(code, name))
    assert listed() == []


def test_of_two_who_add_the_same_at_once_one_is_told(people: People) -> None:
    outcomes = threads.together(*(lambda code=code: add(code) for code in ("BOG", "bog", "Bog")))
    assert threads.codes(outcomes) == ["done", "location-exists", "location-exists"]


@pytest.mark.usefixtures("three_types")
def test_only_what_nothing_refers_to_is_removed(people: People) -> None:
    add("BOG")
    remove("BOG")
    refusal = refused("location-in-use", lambda: remove("MIA"))
    assert "MIA has customers, credits or invoices" in refusal.message
    assert [line[0] for line in listed()] == ["LAX", "MIA"]
    refused("no-such-location", lambda: remove("BOG"))


@pytest.mark.usefixtures("three_types")
@pytest.mark.parametrize("kind", ["a customer", "a credit"])
def test_one_customer_or_one_credit_is_enough_to_keep_a_location(people: People, kind: str) -> None:
    for code in ("AAA", "BOG", "ZZZ"):  # what nothing refers to stands before and behind it
        add(code)
    with database.transaction() as session:
        place = locations.find(session, "BOG").id or 0
        customer = session.execute(select(Customer).where(Customer.code == "FL219")).scalar_one()
        session.add(CustomerLocation(customer_id=customer.id or 0, location_id=place))
    if kind == "a credit":
        services.post(people.rita, workspace.opened(people.rita, credit("A", location="BOG")))
        with database.transaction() as session:
            session.execute(delete(CustomerLocation).where(col(CustomerLocation.location_id) == place))
    assert {line[0]: line[2:] for line in listed()}["BOG"] == ((0, 1) if kind == "a credit" else (1, 0))
    refusal = refused("location-in-use", lambda: remove("BOG"))
    assert refusal.message.startswith("BOG has customers, credits or invoices")
    remove("aaa")
    remove("ZZZ")
    assert [line[0] for line in listed()] == ["BOG", "LAX", "MIA"]


def test_a_customer_who_comes_to_a_location_while_it_is_removed_keeps_it(postgresql_database: str) -> None:
    """The list shows nothing that another has not finished yet: the database has the last word."""
    workspace.fill()
    place = add("BOG")
    with database.transaction() as session:
        customer = session.execute(select(Customer).where(Customer.code == "FL219")).scalar_one()
        session.add(CustomerLocation(customer_id=customer.id or 0, location_id=place))
        session.flush()
        with ThreadPoolExecutor(1) as pool:
            removing = pool.submit(lambda: refused("location-in-use", lambda: remove("BOG")))
            with pytest.raises(TimeoutError):
                removing.result(timeout=0.3)  # it waits for this customer
            session.commit()
            removing.result(timeout=30)
    assert [line[:3] for line in listed() if line[0] == "BOG"] == [("BOG", "A place", 1)]


def test_a_location_that_somebody_else_removed_is_told(people: People) -> None:
    place = add("BOG")
    remove("BOG")

    def changed() -> None:
        with database.transaction() as session:
            locations.change(session, location_id=place, name="Bogotá")

    def removed() -> None:
        with database.transaction() as session:
            locations.remove(session, location_id=place)

    for act in (changed, removed):
        assert "does not exist any more" in refused("no-such-location", act).message


def test_the_longest_code_and_name_are_kept_and_spaces_are_not(people: People) -> None:
    add(f" {'b' * 20} ", f"  {'N' * 49}  {'N' * 50} ")
    assert listed()[0][:2] == ("b" * 20, f"{'N' * 49} {'N' * 50}")
    for wrong in ("A:B", "A" * 21, " "):
        refused("bad-location-code", lambda w=wrong: change("LAX", code=w))
    for wrong in ("N" * 101, " "):
        refused("bad-location-name", lambda w=wrong: change("LAX", name=w))
    change("LAX", code="  lex ", name=" Lexington ")
    assert [line[:2] for line in listed()[1:]] == [("lex", "Lexington"), ("MIA", "Miami")]
    refused("no-such-location", lambda: change("LAX", name="Los Angeles"))


def test_a_change_is_dated_and_one_that_changes_nothing_is_none(people: People) -> None:
    def updated(code: str) -> datetime:
        with database.reading() as session:
            return locations.find(session, code).updated_at

    with earlier(timedelta(days=2)):
        add("BOG", "Bogotá")
        add("UIO", "Quito")
    first, other = updated("BOG"), updated("UIO")
    change("BOG", code="BOG", name="Bogotá")
    assert updated("BOG") == first
    change("BOG", code="BGT")
    assert updated("BGT") - first > timedelta(days=1)
    assert updated("UIO") == other
    with database.reading() as session:
        query = select(AuditEntry).where(AuditEntry.action == "location-changed")
        (entry,) = session.execute(query).scalars()
    assert entry.subject == "BOG", "the name under which it was known until then"
    assert (entry.details["before"]["code"], entry.details["after"]["code"]) == ("BOG", "BGT")


def test_who_changed_what_is_in_the_audit_trail(people: People) -> None:
    with database.transaction() as session:
        place = locations.add(session, code="BOG", name="Bogotá", by=people.ada.id)
        locations.change(session, location_id=place.id or 0, name="Bogotá, Colombia", by=people.ada.id)
        locations.change(session, location_id=place.id or 0, name="Bogotá, Colombia", by=people.ada.id)
        locations.remove(session, location_id=place.id or 0)
    with database.reading() as session:
        query = select(AuditEntry).where(AuditEntry.subject == "BOG").order_by(col(AuditEntry.id))
        entries = [(e.action, e.user_id, e.details) for e in session.execute(query).scalars()]
    assert entries == [
        ("location-added", people.ada.id, {"after": {"code": "BOG", "name": "Bogotá"}}),
        (
            "location-changed",
            people.ada.id,
            {
                "before": {"code": "BOG", "name": "Bogotá"},
                "after": {"code": "BOG", "name": "Bogotá, Colombia"},
            },
        ),
        ("location-removed", None, {"before": {"code": "BOG", "name": "Bogotá, Colombia"}}),
    ]


def test_a_new_code_holds_in_a_draft_that_is_being_reviewed(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", location="MIAMI"))
    assert workspace.found(people.rita, batch_id) == [(3, "Location Code", "unknown-location")]
    change("MIA", code="MIAMI", name="Miami, FL")
    assert workspace.found(people.rita, batch_id) == [(2, "Location Code", "unknown-location")]
    directory = services.view(people.rita, batch_id).reference.directory
    assert [known.name for known in directory.locations.values() if known.code == "MIAMI"] == ["Miami, FL"]


def test_every_change_of_a_location_changes_the_stamp(people: People) -> None:
    def stamp() -> reference.Stamp:
        with database.reading() as session:
            return reference.stamp(session)

    seen = [stamp()]
    for act in (
        lambda: change("MIA", name="Miami, FL"),
        lambda: add("BOG"),
        lambda: remove("BOG"),
        lambda: add("UIO"),  # with the id that BOG had
        lambda: change("UIO", code="QTO"),
    ):
        act()
        seen.append(stamp())
    assert all(before != after for before, after in itertools.pairwise(seen))
    assert seen[-1] not in seen[:-1] and seen[4] not in seen[:4]


@pytest.mark.parametrize("codes", [(), ("MIA",)], ids=["none", "one"])
def test_a_company_with_one_place_or_none_is_not_asked_for_it(
    sqlite_database: str, codes: tuple[str, ...]
) -> None:
    people = workspace.fill(locations=0)
    for code in codes:
        add(code)
    lean = [column for column in HEADERS if column != "Location Code"]
    row = [text for text, column in zip(credit("A"), HEADERS, strict=True) if column != "Location Code"]
    without = workspace.opened(people.rita, row, headers=lean)
    blank = workspace.opened(people.rita, credit("B", location=""), file_name="blank.xlsx")
    for batch_id in (without, blank):
        assert workspace.found(people.rita, batch_id) == []
        assert services.post(people.rita, batch_id).posted.rows == 1


def test_from_a_second_place_on_every_credit_is_asked_for_its_own(sqlite_database: str) -> None:
    people = workspace.fill(locations=0)
    batch_id = workspace.opened(people.rita, credit("A", location=""))
    add("MIA")
    assert workspace.found(people.rita, batch_id) == []
    add("LAX")
    assert workspace.found(people.rita, batch_id) == [(2, "Location Code", "missing-value")]
    remove("LAX")  # it was a mistake
    assert workspace.found(people.rita, batch_id) == []


def test_customers_come_to_a_new_place_by_their_sheet(people: People) -> None:
    add("BOG")
    late = workspace.opened(people.rita, credit("A", location="BOG"))
    assert workspace.found(people.rita, late) == [(2, "Location Code", "not-at-location")]
    headers = ("Customer Code", "Customer Name", "Location Codes")
    row = ["FL219", "Rosas del Valle", "MIA:bog"]
    services.post(people.ada, workspace.opened(people.ada, row, headers=headers, type=CUSTOMERS))
    assert workspace.found(people.rita, late) == []
