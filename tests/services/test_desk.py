"""Drafts at hand are as true as drafts read anew: whatever moved, in the ledger, the directory or the day."""

import queue
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from komet_import import services
from komet_import.access import users
from komet_import.clock import earlier, now
from komet_import.ledger import database, engines
from komet_import.ledger.models import AuditEntry
from komet_import.services import Seen
from komet_import.services.draft import desk, differences
from komet_import.services.draft.desk import DESK
from komet_import.settings import settings
from komet_import.types import CUSTOMERS, OPEN_CREDITS, Role
from tests.services import workspace
from tests.services.workspace import People, credit, refused, workbook

TOTAL = ["Total", None, None, 120, None, None]


def assert_as_read_anew(people: People, batch_id: str) -> list[tuple[int, str, str]]:
    """What is kept in memory says what a restarted server says; returns the issues."""
    kept = services.view(people.rita, batch_id)
    workspace.forget()
    anew = services.view(people.rita, batch_id)
    assert services.issues(kept) == services.issues(anew)
    assert kept.figures == anew.figures and kept.draft.origins == anew.draft.origins
    for name, there in vars(
        anew.reference.posted
    ).items():  # of a text that was changed since, more may be known
        known = getattr(kept.reference.posted, name)
        assert there.items() <= known.items(), f"of {name} is known {known} instead of {there}"
    assert [(s.seq, s.undone, s.dropped, s.hand, s.hand_name, s.at) for s in kept.steps] == [
        (s.seq, s.undone, s.dropped, s.hand, s.hand_name, s.at) for s in anew.steps
    ]
    return [(i.row, i.column, i.code) for i in services.issues(anew)]


# What moves outside of the draft.


def test_yesterdays_draft_is_judged_by_todays_day(people_here: People) -> None:
    day = now().date() + timedelta(days=10)
    with earlier(timedelta(days=30)):
        batch_id = workspace.opened(people_here.rita, credit("A", day=day), credit("B"))
        then = workspace.found(people_here.rita, batch_id)
    assert [(row, column) for row, column, _ in then] == [(2, "Credit Date")]
    assert workspace.found(people_here.rita, batch_id) == []
    assert assert_as_read_anew(people_here, batch_id) == []


def test_two_databases_have_customers_of_their_own(
    people_here: People, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Both have moved on as far: only their names tell them apart."""
    ours, theirs = settings().database, f"sqlite:///{tmp_path / 'other.sqlite3'}"
    copy = tmp_path / "other.sqlite3"
    with (
        closing(sqlite3.connect(ours.removeprefix("sqlite:///"))) as old,
        closing(sqlite3.connect(copy)) as new,
    ):
        old.backup(new)
    for url, name in ((ours, "Ours"), (theirs, "Theirs")):
        monkeypatch.setenv("KOMET_DATABASE_URL", url)
        settings.cache_clear()
        workspace.change_customer("FL219", name=name)
    seen = {}
    for url in (theirs, ours, theirs):
        monkeypatch.setenv("KOMET_DATABASE_URL", url)
        settings.cache_clear()
        batch_id = workspace.opened(people_here.rita, credit("A"))
        known = services.view(people_here.rita, batch_id).reference.directory.customers["FL219"]
        seen[url] = known.name
    assert seen == {ours: "Ours", theirs: "Theirs"}
    engines.engine_for(theirs).dispose()
    monkeypatch.setenv("KOMET_DATABASE_URL", ours)
    settings.cache_clear()


def test_what_comes_into_the_ledger_and_goes_is_met_by_the_rows_that_say_the_same(people: People) -> None:
    batch_id = workspace.opened(
        people.rita, credit("A", amount=1), credit("", amount=5), credit("C", amount=9)
    )
    assert workspace.found(people.rita, batch_id) == []
    posted = workspace.opened(
        people.carl,
        credit("a", amount=3),
        credit("", amount=5),
        credit("C.", amount=8),
        file_name="other.xlsx",
    )
    services.post(people.carl, posted)
    met = [
        (2, "Credit #", "already-posted"),
        (3, "Credit Balance", "possible-duplicate"),
        (4, "Credit #", "similar-posted"),
    ]
    assert workspace.found(people.rita, batch_id) == met
    assert assert_as_read_anew(people, batch_id) == met
    services.reverse(people.carl, posted, reason="a mistake")
    assert workspace.found(people.rita, batch_id) == []
    assert assert_as_read_anew(people, batch_id) == []


def test_the_same_file_that_is_rejected_elsewhere_is_known_at_once(people: People) -> None:
    """Also where what corrects the row comes in the same moment: its origin is new as well."""
    content = workbook(credit("", customer="FL900"), credit("", customer="FL900", amount=7))
    first, second = (
        services.open_file(user, OPEN_CREDITS, "march.xlsx", content) for user in (people.rita, people.carl)
    )
    workspace.change_customer("FL900", active=True)
    assert workspace.found(people.rita, first) == []
    services.leave_out(people.carl, second, [3])
    workspace.change_customer("FL900", active=False)
    services.post(people.carl, second, even_nothing=True)
    workspace.change_customer("FL900", active=True)
    draft = services.fix_rejected(people.carl, second)
    services.view(people.rita, first)
    services.post(people.carl, draft)
    assert workspace.found(people.rita, first) == [(2, "Customer Code", "already-corrected")]
    assert assert_as_read_anew(people, first) == [(2, "Customer Code", "already-corrected")]


# What is edited.


@pytest.mark.parametrize("settled", ["already-corrected", "dropped-row"])
def test_that_a_row_was_corrected_or_dropped_is_not_forgotten_when_it_is_edited(
    people: People, settled: str
) -> None:
    rows = [credit("A", amount=1), credit("B", amount=2), credit("", amount=3), credit("", amount=4)]
    posted = workspace.opened(people.carl, *rows, file_name="before.xlsx")
    services.post(people.carl, posted)
    rejecting = workspace.opened(people.carl, credit("", customer="FL21", amount=50), credit("Z", amount=60))
    services.post(people.carl, rejecting)
    content = services.rejected_workbook(people.carl, rejecting)
    batch_id = services.open_file(people.rita, OPEN_CREDITS, "late.xlsx", content)
    if settled == "dropped-row":
        services.drop_rows(people.carl, rejecting, [2], reason="not ours")
    else:
        fixed = services.fix_rejected(people.carl, rejecting)
        services.set_cells(people.carl, fixed, [(2, "Customer Code", "FL21", "FL219")])
        services.post(people.carl, fixed)
    rita = people.rita
    services.set_cells(rita, batch_id, [(2, "Customer Code", "FL21", "FL219")])
    corrected = (2, "Customer Code", settled)
    assert workspace.found(rita, batch_id) == [corrected]
    edits = [
        (2, "Credit #", "", "A"),
        (2, "Credit #", "A", "B"),
        (2, "Credit #", "B", ""),
        (2, "Credit Balance", "50", "3"),
        (2, "Credit Balance", "3", "4"),
        (2, "Comments", "", "x"),
    ]
    for cell in edits:  # whatever else the row meets, that it was corrected is not forgotten
        assert services.set_cells(rita, batch_id, [cell]).changed == 1
        assert workspace.found(rita, batch_id) == [corrected]
    assert assert_as_read_anew(people, batch_id) == [corrected]


def test_rows_that_met_something_still_do_when_another_row_is_edited(people: People) -> None:
    services.post(
        people.carl,
        workspace.opened(people.carl, credit("A", amount=1), credit("", amount=3), credit("B", amount=2)),
    )
    batch_id = workspace.opened(
        people.rita, credit("A", amount=9), credit("", amount=3), credit("C", amount=8)
    )
    met = [(2, "Credit #", "already-posted"), (3, "Credit Balance", "possible-duplicate")]
    assert workspace.found(people.rita, batch_id) == met
    services.set_cells(people.rita, batch_id, [(4, "Credit #", "C", "B")])
    services.set_cells(people.rita, batch_id, [(4, "Credit Balance", "8", "1")])
    for row, before in ((2, "A"), (3, "")):  # their facts are not asked for again unless they are edited
        services.set_cells(people.rita, batch_id, [(row, "Comments", "", f"{before}x")])
    assert assert_as_read_anew(people, batch_id) == [*met, (4, "Credit #", "already-posted")]


def test_an_answer_that_was_given_elsewhere_is_judged_for_every_row(people: People) -> None:
    rows = [credit(f"N{n}", amount="1,234", day="03/04/2026") for n in range(3)]
    batch_id = workspace.opened(people.rita, *rows)
    kept = services.view(people.rita, batch_id)
    services.answer(people.carl, batch_id, "order", "Credit Date", "dmy")
    services.set_cells(people.carl, batch_id, [(3, "Comments", "", "x")])
    services.answer(people.carl, batch_id, "mark", "Credit Balance", ".")
    DESK.keep(kept)  # as another server has it
    assert services.view(people.rita, batch_id).figures.ready.amount == 3 * 1_234_000
    assert assert_as_read_anew(people, batch_id) == []


def test_steps_that_were_taken_back_elsewhere_are_taken_back_in_their_order(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    for before, after in (("", "one"), ("one", "two"), ("two", "three")):
        services.set_cells(people.rita, batch_id, [(2, "Comments", before, after)])
    kept = services.view(people.rita, batch_id)
    for _ in range(3):
        services.undo(people.carl, batch_id)
    services.set_cells(people.carl, batch_id, [(2, "Comments", "", "four"), (2, "Credit #", "A", "B")])
    DESK.keep(kept)
    assert workspace.texts(people.rita, batch_id, "Comments") == {2: "four"}
    opened = services.view(people.rita, batch_id)
    assert (opened.can_undo, opened.can_redo, len(opened.steps)) == (True, False, 4)
    assert_as_read_anew(people, batch_id)


def test_what_can_be_undone_and_redone_is_what_stands_and_what_may_come_again(people_here: People) -> None:
    batch_id, rita = workspace.opened(people_here.rita, credit("A")), people_here.rita

    def can() -> tuple[bool, bool]:
        opened = services.view(rita, batch_id)
        return opened.can_undo, opened.can_redo

    assert can() == (False, False)
    services.set_cells(rita, batch_id, [(2, "Comments", "", "x")])
    assert can() == (True, False)
    services.undo(rita, batch_id)
    assert can() == (False, True)
    services.set_cells(rita, batch_id, [(2, "Comments", "", "y")])
    assert can() == (True, False)


def test_whose_doing_a_step_is_is_told_after_a_restart_as_well(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "x")])
    services.set_cells(people.rita, batch_id, [(2, "Credit #", "A", "B")])
    services.undo(people.carl, batch_id)
    assert_as_read_anew(people, batch_id)
    told = [(s.by, s.hand_name, s.hand, s.undone) for s in services.view(people.rita, batch_id).steps]
    assert told == [("Rita", "Rita", people.rita.id, False), ("Rita", "Carl", people.carl.id, True)]


def test_issues_of_rows_that_are_left_out_are_not_told(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, credit("A", amount=-1), credit("B", amount=-1))
    services.leave_out(people_here.rita, batch_id, [2])
    assert workspace.found(people_here.rita, batch_id) == [(3, "Credit Balance", "not-positive")]


# What another changed, in words.


def test_every_kind_of_change_is_told_in_the_order_of_the_sheet(people: People) -> None:
    services.post(people.carl, workspace.opened(people.carl, credit("", amount=5), file_name="before.xlsx"))
    rows = [credit("", amount=5), credit("B", amount=8), credit("C", amount=9, day="03/04/2026"), TOTAL]
    batch_id = workspace.opened(people.rita, *rows)
    seen = Seen.of(services.view(people.rita, batch_id))
    carl = people.carl
    waiting = services.view(carl, batch_id).judgement.waiting()
    services.take_in(carl, batch_id, [5])
    services.set_cells(carl, batch_id, [(4, "Credit #", "C", "C2")])
    services.set_cells(carl, batch_id, [(4, "Credit #", "C2", "C3"), (3, "Comments", "", "late")])
    services.answer(carl, batch_id, "order", "Credit Date", "dmy")
    services.confirm(carl, batch_id, waiting)
    services.leave_out(people.ada, batch_id, [3])

    def told() -> list[tuple[str, str, int | None, str | None]]:
        found = differences.differences(seen, services.view(people.rita, batch_id))
        return [(d.by, d.words, d.row, d.column) for d in found]

    answered = ("Carl", "Credit Date: day first", None, None)
    confirmed = ("Carl", "Possible duplicate in row 2 was confirmed", 2, None)
    left_out = ("Ada", "Row 3 was excluded", 3, None)
    comment = ("Carl", "Comments in row 3: blank → “late”", 3, "Comments")
    number = ("Carl", "Credit # in row 4: “C” → “C3”", 4, "Credit #")
    total = ("Carl", "Row 5 was included", 5, None)
    assert told() == [answered, confirmed, left_out, comment, number, total]
    workspace.forget()
    assert told() == [answered, confirmed, left_out, comment, number, total]
    seen = Seen.of(services.view(people.rita, batch_id))
    assert told() == []
    for _ in range(3):
        services.undo(carl, batch_id)
    assert told() == [
        ("Carl", "Undone: Credit Date: day first", None, None),
        ("Carl", "Possible duplicate in row 2 is not confirmed any more", 2, None),
        ("Carl", "Row 3 was included", 3, None),
    ]
    services.leave_out(people.ada, batch_id, [5])
    assert told()[-1] == ("Ada", "Row 5 was excluded", 5, None)


def test_what_was_undone_when_it_was_seen_is_told_when_it_is_done_again(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, credit("A"))
    services.set_cells(people_here.rita, batch_id, [(2, "Comments", "", "x")])
    services.undo(people_here.rita, batch_id)
    seen = Seen.of(services.view(people_here.rita, batch_id))
    assert seen.steps == ()
    services.redo(people_here.carl, batch_id)
    found = differences.differences(seen, services.view(people_here.rita, batch_id))
    assert [(d.by, d.hand, d.words) for d in found] == [
        ("Carl", people_here.carl.id, "Comments in row 2: blank → “x”")
    ]


# What is looked at.


def test_a_look_at_what_is_no_draft_says_what_became_of_it(people: People) -> None:
    posted, gone = (workspace.opened(people.rita, credit(number)) for number in "AB")
    other = workspace.opened(people.carl, credit("C"))
    kept = services.view(people.rita, posted)
    assert services.version(people.rita, posted)[0] == 0
    services.set_cells(people.rita, posted, [(2, "Comments", "", "x")])
    assert services.version(people.rita, posted)[0] == 1
    services.post(people.rita, posted)
    services.discard(people.rita, gone)
    DESK.keep(kept)  # as another server has it
    for act in (services.version, services.view):
        refused("already-imported", lambda a=act: a(people.rita, posted))
        refused("discarded", lambda a=act: a(people.rita, gone))
        refused("not-found", lambda a=act: a(people.lou, other))
    assert DESK.get(posted) is None


@pytest.mark.parametrize("unknown", ["\x00", "a\x00b", "x'--", "", "🌷" * 40])
def test_whatever_is_asked_for_is_no_import(people: People, unknown: str) -> None:
    refused("not-found", lambda: services.view(people.rita, unknown))
    refused("not-found", lambda: services.version(people.rita, unknown))


def test_rights_are_asked_for_of_each_type(people_here: People) -> None:
    headers = ["Customer Code", "Customer Name"]
    content = workbook(["N1", "New"], headers=headers)
    listed = workspace.opened(people_here.ada, ["N1", "New"], headers=headers, type=CUSTOMERS)
    refused("not-found", lambda: services.view(people_here.rita, listed))
    refused("no-right", lambda: services.sample(people_here.rita, CUSTOMERS))
    refused(
        "no-right",
        lambda: services.check(people_here.rita, content, "list.xlsx", CUSTOMERS),
    )
    with database.transaction() as session:
        users.set_roles(session, user_id=people_here.rita.id, roles=[Role.SETUP, Role.ADMIN])
    assert services.view(people_here.rita, listed).type is CUSTOMERS, "with the rights of now"


def test_the_audit_trail_says_what_came_in_as_which_file(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, credit("A"), file_name="march.xlsx")
    sha256 = services.view(people_here.rita, batch_id).batch.sha256
    (entry,) = (entry for entry in workspace.own(AuditEntry) if entry.action == "upload")
    assert (entry.subject, entry.user_id) == (batch_id, people_here.rita.id)
    assert entry.details == {"file": "march.xlsx", "sha256": sha256}


# What is kept in memory.


def test_the_drafts_that_were_used_last_are_kept(
    people_here: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = (workspace.opened(people_here.rita, credit(n), credit(f"{n}{n}")) for n in "AB")
    monkeypatch.setattr(desk, "KEPT_ROWS", 5)
    services.version(people_here.rita, one)
    three = workspace.opened(people_here.rita, credit("C"), credit("CC"))
    kept = [batch_id for batch_id in (one, two, three) if batch_id in DESK._opened]
    assert kept == [one, three]
    big = workspace.opened(people_here.rita, *(credit(f"N{n}") for n in range(9)))
    assert list(DESK._opened) == [big], "one is kept, however big"


def test_a_draft_that_is_kept_is_not_read_anew_while_nothing_moves(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, credit("A"))
    assert services.view(people_here.carl, batch_id) is services.view(people_here.rita, batch_id)
    wrong = replace(services.view(people_here.rita, batch_id), uploaded_by="kept")
    DESK.keep(wrong)
    assert services.view(people_here.rita, batch_id).uploaded_by == "kept"

    lock = DESK.busy(batch_id)
    assert DESK.busy(batch_id) is lock and DESK.busy("another") is not lock


# What is put away.


def test_memory_is_given_back_after_every_draft_that_goes_and_once_more(
    people_here: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A draft that was imported or deleted goes long before it is unused, and a page may still have it."""
    given_back: queue.Queue[set[str]] = queue.Queue()
    monkeypatch.setattr(desk, "TIDY_SECONDS", 0.01)
    monkeypatch.setattr(desk, "give_back", lambda: given_back.put(set(DESK._opened)))
    imported, deleted = (workspace.opened(people_here.rita, credit(number)) for number in "AB")
    services.view(people_here.rita, imported), services.view(people_here.rita, deleted)
    DESK.is_lighter()
    stop = desk.keep_tidy()
    try:
        for batch_id, end in ((imported, services.post), (deleted, services.discard)):
            end(people_here.rita, batch_id)
            assert batch_id not in given_back.get(timeout=20)
            assert batch_id not in given_back.get(timeout=20)
    finally:
        stop()


def test_a_draft_that_nobody_looks_at_is_put_away_by_itself(
    people_here: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_back: queue.Queue[set[str]] = queue.Queue()
    monkeypatch.setattr(desk, "TIDY_SECONDS", 0.01)
    monkeypatch.setattr(desk, "UNUSED_SECONDS", 0.0)
    monkeypatch.setattr(desk, "give_back", lambda: given_back.put(set(DESK._opened)))
    batch_id = workspace.opened(people_here.rita, credit("A"))
    services.view(people_here.rita, batch_id)
    DESK.is_lighter()
    assert batch_id in DESK._opened
    stop = desk.keep_tidy()
    try:
        assert batch_id not in given_back.get(timeout=20)
    finally:
        stop()


def test_that_a_draft_has_gone_is_known_until_it_is_asked_for_whatever_goes_after_it(
    people_here: People,
) -> None:
    services.view(people_here.rita, batch_id := workspace.opened(people_here.rita, credit("A")))
    DESK.is_lighter()
    DESK.drop("another")
    assert not DESK.is_lighter(), "it was not there"
    DESK.drop(batch_id)
    DESK.drop("another")
    assert [DESK.is_lighter(), DESK.is_lighter()] == [True, False]
