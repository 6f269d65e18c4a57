"""The terminal: exact words and exit statuses, one line for what is refused, never a traceback."""

import hashlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import text

from komet_import import cli, services
from komet_import.access import users
from komet_import.ledger import database
from komet_import.ledger.models import Adjustment, AuditEntry, Batch, Message, now
from komet_import.services.arrivals import waiting_sheets
from komet_import.settings import ROOT, settings
from komet_import.types import OPEN_CREDITS
from tests import bystanders, forks
from tests.forks import Ended
from tests.mail_server import MailServer
from tests.services import workspace
from tests.services.workspace import DAY, HEADERS, People, credit, workbook

ROWS = {"read", "ready", "rejected", "left_out", "with_warnings"}
AMOUNTS = {"read", "ready", "rejected", "left_out"}


class Terminal:
    """Runs commands in this process and gives their exit status, output and errors."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def run(self, *words: object) -> tuple[int, str, str]:
        status = cli.main([str(word) for word in words])
        told = self.capsys.readouterr()
        return status, told.out, told.err

    def told(self, *words: object, status: int = 0) -> Any:
        """The JSON of a command that succeeds."""
        found, out, err = self.run(*words, "--json")
        assert (found, err) == (status, ""), (found, out, err)
        return json.loads(out)

    def refused(self, code: str, *words: object) -> str:
        """The line of a refused command; as JSON, where the command has that, it is the same sentence."""
        status, out, err = self.run(*words)
        assert (status, out) == (2, "")
        assert err.endswith("\n") and err.count("\n") == 1 and "Traceback" not in err
        status, out, again = self.run(*words, "--json")
        if json_is_known(words):
            assert again == err
            assert (
                json.loads(out)["error"] | {"code": code, "message": err.strip()} == json.loads(out)["error"]
            )
        assert status == 2
        return err.strip()


def json_is_known(words: Sequence[object]) -> bool:
    return words[:1] in [("approve",), ("check",), ("import",), ("read",)] or words[1:2] == ("list",)


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


@pytest.fixture
def people(database_url: str) -> People:
    return workspace.fill()


@pytest.fixture
def people_here(sqlite_database: str) -> People:
    """The same on SQLite only, where the database does not matter."""
    return workspace.fill()


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A good row, one with a warning that waits to be confirmed, and one of each of two bad kinds."""
    file = tmp_path / "march.xlsx"
    rows = [
        credit("A", amount=100),
        credit("", amount="12.50", day="1999-12-31"),
        credit("C", customer="FL21", amount=7),
        credit("D", amount="n/a"),
    ]
    file.write_bytes(workbook(*(["T", *row] for row in rows), headers=["Truck", "Cust", *HEADERS[1:]]))
    return file


def written(file: Path, *rows: list[object]) -> Path:
    file.write_bytes(workbook(*rows))
    return file


def test_check_tells_everything_and_writes_nothing(people: People, terminal: Terminal, sheet: Path) -> None:
    before = workspace.everything()
    told = terminal.told("check", sheet, status=1)
    assert set(told) == {
        "file", "sha256", "type", "sheet", "header_row", "columns", "ignored_columns", "rows", "amount",
        "apart", "warnings", "control_totals", "questions", "notes", "set_aside", "applied", "issues",
    }  # fmt: skip
    assert told["file"] == str(sheet)
    assert told["sha256"] == hashlib.sha256(sheet.read_bytes()).hexdigest()
    assert (told["type"], told["sheet"], told["header_row"]) == ("open-credits", "Credits", 1)
    assert told["columns"] == {"Cust": "Customer Code", **{name: name for name in HEADERS[1:]}}
    assert told["ignored_columns"] == ["Truck"]
    assert told["rows"] == {"read": 4, "ready": 1, "rejected": 3, "left_out": 0, "with_warnings": 1}
    assert told["amount"] == {
        "read": "119.500",
        "ready": "100.000",
        "rejected": "19.500",
        "left_out": "0.000",
    }
    assert told["warnings"]["unconfirmed"] == {"rows": 1, "amount": "12.500"}
    assert [(i["row"], i["column"], i["code"], i["severity"]) for i in told["issues"]] == [
        (3, "Credit Date", "unusual-date", "error"),
        (4, "Customer Code", "unknown-customer", "error"),
        (5, "Credit Balance", "not-a-number", "error"),
    ]
    for issue in told["issues"]:
        assert set(issue) == {"row", "column", "code", "severity", "value", "message", "suggestion"}
    assert (told["issues"][1]["value"], told["issues"][2]["suggestion"]) == ("FL21", None)
    assert workspace.everything() == before


@pytest.fixture
def unclear(tmp_path: Path) -> Path:
    """A sheet whose amount is doubtful by its heading, and then by its comma."""
    file = tmp_path / "unclear.xlsx"
    headers = [*HEADERS[:3], "Cred Amt", *HEADERS[4:]]
    file.write_bytes(workbook(credit("A", amount="1,234"), credit("B", amount=7), headers=headers))
    return file


ANSWERS = ("--answer", "column:D=Credit Balance", "--answer", "mark:Credit Balance=comma=thousands")


def test_an_open_question_holds_its_rows_until_it_is_answered(
    people: People, terminal: Terminal, unclear: Path
) -> None:
    told = terminal.told("check", unclear, status=1)
    assert [question["id"] for question in told["questions"]] == ["column:D"]
    assert told["questions"][0]["options"][0]["answer"] == "Credit Balance"
    assert (told["questions"][0]["rows"], told["rows"]["ready"]) == (2, 0)
    told = terminal.told("check", unclear, *ANSWERS[:2], status=1)
    assert [question["id"] for question in told["questions"]] == ["mark:Credit Balance"]
    told = terminal.told("check", unclear, *ANSWERS)
    assert (told["questions"], told["amount"]["ready"]) == ([], "1241.000")
    status, out, _ = terminal.run("check", unclear)
    assert status == 1 and "--answer 'column:D=Credit Balance': Yes, it is Credit Balance" in out


def test_import_posts_nothing_of_what_is_open_and_all_of_what_is_answered(
    people: People, terminal: Terminal, unclear: Path
) -> None:
    before = workspace.ledger()
    assert terminal.told("import", unclear, "--user", "rita", status=1)["rows"]["posted"] == 0
    assert workspace.ledger() == before
    answers = unclear.with_suffix(".json")
    answers.write_text(json.dumps({"column:D": "Credit Balance", "mark:Credit Balance": "comma=thousands"}))
    again = written_otherwise(unclear)
    told = terminal.told("import", again, "--user", "rita", "--answers", answers)
    assert (told["rows"]["posted"], told["amount"]["posted"]) == (2, "1241.000")


def written_otherwise(file: Path) -> Path:
    """The same sheet in another workbook: a file is imported once, whatever came of it."""
    book = load_workbook(file)
    book.properties.title = "Again"
    other = file.with_name("again.xlsx")
    book.save(other)
    return other


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("column:D", "bad-answer"),
        ("=x", "bad-answer"),
        ("colour:D=red", "no-such-question"),
        ("column:D=Nothing", "no-such-answer"),
        ("filter:D=USD", "no-such-answer"),
    ],
)
def test_what_is_no_answer_is_refused_in_one_line(
    people: People, terminal: Terminal, unclear: Path, word: str, code: str
) -> None:
    before = workspace.everything()
    terminal.refused(code, "check", unclear, "--answer", word)
    assert workspace.everything() == before


@pytest.mark.parametrize("content", ["{", "[1]", None])
def test_a_file_of_answers_that_cannot_be_read_is_refused(
    people: People, terminal: Terminal, unclear: Path, tmp_path: Path, content: str | None
) -> None:
    answers = tmp_path / "answers.json"
    if content is not None:
        answers.write_text(content)
    code = "cannot-read" if content is None else "bad-answer"
    terminal.refused(code, "check", unclear, "--answers", answers)


def test_check_of_a_good_sheet_ends_with_0(people: People, terminal: Terminal, tmp_path: Path) -> None:
    file = written(tmp_path / "good.xlsx", credit("A"))
    assert terminal.told("check", file, "--type", "open-credits")["issues"] == []
    status, out, err = terminal.run("check", file)
    assert (status, err) == (0, "") and out.startswith("1 credit · $120.00 ready")


def test_amounts_of_a_type_without_money_are_null(people: People, terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(workbook(["N1", "New"], ["N2", ""], headers=["Customer Code", "Customer Name"]))
    told = terminal.told("check", file, "--type", "customers", status=1)
    assert told["amount"] == dict.fromkeys(AMOUNTS) and told["rows"]["rejected"] == 1
    imported = terminal.told("import", file, "--user", "ada", "--type", "customers", status=1)
    assert imported["amount"] == dict.fromkeys(AMOUNTS | {"posted"}) and imported["rows"]["posted"] == 1


def test_customers_that_are_as_the_list_says_are_told_apart(
    people: People, terminal: Terminal, tmp_path: Path
) -> None:
    file = tmp_path / "list.xlsx"
    rows = ["FL219", "Rosas del Valle"], ["FL220", "Petals"], ["N1", "New"]
    file.write_bytes(workbook(*rows, headers=["Customer Code", "Customer Name"]))
    told = terminal.told("check", file, "--type", "customers")
    assert (told["rows"]["ready"], told["rows"]["unchanged"]) == (2, 1)
    renamed = {"Customer Name": {"before": "Petal & Stem", "after": "Petals"}}
    assert told["changes"] == [
        {"row": 3, "change": "changed", "cells": renamed},
        {"row": 4, "change": "new", "cells": {}},
    ]
    status, out, _ = terminal.run("import", file, "--user", "ada", "--type", "customers")
    assert status == 0 and "1 customer added, 1 customer changed · 1 unchanged. Report: http" in out
    again = terminal.told("import", file, "--user", "ada", "--type", "customers")
    assert (again["rows"]["posted"], again["rows"]["added"], again["rows"]["unchanged"]) == (0, 0, 3)


@pytest.fixture
def two_sheets(tmp_path: Path) -> Path:
    """A file of two sheets, A and B, with a credit each."""
    file, made = tmp_path / "months.xlsx", Workbook()
    for title, rows in (("A", [HEADERS, credit("C-1", amount=1)]), ("B", [HEADERS, credit("C-2", amount=2)])):
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append([*row])
    made.remove(made.worksheets[0])
    made.save(file)
    return file


@pytest.mark.parametrize("way", [("--sheet", "A", "--sheet", "B"), ("--answer", 'sheet=["A", "B"]')])
def test_several_sheets_are_one_import(
    people: People, terminal: Terminal, two_sheets: Path, way: tuple[str, ...]
) -> None:
    file = two_sheets
    told = terminal.told("check", file, *way)
    assert (told["sheet"], told["amount"]["ready"], told["questions"]) == ("A, B", "3.000", [])
    posted = terminal.told("import", file, "--user", "rita", *way)
    assert (posted["rows"]["posted"], posted["amount"]["posted"]) == (2, "3.000")
    _, out, _ = terminal.run("check", file)
    assert "--sheet A --sheet B: all of them as one import" in out


def test_nothing_is_posted_of_sheets_of_which_any_may_be_meant(
    people: People, terminal: Terminal, two_sheets: Path
) -> None:
    left = terminal.told("import", two_sheets, "--user", "rita", status=1)
    assert ([question["id"] for question in left["questions"]], left["rows"]["posted"]) == (["sheet"], 0)
    assert (left["questions"][0]["suggested"], left["amount"]["rejected"]) == ("A", "1.000")
    waits = [(issue.get("sheet"), issue.get("place"), issue["row"]) for issue in left["issues"]]
    assert waits == [(None, None, 2), ("B", "B!2", 2)]
    assert {(issue["code"], issue["severity"]) for issue in left["issues"]} == {("open-question", "error")}
    for sheet, amount in (("B", "2.000"), ("A", "1.000")):
        told = terminal.told("import", two_sheets, "--user", "rita", "--sheet", sheet)
        assert (told["questions"], told["issues"], told["amount"]["posted"]) == ([], [], amount)


def test_rows_of_another_sheet_are_counted_where_they_are_too_many_to_list(
    people: People, terminal: Terminal, two_sheets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting_sheets, "MOST_LISTED", 1)
    book = load_workbook(two_sheets)
    for number in ("C-3", "C-4"):
        book["B"].append([*credit(number)])
    book["B"].append(["Total", None, None, 242])
    book.save(two_sheets)
    told = terminal.told("check", two_sheets, status=1)
    assert [issue["place"] for issue in told["issues"] if "sheet" in issue] == ["B!2"], "and no total row"
    assert {"code": "rows-not-listed", "count": 2, "where": ["B"]} in told["notes"]
    status, out, _ = terminal.run("check", two_sheets)
    assert status == 1 and "\nrow B!2: error: Customer Code is not clear: Which sheet should be" in out
    assert "\n2 further rows of B wait too, and are not listed.\n" in out
    told = terminal.told("check", two_sheets, "--sheet", "A")
    assert (told["issues"], [note["code"] for note in told["notes"]]) == ([], ["other-sheets-fit"])


def test_a_sheet_for_each_customer_is_one_import_in_which_each_is_offered(
    people: People, terminal: Terminal, tmp_path: Path
) -> None:
    book, codes = Workbook(), [credit()[0], "00042"]
    book.remove(book.active)
    for number, code in enumerate(codes):
        page = book.create_sheet(code)
        page.append(["Credit #", "Credit Date", "Credit Balance"])
        page.append([f"C-{number}", "2026-03-02", 5 + number])
    book.save(tmp_path / "each.xlsx")
    told = terminal.told("check", tmp_path / "each.xlsx", "--sheet", codes[0], "--sheet", codes[1], status=1)
    offered = [
        (issue["code"], issue["suggestion"]) for issue in told["issues"] if issue["column"] == "Customer Code"
    ]
    assert offered == [("missing-value", code) for code in codes]
    told = terminal.told("check", tmp_path / "each.xlsx", status=1)
    assert [one["id"] for one in told["questions"]] == ["sheet"], "one alone is not all of the file"


def test_a_sheet_that_was_imported_before_does_not_wait(
    people: People, terminal: Terminal, two_sheets: Path
) -> None:
    terminal.told("import", two_sheets, "--user", "rita", "--sheet", "B")
    told = terminal.told("check", two_sheets, status=1)
    assert [issue.get("place") for issue in told["issues"]] == [None]


def test_import_posts_the_good_rows_once(people: People, terminal: Terminal, sheet: Path) -> None:
    told = terminal.told("import", sheet, "--user", "RITA", "--confirm", "unusual-date", status=1)
    assert set(told) == {
        "batch", "status", "rows", "amount", "apart", "warnings", "control_totals", "report_url", "questions",
        "notes", "set_aside", "applied", "issues",
    }  # fmt: skip
    assert set(told["rows"]) == ROWS | {"posted"} and set(told["amount"]) == AMOUNTS | {"posted"}
    assert (told["status"], told["rows"]["posted"], told["amount"]["posted"]) == ("posted", 2, "112.500")
    assert (
        told["rows"]["read"] == told["rows"]["posted"] + told["rows"]["rejected"] + told["rows"]["left_out"]
    )
    assert told["report_url"] == services.report_url(told["batch"])
    assert [line[3] for line in workspace.ledger()] == [100_000, 12_500]
    assert workspace.count(Message) == 1
    before = workspace.everything()
    for user in ("rita", "carl"):
        status, out, err = terminal.run("import", sheet, "--user", user, "--json")
        error = json.loads(out)["error"]
        assert (status, error["code"], error["batch"]) == (2, "already-imported", told["batch"])
        assert error["report_url"] == told["report_url"] and err.strip() == error["message"]
    assert workspace.everything() == before


def test_control_totals_gate_an_import_unless_a_reason_is_given(
    people: People, terminal: Terminal, tmp_path: Path
) -> None:
    rows = [credit(f"A{n}", amount=n + 1) for n in range(4)]
    file = written(tmp_path / "control.xlsx", *rows)
    words = ("--expect-rows", "2", "--expect-total", "3.00", "--expect-hash", "876")
    told = terminal.told("check", file, *words, status=1)["control_totals"]
    assert (told["read"], told["difference"]) == (
        {"rows": 4, "amount": "10.000", "hash_total": 876},
        "2 rows and $7.00 more",
    )
    assert told["accounting_rows"] == [4, 5]
    said = terminal.refused("totals-differ", "import", file, "--user", "rita", *words)
    assert "2 rows and $7.00 more than expected" in said
    terminal.refused("bad-rows", "import", file, "--user", "rita", "--expect-rows", "two")
    assert workspace.count(Adjustment) == 0 and workspace.ours(services.unfinished(people.rita)) == []
    done = terminal.told("import", file, "--user", "rita", *words, "--reason", "Two more came")
    assert (done["control_totals"]["reason"], done["rows"]["posted"]) == ("Two more came", 4)


def test_import_of_a_sheet_without_a_ready_row_reports_it(
    people: People, terminal: Terminal, tmp_path: Path
) -> None:
    file = written(tmp_path / "bad.xlsx", credit("A", customer="FL21"))
    told = terminal.told("import", file, "--user", "rita", status=1)
    assert (told["status"], told["rows"]["posted"], told["rows"]["rejected"]) == ("posted", 0, 1)
    assert workspace.count(Message) == 1 and workspace.count(Adjustment) == 0


def test_import_without_json_says_it_in_words(people: People, terminal: Terminal, sheet: Path) -> None:
    status, out, err = terminal.run("import", sheet, "--user", "rita")
    assert (status, err) == (1, "")
    assert "1 credit · $12.50 of the rejected must be confirmed; --confirm unusual-date imports them" in out
    assert "Imported 1 credit · $100.00. Report: http://" in out
    assert "row 4: error: Customer Code “FL21” is not a customer" in out


def test_a_total_row_of_a_sheet_in_which_all_is_fine_is_told_as_no_error(
    people: People, terminal: Terminal, tmp_path: Path
) -> None:
    file = written(tmp_path / "fine.xlsx", credit("A", amount=5), ["Total", "", "", 5, "", ""])
    status, out, _ = terminal.run("check", file)
    assert (status, "error" in out) == (0, False)
    assert "row 3: set aside: Row 3 is a total row" in out


@pytest.mark.parametrize(
    ("user", "code"), [("nobody", "no-such-user"), ("lou", "no-right"), ("", "no-such-user")]
)
def test_import_asks_who_and_whether_they_may(
    people: People, terminal: Terminal, sheet: Path, user: str, code: str
) -> None:
    before = workspace.everything()
    terminal.refused(code, "import", sheet, "--user", user)
    assert workspace.everything() == before


def test_a_refused_import_leaves_no_draft_behind(people: People, terminal: Terminal, tmp_path: Path) -> None:
    first = written(tmp_path / "first.xlsx", credit("", amount=5))
    second = written(tmp_path / "second.xlsx", credit("", amount="5.00"))
    terminal.told("import", first, "--user", "rita")
    status, out, _ = terminal.run("import", second, "--user", "rita", "--json")
    assert (status, json.loads(out)["error"]["code"]) == (2, "already-imported")
    assert workspace.ours(services.unfinished(people.rita)) == [] and workspace.count(Adjustment) == 1


@pytest.mark.parametrize("late", [False, True], ids=["before it is posted", "after"])
def test_an_import_that_is_interrupted_leaves_no_draft_and_says_what_became_of_it(
    people_here: People, terminal: Terminal, sheet: Path, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    post = services.post

    def interrupted(*given: Any, **options: Any) -> None:
        if late:
            post(*given, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(services, "post", interrupted)
    status, out, err = terminal.run("import", sheet, "--user", "rita")
    (batch,) = workspace.own(Batch)
    assert (status, out) == (2, "")
    if late:
        assert batch.status == "posted" and services.report_url(batch.id) in err
    else:
        assert (batch.status, err) == ("discarded", "Interrupted; nothing was imported.\n")


@pytest.mark.parametrize("kept", [False, True], ids=["before it is kept", "after"])
def test_an_import_that_is_interrupted_as_its_file_comes_in_leaves_no_draft(
    people_here: People, terminal: Terminal, sheet: Path, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    open_file = services.open_file

    def interrupted(*given: Any, **options: Any) -> None:
        if kept:
            open_file(*given, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(services, "open_file", interrupted)
    status, out, err = terminal.run("import", sheet, "--user", "rita")
    assert (status, out, err) == (2, "", "Interrupted; nothing was imported.\n")
    assert [batch.status for batch in workspace.own(Batch)] == ["discarded"] * kept


@pytest.mark.parametrize("approval", ["never", "always"])
def test_an_import_tells_of_the_drafts_of_its_file_that_are_left(
    people_here: People, terminal: Terminal, sheet: Path, monkeypatch: pytest.MonkeyPatch, approval: str
) -> None:
    monkeypatch.setenv("KOMET_APPROVAL", approval)
    settings.cache_clear()
    other = written(sheet.with_name("other.xlsx"), credit("Z", amount=3))
    services.open_file(people_here.carl, OPEN_CREDITS, sheet.name, sheet.read_bytes())
    apart = services.open_file(people_here.rita, OPEN_CREDITS, other.name, other.read_bytes())
    left = services.open_file(people_here.rita, OPEN_CREDITS, sheet.name, sheet.read_bytes())
    _, out, _ = terminal.run("import", sheet, "--user", "rita")
    said = "Another draft of this file is left; go on with it or delete it: "
    assert [line for line in out.splitlines() if "draft" in line] == [said + services.review_url(left)]
    told = terminal.told("import", other, "--user", "rita", status=int(approval == "always"))
    assert told["drafts"] == [services.review_url(apart)]


def test_what_is_no_sheet_is_refused_by_name(people: People, terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "empty.xlsx").touch()
    (tmp_path / "text.xlsx").write_text("Customer Code;Credit Date\n")
    (tmp_path / "cut.xlsx").write_bytes(workbook(credit("A"))[:700])
    folder = tmp_path / "folder.xlsx"
    folder.mkdir()
    before = workspace.everything()
    for file in (*(tmp_path / name for name in ("empty.xlsx", "text.xlsx", "cut.xlsx")), folder):
        for words in (["check", file], ["import", file, "--user", "rita"], ["read", file]):
            status, out, err = terminal.run(*words, "--json")
            error = json.loads(out)["error"]
            assert (status, err.strip()) == (2, error["message"])
            assert error["code"] not in ("unexpected", "misuse")
    terminal.refused("cannot-read", "check", tmp_path / "none.xlsx")
    terminal.refused("cannot-read", "check", folder)
    terminal.refused("cannot-read", "check", tmp_path / ("n" * 300))
    assert workspace.everything() == before


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["no-such-command"],
        ["check"],
        ["check", "a.xlsx", "--type", "invoices"],
        ["check", "a.xlsx", "--jsn"],
        ["check", "a.xlsx", "b.xlsx"],
        ["import", "a.xlsx"],
        ["import", "a.xlsx", "--user"],
        ["template", "open-credits"],
        ["template", "invoices", "-o", "x.xlsx"],
        ["users"],
        ["users", "add", "rita"],
        ["users", "add", "rita", "--email", "r@x.example", "--name", "Rita"],
        ["db"],
        ["db", "downgrade"],
        ["audit"],
        ["periods"],
        ["locations"],
        ["mail"],
    ],
    ids=" ".join,
)
def test_wrong_words_are_one_line(terminal: Terminal, words: list[str]) -> None:
    status, out, err = terminal.run(*words)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1 and "--help" in err and "usage:" not in err
    status, out, _ = terminal.run(*words, "--json")
    assert (status, json.loads(out)["error"]["code"]) == (2, "misuse")


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["users", "add", "--help"]], ids=" ".join)
def test_help_is_given(terminal: Terminal, words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        terminal.run(*words)
    assert ended.value.code == 0
    assert "usage:" in terminal.capsys.readouterr().out


@pytest.mark.parametrize("slug", ["open-credits", "customers"])
def test_the_template_imports_cleanly(people: People, terminal: Terminal, tmp_path: Path, slug: str) -> None:
    file = tmp_path / "sample.xlsx"
    assert terminal.run("template", slug, "-o", file) == (0, f"Wrote {file}\n", "")
    assert terminal.told("check", file, "--type", slug)["rows"]["rejected"] == 0
    assert terminal.told("import", file, "--type", slug, "--user", "ada")["rows"]["posted"] > 0


def test_the_template_with_existing_customers(people: People, terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "customers.xlsx"
    assert terminal.run("template", "customers", "-o", file, "--with-existing")[0] == 0
    assert [cell.value for cell in load_workbook(file).worksheets[0]["A"]][1:] == sorted(
        [*(code for code, *_ in workspace.CUSTOMERS), *bystanders.CODES]
    )
    terminal.refused("no-existing-records", "template", "open-credits", "-o", file, "--with-existing")
    terminal.refused("cannot-write", "template", "customers", "-o", tmp_path)
    terminal.refused("cannot-write", "template", "customers", "-o", tmp_path / "none" / "x.xlsx")


ADD = ("users", "add", "grace", "--email", "grace@komet.example", "--name", "Grace Ito")


def test_users_are_added_once_and_listed(
    sqlite_database: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMET_PASSWORD", "lilies-and-irises")
    assert terminal.run(*ADD, "--role", "accounts receivables", "--role", "Admin") == (
        0,
        "Added grace.\n",
        "",
    )
    assert terminal.told("users", "list") == [
        {
            "username": "grace",
            "name": "Grace Ito",
            "email": "grace@komet.example",
            "roles": ["Accounts Receivables", "Admin"],
            "active": True,
        }
    ]
    status, out, _ = terminal.run("users", "list")
    assert (status, out) == (0, "grace: Grace Ito, grace@komet.example, Accounts Receivables, Admin\n")
    assert "grace" in terminal.refused("user-exists", *ADD, "--role", "Admin")
    otto = [word.replace("grace", "otto") for word in ADD]
    assert terminal.run(*otto, "--role", "Shipping")[0] == 0
    with database.transaction() as session:
        found = users.find(session, "otto")
        assert found is not None and found.id is not None
        users.deactivate(session, user_id=found.id)
    assert [(u["username"], u["active"]) for u in terminal.told("users", "list")] == [
        ("grace", True),
        ("otto", False),
    ]
    assert "otto (inactive): Grace Ito" in terminal.run("users", "list")[1]


@pytest.mark.parametrize(
    ("changed", "password", "said"),
    [
        ({}, "short", "password"),
        ({}, "password123", "password"),
        ({"--role": "Emperor"}, "lilies-and-irises", "Emperor"),
        ({"--email": "nowhere"}, "lilies-and-irises", "nowhere"),
        ({"--name": "  "}, "lilies-and-irises", "name"),
        ({}, "", "KOMET_PASSWORD"),
    ],
    ids=["short", "easy", "role", "email", "name", "no password"],
)
def test_a_user_who_cannot_be_added_is_not(
    sqlite_database: str,
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    changed: dict[str, str],
    password: str,
    said: str,
) -> None:
    monkeypatch.setenv("KOMET_PASSWORD", password)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    values = {"--email": "grace@komet.example", "--name": "Grace Ito", "--role": "Admin"} | changed
    words = [word for pair in values.items() for word in pair]
    status, out, err = terminal.run("users", "add", "grace", *words)
    assert (status, out, err.count("\n")) == (2, "", 1) and said in err
    assert terminal.told("users", "list") == []


def test_locations_are_added_renamed_removed_and_listed(sqlite_database: str, terminal: Terminal) -> None:
    assert terminal.told("locations", "list") == []
    assert terminal.run("locations", "add", "MIA", "--name", "Miami") == (0, "Added MIA: Miami.\n", "")
    assert terminal.run("locations", "add", "LXA", "--name", "Los Angeles")[0] == 0
    assert terminal.run("locations", "rename", "lxa", "--code", "LAX", "--name", "Los Angeles, CA")[:2] == (
        0,
        "It is now LAX: Los Angeles, CA.\n",
    )
    assert terminal.told("locations", "list") == [
        {"code": "LAX", "name": "Los Angeles, CA", "customers": 0},
        {"code": "MIA", "name": "Miami", "customers": 0},
    ]
    assert terminal.run("locations", "remove", "mia") == (0, "Removed MIA.\n", "")
    assert terminal.run("locations", "list") == (0, "LAX: Los Angeles, CA, 0 customers\n", "")


def test_an_import_that_needs_approval_waits_and_somebody_else_decides(
    people: People, terminal: Terminal, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMET_APPROVAL", "always")
    settings.cache_clear()
    confirmed = ("--confirm", "unusual-date")
    told = terminal.told("import", sheet, "--user", "rita", *confirmed, status=1)
    assert (told["status"], told["approvers"], told["rows"]["ready"]) == ("waiting", ["Ada", "Carl"], 2)
    assert told["review_url"].endswith(f"/review?batch={told['batch']}") and "report_url" not in told
    assert workspace.count(Adjustment) == 0 and workspace.count(Message) == 2
    waits = told["batch"]
    assert "Only Admin or Credit Manager can" in terminal.refused(
        "second-person", "approve", waits, "--user", "rita"
    )
    status, out, err = terminal.run("return", waits, "--user", "carl", "--reason", "Not yet")
    assert (status, out, err) == (0, "Returned; nothing was imported.\n", "")
    terminal.refused("not-waiting", "approve", waits, "--user", "carl")
    terminal.refused("not-found", "approve", "nothing", "--user", "carl")
    status, out, err = terminal.run("import", sheet, "--user", "rita", *confirmed)
    assert (status, err) == (1, "") and "2 credits · $112.50 wait for approval by Ada or Carl." in out
    waits = out.rpartition("batch=")[2].strip()
    told = terminal.told("approve", waits, "--user", "carl", status=1)
    assert (told["status"], told["prepared_by"], told["approved_by"]) == ("posted", "Rita", "Carl")
    assert (told["rows"], told["amount"]["posted"]) == (
        {"posted": 2, "rejected": 2, "left_out": 0},
        "112.500",
    )
    terminal.refused("already-imported", "approve", waits, "--user", "ada")
    assert workspace.count(Adjustment) == 2


def test_the_terminal_approves_what_was_asked_for_and_nothing_else(
    people: People, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMET_APPROVAL", "always")
    settings.cache_clear()
    file = written(tmp_path / "two.xlsx", credit("A"), credit("B", customer="FL220"))
    waits = terminal.told("import", file, "--user", "rita", status=1)["batch"]
    workspace.change_customer("FL220", active=False)
    terminal.refused("draft-changed", "approve", waits, "--user", "carl")
    assert workspace.count(Adjustment) == 0
    workspace.change_customer("FL220", active=True)
    status, out, err = terminal.run("approve", waits, "--user", "carl")
    assert (status, err) == (0, "") and out.startswith("Imported 2 credits · $240.00. Report: http")


def test_periods_are_closed_reopened_and_listed(people: People, terminal: Terminal) -> None:
    ada = ("--user", "ada", "--note", "Books are done")
    assert terminal.told("periods", "list") == []
    assert terminal.run("periods", "close", "2026-03", *ada) == (0, "Closed March 2026.\n", "")
    (line,) = terminal.told("periods", "list")
    assert (line["month"], line["note"], line["by"]) == ("2026-03", "Books are done", "Ada")
    assert "2026-03: closed by Ada on " in terminal.run("periods", "list")[1]
    assert "closed already" in terminal.refused("already-closed", "periods", "close", "2026-03", *ada)
    terminal.refused("bad-month", "periods", "close", "March", *ada)
    terminal.refused("not-past", "periods", "close", f"{now():%Y-%m}", *ada)
    terminal.refused("no-right", "periods", "close", "2026-02", "--user", "rita", "--note", "x")
    terminal.refused("no-such-user", "periods", "reopen", "2026-03", "--user", "nobody", "--note", "x")
    terminal.refused("note-missing", "periods", "reopen", "2026-03", "--user", "ada", "--note", " ")
    assert terminal.run("periods", "reopen", "2026-03", *ada) == (0, "Reopened March 2026.\n", "")
    terminal.refused("not-closed", "periods", "reopen", "2026-03", *ada)
    assert terminal.told("periods", "list") == []


def test_a_location_that_is_used_or_unknown_or_taken_is_one_line(people: People, terminal: Terminal) -> None:
    assert "stays" in terminal.refused("location-in-use", "locations", "remove", "MIA")
    terminal.refused("location-exists", "locations", "add", "mia", "--name", "Miami")
    terminal.refused("no-such-location", "locations", "rename", "BOG", "--name", "Bogotá")
    terminal.refused("misuse", "locations", "rename", "MIA")
    assert [place["customers"] for place in terminal.told("locations", "list")] == [2 + 2, 3 + 2]


def test_without_the_tables_every_command_says_what_to_run(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMET_DATABASE_URL", f"sqlite:///{tmp_path}/new/komet.sqlite3")
    monkeypatch.setenv("KOMET_PASSWORD", "lilies-and-irises")
    file = written(tmp_path / "good.xlsx", credit("A"))
    for words in (
        ["check", file],
        ["import", file, "--user", "rita"],
        ["template", "customers", "-o", tmp_path / "x.xlsx"],
        ["users", "list"],
        ["locations", "list"],
        ["periods", "list"],
        ["locations", "add", "MIA", "--name", "Miami"],
        [*ADD, "--role", "Admin"],
        ["mail", "send"],
        ["demo"],
    ):
        status, out, err = terminal.run(*words)
        assert (status, out, err.count("\n")) == (2, "", 1) and "python -m komet_import db upgrade" in err
    for _ in range(2):
        assert terminal.run("db", "upgrade") == (0, "The database is up to date.\n", "")
    assert terminal.told("users", "list") == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KOMET_DATABASE_URL", "mysql://root@localhost/komet"),
        ("KOMET_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none?connect_timeout=2"),
        ("KOMET_DATABASE_URL", "postgresql://nobody@127.0.0.1:port/none"),
        ("KOMET_DATABASE_URL", "sqlite:////proc/none/komet.sqlite3"),
        ("KOMET_MAX_ROWS", "many"),
        ("KOMET_PUBLIC_URL", "localhost:8501"),
        ("KOMET_SMTP_SECURITY", "rot13"),
    ],
)
def test_a_wrong_setting_or_database_is_one_line(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    settings.cache_clear()
    file = written(tmp_path / "good.xlsx", credit("A"))
    status, out, err = terminal.run("check", file, "--json")
    error = json.loads(out)["error"]
    assert (status, err) == (2, error["message"] + "\n")
    assert name in err and error["code"] in ("wrong-setting", "database-unreachable")


def test_read_shows_what_the_reader_saw(terminal: Terminal, tmp_path: Path) -> None:
    file = written(tmp_path / "good.xlsx", credit("00042", amount=503.67))
    told = terminal.told("read", file)
    assert set(told) == {"file", "sheets", "sheet", "first_row", "last_row", "rows", "cells", "notes"}
    assert told["sheets"] == [{"name": "Credits", "visible": True, "rows": 2, "cells": 11}]
    assert (told["first_row"], told["last_row"], told["rows"], told["cells"]) == (1, 2, 2, 11)
    cells = terminal.told("read", file, "--sheet", "Credits", "--cells")["values"]
    assert cells["B2"] == {"text": "00042", "typed": False}
    assert cells["D2"] == {"text": "503.67", "typed": True}
    assert cells["C2"] == {"text": DAY.isoformat(), "typed": True}
    status, out, err = terminal.run("read", file, "--sheet", "None", "--json")
    assert status == 2 and json.loads(out)["error"]["message"] == err.strip()
    assert terminal.run("read", file, "--cells")[0] == 0


def test_a_text_file_is_read_checked_and_imported_as_somebody_says(
    people: People, terminal: Terminal, tmp_path: Path
) -> None:
    lines = [";".join(HEADERS), f"FL219;00042;{DAY.isoformat()};12,50;MIA;Müller"]
    file = tmp_path / "march.csv"
    file.write_bytes("\n".join(lines).encode("cp1252"))
    told = terminal.told("read", file, "--cells")
    assert told["values"]["B2"] == {"text": "00042", "typed": False}
    assert {"code": "text-delimiter", "count": 1, "where": ["semicolon"]} in told["notes"]
    said = ("--encoding", "cp850", "--delimiter", "semicolon")
    assert terminal.told("read", file, "--cells", *said)["values"]["F2"]["text"] == "M³ller"
    assert terminal.told("check", file, *said)["rows"]["ready"] == 1
    assert terminal.told("import", file, "--user", "rita", *said)["amount"]["posted"] == "12.500"
    assert "klingon" in terminal.refused("unknown-encoding", "read", file, "--encoding", "klingon")


def test_mail_is_sent_and_what_cannot_be_is_said(
    people: People, terminal: Terminal, smtp: MailServer, sheet: Path
) -> None:
    terminal.told("import", sheet, "--user", "rita", status=1)
    assert terminal.run("mail", "send") == (0, "1 sent, 0 to be tried again, 0 given up.\n", "")
    (mail,) = smtp.messages
    assert mail.recipients == ("rita@komet.example",)
    assert terminal.run("mail", "send") == (0, "0 sent, 0 to be tried again, 0 given up.\n", "")


def test_without_a_mail_server_nothing_is_pretended(people: People, terminal: Terminal) -> None:
    assert "KOMET_SMTP_HOST" in terminal.refused("no-mail-server", "mail", "send")


# The real program, in a process of its own.


def program(*words: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the real thing."""
    return subprocess.run(
        [sys.executable, "-m", "komet_import", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_program_imports_a_sheet_also_where_the_terminal_cannot_show_its_words(
    people: People, tmp_path: Path
) -> None:
    file = written(tmp_path / "march.xlsx", credit("A"), credit("B", customer="Ñandú"))
    imported = program("import", file, "--user", "rita", PYTHONIOENCODING="ascii")
    assert (imported.returncode, imported.stderr) == (1, "")
    assert "Imported 1 credit" in imported.stdout
    assert workspace.count(Adjustment) == 1 and workspace.count(Batch) == 1


def test_a_file_name_that_is_no_text_is_still_json(people_here: People, tmp_path: Path) -> None:
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/m\xe4rz.xlsx")
    Path(odd).write_bytes(workbook(credit("A")))
    checked = forks.command(tmp_path, "check", odd, "--json", before=take_only_texts)
    assert (checked.status, checked.err) == (0, "")
    assert json.loads(checked.out)["file"] == odd


def take_only_texts() -> None:
    """As PYTHONIOENCODING=utf-8:strict does."""
    sys.stdout.reconfigure(encoding="utf-8", errors="strict")  # type: ignore[union-attr]


def test_the_program_refuses_in_one_line(people_here: People) -> None:
    refused = program("import", "none.xlsx", "--user", "rita", "--json")
    assert refused.returncode == 2 and refused.stderr.count("\n") == 1
    assert json.loads(refused.stdout)["error"]["code"] == "cannot-read"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no full device")
def test_an_import_whose_answer_cannot_be_written_is_no_refused_one(
    people_here: People, sheet: Path, tmp_path: Path
) -> None:
    for before in (None, write_at_once):
        words = ("import", sheet, "--user", "rita", "--json")
        done = forks.command(tmp_path, *words, before=before, out=Path("/dev/full"))
        assert done.status == 2 and "Traceback" not in done.err
        told = "The answer could not be written whole: No space left on device. What was asked for is done"
        assert done.err.splitlines()[-1].startswith(told)
    assert "already imported" in done.err and workspace.count(Batch) == 1


def write_at_once() -> None:
    """As PYTHONUNBUFFERED does."""
    sys.stdout.reconfigure(write_through=True)  # type: ignore[union-attr]


def test_a_reader_who_leaves_changes_no_exit_status(people_here: People, sheet: Path, tmp_path: Path) -> None:
    left = forks.command(tmp_path, "check", sheet, "--json", before=leave)
    assert (left.status, left.out, left.err) == (1, "", "")


def leave() -> None:
    """The one who reads what the program writes has left."""
    reading, writing = os.pipe()
    os.close(reading)
    os.dup2(writing, sys.stdout.fileno())


@pytest.mark.parametrize("end", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_who_interrupts_a_start_gets_one_line(end: str) -> None:
    """While the program is being loaded there is no command yet that could say so."""
    ended = _loading(
        f"signal.signal(signal.{end}, signal.default_int_handler)\n"  # which who started the tests may ignore
        "class Loading:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'komet_import.cli.commands':\n"
        f"            os.kill(os.getpid(), signal.{end})\n"
        "sys.meta_path.insert(0, Loading())\n"
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", "Interrupted; nothing was done.\n")


@pytest.mark.parametrize("end", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_scheduler_and_a_closed_terminal_interrupt_a_command_as_its_person_does(
    tmp_path: Path, end: str
) -> None:
    ended = forks.command(tmp_path, before=partial(interrupt, end))
    assert ended == Ended(status=2, out="", err="Interrupted; nothing more was done.\n")


def interrupt(end: str) -> None:
    """The signal comes as soon as the command is under way."""
    sent = signal.Signals[end]
    signal.signal(sent, signal.default_int_handler)  # which who started the tests may ignore
    services.require_sound_types = lambda: os.kill(os.getpid(), sent)


def test_who_interrupts_a_command_that_is_done_changes_nothing() -> None:
    ended = _loading(
        "import atexit\n"
        "atexit.register(lambda: os.kill(os.getpid(), signal.SIGTERM))\n"
        "sys.argv[1:] = ['--help']\n"
    )
    assert (ended.returncode, ended.stderr) == (0, "")


def _loading(before: str) -> "subprocess.CompletedProcess[str]":
    """The program, with something done before it is loaded."""
    script = f"import os, runpy, signal, sys\n{before}runpy.run_module('komet_import', run_name='__main__')\n"
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this machine has no endless device")
def test_no_more_is_read_of_a_file_than_may_be(people_here: People, terminal: Terminal, sheet: Path) -> None:
    assert "zero is larger than" in terminal.refused("too-large", "check", "/dev/zero")
    assert "zero is larger than" in terminal.refused("too-large", "check", sheet, "--answers", "/dev/zero")


def test_a_password_is_asked_only_where_somebody_can_answer(
    sqlite_database: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KOMET_PASSWORD", raising=False)
    words = ("users", "add", "ada", "--email", "a@komet.example", "--name", "Ada", "--role", "Admin")
    monkeypatch.setattr("sys.stdin", None)
    assert "Set KOMET_PASSWORD" in terminal.refused("no-password", *words)
    ends = io.StringIO()
    monkeypatch.setattr(ends, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", ends)
    monkeypatch.setattr("getpass.getpass", lambda _: input())
    assert "Set KOMET_PASSWORD" in terminal.refused("no-password", *words)


def test_what_nobody_foresaw_is_one_line_and_its_traceback_is_in_the_log(
    terminal: Terminal, people: People, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **options: object) -> object:
        raise RuntimeError("the disk is\non fire")

    monkeypatch.setattr(services, "check", broken)
    line = terminal.refused("unexpected", "check", sheet)
    assert "RuntimeError: the disk is on fire" in line
    log = settings().data_dir / "terminal.log"
    assert log.read_text().count("Traceback (most recent call last)") == 2  # with --json as well
    status, out, err = terminal.run("--debug", "check", sheet)
    assert (status, out) == (2, "")
    assert "Traceback (most recent call last)" in err and err.strip().endswith(line)
    assert log.read_text().count("Traceback") == 2
    status, out, err = terminal.run("check", sheet)
    assert err.count("\n") == 1


@pytest.mark.parametrize("inside", ["the file is a folder", "the folder is a file"])
def test_a_log_that_cannot_be_written_takes_the_line_from_nobody(
    terminal: Terminal,
    people: People,
    sheet: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    inside: str,
) -> None:
    def broken(*_: object, **options: object) -> object:
        raise RuntimeError("on fire")

    monkeypatch.setattr(services, "check", broken)
    monkeypatch.setenv("KOMET_DATABASE_URL", settings().database)
    folder = tmp_path / "data"
    monkeypatch.setenv("KOMET_DATA_DIR", str(folder))
    if inside == "the file is a folder":
        (folder / "terminal.log").mkdir(parents=True)
    else:
        folder.write_text("")
    settings.cache_clear()
    assert "on fire" in terminal.refused("unexpected", "check", sheet)


def test_the_log_is_for_this_account_only_and_begins_with_what_there_is_to_write(
    terminal: Terminal, people: People, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = settings().data_dir / "terminal.log"
    terminal.run("check", sheet)
    assert not log.exists()
    monkeypatch.setattr(services, "check", lambda *_, **options: 1 / 0)
    terminal.run("check", sheet)
    assert log.stat().st_mode & 0o777 == 0o600


ODD = {"nul": "a\x00b", "half": "a\udc80b", "line": "a\nb", "long": "x" * 5000, "control": "a\x1b[2Jb"}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_whatever_a_word_of_a_command_holds_it_is_refused_in_one_line(
    people: People, terminal: Terminal, sheet: Path, odd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMET_PASSWORD", "tulips-and-more-roses")
    person = ("--email", "new@komet.example", "--name", "New", "--role", "Admin")
    for words in (
        ("import", sheet, "--user", odd),
        ("read", sheet, "--sheet", odd),
        ("read", odd),
        ("check", odd),
        ("check", sheet, "--type", odd),
        ("template", "open-credits", "-o", f"/nowhere/{odd}"),
        ("users", "add", odd, *person),
        ("users", "add", "new", *person[:-1], odd),
        ("users", "add", "new", "--email", odd, *person[2:]),
        ("locations", "rename", odd, "--name", "Elsewhere"),
        ("locations", "rename", "MIA", "--code", odd * 10),
        ("locations", "remove", odd),
        ("periods", "close", odd, "--user", "ada", "--note", "x"),
        ("periods", "close", "2026-03", "--user", odd, "--note", "x"),
        (odd,),
    ):
        status, out, err = terminal.run(*words)
        assert (status, out) == (2, ""), (words, out[:200], err[:200])
        assert err.count("\n") == 1 and "unexpected" not in err, (words, err[:300])
        assert err[:-1].isprintable(), (words, err[:300])


@pytest.mark.twin
def test_the_audit_trail_is_looked_at_from_the_first_entry_to_the_last(
    terminal: Terminal, people: People
) -> None:
    whole = terminal.told("audit", "verify")
    assert whole["whole"] is True and whole["fault"] is None and whole["entries"] > 20
    status, out, _ = terminal.run("audit", "verify", "--seal", f" {whole['seal'].upper()} ")  # copied by hand
    assert status == 0 and out.endswith(f"Seal of the last: {whole['seal']}\n")
    with database.engine().begin() as connection:  # what the guards do not refuse: an entry past the program
        columns = "at, user_id, action, subject, details"
        connection.execute(
            text(f"INSERT INTO audit_entry ({columns}) SELECT {columns} FROM audit_entry WHERE id = 1")
        )
    wrong = terminal.told("audit", "verify", status=1)
    assert wrong["whole"] is False and wrong["fault"]["code"] == "added"
    status, out, err = terminal.run("audit", "verify")
    assert (status, err) == (1, "") and wrong["fault"]["message"] in out


def test_what_the_terminal_does_is_recorded_as_coming_from_there(
    terminal: Terminal, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMET_PASSWORD", "daisies-and-more")
    words = ("users", "add", "tess", "--email", "tess@komet.example", "--name", "Tess", "--role", "Setup")
    assert terminal.run(*words)[0] == 0
    entry = workspace.own(AuditEntry)[-1]
    assert (entry.action, entry.subject, entry.user_id, entry.address) == (
        "user-added", "tess", None, "terminal"
    )  # fmt: skip
