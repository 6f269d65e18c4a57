"""Posting: ready rows are the ledger's, once and exactly; the rest is kept with its reasons; or nothing."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, text
from sqlmodel import col, select

from komet_import import services
from komet_import.access import users
from komet_import.access.users import CurrentUser
from komet_import.clock import earlier
from komet_import.ledger import database, staging
from komet_import.ledger.models import (
    Adjustment,
    AuditEntry,
    Batch,
    Claim,
    Customer,
    CustomerLocation,
    Location,
    Message,
    UnpostedRow,
)
from komet_import.ledger.posting import PostingRefusal
from komet_import.ledger.receipt import Apart, Tally
from komet_import.services.draft.desk import DESK
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from tests.services import threads, workspace
from tests.services.workspace import DAY, HEADERS, People, credit, refused, workbook

pytestmark = pytest.mark.twin


class Crash(Exception):
    """What a server dies of in the middle of its work."""


def test_the_ledger_holds_what_the_sheet_said_to_the_thousandth(people: People) -> None:
    batch_id = workspace.opened(
        people.rita,
        credit("A", amount=Decimal("0.001")),
        credit("", customer="fl220", amount=999_999.999, location="lax", comments="  Ñandú 🌷 “late” "),
        credit("00007", customer="00042", amount="1234.50", location="LAX", day=(DAY.isoformat())),
        credit("B", customer="FL220", amount=0.1 + 0.2, location="MIA"),
    )
    receipt = services.post(people.rita, batch_id)
    rita = people.rita.id
    assert workspace.ledger() == [
        ("FL219", "A", DAY, 1, "MIA", "", 2, batch_id, rita),
        ("FL220", "", DAY, 999_999_999, "LAX", "Ñandú 🌷 “late”", 3, batch_id, rita),
        ("00042", "00007", DAY, 1_234_500, "LAX", "", 4, batch_id, rita),
        ("FL220", "B", DAY, 300, "MIA", "", 5, batch_id, rita),
    ]
    assert receipt.posted == Tally(rows=4, amount=1_001_234_800)
    for adjustment in workspace.own(Adjustment):
        assert adjustment.reverses_id is None and adjustment.posted_at == receipt.posted_at


def test_read_is_posted_and_rejected_and_left_out_in_rows_and_in_money(people: People) -> None:
    batch_id = workspace.opened(
        people.rita,
        credit("A", amount=100),
        credit("B", amount=50, customer="FL21"),
        credit("C", amount="n/a"),
        credit("D", amount=7),
        credit("E", amount=-3),
        credit("F", amount=2, customer="FL900"),
    )
    services.leave_out(people.rita, batch_id, [5, 7])
    receipt = services.post(people.rita, batch_id)
    assert receipt.read == Tally(rows=6, amount=159_000)
    assert receipt.posted == Tally(rows=1, amount=100_000)
    assert receipt.rejected == Tally(rows=3, amount=50_000)
    assert receipt.left_out == Tally(rows=2, amount=9_000)
    assert receipt.apart == Apart(unreadable=1, negative=Tally(rows=1, amount=-3_000))
    told = services.report(people.rita, batch_id)
    assert told.receipt == receipt
    apart = "1 amount could not be read · 1 amount has the wrong sign"
    for one in (receipt, told.receipt):
        assert (one.read.told, one.rejected.told) == (f"$159.00 · {apart}", f"$50.00 · {apart}")
        assert (one.posted.told, one.left_out.told) == ("$100.00", "$9.00")
    assert [(row.row, [i["code"] for i in row.issues]) for row in told.rejected] == [
        (3, ["unknown-customer"]),
        (4, ["not-a-number"]),
        (6, ["not-positive"]),
    ]
    assert [row.row for row in told.left_out] == [5, 7]
    assert told.rejected[1].cells == dict(
        zip(HEADERS, ["FL219", "C", DAY.isoformat(), "n/a", "MIA", ""], strict=True)
    )


def test_what_was_edited_is_what_is_posted(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", customer="FL21", amount=-12.5))
    edits = [(3, "Customer Code", "FL21", "FL219"), (3, "Credit Balance", "-12.5", "12.55")]
    services.set_cells(people.rita, batch_id, edits)
    workspace.forget()
    services.post(people.carl, batch_id)
    assert DESK.get(batch_id) is None, "what is posted needs no place in memory"
    assert [(line[0], line[3], line[6], line[8]) for line in workspace.ledger()] == [
        ("FL219", 120_000, 2, people.carl.id),
        ("FL219", 12_550, 3, people.carl.id),
    ]


def test_a_second_click_posts_nothing(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    services.post(people.rita, batch_id)
    before = workspace.everything()
    for user in (people.rita, people.carl):
        refusal = refused("already-imported", lambda u=user: services.post(u, batch_id))
        assert isinstance(refusal, PostingRefusal) and refusal.batch_id == batch_id
    refused("already-imported", lambda: services.view(people.rita, batch_id))
    refused("already-imported", lambda: services.leave_out(people.rita, batch_id, [2]))
    refused("already-imported", lambda: services.undo(people.rita, batch_id))
    refused("already-imported", lambda: services.discard(people.rita, batch_id))
    assert workspace.everything() == before


def test_two_clicks_at_the_same_moment_post_once(people: People) -> None:
    batch_id = workspace.opened(people.rita, *(credit(f"A{n}") for n in range(20)))
    outcomes = threads.together(*[lambda u=u: services.post(u, batch_id) for u in (people.rita, people.carl)])
    assert threads.codes(outcomes) == ["already-imported", "done"]
    assert workspace.count(Adjustment) == 20 and workspace.count(Message) == 1


def test_the_same_credits_in_two_files_of_two_users_at_the_same_moment_are_posted_once(
    people: People,
) -> None:
    rows = [credit("", amount=n + 1) for n in range(20)]
    drafts = [
        (people.rita, workspace.opened(people.rita, *rows)),
        (people.carl, workspace.opened(people.carl, *reversed(rows))),
    ]
    outcomes = threads.together(*[lambda u=u, b=b: services.post(u, b) for u, b in drafts])
    assert threads.codes(outcomes) == ["already-imported", "done"]
    assert workspace.count(Adjustment) == 20 and workspace.count(Message) == 1
    won = next(outcome for outcome in outcomes if not isinstance(outcome, Exception))
    lost = next(outcome for outcome in outcomes if isinstance(outcome, PostingRefusal))
    assert lost.batch_id == won.batch_id  # type: ignore[attr-defined]


def test_the_same_file_of_two_users_at_the_same_moment_is_posted_once(people: People) -> None:
    content = workbook(*(credit(f"A{n}") for n in range(5)))
    drafts = [
        (user, services.open_file(user, OPEN_CREDITS, "march.xlsx", content))
        for user in (people.rita, people.carl)
    ]
    outcomes = threads.together(*[lambda u=u, b=b: services.post(u, b) for u, b in drafts])
    assert threads.codes(outcomes) == ["already-imported", "done"]
    assert workspace.count(Adjustment) == 5


class Meeting:
    """Holds postings where they have judged their rows and not yet written any, until all have come so far.

    SQLite lets one posting in at a time, so that they cannot meet inside: there they only set off together.
    """

    def __init__(self, url: str, parties: int) -> None:
        self.barrier = threading.Barrier(parties) if url.startswith("postgresql") else None

    def wait(self) -> None:
        if self.barrier is not None:
            self.barrier.wait(timeout=60)


def meeting(*first: Meeting, at_each: Meeting | None = None) -> Callable[[float], None]:
    """A progress callback that waits at the `first` attempt to post, and at the second one for the other."""
    attempts = iter([first, (at_each,) if at_each else ()])

    def progress(done: float) -> None:
        if done == 0.05:
            for met in next(attempts, ()):
                met.wait()

    return progress


def test_a_number_that_another_posting_takes_in_the_same_moment_rejects_its_row(
    database_url: str, people: People
) -> None:
    first = workspace.opened(people.rita, credit("SAME", amount=1), credit("R", amount=2))
    second = workspace.opened(people.carl, credit("same", amount=1), credit("C", amount=3))
    met = Meeting(database_url, 2)
    outcomes = threads.together(
        lambda: services.post(people.rita, first, progress=meeting(met)),
        lambda: services.post(people.carl, second, progress=meeting(met)),
    )
    assert threads.codes(outcomes) == ["done", "done"]
    assert sorted((r.posted.rows, r.rejected.rows) for r in outcomes) == [(1, 1), (2, 0)]  # type: ignore[attr-defined]
    numbers = [line[1] for line in workspace.ledger()]
    assert sorted(str(n).upper() for n in numbers) == ["C", "R", "SAME"]
    (rejected,) = workspace.own(UnpostedRow)
    assert [issue["code"] for issue in rejected.issues] == ["already-posted"]


def test_three_postings_that_take_each_others_numbers_all_end_well(database_url: str, people: People) -> None:
    """Who loses a number twice in a row judges again each time."""
    first = workspace.opened(people.ada, credit("X", amount=1), credit("A", amount=4))
    second = workspace.opened(people.rita, credit("X", amount=1), credit("Y"), credit("R", amount=2))
    third = workspace.opened(people.carl, credit("X", amount=1), credit("Y"), credit("C", amount=3))
    judged, posted, again = (Meeting(database_url, parties) for parties in (3, 3, 2))

    def post(user: CurrentUser, batch_id: str) -> object:
        return services.post(user, batch_id, progress=meeting(judged, posted, at_each=again))

    def ada() -> object:
        judged.wait()
        receipt = services.post(people.ada, first)
        posted.wait()
        return receipt

    outcomes = threads.together(ada, lambda: post(people.rita, second), lambda: post(people.carl, third))
    assert threads.codes(outcomes) == ["done", "done", "done"]
    assert sorted(str(line[1]) for line in workspace.ledger()) == ["A", "C", "R", "X", "Y"]


def test_the_same_numbers_in_opposite_order_at_the_same_moment_do_not_lock_each_other_out(
    database_url: str, people: People
) -> None:
    rows = [credit(f"N{n:04}", amount=n + 1) for n in range(1200)]
    first = workspace.opened(people.rita, *rows, credit("R"))
    second = workspace.opened(people.carl, *reversed(rows), credit("C"))
    met = Meeting(database_url, 2)
    outcomes = threads.together(
        lambda: services.post(people.rita, first, progress=meeting(met)),
        lambda: services.post(people.carl, second, progress=meeting(met)),
    )
    assert threads.codes(outcomes) == ["done", "done"]
    assert workspace.count(Adjustment) == 1202


def test_what_the_button_promised_is_posted_or_nothing(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", customer="FL220"))
    judgement = services.view(people.rita, batch_id).judgement
    rows, amount = judgement.tally(judgement.ready)
    workspace.change_customer("FL220", active=False)
    before = workspace.everything()
    refused(
        "draft-changed",
        lambda: services.post(people.rita, batch_id, promised=Tally(rows=rows, amount=amount)),
    )
    assert workspace.everything() == before
    assert workspace.found(people.rita, batch_id) == [(3, "Customer Code", "inactive-customer")]
    receipt = services.post(people.rita, batch_id, promised=Tally(rows=1, amount=120_000))
    assert receipt.posted == Tally(rows=1, amount=120_000)


def test_a_customer_who_became_inactive_is_rejected_although_the_page_still_shows_the_row_ready(
    people: People,
) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", customer="FL220"))
    services.view(people.rita, batch_id)
    workspace.change_customer("FL220", active=False)
    assert services.post(people.rita, batch_id).rejected.rows == 1
    assert [line[0] for line in workspace.ledger()] == ["FL219"]


@pytest.mark.parametrize("after", [0.05, 0.9, 1.0])
def test_a_crash_in_the_middle_leaves_nothing_at_all(people: People, after: float) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", customer="FL21"))
    before = workspace.everything()

    def crash(done: float) -> None:
        if done >= after:
            raise Crash

    with pytest.raises(Crash):
        services.post(people.rita, batch_id, progress=crash)
    assert workspace.everything() == before
    workspace.forget()
    assert services.post(people.rita, batch_id).posted.rows == 1
    assert workspace.count(Message) == 1


def test_progress_only_grows_and_ends_at_one(people_here: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "PORTION", 50)
    told: list[float] = []
    rows = [credit("", amount=n + 1) for n in range(120)]
    batch_id = workspace.opened(people_here.rita, *rows)
    services.post(people_here.rita, batch_id, progress=told.append)
    assert told == sorted(told) and told[-1] == 1.0 and len(told) >= 4
    assert workspace.count(Adjustment) == 120


def test_the_mail_and_the_audit_entry_come_with_the_posting(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", customer="FL21"))
    services.post(people.carl, batch_id)
    (mail,) = workspace.own(Message)
    assert (mail.batch_id, mail.user_id, mail.recipient) == (batch_id, people.carl.id, "carl@komet.example")
    assert services.report_url(batch_id) in mail.text and "Unknown customer" in mail.text
    (entry,) = (entry for entry in workspace.own(AuditEntry) if entry.action == "post")
    assert (entry.subject, entry.user_id) == (batch_id, people.carl.id)
    assert entry.details == {"rows": 1, "amount": 120_000}
    (batch,) = workspace.own(Batch)
    assert (batch.status, batch.posted_by, batch.uploaded_by) == ("posted", people.carl.id, people.rita.id)


def test_a_sheet_without_a_ready_row_stays_a_draft(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A", customer="FL21"))
    before = workspace.everything()
    refused("nothing-to-import", lambda: services.post(people.rita, batch_id))
    assert workspace.everything() == before


def test_a_sheet_without_a_ready_row_may_be_closed_with_a_report(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A", customer="FL21"))
    receipt = services.post(people.rita, batch_id, even_nothing=True)
    assert (receipt.posted, receipt.rejected) == (Tally(rows=0, amount=0), Tally(rows=1, amount=120_000))
    assert workspace.count(Message) == 1 and workspace.count(Claim) == 0
    assert [row.row for row in services.report(people.rita, batch_id).rejected] == [2]


def test_a_right_that_was_lost_after_opening_posts_nothing(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    with database.transaction() as session:
        users.set_roles(session, user_id=people.rita.id, roles=["Salesperson"])
    before = workspace.everything()
    refused("not-found", lambda: services.post(people.rita, batch_id))
    refused("not-found", lambda: services.set_cells(people.rita, batch_id, [(2, "Credit #", "A", "B")]))
    refused("not-found", lambda: services.view(people.rita, batch_id))
    assert workspace.everything() == before


def test_a_number_is_the_customers_own(people_here: People) -> None:
    """The same number of another customer is another credit; of the same one, in any case, it is not."""
    services.post(people_here.rita, workspace.opened(people_here.rita, credit("cr-1", amount=1)))
    batch_id = workspace.opened(
        people_here.rita, credit("CR-1", amount=5), credit("CR-1", customer="FL220", amount=5)
    )
    assert workspace.found(people_here.rita, batch_id) == [(2, "Credit #", "already-posted")]
    services.post(people_here.rita, batch_id)
    assert [(line[0], line[1]) for line in workspace.ledger()] == [("FL219", "cr-1"), ("FL220", "CR-1")]


def test_the_same_sheet_saved_anew_is_the_same_money(people: People) -> None:
    rows = [credit("", amount=5), credit("", amount=7, customer="FL220")]
    services.post(people.rita, workspace.opened(people.rita, *rows))
    workspace.change_customer("FL220", name="Petal, Stem & Sons")
    again = [credit("", amount="7.00", customer="fl220"), credit("", amount="5.00")]
    second = workspace.opened(people.rita, *again, file_name="again.xlsx")
    refused("already-imported", lambda: services.post(people.rita, second))
    assert workspace.count(Adjustment) == 2


def test_rows_that_were_imported_from_several_files_are_told_with_each_of_them(people: People) -> None:
    rows = [credit("A"), credit("B", amount=7)]
    for name, row in zip(("b.xlsx", "a.xlsx"), rows, strict=True):
        services.post(people.rita, workspace.opened(people.rita, row, file_name=name))
    both = workspace.opened(people.carl, *rows, file_name="both.xlsx")
    said = refused("nothing-to-import", lambda: services.post(people.carl, both)).message
    assert said == "Every row was imported before, from “a.xlsx”, “b.xlsx”; nothing was posted."


def test_characters_that_no_database_holds_do_not_stop_a_posting(people: People) -> None:
    batch_id = workspace.opened(
        people.rita,
        credit("A", comments="late_x0000_ truck_xD800_ _x0007_"),
        credit("B_x0000_", customer="FL_x0000_21", comments="_xDFFF_"),
    )
    receipt = services.post(people.rita, batch_id)
    assert receipt.read.rows == 2 == receipt.posted.rows + receipt.rejected.rows
    assert receipt.rejected.rows == 1
    assert workspace.ledger()[0][1] == "A" and "late" in str(workspace.ledger()[0][5])
    assert len(services.rejected_workbook(people.rita, batch_id)) > 1000


def test_the_past_is_told_by_the_clock(people_here: People) -> None:
    with earlier(timedelta(days=30)):
        batch_id = workspace.opened(people_here.rita, credit("A"))
        receipt = services.post(people_here.rita, batch_id)
    assert datetime.now(receipt.posted_at.tzinfo) - receipt.posted_at >= timedelta(days=30)


def test_days_in_refusals_and_reasons_say_whose_they_are(people: People) -> None:
    """Somebody in Bogotá reads it on the evening before: the day alone would name another one."""
    batch_id = workspace.opened(people.rita, credit("A"), credit("", amount=7))
    day = services.post(people.rita, batch_id).posted_at.astimezone(UTC).date()
    second = workspace.opened(people.rita, credit("A"), credit("", amount=7), credit("C", amount=9))
    told = [issue.message for issue in services.issues(services.view(people.rita, second))]
    told.append(refused("already-imported", lambda: services.post(people.rita, batch_id)).message)
    assert len(told) == 3 and all(f" on {day} UTC" in sentence for sentence in told)


# Customers: an upsert by code.

LIST = ("Customer Code", "Customer Name", "Location Codes", "Accounting Code", "Active")


def customers(user: CurrentUser, *rows: list[object], headers: tuple[str, ...] = LIST) -> Tally:
    """Import these customers; returns what was posted."""
    return services.post(user, workspace.opened(user, *rows, headers=headers, type=CUSTOMERS)).posted


def known(code: str) -> tuple[object, ...]:
    """A customer as the database has it: name, active, accounting code, type, salesperson, locations."""
    with database.reading() as session:
        found = session.execute(select(Customer).where(col(Customer.code) == code)).scalar_one()
        places = session.execute(
            select(col(Location.code))
            .join(CustomerLocation, col(CustomerLocation.location_id) == col(Location.id))
            .where(col(CustomerLocation.customer_id) == found.id)
            .order_by(col(Location.code))
        )
        return (
            found.name, found.active, found.accounting_code, found.customer_type, found.salesperson,
            tuple(places.scalars()),
        )  # fmt: skip


def test_a_new_customer_is_added_and_a_known_one_updated(people: People) -> None:
    posted = customers(
        people.ada,
        ["NEW1", "Ñandú Flores", "MIA:LAX", "A-1", ""],
        ["fl219", "Rosas del Valle SA", "LAX", "A-2", "no"],
    )
    assert posted == Tally(rows=2, amount=None)
    assert known("NEW1") == ("Ñandú Flores", True, "A-1", "", "", ("LAX", "MIA"))
    assert known("FL219") == ("Rosas del Valle SA", False, "A-2", "", "", ("LAX",))
    assert workspace.count(Customer) == 5
    batch_id = workspace.opened(people.rita, credit("A", customer="new1"), credit("B", customer="FL219"))
    assert workspace.found(people.rita, batch_id) == [(3, "Customer Code", "inactive-customer")]


EVERYTHING = (
    "Customer Code", "Customer Name", "Location Codes", "Accounting Code", "Customer Type", "Salesperson",
    "Active",
)  # fmt: skip


def test_a_blank_cell_and_a_column_that_the_sheet_lacks_leave_what_is(people: People) -> None:
    customers(people.ada, ["FL220", "Petal", "MIA", "A-1", "retailer", "Marta", ""], headers=EVERYTHING)
    kept = ("Petal", True, "A-1", "Retailer", "Marta", ("MIA",))
    assert known("FL220") == kept
    customers(people.ada, ["FL220", "Petals", "", "", "", "", ""], headers=EVERYTHING)
    assert known("FL220") == ("Petals", *kept[1:])
    customers(people.ada, ["FL220", "Petal"], headers=EVERYTHING[:2])
    assert known("FL220") == kept


@pytest.mark.parametrize("word", ["(none)", " (None) "])
def test_a_word_of_its_own_erases(people: People, word: str) -> None:
    row = ["FL220", "Petal", "MIA", "A-1", "retailer", "Marta", ""]
    customers(people.ada, row, headers=EVERYTHING)
    for place in (2, 3, 4, 5):
        erased = [*row]
        erased[place] = word
        before = known("FL220")
        assert customers(people.ada, erased, headers=EVERYTHING) == Tally(rows=1, amount=None)
        left = dict(zip(EVERYTHING[2:6], (before[5], *before[2:5]), strict=True))
        left[EVERYTHING[place]] = () if place == 2 else ""
        after = known("FL220")
        assert dict(zip(EVERYTHING[2:6], (after[5], *after[2:5]), strict=True)) == left
        row[place] = ""
    assert known("FL220") == ("Petal", True, "", "", "", ())


def test_what_cannot_be_blank_cannot_be_erased(people_here: People) -> None:
    batch_id = workspace.opened(
        people_here.ada, ["N1", "New", "", "", "(none)"], headers=LIST, type=CUSTOMERS
    )
    assert workspace.found(people_here.ada, batch_id) == [(2, "Active", "not-a-choice")]


def test_only_rows_that_change_something_are_changed(people: People) -> None:
    """The list as it is, with one customer renamed, one moved, one added."""
    before = {name: rows for name, rows in workspace.everything().items() if name.startswith("customer")}
    batch_id = workspace.opened(
        people.ada,
        ["fl219", "Rosas del Valle", "MIA", "", "yes"],
        ["FL220", "Petal & Stem", "LAX:MIA", "", ""],
        ["00042", "Jardín Ñuñoa", "MIA", "", ""],
        ["FL900", "Closed Bloom", "", "", ""],
        ["NEW1", "New", "", "", ""],
        ["N2", "", "", "", ""],
        headers=LIST,
        type=CUSTOMERS,
    )
    opened = services.view(people.ada, batch_id)
    assert opened.judgement.numbers[opened.judgement.unchanged].tolist() == [2, 3]
    receipt = services.post(people.ada, batch_id, promised=Tally(rows=3, amount=None))
    told = services.report(people.ada, batch_id).receipt
    for said in (receipt, told):
        parts = (said.read, said.posted, said.unchanged, said.rejected, said.left_out)
        assert [tally.rows for tally in parts] == [6, 3, 2, 1, 0]
        assert {tally.amount for tally in parts} == {None}
    after = {name: rows for name, rows in workspace.everything().items() if name.startswith("customer")}
    changed = {str(row[1]) for row in set(after["customer"]) - set(before["customer"])}
    assert changed == {"00042", "FL900", "NEW1"}
    assert known("00042")[-1] == ("MIA",)
    (mail,) = workspace.own(Message)
    assert mail.subject.startswith("1 customer added, 2 customers changed, 2 unchanged, 1 rejected")
    assert "3 of 6 customers were added or changed." in mail.text


def test_an_edit_makes_a_row_change_something_or_nothing(people_here: People) -> None:
    row = ["FL219", "Rosas del Valle", "MIA", "", ""]
    batch_id = workspace.opened(people_here.ada, row, headers=LIST, type=CUSTOMERS)
    edit = (2, "Customer Name", "Rosas del Valle", "Rosas")
    for cells, changes in (([edit], True), ([(2, "Customer Name", "Rosas", "Rosas del Valle")], False)):
        services.set_cells(people_here.ada, batch_id, cells)
        for _ in range(2):
            judgement = services.view(people_here.ada, batch_id).judgement
            assert (judgement.ready.tolist(), judgement.unchanged.tolist()) == ([changes], [not changes])
            workspace.forget()


def test_the_locations_of_customers_that_a_list_does_not_name_stay(people: People) -> None:
    before = workspace.everything()["customer_location"]
    assert len(before) > 3
    customers(people.ada, ["N1", "New", "MIA"], ["FL219", "Rosas", "LAX"], headers=LIST[:3])
    after = workspace.everything()["customer_location"]
    ids = {row[1]: row[0] for row in workspace.everything()["customer"]}
    assert [r for r in after if r[0] not in (ids["N1"], ids["FL219"])] == [
        r for r in before if r[0] != ids["FL219"]
    ]


def test_a_long_list_of_customers_takes_as_few_statements_as_a_short_one(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each statement on customers counts in `facts`, under the lock that every posting waits for."""
    monkeypatch.setattr(staging, "PORTION", 5)

    def counted(count: int, name: str) -> int:
        places = ("(none)", "MIA")
        rows = [[f"{count}-{n}", f"{name} {count} {n}", places[n % 2], "", ""] for n in range(count)]
        batch_id = workspace.opened(people.ada, *rows, headers=LIST, type=CUSTOMERS)
        statements: list[str] = []
        watched = database.engine()
        event.listen(watched, "before_cursor_execute", lambda *told: statements.append(told[2]))
        services.post(people.ada, batch_id)
        written = ("INSERT INTO customer", "UPDATE customer", "DELETE FROM customer")
        return sum(statement.startswith(written) for statement in statements)

    for name in ("New", "Changed"):
        assert counted(2, name) == counted(40, name) == 4
    assert [known(f"40-{n}")[::5] for n in (0, 1)] == [("Changed 40 0", ()), ("Changed 40 1", ("MIA",))]


def test_two_clicks_on_a_list_of_customers_post_once(people: People) -> None:
    batch_id = workspace.opened(
        people.ada, ["N1", "New", "MIA"], ["FL219", "Rosas", "LAX"], headers=LIST[:3], type=CUSTOMERS
    )
    outcomes = threads.together(*[lambda: services.post(people.ada, batch_id)] * 2)
    assert threads.codes(outcomes) == ["already-imported", "done"]
    before = workspace.everything()
    refused("already-imported", lambda: services.post(people.ada, batch_id))
    assert workspace.everything() == before
    assert (workspace.count(Message), workspace.count(Customer)) == (1, 5)


def test_two_lists_that_change_other_fields_of_the_same_customers_at_once_both_end_well(
    database_url: str, people: People
) -> None:
    rows = [[f"N{n:03}", f"New {n}", "MIA", "", ""] for n in range(60)]
    customers(people.ada, *rows)
    one = [[f"N{n:03}", f"New {n}", "", f"A-{n}" if n % 2 else "", "" if n % 2 else "no"] for n in range(60)]
    other = [[f"N{n:03}", f"Newer {n}", "", "", ""] for n in range(60)]
    drafts = [
        workspace.opened(people.ada, *chosen, headers=LIST, type=CUSTOMERS)
        for chosen in (one, list(reversed(other)))
    ]
    outcomes = threads.together(*[lambda b=b: services.post(people.ada, b) for b in drafts])
    assert threads.codes(outcomes) == ["done", "done"]
    assert known("N001")[2] == "A-1" and known("N002")[1] is False


def test_a_blank_active_means_yes_for_a_new_customer_and_unchanged_for_a_known_one(people: People) -> None:
    customers(people.ada, ["N1", "New", "MIA", "", ""], ["FL900", "Closed Blooms", "MIA", "", ""])
    assert (known("N1")[1], known("FL900")[1]) == (True, False)
    customers(people.ada, ["N2", "Newer"], ["FL900", "Closed"], headers=LIST[:2])
    assert (known("N2")[1], known("FL900")[1]) == (True, False)
    customers(people.ada, ["N2", "Newer", "", "", "no"], ["FL900", "Closed", "", "", "yes"])
    assert (known("N2")[1], known("FL900")[1]) == (False, True)


def test_the_same_list_of_customers_may_be_imported_again(people_here: People) -> None:
    content = workbook(["N1", "New"], headers=LIST[:2])
    for posted, unchanged in ((1, 0), (0, 1)):
        batch_id = services.open_file(people_here.ada, CUSTOMERS, "list.xlsx", content)
        receipt = services.post(people_here.ada, batch_id)
        assert (receipt.posted.rows, receipt.unchanged.rows) == (posted, unchanged)
    assert workspace.count(Customer) == 5


def test_a_bad_customer_is_rejected_and_a_code_stands_once(people: People) -> None:
    batch_id = workspace.opened(
        people.ada,
        ["N1", "New", "MIA"],
        ["n1", "New again", "MIA"],
        ["N2", "", "MIA"],
        ["N3", "Far away", "MIA:XXX"],
        headers=LIST[:3],
        type=CUSTOMERS,
    )
    (first,) = services.view(people.ada, batch_id).judgement.waiting()
    assert (first.row, first.code) == (2, "split-code")
    services.confirm(people.ada, batch_id, [first])
    receipt = services.post(people.ada, batch_id)
    assert (receipt.posted.rows, receipt.rejected.rows) == (1, 3)
    assert [[i["code"] for i in row.issues] for row in services.report(people.ada, batch_id).rejected] == [
        ["duplicate-in-sheet"],
        ["missing-value"],
        ["unknown-location"],
    ]


def test_two_lists_with_the_same_customers_in_opposite_order_at_the_same_moment_both_end_well(
    database_url: str, people: People
) -> None:
    rows = [[f"N{n:04}", f"New {n}", "MIA"] for n in range(700)] + [["FL219", "Rosas", "MIA"]]
    first = workspace.opened(people.ada, *rows, headers=LIST[:3], type=CUSTOMERS)
    second = workspace.opened(people.ada, *reversed(rows), headers=LIST[:3], type=CUSTOMERS)
    met = Meeting(database_url, 2)
    outcomes = threads.together(
        lambda: services.post(people.ada, first, progress=meeting(met)),
        lambda: services.post(people.ada, second, progress=meeting(met)),
    )
    assert threads.codes(outcomes) == ["done", "done"]
    assert workspace.count(Customer) == 704


def test_a_server_that_a_newer_program_has_overtaken_posts_and_reverses_nothing(people: People) -> None:
    posted = workspace.opened(people.rita, credit("A"))
    services.post(people.rita, posted)
    other = workspace.opened(people.rita, credit("B"))
    before = workspace.ledger()
    with database.engine().begin() as connection:
        mine = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    told = refused("program-outdated", lambda: services.post(people.rita, other)).message
    assert "nothing was done" in told and "start the new one" in told
    refused("program-outdated", lambda: services.reverse(people.carl, posted, reason="Wrong month"))
    refused("program-outdated", lambda: services.discard(people.rita, other))
    assert workspace.ledger() == before
    with database.engine().begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :mine"), {"mine": mine})
    services.post(people.rita, other)
    assert len(workspace.ledger()) == 2
