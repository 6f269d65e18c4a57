"""Several people at one draft, on one server or two: nothing is lost, nothing is posted that nobody saw."""

import os
import threading
import time
from collections.abc import Callable
from multiprocessing.synchronize import Barrier

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from komet_import import services
from komet_import.access import users
from komet_import.ledger import database
from komet_import.ledger.models import Adjustment, AuditEntry, Batch, Edit
from komet_import.ledger.posting import PostingRefusal
from komet_import.ledger.receipt import Receipt, Tally
from komet_import.services import Overtaken, Seen
from komet_import.services.draft import differences, open_draft, revision
from komet_import.services.draft.desk import DESK
from komet_import.services.submission import draft_posting as submission
from tests import forks
from tests.interleaving import meet
from tests.services import workspace
from tests.services.workspace import People, credit, refused, texts

pytestmark = pytest.mark.twin


def type_comments(user_id: int, batch_id: str, first: int, together: Barrier) -> None:
    """What each of the two servers does, once both have the sheet open."""
    with database.reading() as session:
        user = users.current(session, user_id)
    services.view(user, batch_id)
    together.wait(120)
    for row in range(first, first + 12):
        done = services.set_cells(user, batch_id, [(row, "Comments", "", f"{user.name} {row}")])
        assert done.changed == 1, done


def test_two_servers_at_which_two_people_type_lose_no_cell(people_of_servers: People) -> None:
    people = people_of_servers
    batch_id = workspace.opened(people.rita, *(credit(f"N{n}") for n in range(24)))
    together = forks.forks.Barrier(2)
    servers = [
        forks.start(os.environ, type_comments, user.id, batch_id, first, together)
        for user, first in ((people.rita, 2), (people.carl, 14))
    ]
    for server in servers:
        server.join(120)
    assert [server.exitcode for server in servers] == [0, 0]
    expected = [f"{'Rita' if row < 14 else 'Carl'} {row}" for row in range(2, 26)]
    assert list(texts(people.rita, batch_id, "Comments").values()) == expected
    workspace.forget()
    assert list(texts(people.rita, batch_id, "Comments").values()) == expected


class Elsewhere:
    """Another server at the same database: what it keeps at hand is not what this one does."""

    def __init__(self) -> None:
        self.kept: dict[str, open_draft.Opened] = {}

    def __call__(self, act: Callable[[], object]) -> object:
        ours = dict(DESK._opened)
        workspace.forget()
        for opened in self.kept.values():
            DESK.keep(opened)
        try:
            return act()
        finally:
            self.kept = dict(DESK._opened)
            workspace.forget()
            for opened in ours.values():
                DESK.keep(opened)


@pytest.fixture
def elsewhere() -> Elsewhere:
    return Elsewhere()


def three(people: People) -> str:
    return workspace.opened(people.rita, credit("A"), credit("B", amount=-5), credit("C"))


def test_what_was_done_elsewhere_is_seen_here_judged_as_there(people: People, elsewhere: Elsewhere) -> None:
    batch_id, rita, carl = three(people), people.rita, people.carl
    services.set_cells(rita, batch_id, [(2, "Comments", "", "one")])
    services.set_cells(rita, batch_id, [(2, "Comments", "one", "two")])

    def work() -> None:
        services.undo(carl, batch_id)
        services.set_cells(
            carl, batch_id, [(3, "Credit Balance", "-5", "5"), (4, "Customer Code", "FL219", "X")]
        )
        services.leave_out(carl, batch_id, [2])

    elsewhere(work)
    here = services.view(rita, batch_id)
    assert list(here.draft.rows["Comments"]) == ["one", "", ""]
    assert here.judgement.left_out.tolist() == [True, False, False]
    assert workspace.found(rita, batch_id) == [(4, "Customer Code", "unknown-customer")]
    workspace.forget()
    anew = services.view(rita, batch_id)
    assert here.draft.rows.equals(anew.draft.rows) and services.issues(here) == services.issues(anew)
    assert [(s.seq, s.undone, s.dropped, s.hand) for s in here.steps] == [
        (s.seq, s.undone, s.dropped, s.hand) for s in anew.steps
    ]


def test_under_a_newer_revision_only_the_same_cell_conflicts(people: People, elsewhere: Elsewhere) -> None:
    batch_id, rita, carl = three(people), people.rita, people.carl
    services.view(rita, batch_id)
    elsewhere(lambda: services.set_cells(carl, batch_id, [(2, "Comments", "", "Carl's")]))
    outcome = services.set_cells(rita, batch_id, [(2, "Comments", "", "mine"), (3, "Comments", "", "mine")])
    assert outcome.changed == 1 and [c.theirs for c in outcome.conflicts] == ["Carl's"]
    elsewhere(lambda: services.set_cells(carl, batch_id, [(4, "Comments", "", "Carl's")]))
    assert services.leave_out(rita, batch_id, [4]).changed == 1
    assert services.undo(rita, batch_id) == "Excluded row 4"
    elsewhere(lambda: services.set_cells(carl, batch_id, [(4, "Comments", "Carl's", "later")]))
    assert services.redo(rita, batch_id) is None  # what Carl did ended it, as here
    assert list(texts(rita, batch_id, "Comments").values()) == ["Carl's", "mine", "later"]


def test_nobody_takes_back_what_another_did_after_they_looked(people: People, elsewhere: Elsewhere) -> None:
    batch_id, rita, carl = three(people), people.rita, people.carl
    services.set_cells(rita, batch_id, [(2, "Comments", "", "mine")])
    seen = services.view(rita, batch_id).batch.revision
    elsewhere(lambda: services.set_cells(carl, batch_id, [(3, "Comments", "", "his")]))
    refusal = refused("others-step", lambda: services.undo(rita, batch_id, seen=seen))
    assert "Carl" in refusal.message and "“his”" in refusal.message
    assert list(texts(rita, batch_id, "Comments").values()) == ["mine", "his", ""]
    now_seen = services.view(rita, batch_id).batch.revision
    assert services.undo(rita, batch_id, seen=now_seen) == "Comments in row 3: blank → “his”"


def test_undo_and_redo_reach_no_other_draft(people: People) -> None:
    """Steps are numbered in each draft from one: the same number is another's step there."""
    drafts = [workspace.opened(user, credit(f"{user.name}")) for user in (people.rita, people.carl)]
    for batch_id in drafts:
        services.set_cells(people.carl, batch_id, [(2, "Comments", "", "x")])
    workspace.forget()
    services.undo(people.rita, drafts[0])
    workspace.forget()
    assert [list(texts(people.rita, b, "Comments").values()) for b in drafts] == [[""], ["x"]]
    services.undo(people.carl, drafts[1])
    services.redo(people.rita, drafts[0])
    workspace.forget()
    assert [list(texts(people.rita, b, "Comments").values()) for b in drafts] == [["x"], [""]]
    services.set_cells(people.rita, drafts[0], [(2, "Comments", "x", "y")])
    workspace.forget()
    assert services.redo(people.carl, drafts[1]) == "Comments in row 2: blank → “x”"


def test_the_journal_is_replayed_in_the_order_of_its_steps(people: People) -> None:
    """A database hands rows out in any order: PostgreSQL puts one that was changed behind the others."""
    batch_id = three(people)
    for before, after in (("", "one"), ("one", "two"), ("two", "three")):
        services.set_cells(people.rita, batch_id, [(2, "Comments", before, after)])
    for _ in range(3):
        services.undo(people.rita, batch_id)
    for _ in range(3):
        services.redo(people.rita, batch_id)
    with database.engine().begin() as connection:
        statement = f"UPDATE edit SET turned_by = turned_by WHERE batch_id = '{batch_id}' AND seq = 1"
        connection.execute(text(statement))
    workspace.forget()
    assert texts(people.rita, batch_id, "Comments")[2] == "three"
    assert [step.seq for step in services.view(people.rita, batch_id).steps] == [1, 2, 3]


def test_what_is_posted_elsewhere_in_the_moment_of_an_edit_is_not_edited(
    people: People, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id = three(people)
    services.view(people.rita, batch_id)
    following = revision._following

    def posted_meanwhile(*arguments: object) -> Batch:
        monkeypatch.undo()
        elsewhere(lambda: services.post(people.carl, batch_id))
        return following(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(revision, "_following", posted_meanwhile)
    refused("already-imported", lambda: services.set_cells(people.rita, batch_id, [(2, "Comments", "", "x")]))
    assert workspace.count(Edit) == 0


def test_a_discarded_sheet_stands_in_the_audit_trail(people: People) -> None:
    batch_id = three(people)
    services.discard(people.rita, batch_id)
    with database.reading() as session:
        entry = session.execute(
            select(AuditEntry).where(col(AuditEntry.action) == "discard", col(AuditEntry.subject) == batch_id)
        ).scalar_one()
    assert entry.user_id == people.rita.id


# What was seen is what is posted.


def test_what_another_changed_since_the_look_is_shown_instead_of_posted(
    people: People, elsewhere: Elsewhere
) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=7))
    looked = services.view(people.rita, batch_id)
    seen, promised = Seen.of(looked), Tally(rows=2, amount=127_000)
    cells = [(2, "Customer Code", "FL219", "FL220"), (3, "Credit Date", str(workspace.DAY), "2026-01-05")]
    elsewhere(lambda: services.set_cells(people.carl, batch_id, cells))
    before = workspace.everything()
    with pytest.raises(Overtaken) as overtaken:
        services.post(people.rita, batch_id, promised=promised, seen=seen)
    assert workspace.everything() == before
    assert [(found.by, found.words) for found in overtaken.value.differences] == [
        ("Carl", "Customer Code in row 2: “FL219” → “FL220”"),
        ("Carl", f"Credit Date in row 3: “{workspace.DAY}” → “2026-01-05”"),
    ]
    assert "Carl changed the sheet since you looked; nothing was imported" in overtaken.value.message
    now_seen = Seen.of(services.view(people.rita, batch_id))
    assert services.post(people.rita, batch_id, promised=promised, seen=now_seen).posted == promised


def test_what_another_took_back_or_left_out_is_shown_as_well(people: People) -> None:
    batch_id, rita, carl = three(people), people.rita, people.carl
    services.set_cells(rita, batch_id, [(3, "Credit Balance", "-5", "5")])
    seen = Seen.of(services.view(rita, batch_id))
    services.undo(carl, batch_id)
    services.leave_out(carl, batch_id, [4])
    found = differences.differences(seen, services.view(rita, batch_id))
    assert [(d.by, d.words) for d in found] == [
        ("Carl", "Credit Balance in row 3: “5” → “-5”"),
        ("Carl", "Row 4 was excluded"),
    ]


def test_what_another_confirmed_and_included_is_shown_and_that_it_was_taken_back(people_here: People) -> None:
    rita, carl = people_here.rita, people_here.carl
    total = ["Total", None, None, 240, None, None]
    batch_id = workspace.opened(rita, credit("A"), credit("B", day="1999-12-31"), total)

    def told(seen: Seen) -> list[tuple[str, str]]:
        return [(d.by, d.words) for d in differences.differences(seen, services.view(rita, batch_id))]

    before = Seen.of(services.view(rita, batch_id))
    services.confirm(carl, batch_id, services.view(carl, batch_id).judgement.waiting())
    services.take_in(carl, batch_id, [4])
    assert told(before) == [
        ("Carl", "Unusual date in row 3 was confirmed"), ("Carl", "Row 4 was included")
    ]  # fmt: skip
    after = Seen.of(services.view(rita, batch_id))
    for _step in range(2):
        services.undo(carl, batch_id)
    assert told(after) == [
        ("Carl", "Unusual date in row 3 is not confirmed any more"), ("Carl", "Row 4 was excluded")
    ]  # fmt: skip


def test_what_came_back_to_what_was_seen_is_no_difference(people: People) -> None:
    batch_id = three(people)
    seen = Seen.of(services.view(people.rita, batch_id))
    services.set_cells(people.carl, batch_id, [(2, "Comments", "", "x")])
    services.set_cells(people.carl, batch_id, [(2, "Comments", "x", "")])
    assert differences.differences(seen, services.view(people.rita, batch_id)) == []
    assert services.post(people.rita, batch_id, seen=seen).posted.rows == 2


def test_what_a_person_changed_themselves_they_have_seen(people: People) -> None:
    batch_id = three(people)
    seen = Seen.of(services.view(people.rita, batch_id))
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "typed in the grid")])
    assert services.post(people.rita, batch_id, seen=seen).posted.rows == 2


# What takes long is done before anybody must wait.


def test_sheets_are_judged_and_laid_ready_while_somebody_else_writes(
    database_url: str, people: People
) -> None:
    batch_id = workspace.opened(people.rita, *(credit(f"N{n}") for n in range(30)))
    told: list[float] = []
    with database.transaction() as session:
        session.execute(text("UPDATE facts SET ledger = ledger"))
        poster = threading.Thread(target=lambda: services.post(people.rita, batch_id, progress=told.append))
        poster.start()
        deadline = time.monotonic() + 20
        while max(told, default=0) < 0.5 and time.monotonic() < deadline:
            time.sleep(0.01)
        held = list(told)
        assert workspace.count(Adjustment) == 0
    poster.join(timeout=30)
    assert max(held) == 0.5, held
    assert told[-1] == 1.0 and workspace.count(Adjustment) == 30


def test_no_write_asks_for_what_a_sheet_is_judged_against(people: People) -> None:
    asked: list[str] = []

    def listen(connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not connection.get_execution_options().get("komet_read_only"):  # type: ignore[attr-defined]
            asked.append(statement)

    event.listen(database.engine(), "before_cursor_execute", listen)
    try:
        batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=-1))
        services.set_cells(people.rita, batch_id, [(3, "Credit Balance", "-1", "1")])
        services.undo(people.rita, batch_id)
        services.expect(people.rita, batch_id, rows="2")
    finally:
        event.remove(database.engine(), "before_cursor_execute", listen)
    assert [s for s in asked if "INSERT INTO edit" in s]
    for table in ("customer", "location", "claim", "adjustment", "worksheet"):
        assert not [s for s in asked if s.startswith("SELECT") and table in s], table


@pytest.mark.parametrize("promised", [None, Tally(rows=2, amount=127_000)])
def test_what_moves_between_judging_and_writing_is_judged_again(
    people: People, promised: Tally | None
) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=7, customer="FL220"))
    moves = iter([lambda: workspace.change_customer("FL220", active=False)])

    def progress(done: float) -> None:
        if done == 0.5:
            next(moves, lambda: None)()

    def post() -> Receipt:
        return services.post(people.rita, batch_id, promised=promised, progress=progress)

    if promised is None:
        assert post().rejected.rows == 1
        assert [line[0] for line in workspace.ledger()] == ["FL219"]
    else:
        refused("draft-changed", post)
        assert workspace.count(Adjustment) == 0


def test_an_edit_between_judging_and_writing_is_posted_or_refused_but_not_passed_over(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    moves = iter([lambda: services.set_cells(people.carl, batch_id, [(2, "Comments", "", "late")])])
    seen = Seen.of(services.view(people.rita, batch_id))

    def progress(done: float) -> None:
        if done == 0.5:
            next(moves, lambda: None)()

    with pytest.raises(Overtaken):
        services.post(people.rita, batch_id, seen=seen, progress=progress)
    assert workspace.count(Adjustment) == 0


# A database that fails.


def test_a_database_that_fails_while_posting_says_that_nothing_was_posted(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))

    def fail(done: float) -> None:
        if done == 0.6:
            raise OperationalError("INSERT", {}, Exception("the connection was lost"))

    refusal = refused("not-posted", lambda: services.post(people.rita, batch_id, progress=fail))
    assert "nothing was posted" in refusal.message
    assert workspace.count(Adjustment) == 0
    assert services.post(people.rita, batch_id).posted.rows == 1


def test_what_a_colleague_posted_while_the_database_failed_is_not_ones_own_posting(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))

    def fail(done: float) -> None:
        if done == 0.5:
            services.post(people.carl, batch_id)
            raise OperationalError("INSERT", {}, Exception("the connection was lost"))

    refused("already-imported", lambda: services.post(people.rita, batch_id, progress=fail))
    assert workspace.count(Adjustment) == 1


def test_a_posting_that_went_through_although_the_database_failed_is_done(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    written = submission._written

    def lost_after_the_commit(*arguments: object, **options: object) -> Receipt:
        written(*arguments, **options)  # type: ignore[arg-type]
        raise OperationalError("COMMIT", {}, Exception("the connection was lost"))

    monkeypatch.setattr(submission, "_written", lost_after_the_commit)
    assert services.post(people.rita, batch_id).posted == Tally(rows=1, amount=120_000)
    assert workspace.count(Adjustment) == 1


def test_who_asks_what_became_of_a_posting_waits_for_its_commit(people_of_servers: People) -> None:
    """The line was lost, and the database is still at it: a moment later it would be posted."""
    rita = people_of_servers.rita
    batch_id = workspace.opened(rita, credit("A"))
    posted, told = meet(
        "INSERT INTO adjustment",
        lambda: services.post(rita, batch_id),
        lambda: submission._looked_up(rita, batch_id, no_room=False),
    )
    assert isinstance(posted, Receipt) and told == posted


def test_a_database_that_does_not_answer_leaves_it_open_and_says_what_to_do(
    people_here: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id = workspace.opened(people_here.rita, credit("A"))
    monkeypatch.setattr(submission, "LOOK_UP_PAUSES", (0, 0))

    def gone(done: float) -> None:
        if done == 0.6:
            monkeypatch.setattr(database, "engine", unreachable)
            raise OperationalError("INSERT", {}, Exception("the connection was lost"))

    def unreachable() -> object:
        raise OperationalError("connect", {}, Exception("no server"))

    refusal = refused("posting-unclear", lambda: services.post(people_here.rita, batch_id, progress=gone))
    assert "not known" in refusal.message and "reload" in refusal.message
    assert isinstance(refusal, PostingRefusal)


# What is kept in memory.


def test_a_draft_that_nobody_looks_at_is_put_away_and_is_there_again_when_somebody_does(
    people_here: People,
) -> None:
    batch_id = three(people_here)
    other = workspace.opened(people_here.carl, credit("Z"))
    services.set_cells(people_here.rita, batch_id, [(2, "Comments", "", "kept")])
    time.sleep(0.05)
    services.version(people_here.carl, other)
    assert DESK.put_away_unused(seconds=0.04) == 1
    assert DESK.get(batch_id) is None and DESK.get(other) is not None
    assert texts(people_here.rita, batch_id, "Comments")[2] == "kept"
