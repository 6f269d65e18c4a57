"""Closed months: seen on the rows before any click, kept by the posting, closed and opened by right."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import select

from komet_import import services
from komet_import.ledger import database, reference
from komet_import.ledger.models import Adjustment, AuditEntry, ClosedMonth, Message
from komet_import.ledger.receipt import Tally
from komet_import.refusal import Refusal
from komet_import.review import fixes
from komet_import.review.months import before, first_open, following, month_of, named
from komet_import.services import Seen
from komet_import.types import CUSTOMERS, OPEN_CREDITS, Meaning, Role, with_money
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.interleaving import meet
from tests.services import threads, workspace
from tests.services.test_open_invoices import HEADERS as INVOICE_HEADERS
from tests.services.test_promises import at
from tests.services.workspace import People, credit, refused

NOW = month_of(reference.today())
LAST = before(NOW)
OLDER = before(LAST)
IN_LAST = LAST + timedelta(days=9)


def close(people: People, month: date = LAST) -> None:
    services.close_period(people.ada, month, note="The books are done")


def reopen(people: People, month: date = LAST) -> None:
    services.reopen_period(people.ada, month, note="A late credit")


def closed(people: People) -> list[date]:
    return [line.month for line in services.periods(people.ada).closed]


def test_a_month_is_closed_and_opened_with_a_note_and_the_trail_says_who(people: People) -> None:
    sofia = workspace.person("sofia", Role.SETUP)
    services.close_period(sofia, IN_LAST, note="  The books\n are done ")
    (line,) = services.periods(people.ada).closed
    assert (line.month, line.note, line.by) == (LAST, "The books are done", "Sofia")
    assert LAST not in services.periods(sofia).open and OLDER in services.periods(sofia).open
    reopen(people)
    assert closed(people) == [] and services.periods(sofia).open[0] == LAST
    trail = [entry for entry in workspace.own(AuditEntry) if entry.action.startswith("period-")]
    assert [(entry.action, entry.user_id, entry.subject, entry.details["note"]) for entry in trail] == [
        ("period-closed", sofia.id, f"{LAST:%Y-%m}", "The books are done"),
        ("period-reopened", people.ada.id, f"{LAST:%Y-%m}", "A late credit"),
    ]
    assert [(entry.details["before"]["state"], entry.details["after"]["state"]) for entry in trail] == [
        ("open", "closed"), ("closed", "open")
    ]  # fmt: skip


def test_of_several_closed_months_the_newest_comes_first(people_here: People) -> None:
    for month in (LAST, before(OLDER), OLDER):
        close(people_here, month)
    assert closed(people_here) == [LAST, OLDER, before(OLDER)]
    assert services.periods(people_here.ada).open[0] == before(before(OLDER))


@pytest.mark.usefixtures("three_types")
def test_every_active_admin_is_told_by_mail_and_nobody_else(people: People) -> None:
    second = workspace.person("grace", Role.SETUP, Role.ADMIN)
    services.deactivate(people.ada, workspace.person("former", Role.ADMIN).id)
    close(people)
    reopen(people)
    mails = workspace.own(Message)
    assert [(mail.recipient, mail.subject) for mail in mails] == [
        (f"{name}@komet.example", f"{named(LAST)} {done}")
        for done in ("closed", "reopened")
        for name in ("ada", "grace")
    ]
    assert {mail.user_id for mail in mails} == {people.ada.id, second.id}
    assert f"Ada closed {named(LAST)}." in mails[0].text and "The books are done" in mails[0].text
    assert f"No credits or invoices dated in {named(LAST)} can be imported" in mails[0].text
    assert f"Credits and invoices dated in {named(LAST)} can be imported again." in mails[2].html


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("no-right", lambda p: services.close_period(p.rita, LAST, note="x")),
        ("no-right", lambda p: services.close_period(p.carl, LAST, note="x")),
        ("no-right", lambda p: services.reopen_period(p.carl, OLDER, note="x")),
        ("no-right", lambda p: services.periods(p.lou)),
        ("not-past", lambda p: services.close_period(p.ada, NOW, note="x")),
        ("not-past", lambda p: services.close_period(p.ada, following(NOW), note="x")),
        ("already-closed", lambda p: services.close_period(p.ada, OLDER, note="x")),
        ("not-closed", lambda p: services.reopen_period(p.ada, LAST, note="x")),
        ("note-missing", lambda p: services.close_period(p.ada, LAST, note=" \n ")),
        ("note-missing", lambda p: services.reopen_period(p.ada, OLDER, note="")),
        ("note-too-long", lambda p: services.close_period(p.ada, LAST, note="x" * 201)),
    ],
)
def test_what_may_not_happen_to_a_month_is_refused_and_nothing_is_written(
    people: People, code: str, act: Callable[[People], object]
) -> None:
    close(people, OLDER)
    before_it = workspace.everything()
    refused(code, lambda: act(people))
    assert workspace.everything() == before_it


@pytest.mark.twin
def test_two_who_close_a_month_at_once_close_it_once(people: People) -> None:
    outcomes = threads.together(*[lambda: close(people)] * 3)
    assert threads.codes(outcomes) == ["already-closed", "already-closed", "done"]
    assert workspace.count(ClosedMonth) == workspace.count(Message) == 1


def test_an_open_draft_says_it_of_its_rows_before_any_click(people: People) -> None:
    batch_id = workspace.opened(
        people.rita, credit("A", day=IN_LAST), credit("B", day=OLDER), credit("C", day=NOW)
    )
    version = services.version(people.rita, batch_id)
    assert workspace.found(people.rita, batch_id) == []
    close(people)
    assert services.version(people.rita, batch_id) != version, "an open page asks for this"
    assert workspace.found(people.rita, batch_id) == [(2, "Credit Date", "closed-period")]
    close(people, OLDER)
    assert [row for row, _, _ in workspace.found(people.rita, batch_id)] == [2, 3]
    (issue, other) = services.issues(services.view(people.rita, batch_id))
    assert issue.suggestion == other.suggestion == NOW.isoformat() and named(LAST) in issue.message
    reopen(people)
    assert workspace.found(people.rita, batch_id) == [(3, "Credit Date", "closed-period")]
    assert services.issues(services.view(people.rita, batch_id))[0].suggestion == LAST.isoformat()


def test_it_holds_for_every_type_of_money_by_its_day_and_for_no_other(people: People) -> None:
    assert all(type.column_for(Meaning.DAY) for type in with_money())
    close(people)
    for type, headers, row in (
        (OPEN_INVOICES, INVOICE_HEADERS, ["I-1", "FL219", IN_LAST, 10, "PO-1", "MIA"]),
        (OPEN_CREDITS, workspace.HEADERS, credit("A", day=IN_LAST)),
    ):
        batch_id = workspace.opened(people.ada, row, headers=headers, type=type)
        day = type.name_for(Meaning.DAY)
        assert workspace.found(people.ada, batch_id) == [(2, day, "closed-period")]
    listed = workspace.opened(
        people.ada, ["C1", "Bloom"], headers=("Customer Code", "Customer Name"), type=CUSTOMERS
    )
    assert workspace.found(people.ada, listed) == []
    seen = Seen.of(services.view(people.ada, listed))
    reopen(people)
    assert services.post(people.ada, listed, seen=seen).posted.rows == 1


def test_a_row_of_a_closed_month_is_rejected_and_the_report_says_why(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A", day=IN_LAST), credit("B", day=NOW, amount=7))
    close(people)
    receipt = services.post(people.rita, batch_id)
    assert (receipt.posted, receipt.rejected) == (Tally(rows=1, amount=7_000), Tally(rows=1, amount=120_000))
    assert [line[1:3] for line in workspace.ledger()] == [("B", NOW)]
    (row,) = services.report(people.rita, batch_id).rejected
    assert [issue["code"] for issue in row.issues] == ["closed-period"]


def test_a_month_that_was_closed_between_look_and_click_refuses_and_says_so(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A", day=IN_LAST), credit("B", day=NOW, amount=7))
    opened = services.view(people.rita, batch_id)
    seen, promised = Seen.of(opened), opened.figures.ready
    close(people)
    refusal = refused(
        "draft-changed", lambda: services.post(people.rita, batch_id, promised=promised, seen=seen)
    )
    assert refusal.message == (
        f"{named(LAST)} was closed since you looked; nothing was imported. Check the new numbers."
    )
    assert workspace.count(Adjustment) == 0
    seen = Seen.of(services.view(people.rita, batch_id))
    reopen(people)
    refusal = refused("draft-changed", lambda: services.post(people.rita, batch_id, seen=seen))
    assert refusal.message.startswith(f"{named(LAST)} was reopened since you looked")
    seen = Seen.of(services.view(people.rita, batch_id))
    assert services.post(people.rita, batch_id, promised=promised, seen=seen).posted == promised


def test_equal_sums_of_other_rows_are_not_what_was_seen(people: People) -> None:
    close(people, OLDER)
    batch_id = workspace.opened(people.rita, credit("A", day=IN_LAST), credit("B", day=OLDER))
    opened = services.view(people.rita, batch_id)
    seen, promised = Seen.of(opened), opened.figures.ready
    close(people)
    reopen(people, OLDER)
    assert services.view(people.rita, batch_id).figures.ready == promised
    refused("draft-changed", lambda: services.post(people.rita, batch_id, promised=promised, seen=seen))
    assert workspace.count(Adjustment) == 0


def test_a_month_in_which_no_row_is_dated_keeps_nobody_waiting(people: People) -> None:
    close(people, OLDER)
    batch_id = workspace.opened(people.rita, credit("A", day=IN_LAST), credit("B", day=OLDER))
    services.leave_out(people.rita, batch_id, [3])
    seen = Seen.of(services.view(people.rita, batch_id))
    reopen(people, OLDER)
    assert services.post(people.rita, batch_id, seen=seen).posted.rows == 1


def closed_at(moment: float, people: People) -> None:
    """A month that is closed at this moment of a posting is closed, and nothing was posted."""
    batch_id = workspace.opened(people.rita, credit("A", day=IN_LAST), credit("B", day=NOW))
    seen = Seen.of(services.view(people.rita, batch_id))
    act = at(moment, lambda: close(people))
    refused("draft-changed", lambda: services.post(people.rita, batch_id, seen=seen, progress=act))
    assert workspace.count(Adjustment) == 0 and closed(people) == [LAST]


@pytest.mark.parametrize("moment", [0.05, 0.5], ids=["judged", "laid ready"])
def test_a_month_that_is_closed_while_a_posting_is_under_way_is_kept(people: People, moment: float) -> None:
    closed_at(moment, people)


def test_so_is_one_that_is_closed_while_the_rows_are_written(postgresql_database: str) -> None:
    """On SQLite nobody else writes then."""
    closed_at(0.6, workspace.fill())


def test_a_posting_and_the_closing_of_its_month_come_one_after_the_other(people: People) -> None:
    """Whichever is first: no credit is posted after its month was closed."""
    first = workspace.opened(people.rita, credit("A", day=IN_LAST))
    seen = Seen.of(services.view(people.rita, first))
    posted, done = meet(
        "INSERT INTO audit_entry", lambda: services.post(people.rita, first, seen=seen), lambda: close(people)
    )
    assert not isinstance(posted, Exception) and done is None
    reopen(people)
    second = workspace.opened(people.rita, credit("B", day=IN_LAST))
    seen = Seen.of(services.view(people.rita, second))
    done, posted = meet(
        "INSERT INTO audit_entry",
        lambda: close(people),
        lambda: services.post(people.rita, second, seen=seen),
    )
    assert done is None and isinstance(posted, Refusal) and posted.code == "draft-changed"
    assert [line[1] for line in workspace.ledger()] == ["A"]
    with database.reading() as session:
        (entry,) = session.execute(
            select(AuditEntry).where(AuditEntry.action == "post", AuditEntry.subject == first)
        ).scalars()
    assert entry.details["rows"] == 1


def test_rows_of_closed_months_are_dated_the_first_open_day_as_one_step(people: People) -> None:
    batch_id = workspace.opened(
        people.rita,
        credit("A", day=IN_LAST),
        credit("B", day=f"{LAST:%Y-%m}-28", amount=7),
        credit("C", day=NOW),
        credit("D", day=OLDER),
        credit("E", day=IN_LAST, customer="FL21"),
    )
    close(people)
    opened = services.view(people.rita, batch_id)
    planned = fixes.date_open(opened.draft, opened.judgement, [2, 3, 4, 5, 6])
    told = fixes.preview(opened.draft, opened.judgement, opened.reference, planned)
    assert (told.rows, told.ready_before, told.ready_after) == (3, 2, 4)
    assert (told.amount_before, told.amount_after) == (240_000, 367_000)
    services.apply_fix(
        people.rita,
        batch_id,
        lambda now: fixes.date_open(now.draft, now.judgement, [2, 3, 4, 5, 6]),
        label="Dated",
    )
    first = first_open(IN_LAST, {LAST}).isoformat()
    assert workspace.texts(people.rita, batch_id, "Credit Date") == {
        2: first, 3: first, 4: NOW.isoformat(), 5: OLDER.isoformat(), 6: first
    }  # fmt: skip
    assert workspace.found(people.rita, batch_id) == [(6, "Customer Code", "unknown-customer")]
    services.undo(people.rita, batch_id)
    assert [code for _, _, code in workspace.found(people.rita, batch_id)].count("closed-period") == 3


def test_the_opposite_of_what_is_dated_in_a_closed_month_has_the_first_open_day(people: People) -> None:
    batch_id = workspace.opened(
        people.rita,
        credit("A", day=OLDER),
        credit("B", day=IN_LAST, amount=7),
        credit("C", day=LAST + timedelta(days=20), amount=8),
        credit("D", day=NOW, amount=9),
    )
    services.post(people.rita, batch_id)
    close(people)
    done = services.reverse(people.carl, batch_id, reason="A mistake")
    assert [line[2:4] for line in workspace.ledger()[4:]] == [
        (OLDER, -120_000), (NOW, -7_000), (NOW, -8_000), (NOW, -9_000)
    ]  # fmt: skip
    said = f"2 are dated {NOW}, the first open day, because their own month is closed."
    assert done.redated_sentence == said and said in workspace.own(Message)[-1].text
    (again,) = services.reversals(people.rita, batch_id)
    assert again.redated == done.redated == {str(NOW): 2}


def test_a_reversal_and_the_closing_of_a_month_come_one_after_the_other(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A", day=IN_LAST))
    services.post(people.rita, batch_id)
    done, shut = meet(
        "INSERT INTO audit_entry",
        lambda: services.reverse(people.carl, batch_id, reason="x"),
        lambda: close(people),
    )
    assert shut is None and not isinstance(done, Exception) and done.redated_sentence == ""  # type: ignore[attr-defined]
    reopen(people)
    other = workspace.opened(people.rita, credit("B", day=IN_LAST))
    services.post(people.rita, other)
    shut, done = meet(
        "INSERT INTO audit_entry",
        lambda: close(people),
        lambda: services.reverse(people.carl, other, reason="x"),
    )
    assert shut is None and "1 is dated" in done.redated_sentence  # type: ignore[attr-defined]
    assert [line[2] for line in workspace.ledger()] == [IN_LAST, IN_LAST, IN_LAST, NOW]
