"""Opening: an uploaded file is a draft in the database at once, or one sentence and nothing at all."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from komet_import import services
from komet_import.access import users
from komet_import.clock import earlier
from komet_import.language.current import NAMES, Language, speaking
from komet_import.ledger import database
from komet_import.ledger.models import AuditEntry, Batch, BatchFile, BatchStatus, Message
from komet_import.ledger.posting import PostingRefusal
from komet_import.refusal import SheetRefusal
from komet_import.review.catalogue import DUPLICATES
from komet_import.services.arrivals import uploads
from komet_import.settings import settings
from komet_import.sheets.files.book import TextOptions
from komet_import.types import ALL, CUSTOMERS, OPEN_CREDITS, Role
from tests import bystanders
from tests.services import workspace
from tests.services.workspace import HEADERS, People, credit, refused, workbook


@pytest.mark.twin
def test_an_uploaded_file_is_in_the_database_at_once_as_it_came(people: People) -> None:
    content = workbook(credit("A"), credit("B", customer="FL21"))
    batch_id = services.open_file(people.rita, OPEN_CREDITS, "C:\\Users\\rita\\march.xlsx", content)
    assert re.fullmatch("[a-z2-7]{26}", batch_id), "128 bits, which nobody guesses"
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


def test_a_file_is_a_draft_of_one_type(people_here: People) -> None:
    ada, content = people_here.ada, workbook(["N1", "New"], headers=["Customer Code", "Customer Name"])
    services.open_file(ada, CUSTOMERS, "march.xlsx", content)
    refused("wrong-type", lambda: services.open_file(ada, OPEN_CREDITS, "march.xlsx", content))


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


@pytest.mark.twin
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
        (workbook(credit("A")), "march.pdf"),
        (workbook(headers=()), "march.xlsx"),
        (workbook(headers=HEADERS), "march.xlsx"),
        (workbook(["FL219", 5], headers=["Row Labels", "Sum of Credit Balance"]), "march.xlsx"),
        (workbook(["N1", "New"], headers=["Invoice #", "Ship via"]), "march.xlsx"),
    ],
    ids=["empty", "csv", "cut off", "pdf", "blank sheet", "no rows", "pivot table", "other sheet"],
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


def test_who_loses_the_right_while_the_file_is_read_has_no_draft_of_it(
    people_here: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = uploads.read_unposted

    def takes_long(*given: Any) -> Any:
        with database.transaction() as session:
            users.set_roles(session, user_id=people_here.rita.id, roles=[Role.SALESPERSON])
        return read(*given)

    monkeypatch.setattr(uploads, "read_unposted", takes_long)
    refused("no-right", lambda: workspace.opened(people_here.rita, credit()))
    assert workspace.count(Batch) == 0


def test_a_missing_column_is_blank_so_that_no_row_is_ready(people_here: People) -> None:
    """The sheet opens, for a person to say which column it is or to fill it in."""
    batch_id = workspace.opened(people_here.rita, ["FL219", 5], headers=["Customer Code", "Credit Balance"])
    assert (2, "Credit Date", "missing-value") in workspace.found(people_here.rita, batch_id)


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


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("slug", list(ALL))
def test_the_sample_of_this_company_imports_cleanly_in_every_language(
    people_here: People, slug: str, language: Language
) -> None:
    people = people_here
    with speaking(language):
        sample = services.sample(services.TERMINAL, ALL[slug])
    batch_id = services.open_file(people.ada, ALL[slug], "sample.xlsx", sample)
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


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\rita\\march.xlsx", "march.xlsx"),
        ("/uploads/rita/march.xlsx", "march.xlsx"),
        ("../../etc/march.xlsx", "march.xlsx"),
        (" march\x07\n2026.xlsx", "march  2026.xlsx"),
        ("m" * 195 + ".xlsx", "m" * 195 + ".xlsx"),
        ("m" * 196 + ".xlsx", "m" * 194 + "….xlsx"),
        ("Ñandú 玫瑰 🌹.xlsx", "Ñandú 玫瑰 🌹.xlsx"),
    ],
)
def test_a_file_is_kept_under_its_own_name(people: People, given: str, kept: str) -> None:
    batch_id = services.open_file(people.rita, OPEN_CREDITS, given, workbook(credit("A")))
    assert services.view(people.rita, batch_id).batch.file_name == kept


def test_of_several_drafts_of_a_file_the_newest_of_this_user_is_gone_on_with(people: People) -> None:
    content = workbook(credit("A"))
    drafts = []
    for days, user in ((3, people.rita), (1, people.rita), (2, people.rita), (0, people.carl)):
        with earlier(timedelta(days=days)):
            drafts.append(services.open_file(user, OPEN_CREDITS, "march.xlsx", content, resume=False))
    assert len(set(drafts)) == 4
    assert services.open_file(people.rita, OPEN_CREDITS, "march.xlsx", content) == drafts[1]
    assert services.open_file(people.carl, OPEN_CREDITS, "march.xlsx", content) == drafts[3]
    other = services.open_file(people.rita, OPEN_CREDITS, "march.xlsx", workbook(credit("B")))
    assert other not in drafts


def test_a_draft_is_gone_on_with_as_what_it_was_opened_as(people_here: People) -> None:
    content = workbook(credit("A"))
    services.open_file(people_here.ada, OPEN_CREDITS, "march.xlsx", content)
    with pytest.raises(SheetRefusal):
        services.open_file(people_here.ada, CUSTOMERS, "march.xlsx", content)


def two_sheets() -> bytes:
    made = Workbook()
    made.active.title = "March"
    made.active.append(list(HEADERS))
    made.active.append(credit("M"))
    sheet = made.create_sheet("April")
    sheet.append(list(HEADERS))
    sheet.append(credit("A"))
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def test_the_sheet_that_is_asked_for_is_opened_or_refused_and_never_another_one(people: People) -> None:
    content, rita = two_sheets(), people.rita
    march = services.open_file(rita, OPEN_CREDITS, "two.xlsx", content, sheet="March")
    services.post(rita, march)
    refusal = refused(
        "already-imported",
        lambda: services.open_file(rita, OPEN_CREDITS, "two.xlsx", content, sheet="March", resume=False),
    )
    assert isinstance(refusal, PostingRefusal) and refusal.batch_id == march
    april = services.open_file(people.carl, OPEN_CREDITS, "two.xlsx", content, sheet="April")
    assert workspace.texts(people.carl, april, "Credit #") == {2: "A"}
    chosen = services.open_file(rita, OPEN_CREDITS, "two.xlsx", content)
    assert services.view(rita, chosen).draft.sheet.name == "April"
    services.post(rita, chosen)
    refused("already-imported", lambda: services.open_file(people.ada, OPEN_CREDITS, "two.xlsx", content))


def test_a_text_file_is_a_draft_that_can_be_read_another_way(people: People) -> None:
    lines = [";".join(HEADERS), "FL219;CR-1;2026-03-02;12.50;MIA;Müller – spät"]
    content = "\n".join(lines).encode("mac_roman")
    first = services.open_file(
        people.rita, OPEN_CREDITS, "march.csv", content, text=TextOptions(encoding="cp1252")
    )
    assert workspace.texts(people.rita, first, "Comments") == {2: "MŸller Ð spŠt"}
    again = services.read_text_as(people.rita, first, TextOptions(encoding="mac_roman"))
    assert workspace.texts(people.rita, again, "Comments") == {2: "Müller – spät"}
    assert [b.id for b in workspace.own(Batch) if b.status == "discarded"] == [first]
    services.post(people.rita, again)
    refused(
        "already-imported",
        lambda: services.open_file(people.carl, OPEN_CREDITS, "other.txt", content, resume=False),
    )


def test_another_sheet_comes_from_the_same_file_and_what_was_looked_at_goes_only_as_it_was_seen(
    people: People,
) -> None:
    other = workspace.opened(people.rita, credit("Z"), file_name="other.xlsx")
    first = services.open_file(people.rita, OPEN_CREDITS, "two.xlsx", two_sheets())
    april = services.choose_sheet(people.ada, first, "April")  # an Admin's, who may delete it
    opened = services.view(people.ada, april)
    assert (opened.uploaded_by, opened.batch.file_name) == ("Ada", "two.xlsx")
    assert workspace.texts(people.ada, april, "Credit #") == {2: "A"}
    assert [b.id for b in workspace.own(Batch) if b.status == "discarded"] == [first]
    assert services.view(people.rita, other).batch.status == "draft"


def test_who_fixes_goes_on_with_their_own_draft_of_that_import_only(people: People) -> None:
    batches = []
    for name in ("march", "april"):
        batch_id = workspace.opened(
            people.rita, credit(f"{name}-1"), credit(f"{name}-2", amount=-1), file_name=f"{name}.xlsx"
        )
        services.post(people.rita, batch_id)
        batches.append(batch_id)
    march, april = batches
    workspace.opened(people.rita, credit("Z"), file_name="another.xlsx")
    carls = services.fix_rejected(people.carl, march)
    mine, other = services.fix_rejected(people.rita, march), services.fix_rejected(people.rita, april)
    assert len({carls, mine, other}) == 3
    assert services.fix_rejected(people.rita, march) == mine
    assert services.fix_rejected(people.carl, march) == carls
    assert workspace.texts(people.rita, mine, "Credit #") == {2: "march-2"}
    assert workspace.texts(people.rita, other, "Credit #") == {2: "april-2"}
    assert services.view(people.rita, mine).batch.file_name == f"rejected-{march[:8]}-march.xlsx"


def table(content: bytes, sheet: int = 0) -> list[tuple[object, ...]]:
    return [tuple(row) for row in load_workbook(io.BytesIO(content)).worksheets[sheet].values]


@pytest.mark.twin
def test_the_existing_customers_are_told_as_they_are(people: People) -> None:
    workspace.change_customer(
        "FL220", accounting_code="A-1", customer_type="Retailer", salesperson="Marta", active=False
    )
    headers, *rows = table(services.sample(people.ada, CUSTOMERS, with_existing=True))
    told = {str(row[0]): dict(zip(headers, row, strict=False)) for row in rows if row[0]}
    assert list(told) == ["00042", "FL219", "FL220", "FL900", *bystanders.CODES]
    names = ("Customer Name", "Location Codes", "Accounting Code", "Customer Type", "Salesperson", "Active")
    assert [told["FL220"].get(name) or "" for name in names] == [
        "Petal & Stem", "LAX:MIA", "A-1", "Retailer", "Marta", "no"
    ]  # fmt: skip
    assert [told["00042"].get(name) or "" for name in names] == ["Jardín Ñuñoa", "LAX", "", "", "", "yes"]
    assert [told["FL900"].get(name) or "" for name in names][-1] == "no"


def test_a_sample_names_active_customers_with_a_location_of_theirs(people: People) -> None:
    workspace.change_customer("FL219", active=False)
    batch_id = services.open_file(
        people.rita, OPEN_CREDITS, "sample.xlsx", services.sample(people.rita, OPEN_CREDITS)
    )
    codes = set(workspace.texts(people.rita, batch_id, "Customer Code").values())
    assert codes and codes <= {"00042", "FL220", bystanders.CODES[0]}
    assert workspace.found(people.rita, batch_id) == []
    made = load_workbook(io.BytesIO(services.sample(people.rita, OPEN_CREDITS)))
    texts = [str(cell) for sheet in made.worksheets for row in sheet.values for cell in row if cell]
    assert "FL220" in texts and "FL219" not in texts and "FL900" not in texts
    assert [cell.value for cell in made["Lists"]["A"]][1:] == ["00042", "FL220", bystanders.CODES[0]]


def test_looking_at_a_file_confirms_only_what_it_is_told_to(people: People) -> None:
    services.post(people.carl, workspace.opened(people.carl, credit("", amount=5), file_name="before.xlsx"))
    content = workbook(credit("", amount=5), credit("B", amount=7), credit("C", amount=-1))
    for confirmed, ready in (((), (1, 7_000)), (("swapped-date",), (1, 7_000)), (DUPLICATES, (2, 12_000))):
        for asking in (services.TERMINAL, people.rita):
            opened, worksheet = services.check(asking, content, "a.xlsx", OPEN_CREDITS, confirmed=confirmed)
            assert (opened.figures.ready.rows, opened.figures.ready.amount) == ready
            assert worksheet.name == "Credits" and opened.figures.rejected.rows == 1
