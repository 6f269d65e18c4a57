"""A second pair of eyes on a reversal: one asks, another one approves, and just that is reversed."""

from datetime import timedelta
from decimal import Decimal

import pytest

from komet_import import services
from komet_import.access import users
from komet_import.access.users import CurrentUser
from komet_import.clock import earlier, told_time
from komet_import.ledger import database, reference
from komet_import.ledger.models import Adjustment, AuditEntry, Message, ReversalRequest
from komet_import.ledger.receipt import Tally
from komet_import.ledger.statement import entries_of
from komet_import.services import ReversalAsked
from komet_import.types import OPEN_CREDITS, Role
from tests.services import test_open_invoices, threads, workspace
from tests.services.conftest import Rule
from tests.services.workspace import People, credit, refused, workbook

ROWS = tuple(credit(f"N{n}", amount=Decimal(n)) for n in range(1, 6))  # in rows 2 to 6
ALWAYS = "A second person must approve every reversal."


def imported(user: CurrentUser, *rows: list[object], file_name: str = "march.xlsx") -> str:
    """A batch that was posted before anybody asked for approval."""
    batch_id = services.open_file(user, OPEN_CREDITS, file_name, workbook(*(rows or ROWS)))
    services.post(user, batch_id)
    return batch_id


@pytest.fixture
def posted(people: People, rule: Rule) -> str:
    """Rita's import, reversals of which a second person must approve."""
    batch_id = imported(people.rita)
    rule("always")
    return batch_id


def asked(people: People, batch_id: str, rows: list[int] | None = None) -> ReversalAsked:
    return services.ask_reversal(people.carl, batch_id, reason="Wrong customer", rows=rows)


def reversed_rows() -> list[int]:
    return sorted(line.row for line in workspace.own(Adjustment) if line.reverses_id)


def state_of(request: ReversalAsked) -> str:
    return next(one.state for one in workspace.own(ReversalRequest) if one.id == request.id)


@pytest.mark.parametrize(
    ("approval", "above", "rows", "why"),
    [
        ("never", "0", None, ""),
        ("overridden", "0", None, ""),
        ("always", "10000", [2], ALWAYS),
        ("above", "5", [2, 5], ""),
        ("above", "5", [2, 6], "It is more than $5.00, so a second person must approve it."),
        ("above", "14", None, "It is more than $14.00, so a second person must approve it."),
        ("above", "15", None, ""),
    ],
)
def test_a_second_person_is_needed_by_the_sum_of_the_rows_to_be_reversed(
    people_here: People, rule: Rule, approval: str, above: str, rows: list[int] | None, why: str
) -> None:
    people, batch_id = people_here, imported(people_here.rita)
    rule(approval, above)
    if why:
        act = lambda: services.reverse(people.ada, batch_id, reason="Wrong", rows=rows)  # noqa: E731
        assert refused("needs-approval", act).message.startswith(why)
        assert asked(people, batch_id, rows).asked.rows == len(rows or ROWS)
        assert reversed_rows() == []
    else:
        refused("no-approval-needed", lambda: asked(people, batch_id, rows))
        services.reverse(people.carl, batch_id, reason="Wrong", rows=rows)


def test_what_is_reversed_in_parts_counts_together_unless_a_second_person_saw_the_part(
    people_here: People, rule: Rule
) -> None:
    people, in_parts = people_here, imported(people_here.rita)
    others = [credit(f"M{n}", customer="FL220", amount=Decimal(n)) for n in range(1, 6)]
    seen = imported(people.rita, *others, file_name="april.xlsx")
    rule("above", "5")
    services.reverse(people.carl, in_parts, reason="Wrong", rows=[2, 5])
    act = lambda row: services.reverse(people.ada, in_parts, reason="Wrong", rows=[row])  # noqa: E731
    told = "With the $5.00 of this import that were reversed before without a second person it is more than"
    assert refused("needs-approval", lambda: act(3)).message.startswith(told)
    request = services.ask_reversal(people.ada, in_parts, reason="Wrong", rows=[3])
    services.approve_reversal(people.carl, in_parts, request.id)
    refused("needs-approval", lambda: act(4))
    request = services.ask_reversal(people.ada, seen, reason="Wrong", rows=[2, 6])
    services.approve_reversal(people.carl, seen, request.id)
    services.reverse(people.ada, seen, reason="Wrong", rows=[3])


def test_of_invoices_the_money_counts_though_it_is_owed_to_us(people_here: People, rule: Rule) -> None:
    batch_id = test_open_invoices.opened(people_here, test_open_invoices.invoice(amount=50))
    services.post(people_here.ada, batch_id)
    rule("above", "49")
    workspace.person("bea", Role.ADMIN)
    request = services.ask_reversal(people_here.ada, batch_id, reason="Wrong")
    told = services.effect_of_request(people_here.ada, batch_id, request.id)
    assert request.asked == Tally(rows=1, amount=50_000)
    assert [(line.now, line.after) for line in told.lines] == [(50_000, 0)]


@pytest.mark.twin
@pytest.mark.parametrize("rows", [None, [3, 5]])
def test_who_asks_does_not_reverse_who_approves_does_and_both_names_stand(
    people: People, posted: str, rows: list[int] | None
) -> None:
    request = asked(people, posted, rows)
    assert reversed_rows() == [] and services.report(people.rita, posted).batch.status == "posted"
    assert (request.approvers, request.mine, request.decides) == (("Ada",), True, False)
    (waiting,) = services.reversals_waiting_for(people.ada)
    assert (waiting.id, waiting.decides, waiting.rows) == (request.id, True, rows and tuple(rows))
    for other in (people.carl, people.rita, people.lou):
        assert services.reversals_waiting_for(other) == []
    refused("second-person", lambda: services.approve_reversal(people.carl, posted, request.id))
    refused("no-right", lambda: services.approve_reversal(people.rita, posted, request.id))
    refused("not-found", lambda: services.approve_reversal(people.lou, posted, request.id))
    (asking,) = [mail for mail in workspace.own(Message) if "waiting for your approval" in mail.subject]
    assert asking.recipient == "ada@komet.example"
    assert f"/report?batch={posted}" in asking.text and "Reason: Wrong customer" in asking.text
    before, after = ("15.00", "0.00") if rows is None else ("15.00", "9.00")
    assert f"FL219 Rosas del Valle  ${before} → ${after}" in asking.text
    told = services.effect_of_request(people.ada, posted, request.id)
    assert [(line.now, line.after) for line in told.lines] == [(15_000, 1_000 * int(Decimal(after)))]

    done = services.approve_reversal(people.ada, posted, request.id)
    assert reversed_rows() == (rows or [2, 3, 4, 5, 6])
    assert (done.asked_by, done.reversed_by, done.reason) == ("Carl", "Ada", "Wrong customer")
    assert services.reversals(people.rita, posted) == [done]
    entries = [(e.action, e.user_id) for e in workspace.own(AuditEntry) if "revers" in e.action]
    assert entries == [("ask-reversal", people.carl.id), ("reverse", people.ada.id)]
    assert workspace.own(AuditEntry)[-1].details["asked_by"] == "Carl"
    mails = [mail for mail in workspace.own(Message) if mail.subject.endswith("reversed — march.xlsx")]
    assert {mail.recipient.partition("@")[0] for mail in mails} == {"ada", "carl", "rita"}
    assert all("reversed by Ada (asked for by Carl) on " in mail.text for mail in mails)
    (line,) = [line for line in services.timeline(people.rita, posted) if line.what == "Reversed"]
    assert (line.who, "asked for by Carl" in line.detail) == ("Ada", True)
    opposites = [e for e in entries_of(workspace.own(Adjustment)[0].customer_id) if e.reverses]
    assert {(e.prepared_by, e.posted_by) for e in opposites} == {("Carl", "Ada")}
    assert services.reversals_waiting_for(people.ada) == services.reversals_asked(people.ada, posted) == []
    refused("not-waiting", lambda: services.approve_reversal(people.ada, posted, request.id))
    assert state_of(request) == "approved"


def test_of_several_reversals_of_an_import_each_names_who_asked_for_that_one(
    people: People, posted: str
) -> None:
    for asks, approves, row in ((people.carl, people.ada, 2), (people.ada, people.carl, 3)):
        request = services.ask_reversal(asks, posted, reason="Wrong customer", rows=[row])
        services.approve_reversal(approves, posted, request.id)
    opposites = [e for e in entries_of(workspace.own(Adjustment)[0].customer_id) if e.reverses]
    hands = {e.row: (e.prepared_by, e.posted_by) for e in opposites}
    assert hands == {2: ("Carl", "Ada"), 3: ("Ada", "Carl")}
    assert [(one.asked_by, one.last) for one in services.reversals(people.rita, posted)] == [
        ("Carl", False), ("Ada", False)
    ]  # fmt: skip


@pytest.mark.twin
def test_it_is_returned_with_a_reason_or_withdrawn_by_who_asked_and_may_be_asked_for_again(
    people: People, posted: str
) -> None:
    with earlier(timedelta(days=1)):
        first = asked(people, posted)
    refused("reason-missing", lambda: services.return_reversal(people.ada, posted, first.id, reason=" "))
    refused("second-person", lambda: services.return_reversal(people.carl, posted, first.id, reason="No"))
    services.return_reversal(people.ada, posted, first.id, reason="Only row 3 is wrong")
    mail = workspace.own(Message)[-1]
    assert mail.recipient == "carl@komet.example" and "Only row 3 is wrong" in mail.text
    said = refused("not-waiting", lambda: services.approve_reversal(people.ada, posted, first.id)).message
    (returned,) = workspace.own(ReversalRequest)
    assert returned.decided_at is not None
    assert f"Ada returned it on {told_time(returned.decided_at)}." in said
    second = asked(people, posted, [3])
    assert refused("not-yours", lambda: services.withdraw_reversal(people.ada, posted, second.id))
    services.withdraw_reversal(people.carl, posted, second.id)
    refused("not-waiting", lambda: services.return_reversal(people.ada, posted, second.id, reason="No"))
    assert (state_of(first), state_of(second), reversed_rows()) == ("returned", "withdrawn", [])
    whole, one = {"rows": 5, "amount": 15_000}, {"rows": 1, "amount": 2_000, "chosen": [3]}
    why = {"reason": "Wrong customer", "why": ALWAYS}
    trail = [(e.action, e.details) for e in workspace.own(AuditEntry) if e.action.endswith("-reversal")]
    assert trail == [
        ("ask-reversal", why | whole),
        ("return-reversal", {"reason": "Only row 3 is wrong"} | whole),
        ("ask-reversal", why | one),
        ("withdraw-reversal", one),
    ]
    services.approve_reversal(people.ada, posted, asked(people, posted, [3]).id)
    assert reversed_rows() == [3]


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [([2, 3], [3, 4], "row 3"), (None, [2], "rows of this import"), ([2], None, "rows of this import")],
)
def test_of_two_requests_for_the_same_rows_the_second_is_refused(
    people: People, posted: str, first: list[int] | None, second: list[int] | None, names: str
) -> None:
    asked(people, posted, first)
    before = workspace.everything()
    act = lambda: services.ask_reversal(people.ada, posted, reason="Also", rows=second)  # noqa: E731
    assert f"Carl already asked to reverse {names} on " in refused("already-asked", act).message
    assert workspace.everything() == before


def test_other_rows_of_the_import_may_be_asked_for_beside_them(people: People, posted: str) -> None:
    first, second = asked(people, posted, [2, 3]), asked(people, posted, [4])
    assert [one.id for one in services.reversals_asked(people.ada, posted)] == [first.id, second.id]
    services.approve_reversal(people.ada, posted, second.id)
    assert (reversed_rows(), state_of(first)) == ([4], "waiting")


def test_of_two_who_ask_at_once_for_the_same_rows_one_asks(people: People, posted: str) -> None:
    outcomes = threads.together(
        *(
            lambda u=user: services.ask_reversal(u, posted, reason="Wrong", rows=[2, 3])
            for user in (people.carl, people.ada, people.carl)
        )
    )
    assert threads.codes(outcomes) == ["already-asked", "already-asked", "done"]


def test_of_two_who_approve_at_once_one_reverses(people: People, posted: str) -> None:
    request = asked(people, posted)
    acts = [lambda: services.approve_reversal(people.ada, posted, request.id)] * 2
    withdraws = [lambda: services.withdraw_reversal(people.carl, posted, request.id)]
    outcomes = threads.together(*acts, *withdraws)
    assert threads.codes(outcomes) == ["done", "not-waiting", "not-waiting"]
    assert workspace.count(Adjustment) in (5, 10)


@pytest.mark.parametrize("rows", [None, [2, 3]])
def test_a_row_that_was_reversed_in_between_stops_the_whole_request(
    people: People, rule: Rule, posted: str, rows: list[int] | None
) -> None:
    request = asked(people, posted, rows)
    rule("never")
    services.reverse(people.ada, posted, reason="Faster", rows=[2])
    before = workspace.everything()
    said = refused("rows-changed", lambda: services.approve_reversal(people.ada, posted, request.id)).message
    assert said.startswith("Row 2 was reversed" if rows else "Rows of this import were reversed")
    assert workspace.everything() == before
    services.reverse(people.ada, posted, reason="Faster")
    refused("already-reversed", lambda: services.approve_reversal(people.ada, posted, request.id))
    services.return_reversal(people.ada, posted, request.id, reason="Done already")
    assert reversed_rows() == [2, 3, 4, 5, 6]


@pytest.mark.twin
def test_a_month_that_was_closed_in_between_stops_it_and_what_is_asked_again_says_the_day(
    people: People, rule: Rule
) -> None:
    last = reference.today().replace(day=1) - timedelta(days=3)
    batch_id = imported(people.rita, credit("A", day=last), credit("B", day=last))
    rule("always")
    request = asked(people, batch_id)
    assert request.days_sentence == ""
    services.close_period(people.ada, last.replace(day=1), note="The books are done")
    refused("days-changed", lambda: services.approve_reversal(people.ada, batch_id, request.id))
    assert reversed_rows() == []
    services.withdraw_reversal(people.carl, batch_id, request.id)
    again = asked(people, batch_id)
    assert "2 are dated " in again.days_sentence
    mails = [mail.text for mail in workspace.own(Message) if mail.user_id == people.ada.id]
    assert again.days_sentence in mails[-1] and "are dated" not in "".join(mails[:-1])
    done = services.approve_reversal(people.ada, batch_id, again.id)
    assert done.redated_sentence == again.days_sentence


def test_rows_that_cannot_be_reversed_are_named_and_not_asked_for(
    people: People, rule: Rule, posted: str
) -> None:
    rule("never")
    services.reverse(people.ada, posted, reason="Before", rows=[2])
    rule("always")
    request = asked(people, posted, [2, 3, 99])
    assert (request.rows, [one.row for one in request.already]) == ((3,), [2])
    assert [one.row for one in request.failed] == [99]


def test_where_nobody_else_may_approve_it_that_is_said_and_nothing_is_kept(
    people: People, posted: str
) -> None:
    with database.transaction() as session:
        users.deactivate(session, user_id=people.carl.id)
    before = workspace.everything()
    refused("no-approver", lambda: services.ask_reversal(people.ada, posted, reason="Wrong"))
    assert workspace.everything() == before


def test_a_request_is_of_its_import_and_of_no_other(people: People, rule: Rule, posted: str) -> None:
    request = asked(people, posted, [2])
    rule("never")
    other = imported(people.rita, credit("Z", amount=1), file_name="other.xlsx")
    for act in (services.approve_reversal, services.effect_of_request, services.withdraw_reversal):
        refused("not-waiting", lambda act=act: act(people.ada, other, request.id))
    assert state_of(request) == "waiting"


def test_what_waits_is_listed_the_longest_first_for_who_may_reverse_that_type(
    people_here: People, rule: Rule
) -> None:
    people, grace = people_here, workspace.person("grace", Role.ADMIN)
    credits = imported(people.rita)
    invoices = test_open_invoices.opened(people, test_open_invoices.invoice(amount=50))
    services.post(people.ada, invoices)
    rule("always")
    first, second = asked(people, credits, [3]).id, asked(people, credits, [2]).id
    third = services.ask_reversal(people.ada, invoices, reason="Wrong")
    assert third.approvers == ("Grace",), "a Credit Manager may not import invoices"

    def waiting(user: CurrentUser, **limit: int) -> list[int]:
        return [one.id for one in services.reversals_waiting_for(user, **limit)]

    assert (waiting(people.carl), waiting(people.ada)) == ([], [first, second])
    assert (waiting(people.ada, limit=1), waiting(grace)) == ([first], [first, second, third.id])
    looked = [services.reversals_asked(user, credits)[0] for user in (people.carl, people.ada, people.rita)]
    assert [(one.id, one.mine, one.decides) for one in looked] == [
        (first, True, False), (first, False, True), (first, False, False)
    ]  # fmt: skip
    with database.transaction() as session:
        users.set_roles(session, user_id=people.ada.id, roles=[Role.ACCOUNTS_RECEIVABLES])
    assert not services.reversals_asked(people.ada, credits)[0].decides, "by the rights of now"
