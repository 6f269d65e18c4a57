"""Reports and lists: what became of a batch, for who may see it; rejected rows come back to be fixed."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from komet_import import services
from komet_import.clock import earlier
from komet_import.ledger import database
from komet_import.ledger.models import UnpostedRow
from komet_import.review.catalogue import TOTAL_LINE
from komet_import.settings import settings
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from komet_import.web.report.receipt import headline
from tests.services import workspace
from tests.services.workspace import DAY, HEADERS, People, credit, refused


def test_a_foreign_report_is_answered_like_one_that_does_not_exist(people: People) -> None:
    headers = ("Customer Code", "Customer Name")
    batch_id = workspace.opened(people.ada, ["N1", "New"], headers=headers, type=CUSTOMERS)
    services.post(people.ada, batch_id)
    assert services.report(people.ada, batch_id).receipt.posted.rows == 1
    answers = {
        (refusal.code, refusal.message)
        for user in (people.rita, people.lou)
        for unknown in (batch_id, "a" * 26, "", "'; --", "ñ" * 500, "a\x00b", "\ud800")
        for act in (services.report, services.rejected_workbook, services.view)
        for refusal in [refused("not-found", lambda a=act, u=user, b=unknown: a(u, b))]
    }
    assert len(answers) == 1


def test_a_draft_has_no_report_yet(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, credit("A"))
    refused("not-found", lambda: services.report(people_here.rita, batch_id))


def test_the_report_shows_rows_as_they_were_edited(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A", customer="FL21"), credit("B", amount=-1))
    services.set_cells(people.rita, batch_id, [(2, "Customer Code", "FL21", "FL22")])
    services.post(people.rita, batch_id, even_nothing=True)
    told = services.report(people.carl, batch_id)
    assert told.rejected[0].cells["Customer Code"] == "FL22"
    assert told.rejected[0].issues[0]["value"] == "FL22"
    assert (told.uploaded_by, told.receipt.posted_by) == ("Rita", "Rita")
    assert told.batch.file_name == "credits.xlsx"


def test_a_row_that_says_what_is_known_is_no_rejected_one(people: People) -> None:
    rows = (["FL219", "Rosas del Valle"], ["FL220", "x" * 201], ["N1", "New"])
    headers = ("Customer Code", "Customer Name")
    batch_id = workspace.opened(people.ada, *rows, headers=headers, type=CUSTOMERS)
    receipt = services.post(people.ada, batch_id)
    assert (receipt.posted.rows, receipt.unchanged.rows, receipt.rejected.rows) == (1, 1, 1)
    assert receipt.added == 1 and headline(services.report(people.ada, batch_id)).startswith(
        "1 customer added · 1 unchanged"
    )
    told = services.report(people.ada, batch_id)
    assert [row.row for row in told.rejected] == [3]
    assert told.receipt == receipt, "records have no money, which is not the same as money of zero"


def test_of_an_import_of_before_total_rows_count_for_nothing_and_sums_have_what_they_had(
    people_here: People,
) -> None:
    """Earlier versions left total rows out, and had amounts of the wrong sign in their sums."""
    batch_id = workspace.opened(people_here.rita, credit("A", amount=10), credit("B", amount=5))
    with database.transaction() as session:
        kept = {"batch_id": batch_id, "cells": {}, "held": {}}
        total = [{"code": TOTAL_LINE, "row": 9, "column": "", "value": ""}]
        session.add(UnpostedRow(**kept, row=9, outcome="left-out", amount=4_000, issues=total))
        session.add(UnpostedRow(**kept, row=10, outcome="rejected", amount=-3_000, issues=[]))
    services.post(people_here.rita, batch_id)
    found = services.report(people_here.rita, batch_id)
    told = found.receipt
    assert (told.read.rows, told.read.amount) == (2, 15_000)
    assert (told.counted.rows, told.counted.amount) == (1, 11_000)
    assert told.rejected.against == 0
    assert (found.family.open.rows, found.family.open.amount) == (1, -3_000)


def test_a_rejected_row_without_a_readable_amount_has_none_and_not_zero(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A", amount="n/a"), credit("B", amount=0))
    services.post(people.rita, batch_id, even_nothing=True)
    assert [row.amount for row in services.report(people.rita, batch_id).rejected] == [None, 0]


def test_rejected_rows_are_fixed_and_imported_as_a_sheet_of_their_own(people: People) -> None:
    batch_id = workspace.opened(
        people.rita,
        [*credit("A", amount=Decimal("5.5")), "T1"],
        [*credit("=B", customer="FL21", amount=1.234, comments="+late"), "T2"],
        [*credit("00007", customer="FL900", amount=Decimal("2.5")), "T3"],
        headers=[*HEADERS, "Truck"],
    )
    services.post(people.rita, batch_id)
    made = load_workbook(io.BytesIO(services.rejected_workbook(people.rita, batch_id)))
    sheet = made.worksheets[0]
    assert [cell.value for cell in sheet[1]][:7] == [*HEADERS, "Truck"]
    assert [cell.value for cell in sheet[2]][:4] == ["FL21", "=B", sheet["C2"].value, 1.234]
    sheet["A2"].value = "FL219"
    sheet["A3"].value = "FL220"
    fixed = io.BytesIO()
    made.save(fixed)
    second = services.open_file(people.rita, OPEN_CREDITS, "fixed.xlsx", fixed.getvalue())
    assert workspace.found(people.rita, second) == []
    services.post(people.rita, second)
    assert [line[:6] for line in workspace.ledger()] == [
        ("FL219", "A", DAY, 5_500, "MIA", ""),
        ("FL219", "=B", DAY, 1_234, "MIA", "+late"),
        ("FL220", "00007", DAY, 2_500, "MIA", ""),
    ]


def test_a_real_number_stays_one_and_an_unclear_text_stays_unclear(people_here: People) -> None:
    """1.234 as a number is one and a bit; as text it may be a thousand: neither becomes the other."""
    batch_id = workspace.opened(
        people_here.rita,
        credit("A", customer="FL21", amount=1.234),
        credit("B", customer="FL21", amount="1.234"),
    )
    services.post(people_here.rita, batch_id, even_nothing=True)
    content = services.rejected_workbook(people_here.rita, batch_id)
    opened, _ = services.check(services.TERMINAL, content, "fixed.xlsx", OPEN_CREDITS)
    assert [(i.row, i.code) for i in services.issues(opened) if i.column == "Credit Balance"] == [
        (3, "ambiguous-amount")
    ]
    assert opened.judgement.amounts.tolist() == [1_234, 0]


@pytest.mark.twin
def test_history_and_unfinished_show_what_the_roles_allow(people: People) -> None:
    headers = ("Customer Code", "Customer Name")
    with earlier(timedelta(days=2)):
        old = workspace.opened(people.rita, credit("A"))
        services.post(people.rita, old)
    listed = workspace.opened(people.ada, ["N1", "New"], headers=headers, type=CUSTOMERS)
    services.post(people.ada, listed)
    draft = workspace.opened(people.carl, credit("B", amount=3))
    mine = workspace.opened(people.rita, credit("C", amount=4))
    gone = workspace.opened(people.rita, credit("D", amount=5))
    services.discard(people.rita, gone)
    assert [entry.batch.id for entry in workspace.ours(services.history(people.ada).lines)] == [listed, old]
    assert [entry.batch.id for entry in workspace.ours(services.history(people.rita).lines)] == [old]
    assert services.history(people.lou).lines == () and services.unfinished(people.lou) == []
    assert [
        (e.batch.id, e.mine, e.uploaded_by) for e in workspace.ours(services.unfinished(people.rita))
    ] == [
        (mine, True, "Rita"),
        (draft, False, "Carl"),
    ]
    assert [entry.batch.id for entry in workspace.ours(services.unfinished(people.carl))] == [draft, mine]


def test_the_link_of_a_report_is_the_address_of_the_settings(people_here: People) -> None:
    assert services.report_url("abc") == f"{settings().public_url}/report?batch=abc"


def test_who_brought_a_sheet_and_who_imported_it_are_two_people(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=-1))
    services.post(people.carl, batch_id)
    told = services.report(people.ada, batch_id)
    assert (told.uploaded_by, told.receipt.posted_by) == ("Rita", "Carl")
    assert services.just_posted(people.carl, batch_id)
    assert not services.just_posted(people.rita, batch_id)
    (line,) = workspace.ours(services.history(people.rita).lines)
    assert (line.uploaded_by, line.mine) == ("Rita", True)
    (line,) = workspace.ours(services.history(people.carl).lines)
    assert (line.uploaded_by, line.mine) == ("Rita", False)


def test_what_was_posted_a_while_ago_is_told(people_here: People) -> None:
    for minutes, just in ((1, True), (3, False)):
        with earlier(timedelta(minutes=minutes)):
            batch_id = workspace.opened(people_here.rita, credit(f"N{minutes}", amount=minutes))
            services.post(people_here.rita, batch_id)
        assert services.just_posted(people_here.rita, batch_id) is just


def test_lists_begin_with_what_happened_last_wherever_it_was_brought_first(people: People) -> None:
    names = ("first", "second", "third")
    ids = {}
    for n, name in enumerate(names):
        with earlier(timedelta(days=9 - n)):
            ids[name] = workspace.opened(people.rita, credit(name), file_name=f"{name}.xlsx")

    def named(listed: list[services.Listed]) -> list[str]:
        known = {batch_id: name for name, batch_id in ids.items()}
        return [known[line.batch.id] for line in listed if line.batch.id in known]

    assert named(services.unfinished(people.rita)) == ["third", "second", "first"]
    with earlier(timedelta(days=3)):
        services.set_cells(people.carl, ids["second"], [(2, "Comments", "", "x")])
    assert named(services.unfinished(people.rita)) == ["second", "third", "first"]
    with earlier(timedelta(days=2)):
        services.post(people.rita, ids["third"])
    with earlier(timedelta(days=1)):
        services.post(people.rita, ids["first"])
    services.reverse(people.carl, ids["third"], reason="a mistake")
    assert named(services.history(people.rita).lines) == ["first", "third"], "what was reversed is part of it"
    assert named(services.unfinished(people.rita)) == ["second"]


def test_lists_say_how_many_edits_of_each_sheet_stand(people_here: People) -> None:
    rita = people_here.rita
    edited, other = (workspace.opened(rita, credit(number)) for number in "AB")
    for before, after in (("", "x"), ("x", "y"), ("y", "z")):
        services.set_cells(rita, edited, [(2, "Comments", before, after)])
    services.undo(rita, edited)
    told = {line.batch.id: line.edits for line in services.unfinished(rita)}
    assert (told[edited], told[other]) == (2, 0)
    services.post(rita, edited)
    assert [line.edits for line in workspace.ours(services.history(rita).lines)] == [2]


def test_rows_are_told_in_the_order_of_the_sheet_wherever_the_database_keeps_them(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=-1), credit("C", amount=-2))
    with database.transaction() as session:
        late = UnpostedRow(batch_id=batch_id, row=9, outcome="rejected", cells={"Comments": "x"}, issues=[])
        session.add(late)
    services.answer(people.rita, batch_id, "sign", "Credit Balance", "as-they-are")
    services.post(people.rita, batch_id)
    assert [row.row for row in services.report(people.rita, batch_id).rejected] == [3, 4, 9]


def test_a_row_that_was_corrected_does_not_come_back_again(people: People) -> None:
    texts = credit("D", customer="FL21", day=str(DAY), amount="2.50")
    rows = [credit("A", customer="fl219", amount=-1), credit("B", amount=-2), credit("C"), texts]
    batch_id = workspace.opened(people.rita, *rows)
    services.post(people.rita, batch_id)
    draft = services.fix_rejected(people.rita, batch_id)
    earlier_day = str(DAY - timedelta(days=1))
    fixed = [(2, "Credit Balance", "-1", "1"), (2, "Credit Date", str(DAY), earlier_day)]
    services.set_cells(people.rita, draft, [*fixed, (4, "Customer Code", "FL21", "FL219")])
    services.leave_out(people.rita, draft, [3])
    services.post(people.rita, draft)
    told = services.report(people.carl, batch_id)
    assert [(r.row, r.corrected is not None) for r in told.rejected] == [(2, True), (3, False), (5, True)]
    assert [sorted(r.changes) for r in told.rejected] == [
        [("Credit Balance", "-1", "$1.00"), ("Credit Date", str(DAY), earlier_day)],
        [],
        [("Customer Code", "FL21", "FL219")],
    ], "what says the same in another way is no change"
    assert [r.row for r in told.open] == [3]
    made = load_workbook(io.BytesIO(services.rejected_workbook(people.carl, batch_id))).worksheets[0]
    assert [made.cell(row, 2).value for row in range(2, made.max_row + 1)] == ["B"]
    other = services.fix_rejected(people.carl, batch_id)
    assert workspace.texts(people.carl, other, "Credit #") == {2: "B"}


def test_the_figures_of_a_report_are_those_of_the_receipt_each_in_its_place(people: People) -> None:
    services.post(people.carl, workspace.opened(people.carl, credit("", amount=5), file_name="before.xlsx"))
    batch_id = workspace.opened(
        people.rita,
        credit("", amount=5),
        credit("B", amount=7),
        credit("C", amount=11, customer="FL21"),
        credit("D", amount=13),
        credit("E", amount="n/a"),
        credit("F", amount=-17),
        ["Total", None, None, 41, None, None],
        file_name="march.xlsx",
    )
    services.confirm(people.rita, batch_id, services.view(people.rita, batch_id).judgement.waiting())
    services.leave_out(people.rita, batch_id, [5])
    services.expect(people.rita, batch_id, rows="7", amount="19")
    services.override(people.rita, batch_id, reason="One follows")
    receipt = services.post(people.rita, batch_id)
    told = services.report(people.ada, batch_id)
    assert told.receipt == receipt
    parts = ("read", "posted", "rejected", "left_out", "confirmed", "counted")
    tallies = [getattr(told.receipt, part) for part in parts]
    assert [(tally.rows, tally.amount) for tally in tallies] == [
        (6, 36_000), (2, 12_000), (3, 11_000), (1, 13_000), (1, 5_000), (6, 19_000)
    ]  # fmt: skip
    doubts = [(tally.unreadable, tally.against) for tally in (told.receipt.rejected, told.receipt.left_out)]
    assert doubts == [(1, 1), (0, 0)]
    assert (told.receipt.apart.unreadable, told.receipt.apart.negative.amount) == (1, -17_000)
    assert (told.receipt.expected.rows, told.receipt.expected.amount) == (7, 19_000)
    assert [[row.row for row in rows] for rows in (told.rejected, told.left_out, told.set_aside)] == [
        [4, 6, 7], [5], [8]
    ]  # fmt: skip
