"""What becomes of a file that is dropped, whatever it is: a draft, or one sentence."""

import pytest

from komet_import import services
from komet_import.ledger.models import Batch
from komet_import.settings import settings
from komet_import.types import OPEN_CREDITS
from komet_import.web.home import dropped_files
from tests.services import workspace
from tests.services.workspace import People, credit


@pytest.fixture
def people(sqlite_database: str) -> People:
    workspace.forget()
    return workspace.fill()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("credits.csv", b"Customer Code,Credit Date\nFL219,2026-03-02\n", "csv-file"),
        ("credits.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old-excel"),
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
    good, bad = workspace.workbook(credit()), workspace.workbook(credit()[:2], headers=("Customer Code", "X"))
    files = {"one.xlsx": good, "two.xlsx": bad, "three.xlsx": b"%PDF", "four.xlsx": good}
    outcomes = [dropped_files.taken(people.rita, OPEN_CREDITS, *file) for file in files.items()]
    assert [bool(outcome.batch_id) for outcome in outcomes] == [True, False, False, True]
    assert [outcome.name in outcome.message for outcome in outcomes if outcome.refused] == [True, True]
    assert outcomes[0].batch_id == outcomes[3].batch_id, "the same file is the draft that it is already"
    drafts = services.unfinished(people.rita)
    assert [draft.batch.id for draft in drafts if draft.mine] == [outcomes[0].batch_id]
