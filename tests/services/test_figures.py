"""Money that is none, and money that may be there already: the same figures on every way out of the house."""

import json
from datetime import timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from komet_import import cli, services
from komet_import.ledger import database
from komet_import.ledger.models import AuditEntry, Batch, Message
from komet_import.ledger.receipt import Apart, Receipt, Tally
from komet_import.review.figures import TotalRow
from komet_import.review.issues import Issue
from komet_import.services.imports import reports
from tests.properties import tries
from tests.services import workspace
from tests.services.workspace import People, credit, refused

NONE = Tally(rows=0, amount=0)


def waiting(people: People, batch_id: str) -> list[Issue]:
    return services.view(people.rita, batch_id).judgement.waiting()


def posted_before(people: People, *amounts: object) -> None:
    """The ledger holds credits of FL219 with these amounts, from another file."""
    before = workspace.opened(people.carl, *(credit("", amount=a) for a in amounts), file_name="before.xlsx")
    services.post(people.carl, before)


# ----------------------------------------------------------------------------------- possible duplicates


def test_the_same_credits_in_another_file_are_not_posted_unless_somebody_says_so(people: People) -> None:
    posted_before(people, 5, 7)
    again = workspace.opened(
        people.rita, credit("", amount=5), credit("", amount=7), credit("C", amount=9), file_name="again.xlsx"
    )
    told = services.view(people.rita, again).figures
    assert (told.ready, told.to_confirm) == (Tally(rows=1, amount=9_000), Tally(rows=2, amount=12_000))
    refused("draft-changed", lambda: services.post(people.rita, again, promised=Tally(rows=3, amount=21_000)))
    assert len(workspace.ledger()) == 2
    ready = Tally(rows=1, amount=9_000)
    told = refused("to-confirm", lambda: services.post(people.rita, again, promised=ready)).message
    assert told.startswith("2 warnings to confirm, so nothing was imported.")
    assert len(workspace.ledger()) == 2
    receipt = services.post(people.rita, again, unconfirmed_stay_out=True)  # as the terminal does
    assert (receipt.posted.rows, receipt.rejected) == (1, Tally(rows=2, amount=12_000))
    assert len(workspace.ledger()) == 3
    report = services.report(people.rita, again)
    assert [(r.row, [i["code"] for i in r.issues]) for r in report.rejected] == [
        (2, ["possible-duplicate"]),
        (3, ["possible-duplicate"]),
    ]
    assert "Possible duplicate, not confirmed" in workspace.own(Message)[-1].text


@pytest.mark.twin
def test_who_confirmed_what_stands_in_the_journal_and_on_every_way_out(people: People) -> None:
    posted_before(people, 5, 7)
    again = workspace.opened(people.rita, credit("", amount=5), credit("", amount=7), credit("C", amount=9))
    seen = waiting(people, again)
    assert services.confirm(people.carl, again, seen).changed == 2
    assert services.confirm(people.carl, again, seen).changed == 0
    workspace.forget()  # a restarted server replays the journal
    opened = services.view(people.rita, again)
    assert [(s.label, s.by) for s in opened.steps] == [("Confirmed possible duplicate in 2 rows", "Carl")]
    assert opened.figures.confirmed == Tally(rows=2, amount=12_000)
    receipt = services.post(people.rita, again)
    assert (receipt.posted.rows, receipt.confirmed) == (3, Tally(rows=2, amount=12_000))
    assert services.report(people.rita, again).receipt == receipt
    said = "2 imported credits ($12.00) waited for a confirmation and were confirmed."
    assert said in workspace.own(Message)[-1].text and said in workspace.own(Message)[-1].html
    with database.reading() as session:
        audited = select(AuditEntry.details).where(
            col(AuditEntry.subject) == again, AuditEntry.action == "post"
        )
        assert session.execute(audited).scalar_one()["confirmed"] == 2


def test_a_confirmation_is_undone_and_done_again(people: People) -> None:
    posted_before(people, 5)
    again = workspace.opened(people.rita, credit("", amount=5), credit("C", amount=9))
    services.confirm(people.rita, again, waiting(people, again))
    for act, rows in ((services.undo, 1), (services.redo, 0), (services.undo, 1)):
        act(people.rita, again)
        for _ in ("as it was kept", "as it is replayed"):
            assert services.view(people.rita, again).figures.to_confirm.rows == rows
            workspace.forget()
    refused("no-such-row", lambda: services.confirm(
        people.rita, again, [Issue(row=99, column="", code="possible-duplicate", value="")]))  # fmt: skip


def test_an_edit_of_a_row_takes_its_confirmation_with_it_and_undo_brings_that_back(people: People) -> None:
    posted_before(people, 5, 7)
    again = workspace.opened(people.rita, credit("", amount=5), credit("C", amount=9))
    services.confirm(people.carl, again, waiting(people, again))

    def stands(*, confirmed: int) -> None:
        for _ in ("as it was kept", "as it is replayed"):
            opened = services.view(people.rita, again)
            assert (opened.figures.confirmed.rows, opened.figures.to_confirm.rows) == (
                confirmed,
                1 - confirmed,
            )
            assert [(one.rows, one.by) for one in services.acknowledged(opened)] == [
                ((2,), "Carl")
            ] * confirmed
            workspace.forget()

    stands(confirmed=1)
    for cell in ((2, "Comments", "", "a second box"), (2, "Credit Balance", "5", "7")):
        assert services.set_cells(people.rita, again, [cell]).changed == 1
        stands(confirmed=0)
        services.undo(people.rita, again)
        stands(confirmed=1)
    services.set_cells(people.rita, again, [(2, "Comments", "", "a second box")])
    services.confirm(people.rita, again, waiting(people, again))
    told = services.view(people.rita, again)
    assert [(one.words, one.by) for one in services.acknowledged(told)] == [
        (f"Possible duplicate in row 2: {told.judgement.of(0)[0].message}", "Rita")
    ]
    details = [entry.details for entry in workspace.own(AuditEntry) if entry.action == "edit"][-1]
    assert details["before"] == {"Comments, row 2": "", "possible-duplicate, row 2": "confirmed"}
    assert details["after"] == {"Comments, row 2": "a second box", "possible-duplicate, row 2": None}


def test_what_came_into_the_ledger_after_the_confirmation_was_seen_by_nobody(people: People) -> None:
    posted_before(people, 5)
    again = workspace.opened(people.rita, credit("", amount=5), credit("C", amount=9))
    services.confirm(people.rita, again, waiting(people, again))
    promised = services.view(people.rita, again).figures.ready
    assert promised.rows == 2
    another = workspace.opened(
        people.carl, credit("", amount=5), credit("", amount=6), file_name="other.xlsx"
    )
    services.confirm(people.carl, another, waiting(people, another))
    services.post(people.carl, another)
    refused("draft-changed", lambda: services.post(people.rita, again, promised=promised))
    assert services.view(people.rita, again).figures.to_confirm.rows == 1
    assert len(workspace.ledger()) == 3


def test_a_fresh_duplicate_of_a_ready_row_is_not_posted_unseen(people: People) -> None:
    mine = workspace.opened(people.rita, credit("", amount=5), credit("C", amount=9))
    promised = services.view(people.rita, mine).figures.ready
    posted_before(people, 5)
    refused("draft-changed", lambda: services.post(people.rita, mine, promised=promised))
    assert len(workspace.ledger()) == 1


# ------------------------------------------------------------------------------------------ total rows


def test_a_total_row_is_kept_as_evidence_and_is_no_rejected_row(people: People) -> None:
    rows = [credit("A", amount=100), credit("B", amount=20)]
    batch_id = workspace.opened(people.rita, *rows, ["Total", None, None, 120, None, None])
    receipt = services.post(people.rita, batch_id)
    assert receipt.read == receipt.posted == Tally(rows=2, amount=120_000)
    assert (receipt.rejected, receipt.left_out) == (NONE, NONE)
    assert receipt.apart == Apart(totals=(TotalRow(row=4, amount=120_000, above=120_000),))
    report = services.report(people.rita, batch_id)
    assert report.receipt == receipt and not report.rejected and not report.left_out
    assert [(r.row, r.amount, [i["code"] for i in r.issues]) for r in report.set_aside] == [
        (4, 120_000, ["total-line"])
    ]
    (mail,) = workspace.own(Message)
    assert mail.subject.startswith("2 credits imported —")
    said = "Total row 4 of the sheet ($120.00) matches the rows above it."
    assert said in mail.text and said in mail.html


def test_a_second_table_and_text_below_are_kept_as_evidence_with_their_money_apart(people: People) -> None:
    batch_id = workspace.opened(
        people.rita,
        credit("A", amount=100),
        ["Open invoices", None, None, None, None, None],
        ["Customer Code", "Invoice #", "Invoice Date", "Invoice Balance", "Location Code", "Comments"],
        credit("I-1", amount=700),
        ["Total", None, None, 700, None, None],
    )
    receipt = services.post(people.rita, batch_id)
    assert receipt.read == receipt.posted == Tally(rows=1, amount=100_000)
    assert "rows of a second table were not imported" in " ".join(receipt.apart.sentences)
    assert receipt.apart.totals == () and sum(aside.rows for aside in receipt.apart.aside) == 4
    report = services.report(people.rita, batch_id)
    assert report.receipt == receipt and not report.rejected
    assert [(row.row, row.outcome) for row in report.set_aside] == [(n, "set-aside") for n in (3, 4, 5, 6)]
    (mail,) = workspace.own(Message)
    assert all(sentence in mail.text for sentence in receipt.apart.sentences)


def test_what_may_be_a_total_waits_until_a_person_says_what_it_is(people: People) -> None:
    rows = [credit("A", amount=10), credit("B", amount=11), credit("", amount=21)]
    batch_id = workspace.opened(people.rita, *rows)

    def state() -> tuple[int, int, int]:
        told = services.view(people.rita, batch_id).figures
        return told.ready.rows, told.rejected.rows, told.left_out.rows

    assert state() == (2, 1, 0)
    services.take_in(people.rita, batch_id, [4])
    assert state() == (3, 0, 0)
    services.undo(people.rita, batch_id)
    services.leave_out(people.rita, batch_id, [4])
    workspace.forget()
    assert state() == (2, 0, 1)


def test_leaving_out_and_taking_in_reach_total_rows_and_are_undone(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), ["Total", None, None, 120, None, None])

    def rows() -> tuple[int, int, int]:
        told = services.view(people.rita, batch_id).figures
        return told.read.rows, told.rejected.rows, told.left_out.rows

    assert services.leave_out(people.rita, batch_id, [2, 3]).changed == 1
    assert rows() == (1, 0, 1)
    assert services.take_in(people.rita, batch_id, [2, 3]).changed == 2
    assert rows() == (2, 1, 0)
    assert services.leave_out(people.rita, batch_id, [3]).changed == 1
    assert rows() == (1, 0, 0), "it is set aside again"
    for expected in ((2, 1, 0), (1, 0, 1), (1, 0, 0)):
        services.undo(people.rita, batch_id)
        assert rows() == expected
        workspace.forget()
        assert rows() == expected


def test_figures_of_an_import_of_before_stay_as_they_were() -> None:
    """Total rows were left out by a person then, and were in the sums; the control totals knew it."""
    batch = Batch(
        id="before",
        type="open-credits",
        file_name="before.xlsx",
        sha256="",
        reading={},
        uploaded_by=1,
        rows_read=2,
        rows_posted=1,
        rows_left_out=1,
        amount_read=240_000,
        amount_posted=120_000,
        amount_rejected=0,
        amount_left_out=120_000,
    )
    total = {"row": 3, "column": "Credit Balance", "code": "total-line", "severity": "error"}
    row = reports.ReportRow(
        row=3, place="3", outcome="left-out", amount=120_000, cells={}, held={}, issues=[total]
    )
    receipt = reports._receipt_of(batch, "Rita", [row])
    assert receipt.read == receipt.posted + receipt.left_out == Tally(rows=2, amount=240_000)
    assert receipt.counted == Tally(rows=1, amount=120_000)
    assert receipt.apart.sentences == () and receipt.confirmed.rows == 0


# ------------------------------------------------ any sheet: the same figures in receipt, mail, report, JSON

AMOUNTS = (Decimal("5"), Decimal("7.5"), Decimal("0.001"), Decimal("-3"), Decimal("-0.25"), "n/a", "", 0)
LINES = st.tuples(st.sampled_from(["FL219", "FL220", "nobody"]), st.sampled_from(AMOUNTS))


class _Cells(HTMLParser):
    """The texts of a mail's HTML, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data.strip())


@settings(max_examples=tries(8), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(LINES, min_size=1, max_size=7),
    total=st.sampled_from([None, 0, Decimal("1.5")]),
    repeated=st.booleans(),
    confirmed=st.booleans(),
)
def test_the_figures_of_any_sheet_are_the_same_wherever_they_are_told(
    people_here: People,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
    lines: list[tuple[str, Any]],
    total: Any,
    repeated: bool,
    confirmed: bool,
) -> None:
    # The database stays from one sheet to the next: what one posts is a possible duplicate in the others.
    day = workspace.DAY if repeated else workspace.DAY - timedelta(days=1 + len(workspace.own(Message)))
    known = {line[:4:3] for line in workspace.ledger() if line[2] == day}
    rows = [credit("", customer=code, amount=amount, day=day) for code, amount in lines]
    numbers = [a for _, a in lines if isinstance(a, Decimal | int)]
    if total is not None:
        rows.append(["Total", None, None, sum(numbers, Decimal()) + total, None, None])
    file = tmp_path_factory.mktemp("any") / "any.xlsx"
    file.write_bytes(
        workspace.workbook(*rows, headers=[*workspace.HEADERS, f"unlike {len(workspace.own(Message))}"])
    )
    as_they_are = ["--answer", "sign:Credit Balance=as-they-are"]
    words = ["import", str(file), "--user", "rita", "--json", *as_they_are]
    status = cli.main([*words, *(["--confirm", "possible-duplicate"] if confirmed else [])])
    told = json.loads(capsys.readouterr().out)
    if status == 2:
        assert told["error"]["code"] == "already-imported"  # the very same rows were drawn before
        return

    read = [(code, a) for code, a in lines]
    positive = sum((a for _, a in read if isinstance(a, Decimal | int) and a >= 0), Decimal())
    negative = [a for _, a in read if isinstance(a, Decimal | int) and a < 0]
    good = [(code, a) for code, a in read if code != "nobody" and isinstance(a, Decimal) and a > 0]
    alike = [
        line
        for place, line in enumerate(good)
        if (line[0], int(line[1] * 1000)) in known
        or line in good[:place]  # posted before, or above in the sheet
    ]
    out = [] if confirmed else alike
    posted = sum((a for _, a in good), Decimal()) - sum((a for _, a in out), Decimal())
    kept = services.report(people_here.rita, told["batch"]).receipt
    assert kept.read == Tally(rows=len(lines), amount=int(positive * 1000))
    assert kept.posted == Tally(rows=len(good) - len(out), amount=int(posted * 1000))
    assert kept.posted + kept.rejected + kept.left_out == kept.read
    assert kept.confirmed.rows == (len(alike) if confirmed else 0)
    assert kept.apart.unreadable == sum(not isinstance(a, Decimal | int) for _, a in read)
    assert kept.apart.negative == Tally(rows=len(negative), amount=int(sum(negative, Decimal()) * 1000))
    assert [t.amount for t in kept.apart.totals] == (
        [] if total is None else [int((sum(numbers, Decimal()) + total) * 1000)]
    )
    assert [t.matches for t in kept.apart.totals] == ([] if total is None else [not total])
    _told_alike(kept, told, workspace.own(Message)[-1])
    assert status == (1 if kept.rejected.rows else 0)


def _told_alike(kept: Receipt, told: dict[str, Any], mail: Message) -> None:
    """The terminal's JSON and both bodies of the mail say what the receipt says."""
    for name, tally in (
        ("read", kept.read), ("posted", kept.posted), ("rejected", kept.rejected), ("left_out", kept.left_out)
    ):  # fmt: skip
        assert told["rows"][name] == tally.rows
        assert Decimal(told["amount"][name]) * 1000 == tally.amount
    assert told["apart"]["unreadable_amounts"] == kept.apart.unreadable
    assert told["apart"]["negative_amounts"]["rows"] == kept.apart.negative.rows
    assert Decimal(told["apart"]["negative_amounts"]["amount"]) * 1000 == kept.apart.negative.amount
    assert [t["matches"] for t in told["apart"]["total_rows"]] == [t.matches for t in kept.apart.totals]
    assert told["warnings"]["confirmed"]["rows"] == kept.confirmed.rows
    lines = [" ".join(line.split()) for line in mail.text.splitlines()]
    cells = _Cells(mail.html).texts
    for label, tally in (("Imported", kept.posted), ("Read", kept.read)):
        rows = f"{tally.rows} {'row' if tally.rows == 1 else 'rows'}"
        assert f"{label} {rows} {tally.brief}" in lines
        at = cells.index(label)
        assert cells[at + 1 : at + 3] == [str(tally.rows), tally.brief]
    for sentence in kept.apart.sentences:
        assert sentence in lines and sentence in cells


def test_the_same_credit_twice_in_one_sheet_is_posted_twice_only_when_somebody_says_so(
    people_here: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "twice.xlsx"
    file.write_bytes(workspace.workbook(credit("", amount=5), credit("", amount=5), credit("C", amount=9)))
    assert cli.main(["import", str(file), "--user", "rita", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"]["posted"], told["rows"]["rejected"], told["amount"]["posted"]) == (2, 1, "14.000")
    assert told["warnings"]["unconfirmed"] == {"rows": 1, "amount": "5.000"}
    assert "Possible duplicate in this file, not confirmed" in workspace.own(Message)[-1].text
    again = [credit("", amount=6), credit("", amount=6), credit("D", amount=7)]
    file.write_bytes(workspace.workbook(*again))
    words = ["import", str(file), "--user", "rita", "--json", "--confirm", "possible-duplicate"]
    assert cli.main(words) == 0
    assert json.loads(capsys.readouterr().out)["warnings"]["confirmed"] == {
        "rows": 1,
        "amount": "6.000",
    }
    assert len(workspace.ledger()) == 5


def test_the_terminal_rejects_possible_duplicates_unless_told(
    people_here: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    posted_before(people_here, 5, 7)
    file = tmp_path / "again.xlsx"
    file.write_bytes(workspace.workbook(credit("", amount=5), credit("", amount=7), credit("C", amount=9)))

    def run(*words: str) -> tuple[int, dict[str, Any]]:
        status = cli.main([*words, "--json"])
        return status, json.loads(capsys.readouterr().out)

    status, told = run("check", str(file))
    assert (status, told["rows"]["ready"], told["rows"]["rejected"]) == (1, 1, 2)
    assert told["warnings"]["unconfirmed"] == {"rows": 2, "amount": "12.000"}
    status, told = run("check", str(file), "--confirm", "possible-duplicate")
    assert (status, told["rows"]["ready"], told["rows"]["rejected"]) == (0, 3, 0)
    assert told["warnings"]["confirmed"] == {"rows": 2, "amount": "12.000"}
    status, told = run("import", str(file), "--user", "rita", "--confirm", "possible-duplicate")
    assert (status, told["rows"]["posted"], told["amount"]["posted"]) == (0, 3, "21.000")
    assert len(workspace.ledger()) == 5
    file.write_bytes(workspace.workbook(credit("", amount=5), credit("", amount=7), credit("D", amount=9)))
    status, told = run("import", str(file), "--user", "rita")
    assert (status, told["rows"]["posted"], told["rows"]["rejected"]) == (1, 1, 2)
    assert told["warnings"]["unconfirmed"] == {"rows": 2, "amount": "12.000"}
    assert len(workspace.ledger()) == 6
    assert cli.main(["check", str(file), "--confirm", "one-more"]) == 2, "it only tells"
    posted = sorted(workspace.own(Batch), key=lambda batch: batch.posted_at or batch.changed_at)
    assert [batch.rows_confirmed for batch in posted] == [0, 2, 0]
