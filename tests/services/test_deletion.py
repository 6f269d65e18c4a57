"""Deleting a draft: by right, of what was seen, with a way back for 30 days; nothing of others is touched."""

import io
from datetime import timedelta

import pytest
from openpyxl import Workbook
from sqlmodel import col, select

from komet_import import services
from komet_import.access import users
from komet_import.clock import earlier
from komet_import.ledger import audit, database
from komet_import.ledger.audit import Event
from komet_import.ledger.models import AuditEntry, Batch, BatchFile, now
from komet_import.services.draft.desk import DESK
from komet_import.types import CUSTOMERS, OPEN_CREDITS, Role
from tests.services import workspace
from tests.services.workspace import HEADERS, People, credit, refused


def edited(people: People) -> str:
    """A draft of Rita's in which she and Carl have edited, one of her edits being undone."""
    batch_id = workspace.opened(people.rita, credit("A"), credit("B"), file_name="march.xlsx")
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "late")])
    services.set_cells(people.carl, batch_id, [(3, "Comments", "", "short")])
    services.set_cells(people.carl, batch_id, [(3, "Credit #", "B", "B2")])
    services.set_cells(people.rita, batch_id, [(2, "Credit #", "A", "A2")])
    services.undo(people.rita, batch_id)
    return batch_id


def status(batch_id: str) -> str:
    with database.reading() as session:
        return str(session.get_one(Batch, batch_id).status)


def audited(batch_id: str) -> list[tuple[str, int | None]]:
    """Who uploaded, deleted and restored it; what else is said of it are its edits."""
    query = select(col(AuditEntry.action), col(AuditEntry.user_id)).where(
        col(AuditEntry.subject) == batch_id,
        col(AuditEntry.action).in_((Event.UPLOADED, Event.DISCARDED, Event.RESTORED)),
    )
    with database.reading() as session:
        return [(action, by) for action, by in session.execute(query.order_by(col(AuditEntry.id)))]


def test_it_is_told_whose_draft_it_is_and_whose_edits_would_go(people: People) -> None:
    batch_id = edited(people)
    for user, own, mine, others in (
        (people.rita, True, 1, (("Carl", 2),)),
        (people.carl, False, 2, (("Rita", 1),)),
        (people.ada, False, 0, (("Carl", 2), ("Rita", 1))),
    ):
        work = services.work_on(user, batch_id)
        assert (work.own, work.uploaded_by, work.mine, work.others) == (own, "Rita", mine, others)
        assert work
    untouched = workspace.opened(people.rita, credit("C"))
    assert not services.work_on(people.rita, untouched)
    services.expect(people.rita, untouched, rows="1")
    assert services.work_on(people.rita, untouched)


@pytest.mark.twin
def test_who_uploaded_it_and_an_admin_may_delete_it_and_nobody_else(people: People) -> None:
    batch_id = edited(people)
    before = workspace.everything()
    refusal = refused("not-yours", lambda: services.discard(people.carl, batch_id))
    assert refusal.message.endswith("only Rita or an Admin can delete it.")
    refused("not-found", lambda: services.discard(people.lou, batch_id))
    assert workspace.everything() == before
    services.discard(people.ada, batch_id)
    refusal = refused("not-yours", lambda: services.restore(people.carl, batch_id))
    assert refusal.message.endswith("only Rita or an Admin can restore it.")
    services.restore(people.rita, batch_id)
    services.discard(people.rita, batch_id)
    assert audited(batch_id)[1:] == [
        ("discard", people.ada.id), ("restore-draft", people.rita.id), ("discard", people.rita.id)
    ]  # fmt: skip


def test_only_what_was_seen_is_deleted(people: People) -> None:
    batch_id = edited(people)
    seen = services.work_on(people.rita, batch_id).revision
    services.set_cells(people.carl, batch_id, [(3, "Comments", "short", "two bunches short")])
    before = workspace.everything()
    refused("draft-changed", lambda: services.discard(people.rita, batch_id, revision=seen))
    assert workspace.everything() == before
    services.discard(people.rita, batch_id, revision=services.work_on(people.rita, batch_id).revision)
    assert status(batch_id) == "discarded"


def test_a_deleted_draft_comes_back_with_its_edits(people: People) -> None:
    batch_id = edited(people)
    before = services.view(people.rita, batch_id)
    told = {"batch", "audit_entry", "audit_seal", "audit_head"}
    others = {name: rows for name, rows in workspace.everything().items() if name not in told}
    services.discard(people.rita, batch_id)
    assert DESK.get(batch_id) is None
    (entry,) = services.deleted(people.rita)
    assert (entry.batch.id, entry.uploaded_by, entry.deleted_by) == (batch_id, "Rita", "Rita")
    assert workspace.ours(services.unfinished(people.rita)) == []
    services.restore(people.rita, batch_id)
    services.restore(people.rita, batch_id)  # a second click
    after = services.view(people.rita, batch_id)
    assert after.draft.rows.equals(before.draft.rows) and services.deleted(people.rita) == []
    assert [(s.label, s.by, s.undone) for s in after.steps] == [
        (s.label, s.by, s.undone) for s in before.steps
    ]
    assert {name: workspace.everything()[name] for name in others} == others
    assert services.redo(people.rita, batch_id) is not None
    services.post(people.rita, batch_id)
    refused("already-imported", lambda: services.restore(people.rita, batch_id))


def test_after_thirty_days_it_stays_deleted_and_its_file_is_kept(people: People) -> None:
    with earlier(timedelta(days=31)):
        old = workspace.opened(people.rita, credit("A"))
        services.discard(people.rita, old)
    with earlier(timedelta(days=29)):
        young = workspace.opened(people.rita, credit("B"))
        services.discard(people.rita, young)
    assert [entry.batch.id for entry in services.deleted(people.rita)] == [young]
    before = workspace.everything()
    refused("too-late", lambda: services.restore(people.rita, old))
    assert workspace.everything() == before
    services.restore(people.rita, young)
    with database.reading() as session:
        assert session.get_one(BatchFile, old).content


@pytest.mark.twin
def test_deleted_drafts_are_shown_to_who_may_restore_them(people: People) -> None:
    ritas = workspace.opened(people.rita, credit("A"))
    carls = workspace.opened(people.carl, credit("B"))
    list_ = workspace.opened(
        people.ada, ["N1", "New"], headers=(*HEADERS[:1], "Customer Name"), type=CUSTOMERS
    )
    for user, batch_id in ((people.carl, carls), (people.rita, ritas), (people.ada, list_)):
        services.discard(user, batch_id)
    assert [entry.batch.id for entry in services.deleted(people.rita)] == [ritas]
    assert [entry.batch.id for entry in services.deleted(people.carl)] == [carls]
    everybodys = [entry.batch.id for entry in services.deleted(people.ada)]
    assert [batch_id for batch_id in everybodys if batch_id in (ritas, carls, list_)] == [
        list_, ritas, carls
    ], "the one deleted last comes first"  # fmt: skip
    assert len(everybodys) == 4  # and that of a bystander
    assert services.deleted(people.lou) == []
    with database.transaction() as session:
        users.set_roles(session, user_id=people.rita.id, roles=["Salesperson"])
    assert services.deleted(people.rita) == []
    refused("not-found", lambda: services.restore(people.rita, ritas))


@pytest.mark.parametrize("worked", [False, True])
def test_choosing_another_sheet_loses_no_work(people: People, worked: bool) -> None:
    book = Workbook()
    book.active.title = "March"
    for title, number in (("March", "A"), ("April", "B")):
        sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
        sheet.append(list(HEADERS))
        sheet.append(credit(number))
    written = io.BytesIO()
    book.save(written)
    first = services.open_file(people.rita, OPEN_CREDITS, "two.xlsx", written.getvalue())
    if worked:
        services.set_cells(people.carl, first, [(2, "Comments", "", "late")])
    second = services.choose_sheet(people.rita, first, "April")
    assert workspace.texts(people.rita, second, "Credit #") == {2: "B"}
    assert status(first) == ("draft" if worked else "discarded")
    third = services.choose_sheet(people.carl, second, "March")  # not Carl's to delete
    assert (status(second), status(third)) == ("draft", "draft")


def test_the_trail_says_what_was_deleted_and_how_much_work_went_with_it(people: People) -> None:
    batch_id, other = edited(people), workspace.opened(people.rita, credit("Z"))
    work = services.work_on(people.rita, batch_id)
    assert (work.file_name, work.rows, work.revision) == ("march.xlsx", 2, 5)
    services.discard(people.rita, batch_id)
    assert status(other) == "draft", "of the same person, and not meant"
    services.restore(people.ada, batch_id)
    entries = [e for e in workspace.own(AuditEntry) if e.action in ("discard", "restore-draft")]
    assert [(e.user_id, e.subject, e.details) for e in entries] == [
        (people.rita.id, batch_id, {"file": "march.xlsx", "uploaded_by": "Rita", "edits": 3}),
        (people.ada.id, batch_id, {"file": "march.xlsx"}),
    ]


def test_who_deleted_it_last_is_told_with_the_day_until_which_it_comes_back(people: People) -> None:
    batch_id = edited(people)
    services.discard(people.rita, batch_id)
    services.restore(people.rita, batch_id)
    with earlier(timedelta(days=3)):
        services.discard(people.ada, batch_id)
    with database.transaction() as session:  # what else is said of it is no deletion
        audit.record(session, what=Event.DOWNLOADED, by=people.carl.id, about=batch_id)
    other = workspace.opened(people.rita, credit("Z"))
    services.discard(people.rita, other)
    newest, oldest = services.deleted(people.rita)
    assert (newest.batch.id, newest.deleted_by) == (other, "Rita")
    assert (oldest.batch.id, oldest.deleted_by) == (batch_id, "Ada")
    assert oldest.until - oldest.deleted_at == timedelta(days=30)
    assert newest.deleted_at - oldest.deleted_at > timedelta(days=2)
    assert [entry.batch.id for entry in services.deleted(people.rita, limit=1)] == [other]


def test_a_draft_that_came_back_is_another_than_was_seen_before(people: People) -> None:
    batch_id = edited(people)
    seen = services.work_on(people.rita, batch_id).revision
    services.discard(people.rita, batch_id, revision=seen)
    services.restore(people.rita, batch_id)
    before = audited(batch_id)
    services.restore(people.rita, batch_id)  # a second click finds what it wanted
    assert audited(batch_id) == before
    after = services.work_on(people.rita, batch_id).revision
    assert after > seen
    refused("draft-changed", lambda: services.discard(people.rita, batch_id, revision=seen))
    services.set_cells(people.rita, batch_id, [(2, "Comments", "late", "later")])
    assert [s.seq for s in services.view(people.rita, batch_id).steps][-1] > after


def test_what_was_imported_or_deleted_is_no_draft_that_could_be_deleted_or_restored(people: People) -> None:
    with earlier(timedelta(days=31)):
        imported = workspace.opened(people.rita, credit("A"))
        gone = workspace.opened(people.rita, credit("B"))
        services.post(people.rita, imported)
        services.discard(people.rita, gone)
    before = workspace.everything()
    refused("already-imported", lambda: services.work_on(people.rita, imported))
    refused("already-imported", lambda: services.restore(people.rita, imported))
    refused("discarded", lambda: services.work_on(people.rita, gone))
    refused("too-late", lambda: services.restore(people.rita, gone))
    assert workspace.everything() == before


def test_an_admin_of_before_deletes_and_restores_nothing_of_others(people: People) -> None:
    """With the rights of before in hand, as a page that was opened then has them."""
    mine, gone = edited(people), workspace.opened(people.rita, credit("Z"))
    services.discard(people.rita, gone)
    users_of_before = people.ada
    workspace.person("anna", Role.ADMIN)
    with database.transaction() as session:
        users.set_roles(session, user_id=people.ada.id, roles=["Credit Manager"])
    before = workspace.everything()
    refused("not-yours", lambda: services.discard(users_of_before, mine))
    refused("not-yours", lambda: services.restore(users_of_before, gone))
    assert services.deleted(users_of_before) == []
    assert workspace.everything() == before


def test_a_restored_draft_was_changed_when_it_was_restored(people_here: People) -> None:
    with earlier(timedelta(days=3)):
        batch_id = workspace.opened(people_here.rita, credit("A"))
        services.discard(people_here.rita, batch_id)
    services.restore(people_here.rita, batch_id)
    (batch,) = [line.batch for line in services.unfinished(people_here.rita) if line.batch.id == batch_id]
    assert now() - batch.changed_at < timedelta(hours=1)
