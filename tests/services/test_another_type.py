"""The proof: a type that is declared here, with columns called otherwise, has all the safety of money.

Nothing but this file knows it. What the product knows of types it asks of a declaration; so this one goes the
whole way, from the sample to the reversal and through the terminal, on both databases.
"""

import importlib
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from komet_import import cli, services, types
from komet_import.access import roles
from komet_import.ledger import posting
from komet_import.ledger.models import Adjustment, Message
from komet_import.ledger.reference import today
from komet_import.review import fixes
from komet_import.review.months import before, month_of
from komet_import.review.problem_list import problems
from komet_import.review.questions import questions
from komet_import.services import EVERYWHERE, File
from komet_import.types import (
    Column,
    ColumnFormat,
    Contradiction,
    ImportType,
    Meaning,
    Need,
    Role,
    Side,
    Sign,
    contradictions,
)
from komet_import.types.open_invoices import OPEN_INVOICES
from komet_import.web.balances import words
from tests.services import workspace
from tests.services.test_open_invoices import HEADERS as INVOICES
from tests.services.test_open_invoices import invoice
from tests.services.workspace import People, credit, found, refused

pytestmark = pytest.mark.twin

NEEDED, SEVERAL = Need.REQUIRED, Need.MULTI_LOCATION
HEADERS = ("Client", "Invoice #", "Due", "Invoice Balance", "Site", "Remark")

BILLS = ImportType(
    slug="site-bills",
    title="Site Bills",
    noun=("bill", "bills"),
    one="a bill",
    outcome=("{count:,} bill imported", "{count:,} bills imported"),
    description="What sites are owed.",
    roles=frozenset({Role.ADMIN}),
    key=(Meaning.PARTY, Meaning.NUMBER),
    likeness=(Meaning.PARTY, Meaning.DAY, Meaning.MONEY),
    summed=Meaning.MONEY,
    sign=Sign.POSITIVE,
    side=Side.THEY_OWE,
    once=True,
    columns=(
        Column(
            name="Client",
            meaning=Meaning.PARTY,
            kind=ColumnFormat.CUSTOMER,
            need=Need.REQUIRED,
            rule="Whose.",
        ),
        Column(
            name="Invoice #",
            meaning=Meaning.NUMBER,
            kind=ColumnFormat.TEXT,
            max_length=20,
            rule="Its number.",
            examples=("B-1", "B-2"),
        ),
        Column(name="Due", meaning=Meaning.DAY, kind=ColumnFormat.DATE, need=NEEDED, rule="When."),
        Column(
            name="Invoice Balance",
            meaning=Meaning.MONEY,
            kind=ColumnFormat.AMOUNT,
            need=Need.REQUIRED,
            rule="How much.",
            examples=("10.50", "7.00"),
        ),
        Column(
            name="Site",
            meaning=Meaning.LOCATION,
            kind=ColumnFormat.LOCATION,
            need=Need.MULTI_LOCATION,
            rule="Where.",
        ),
        Column(name="Remark", meaning=Meaning.NOTE, kind=ColumnFormat.TEXT, max_length=500, rule="Words."),
    ),
)

POSTING = '"""Bills."""\nfrom komet_import.ledger.posting.documents import prepare\n__all__ = ["prepare"]\n'


@pytest.fixture(autouse=True)
def bills(three_types: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ImportType]:
    """The type as if its two files were there, beside credits, invoices and customers."""
    contradictions.refuse(BILLS)
    with pytest.raises(Contradiction, match=r"has no posting; write ledger/posting/site_bills\.py"):
        posting.require([BILLS])
    (tmp_path / "site_bills.py").write_text(POSTING)
    monkeypatch.setattr(posting, "__path__", [*posting.__path__, str(tmp_path)])
    monkeypatch.setitem(types.ALL, BILLS.slug, BILLS)
    posting.require([BILLS])
    yield BILLS
    sys.modules.pop(f"{posting.__name__}.site_bills", None)


def test_a_posting_that_lacks_a_library_says_which(tmp_path: Path, bills: ImportType) -> None:
    del sys.modules[f"{posting.__name__}.site_bills"]
    (tmp_path / "site_bills.py").write_text('"""Bills."""\nimport a_library_that_is_not_there\n')
    importlib.invalidate_caches()
    with pytest.raises(ModuleNotFoundError, match="a_library_that_is_not_there"):
        posting.require([bills])


def test_a_posting_that_lacks_a_function_says_which(tmp_path: Path, bills: ImportType) -> None:
    records = replace(bills, once=False)
    for written, wanted, lacking in (("", bills, "prepare"), (POSTING, records, "existing")):
        del sys.modules[f"{posting.__name__}.site_bills"]
        (tmp_path / "site_bills.py").write_text(written)
        importlib.invalidate_caches()
        with pytest.raises(Contradiction, match=rf"posting/site_bills\.py lacks the function {lacking}\."):
            posting.require([wanted])


def opened(
    people: People, *rows: list[object], headers: tuple[str, ...] = HEADERS, name: str = "b.xlsx"
) -> str:
    """A draft of these rows."""
    return workspace.opened(people.ada, *rows, headers=headers, type=BILLS, file_name=name)


def figures(people: People, batch_id: str) -> dict[str, tuple[int, int | None]]:
    """Rows and money of each state."""
    told = services.view(people.ada, batch_id).figures
    names = ("ready", "to_confirm", "rejected", "left_out")
    return {name: (getattr(told, name).rows, getattr(told, name).amount) for name in names}


def test_the_sample_comes_back_ready_with_its_sum(people: People) -> None:
    content = services.sample(people.ada, BILLS)
    sheet = load_workbook(io.BytesIO(content))["Site Bills"]
    assert [cell.value for cell in sheet[1]] == list(HEADERS)
    batch_id = services.open_file(people.ada, BILLS, "sample.xlsx", content)
    assert figures(people, batch_id)["ready"] == (2, 17_500)
    assert services.post(people.ada, batch_id).posted.amount == 17_500
    assert {line[3] for line in workspace.ledger()} == {-10_500, -7_000}, "what is owed to us"


def test_what_is_wrong_with_a_row_is_said_in_its_own_columns(people: People) -> None:
    batch_id = opened(
        people,
        credit("1", customer="FL21"),
        credit("2", customer="FL900"),
        credit("3", amount=-5),
        credit("4", amount="1.2345"),
        credit("5", location="LAX"),
        credit("6", day="soon"),
        credit("", amount="", location=""),
        credit("8", amount=2_000_000),
    )
    assert found(people.ada, batch_id) == [
        (2, "Client", "unknown-customer"),
        (3, "Client", "inactive-customer"),
        (4, "Invoice Balance", "not-positive"),
        (5, "Invoice Balance", "too-many-decimals"),
        (6, "Site", "not-at-location"),
        (7, "Due", "not-a-date"),
        (8, "Invoice Balance", "missing-value"),
        (8, "Site", "missing-value"),
        (9, "Invoice Balance", "above-ceiling"),
    ]
    said = [issue.message for issue in services.issues(services.view(people.ada, batch_id))]
    assert "Invoice Balance 2000000 is above the ceiling of $1,000,000.00 for one bill; check it." in said
    services.apply_fix(
        people.ada,
        batch_id,
        lambda now: fixes.turn_sign(now.draft, now.judgement, fixes.rows_in_reach(now.draft, None)),
        label=lambda changes: "turned",
    )
    assert figures(people, batch_id)["ready"] == (1, 5_000)
    services.undo(people.ada, batch_id)
    assert figures(people, batch_id)["ready"] == (0, 0)


def test_equal_keys_stand_once_and_equal_looks_wait_in_a_sheet(people: People) -> None:
    batch_id = opened(
        people,
        credit("N-1"),
        credit("n-1", amount=7),
        credit("", amount=9),
        credit("", amount=9),
        credit("N-2", amount=9),
        credit("N-1", customer="FL220", amount=3),
    )
    told = services.issues(services.view(people.ada, batch_id))
    assert [(issue.row, issue.column, issue.code) for issue in told] == [
        (2, "Invoice #", "split-number"),
        (3, "Invoice #", "duplicate-in-sheet"),
        (5, "Invoice Balance", "repeated-row"),
        (6, "Invoice Balance", "repeated-row"),
    ]
    assert "the same customer, date and amount; confirm that this is another bill," in told[2].message
    assert figures(people, batch_id) == {
        "ready": (2, 12_000),
        "to_confirm": (3, 138_000),
        "rejected": (1, 7_000),
        "left_out": (0, 0),
    }
    services.confirm(people.ada, batch_id, [told[2]])
    assert figures(people, batch_id)["to_confirm"] == (2, 129_000)


def test_what_stands_in_the_ledger_is_no_second_time_ready(people: People) -> None:
    services.post(people.ada, opened(people, credit("N-1"), credit("", amount=9)))
    again = opened(
        people, credit("n-1 ", amount=55), credit("", amount=9), credit("N-3", amount=120), name="c.xlsx"
    )
    told = services.issues(services.view(people.ada, again))
    assert [(issue.row, issue.column, issue.code) for issue in told] == [
        (2, "Invoice #", "already-posted"),
        (3, "Invoice Balance", "possible-duplicate"),
    ]
    assert "a bill of the same customer, date and amount was imported on" in told[1].message
    assert figures(people, again)["ready"] == (1, 120_000)
    receipt = services.post(people.ada, again, unconfirmed_stay_out=True)
    assert (receipt.posted.amount, receipt.rejected.amount) == (120_000, 64_000)


def test_another_type_with_the_same_numbers_and_amounts_is_other_money(people: People) -> None:
    services.post(people.ada, opened(people, credit("N-1"), credit("", amount=9)))
    credits = workspace.opened(people.rita, credit("N-1"), credit("", amount=9))
    assert services.view(people.rita, credits).figures.ready.rows == 2
    assert services.post(people.rita, credits).posted.amount == 129_000
    third = opened(people, credit("N-1", amount=1), credit("", amount=9), name="c.xlsx")
    assert figures(people, third)["ready"] == (0, 0)


def test_what_is_said_and_summed_of_all_money_has_it_beside_the_others(people: People) -> None:
    services.post(people.ada, opened(people, credit("N-1")))
    services.post(
        people.ada, workspace.opened(people.ada, invoice(amount=30), headers=INVOICES, type=OPEN_INVOICES)
    )
    services.post(people.rita, workspace.opened(people.rita, credit("A", amount=40)))
    content = services.download(people.ada, File.BALANCES, EVERYWHERE).content
    head, *rows = load_workbook(io.BytesIO(content))["Balances"].iter_rows(values_only=True)
    assert head[2:5] == ("Net", "You owe", "They owe") and head[-1] == "Open items"
    assert [(*row[2:5], row[-1]) for row in rows if row[0] == "FL219"] == [(-110, 40, 150, 3)]
    told = services.effect_of(people.ada, opened(people, credit("N-2", amount=5), name="c.xlsx"))
    assert told is not None and [type.slug for type in told.standing] == ["open-invoices", "site-bills"]
    assert (told.now, told.after, told.lines[0].net) == (150_000, 155_000, -115_000)

    shown, statement = roles.money_types(people.ada), services.statement(people.ada, "FL219")
    assert words.about(shown) == (
        "What you owe each customer and what each owes you: the sum of its imported credits, invoices and "
        "bills, less what was reversed."
    )
    assert [words.figure_on(side, shown) for side in Side] == ["Open credits", "They owe"]
    assert words.nouns_on(Side.THEY_OWE, shown) == "open invoices and bills"
    assert statement is not None
    assert words.standing_on(Side.THEY_OWE, statement.balance, shown) == 2

    mia = next(place.id for place in services.all_locations(people.ada) if place.code == "MIA")
    in_use = refused("location-in-use", lambda: services.remove_location(people.ada, mia))
    assert in_use.message.startswith("MIA has customers, credits, invoices or bills, so it stays")
    services.close_period(people.ada, before(month_of(today())), note="done")
    said = workspace.own(Message)[-1].text
    assert "No credits, invoices or bills dated in" in said


def test_the_same_file_and_the_same_rows_saved_anew_are_posted_once(people: People) -> None:
    batch_id = opened(people, credit("N-1"), credit("", amount=9))
    file = services.sample(people.ada, BILLS)
    services.post(people.ada, batch_id)
    refused("already-imported", lambda: services.post(people.ada, batch_id))
    first = services.open_file(people.ada, BILLS, "s.xlsx", file)
    services.post(people.ada, first)
    refused("already-imported", lambda: services.open_file(people.ada, BILLS, "s2.xlsx", file))
    anew = opened(people, credit("", amount=9), credit("N-1"), headers=HEADERS, name="anew.xlsx")
    services.confirm(people.ada, anew, services.view(people.ada, anew).judgement.waiting())
    assert figures(people, anew)["rejected"] == (1, 120_000), "its number is taken"


def test_columns_dates_and_amounts_with_two_readings_are_asked(people: People) -> None:
    headers = ("Clent", "Invoice #", "Due", "Invoice Balnce", "Site", "Remark")
    batch_id = opened(people, credit("1", day="03/04/2026", amount="1,234"), headers=headers)

    def asked() -> list[tuple[str, str]]:
        now = services.view(people.ada, batch_id)
        return [(q.kind, q.column) for q in questions(now.draft, now.judgement, problems(now.judgement))]

    assert asked() == [("column", "A"), ("column", "D"), ("order", "Due")]
    assert figures(people, batch_id)["ready"] == (0, 0)
    services.answer(people.ada, batch_id, "column", "A", "Client")
    services.answer(people.ada, batch_id, "column", "D", "Invoice Balance")
    assert asked() == [("order", "Due"), ("mark", "Invoice Balance")]
    services.answer(people.ada, batch_id, "order", "Due", "slash=dmy")
    services.answer(people.ada, batch_id, "mark", "Invoice Balance", "comma=thousands")
    assert figures(people, batch_id)["ready"] == (1, 1_234_000)


def test_control_totals_and_total_rows_are_those_of_its_money(people: People) -> None:
    rows = [credit("1", amount=40), credit("2", amount=2), credit("3", amount=-2)]
    batch_id = opened(people, *rows, ["Total bills", "", "", 40, "", ""])
    told = services.view(people.ada, batch_id).figures
    assert (told.read.rows, told.counted.amount) == (3, 40_000)
    assert [(total.row, total.matches) for total in told.apart.totals] == [(5, True)]
    assert told.apart.negative.amount == -2_000
    expected = services.expect(people.ada, batch_id, rows="3", amount="40.00")
    assert expected.agree(told.counted)
    assert not services.expect(people.ada, batch_id, amount="41").agree(told.counted)


def test_rejected_rows_come_back_in_their_own_columns_and_are_posted_once(people: People) -> None:
    batch_id = opened(
        people, credit("N-1"), credit("N-2", customer="FL21", amount=7), credit("N-3", amount=-1)
    )
    services.post(people.ada, batch_id)
    report = services.report(people.ada, batch_id)
    assert [(row.row, row.amount) for row in report.rejected] == [(3, 7_000), (4, -1_000)]
    assert (report.receipt.posted.amount, report.receipt.rejected.amount) == (120_000, 7_000)
    workbook = services.rejected_workbook(people.ada, batch_id)
    sheet = load_workbook(io.BytesIO(workbook))["Site Bills"]
    assert [cell.value for cell in sheet[1]][:6] == list(HEADERS)
    for file in ("first.xlsx", "second.xlsx"):
        content = services.rejected_workbook(people.ada, batch_id)
        if file == "first.xlsx":
            kept = content
        back = services.open_file(
            people.ada, BILLS, file, kept + b"" if file == "first.xlsx" else _resaved(kept)
        )
        services.set_cells(people.ada, back, [(2, "Client", "FL21", "FL219")])
        if file == "first.xlsx":
            assert services.post(people.ada, back).posted.amount == 7_000
        else:
            assert (2, "Client", "already-corrected") in found(people.ada, back)
    assert [row.row for row in services.report(people.ada, batch_id).open] == [4]


def _resaved(content: bytes) -> bytes:
    """The same workbook, saved once more."""
    written = io.BytesIO()
    book = load_workbook(io.BytesIO(content))
    book.active["F2"] = "again"
    book.save(written)
    return written.getvalue()


def test_an_import_is_listed_told_by_mail_shown_in_balances_and_reversed(people: People) -> None:
    batch_id = opened(people, credit("N-1"), credit("", amount=9))
    services.post(people.ada, batch_id)
    workspace_types = roles.money_types(people.ada)
    assert BILLS in workspace_types and BILLS not in roles.money_types(people.rita)
    assert [line.batch.id for line in workspace.ours(services.history(people.ada).lines)] == [batch_id]
    assert workspace.ours(services.history(people.rita).lines) == [], "not hers to see"
    (mail,) = workspace.own(Message)
    assert mail.subject.startswith("2 bills imported") and "$129.00" in mail.text

    statement = services.statement(people.ada, "FL219")
    assert statement is not None
    own = [entry for entry in statement.entries if entry.batch_id == batch_id]
    assert sorted((entry.number, entry.amount) for entry in own) == [("", -9_000), ("N-1", -120_000)]
    assert statement.balance.on(Side.THEY_OWE, workspace_types) == 129_000
    hers = services.statement(people.rita, "FL219")
    assert hers is not None and hers.balance.on(Side.THEY_OWE, roles.money_types(people.rita)) == 0

    done = services.reverse(people.ada, batch_id, reason="twice")
    assert done.taken_back.amount == 129_000
    assert sorted(line.amount for line in workspace.own(Adjustment)) == [-120_000, -9_000, 9_000, 120_000]
    told = workspace.own(Message)[-1]
    assert "2 bills were reversed: −$129.00." in told.text
    assert "The sheet and its bill numbers may be imported again." in told.text
    assert services.reversals(people.ada, batch_id) == [done]
    again = opened(people, credit("N-1"), credit("", amount=9))
    assert figures(people, again)["ready"] == (2, 129_000), "what was reversed does not stand"
    assert services.post(people.ada, again).posted.rows == 2


def test_the_terminal_has_the_same_safety(
    people: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    services.post(people.ada, opened(people, credit("N-1"), credit("", amount=9)))
    file = tmp_path / "bills.xlsx"
    file.write_bytes(
        workspace.workbook(credit("N-1"), credit("", amount=9), credit("N-4", amount=30), headers=HEADERS)
    )

    def told(*words: str, status: int) -> dict[str, Any]:
        assert cli.main([*words, str(file), "--type", BILLS.slug, "--json"]) == status
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    checked = told("check", status=1)
    assert (checked["rows"]["ready"], checked["amount"]["ready"]) == (1, "30.000")
    assert {(issue["row"], issue["code"]) for issue in checked["issues"]} == {
        (2, "already-posted"),
        (3, "possible-duplicate"),
    }
    assert checked["columns"] == {name: name for name in HEADERS}
    posted = told("import", "--user", "ada", "--confirm", "possible-duplicate", status=1)
    assert (posted["rows"]["posted"], posted["amount"]["posted"]) == (2, "39.000")
    assert cli.main(["import", "--user", "rita", str(file), "--type", BILLS.slug]) == 2
    assert "Your roles do not allow importing Site Bills" in capsys.readouterr().err


def test_money_that_must_be_negative_is_summed_and_posted_on_its_side(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    minus = replace(BILLS, sign=Sign.NEGATIVE)
    monkeypatch.setitem(types.ALL, BILLS.slug, minus)
    batch_id = workspace.opened(
        people.ada, credit("1", amount=-5), credit("2", amount=3), headers=HEADERS, type=minus
    )
    assert found(people.ada, batch_id) == [(3, "Invoice Balance", "not-negative")]
    told = services.view(people.ada, batch_id).figures
    assert (told.ready.amount, told.rejected.amount, told.apart.negative.amount) == (-5_000, 0, 3_000)
    assert told.apart.sentences == ("1 positive amount, $3.00.",)
    services.post(people.ada, batch_id)
    assert [line.amount for line in workspace.own(Adjustment)] == [-5_000], "they owe it"
    again = workspace.opened(
        people.ada, credit("", amount=-5), headers=HEADERS, type=minus, file_name="c.xlsx"
    )
    assert found(people.ada, again) == [(2, "Invoice Balance", "possible-duplicate")]
    assert services.reverse(people.ada, batch_id, reason="no").taken_back.amount == -5_000
