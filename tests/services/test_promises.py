"""What is posted is what was promised to who clicked, in their name and by their right of that moment."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError

from komet_import import services
from komet_import.access import users
from komet_import.ledger import database
from komet_import.ledger.models import Adjustment, Message
from komet_import.ledger.receipt import Receipt, Tally
from komet_import.services import Overtaken, Seen
from komet_import.services.draft.desk import DESK
from komet_import.services.news.result_mail import counted_reasons, reasons_of
from komet_import.services.submission import draft_posting as importing_posting
from tests.services import workspace
from tests.services.workspace import People, credit, refused


def at(moment: float, act: Callable[[], object]) -> Callable[[float], None]:
    """A progress callback that acts once, when so much is done."""
    acts = [act]

    def progress(done: float) -> None:
        if done == moment and acts:
            acts.pop()()

    return progress


@pytest.mark.parametrize(
    "promised",
    [
        Tally(rows=2, amount=127_001),
        Tally(rows=1, amount=127_000),
        Tally(rows=3, amount=127_000),
        Tally(rows=2, amount=0),
        Tally(rows=2, amount=None),
    ],
)
def test_a_promise_is_of_rows_and_of_money(people: People, promised: Tally) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=7), credit("C", amount=-1))
    before = workspace.everything()
    refused("draft-changed", lambda: services.post(people.rita, batch_id, promised=promised))
    assert workspace.everything() == before
    kept = Tally(rows=2, amount=127_000)
    assert services.post(people.rita, batch_id, promised=kept).posted == kept


def test_the_right_is_asked_for_when_the_rows_are_written(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))

    def lose() -> None:
        with database.transaction() as session:
            users.set_roles(session, user_id=people.rita.id, roles=["Salesperson"])

    refused("no-right", lambda: services.post(people.rita, batch_id, progress=at(0.5, lose)))
    assert workspace.count(Adjustment) == workspace.count(Message) == 0
    assert services.view(people.carl, batch_id).batch.status == "draft"


def test_the_receipt_and_the_mail_have_the_name_and_the_address_of_now(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    of_before = replace(people.carl, name="Carl of before", email="old@komet.example")
    assert services.post(of_before, batch_id).posted_by == "Carl"
    (mail,) = workspace.own(Message)
    assert mail.recipient == "carl@komet.example" and "Hello Carl," in mail.text
    assert {line.posted_by for line in workspace.own(Adjustment)} == {people.carl.id}


def test_everything_is_judged_anew_before_it_is_posted(people: People) -> None:
    """Whatever is kept at hand of a draft, a row that is wrong is not posted."""
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=-5))
    wrong = services.view(people.rita, batch_id)
    services.set_cells(people.rita, batch_id, [(3, "Credit Balance", "-5", "5")])
    fixed = services.view(people.rita, batch_id).judgement
    services.undo(people.rita, batch_id)
    DESK.keep(replace(services.view(people.rita, batch_id), judgement=fixed))
    assert services.view(people.rita, batch_id).judgement.ready.all() and not wrong.judgement.ready.all()
    assert services.post(people.rita, batch_id).posted == Tally(rows=1, amount=120_000)
    assert [line[1] for line in workspace.ledger()] == ["A"]


@pytest.mark.twin
def test_what_lies_ready_is_laid_anew_where_the_sheet_moved(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", customer="FL220", amount=7))
    moves = [
        lambda: services.set_cells(people.carl, batch_id, [(2, "Comments", "", "late")]),
        lambda: workspace.change_customer("FL220", active=False),
        lambda: workspace.change_customer("FL220", active=True, name="Petal"),
        lambda: services.leave_out(people.carl, batch_id, [3]),
    ]

    def progress(done: float) -> None:
        if done == 0.5 and moves:
            moves.pop(0)()

    services.post(people.rita, batch_id, progress=progress)
    assert [(line[1], line[5]) for line in workspace.ledger()] == [("A", "late")]
    assert [row.row for row in services.report(people.rita, batch_id).left_out] == [3]


def test_who_changed_the_sheet_is_named_once_and_in_turn(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=7), credit("C", amount=8))
    seen = Seen.of(services.view(people.rita, batch_id))
    services.set_cells(people.carl, batch_id, [(2, "Comments", "", "x"), (3, "Comments", "", "x")])
    services.set_cells(people.ada, batch_id, [(4, "Comments", "", "x")])
    services.set_cells(people.rita, batch_id, [(4, "Credit #", "C", "D")])
    with pytest.raises(Overtaken) as overtaken:
        services.post(people.rita, batch_id, seen=seen)
    assert overtaken.value.message.startswith("Carl and Ada changed the sheet since you looked;")
    assert [found.row for found in overtaken.value.differences] == [2, 3, 4]
    assert workspace.count(Adjustment) == 0


def test_a_failing_database_is_no_others_posting(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another posted it while ours failed: what is told is not that we did."""
    batch_id = workspace.opened(people.rita, credit("A"))
    written = importing_posting._written

    def overtaken(*arguments: object, **options: object) -> Receipt:
        monkeypatch.setattr(importing_posting, "_written", written)
        services.post(people.carl, batch_id)
        raise OperationalError("INSERT", {}, Exception("the connection was lost"))

    monkeypatch.setattr(importing_posting, "_written", overtaken)
    refused("already-imported", lambda: services.post(people.rita, batch_id))
    assert {line.posted_by for line in workspace.own(Adjustment)} == {people.carl.id}
    assert workspace.count(Adjustment) == 1


def test_the_mail_counts_the_reasons_by_rows_the_most_frequent_first(people: People) -> None:
    services.post(people.carl, workspace.opened(people.carl, credit("", amount=5), file_name="before.xlsx"))
    batch_id = workspace.opened(
        people.rita,
        credit("A", customer="FL21"),
        credit("B", amount=-1),
        credit("C", amount=-1),
        credit("D", amount=-1, customer="FL21", location="XXX"),
        credit("", amount=5),
        credit("E", customer="FL900", amount=-1),
        credit("F", amount=-1),
        credit("G"),
    )
    services.leave_out(people.rita, batch_id, [8])
    services.answer(people.rita, batch_id, "sign", "Credit Balance", "as-they-are")
    judgement = services.view(people.rita, batch_id).judgement
    assert reasons_of(counted_reasons(judgement)) == [
        ("Must be above zero", 4),
        ("Unknown customer", 2),
        ("Inactive customer", 1),
        ("Possible duplicate, not confirmed", 1),
        ("Unknown location", 1),
    ]
    services.post(people.rita, batch_id, unconfirmed_stay_out=True)
    mail = workspace.own(Message)[-1]
    places = [mail.text.index(title) for title, _ in reasons_of(counted_reasons(judgement))]
    assert places == sorted(places)


def test_a_sheet_without_a_ready_row_is_closed_only_where_that_is_wanted(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A", customer="FL21"))
    refused(
        "nothing-to-import", lambda: services.post(people.rita, batch_id, promised=Tally(rows=0, amount=0))
    )
    assert services.post(people.rita, batch_id, even_nothing=True).posted.rows == 0
