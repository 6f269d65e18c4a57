"""Reversing: the opposite of an import is posted once, and then the sheet may come again."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from komet_import import services
from komet_import.access import users
from komet_import.access.users import CurrentUser
from komet_import.clock import earlier
from komet_import.ledger import database
from komet_import.ledger.models import Adjustment, AuditEntry, Batch, Claim, Message
from komet_import.ledger.receipt import Tally
from komet_import.outbox import mail_queue
from komet_import.refusal import Refusal
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from tests.interleaving import meet
from tests.services import threads, workspace
from tests.services.workspace import People, credit, refused, workbook

pytestmark = pytest.mark.twin

ROWS = (
    credit("A", amount=Decimal("120.00"), comments="late truck"),
    credit("B", customer="00042", location="LAX", amount=Decimal("13.895")),
    credit("", customer="FL220", amount=Decimal("0.001")),
)
SHEET = workbook(*ROWS)


def imported(user: CurrentUser, content: bytes = SHEET, file_name: str = "march.xlsx") -> str:
    """A posted batch of that sheet."""
    batch_id = services.open_file(user, OPEN_CREDITS, file_name, content)
    services.post(user, batch_id)
    return batch_id


def sums() -> dict[int, int]:
    """The open balance of every customer with adjustments, in thousandths."""
    balances: dict[int, int] = defaultdict(int)
    for line in workspace.own(Adjustment):
        balances[line.customer_id] += line.amount
    return dict(balances)


def test_after_a_reversal_every_balance_is_exactly_what_it_was(people: People) -> None:
    imported(people.carl, workbook(credit("Z", amount=Decimal("7.77"))))
    before = sums()
    batch_id = imported(people.rita)
    assert sum(sums().values()) - sum(before.values()) == 133_896
    done = services.reverse(people.carl, batch_id, reason="Wrong month")
    assert done.taken_back == Tally(rows=3, amount=133_896)
    assert {id_: total for id_, total in sums().items() if total} == before


def test_each_opposite_names_what_it_reverses_and_says_the_same_otherwise(people: People) -> None:
    batch_id = imported(people.rita)
    posted = workspace.ledger()
    services.reverse(people.carl, batch_id, reason="Wrong month")
    whole = workspace.ledger()
    assert whole[:3] == posted
    by_carl = [(*line[:3], -int(str(line[3])), *line[4:8], people.carl.id) for line in posted]
    assert whole[3:] == by_carl
    lines, (batch,) = workspace.own(Adjustment), workspace.own(Batch)
    assert [line.reverses_id for line in lines] == [None] * 3 + [line.id for line in lines[:3]]
    assert {line.posted_at for line in lines[3:]} == {batch.reversed_at}
    assert (batch.status, batch.posted_by, batch.reversed_by) == ("reversed", people.rita.id, people.carl.id)
    assert (batch.rows_posted, batch.amount_posted) == (3, 133_896)


def test_a_reversed_sheet_may_be_imported_again_and_reversed_again(people: People) -> None:
    for reason in ("Wrong month", "Wrong month again"):
        batch_id = services.open_file(people.rita, OPEN_CREDITS, "march.xlsx", SHEET)
        assert workspace.found(people.rita, batch_id) == []
        assert services.post(people.rita, batch_id).posted.rows == 3
        services.reverse(people.carl, batch_id, reason=reason)
        assert set(sums().values()) == {0}
        assert workspace.count(Claim) == 0
    assert workspace.count(Adjustment) == 12
    assert imported(people.rita)


def test_what_is_imported_again_stays_when_the_old_import_is_reversed_again(people: People) -> None:
    first = imported(people.rita)
    services.reverse(people.carl, first, reason="Wrong month")
    imported(people.rita)
    before = workspace.everything()
    refusal = refused("already-reversed", lambda: services.reverse(people.carl, first, reason="Again"))
    assert "already reversed by Carl on " in refusal.message
    assert workspace.everything() == before
    assert sum(sums().values()) == 133_896


def test_a_reversed_number_is_no_duplicate_in_another_sheet_either(people_here: People) -> None:
    batch_id = imported(people_here.rita)
    other = workspace.opened(people_here.rita, credit("A", amount=Decimal("5")))
    assert workspace.found(people_here.rita, other) == [(2, "Credit #", "already-posted")]
    services.reverse(people_here.carl, batch_id, reason="Wrong month")
    assert workspace.found(people_here.rita, other) == []
    assert services.post(people_here.rita, other).posted.rows == 1


def test_of_two_who_reverse_at_once_one_wins_and_the_other_is_told(people: People) -> None:
    batch_id = imported(people.rita)
    outcomes = threads.together(
        *(
            lambda u=user: services.reverse(u, batch_id, reason=f"{u.name} was first")
            for user in (people.carl, people.ada, people.carl, people.ada)
        )
    )
    assert threads.codes(outcomes) == ["already-reversed"] * 3 + ["done"]
    (done,) = services.reversals(people.rita, batch_id)
    assert done.reason == f"{done.reversed_by} was first"
    assert workspace.count(Adjustment) == 6
    assert set(sums().values()) == {0}


def test_who_reverses_what_is_just_being_posted_is_told_that_it_is_not_imported_yet(
    postgresql_database: str,
) -> None:
    """The posting has its batch and comes for the facts, so nobody may come for them the other way round."""
    people = workspace.fill()
    batch_id = workspace.opened(people.rita, credit("A"))
    posted, reversed_ = meet(
        "INSERT INTO claim",
        lambda: services.post(people.rita, batch_id),
        lambda: services.reverse(people.carl, batch_id, reason="Too early"),
    )
    assert not isinstance(posted, Exception)
    assert isinstance(reversed_, Refusal) and reversed_.code == "not-imported"


def test_a_sheet_that_is_imported_while_it_is_reversed_is_never_posted_twice_over(people: People) -> None:
    first = imported(people.rita)
    anew = workspace.workbook(*ROWS, title="Saved anew")
    again = services.open_file(people.carl, OPEN_CREDITS, "saved-anew.xlsx", anew)
    reversing, posting = threads.together(
        lambda: services.reverse(people.carl, first, reason="Wrong month"),
        lambda: services.post(people.carl, again, even_nothing=True),
    )
    assert not isinstance(reversing, Exception)
    posted = getattr(getattr(posting, "posted", None), "amount", 0)
    assert sum(sums().values()) == posted
    assert posted in (0, 1, 133_896)  # the row without a number is free in any case


def test_who_when_and_why_are_kept_and_mailed(people: People) -> None:
    batch_id = imported(people.rita)
    messages = workspace.count(Message)
    done = services.reverse(people.carl, batch_id, reason="  Wrong\nmonth ")
    assert (done.reason, done.reversed_by, done.file_name) == ("Wrong month", "Carl", "march.xlsx")
    assert services.reversals(people.rita, batch_id) == [done]
    (entry,) = (entry for entry in workspace.own(AuditEntry) if entry.action == "reverse")
    mail, importers = workspace.own(Message)[-2:]
    assert (entry.user_id, entry.subject) == (people.carl.id, batch_id)
    assert entry.details == {"reason": "Wrong month", "rows": 3, "amount": 133_896}
    assert workspace.count(Message) == messages + 2
    assert (mail.user_id, mail.recipient) == (people.carl.id, "carl@komet.example")
    assert (importers.user_id, importers.recipient) == (people.rita.id, "rita@komet.example")
    assert "Hello Carl," in mail.text and "Hello Rita," in importers.text
    assert {mail.subject, importers.subject} == {"3 credits reversed — march.xlsx"}
    for body in (mail.text, mail.html, importers.text, importers.html):
        assert "3 credits were reversed: −$133.896." in body
        assert "Wrong month" in body
        assert "reversed by Carl" in body
        assert f"/report?batch={batch_id}" in body


def test_of_an_import_who_posted_it_is_told_and_not_who_brought_the_sheet(people: People) -> None:
    batch_id = services.open_file(people.ada, OPEN_CREDITS, "march.xlsx", SHEET)
    services.post(people.rita, batch_id)
    services.reverse(people.carl, batch_id, reason="Wrong month")
    mails = workspace.own(Message)[-2:]
    assert [(mail.recipient, mail.batch_id) for mail in mails] == [
        ("carl@komet.example", batch_id),
        ("rita@komet.example", batch_id),
    ]


def test_a_reason_is_measured_as_it_is_kept(people_here: People) -> None:
    batch_id = imported(people_here.rita)
    done = services.reverse(people_here.carl, batch_id, reason="  \n " + "x " * 99 + "xx" + " " * 50)
    assert len(done.reason) == 200


def test_whoever_reverses_their_own_import_is_told_once(people: People) -> None:
    batch_id = imported(people.carl)
    messages = workspace.count(Message)
    services.reverse(people.carl, batch_id, reason="Wrong month")
    assert workspace.count(Message) == messages + 1


def test_an_importer_who_may_not_sign_in_any_more_is_not_told(people: People) -> None:
    batch_id = imported(people.rita)
    messages = workspace.count(Message)
    with database.transaction() as session:
        users.deactivate(session, user_id=people.rita.id)
    services.reverse(people.carl, batch_id, reason="Wrong month")
    assert workspace.count(Message) == messages + 1


def test_what_is_told_of_a_reversal_is_what_was_posted_and_when(people: People) -> None:
    with earlier(timedelta(days=3)):
        imported(people.carl, workbook(credit("Z", amount=Decimal("7.77"))))
        batch_id = imported(people.rita)
        posted_at = services.report(people.rita, batch_id).receipt.posted_at
    with earlier(timedelta(days=1)):
        done = services.reverse(people.carl, batch_id, reason="Wrong month")
    assert (done.batch_id, done.type_slug, done.posted_at) == (batch_id, OPEN_CREDITS.slug, posted_at)
    assert done.reversed_at - done.posted_at > timedelta(days=1)
    (batch,) = (batch for batch in workspace.own(Batch) if batch.id == batch_id)
    assert batch.reversed_at == batch.changed_at == done.reversed_at
    assert batch.posted_at == posted_at
    refusal = refused("already-reversed", lambda: services.reverse(people.carl, batch_id, reason="Again"))
    assert f"by Carl on {done.reversed_at:%Y-%m-%d %H:%M} UTC" in refusal.message


def test_each_reversal_has_its_own_reason_and_its_own_hand(people: People) -> None:
    """Other things are audited of the same import, and the same is audited of others."""
    first, second = imported(people.rita), imported(people.rita, workbook(credit("Z")), "april.xlsx")
    services.reverse(people.carl, first, reason="Wrong month")
    services.reverse(people.ada, second, reason="Wrong year")
    for batch_id, by, reason in ((first, "Carl", "Wrong month"), (second, "Ada", "Wrong year")):
        (told,) = services.reversals(people.rita, batch_id)
        assert (told.batch_id, told.reversed_by, told.reason) == (batch_id, by, reason)
    standing = imported(people.rita, workbook(credit("Y")), "may.xlsx")
    assert services.reversals(people.rita, standing) == []
    assert services.report(people.rita, standing).batch.status == "posted"


def test_all_that_stands_is_reversed_where_that_is_what_was_promised(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A", amount=1), credit("B", amount=2))
    services.post(people.rita, batch_id)
    services.reverse(people.carl, batch_id, reason="Wrong", rows=[2])
    before = workspace.everything()
    for promised in (Tally(rows=2, amount=3_000), Tally(rows=1, amount=1_000), Tally(rows=2, amount=2_000)):
        told = refused(
            "rows-changed",
            lambda promised=promised: services.reverse(  # type: ignore[misc]
                people.ada, batch_id, reason="Wrong", promised=promised
            ),
        )
        assert "nothing was done" in told.message and workspace.everything() == before
    done = services.reverse(people.ada, batch_id, reason="Wrong", promised=Tally(rows=1, amount=2_000))
    assert done.taken_back == Tally(rows=1, amount=2_000)


def test_an_import_that_stands_was_not_reversed(people_here: People) -> None:
    batch_id = imported(people_here.rita)
    assert services.reversals(people_here.rita, batch_id) == []
    refused("not-found", lambda: services.reversals(people_here.lou, batch_id))


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", "reason-missing"), (" \n\t", "reason-missing"), ("x" * 201, "reason-too-long")],
)
def test_without_a_reason_of_one_line_nothing_is_reversed(
    people_here: People, reason: str, code: str
) -> None:
    batch_id = imported(people_here.rita)
    before = workspace.everything()
    refused(code, lambda: services.reverse(people_here.carl, batch_id, reason=reason))
    assert workspace.everything() == before
    services.reverse(people_here.carl, batch_id, reason="x" * 200)


@pytest.mark.parametrize("reason", ["<b>late</b> & \"so\" 'on'", "Ñandú – 玫瑰 🌹", "a\x00b\ud800"])
def test_a_reason_may_be_any_text(people: People, reason: str) -> None:
    batch_id = imported(people.rita)
    done = services.reverse(people.carl, batch_id, reason=reason)
    assert services.reversals(people.rita, batch_id) == [done]
    with database.reading() as session:
        html = session.execute(select(col(Message.html)).order_by(col(Message.id).desc())).scalars().first()
    assert html is not None
    assert "<b>late" not in html


def test_who_may_not_import_gets_the_answer_of_an_import_that_does_not_exist(people: People) -> None:
    batch_id = imported(people.rita)
    with database.transaction() as session:
        users.set_roles(session, user_id=people.carl.id, roles=["Salesperson"])
    before = workspace.everything()
    said = {
        refused("not-found", lambda u=user, b=batch: services.reverse(u, b, reason="Mine")).message
        for user, batch in ((people.lou, batch_id), (people.carl, batch_id), (people.rita, "nowhere"))
    }
    assert len(said) == 1
    assert workspace.everything() == before


def test_only_what_was_imported_can_be_reversed(people: People) -> None:
    draft = workspace.opened(people.rita, credit("A"))
    discarded = workspace.opened(people.rita, credit("B"))
    services.discard(people.rita, discarded)
    nothing = workspace.opened(people.rita, credit("C", customer="FL900"))
    services.post(people.rita, nothing, even_nothing=True)
    before = workspace.everything()
    refused("not-imported", lambda: services.reverse(people.carl, draft, reason="Wrong"))
    refused("not-imported", lambda: services.reverse(people.carl, discarded, reason="Wrong"))
    refused("nothing-to-reverse", lambda: services.reverse(people.carl, nothing, reason="Wrong"))
    assert workspace.everything() == before


def test_customers_have_no_reversal_and_are_told_so(people: People) -> None:
    headers = ["Customer Code", "Customer Name"]
    batch_id = workspace.opened(people.ada, ["N1", "New Blooms"], headers=headers, type=CUSTOMERS)
    services.post(people.ada, batch_id)
    before = workspace.everything()
    refusal = refused("no-reversal", lambda: services.reverse(people.ada, batch_id, reason="Wrong"))
    assert "Customers cannot be reversed" in refusal.message
    assert workspace.everything() == before


def test_a_reversal_that_ends_half_way_leaves_nothing(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id = imported(people.rita)
    before = workspace.everything()

    def power_cut(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as cut:
        cut.setattr(mail_queue, "queue", power_cut)  # the last thing that a reversal does
        with pytest.raises(RuntimeError, match="power cut"):
            services.reverse(people.carl, batch_id, reason="Wrong month")
    assert workspace.everything() == before
    services.reverse(people.carl, batch_id, reason="Wrong month")
    assert set(sums().values()) == {0}


def test_no_adjustment_changes_in_a_reversal_nor_may_it_afterwards(people: People) -> None:
    batch_id = imported(people.rita)
    before = workspace.everything()["adjustment"]
    services.reverse(people.carl, batch_id, reason="Wrong month")
    after = workspace.everything()["adjustment"]
    assert set(before) < set(after)
    with pytest.raises(Exception, match="immutable"), database.transaction() as session:
        session.execute(update(Adjustment).values(amount=0))
    assert workspace.everything()["adjustment"] == after
