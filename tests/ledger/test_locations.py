"""Locations: added, changed, removed, audited; what is judged against them knows at once."""

import itertools

import pytest
from sqlmodel import col, select

from komet_import import importing
from komet_import.ledger import database, locations, reference
from komet_import.ledger.models import AuditEntry
from komet_import.types import CUSTOMERS
from tests.importing import workspace
from tests.importing.workspace import HEADERS, People, credit, refused


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
    importing.post(people.rita, workspace.opened(people.rita, credit("A"), credit("B")))
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
    outcomes = workspace.together(*(lambda code=code: add(code) for code in ("BOG", "bog", "Bog")))
    assert workspace.codes(outcomes) == ["done", "location-exists", "location-exists"]


def test_only_what_nothing_refers_to_is_removed(people: People) -> None:
    add("BOG")
    remove("BOG")
    refusal = refused("location-in-use", lambda: remove("MIA"))
    assert "MIA has customers or credits" in refusal.message
    assert [line[0] for line in listed()] == ["LAX", "MIA"]
    refused("no-such-location", lambda: remove("BOG"))


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
        ("location-added", people.ada.id, {"name": "Bogotá"}),
        (
            "location-changed",
            people.ada.id,
            {
                "before": {"code": "BOG", "name": "Bogotá"},
                "after": {"code": "BOG", "name": "Bogotá, Colombia"},
            },
        ),
        ("location-removed", None, {"name": "Bogotá, Colombia"}),
    ]


def test_a_new_code_holds_in_a_draft_that_is_being_reviewed(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", location="MIAMI"))
    assert workspace.found(people.rita, batch_id) == [(3, "Location Code", "unknown-location")]
    change("MIA", code="MIAMI", name="Miami, FL")
    assert workspace.found(people.rita, batch_id) == [(2, "Location Code", "unknown-location")]
    directory = importing.view(people.rita, batch_id).reference.directory
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
        assert importing.post(people.rita, batch_id).posted.rows == 1


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
    importing.post(people.ada, workspace.opened(people.ada, row, headers=headers, type=CUSTOMERS))
    assert workspace.found(people.rita, late) == []
