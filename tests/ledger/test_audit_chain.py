"""The chain of the audit trail: whatever is done to an entry past the program is noticed, and named."""

from dataclasses import replace
from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from komet_import import services
from komet_import.clock import earlier
from komet_import.ledger import audit, audit_chain, database
from komet_import.ledger.audit import Event
from komet_import.ledger.audit_chain import Verdict
from komet_import.ledger.models import AuditEntry, AuditHead, AuditSeal
from tests.interleaving import meet
from tests.services import threads, workspace
from tests.services.workspace import People, credit


@pytest.fixture
def people(database_url: str) -> People:
    return workspace.fill()


def verdict(noted: str = "") -> Verdict:
    with database.reading() as session:
        return audit_chain.verify(session, noted=noted)


def after(*statements: str) -> Verdict:
    """What is found after these statements of somebody who may take the triggers away; they are undone."""
    with database.engine().connect() as connection, Session(connection) as session:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for (name,) in connection.execute(text(triggers)).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for statement in statements:
            assert connection.execute(text(statement)).rowcount > 0, statement
        found = audit_chain.verify(session)
        connection.rollback()
    return found


def fault(*statements: str) -> tuple[str, int | None]:
    """The code of the first fault that they leave, and the entry that it names."""
    found = after(*statements).fault
    assert found is not None and "\n" not in found.message and found.message.endswith(".")
    return found.code, found.entry


def work(people: People) -> list[int]:
    """An upload, an edit, a posting and its reversal; returns the ids of their four entries."""
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=7))
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "late")])
    services.post(people.rita, batch_id)
    services.reverse(people.carl, batch_id, reason="Wrong")
    return [entry.id or 0 for entry in workspace.own(AuditEntry) if entry.subject == batch_id]


def test_what_the_program_writes_is_whole_and_each_entry_has_its_place(people: People) -> None:
    ids = work(people)
    with database.reading() as session:
        seals = session.exec(select(AuditSeal).order_by(col(AuditSeal.place))).all()
        head = session.exec(select(AuditHead)).one()
        written = len(session.exec(select(AuditEntry.id)).all())
    assert [seal.place for seal in seals] == list(range(1, written + 1))
    assert [seal.entry_id for seal in seals][-len(ids) :] == ids
    assert verdict() == Verdict(entries=written, seal=seals[-1].hash)
    assert (head.entries, head.hash) == (written, seals[-1].hash)


CHANGED = {
    "at": "'2001-01-01 00:00:00'",
    "user_id": "NULL",
    "action": "'download'",
    "subject": "'another'",
    "address": "'203.0.113.9'",
    "details": "'{}'",
}


def test_an_entry_that_was_changed_is_named(people: People) -> None:
    first, *_, last = work(people)
    for target in (1, first, last):
        for column, other in CHANGED.items():
            if target == 1 and column == "user_id":
                continue  # the terminal wrote it, so it has none
            changed = f"UPDATE audit_entry SET {column} = {other} WHERE id = {target}"
            assert fault(changed) == ("changed", target), column
    assert verdict().fault is None


def removed(target: int, *, seal: bool) -> tuple[str, ...]:
    """The statements that remove an entry."""
    gone = f"DELETE FROM audit_entry WHERE id = {target}"
    return (f"DELETE FROM audit_seal WHERE entry_id = {target}", gone) if seal else (gone,)


def test_an_entry_that_is_missing_is_named(people: People) -> None:
    first, *_, last = work(people)
    for target in (1, first, last):
        assert fault(*removed(target, seal=False)) == ("missing", target)
        found = after(*removed(target, seal=True)).fault
        assert found is not None and found.code == "missing"
        assert ("The last 1 of" in found.message) is (target == last)


def test_a_changed_entry_with_a_seal_that_fits_breaks_the_next(people: People) -> None:
    """Whoever makes one link anew must make all that follow anew."""
    _, second, third, _ = work(people)
    with database.reading() as session:
        seal = session.exec(select(AuditSeal).where(AuditSeal.entry_id == second)).one()
        before = session.exec(select(AuditSeal).where(AuditSeal.place == seal.place - 1)).one()
        entry = session.get(AuditEntry, second)
        assert entry is not None
        fits = audit_chain.link(before.hash, replace(audit_chain.content(entry), address="x"))
    assert fault(
        f"UPDATE audit_entry SET address = 'x' WHERE id = {second}",
        f"UPDATE audit_seal SET hash = '{fits}' WHERE entry_id = {second}",
    ) == ("changed", third)


def test_an_entry_or_a_seal_that_the_program_did_not_write_is_named(people: People) -> None:
    work(people)
    added = (
        "INSERT INTO audit_entry (id, at, user_id, action, subject, details) "
        "SELECT 7777, at, user_id, 'post', subject, details FROM audit_entry WHERE id = 1"
    )
    assert fault(added) == ("added", 7777)
    assert fault(added.replace("7777", "8888"), added) == ("added", 7777)  # the first of several
    for place in ("7777", "(SELECT entries + 1 FROM audit_head)"):
        sealed = f"INSERT INTO audit_seal (place, entry_id, hash) VALUES ({place}, 7777, '{'f' * 64}')"
        assert fault(added, sealed) == ("added", None)


def test_a_head_that_was_changed_is_noticed(people: People) -> None:
    work(people)
    assert fault(f"UPDATE audit_head SET hash = '{'f' * 64}'") == ("changed", None)
    assert fault("DELETE FROM audit_head") == ("no-head", None)


def test_a_step_that_was_changed_in_the_journal_is_named_by_its_entry(people: People) -> None:
    _, edited, *_ = work(people)
    own = f"WHERE batch_id = (SELECT subject FROM audit_entry WHERE id = {edited})"
    others = "(SELECT e.changes FROM edit e WHERE e.batch_id <> edit.batch_id LIMIT 1)"
    assert fault(f"UPDATE edit SET changes = {others} {own}") == ("changed", edited)
    assert fault(f"UPDATE edit SET user_id = 1 {own}") == ("changed", edited)
    assert fault(f"DELETE FROM edit {own}") == ("missing", edited)


def test_of_several_steps_that_were_changed_the_first_is_named(people: People) -> None:
    _, first, *_ = work(people)
    _, second, *_ = work(people)
    both = f"WHERE batch_id IN (SELECT subject FROM audit_entry WHERE id IN ({first}, {second}))"
    assert fault(f"UPDATE edit SET user_id = 1 {both}") == ("changed", first)


def test_a_seal_that_was_noted_is_in_the_chain_for_good(people: People) -> None:
    noted = verdict().seal
    work(people)
    assert verdict(noted).fault is None
    found = verdict("f" * 64).fault
    assert found is not None and found.code == "another-chain"


def test_the_chain_is_not_changed_by_plain_sql(people: People) -> None:
    work(people)
    before = workspace.everything()
    emptied = [f"TRUNCATE {name}" for name in ("audit_seal", "audit_head")]
    for statement in (
        *(emptied if database.engine().dialect.name == "postgresql" else ()),
        "UPDATE audit_seal SET hash = 'x'",
        "DELETE FROM audit_seal WHERE place = 1",
        "DELETE FROM audit_head",
        "INSERT INTO audit_head (id, entries, hash) VALUES (2, 0, 'x')",
        "UPDATE audit_head SET entries = entries - 1",
        "UPDATE audit_head SET hash = 'x'",
        "UPDATE audit_head SET id = 2, entries = entries + 1",
    ):
        with pytest.raises(DBAPIError, match="immutable"), database.engine().begin() as connection:
            connection.execute(text(statement))
    assert workspace.everything() == before


def test_of_two_who_commit_at_once_the_second_is_chained_to_the_first(people: People) -> None:
    """The second one comes while the first has its place and has not committed yet."""

    def one() -> None:
        with database.transaction() as session:
            audit.record(session, what=Event.LOCATION_ADDED, by=None, about="X")

    before = verdict().entries
    assert meet("UPDATE audit_head", one, one) == [None, None]
    assert verdict() == Verdict(entries=before + 2, seal=verdict().seal)


def test_many_who_write_at_once_leave_one_chain(people: People) -> None:
    def some() -> None:
        for n in range(5):
            with database.transaction() as session:
                for _ in range(n % 3):
                    audit.record(session, what=Event.LOCATION_ADDED, by=None, about=f"X{n}")

    before = verdict().entries
    assert threads.together(*[some] * 4) == [None] * 4
    assert verdict() == Verdict(entries=before + 4 * 4, seal=verdict().seal)


def test_a_transaction_that_is_rolled_back_leaves_no_place(people: People) -> None:
    before = verdict()
    with pytest.raises(RuntimeError), database.transaction() as session:
        audit.record(session, what=Event.STARTED, by=None)
        raise RuntimeError
    assert verdict() == before


def test_what_a_database_of_the_version_before_holds_is_sealed_as_it_is_brought_up(people: People) -> None:
    work(people)
    with earlier(timedelta(days=400)), database.transaction() as session:  # a clock that was set right
        audit.record(session, what=Event.STARTED, by=None)
    before = verdict()
    workspace.lose("batch_effect", "dropped_row", "reversal_request")
    with database.engine().begin() as connection:
        command.downgrade(database._config(connection), "0013")
    database.upgrade()
    workspace.read_nothing()
    assert verdict() == before
    work_again = workspace.opened(people.carl, credit("Z"))
    assert work_again and verdict().fault is None
