"""How long a posting keeps others waiting, what becomes of it where they come first, and what is said."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import select

from komet_import import cli, services
from komet_import.ledger import database, reference
from komet_import.ledger.failed_statement import has_no_room
from komet_import.ledger.models import Adjustment, Batch, BatchStatus, Customer
from komet_import.ledger.posting import PostingRefusal
from komet_import.ledger.receipt import Receipt
from komet_import.services.draft.open_draft import Opened
from komet_import.services.submission import draft_posting as submission
from komet_import.types import CUSTOMERS
from tests.interleaving import meet
from tests.services import workspace
from tests.services.workspace import People, credit, refused, workbook

HEADERS = ("Customer Code", "Customer Name", "Salesperson", "Location Codes", "Active")


def test_others_post_while_a_sheets_rows_are_written(people: People) -> None:
    """On PostgreSQL only the last moment of a posting is locked; who is overtaken in it posts anyway."""
    large = workspace.opened(people.rita, *(credit(f"L{n}") for n in range(40)))
    small = workspace.opened(people.carl, credit("S", amount=7))
    one, other = meet(
        "INSERT INTO adjustment",
        lambda: services.post(people.rita, large),
        lambda: services.post(people.carl, small),
    )
    assert [type(outcome).__name__ for outcome in (one, other)] == ["Receipt", "Receipt"]
    assert sorted(line[1] for line in workspace.ledger()) == sorted(["S", *(f"L{n}" for n in range(40))])
    numbered = {line.number: line.id or 0 for line in workspace.own(Adjustment)}
    if database.engine().dialect.name == "postgresql":
        assert numbered["S"] < min(id_ for number, id_ in numbered.items() if number != "S")
    assert {batch.id: batch.status for batch in workspace.own(Batch)} == dict.fromkeys(
        (large, small), BatchStatus.POSTED
    )


def test_the_same_numbers_in_two_files_at_once_stand_once(people: People) -> None:
    one = workspace.opened(people.rita, credit("A"), credit("B"))
    other = workspace.opened(people.carl, credit("B"), credit("A"), credit("C"))
    meet(
        "INSERT INTO adjustment",
        lambda: services.post(people.rita, one),
        lambda: services.post(people.carl, other),
    )
    assert sorted(line[1] for line in workspace.ledger()) == ["A", "B", "C"]


def test_what_the_database_refuses_for_good_is_not_tried_for_ever(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    tries: list[object] = []

    def broken(_connection: object, _user: object, judged: Opened, *_: object, **options: object) -> object:
        tries.append(judged.draft)
        raise IntegrityError("INSERT", {}, Exception("a constraint that nobody thought of"))

    monkeypatch.setattr(submission, "_written", broken)
    refusal = refused("not-posted", lambda: services.post(people.rita, batch_id))
    assert "nothing was posted" in refusal.message
    assert len(tries) == submission.REFUSED_ATTEMPTS
    assert len({id(draft) for draft in tries}) == len(tries), "what was kept is not trusted any more"
    assert workspace.count(Adjustment) == 0


def test_who_posts_on_a_full_disk_is_told_that_waiting_does_not_help(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = workspace.fill()
    batch_id = workspace.opened(people.rita, *(credit(f"A{n}", comments="late " * 40) for n in range(300)))
    written = submission._written

    def filled(connection: Connection, *given: Any, **options: Any) -> Receipt:
        driver: Any = connection.connection.dbapi_connection
        driver.execute("PRAGMA max_page_count = 1")  # as many as there are
        return written(connection, *given, **options)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(submission, "_written", filled)
        told = refused("not-posted", lambda: services.post(people.rita, batch_id)).message
    assert "disk is full, and nothing was posted" in told
    assert workspace.count(Adjustment) == 0
    services.post(people.rita, batch_id)
    assert workspace.count(Adjustment) == 300
    assert has_no_room(OperationalError("INSERT", {}, psycopg.errors.DiskFull()))


def test_a_sheet_whose_rows_all_stand_posted_by_another_file_says_by_which(people: People) -> None:
    first = workspace.opened(people.rita, credit("A"), credit("B"), file_name="march.xlsx")
    services.post(people.rita, first)
    again = workspace.opened(people.carl, credit("B"), credit("A"), file_name="again.xlsx")
    refusal = refused("already-imported", lambda: services.post(people.carl, again))
    assert isinstance(refusal, PostingRefusal) and refusal.batch_id == first
    assert refusal.message.startswith("“march.xlsx” was already imported")
    third = workspace.opened(people.rita, credit("C"), file_name="april.xlsx")
    services.post(people.rita, third)
    both = workspace.opened(people.carl, credit("C"), credit("A"), file_name="both.xlsx")
    refusal = refused("nothing-to-import", lambda: services.post(people.carl, both))
    assert refusal.message == (
        "Every row was imported before, from “april.xlsx”, “march.xlsx”; nothing was posted."
    )
    mixed = workspace.opened(people.carl, credit("C"), credit("D", amount=-1), file_name="mixed.xlsx")
    refusal = refused("nothing-to-import", lambda: services.post(people.carl, mixed))
    assert "imported before" not in refusal.message


@pytest.mark.parametrize(("code", "status"), [("posting-unclear", "draft"), ("not-posted", "discarded")])
def test_the_terminal_keeps_a_draft_that_may_stand_posted(
    people: People,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    code: str,
    status: str,
) -> None:
    file = tmp_path / "march.xlsx"
    file.write_bytes(workbook(credit("A")))

    def gone(*_: object, **options: object) -> object:
        raise PostingRefusal(code, "The database is away.")

    monkeypatch.setattr(services, "post", gone)
    before = {batch.id for batch in workspace.own(Batch)}
    assert cli.main(["import", str(file), "--type", "open-credits", "--user", "rita"]) == cli.REFUSED
    (batch,) = [batch for batch in workspace.own(Batch) if batch.id not in before]
    assert batch.status == status
    said = capsys.readouterr().err.strip()
    assert (services.report_url(batch.id) in said) == (code == "posting-unclear")
    assert said.count("\n") == 0


def test_a_list_of_customers_changes_what_it_says_and_nothing_else(people: People) -> None:
    """New ones are added, those that are there are changed as far as their row says something."""
    rows = [
        ("NEW1", "New one", "Marta", "MIA:LAX", "no"),
        ("new2", "New two", None, None, None),
        ("FL219", "Renamed", None, None, None),
        ("FL220", "Rosas", "(none)", "(none)", None),
        ("00042", "Blooms", "Tom", "LAX", None),
    ]
    with database.reading() as session:
        old = {c.code: c.model_dump() for c in session.exec(select(Customer)).all()}
    content = workbook(*rows, headers=HEADERS, title="Customers")
    batch_id = services.open_file(people.ada, CUSTOMERS, "list.xlsx", content)
    receipt = services.post(people.ada, batch_id)
    assert receipt.posted.rows == 5
    with database.reading() as session:
        new = {c.code: c for c in session.exec(select(Customer)).all()}
        directory = reference.load_directory(session)
    codes = {location.id: location.code for location in directory.locations.values()}
    places = {c.code: sorted(codes[place] for place in c.locations) for c in directory.customers.values()}
    assert (new["NEW1"].active, new["NEW1"].salesperson, places["NEW1"]) == (False, "Marta", ["LAX", "MIA"])
    assert (new["new2"].active, new["new2"].salesperson, new["new2"].code_key, places["new2"]) == (
        *(True, "", "NEW2"),
        [],
    )
    assert new["FL219"].name == "Renamed" and new["FL219"].salesperson == old["FL219"]["salesperson"]
    assert (new["FL220"].salesperson, places["FL220"]) == ("", [])
    assert (new["00042"].salesperson, places["00042"]) == ("Tom", ["LAX"])
    for code in old.keys() - {"FL219", "FL220", "00042"}:
        assert new[code].model_dump() == old[code]
