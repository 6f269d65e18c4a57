"""A second pair of eyes: who prepares does not post, who approves posts what they saw, both names stand."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from komet_import import services
from komet_import.access import users
from komet_import.access.users import CurrentUser
from komet_import.clock import told_time
from komet_import.language.current import Language
from komet_import.ledger import database, states
from komet_import.ledger.models import Adjustment, AuditEntry, Batch, BatchStatus, Message
from komet_import.ledger.receipt import Tally
from komet_import.ledger.states import TABLE, Move
from komet_import.services import Overtaken, Seen, second_person
from komet_import.services.submission import draft_posting as submission
from komet_import.types import CUSTOMERS, OPEN_CREDITS, ImportType, Role
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.interleaving import meet
from tests.services import threads, workspace
from tests.services.conftest import Rule
from tests.services.test_open_invoices import HEADERS as INVOICE_HEADERS
from tests.services.test_open_invoices import invoice
from tests.services.test_several_sheets import in_sheets
from tests.services.workspace import DAY, HEADERS, People, credit, refused


@pytest.fixture
def always(people: People, rule: Rule) -> Iterator[People]:
    """Every import needs a second person."""
    rule("always")
    yield people


def sent(people: People, *rows: list[object]) -> str:
    """Rita's batch that waits."""
    batch_id = workspace.opened(people.rita, *(rows or [credit("A"), credit("B", amount=7)]))
    services.send(people.rita, batch_id)
    return batch_id


def batch_of(batch_id: str) -> Batch:
    with database.reading() as session:
        return session.get_one(Batch, batch_id)


def trail(*actions: str) -> list[tuple[str, int | None]]:
    return [(entry.action, entry.user_id) for entry in workspace.own(AuditEntry) if entry.action in actions]


def mails() -> list[tuple[str, str]]:
    return [(mail.recipient.partition("@")[0], mail.subject) for mail in workspace.own(Message)]


def test_a_file_that_is_imported_in_parts_is_no_smaller(people: People, rule: Rule) -> None:
    rule("above", "120")
    sheet = [HEADERS, credit("A1", amount=50), credit("A2", amount="n/a")]
    other = [HEADERS, credit("B1", amount=60), credit("B2", amount=20)]
    content = in_sheets({"Mia": sheet, "Lax": other})
    first = services.open_file(people.rita, OPEN_CREDITS, "parts.xlsx", content, sheet="Mia")
    second = services.open_file(people.rita, OPEN_CREDITS, "parts.xlsx", content, sheet="Lax", resume=False)
    assert services.approval_reason(services.view(people.rita, second)) == ""
    services.post(people.rita, first)
    why = (
        "With the $50.00 of the same file that were imported before without a second person it is more than "
        "$120.00, so a second person must approve it."
    )
    assert services.approval_reason(services.view(people.rita, second)) == why  # also of a draft at hand
    refused("needs-approval", lambda: services.post(people.rita, second))
    rejected = services.fix_rejected(people.rita, first)
    services.set_cells(people.rita, rejected, [(2, "Credit Balance", "n/a", "71")])
    assert services.approval_reason(services.view(people.rita, rejected)) == why
    services.send(people.rita, second)
    services.approve(people.carl, second)  # what somebody else saw counts with nothing
    services.reverse(people.carl, first, reason="Once more")
    assert services.approval_reason(services.view(people.rita, rejected)) == ""


@pytest.mark.parametrize(
    ("amount", "alone", "why"),
    [
        (-10_000, 0, ""),
        (-10_001, 0, "It is more than $10.00, so a second person must approve it."),
        (-6_000, -4_000, ""),
        (-6_000, -4_001, "With the $4.001 of the same file"),
    ],
)
def test_money_is_much_whatever_sign_a_sheet_writes_it_with(
    sqlite_database: str, rule: Rule, amount: int, alone: int, why: str
) -> None:
    rule("above", "10")
    said = second_person.why_above(amount, alone, together=second_person.WITH_EARLIER_PARTS)
    assert said.startswith(why) and bool(said) == bool(why)


def test_what_was_approved_or_is_of_another_type_makes_no_part_larger(
    people_here: People, rule: Rule
) -> None:
    rule("above", "120")
    content = in_sheets(
        {
            "Owed": [INVOICE_HEADERS, invoice(amount=100)],
            "Large": [HEADERS, credit("A", amount=121)],
            "Small": [HEADERS, credit("B", amount=30)],
        }
    )

    def opened(user: CurrentUser, type: ImportType, sheet: str) -> str:
        return services.open_file(user, type, "parts.xlsx", content, sheet=sheet, resume=False)

    services.post(people_here.ada, opened(people_here.ada, OPEN_INVOICES, "Owed"))
    large = opened(people_here.rita, OPEN_CREDITS, "Large")
    services.send(people_here.rita, large)
    services.approve(people_here.carl, large)
    small = opened(people_here.rita, OPEN_CREDITS, "Small")
    assert services.approval_reason(services.view(people_here.rita, small)) == ""


@pytest.mark.parametrize(
    ("approval", "above", "amounts", "expected", "why"),
    [
        ("never", "0", [1_000_000], "", ""),
        ("never", "0", [5], "2", ""),
        ("always", "10000", [1], "", "A second person must approve every import."),
        ("above", "120", [120], "", ""),
        ("above", "120", [120.001], "", "It is more than $120.00, so a second person must approve it."),
        ("above", "120", [60, 61], "", "It is more than $120.00, so a second person must approve it."),
        ("above", "120", [5], "1", ""),
        (
            "above",
            "120",
            [5],
            "2",
            "It does not match its control total, so a second person must approve it.",
        ),
        ("overridden", "0", [500_000], "1", ""),
        (
            "overridden",
            "0",
            [5],
            "2",
            "It does not match its control total, so a second person must approve it.",
        ),
        ("always", "0", [-5], "", ""),
    ],
)
def test_a_second_person_is_needed_by_setting(
    people: People, rule: Rule, approval: str, above: str, amounts: list[float], expected: str, why: str
) -> None:
    rule(approval, above)
    batch_id = workspace.opened(
        people.rita, *(credit(f"A{place}", amount=amount) for place, amount in enumerate(amounts))
    )
    services.expect(people.rita, batch_id, rows=expected)
    assert services.approval_reason(services.view(people.rita, batch_id)) == why
    if why:
        refused("needs-approval", lambda: services.post(people.rita, batch_id, even_nothing=True))
        refused("needs-approval", lambda: services.post(people.ada, batch_id))
        assert workspace.count(Adjustment) == 0
    else:
        refused(
            "no-approval-needed" if amounts[0] > 0 else "nothing-to-import",
            lambda: services.send(people.rita, batch_id),
        )
        if services.view(people.rita, batch_id).totals_differ:
            services.override(people.rita, batch_id, reason="Meant")
        services.post(people.rita, batch_id, even_nothing=True)


def test_records_without_money_need_nobody(always: People) -> None:
    batch_id = workspace.opened(
        always.ada, ["C1", "Bloom"], headers=("Customer Code", "Customer Name"), type=CUSTOMERS
    )
    assert services.post(always.ada, batch_id).posted.rows == 1


def test_a_sheet_without_a_row_to_import_needs_nobody(always: People) -> None:
    batch_id = workspace.opened(always.rita, credit(amount="n/a"))
    assert services.approval_reason(services.view(always.rita, batch_id)) == ""
    refused("nothing-to-import", lambda: services.post(always.rita, batch_id))
    assert services.post(always.rita, batch_id, even_nothing=True).rejected.rows == 1


def test_a_row_that_looks_like_one_that_was_imported_since_stays_out_of_what_is_approved(
    always: People, rule: Rule
) -> None:
    batch_id = sent(always, credit("", amount=5), credit("B", amount=7))
    rule("never")
    services.post(always.carl, workspace.opened(always.carl, credit("", amount=5), file_name="april.xlsx"))
    rule("always")
    receipt = services.approve(always.ada, batch_id)
    assert (receipt.posted, receipt.rejected) == (Tally(rows=1, amount=7_000), Tally(rows=1, amount=5_000))


def test_what_was_asked_for_is_told_to_who_may_decide_and_while_it_waits(always: People) -> None:
    people = always
    batch_id = sent(people)
    assert services.requested(people.carl, batch_id) == Tally(rows=2, amount=127_000)
    refused("second-person", lambda: services.requested(people.rita, batch_id))
    services.withdraw(people.rita, batch_id)
    refused("not-waiting", lambda: services.requested(people.carl, batch_id))


def test_who_decides_is_told_who_confirmed_which_warning_and_when(always: People) -> None:
    people = always
    batch_id = workspace.opened(people.rita, credit("A", day="1999-12-31"), credit("B"))
    one = refused("to-confirm", lambda: services.send(people.rita, batch_id))
    assert one.message.startswith("1 warning to confirm, so nothing was imported.")
    assert batch_of(batch_id).status == "draft" and workspace.own(Message) == []
    services.confirm(people.rita, batch_id, services.view(people.rita, batch_id).judgement.waiting())
    services.send(people.rita, batch_id)
    (one,) = services.acknowledged(services.view(people.carl, batch_id))
    assert (one.title, one.rows, one.by) == ("Unusual date", (2,), "Rita")
    assert f"Confirmed: {one.words} (Rita, {told_time(one.at)})" in workspace.own(Message)[0].text
    assert services.approve(people.carl, batch_id).confirmed.rows == 1


def test_who_decides_is_told_which_colleague_gave_the_reason_for_other_totals(
    people_here: People, rule: Rule
) -> None:
    rule("overridden")
    batch_id = workspace.opened(people_here.rita, credit("A"), credit("B", amount=7))
    services.expect(people_here.rita, batch_id, rows="2", amount="120")
    services.override(people_here.carl, batch_id, reason="One more came")
    services.send(people_here.rita, batch_id)
    said = "Control totals: $7.00 more than expected (2 rows and $120.00). Carl: One more came"
    assert said in workspace.own(Message)[0].text


def test_who_decides_is_told_of_the_edits_that_stand(always: People) -> None:
    people = always
    batch_id = workspace.opened(people.rita, credit("A"), credit("B"))
    for said in ("late", "broken"):
        services.set_cells(people.rita, batch_id, [(2, "Comments", "" if said == "late" else "late", said)])
    services.undo(people.rita, batch_id)
    services.send(people.rita, batch_id)
    assert "Changed: 1 edit by hand" in workspace.own(Message)[0].text


def test_who_prepares_sends_who_approves_posts_and_both_names_stand(always: People) -> None:
    people = always
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=-7))
    services.set_cells(people.rita, batch_id, [(3, "Credit Balance", "-7", "7")])
    request = services.send(people.rita, batch_id)
    assert (request.asked, request.approvers) == (Tally(rows=2, amount=127_000), ("Ada", "Carl"))
    assert batch_of(batch_id).status == "waiting" and workspace.count(Adjustment) == 0
    told = workspace.own(Message)
    assert mails() == [
        (name, "2 credits waiting for your approval — credits.xlsx") for name in ("ada", "carl")
    ]
    assert "Rita asks you to approve 2 credits · $127.00." in told[0].text
    assert "Balances:\n\n  FL219 Rosas del Valle  $0.00 → $127.00\n" in told[0].text
    cells = re.findall(r"<td[^>]*>(FL219 [^<]*|\$[^<]*)</td>", told[0].html)
    assert cells == ["FL219 Rosas del Valle", "$0.00", "$127.00"]
    assert "1 edit by hand" in told[0].text and f"/review?batch={batch_id}" in told[0].html
    for approver in (people.ada, people.carl):
        (waiting,) = services.waiting_for(approver)
        assert (waiting.batch.id, waiting.prepared_by, waiting.asked) == (batch_id, "Rita", request.asked)
    assert services.waiting_for(people.rita) == services.waiting_for(people.lou) == []
    opened = services.view(people.carl, batch_id)
    assert services.standing(people.carl, opened).decides and [s.label for s in opened.steps]
    receipt = services.approve(people.carl, batch_id, promised=request.asked, seen=Seen.of(opened))
    assert (receipt.prepared_by, receipt.posted_by, receipt.posted) == ("Rita", "Carl", request.asked)
    posted = batch_of(batch_id)
    assert (posted.status, posted.prepared_by, posted.posted_by) == ("posted", people.rita.id, people.carl.id)
    assert {line.posted_by for line in workspace.own(Adjustment)} == {people.carl.id}
    assert services.report(people.rita, batch_id).receipt == receipt
    results = workspace.own(Message)[2:]
    assert [mail.recipient.partition("@")[0] for mail in results] == ["carl", "rita"]
    assert all("prepared by Rita, approved by Carl on" in mail.text for mail in results)
    assert services.waiting_for(people.ada) == []
    assert trail("send-for-approval", "approve", "post") == [
        ("send-for-approval", people.rita.id), ("approve", people.carl.id)
    ]  # fmt: skip
    before = workspace.everything()
    for act in (services.approve, services.post, services.send, services.withdraw):
        refused("already-imported", lambda act=act: act(people.ada, batch_id))  # type: ignore[operator]
    refused("already-imported", lambda: services.send_back(people.ada, batch_id, reason="x"))
    assert workspace.everything() == before


def test_never_the_preparer_not_even_as_admin_and_never_somebody_who_edited_it(always: People) -> None:
    people = always
    grace = workspace.person("grace", Role.ADMIN)
    batch_id = workspace.opened(people.ada, credit("A"), credit("B", amount=7))
    services.set_cells(people.carl, batch_id, [(2, "Comments", "", "x")])
    services.undo(people.carl, batch_id)
    services.leave_out(people.rita, batch_id, [3])
    services.undo(grace, batch_id)  # it is her hand that the step stands no longer
    lone = workspace.person("lone", Role.CREDIT_MANAGER)
    assert services.send(people.rita, batch_id).approvers == ("Lone",)
    before = workspace.everything()
    for user in (people.ada, people.carl, people.rita, grace):
        assert services.waiting_for(user) == []
        standing = services.standing(user, services.view(user, batch_id))
        assert standing.waiting and not standing.decides and standing.why_not
        refused("second-person", lambda user=user: services.approve(user, batch_id))
        refused("second-person", lambda user=user: services.send_back(user, batch_id, reason="x"))
    refused("not-found", lambda: services.approve(people.lou, batch_id))
    assert workspace.everything() == before
    assert services.approve(lone, batch_id).posted.rows == 2


def test_where_nobody_else_may_approve_it_is_not_sent(always: People) -> None:
    batch_id = workspace.opened(always.ada, credit("A"))
    services.set_cells(always.carl, batch_id, [(2, "Comments", "", "x")])
    before = workspace.everything()
    assert "Credit Manager" in refused("no-approver", lambda: services.send(always.rita, batch_id)).message
    assert workspace.everything() == before
    other = workspace.opened(
        always.ada, ["I-1", "FL219", DAY, 10, "PO-1", "MIA"], headers=INVOICE_HEADERS, type=OPEN_INVOICES
    )
    told = refused("no-approver", lambda: services.send(always.ada, other)).message
    assert "the role Admin to somebody" in told, "a Credit Manager may not import the type"
    grace = workspace.person("grace", Role.ADMIN)
    assert services.send(always.ada, other).approvers == ("Grace",), "who may import the type, and no other"
    assert services.approve(grace, other).posted == Tally(rows=1, amount=10_000)


EDITS: dict[str, Callable[[CurrentUser, str], object]] = {
    "a cell": lambda user, batch: services.set_cells(user, batch, [(2, "Comments", "", "x")]),
    "a row": lambda user, batch: services.leave_out(user, batch, [3]),
    "a control total": lambda user, batch: services.expect(user, batch, rows="2"),
    "an undone step": lambda user, batch: services.undo(user, batch),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_voids_the_request_in_the_same_moment(
    always: People, edit: Callable[[CurrentUser, str], object]
) -> None:
    people = always
    sam = workspace.person("sam", Role.SALES_MANAGER)
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=7))
    services.set_cells(people.rita, batch_id, [(3, "Comments", "", "late")])
    services.send(people.rita, batch_id)
    seen = Seen.of(services.view(people.carl, batch_id))
    edit(sam, batch_id)
    batch = batch_of(batch_id)
    assert (batch.status, batch.prepared_by, batch.asked_rows) == ("draft", None, None)
    assert (
        services.waiting_for(people.carl) == []
        and not services.standing(people.carl, services.view(people.carl, batch_id)).waiting
    )
    refused("not-waiting", lambda: services.approve(people.carl, batch_id, seen=seen))
    assert workspace.count(Adjustment) == 0
    assert trail("void-approval") == [("void-approval", sam.id)]
    assert mails()[-1][0] == "rita" and "Sam changed the sheet" in workspace.own(Message)[-1].text


def test_what_changes_nothing_voids_nothing(always: People) -> None:
    batch_id = sent(always)
    services.set_cells(always.rita, batch_id, [(2, "Comments", "", "")])
    services.set_cells(always.rita, batch_id, [(2, "Comments", "not so", "x")])
    services.expect(always.rita, batch_id, rows="")
    services.undo(always.rita, batch_id)
    assert batch_of(batch_id).status == "waiting"
    assert services.approve(always.carl, batch_id).posted.rows == 2


def test_what_was_changed_and_sent_again_is_not_what_was_seen(always: People) -> None:
    people = always
    batch_id = sent(people)
    opened = services.view(people.carl, batch_id)
    seen, promised = Seen.of(opened), opened.figures.ready
    services.set_cells(people.rita, batch_id, [(2, "Customer Code", "FL219", "FL220")])
    services.send(people.rita, batch_id)
    with pytest.raises(Overtaken) as overtaken:
        services.approve(people.carl, batch_id, promised=promised, seen=seen)
    assert [found.row for found in overtaken.value.differences] == [2]
    fewer = replace(promised, rows=promised.rows - 1)
    refused("draft-changed", lambda: services.approve(people.carl, batch_id, promised=fewer))
    assert workspace.count(Adjustment) == 0 and batch_of(batch_id).status == "waiting"
    services.approve(
        people.carl, batch_id, promised=promised, seen=Seen.of(services.view(people.carl, batch_id))
    )
    assert [line[0] for line in workspace.ledger()] == ["FL220", "FL219"]


def test_what_was_withdrawn_changed_and_sent_again_is_not_returned_for_what_it_was(always: People) -> None:
    people, batch_id = always, sent(always)
    shown = batch_of(batch_id).revision
    services.set_cells(people.rita, batch_id, [(3, "Comments", "", "late")])
    services.send(people.rita, batch_id)
    refused("overtaken", lambda: services.send_back(people.carl, batch_id, reason="Row 3", revision=shown))
    assert batch_of(batch_id).status == "waiting"
    services.send_back(people.carl, batch_id, reason="Row 3", revision=batch_of(batch_id).revision)
    assert batch_of(batch_id).status == "returned"


def test_who_asked_is_told_of_the_answer_in_their_own_language(always: People) -> None:
    people, batch_id = always, sent(always)
    services.read_in(people.rita, Language.SPANISH)
    services.send_back(people.carl, batch_id, reason="Row 3")
    assert "Motivo: Row 3" in workspace.own(Message)[-1].text


def test_it_is_returned_with_a_reason_changed_and_sent_again(always: People) -> None:
    people = always
    batch_id = sent(people)
    refused("reason-missing", lambda: services.send_back(people.carl, batch_id, reason=" \n"))
    refused("reason-too-long", lambda: services.send_back(people.carl, batch_id, reason="x" * 201))
    services.send_back(people.carl, batch_id, reason="Row 3\n is last year's")
    batch = batch_of(batch_id)
    assert (batch.status, batch.returned_by, batch.returned_why) == (
        "returned", people.carl.id, "Row 3 is last year's"
    )  # fmt: skip
    assert batch.prepared_at and batch.returned_at and batch.prepared_at < batch.returned_at
    assert mails()[-1] == ("rita", "2 credits returned — credits.xlsx")
    assert "Carl returned 2 credits · $127.00; nothing was imported." in workspace.own(Message)[-1].text
    assert "Reason: Row 3 is last year's" in workspace.own(Message)[-1].text
    refused("not-waiting", lambda: services.approve(people.carl, batch_id))
    refused("not-waiting", lambda: services.withdraw(people.rita, batch_id))
    assert services.standing(people.rita, services.view(people.rita, batch_id)).returned_by == "Carl"
    services.leave_out(people.rita, batch_id, [3])
    assert batch_of(batch_id).status == "returned", "the reason stays in view while it is worked on"
    assert [d.batch.status for d in workspace.ours(services.unfinished(people.rita))] == ["returned"]
    services.send(people.rita, batch_id)
    assert (batch_of(batch_id).returned_by, batch_of(batch_id).status) == (None, "waiting")
    assert services.approve(people.carl, batch_id).posted == Tally(rows=1, amount=120_000)


def test_a_request_is_withdrawn_or_goes_with_its_draft(always: People) -> None:
    people = always
    batch_id = sent(people)
    refused("waiting", lambda: services.send(people.rita, batch_id))
    refused("waiting", lambda: services.post(people.rita, batch_id))
    services.withdraw(people.rita, batch_id)
    assert (batch_of(batch_id).status, batch_of(batch_id).prepared_by) == ("draft", None)
    services.send(people.rita, batch_id)
    services.discard(people.rita, batch_id)
    refused("discarded", lambda: services.approve(people.carl, batch_id))
    services.restore(people.rita, batch_id)
    assert (batch_of(batch_id).status, batch_of(batch_id).prepared_by) == ("draft", None)
    assert workspace.count(Adjustment) == 0


def test_the_same_file_again_is_the_batch_that_waits(always: People) -> None:
    content = workspace.workbook(credit("A"))
    again = [services.open_file(always.rita, OPEN_CREDITS, "credits.xlsx", content) for _ in range(2)]
    services.send(always.rita, again[0])
    again.append(services.open_file(always.rita, OPEN_CREDITS, "credits.xlsx", content))
    assert len(set(again)) == 1


@pytest.mark.twin
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO edit (batch_id, seq, kind, label, changes, user_id, at, dropped)"
        " VALUES (:batch, 999, 'set', 'x', '{}', :user, '2026-01-01', FALSE)",
        "INSERT INTO claim (scope, key, batch_id) VALUES ('key', 'x', :batch)",
        "UPDATE edit SET undone_at = '2026-01-01' WHERE batch_id = :batch",
    ],
)
def test_to_what_waits_nothing_is_added_by_raw_sql_either(always: People, statement: str) -> None:
    batch_id = workspace.opened(always.rita, credit("A"))
    services.set_cells(always.rita, batch_id, [(2, "Comments", "", "late")])
    services.send(always.rita, batch_id)
    with pytest.raises(DBAPIError, match="immutable"), database.engine().begin() as connection:
        connection.execute(text(statement), {"batch": batch_id, "user": always.rita.id})
    services.send_back(always.carl, batch_id, reason="x")
    with database.engine().begin() as connection:
        connection.execute(text(statement), {"batch": batch_id, "user": always.rita.id})


def test_what_is_sent_is_what_was_seen(always: People) -> None:
    people = always
    batch_id = workspace.opened(people.rita, credit("A"))
    opened = services.view(people.rita, batch_id)
    other = replace(opened.figures.ready, amount=119_999)
    refused("draft-changed", lambda: services.send(people.rita, batch_id, promised=other))
    services.set_cells(people.carl, batch_id, [(2, "Credit Balance", "120", "130")])
    with pytest.raises(Overtaken):
        services.send(people.rita, batch_id, promised=opened.figures.ready, seen=Seen.of(opened))
    assert batch_of(batch_id).status == "draft" and workspace.count(Message) == 0


def test_who_lost_the_right_cannot_approve(always: People) -> None:
    batch_id = sent(always)
    opened = services.view(always.carl, batch_id)
    with database.transaction() as session:
        users.set_roles(session, user_id=always.carl.id, roles=["Accounts Receivables"])
    refused("second-person", lambda: services.approve(always.carl, batch_id))
    services.deactivate(always.ada, always.carl.id)
    refused("not-found", lambda: services.approve(always.carl, batch_id))
    standing = services.standing(always.carl, opened)  # a page that was opened before asks once more
    assert (standing.decides, standing.why_not) == (False, "You are deactivated.")


@pytest.mark.twin
def test_a_posting_without_a_request_names_nobody_else(people: People, rule: Rule) -> None:
    rule("above", "100")
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=7))
    services.send(people.rita, batch_id)
    services.send_back(people.carl, batch_id, reason="Not A")
    services.leave_out(people.rita, batch_id, [2])
    receipt = services.post(people.rita, batch_id)
    assert (receipt.prepared_by, receipt.posted_by, receipt.hands) == ("", "Rita", "")
    assert (batch_of(batch_id).prepared_by, batch_of(batch_id).returned_by) == (None, None)


def test_who_asked_is_told_what_others_did_and_not_what_they_did_themselves(always: People) -> None:
    people = always

    def told() -> list[str]:
        return [mail.text for mail in workspace.own(Message) if mail.user_id == people.rita.id]

    batch_id = sent(people)
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "x")])
    services.send(people.rita, batch_id)
    services.withdraw(people.rita, batch_id)
    assert told() == []
    services.send(people.rita, batch_id)
    services.withdraw(people.carl, batch_id)
    (text,) = told()
    assert "Carl withdrew your request for approval." in text
    assert mails()[-1] == ("rita", "2 credits approval withdrawn — credits.xlsx")
    services.send(people.rita, batch_id)
    services.deactivate(people.ada, people.rita.id)
    services.send_back(people.carl, batch_id, reason="Nobody is there to read it")
    assert told() == [text]
    services.send(people.carl, batch_id)
    before = workspace.count(Message)
    services.approve(people.ada, batch_id)
    assert [mail[0] for mail in mails()[before:]] == ["ada", "carl"]


def test_the_result_goes_to_who_approved_where_who_asked_is_gone(always: People) -> None:
    batch_id = sent(always)
    services.deactivate(always.ada, always.rita.id)
    before = workspace.count(Message)
    assert services.approve(always.carl, batch_id).prepared_by == "Rita"
    assert [mail[0] for mail in mails()[before:]] == ["carl"]


def test_what_waits_is_listed_for_who_may_approve_it_the_longest_first(always: People) -> None:
    people = always
    first, second = sent(people, credit("A")), sent(people, credit("B", amount=7))
    services.withdraw(people.rita, first)
    services.send(people.rita, first)
    invoice = workspace.opened(
        people.ada, ["I-1", "FL219", DAY, 10, "PO-1", "MIA"], headers=INVOICE_HEADERS, type=OPEN_INVOICES
    )
    grace = workspace.person("grace", Role.ADMIN)
    services.send(people.ada, invoice)
    worked_on = []
    for number, uploads, sends in (
        ("V", people.carl, people.rita),
        ("W", people.rita, people.carl),
        ("X", people.rita, people.rita),
        ("Y", people.rita, people.rita),
    ):
        rows = credit(number, amount=9), credit(f"{number}2", amount=8)
        worked_on.append(workspace.opened(uploads, *rows))
        if number == "X":
            services.leave_out(people.carl, worked_on[-1], [3])
        if number == "Y":
            services.leave_out(people.rita, worked_on[-1], [3])
            services.undo(people.carl, worked_on[-1])
        services.send(sends, worked_on[-1])
    services.send_back(people.carl, sent(people, credit("R", amount=3)), reason="Not ours")

    def waiting(user: CurrentUser, **limit: int) -> list[str]:
        return [one.batch.id for one in services.waiting_for(user, **limit)]

    assert waiting(people.carl) == [second, first], "what he has not uploaded, sent, edited nor undone"
    assert waiting(people.carl, limit=1) == [second]
    assert waiting(grace) == [second, first, invoice, *worked_on]


@pytest.mark.parametrize("amount", [7, 8, 9])
def test_two_approvals_and_an_edit_at_once_post_once_or_not_at_all(always: People, amount: int) -> None:
    people = always
    batch_id = sent(people, credit("A"), credit("B", amount=amount))
    opened = services.view(people.carl, batch_id)
    seen, promised = Seen.of(opened), opened.figures.ready
    one, edited, other = threads.together(
        lambda: services.approve(people.carl, batch_id, promised=promised, seen=seen),
        lambda: services.set_cells(people.rita, batch_id, [(2, "Credit Balance", "120", "999")]),
        lambda: services.approve(people.ada, batch_id, promised=promised, seen=seen),
    )
    amounts = [line[3] for line in workspace.ledger()]
    if isinstance(edited, Exception):
        assert threads.codes([edited]) == ["already-imported"]
        assert threads.codes([one, other]) == ["already-imported", "done"]
        assert amounts == [120_000, amount * 1000]
    else:
        assert threads.codes([one, other]) == ["not-waiting", "not-waiting"]
        assert amounts == [] and batch_of(batch_id).status == "draft"


def test_an_approval_during_which_the_draft_was_edited_says_that_it_waits_no_longer(
    always: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is at hand is newer then than what the approval has seen of the database."""
    people = always
    batch_id = sent(people)
    seen = Seen.of(services.view(people.carl, batch_id))
    current = submission.current

    def edited_meanwhile(session: Session, batch: Batch) -> services.Opened:
        services.leave_out(people.rita, batch_id, [3])
        services.view(people.rita, batch_id)
        return current(session, batch)

    monkeypatch.setattr(submission, "current", edited_meanwhile)
    refused("not-waiting", lambda: services.approve(people.carl, batch_id, seen=seen))
    assert workspace.count(Adjustment) == 0


@pytest.mark.parametrize("statement", ["UPDATE batch", "INSERT INTO audit_entry"])
def test_an_edit_that_meets_an_approval_is_done_before_it_or_refused(always: People, statement: str) -> None:
    people = always
    batch_id = sent(people)
    seen = Seen.of(services.view(people.carl, batch_id))

    def approve() -> object:
        return services.approve(people.carl, batch_id, seen=seen)

    def edit() -> object:
        return services.leave_out(people.rita, batch_id, [3])

    approved, edited = meet(statement, approve, edit)
    if isinstance(approved, Exception):
        assert threads.codes([approved, edited]) == ["done", "not-waiting"]
        assert workspace.count(Adjustment) == 0
    else:
        assert threads.codes([edited]) == ["already-imported"] and workspace.count(Adjustment) == 2
    again = sent(people, credit("C"), credit("D", amount=8))
    before = workspace.count(Adjustment)
    seen = Seen.of(services.view(people.carl, again))
    edited, approved = meet(
        statement,
        lambda: services.leave_out(people.rita, again, [3]),
        lambda: services.approve(people.carl, again, seen=seen),
    )
    assert sorted(threads.codes([edited, approved])) in (
        ["done", "not-waiting"],
        ["already-imported", "done"],
    )
    posted = workspace.count(Adjustment) - before
    assert posted == (0 if isinstance(approved, Exception) else 2)


def test_every_state_and_every_move_stand_in_the_table(people_here: People, rule: Rule) -> None:
    """What each of the use cases does in each state is what the table says, for who may do it."""
    people = people_here
    rule("always")

    def reverse(batch_id: str) -> None:
        """A reversal needs a second person here as well."""
        asked = services.ask_reversal(people.carl, batch_id, reason="x")
        services.approve_reversal(people.ada, batch_id, asked.id)

    acts: dict[Move, Callable[[str], object]] = {
        Move.EDIT: lambda b: services.set_cells(people.rita, b, [(2, "Comments", "", "x")]),
        Move.SEND: lambda b: services.send(people.rita, b),
        Move.WITHDRAW: lambda b: services.withdraw(people.rita, b),
        Move.APPROVE: lambda b: services.approve(people.carl, b),
        Move.RETURN: lambda b: services.send_back(people.carl, b, reason="x"),
        Move.DISCARD: lambda b: services.discard(people.rita, b),
        Move.RESTORE: lambda b: services.restore(people.rita, b),
        Move.REVERSE: reverse,
    }
    ways: dict[BatchStatus, list[Move]] = {
        states.DRAFT: [],
        states.WAITING: [Move.SEND],
        states.RETURNED: [Move.SEND, Move.RETURN],
        states.POSTED: [Move.SEND, Move.APPROVE],
        states.REVERSED: [Move.SEND, Move.APPROVE, Move.REVERSE],
        states.DISCARDED: [Move.DISCARD],
    }
    assert set(ways) == set(BatchStatus) and {*acts, Move.POST} == set(Move)
    for number, (status, way) in enumerate(ways.items()):
        for other, (move, act) in enumerate(acts.items()):
            batch_id = workspace.opened(
                people.rita, credit(f"N{number}-{other}", amount=1000 * number + other + 1)
            )
            for step in way:
                acts[step](batch_id)
            assert batch_of(batch_id).status == status
            leads = TABLE[move].leads.get(status)
            if (move, status) == (
                Move.RESTORE,
                states.DRAFT,
            ):  # the second of two clicks finds what it wanted
                leads = states.DRAFT
            try:
                act(batch_id)
            except Exception as refusal:
                assert leads is None and type(refusal).__name__.endswith("Refusal"), (status, move, refusal)
                assert batch_of(batch_id).status == status
            else:
                assert batch_of(batch_id).status == (leads or status), (status, move)
                assert (
                    leads is not None
                    or (move, status) == (Move.RESTORE, states.WAITING)
                    or (move is Move.RESTORE and status in states.IN_WORK)
                ), (status, move)
