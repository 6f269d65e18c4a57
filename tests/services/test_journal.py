"""The journal of a draft is replayed in its own order; what is done to a draft is in the audit trail."""

import pytest
from sqlalchemy import event, text

from komet_import import services
from komet_import.language.current import Language, speaking
from komet_import.ledger import database
from komet_import.ledger.models import AuditEntry, Edit
from komet_import.review.edits import CellChange, Changes
from komet_import.services import Outcome
from komet_import.types import OPEN_CREDITS
from tests.services import workspace
from tests.services.workspace import People, credit, refused, texts, workbook


@pytest.fixture
def without_indexes(database_url: str) -> None:
    """PostgreSQL reads tables from end to end, as it may at any time: rows come as they lie there."""
    if database_url.startswith("sqlite"):
        return  # keeps rows in the order of their key

    def prepare(connection, _record):  # type: ignore[no-untyped-def]
        connection.execute("SET enable_indexscan = off; SET enable_bitmapscan = off")
        connection.commit()

    event.listen(database.engine(), "connect", prepare)
    database.engine().dispose()


@pytest.mark.twin
def test_steps_are_replayed_in_their_order_wherever_the_database_keeps_them(
    people: People, without_indexes: None
) -> None:
    batch_id, rita = workspace.opened(people.rita, credit("A")), people.rita
    for before, after in (("", "one"), ("one", "two"), ("two", "three")):
        services.set_cells(rita, batch_id, [(2, "Comments", before, after)])
    with database.transaction() as session:  # a row that is written anew lies behind all others
        session.connection().execute(
            text("UPDATE edit SET undone_at = undone_at WHERE batch_id = :batch AND seq = 1"),
            {"batch": batch_id},
        )
    workspace.forget()
    assert texts(rita, batch_id, "Comments") == {2: "three"}
    assert [step.seq for step in services.view(rita, batch_id).steps] == [1, 2, 3]
    services.undo(rita, batch_id)
    workspace.forget()
    assert texts(rita, batch_id, "Comments") == {2: "two"}
    services.post(rita, batch_id)
    assert [line[5] for line in workspace.ledger()] == ["two"]


def test_who_uploaded_posted_and_deleted_what_is_in_the_audit_trail(people: People) -> None:
    kept, gone = workspace.opened(people.rita, credit("A")), workspace.opened(people.carl, credit("B"))
    services.post(people.carl, kept)
    services.discard(people.carl, gone)
    told = [(entry.action, entry.user_id, entry.subject) for entry in workspace.own(AuditEntry)]
    assert [line for line in told if line[2] in (kept, gone)] == [
        ("upload", people.rita.id, kept),
        ("upload", people.carl.id, gone),
        ("post", people.carl.id, kept),
        ("discard", people.carl.id, gone),
    ]


def test_every_step_says_what_it_was_whose_and_of_what_kind(people: People) -> None:
    total = ["Total", None, None, 120, None, None]
    content = workbook(credit("", amount=5), credit("B", amount="1,234", day="03/04/2026"), total)
    services.post(people.carl, workspace.opened(people.carl, credit("", amount=5), file_name="before.xlsx"))
    batch_id = services.open_file(people.rita, OPEN_CREDITS, "march.xlsx", content)
    rita, carl = people.rita, people.carl
    waiting = services.view(rita, batch_id).judgement.waiting()
    services.confirm(rita, batch_id, waiting)
    services.set_cells(carl, batch_id, [(2, "Comments", "", "x")])
    services.set_cells(rita, batch_id, [(2, "Comments", "x", "y"), (2, "Credit #", "", "N")])
    services.set_cells(rita, batch_id, [(2, "Comments", "y", ""), (3, "Comments", "", "z")], label="")
    services.set_cells(rita, batch_id, [(3, "Comments", "z", "")], label="Cleared")
    services.leave_out(rita, batch_id, [2])
    services.leave_out(rita, batch_id, [3], label="Left out what is late")
    services.take_in(carl, batch_id, [2, 3, 4])
    services.answer(rita, batch_id, "order", "Credit Date", "dmy")
    services.apply_fix(
        rita,
        batch_id,
        lambda opened: Changes(cells=(CellChange(2, "Credit #", "N", "M"),)),
        label=lambda changes: f"{len(changes.cells)} number fixed",
    )
    services.take_back(rita, batch_id, 2 + 8)
    told = [(e.seq, e.kind, e.label, e.user_id) for e in workspace.own(Edit) if e.batch_id == batch_id]
    assert told == [
        (1, "confirm", "Confirmed possible duplicate in row 2", rita.id),
        (2, "set", "Comments in row 2: blank → “x”", carl.id),
        (3, "set", "2 cells in row 2", rita.id),
        (4, "set", "2 cells in 2 rows", rita.id),
        (5, "set", "Cleared", rita.id),
        (6, "exclude", "Excluded row 2", rita.id),
        (7, "exclude", "Left out what is late", rita.id),
        (8, "restore", "Included 3 rows", carl.id),
        (9, "answer", "Credit Date: day first", rita.id),
        (10, "fix", "1 number fixed", rita.id),
        (11, "take-back", "Undid: 1 number fixed", rita.id),
    ]
    with speaking(Language.SPANISH):
        words = [step.words for step in services.view(rita, batch_id).steps]
    assert words[:2] == [
        "Confirmado en la fila 2: posible duplicado",
        "Comentarios en la fila 2: en blanco → “x”",
    ]
    assert words[5:8] == ["Fila 2 excluida", "Left out what is late", "3 filas incluidas"]
    assert words[8].startswith("Fecha del crédito: ") and words[10] == "Deshecho: 1 number fixed"
    assert workspace.texts(rita, batch_id, "Credit #")[2] == "N"


def test_what_changes_nothing_is_no_step(people: People) -> None:
    batch_id, rita = workspace.opened(people.rita, credit("A"), credit("B", amount="1,234")), people.rita
    services.leave_out(rita, batch_id, [2])
    services.answer(rita, batch_id, "mark", "Credit Balance", ".")
    before = len(services.view(rita, batch_id).steps)
    for act in (
        lambda: services.leave_out(rita, batch_id, [2]),
        lambda: services.take_in(rita, batch_id, [3]),
        lambda: services.answer(rita, batch_id, "mark", "Credit Balance", "."),
        lambda: services.set_cells(rita, batch_id, [(3, "Credit #", "B", "B")]),
        lambda: services.set_cells(rita, batch_id, [(3, "Credit #", "seen long ago", "B")]),
        lambda: services.confirm(rita, batch_id, []),
        lambda: services.apply_fix(rita, batch_id, lambda opened: Changes(), label="nothing"),
    ):
        assert act() == Outcome(changed=0)
    assert len(services.view(rita, batch_id).steps) == before
    assert services.take_in(rita, batch_id, [2, 3]).changed == 1, "only what was left out comes in"


@pytest.mark.twin
def test_undoing_and_doing_again_go_through_the_steps_in_their_order(people: People) -> None:
    batch_id, rita = workspace.opened(people.rita, credit("A")), people.rita
    for before, after in (("", "one"), ("one", "two"), ("two", "three")):
        services.set_cells(rita, batch_id, [(2, "Comments", before, after)])
    services.undo(rita, batch_id)
    services.undo(people.carl, batch_id)
    (first, second, third) = workspace.own(Edit)
    assert first.undone_at is None and second.undone_at is not None and third.undone_at is not None
    assert (first.turned_by, second.turned_by, third.turned_by) == (None, people.carl.id, rita.id)
    services.redo(rita, batch_id)
    assert texts(rita, batch_id, "Comments") == {2: "two"}
    (first, second, third) = workspace.own(Edit)
    assert second.undone_at is None and second.turned_by == rita.id and third.undone_at is not None
    refused("no-such-step", lambda: services.take_back(rita, batch_id, 3))
    services.take_back(rita, batch_id, 2)
    assert [(e.dropped, e.undone_at is None) for e in workspace.own(Edit)] == [
        (False, True), (False, True), (True, False), (False, True)
    ]  # fmt: skip
    assert services.redo(rita, batch_id) is None


def test_a_person_may_take_back_their_own_step_whenever_they_looked(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "mine")])
    assert services.undo(people.rita, batch_id, seen=0) == "Comments in row 2: blank → “mine”"
    services.redo(people.carl, batch_id)  # now it is his doing that it stands
    assert "Carl" in refused("others-step", lambda: services.undo(people.rita, batch_id, seen=0)).message
    assert services.undo(people.carl, batch_id, seen=0) is not None


def test_a_long_text_is_cut_in_the_entry_of_its_step_and_one_that_just_fits_is_not(people: People) -> None:
    batch_id, rita = workspace.opened(people.rita, credit("A")), people.rita
    fits, long = "x" * 120, "y" * 121
    services.set_cells(rita, batch_id, [(2, "Comments", "", fits)])
    services.set_cells(rita, batch_id, [(2, "Comments", fits, long)])
    entry = workspace.own(AuditEntry)[-1]
    assert [*entry.details["before"].values()] == [fits]
    assert [*entry.details["after"].values()] == ["y" * 120 + "…"]
    assert texts(rita, batch_id, "Comments") == {2: long}
