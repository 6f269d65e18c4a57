"""Reports and lists: what became of a batch, for who may see it; rejected rows come back to be mended."""

import io
from datetime import timedelta
from decimal import Decimal

from openpyxl import load_workbook

from komet_import import importing
from komet_import.clock import earlier
from komet_import.settings import settings
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from tests.importing import workspace
from tests.importing.workspace import DAY, HEADERS, People, credit, refused


def test_a_foreign_report_is_answered_like_one_that_does_not_exist(people: People) -> None:
    headers = ("Customer Code", "Customer Name")
    batch_id = workspace.opened(people.ada, ["N1", "New"], headers=headers, type=CUSTOMERS)
    importing.post(people.ada, batch_id)
    assert importing.report(people.ada, batch_id).receipt.posted.rows == 1
    answers = {
        (refusal.code, refusal.message)
        for user in (people.rita, people.lou)
        for unknown in (batch_id, "a" * 26, "", "'; --", "ñ" * 500)
        for act in (importing.report, importing.rejected_workbook, importing.view)
        for refusal in [refused("not-found", lambda a=act, u=user, b=unknown: a(u, b))]
    }
    assert len(answers) == 1


def test_a_draft_has_no_report_yet(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, credit("A"))
    refused("not-found", lambda: importing.report(people_here.rita, batch_id))


def test_the_report_shows_rows_as_they_were_edited(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A", customer="FL21"), credit("B", amount=-1))
    importing.set_cells(people.rita, batch_id, [(2, "Customer Code", "FL21", "FL22")])
    importing.post(people.rita, batch_id, even_nothing=True)
    told = importing.report(people.carl, batch_id)
    assert told.rejected[0].cells["Customer Code"] == "FL22"
    assert told.rejected[0].issues[0]["value"] == "FL22"
    assert (told.uploaded_by, told.receipt.posted_by) == ("Rita", "Rita")
    assert told.batch.file_name == "credits.xlsx"


def test_rejected_rows_are_mended_and_imported_as_a_sheet_of_their_own(people: People) -> None:
    batch_id = workspace.opened(
        people.rita,
        [*credit("A", amount=Decimal("5.5")), "T1"],
        [*credit("=B", customer="FL21", amount=1.234, comments="+late"), "T2"],
        [*credit("00007", customer="FL900", amount=Decimal("2.5")), "T3"],
        headers=[*HEADERS, "Truck"],
    )
    importing.post(people.rita, batch_id)
    made = load_workbook(io.BytesIO(importing.rejected_workbook(people.rita, batch_id)))
    sheet = made.worksheets[0]
    assert [cell.value for cell in sheet[1]][:7] == [*HEADERS, "Truck"]
    assert [cell.value for cell in sheet[2]][:4] == ["FL21", "=B", sheet["C2"].value, 1.234]
    sheet["A2"].value = "FL219"
    sheet["A3"].value = "FL220"
    mended = io.BytesIO()
    made.save(mended)
    second = importing.open_file(people.rita, OPEN_CREDITS, "mended.xlsx", mended.getvalue())
    assert workspace.found(people.rita, second) == []
    importing.post(people.rita, second)
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
    importing.post(people_here.rita, batch_id, even_nothing=True)
    content = importing.rejected_workbook(people_here.rita, batch_id)
    opened, _ = importing.check(importing.TERMINAL, content, "mended.xlsx", OPEN_CREDITS)
    assert [(i.row, i.code) for i in importing.issues(opened) if i.column == "Credit Balance"] == [
        (3, "ambiguous-amount")
    ]
    assert opened.judgement.amounts.tolist() == [1_234, 0]


def test_history_and_unfinished_show_what_the_roles_allow(people: People) -> None:
    headers = ("Customer Code", "Customer Name")
    with earlier(timedelta(days=2)):
        old = workspace.opened(people.rita, credit("A"))
        importing.post(people.rita, old)
    listed = workspace.opened(people.ada, ["N1", "New"], headers=headers, type=CUSTOMERS)
    importing.post(people.ada, listed)
    draft = workspace.opened(people.carl, credit("B", amount=3))
    mine = workspace.opened(people.rita, credit("C", amount=4))
    gone = workspace.opened(people.rita, credit("D", amount=5))
    importing.discard(people.rita, gone)
    assert [entry.batch.id for entry in workspace.ours(importing.history(people.ada))] == [listed, old]
    assert [entry.batch.id for entry in workspace.ours(importing.history(people.rita))] == [old]
    assert [entry.batch.id for entry in importing.history(people.ada, limit=1)] == [listed]
    assert importing.history(people.lou) == importing.unfinished(people.lou) == []
    assert [
        (e.batch.id, e.mine, e.uploaded_by) for e in workspace.ours(importing.unfinished(people.rita))
    ] == [
        (mine, True, "Rita"),
        (draft, False, "Carl"),
    ]
    assert [entry.batch.id for entry in workspace.ours(importing.unfinished(people.carl))] == [draft, mine]


def test_the_link_of_a_report_is_the_address_of_the_settings(people_here: People) -> None:
    assert importing.report_url("abc") == f"{settings().public_url}/report?batch=abc"
