"""What becomes of a file that is dropped, whatever it is: a draft, or one sentence."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.ledger.models import Batch
from komet_import.settings import settings
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from komet_import.types.open_invoices import OPEN_INVOICES
from komet_import.web.home import dropped_files
from tests.services import workspace
from tests.services.workspace import People, credit, workbook


@pytest.fixture
def people(sqlite_database: str) -> People:
    workspace.forget()
    return workspace.fill()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("credits.txt", b"Dear Rita, here are the credits.", "text-file"),
        ("credits.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not-a-workbook"),
        ("credits.pdf", b"%PDF-1.7 ...", "pdf-file"),
        ("credits.numbers", b"PK\x03\x04" + bytes(100), None),
        ("credits", b"anything", None),
        ("large.xlsx", b"PK" + bytes(1_100_000), "too-large"),
        ("large.pdf", b"%PDF" + bytes(1_100_000), "too-large"),
    ],
)
def test_a_file_of_any_name_and_size_is_told_why_it_is_no_draft(
    people: People, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, code: str | None
) -> None:
    monkeypatch.setenv("KOMET_MAX_UPLOAD_MB", "1")
    settings.cache_clear()
    outcome = dropped_files.taken(people.rita, OPEN_CREDITS, name, content)
    assert outcome.refused is not None
    assert code in (None, outcome.refused.code)
    assert name in outcome.message and "\n" not in outcome.message and outcome.message.endswith(".")
    assert workspace.count(Batch) == 0


def test_of_several_files_each_becomes_a_draft_or_is_told(people: People) -> None:
    good, bad = workspace.workbook(credit()), workspace.workbook(credit()[:2], headers=("W", "X"))
    files = {"one.xlsx": good, "two.xlsx": bad, "three.xlsx": b"%PDF", "four.xlsx": good}
    outcomes = [dropped_files.taken(people.rita, OPEN_CREDITS, *file) for file in files.items()]
    assert [bool(outcome.batch_id) for outcome in outcomes] == [True, False, False, True]
    assert [outcome.name in outcome.message for outcome in outcomes if outcome.refused] == [True, True]
    assert outcomes[0].batch_id == outcomes[3].batch_id, "the same file is the draft that it is already"
    drafts = services.unfinished(people.rita)
    assert [draft.batch.id for draft in drafts if draft.mine] == [outcomes[0].batch_id]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a workbook begins that is of old or has a password."""


def screen(user: CurrentUser) -> AppTest:
    """A page that holds nothing else."""

    def script(user):  # its source is run elsewhere, where no name of this file is known
        from komet_import.types import OPEN_CREDITS
        from komet_import.web.home import dropped_files

        dropped_files.upload(user, OPEN_CREDITS)

    return AppTest.from_function(script, args=(user,), default_timeout=60).run()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("bad.xlsx", b"Dear Rita, here are the credits.", "“bad.xlsx” is a text file"),
        ("bad.xlsx", b"", "“bad.xlsx” is empty (0 bytes); choose the workbook again."),
        (
            "bad.xlsx",
            workbook(),
            "has no rows below its headers in row 1; fill it in and choose it again.",
        ),
        (
            "bad.xlsx",
            workbook(["FL219", "2026-03-02", 5], headers=("Customer Code", "Credit Date", "Sum of Amount")),
            "lacks the required column “Credit Balance”",
        ),
        (
            "bad.xlsx",
            workbook(["NEW1", "A name"], headers=("Customer Code", "Customer Name")),
            "holds Customers, not Open Credits",
        ),
        (
            "bad.xlsx",
            OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512),
            "“bad.xlsx” is protected with a password; remove it in Excel",
        ),
        (
            "march.csv",
            b"Customer Code,Credit #,Credit Date,Credit Balance\n",
            "march.csv: The file has no rows below its headers in row 1; fill it in and choose it again.",
        ),
        ("march.txt", b"Dear Rita, here are the credits.", "“march.txt” is a text file"),
        ("march.xls", OLE + bytes(600), "“march.xls” is not an Excel workbook"),
        ("march.pdf", b"%PDF-1.7", "“march.pdf” is a PDF document, not an Excel workbook."),
        ("march.numbers", b"PK\x03\x04" + bytes(200), "“march.numbers”"),
    ],
    ids=[
        "text",
        "empty",
        "no-rows",
        "missing-column",
        "customers",
        "password",
        "csv",
        "letter",
        "xls",
        "pdf",
        "numbers",
    ],
)
def test_a_wrong_file_gets_one_sentence_on_the_page_that_it_was_dropped_on(
    people: People, name: str, content: bytes, told: str
) -> None:
    page = screen(people.rita)
    page.file_uploader[0].upload(name, content).run()
    assert not page.exception
    (said,) = page.error
    assert told in said.value.replace("\\", "")  # what would be marked up is not
    assert workspace.count(Batch) == 0
    assert page.file_uploader[0].value == [], "the next file may follow"


CUSTOMER_LIST = workbook(["NEW1", "A name"], headers=("Customer Code", "Customer Name"))


def test_a_sheet_of_another_type_is_imported_as_that_with_one_click(people: People) -> None:
    page = screen(people.ada)
    page.file_uploader[0].upload("list.xlsx", CUSTOMER_LIST).run()
    assert "holds Customers" in page.error[0].value
    (offered,) = [button for button in page.button if button.label == "Import as Customers"]
    offered.click().run()
    (draft,) = [draft for draft in services.unfinished(people.ada) if draft.mine]
    assert (draft.batch.type, draft.batch.file_name) == (CUSTOMERS.slug, "list.xlsx")


def test_who_imports_as_another_type_what_was_imported_finds_its_report(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked: list[dict[str, str]] = []  # there is no router here
    monkeypatch.setattr(st, "page_link", lambda *_, query_params, **__: linked.append(query_params))
    headers = [column.name for column in OPEN_INVOICES.columns][:6]
    invoices = workbook(["I-1", "FL219", "2026-03-02", 5, "PO", "MIA"], headers=headers)
    batch_id = services.open_file(people.ada, OPEN_INVOICES, "i.xlsx", invoices)
    services.post(people.ada, batch_id)
    page = screen(people.ada)
    page.file_uploader[0].upload("again.xlsx", invoices).run()
    page.button[0].click().run()
    assert "is the same file as" in page.error[-1].value
    assert linked == [{"batch": batch_id}]


def test_a_file_that_is_dropped_while_the_page_turns_to_another_type_is_read_as_that_one(
    people: People,
) -> None:
    def script(user):
        from komet_import.types import CUSTOMERS, OPEN_CREDITS
        from komet_import.web.home import dropped_files, import_choice

        dropped_files.upload(user, import_choice.choose_type([OPEN_CREDITS, CUSTOMERS]))

    page = AppTest.from_function(script, args=(people.ada,), default_timeout=60).run()
    page.file_uploader[0].upload("list.xlsx", CUSTOMER_LIST)  # the uploader that stood there before
    page.button_group[0].set_value(CUSTOMERS.slug).run()
    (draft,) = [draft for draft in services.unfinished(people.ada) if draft.mine]
    assert (draft.batch.type, draft.batch.file_name) == (CUSTOMERS.slug, "list.xlsx")


def test_another_type_is_offered_to_those_alone_who_may_import_it(people: People) -> None:
    page = screen(people.rita)
    page.file_uploader[0].upload("list.xlsx", CUSTOMER_LIST).run()
    assert page.error and [button.label for button in page.button] == []
