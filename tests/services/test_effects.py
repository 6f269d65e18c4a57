"""What an import does to balances: said before it is posted, the same afterwards, and to whom may see it."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.clock import earlier
from komet_import.ledger import database
from komet_import.ledger.models import BatchEffect
from komet_import.review.effect import Effect
from komet_import.services import Opened
from komet_import.services.submission import effects
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.services import workspace
from tests.services.workspace import People, credit, refused

INVOICE = ("Invoice #", "Customer Code", "Invoice Date", "Invoice Balance", "Customer PO", "Location Code")


def post(user: CurrentUser, *rows: list[object], **further: object) -> str:
    batch_id = workspace.opened(user, *rows, **further)
    services.post(user, batch_id)
    return batch_id


def told(user: CurrentUser, batch_id: str) -> Effect:
    found = services.effect_of(user, batch_id)
    assert found is not None
    return found


def numbers(found: Effect | None) -> list[tuple[str, int, int, int]]:
    assert found is not None
    return [(line.customer.code, line.now, line.change, line.after) for line in found.lines]


def test_what_is_said_before_is_what_the_report_says_and_what_the_balances_become(people: People) -> None:
    post(people.rita, credit("A", amount=5), credit("B", customer="FL220", amount=7))
    batch_id = workspace.opened(
        people.rita, credit("C", amount=40), credit("D", amount="-3"), credit("E", amount=10)
    )
    before = numbers(told(people.rita, batch_id))
    assert before == [("FL219", 5_000, 50_000, 55_000)]
    services.post(people.rita, batch_id)
    post(people.carl, credit("Z", amount=900))
    assert numbers(services.effect_of_import(people.carl, batch_id)) == before


def test_every_edit_moves_it(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, credit("A", amount=5), credit("B", amount=7))
    services.set_cells(people_here.rita, batch_id, [(2, "Customer Code", "FL219", "FL220")])
    services.set_cells(people_here.rita, batch_id, [(3, "Credit Balance", "7", "9")])
    assert numbers(told(people_here.rita, batch_id)) == [
        ("FL219", 0, 9_000, 9_000),
        ("FL220", 0, 5_000, 5_000),
    ]
    services.leave_out(people_here.rita, batch_id, [3])
    assert numbers(told(people_here.rita, batch_id)) == [("FL220", 0, 5_000, 5_000)]


def test_a_mail_names_the_largest_changes_and_counts_the_others(
    people_here: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effects, "MAILED_CHANGES", 2)
    for others, more in ((), 0), ((credit("C", customer="00042", amount=3, location="LAX"),), 1):
        rows = credit(f"A{more}", amount=5), credit(f"B{more}", customer="FL220", amount=7), *others
        mailed = effects.largest_changes(told(people_here.rita, workspace.opened(people_here.rita, *rows)))
        names = [line.customer for line in mailed.lines]
        assert (names, mailed.more) == (["FL220 Petal & Stem", "FL219 Rosas del Valle"], more)


def test_what_others_post_meanwhile_is_in_it(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A", amount=5))
    assert numbers(told(people.rita, batch_id)) == [("FL219", 0, 5_000, 5_000)]
    other = post(people.carl, credit("B", amount=7))
    assert numbers(told(people.rita, batch_id)) == [("FL219", 7_000, 5_000, 12_000)]
    services.reverse(people.carl, other, reason="a mistake")
    assert numbers(told(people.rita, batch_id)) == [("FL219", 0, 5_000, 5_000)]


def history(people: People, many: int = 6) -> None:
    with earlier(timedelta(days=1)):
        post(people.carl, *(credit(f"H{n}", amount=n) for n in range(1, many + 1)))


def unusual(opened: Opened) -> list[int]:
    return [issue.row for issue in services.issues(opened) if issue.code == "unusual-amount"]


def test_an_unusual_amount_is_noticed_when_it_comes_when_it_is_typed_and_when_others_post(
    people: People,
) -> None:
    history(people)
    batch_id = workspace.opened(
        people.rita, credit("A", amount=61), credit("B", amount=60), credit("C", amount=10)
    )
    assert unusual(services.view(people.rita, batch_id)) == [2]
    (line,) = told(people.rita, batch_id).lines
    assert (line.times, line.before.documents, line.before.largest) == (10, 6, 6_000)
    services.set_cells(people.rita, batch_id, [(4, "Credit Balance", "10", "700")])
    assert unusual(services.view(people.rita, batch_id)) == [2, 4]
    post(people.carl, credit("L", amount=50))
    assert unusual(services.view(people.rita, batch_id)) == [4]
    workspace.forget()
    assert unusual(services.view(people.rita, batch_id)) == [4]


def test_a_row_that_is_given_another_customer_is_measured_by_that_ones_history(people: People) -> None:
    history(people)
    batch_id = workspace.opened(people.rita, credit("A", customer="FL220", amount=500))
    assert unusual(services.view(people.rita, batch_id)) == []
    services.set_cells(people.rita, batch_id, [(2, "Customer Code", "FL220", "FL219")])
    assert unusual(services.view(people.rita, batch_id)) == [2]
    services.undo(people.rita, batch_id)
    assert unusual(services.view(people.rita, batch_id)) == []


def test_an_edit_asks_nothing_of_customers_whose_history_is_known(people_here: People) -> None:
    history(people_here)
    batch_id = workspace.opened(people_here.rita, credit("A", amount=7), credit("B", customer="FL220"))
    asked: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if "FROM adjustment" in statement:
            asked.append(statement)

    event.listen(database.engine(), "before_cursor_execute", listen)
    try:
        services.set_cells(people_here.rita, batch_id, [(2, "Credit Balance", "7", "8")])
        assert asked == []
        services.set_cells(people_here.rita, batch_id, [(2, "Customer Code", "FL219", "00042")])
        assert len(asked) == 1
    finally:
        event.remove(database.engine(), "before_cursor_execute", listen)


@pytest.mark.usefixtures("three_types")
def test_a_clerk_who_may_not_see_invoices_is_told_of_credits_only(people: People) -> None:
    day = str(workspace.DAY)
    invoice = ["I1", "FL219", day, 30, "PO 1", "MIA"]
    post(people.ada, invoice, headers=INVOICE, type=OPEN_INVOICES)
    batch_id = workspace.opened(people.rita, credit("A", amount=5))
    of_rita, of_ada = told(people.rita, batch_id), told(people.ada, batch_id)
    assert (of_rita.netted, of_rita.lines[0].net) == (False, 5_000)
    assert (of_ada.netted, of_ada.lines[0].net) == (True, -25_000)
    services.post(people.rita, batch_id)
    after = [services.effect_of_import(user, batch_id) for user in (people.rita, people.ada)]
    assert [found and found.lines[0].net for found in after] == [5_000, -25_000]


def test_who_may_not_see_the_import_is_told_nothing_of_it(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, credit("A"))
    refused("not-found", lambda: services.effect_of(people_here.lou, batch_id))
    services.post(people_here.rita, batch_id)
    refused("not-found", lambda: services.effect_of_import(people_here.lou, batch_id))


def test_an_import_that_posts_nothing_keeps_no_effect(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, credit("A", customer="NOBODY"))
    services.post(people_here.rita, batch_id, even_nothing=True)
    assert workspace.count(BatchEffect) == 0
    assert services.effect_of_import(people_here.rita, batch_id) is None


@pytest.mark.parametrize("raced", [True, False])
def test_what_is_kept_is_what_stood_when_it_was_posted_and_not_when_it_was_judged(
    people: People, raced: bool
) -> None:
    batch_id = workspace.opened(people.rita, credit("A", amount=5))
    services.view(people.rita, batch_id)
    if raced:
        post(people.carl, credit("B", amount=7))
    services.post(people.rita, batch_id)
    expected = [("FL219", 7_000 if raced else 0, 5_000, 12_000 if raced else 5_000)]
    assert numbers(services.effect_of_import(people.rita, batch_id)) == expected
