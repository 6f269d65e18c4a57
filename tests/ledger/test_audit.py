"""The audit trail is written in one place, which says who, when and from where."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from komet_import import services
from komet_import.access import sessions
from komet_import.ledger import audit, database
from komet_import.ledger.audit import TITLES, Event
from komet_import.ledger.models import AuditEntry
from komet_import.settings import ROOT
from tests.services import workspace
from tests.services.workspace import People, credit

WRITES = re.compile(
    r"AuditEntry\(|(?:insert|update|delete)\(\s*AuditEntry|(?:INTO|UPDATE|FROM)\s+audit_entry\s+(?:\(|SET|VALUES)",
    re.I,
)
"""How an entry could be made, changed or removed: by the class, a statement of SQLAlchemy's, or plain SQL."""


def modules() -> list[Path]:
    return [*(ROOT / "komet_import").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]


def test_no_other_place_writes_an_entry() -> None:
    ours = {ROOT / "komet_import/ledger/audit.py", ROOT / "komet_import/ledger/models/trail.py"}
    found = {file for file in modules() if WRITES.search(file.read_text(encoding="utf-8"))}
    assert found == ours


def test_every_event_says_what_was_done() -> None:
    assert set(TITLES) == set(Event)
    assert len(set(TITLES.values())) == len(TITLES)


def entries(*actions: str) -> list[AuditEntry]:
    return [entry for entry in workspace.own(AuditEntry) if entry.action in actions]


@pytest.fixture
def people(database_url: str) -> People:
    return workspace.fill()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("terminal", "terminal"),
        ("x" * 100, "x" * 64),
    ],
)
def test_an_entry_says_when_and_from_where(people: People, address: str, kept: str) -> None:
    at = datetime(2026, 3, 2, 10, 42, 7, 123_456, tzinfo=UTC)
    audit.came_from(address)
    try:
        with database.transaction() as session:
            audit.record(
                session,
                what=Event.LOCATION_ADDED,
                by=people.ada.id,
                about="BOG",
                details={"after": (1,)},
                at=at,
            )
    finally:
        audit.came_from("")
    (entry,) = entries("location-added")
    assert (entry.user_id, entry.subject, entry.at) == (people.ada.id, "BOG", at)
    assert (entry.address, entry.details) == (kept, {"after": [1]})


def test_a_step_of_a_draft_is_one_entry_of_bounded_size_with_before_and_after(people: People) -> None:
    batch_id = workspace.opened(people.rita, *(credit(f"A{n}", amount=n + 1) for n in range(40)))
    services.set_cells(people.carl, batch_id, [(2, "Comments", "", "late"), (3, "Comments", "", "x" * 5_000)])
    services.set_cells(people.rita, batch_id, [(row, "Comments", "", "y") for row in range(4, 40)])
    services.leave_out(people.rita, batch_id, [5])
    services.take_in(people.rita, batch_id, [5])
    assert services.undo(people.carl, batch_id)
    assert services.redo(people.rita, batch_id)
    few, many, out, back, undone, redone = entries("edit", "undo", "redo")
    assert [entry.user_id for entry in (few, many, undone, redone)] == [
        people.carl.id, people.rita.id, people.carl.id, people.rita.id
    ]  # fmt: skip
    assert {entry.subject for entry in entries("edit", "undo", "redo")} == {batch_id}
    assert few.details["step"] == 1 and "more" not in few.details
    assert few.details["before"] == {"Comments, row 2": "", "Comments, row 3": ""}
    assert few.details["after"] == {"Comments, row 2": "late", "Comments, row 3": "x" * 120 + "…"}
    assert len(many.details["after"]) == 5 and many.details["more"] == 31
    assert (out.details["before"], out.details["after"]) == ({"row 5": "included"}, {"row 5": "excluded"})
    assert (back.details["before"], back.details["after"]) == ({"row 5": "excluded"}, {"row 5": "included"})
    assert undone.details["step"] == redone.details["step"] == back.details["step"] == 4
    assert all(len(str(entry.details)) < 1_500 for entry in entries("edit"))


def test_answers_and_confirmations_are_told_apart_from_edits(people: People) -> None:
    services.post(people.carl, workspace.opened(people.carl, credit("", amount=5), file_name="before.xlsx"))
    batch_id = workspace.opened(people.rita, credit("", amount=5), credit("B", day="03/04/2026"))
    services.confirm(people.rita, batch_id, services.view(people.rita, batch_id).judgement.waiting())
    services.answer(people.rita, batch_id, "order", "Credit Date", "dmy")
    (confirmed,) = entries("confirm")
    assert confirmed.details["after"] == {"possible-duplicate, row 2": "confirmed"}
    assert confirmed.details["before"] == {"possible-duplicate, row 2": None}
    (answered,) = entries("answer")
    assert answered.details["after"] == {"order Credit Date": "dmy"}


def test_who_signs_out_everywhere_or_forgets_a_browser_is_told(people: People) -> None:
    for browser in ("one", "other"):
        with database.transaction() as session:
            ticket = sessions.open_ticket(session, user_id=people.rita.id, browser=browser)
            assert sessions.redeem_ticket(session, ticket=ticket, browser=browser)
    services.sign_out_everywhere(people.rita)
    services.sign_out_everywhere(people.rita)  # there is nothing left to end
    services.forget_browser(people.rita, 10**6)  # none of hers
    assert [(e.user_id, e.details) for e in entries("signed-out-everywhere", "browser-forgotten")] == [
        (people.rita.id, {"sessions": 2})
    ]
