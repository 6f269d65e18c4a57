"""The evidence of an import: everything that is known of it in one file, and the file as it came."""

import hashlib
import io
import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from komet_import import services
from komet_import.ledger import audit_chain, database
from komet_import.ledger.adjustments import By
from komet_import.ledger.audit_chain import Content
from komet_import.ledger.models import BY_MEMORY, Adjustment, AuditEntry
from komet_import.services import File, ledger_workbooks
from komet_import.services.imports import evidence_tables
from komet_import.settings import settings
from komet_import.types import OPEN_CREDITS
from tests.services import workspace
from tests.services.workspace import People, credit, refused


def sheets(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """The tables of the workbook: each row by its headings."""
    found = {}
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        head, *lines = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(head, line, strict=True)) for line in lines]
    return found


def made(people: People) -> tuple[str, bytes]:
    """An import with two edits of a cell that stand, one that was undone, a confirmation, an override."""
    content = workspace.workbook(
        credit("A", amount=Decimal("5.00"), day="1999-12-31"), credit("B", customer="FL21"), credit("C")
    )
    batch_id = services.open_file(people.rita, OPEN_CREDITS, "march.xlsx", content)
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "late")])
    services.set_cells(people.rita, batch_id, [(2, "Comments", "late", "late <b>truck</b>")])
    services.set_cells(people.carl, batch_id, [(4, "Comments", "", "oops")])
    services.undo(people.carl, batch_id)
    services.confirm(people.carl, batch_id, services.view(people.carl, batch_id).judgement.waiting())
    services.leave_out(people.rita, batch_id, [4])
    services.expect(people.rita, batch_id, rows="4")
    services.override(people.rita, batch_id, reason="One follows")
    services.post(people.rita, batch_id)
    return batch_id, content


@pytest.mark.twin
def test_one_workbook_has_every_row_edit_message_and_link_of_the_chain(people: People) -> None:
    batch_id, content = made(people)
    taken = services.download(people.carl, File.EVIDENCE, batch_id)
    assert taken.name == "evidence-march.xlsx"
    about = {
        line[0]: line[1]
        for line in load_workbook(io.BytesIO(taken.content)).worksheets[0].iter_rows(values_only=True)
    }
    assert about["SHA-256 of the file"] == hashlib.sha256(content).hexdigest()
    assert about["Uploaded"].endswith("by Rita") and about["Edited by"] == "Carl, Rita"
    assert about["Imported on"].endswith("by Rita") and "Approved and imported" not in about
    assert about["Imported"] == "1 · $5.00"
    assert about["Control totals"].endswith("Rita imported it all the same: One follows")
    found = sheets(taken.content)
    assert [
        (r["Row"], r["Outcome"], r["Comments in the file"], r["Comments in the end"]) for r in found["Rows"]
    ] == [
        (2, "imported", None, "late <b>truck</b>"),
        (3, "rejected", None, None),
        (4, "excluded", None, None),
    ]
    assert "“FL21” is not a customer" in found["Rows"][1]["Reasons"] and found["Rows"][0]["Adjustment"]
    assert [(e["By"], e["Kind"], bool(e["State"])) for e in found["Edits"]] == [
        ("Rita", "edit", False), ("Rita", "edit", False), ("Carl", "edit", True),
        ("Carl", "confirmation", False), ("Rita", "exclusion", False),
    ]  # fmt: skip
    confirmed = found["Edits"][3]
    assert (confirmed["Where"], confirmed["Before"], confirmed["After"]) == (
        "Unusual date, row 2", None, "confirmed",
    )  # fmt: skip
    assert len(found["Messages"]) == 1 and "One follows" in found["Messages"][0]["Text"]
    chain = found["Audit chain"]
    assert {"upload", "edit", "undo", "confirm", "expect", "override-totals", "post"} <= {
        e["Action"] for e in chain
    }
    once = [(e["Action"], e["User"]) for e in chain if e["Action"] in ("upload", "undo", "post")]
    assert once == [("upload", "rita"), ("undo", "carl"), ("post", "rita")]
    for entry in chain:
        said = Content(
            id=entry["Entry"],
            at=datetime.fromisoformat(entry["At"]),
            user_id=entry["User id"],
            action=entry["Action"],
            subject=batch_id,
            address=entry["From"] or "",
            details=json.loads(entry["Details"]),
        )
        assert audit_chain.link(entry["Hash before"], said) == entry["Hash"], (
            "each link can be computed again"
        )
        written = json.dumps(said.details, sort_keys=True, separators=(",", ":"))
        assert entry["Details"] == written, "letter by letter as it is hashed"
    with database.reading() as session:
        assert audit_chain.verify(session, noted=chain[-1]["Hash"]).fault is None


def test_an_edit_that_a_colleague_undid_says_who_that_was(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, credit("A"))
    services.set_cells(people_here.rita, batch_id, [(2, "Comments", "", "oops")])
    services.undo(people_here.carl, batch_id)
    services.post(people_here.rita, batch_id)
    (edit,) = sheets(services.download(people_here.rita, File.EVIDENCE, batch_id).content)["Edits"]
    assert edit["By"] == "Rita" and edit["State"].endswith(" by Carl")


def test_the_page_to_print_escapes_what_people_wrote_and_the_original_is_what_came(
    people_here: People,
) -> None:
    batch_id, content = made(people_here)
    page = services.download(people_here.carl, File.EVIDENCE_PAGE, batch_id)
    text = page.content.decode()
    assert (page.name, page.media) == ("evidence-march.html", "text/html")
    assert "late &lt;b&gt;truck&lt;/b&gt;" in text and "<b>truck" not in text and "One follows" in text
    services.reverse(people_here.carl, batch_id, reason="Wrong")
    rows = sheets(services.download(people_here.carl, File.EVIDENCE, batch_id).content)["Rows"]
    (posted,) = (one.id for one in workspace.own(Adjustment) if one.reverses_id is None)
    assert [row["Adjustment"] for row in rows] == [posted, None, None], "and not its opposite"
    original = services.download(people_here.carl, File.ORIGINAL, batch_id)
    assert (original.name, original.content) == ("march.xlsx", content)
    entries = [e for e in workspace.own(AuditEntry) if e.action == "download"]
    assert [(e.user_id, e.details["file"]) for e in entries] == [
        (people_here.carl.id, "evidence-march.html"),
        (people_here.carl.id, "evidence-march.xlsx"),
        (people_here.carl.id, "march.xlsx"),
    ]
    for file in (File.EVIDENCE, File.EVIDENCE_PAGE, File.ORIGINAL):
        refused("not-found", lambda f=file: services.download(people_here.lou, f, batch_id))


def test_evidence_is_of_what_was_posted_the_original_of_a_draft_as_well(people_here: People) -> None:
    draft = workspace.opened(people_here.rita, credit("A"))
    refused("not-found", lambda: services.download(people_here.rita, File.EVIDENCE, draft))
    assert services.download(people_here.rita, File.ORIGINAL, draft).content[:2] == b"PK"


def test_adjustments_name_preparer_and_approver_and_flag_what_is_looked_at_first(
    people_here: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMET_APPROVAL", "always")
    settings.cache_clear()
    last = workspace.DAY.replace(day=1) - timedelta(days=1)
    rows = [
        credit("A", amount=200, day=last),
        credit("B", amount=201, day=last.replace(day=15)),
        credit("C", amount=202, day=last - timedelta(days=2)),  # of the last three days
        credit("D", amount=203, day=last - timedelta(days=3)),
    ]
    batch_id = workspace.opened(people_here.rita, *rows)
    services.send(people_here.rita, batch_id)
    services.approve(people_here.carl, batch_id)

    def flagged() -> list[tuple[str, str, str, str | None]]:
        wanted = services.Range(by=By.DATED, first=last.replace(day=1), last=last)
        taken = services.download(people_here.carl, File.ADJUSTMENTS, wanted.words).content
        lines = [line for line in sheets(taken)["Adjustments"] if line["Import"] == batch_id]
        return [
            (line["Number"], line["Prepared by"], line["Approved by"], line["Flags"])
            for line in sorted(lines, key=lambda line: str(line["Number"]))
        ]

    seldom = "seldom posts"
    assert flagged() == [
        ("A", "Rita", "Carl", f"period end, round amount, {seldom}"),
        ("B", "Rita", "Carl", seldom),
        ("C", "Rita", "Carl", f"period end, {seldom}"),
        ("D", "Rita", "Carl", seldom),
    ]
    monkeypatch.setattr(ledger_workbooks, "SELDOM", 1)
    assert [line[3] for line in flagged()] == ["period end, round amount", None, "period end", None]


def test_what_was_done_by_memory_is_told_from_what_a_person_did() -> None:
    by_people = {word for kind, word in evidence_tables.KINDS.items() if kind not in BY_MEMORY}
    assert by_people and not by_people & {evidence_tables.KINDS[kind] for kind in BY_MEMORY}
