"""The family of an import: its rejected rows are corrected, dropped or open, and one receipt adds up."""

import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.clock import earlier
from komet_import.ledger import portions
from komet_import.ledger.models import Adjustment, AuditEntry, now
from komet_import.ledger.receipt import Tally
from komet_import.services.submission import draft_posting as submission
from komet_import.types import CUSTOMERS
from tests.interleaving import meet
from tests.services import threads, workspace
from tests.services.test_corrections import fixed, from_workbook, rejecting, with_button
from tests.services.workspace import People, credit, refused


def texts_of(people: People, batch_id: str, action: str) -> list[dict[str, object]]:
    return [e.details for e in workspace.own(AuditEntry) if (e.subject, e.action) == (batch_id, action)]


def test_every_row_that_was_read_has_one_fate_in_rows_and_in_money(people: People) -> None:
    rows = [
        credit("A", amount=100),
        credit("B", customer="FL21", amount=1),
        credit("C", customer="FL21", amount=2),
    ]
    rows += [credit("D", amount="n/a"), credit("E", amount=-5), credit("F", amount=7)]
    batch_id = workspace.opened(people.rita, *rows, file_name="march.xlsx")
    services.leave_out(people.rita, batch_id, [7])
    services.post(people.rita, batch_id)
    told = services.report(people.rita, batch_id).family
    assert told.adds_up and told.open == Tally(rows=4, amount=3_000) and told.changed == 0
    assert told.open.told == "$3.00 · 1 amount could not be read · 1 amount has the wrong sign"

    draft = with_button(people.carl, batch_id)  # the customer of B and C is put right
    services.leave_out(people.carl, draft, [3])
    services.set_cells(people.carl, draft, [(4, "Credit Balance", "n/a", "214.00")])
    services.post(people.carl, draft)
    services.drop_rows(people.ada, batch_id, [6], reason="  a debit,\nnot ours ")

    report = services.report(people.rita, batch_id)
    told = report.family
    assert (told.read, told.posted) == (Tally(rows=6, amount=110_000), Tally(rows=1, amount=100_000))
    assert told.corrected == Tally(rows=2, amount=215_000) and told.changed == 214_000
    assert told.imported == Tally(rows=3, amount=315_000)
    assert told.left_out == Tally(rows=1, amount=7_000)
    assert told.dropped == Tally(rows=1, amount=0)  # a negative amount is in no sum
    assert (told.dropped.told, told.open.told) == ("1 amount has the wrong sign", "$2.00")
    assert told.open == Tally(rows=1, amount=2_000)
    assert told.adds_up
    fates = {row.row: row for row in report.rejected}
    assert [fates[row].fate.open for row in (3, 4, 5, 6)] == [False, True, False, False]
    assert fates[3].changes == (("Customer Code", "FL21", "FL219"),)
    assert fates[5].changes == (("Credit Balance", "n/a", "$214.00"),)
    dropped = fates[6].fate.dropped
    assert dropped and (dropped.by, dropped.reason) == ("Ada", "a debit, not ours")
    (member,) = report.members
    assert (member.batch_id, member.corrected, member.again, member.in_work) == (draft, 2, 1, False)
    (parent,) = services.report(people.rita, draft).continues
    assert (parent.batch_id, parent.file_name) == (batch_id, "march.xlsx")


def test_imports_whose_rows_come_back_together_are_told_in_the_order_in_which_they_were_posted(
    people_here: People,
) -> None:
    rita = people_here.rita
    march, april = (
        workspace.opened(rita, credit(name), credit("", customer="FL21", amount=n), file_name=f"{name}.xlsx")
        for n, name in enumerate(("march", "april"), start=1)
    )
    services.post(rita, april)
    services.post(rita, march)

    def both(sheet: Any) -> None:
        other = load_workbook(io.BytesIO(services.rejected_workbook(rita, april))).worksheets[0]
        sheet.append(["FL219", *[cell.value for cell in other[2]][1:]])

    again = from_workbook(rita, fixed(services.rejected_workbook(rita, march), both))
    services.post(rita, again)
    parents = services.report(rita, again).continues
    assert [parent.file_name for parent in parents] == ["april.xlsx", "march.xlsx"]


def test_a_draft_that_brings_rows_back_is_shown_as_one_and_says_what_was_changed(people_here: People) -> None:
    batch_id = rejecting(people_here, "B", "C")
    content = fixed(services.rejected_workbook(people_here.rita, batch_id))
    draft = from_workbook(people_here.rita, content)
    (member,) = services.report(people_here.rita, batch_id).members
    assert member.in_work and member.batch_id == draft
    back = services.returned(people_here.rita, draft)
    assert [(r.row, r.origin.file_name, r.origin.row, r.changes) for r in back] == [
        (2, "march.xlsx", 3, (("Customer Code", "FL21", "FL219"),)),
        (3, "march.xlsx", 4, (("Customer Code", "FL21", "FL219"),)),
    ]
    services.discard(people_here.rita, draft)
    assert services.report(people_here.rita, batch_id).members == ()
    assert services.returned(people_here.rita, workspace.opened(people_here.rita, credit("Z"))) == ()


def test_rows_of_one_number_from_two_imports_are_each_held_against_their_own(people_here: People) -> None:
    first = rejecting(people_here, "B")
    other = workspace.opened(people_here.rita, credit("X", amount=9), credit("Y", customer="FL900", amount=5))
    services.post(people_here.rita, other)
    theirs = load_workbook(io.BytesIO(services.rejected_workbook(people_here.rita, other))).worksheets[0]
    content = fixed(
        services.rejected_workbook(people_here.rita, first),
        lambda sheet: sheet.append([cell.value for cell in theirs[2]]),
    )
    back = services.returned(people_here.rita, from_workbook(people_here.rita, content))
    assert [(r.row, r.origin.batch_id, r.origin.row, r.changes) for r in back] == [
        (2, first, 3, (("Customer Code", "FL21", "FL219"),)),
        (3, other, 3, ()),
    ]


def test_a_row_that_is_rejected_again_counts_once(people_here: People) -> None:
    batch_id = rejecting(people_here, "B")
    again = from_workbook(people_here.rita, services.rejected_workbook(people_here.rita, batch_id))
    services.post(people_here.rita, again, even_nothing=True)
    report = services.report(people_here.rita, batch_id)
    assert [(m.batch_id, m.corrected, m.again) for m in report.members] == [(again, 0, 1)]
    corrected = with_button(people_here.carl, again)
    services.post(people_here.carl, corrected)
    assert [m.batch_id for m in services.report(people_here.rita, again).members] == [corrected]
    for member in (batch_id, again):
        told = services.report(people_here.rita, member).family
        assert told.adds_up and told.corrected == Tally(rows=1, amount=1_000) and not told.open.rows


def test_a_dropped_row_is_in_no_workbook_and_is_refused_where_it_comes_back(people: People) -> None:
    batch_id = rejecting(people, "B", "C")
    content = fixed(services.rejected_workbook(people.rita, batch_id))
    draft = from_workbook(people.carl, content)
    assert workspace.found(people.carl, draft) == []
    services.drop_rows(people.rita, batch_id, [3], reason="not ours")
    assert workspace.found(people.carl, draft) == [(2, "Customer Code", "dropped-row")]
    left = with_button(people.rita, batch_id)
    assert list(workspace.texts(people.rita, left, "Credit #").values()) == ["C"]
    services.post(people.carl, draft)
    assert [row.row for row in services.report(people.rita, batch_id).open] == []
    refused("nothing-rejected", lambda: services.rejected_workbook(people.rita, batch_id))
    services.take_back_rows(people.ada, batch_id, [3])
    assert [row.row for row in services.report(people.rita, batch_id).open] == [3]
    services.post(people.carl, with_button(people.carl, batch_id))
    assert sorted(str(line[1]) for line in workspace.ledger()) == ["A", "B", "C"]
    assert texts_of(people, batch_id, "drop-rows") == [{"reason": "not ours", "rows": 1, "chosen": [3]}]
    assert texts_of(people, batch_id, "take-back-rows") == [{"rows": 1, "chosen": [3]}]


def test_each_row_is_dropped_and_taken_back_by_itself(
    people_here: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "PORTION", 1)  # as where thousands of rows are asked for
    batch_id = rejecting(people_here, "B", "C")
    other = workspace.opened(people_here.rita, credit("X"), credit("Y", customer="FL21"))
    services.post(people_here.rita, other)
    services.drop_rows(people_here.rita, batch_id, [3, 4], reason="not ours")
    services.drop_rows(people_here.rita, other, [3], reason="not theirs")

    def dropped() -> list[dict[int, str]]:
        reports = [services.report(people_here.rita, one).rejected for one in (batch_id, other)]
        return [{row.row: row.fate.dropped.reason for row in rows if row.fate.dropped} for rows in reports]

    assert dropped() == [{3: "not ours", 4: "not ours"}, {3: "not theirs"}]
    services.take_back_rows(people_here.rita, batch_id, [4])
    assert dropped() == [{3: "not ours"}, {3: "not theirs"}]
    again = lambda: services.drop_rows(people_here.carl, batch_id, [3, 4], reason="x")  # noqa: E731
    assert refused("already-dropped", again).message == "Row 3 was already dropped by Rita."
    services.take_back_rows(people_here.rita, batch_id, [3, 4])
    assert dropped() == [{}, {3: "not theirs"}]
    told = [entry["chosen"] for entry in texts_of(people_here, batch_id, "take-back-rows")]
    assert told == [[4], [3]], "of those that were asked for, those that were dropped"


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda p, b: services.drop_rows(p.rita, b, [3], reason=" "), "reason-missing"),
        (lambda p, b: services.drop_rows(p.rita, b, [2], reason="x"), "not-rejected"),
        (lambda p, b: services.drop_rows(p.rita, b, [], reason="x"), "not-rejected"),
        (lambda p, b: services.drop_rows(p.rita, b, [3, 4], reason="x"), "already-corrected"),
        (lambda p, b: services.drop_rows(p.rita, b, [5, 3], reason="x"), "already-dropped"),
        (lambda p, b: services.drop_rows(p.lou, b, [3], reason="x"), "not-found"),
        (lambda p, b: services.take_back_rows(p.rita, b, [3]), "not-dropped"),
        (lambda p, b: services.take_back_rows(p.lou, b, [5]), "not-found"),
    ],
)
def test_what_cannot_be_dropped_is_refused_and_nothing_is(
    people_here: People, act: Callable[[People, str], None], code: str
) -> None:
    batch_id = rejecting(people_here, "B", "C", "D")
    draft = with_button(people_here.carl, batch_id)
    services.leave_out(people_here.carl, draft, [2, 4])
    services.post(people_here.carl, draft)  # C, row 4
    services.drop_rows(people_here.carl, batch_id, [5], reason="not ours")
    before = workspace.everything()
    refused(code, lambda: act(people_here, batch_id))
    assert workspace.everything() == before


@pytest.mark.parametrize("held", ["INSERT INTO claim", "INSERT INTO dropped_row"])
def test_a_row_is_dropped_or_posted_and_never_both(people: People, held: str) -> None:
    batch_id = rejecting(people, "B")
    draft = with_button(people.carl, batch_id)

    def post() -> object:
        return services.post(people.carl, draft)

    def drop() -> object:
        return services.drop_rows(people.rita, batch_id, [3], reason="not ours")

    outcomes = meet(held, *((post, drop) if "claim" in held else (drop, post)))
    (row,) = services.report(people.rita, batch_id).rejected
    posted = workspace.count(Adjustment) == 2
    assert posted == (row.corrected is not None) == (row.fate.dropped is None), outcomes
    assert threads.codes(outcomes) in (["already-corrected", "done"], ["done", "nothing-to-import"])


@pytest.mark.twin
def test_an_import_has_the_ones_before_and_after_it(people: People) -> None:
    ids = []
    for number in range(3):
        ids.append(workspace.opened(people.rita, credit(f"N{number}"), file_name=f"{number}.xlsx"))
        services.post(people.rita, ids[-1])
    before, after = services.neighbors(people.rita, ids[1])
    assert (before and before.id, after and after.id) == (ids[0], ids[2])
    (_, after), (before, none) = (services.neighbors(people.rita, ids[place]) for place in (0, 2))
    assert (before and before.id, after and after.id, none) == (ids[1], ids[1], None), "the nearest"
    refused("not-found", lambda: services.neighbors(people.lou, ids[1]))


def test_imports_of_the_same_moment_stand_in_one_order_everywhere(people_here: People) -> None:
    rita, at = people_here.rita, now()

    def posted(*numbers: str) -> list[str]:
        drafts = [workspace.opened(rita, credit(number)) for number in numbers]
        for draft in drafts:
            services.post(rita, draft)
        return sorted(drafts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(submission, "now", lambda: at)
        same = posted("A", "B", "C", "D")
    later = posted("E", "F", "G", "H")
    found = [line.batch.id for line in services.history(rita).lines]
    assert [batch_id for batch_id in found if batch_id in same] == same
    for place in (1, 2):
        beside = services.neighbors(rita, same[place])
        assert [one and one.id for one in beside] == [same[place - 1], same[place + 1]]
    (_, after) = services.neighbors(rita, same[-1])
    assert after and after.id in later


def test_neither_a_draft_nor_what_one_may_not_see_is_a_neighbor(people_here: People) -> None:
    rita, ada = people_here.rita, people_here.ada
    first = workspace.opened(rita, credit("A"))
    services.post(rita, first)
    unseen = workspace.opened(ada, ["N1", "New"], headers=("Customer Code", "Customer Name"), type=CUSTOMERS)
    services.post(ada, unseen)
    draft = workspace.opened(rita, credit("B"))
    last = workspace.opened(rita, credit("C", amount=7))
    services.post(rita, last)

    def told(user: CurrentUser, batch_id: str) -> list[str | None]:
        return [one and one.id for one in services.neighbors(user, batch_id)]

    assert told(rita, first)[1] == last and told(rita, last) == [first, None]
    assert told(ada, first)[1] == unseen and told(ada, last) == [unseen, None]
    assert told(rita, draft) == [None, None]


def test_money_with_three_decimals_adds_up_too(people_here: People) -> None:
    rows = [credit("A", amount=Decimal("0.001")), credit("B", customer="FL21", amount=Decimal("13.895"))]
    batch_id = workspace.opened(people_here.rita, *rows)
    services.post(people_here.rita, batch_id)
    services.post(people_here.carl, with_button(people_here.carl, batch_id))
    told = services.report(people_here.rita, batch_id).family
    assert told.adds_up and told.imported == Tally(rows=2, amount=13_896)


def test_a_family_says_when_each_import_was_made_and_not_when_its_file_came(people_here: People) -> None:
    with earlier(timedelta(days=3)):
        batch_id = workspace.opened(people_here.rita, credit("A"), credit("B", customer="FL21"))
    with earlier(timedelta(days=1)):
        services.post(people_here.rita, batch_id)
    draft = with_button(people_here.rita, batch_id)
    services.post(people_here.rita, draft)
    (before,) = services.report(people_here.rita, draft).continues
    assert (before.batch_id, (now() - before.at).days) == (batch_id, 1)
