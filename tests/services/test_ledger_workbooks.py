"""Workbooks of the ledger: balances by age, a statement, adjustments of some days; by right, and audited."""

import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from komet_import import services
from komet_import.clock import earlier
from komet_import.ledger import adjustments
from komet_import.ledger.adjustments import By
from komet_import.ledger.models import AuditEntry
from komet_import.ledger.reference import today
from komet_import.services import EVERYWHERE, File, Range
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.services import workspace
from tests.services.workspace import DAY, People, credit, refused


@pytest.fixture
def posted(people: People) -> str:
    """Credits of two customers, one of them reversed, and an invoice; returns the batch of the credits."""
    with earlier(timedelta(days=2)):
        batch_id = workspace.opened(
            people.rita,
            credit("A", amount=5, comments="late & wet"),
            credit("B", customer="FL220", amount=Decimal("13.895"), location="LAX"),
            credit("C", amount=40, day=str(DAY - timedelta(days=200))),
            file_name="march.xlsx",
        )
        services.post(people.rita, batch_id)
    services.reverse(people.carl, batch_id, reason="Wrong", rows=[2])
    headers = [column.name for column in OPEN_INVOICES.columns]
    invoice = ["I1", "FL219", str(DAY), 30, "PO 1", "MIA"]
    services.post(people.ada, workspace.opened(people.ada, invoice, headers=headers, type=OPEN_INVOICES))
    return batch_id


def sheet(content: bytes, title: str) -> list[list[object]]:
    book = load_workbook(io.BytesIO(content))
    return [[cell.value for cell in row] for row in book[title].iter_rows()]


def ours(content: bytes, title: str) -> list[list[object]]:
    """The head and the rows, those of the bystanders aside."""
    head, *rows = sheet(content, title)
    code = head.index("Code")
    return [head, *(row for row in rows if not str(row[code]).startswith("ZZ"))]


def about(content: bytes) -> dict[object, object]:
    return {row[0]: row[1] for row in sheet(content, "About")}


def customer_id(user: object, code: str) -> str:
    found = services.statement(user, code)  # type: ignore[arg-type]
    assert found is not None
    return str(found.balance.customer_id)


@pytest.mark.usefixtures("three_types", "posted")
def test_balances_by_age_are_those_of_the_page(people: People) -> None:
    made = services.download(people.rita, File.BALANCES, EVERYWHERE)
    head, *rows = ours(made.content, "Balances")
    ages = ["0–30 days", "31–60 days", "61–90 days", "Over 90 days"]
    assert head == ["Code", "Customer", "Balance", *ages, "Open items"]
    assert rows == [
        ["FL219", "Rosas del Valle", 40, 0, 0, 0, 40, 1],
        ["FL220", "Petal & Stem", 13.895, 13.895, 0, 0, 0, 1],
    ]
    told = about(made.content)
    assert (told["By"], told["Types"], told["Location"]) == ("Rita (rita)", "Open Credits", "All locations")


@pytest.mark.usefixtures("posted")
def test_who_sees_both_sides_takes_both_and_the_net(people: People) -> None:
    head, first, *_ = ours(services.download(people.ada, File.BALANCES, EVERYWHERE).content, "Balances")
    assert head[2:5] == ["Net", "You owe", "They owe"]
    assert first == ["FL219", "Rosas del Valle", 10, 40, 30, -30, 0, 0, 40, 2]


@pytest.mark.usefixtures("posted")
def test_balances_of_a_location_are_those_of_that_one(people: People) -> None:
    lax = next(place.id for place in services.places(people.rita) if place.code == "LAX")
    content = services.download(people.rita, File.BALANCES, str(lax)).content
    assert [row[0] for row in ours(content, "Balances")[1:]] == ["FL220"]
    assert about(content)["Location"] == "LAX Los Angeles"


def test_a_statement_has_each_adjustment_with_its_import_row_and_person(people: People, posted: str) -> None:
    made = services.download(people.rita, File.STATEMENT, customer_id(people.rita, "FL219"))
    assert made.name == "statement-FL219.xlsx"
    head, *rows = sheet(made.content, "Statement")
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(one["Number"], one["Amount"], one["State"], one["Row"], one["Posted by"]) for one in told] == [
        ("A", -5, "reversal", 2, "Carl"),
        ("A", 5, "reversed", 2, "Rita"),
        ("C", 40, None, 4, "Rita"),
    ]
    assert {(one["Import"], one["File"]) for one in told} == {(posted, "march.xlsx")}
    assert told[1]["Comments"] == "late & wet"
    said = about(made.content)
    assert said.pop("Made") and said == {
        "System": "Komet Import",
        "Company": "Your company",
        "By": "Rita (rita)",
        "Currency": "USD",
        "Types": "Open Credits",
        "Customer": "FL219 Rosas del Valle",
        "Location": "All locations",
        "Adjustments": "3",
        "Balance": "$40.00",
    }


@pytest.mark.usefixtures("posted")
def test_a_statement_of_a_location_has_what_the_page_shows_of_it(people: People) -> None:
    invoice = ["I2", "FL220", str(DAY), 3, "PO 2", "LAX"]
    headers = [column.name for column in OPEN_INVOICES.columns]
    services.post(people.ada, workspace.opened(people.ada, invoice, headers=headers, type=OPEN_INVOICES))
    for place in services.places(people.ada):
        shown = services.statement(people.ada, "FL220", location_id=place.id)
        assert shown is not None
        content = services.download(
            people.ada, File.STATEMENT, f"{shown.balance.customer_id}-{place.id}"
        ).content
        assert [row[0] for row in sheet(content, "Statement")[1:]] == [entry.id for entry in shown.entries]
        assert about(content)["Location"] == f"{place.code} {place.name}"
        sums = [about(content)[name] for name in ("Net", "You owe", "They owe")]
        at_lax = place.code == "LAX"
        assert sums == (["$10.895", "$13.895", "$3.00"] if at_lax else ["$0.00"] * 3)


@pytest.mark.usefixtures("posted")
def test_adjustments_of_some_days_are_by_their_own_day_or_by_that_of_their_import(people: People) -> None:
    now_ = today()

    def numbers(by: By, first: int, last: int) -> list[object]:
        days = Range(by=by, first=now_ - timedelta(days=first), last=now_ - timedelta(days=last))
        content = services.download(people.ada, File.ADJUSTMENTS, days.words).content
        assert services.count_adjustments(people.ada, days) == len(sheet(content, "Adjustments")) - 1
        said, listed = about(content), len(sheet(content, "Adjustments")) - 1
        day = "Date" if by is By.DATED else "Imported on"
        assert (said[day], said["Adjustments"]) == (f"{days.first} to {days.last}", str(listed))
        head, *rows = ours(content, "Adjustments")
        return [row[head.index("Number")] for row in rows]

    assert numbers(By.DATED, 30, 0) == ["A", "B", "A", "I1"]
    assert numbers(By.DATED, 400, 100) == ["C"]
    assert numbers(By.IMPORTED, 0, 0) == ["A", "I1"]
    assert numbers(By.IMPORTED, 2, 2) == ["A", "B", "C"]
    assert numbers(By.IMPORTED, 400, 100) == []


@pytest.mark.usefixtures("posted")
def test_who_may_not_see_invoices_takes_none(people: People) -> None:
    days = Range(by=By.DATED, first=today() - timedelta(days=30), last=today())
    content = services.download(people.rita, File.ADJUSTMENTS, days.words).content
    assert {row[4] for row in ours(content, "Adjustments")[1:]} == {"Credit"}
    statement = services.download(people.carl, File.STATEMENT, customer_id(people.carl, "FL219")).content
    assert {row[4] for row in sheet(statement, "Statement")[1:]} == {"Credit"}


@pytest.mark.twin
def test_each_is_taken_by_right_only_and_stands_in_the_trail(people: People) -> None:
    days = Range(by=By.DATED, first=today(), last=today()).words
    wanted = [
        (File.BALANCES, EVERYWHERE),
        (File.STATEMENT, customer_id(people.rita, "FL219")),
        (File.ADJUSTMENTS, days),
    ]
    for file, of in wanted:
        refused("no-right", lambda f=file, o=of: services.download(people.lou, f, o))
        services.download(people.rita, file, of)
    taken = [entry for entry in workspace.own(AuditEntry) if entry.action == "download"]
    assert [(entry.user_id, entry.subject) for entry in taken] == [(people.rita.id, of) for _, of in wanted]


@pytest.mark.parametrize(
    ("file", "of"),
    [
        (File.BALANCES, "99"),
        (File.BALANCES, "x"),
        (File.STATEMENT, "0"),
        (File.STATEMENT, "FL219"),
        (File.STATEMENT, "1-MIA"),
        (File.STATEMENT, "9" * 10),  # more than PostgreSQL's integers hold
        (File.STATEMENT, "9" * 30),
        (File.ADJUSTMENTS, "dated"),
        (File.ADJUSTMENTS, "dated_2026-01-01_2026-13-01"),
        (File.ADJUSTMENTS, "sent_2026-01-01_2026-02-01"),
    ],
)
def test_what_is_no_file_is_refused(people_here: People, file: File, of: str) -> None:
    refused("not-found", lambda: services.download(people_here.rita, file, of))


def test_more_than_a_workbook_holds_well_is_refused(
    people_here: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.post(people_here.rita, workspace.opened(people_here.rita, credit("A"), credit("B")))
    monkeypatch.setattr(adjustments, "MOST", 1)
    days = Range(by=By.DATED, first=today() - timedelta(days=30), last=today())
    said = refused("too-many", lambda: services.download(people_here.rita, File.ADJUSTMENTS, days.words))
    assert re.fullmatch("These are [0-9]+ adjustments; choose fewer days.", said.message)
    monkeypatch.setattr(adjustments, "MOST", services.count_adjustments(people_here.rita, days))
    assert services.download(people_here.rita, File.ADJUSTMENTS, days.words).content, "just so many are given"
