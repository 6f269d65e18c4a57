"""Opening: an uploaded file is a draft in the database at once, or one sentence and nothing at all."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from komet_import import services
from komet_import.access import users
from komet_import.ledger import database
from komet_import.ledger.models import AuditEntry, Batch, BatchFile, BatchStatus, Message
from komet_import.ledger.posting import PostingRefusal
from komet_import.refusal import SheetRefusal
from komet_import.settings import settings
from komet_import.types import ALL, CUSTOMERS, OPEN_CREDITS
from tests import bystanders
from tests.services import workspace
from tests.services.workspace import HEADERS, People, credit, refused, workbook


def test_an_uploaded_file_is_in_the_database_at_once_as_it_came(people: People) -> None:
    content = workbook(credit("A"), credit("B", customer="FL21"))
    batch_id = services.open_file(people.rita, OPEN_CREDITS, "C:\\Users\\rita\\march.xlsx", content)
    with database.reading() as session:
        batch = session.get_one(Batch, batch_id)
        assert (batch.status, batch.type, batch.file_name) == ("draft", "open-credits", "march.xlsx")
        assert (batch.rows_read, batch.rows_posted, batch.uploaded_by) == (2, 0, people.rita.id)
        assert session.get_one(BatchFile, batch_id).content == content
    uploads = [entry for entry in workspace.own(AuditEntry) if entry.action == "upload"]
    assert [(entry.user_id, entry.subject) for entry in uploads] == [(people.rita.id, batch_id)]
    assert len(batch_id) == 26


def test_a_draft_survives_a_restarted_server(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", customer="FL21"))
    before = services.view(people.rita, batch_id)
    workspace.forget()
    after = services.view(people.rita, batch_id)
    assert after is not before
    assert after.draft.rows.equals(before.draft.rows)
    assert services.issues(after) == services.issues(before) != []
    assert (after.uploaded_by, after.draft.sheet.header) == ("Rita", before.draft.sheet.header)


def test_the_same_file_of_the_same_user_is_the_same_draft_with_its_edits(people: People) -> None:
    content = workbook(credit("A", comments="late"))
    first = services.open_file(people.rita, OPEN_CREDITS, "march.xlsx", content)
    services.set_cells(people.rita, first, [(2, "Comments", "late", "late truck")])
    workspace.forget()
    assert services.open_file(people.rita, OPEN_CREDITS, "march copy.xlsx", content) == first
    assert workspace.texts(people.rita, first, "Comments") == {2: "late truck"}
    assert workspace.count(Batch) == 1


def test_the_same_file_of_another_user_is_another_draft(people_here: People) -> None:
    content = workbook(credit("A"))
    ritas = services.open_file(people_here.rita, OPEN_CREDITS, "march.xlsx", content)
    carls = services.open_file(people_here.carl, OPEN_CREDITS, "march.xlsx", content)
    again = services.open_file(people_here.carl, OPEN_CREDITS, "march.xlsx", content, resume=False)
    assert len({ritas, carls, again}) == 3


def test_a_deleted_draft_is_not_taken_up_again(people: People) -> None:
    content = workbook(credit("A"))
    first = services.open_file(people.rita, OPEN_CREDITS, "march.xlsx", content)
    services.discard(people.rita, first)
    second = services.open_file(people.rita, OPEN_CREDITS, "march.xlsx", content)
    assert second != first
    refused("discarded", lambda: services.view(people.rita, first))
    refused("discarded", lambda: services.set_cells(people.rita, first, [(2, "Credit #", "A", "B")]))
    refused("discarded", lambda: services.discard(people.rita, first))
    refused("not-found", lambda: services.report(people.rita, first))
    with database.reading() as session:
        assert session.get_one(Batch, first).status == BatchStatus.DISCARDED
        assert session.get_one(BatchFile, first).content == content


def test_an_imported_file_is_refused_by_naming_its_batch(people: People) -> None:
    content = workbook(credit("A"))
    batch_id = services.open_file(people.rita, OPEN_CREDITS, "march.xlsx", content)
    services.post(people.rita, batch_id)
    before = workspace.everything()
    for user in (people.rita, people.carl):
        refusal = refused(
            "already-imported", lambda u=user: services.open_file(u, OPEN_CREDITS, "again.xlsx", content)
        )
        assert isinstance(refusal, PostingRefusal) and refusal.batch_id == batch_id
        assert "march.xlsx" in refusal.message
    assert workspace.everything() == before


def test_a_file_of_which_nothing_could_be_posted_may_come_again(people_here: People) -> None:
    content = workbook(credit("A", customer="FL900"))
    first = services.open_file(people_here.rita, OPEN_CREDITS, "march.xlsx", content)
    services.post(people_here.rita, first, even_nothing=True)
    workspace.change_customer("FL900", active=True)
    second = services.open_file(people_here.rita, OPEN_CREDITS, "march.xlsx", content)
    assert services.post(people_here.rita, second).posted.rows == 1


def test_without_the_right_nothing_is_opened(people: People) -> None:
    before = workspace.everything()
    credits, customers = workbook(credit("A")), workbook(["N1", "New"], headers=["Code", "Name"])
    refused("no-right", lambda: services.open_file(people.lou, OPEN_CREDITS, "march.xlsx", credits))
    refused("no-right", lambda: services.open_file(people.rita, CUSTOMERS, "list.xlsx", customers))
    assert workspace.everything() == before


def test_the_right_is_asked_of_the_database_not_of_what_the_page_still_believes(people: People) -> None:
    with database.transaction() as session:
        users.set_roles(session, user_id=people.rita.id, roles=["Salesperson"])
        users.deactivate(session, user_id=people.carl.id)
    for user in (people.rita, people.carl):
        refused(
            "no-right",
            lambda u=user: services.open_file(u, OPEN_CREDITS, "march.xlsx", workbook(credit("A"))),
        )
    assert workspace.count(Batch) == 0


@pytest.mark.parametrize(
    ("content", "file_name"),
    [
        (b"", "march.xlsx"),
        (b"Customer Code,Credit Date\n", "march.xlsx"),
        (workbook(credit("A"))[:900], "march.xlsx"),
        (workbook(credit("A")), "march.xls"),
        (workbook(headers=()), "march.xlsx"),
        (workbook(headers=HEADERS), "march.xlsx"),
        (workbook(["FL219", 5], headers=["Customer Code", "Credit Balance"]), "march.xlsx"),
        (workbook(["N1", "New"], headers=["Invoice #", "Ship via"]), "march.xlsx"),
    ],
    ids=["empty", "csv", "cut off", "xls", "blank sheet", "no rows", "missing column", "other sheet"],
)
def test_what_cannot_be_a_sheet_is_one_sentence_and_nothing_is_written(
    people_here: People, content: bytes, file_name: str
) -> None:
    before = workspace.everything()
    with pytest.raises(SheetRefusal) as refusal:
        services.open_file(people_here.rita, OPEN_CREDITS, file_name, content)
    assert refusal.value.message and "\n" not in refusal.value.message
    with pytest.raises(SheetRefusal) as checked:
        services.check(services.TERMINAL, content, file_name, OPEN_CREDITS)
    assert checked.value.code == refusal.value.code
    assert workspace.everything() == before


def test_a_missing_column_is_named(people_here: People) -> None:
    content = workbook(["FL219", 5], headers=["Customer Code", "Credit Balance"])
    with pytest.raises(SheetRefusal, match="Credit Date"):
        services.open_file(people_here.rita, OPEN_CREDITS, "march.xlsx", content)


def test_too_many_rows_are_refused(people_here: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMET_MAX_ROWS", "3")
    settings.cache_clear()
    content = workbook(*(credit(f"A{n}") for n in range(4)))
    with pytest.raises(SheetRefusal):
        services.open_file(people_here.rita, OPEN_CREDITS, "march.xlsx", content)
    assert workspace.count(Batch) == 0


def test_columns_that_mean_nothing_are_kept_and_named(people_here: People) -> None:
    headers = ["Truck", "customer  CODE", "Credit Date", "Amount", "Loc"]
    batch_id = workspace.opened(people_here.rita, ["T1", *credit()[:1], *credit()[2:5]], headers=headers)
    opened = services.view(people_here.rita, batch_id)
    header = opened.draft.sheet.header
    assert [header.headers[letter] for letter in header.ignored] == ["Truck"]
    assert opened.draft.columns == ["Customer Code", "Credit Date", "Credit Balance", "Location Code"]
    assert opened.draft.rows["Truck"].tolist() == ["T1"]
    assert opened.judgement.ready.tolist() == [True]


def test_a_company_with_several_locations_is_asked_for_the_column_that_the_sheet_lacks(
    people_here: People,
) -> None:
    batch_id = workspace.opened(people_here.rita, credit()[:4], headers=HEADERS[:4])
    assert workspace.found(people_here.rita, batch_id) == [(2, "Location Code", "missing-value")]
    services.set_cells(people_here.rita, batch_id, [(2, "Location Code", "", "MIA")])
    services.post(people_here.rita, batch_id)
    assert [line[4] for line in workspace.ledger()] == ["MIA"]


def test_a_company_with_one_location_is_not_asked(sqlite_database: str) -> None:
    people = workspace.fill(locations=1)
    batch_id = workspace.opened(people.rita, credit()[:4], headers=HEADERS[:4])
    assert services.view(people.rita, batch_id).draft.columns == list(HEADERS[:4])
    services.post(people.rita, batch_id)
    assert [line[4] for line in workspace.ledger()] == [None]


@pytest.mark.parametrize("restarted", [False, True])
def test_a_second_location_that_opens_meanwhile_is_asked_for(sqlite_database: str, restarted: bool) -> None:
    people = workspace.fill(locations=1)
    batch_id = workspace.opened(people.rita, credit()[:4], headers=HEADERS[:4])
    workspace.add_location("BOG")
    if restarted:
        workspace.forget()
    refused("nothing-to-import", lambda: services.post(people.rita, batch_id))
    assert workspace.found(people.rita, batch_id) == [(2, "Location Code", "missing-value")]


def test_a_sheet_of_customers_is_no_sheet_of_credits(people_here: People) -> None:
    customers = workbook(["N1", "New", "yes"], headers=["Customer Code", "Customer Name", "Active"])
    with pytest.raises(SheetRefusal, match="Customers, not Open Credits"):
        services.open_file(people_here.ada, OPEN_CREDITS, "list.xlsx", customers)
    assert workspace.count(Batch) == 0


def test_the_sheet_that_fits_the_type_is_chosen(people_here: People) -> None:
    made = Workbook()
    made.active.title = "Readme"
    made.active.append(["Nothing here"])
    sheet = made.create_sheet("Credits")
    sheet.append(list(HEADERS))
    sheet.append(credit())
    written = io.BytesIO()
    made.save(written)
    batch_id = services.open_file(people_here.rita, OPEN_CREDITS, "two.xlsx", written.getvalue())
    assert services.view(people_here.rita, batch_id).draft.sheet.name == "Credits"


def test_looking_at_a_file_keeps_nothing(people: People) -> None:
    before = workspace.everything()
    opened, _ = services.check(
        services.TERMINAL, workbook(credit(), credit("B", amount=-5)), "march.xlsx", OPEN_CREDITS
    )
    assert [(i.row, i.code) for i in services.issues(opened)] == [(3, "not-positive")]
    assert opened.judgement.tally(opened.judgement.ready) == (1, 120_000)
    assert workspace.everything() == before


@pytest.mark.parametrize("slug", list(ALL))
def test_the_sample_of_this_company_imports_cleanly(people: People, slug: str) -> None:
    batch_id = services.open_file(
        people.ada, ALL[slug], "sample.xlsx", services.sample(services.TERMINAL, ALL[slug])
    )
    assert workspace.found(people.ada, batch_id) == []
    receipt = services.post(people.ada, batch_id)
    assert receipt.posted == receipt.read and receipt.posted.rows > 0
    assert workspace.count(Message) == 1


def test_the_sample_with_existing_records_changes_nothing_when_it_comes_back(people: People) -> None:
    before = workspace.everything()
    content = services.sample(services.TERMINAL, CUSTOMERS, with_existing=True)
    assert "00042" in [cell.value for cell in load_workbook(io.BytesIO(content)).worksheets[0]["A"]]
    batch_id = services.open_file(people.ada, CUSTOMERS, "customers.xlsx", content)
    receipt = services.post(people.ada, batch_id)
    everybody = len(workspace.CUSTOMERS) + len(bystanders.CODES)
    assert (receipt.read.rows, receipt.posted.rows, receipt.unchanged.rows) == (everybody, 0, everybody)
    after = workspace.everything()
    assert after["customer"] == before["customer"]
    assert after["customer_location"] == before["customer_location"]


def test_credits_have_no_existing_records_to_fill_in(people_here: People) -> None:
    refused(
        "no-existing-records", lambda: services.sample(services.TERMINAL, OPEN_CREDITS, with_existing=True)
    )
