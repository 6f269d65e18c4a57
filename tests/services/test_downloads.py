"""Files that people take away: each the one that was asked for, and written down before it is handed over."""

import io

import pytest
from openpyxl import load_workbook

from komet_import import services
from komet_import.ledger.models import AuditEntry
from komet_import.services import File
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from tests.services import workspace
from tests.services.workspace import People, credit, refused


def first_column(content: bytes) -> list[object]:
    return [cell.value for cell in load_workbook(io.BytesIO(content)).worksheets[0]["A"]]


def taken() -> list[tuple[int | None, str | None, object]]:
    return [(e.user_id, e.subject, e.details) for e in workspace.own(AuditEntry) if e.action == "download"]


def test_each_file_is_the_one_that_was_asked_for_and_stands_in_the_trail(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", customer="FL21"), file_name="a.b.xlsx")
    services.post(people.rita, batch_id)
    wanted = [
        (people.rita, File.SAMPLE, OPEN_CREDITS.slug, "open-credits-sample.xlsx"),
        (people.ada, File.SAMPLE, CUSTOMERS.slug, "customers-sample.xlsx"),
        (people.ada, File.EXISTING, CUSTOMERS.slug, "customers-existing.xlsx"),
        (people.carl, File.REJECTED, batch_id, "rejected-a.b.xlsx"),
    ]
    for user, file, of, name in wanted:
        made = services.download(user, file, of)
        assert made.name == name
        assert taken()[-1] == (user.id, of, {"file": name, "bytes": len(made.content)})
        column = first_column(made.content)
        assert ("FL900" in column) == (file is File.EXISTING), "inactive ones are no examples"
        assert ("FL21" in column) == (file is File.REJECTED)
    assert len(taken()) == len(wanted)


@pytest.mark.parametrize(
    ("file", "of", "code"),
    [
        (File.SAMPLE, "no-such-type", "not-found"),
        (File.EXISTING, "", "not-found"),
        (File.EXISTING, OPEN_CREDITS.slug, "no-existing-records"),
        (File.REJECTED, "no-such-batch", "not-found"),
        (File.REJECTED, OPEN_CREDITS.slug, "not-found"),
    ],
)
def test_what_is_no_file_is_refused_and_not_written_down(
    people_here: People, file: File, of: str, code: str
) -> None:
    refused(code, lambda: services.download(people_here.ada, file, of))
    assert taken() == []


def test_who_may_not_have_a_file_does_not_get_it(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, credit("B", customer="FL21"))
    services.post(people_here.rita, batch_id, even_nothing=True)
    refused("not-found", lambda: services.download(people_here.lou, File.REJECTED, batch_id))
    refused("no-right", lambda: services.download(people_here.rita, File.EXISTING, CUSTOMERS.slug))
    refused("no-right", lambda: services.download(people_here.lou, File.SAMPLE, OPEN_CREDITS.slug))
    refused("not-found", lambda: services.download(people_here.lou, File.HISTORY, "all"))
    assert taken() == []
