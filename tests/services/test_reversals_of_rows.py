"""Reversing chosen rows: each once, what cannot be reversed is named, what is reversed may come again."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlmodel import col, select

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.ledger import balances, database, reference, statement
from komet_import.ledger.models import Adjustment, Batch, Claim, Message
from komet_import.ledger.receipt import Tally
from komet_import.ledger.reversal import NAMED, named_rows
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.services import threads, workspace
from tests.services.workspace import People, credit, refused, workbook

ROWS = tuple(credit(f"N{n}", amount=Decimal(n)) for n in range(1, 6))  # in rows 2 to 6
SHEET = workbook(*ROWS)


def imported(user: CurrentUser, content: bytes = SHEET, file_name: str = "march.xlsx") -> str:
    batch_id = services.open_file(user, OPEN_CREDITS, file_name, content)
    services.post(user, batch_id)
    return batch_id


def reversed_rows() -> list[int]:
    return sorted(line.row for line in workspace.own(Adjustment) if line.reverses_id)


def batch_of(batch_id: str) -> Batch:
    return next(batch for batch in workspace.own(Batch) if batch.id == batch_id)


def test_only_the_chosen_rows_are_reversed(people: People) -> None:
    batch_id = imported(people.rita)
    done = services.reverse(people.carl, batch_id, reason="Wrong customer", rows=[3, 5])
    assert (done.taken_back, done.rows, done.last) == (Tally(rows=2, amount=6_000), (3, 5), False)
    assert (done.already, done.failed) == ((), ())
    assert reversed_rows() == [3, 5]
    assert sum(line.amount for line in workspace.own(Adjustment)) == 9_000
    batch = batch_of(batch_id)
    assert (batch.status, batch.rows_reversed, batch.amount_reversed) == ("posted", 2, 6_000)
    assert services.reversals(people.rita, batch_id) == [done]


def test_each_row_is_reversed_once_and_the_rest_goes_on(people: People) -> None:
    batch_id = imported(people.rita)
    first = services.reverse(people.carl, batch_id, reason="Wrong", rows=[2, 3])
    done = services.reverse(people.ada, batch_id, reason="Wrong too", rows=[3, 4, 99])
    assert (done.rows, done.taken_back) == ((4,), Tally(rows=1, amount=3_000))
    assert [(one.row, one.by, one.at) for one in done.already] == [(3, "Carl", first.reversed_at)]
    assert [(one.row, one.why) for one in done.failed] == [(99, "Row 99 of this file was not imported.")]
    assert reversed_rows() == [2, 3, 4]
    assert [told.reason for told in services.reversals(people.rita, batch_id)] == ["Wrong", "Wrong too"]


@pytest.mark.parametrize(
    ("rows", "code", "words"),
    [
        ([2, 3], "already-reversed", "Rows 2 and 3 were already reversed by Carl on "),
        ([2], "already-reversed", "Row 2 was already reversed by Carl on "),
        ([99], "nothing-to-reverse", "Row 99 of this file was not imported."),
        ([], "nothing-to-reverse", "Nothing of “march.xlsx” was imported"),
    ],
)
def test_where_none_can_be_reversed_nothing_happens(
    people_here: People, rows: list[int], code: str, words: str
) -> None:
    batch_id = imported(people_here.rita)
    if rows:
        services.reverse(people_here.carl, batch_id, reason="Wrong", rows=[2, 3])
    before = workspace.everything()
    refusal = refused(code, lambda: services.reverse(people_here.ada, batch_id, reason="Again", rows=rows))
    assert refusal.message.startswith(words)
    assert workspace.everything() == before


def test_with_the_last_row_the_import_is_reversed_and_its_file_may_come_again(people: People) -> None:
    batch_id = imported(people.rita)
    services.reverse(people.carl, batch_id, reason="Wrong", rows=[2, 3, 4])
    refused("already-imported", lambda: services.open_file(people.rita, OPEN_CREDITS, "march.xlsx", SHEET))
    done = services.reverse(people.ada, batch_id, reason="The rest as well", rows=[5, 6])
    assert done.last
    batch = batch_of(batch_id)
    assert (batch.status, batch.rows_reversed, batch.amount_reversed) == ("reversed", 5, 15_000)
    assert batch.reversed_by == people.ada.id
    refusal = refused("already-reversed", lambda: services.reverse(people.carl, batch_id, reason="Again"))
    assert "already reversed by Ada on" in refusal.message, "whoever did it last"
    assert workspace.count(Claim) == 0
    assert imported(people.rita)


def test_the_whole_import_after_some_of_its_rows_takes_back_what_is_left(people: People) -> None:
    batch_id = imported(people.rita)
    services.reverse(people.carl, batch_id, reason="Wrong", rows=[6])
    done = services.reverse(people.carl, batch_id, reason="All of it")
    assert done.taken_back == Tally(rows=4, amount=10_000)
    assert reversed_rows() == [2, 3, 4, 5, 6]
    assert sum(line.amount for line in workspace.own(Adjustment)) == 0


def test_a_reversed_credit_may_come_again_and_only_that_one(people: People) -> None:
    batch_id = imported(people.rita)
    other = workspace.opened(people.rita, ROWS[0], ROWS[1])
    assert [code for _, _, code in workspace.found(people.rita, other)] == ["already-posted"] * 2
    services.reverse(people.carl, batch_id, reason="Wrong", rows=[2])
    assert [row for row, _, _ in workspace.found(people.rita, other)] == [3]
    assert services.post(people.rita, other).posted.rows == 1
    # What came again is the other import's now: it stays, whatever is reversed of the first.
    services.reverse(people.carl, batch_id, reason="All of it")
    again = workspace.opened(people.rita, ROWS[0], ROWS[1], credit("X"), file_name="again.xlsx")
    assert [row for row, _, _ in workspace.found(people.rita, again)] == [2]


def test_of_many_who_reverse_the_same_rows_at_once_each_row_is_reversed_once(people: People) -> None:
    batch_id = imported(people.rita)
    outcomes = threads.together(
        lambda: services.reverse(people.carl, batch_id, reason="Carl", rows=[2, 3, 4]),
        lambda: services.reverse(people.ada, batch_id, reason="Ada", rows=[3, 4, 5]),
        lambda: services.reverse(people.carl, batch_id, reason="Carl again", rows=[2, 3, 4]),
        lambda: services.reverse(people.ada, batch_id, reason="Ada again", rows=[4]),
    )
    assert set(threads.codes(outcomes)) <= {"done", "already-reversed"}
    assert reversed_rows() == [2, 3, 4, 5]
    done = services.reversals(people.rita, batch_id)
    assert sorted(row for one in done for row in one.rows or ()) == [2, 3, 4, 5]
    assert batch_of(batch_id).rows_reversed == 4


def test_rows_and_the_whole_at_once_never_reverse_a_row_twice(people: People) -> None:
    batch_id = imported(people.rita)
    outcomes = threads.together(
        lambda: services.reverse(people.carl, batch_id, reason="All"),
        lambda: services.reverse(people.ada, batch_id, reason="Two", rows=[2, 3]),
    )
    assert "done" in threads.codes(outcomes)
    assert reversed_rows() == [2, 3, 4, 5, 6]
    assert batch_of(batch_id).status == "reversed"


def test_a_reversed_row_moves_the_facts_so_that_open_drafts_are_judged_again(people: People) -> None:
    batch_id = imported(people.rita)
    with database.reading() as session:
        before = reference.stamp(session)
    services.reverse(people.carl, batch_id, reason="Wrong", rows=[2])
    with database.reading() as session:
        assert reference.stamp(session).ledger == before.ledger + 1


@pytest.mark.parametrize("rows", [None, [2]])
def test_only_a_credit_manager_or_an_admin_reverses(people_here: People, rows: list[int] | None) -> None:
    batch_id = imported(people_here.rita)
    before = workspace.everything()
    said = refused("no-right", lambda: services.reverse(people_here.rita, batch_id, reason="Mine", rows=rows))
    assert said.message == "Only Admin or Credit Manager can reverse Open Credits."
    refused("not-found", lambda: services.reverse(people_here.lou, batch_id, reason="Mine", rows=rows))
    assert workspace.everything() == before
    batch = services.report(people_here.rita, batch_id).batch
    may = {name: services.may_reverse(getattr(people_here, name), batch) for name in ("rita", "carl", "ada")}
    assert may == {"rita": False, "carl": True, "ada": True}
    codes = workspace.opened(people_here.ada, ["N1"], headers=["Customer Code"], type=CUSTOMERS)
    assert not services.may_reverse(people_here.ada, services.view(people_here.ada, codes).batch)


def test_a_credit_manager_reverses_no_invoices_which_they_may_not_import(people_here: People) -> None:
    headers = [column.name for column in OPEN_INVOICES.columns]
    invoice = ["I1", "FL219", str(workspace.DAY), 30, "PO 1", "MIA"]
    batch_id = workspace.opened(people_here.ada, invoice, headers=headers, type=OPEN_INVOICES)
    services.post(people_here.ada, batch_id)
    refused("not-found", lambda: services.reverse(people_here.carl, batch_id, reason="Wrong", rows=[2]))
    done = services.reverse(people_here.ada, batch_id, reason="Wrong", rows=[2])
    assert done.taken_back == Tally(rows=1, amount=30_000)


def test_the_mail_says_which_credits_may_come_again(people: People) -> None:
    batch_id = imported(people.rita)
    services.reverse(people.carl, batch_id, reason="Wrong customer", rows=[3, 5])
    with database.reading() as session:
        mails = session.execute(select(Message).order_by(col(Message.id).desc()).limit(2)).scalars().all()
    assert {mail.recipient for mail in mails} == {"carl@komet.example", "rita@komet.example"}
    for mail in mails:
        assert "2 credits were reversed: −$6.00." in mail.text
        assert "These credits may be imported again." in mail.text


def test_an_opposite_has_the_day_of_its_document_while_that_month_is_open(people: People) -> None:
    batch_id = imported(people.rita)
    services.reverse(people.carl, batch_id, reason="Wrong", rows=[2])
    assert {line.credit_date for line in workspace.own(Adjustment)} == {workspace.DAY}
    assert services.reversals(people.rita, batch_id)[0].redated == {}


@pytest.mark.twin
def test_what_is_dated_in_a_closed_month_is_reversed_on_the_first_open_day_and_it_says_so(
    people: People,
) -> None:
    this = reference.today().replace(day=1)
    last = this - timedelta(days=3)
    days = [last, last, this, last]
    rows = [credit(f"A{n}", day=day, amount=n) for n, day in enumerate(days, start=1)]
    batch_id = imported(people.rita, workbook(*rows))
    services.reverse(people.carl, batch_id, reason="Still open", rows=[2])
    services.close_period(people.ada, last.replace(day=1), note="The books are done")
    first = services.reverse(people.carl, batch_id, reason="Closed by now, this row", rows=[5])
    done = services.reverse(people.carl, batch_id, reason="Closed by now")
    assert first.redated == done.redated == {str(this): 1}
    opposites = [line for line in workspace.own(Adjustment) if line.reverses_id]
    assert {line.row: line.credit_date for line in opposites} == {2: last, 3: this, 4: this, 5: this}
    told = services.reversals(people.rita, batch_id)
    assert [one.redated for one in told] == [{}, first.redated, done.redated]
    with database.reading() as session:
        mail = session.execute(select(Message).order_by(col(Message.id).desc())).scalars().first()
    assert mail is not None and f"1 is dated {this}, the first open day" in mail.text


def test_the_posted_rows_say_which_of_them_are_reversed(people_here: People) -> None:
    batch_id = imported(people_here.rita)
    services.reverse(people_here.carl, batch_id, reason="Wrong", rows=[3])
    found = services.posted_rows(people_here.rita, batch_id)
    assert [(e.row, e.number, e.amount, e.reversed) for e in found.entries] == [
        (n + 1, f"N{n}", n * 1000, n == 2) for n in range(1, 6)
    ]
    assert (found.count, found.page, found.pages) == (5, 1, 1)
    refused("not-found", lambda: services.posted_rows(people_here.lou, batch_id))
    assert isinstance(found, statement.PostedPage)


def test_pages_of_the_posted_rows_follow_each_other_and_none_lies_outside(
    people_here: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(balances, "PAGE", 2)
    batch_id = imported(people_here.rita)
    services.reverse(people_here.carl, batch_id, reason="Wrong", rows=[2, 3])
    found = [services.posted_rows(people_here.rita, batch_id, page=page) for page in range(5)]
    assert [[entry.row for entry in one.entries] for one in found] == [[2, 3], [2, 3], [4, 5], [6], [6]]
    assert {(one.count, one.pages) for one in found} == {(5, 3)}
    assert [one.page for one in found] == [1, 1, 2, 3, 3]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([3], "row 3"),
        ([5, 3, 4], "rows 3, 4 and 5"),
        (
            range(NAMED, 0, -1),
            "rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 and 20",
        ),
        (
            range(1, NAMED + 2),
            "rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 and 1 more",
        ),
    ],
)
def test_rows_are_named_in_order_and_the_twenty_first_is_one_more(rows: Sequence[int], told: str) -> None:
    assert named_rows(rows) == told
