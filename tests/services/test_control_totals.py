"""Control totals: what a person expects is kept with the draft, compared, and told on the receipt."""

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook
from sqlmodel import col, select

from komet_import import services
from komet_import.access import users
from komet_import.language.phrases import from_json
from komet_import.ledger import database
from komet_import.ledger.models import AuditEntry, Message
from komet_import.ledger.posting import expected_of
from komet_import.ledger.receipt import ControlTotals, Tally
from komet_import.settings import settings
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from tests.services import workspace
from tests.services.workspace import People, credit, refused

ROWS = (
    credit("A", amount=Decimal("8000")),
    credit("B", customer="NOBODY", amount=Decimal("722.499")),
    credit("C", amount=Decimal("0.001")),
)


def kept(people: People, batch_id: str) -> ControlTotals:
    return expected_of(services.view(people.rita, batch_id).batch)


def test_what_is_expected_stays_with_the_draft(people: People) -> None:
    batch_id = workspace.opened(people.rita, *ROWS)
    assert not kept(people, batch_id)
    assert services.expect(people.rita, batch_id, rows="3") == ControlTotals(rows=3)
    services.expect(people.carl, batch_id, amount=" 8,722.50 ")
    both = ControlTotals(rows=3, amount=8_722_500)
    assert kept(people, batch_id) == both
    workspace.forget()
    assert kept(people, batch_id) == both


def test_clearing_both_removes_them(people: People) -> None:
    batch_id = workspace.opened(people.rita, *ROWS)
    services.expect(people.rita, batch_id, rows="40", amount="1")
    assert services.expect(people.rita, batch_id, rows="") == ControlTotals(amount=1_000)
    assert not services.expect(people.rita, batch_id, amount="  ")
    workspace.forget()
    assert kept(people, batch_id) == ControlTotals()


@pytest.mark.parametrize(
    ("typed", "thousandths"),
    [
        ("8,722.50", 8_722_500),
        ("8722.5", 8_722_500),
        ("$8,722.505", 8_722_505),
        ("1,234", 1_234_000),
        ("31,24", 31_240),  # it has one reading, whichever mark is written elsewhere
        ("8.722,50", 8_722_500),
        ("0", 0),
        ("-13.89", -13_890),
        ("999,999,999,999.999", 999_999_999_999_999),
    ],
)
def test_a_sum_is_exact_to_the_thousandth(people_here: People, typed: str, thousandths: int) -> None:
    batch_id = workspace.opened(people_here.rita, *ROWS)
    assert services.expect(people_here.rita, batch_id, amount=typed).amount == thousandths


@pytest.mark.parametrize(
    ("field", "typed", "code", "says"),
    [
        ("amount", "about 9000", "bad-amount", "“about 9000” is not an amount"),
        ("amount", "8,72.50", "bad-amount", "“8,72.50” is not an amount; type one such as 8,722.50."),
        ("amount", "1e5", "bad-amount", "“1e5” is not an amount"),
        ("amount", "0.0005", "bad-amount", "has more than 3 decimals"),
        ("amount", "EUR 5", "bad-amount", "“EUR 5” is not in USD"),
        ("amount", "9" * 400, "bad-amount", "…” is"),
        ("rows", "forty", "bad-rows", "“forty” is not a number of rows; type one such as 40."),
        ("rows", "-3", "bad-rows", "“-3” is not"),
        ("rows", "40.5", "bad-rows", "“40.5” is not"),
        ("rows", "4,0", "bad-rows", "“4,0” is not"),
        ("rows", "٤٠", "bad-rows", "“٤٠” is not"),
        ("rows", "9" * 5000, "bad-rows", "…” is more rows than any sheet has"),
        (
            "hash_total",
            "-9",
            "bad-hash",
            "“-9” is not a hash total; type the sum of the customer codes' digits.",
        ),
        ("hash_total", "4,0", "bad-hash", "“4,0” is not"),
        ("hash_total", "٤٠", "bad-hash", "“٤٠” is not"),
        ("hash_total", "9" * 19, "bad-hash", "“9999999999999999999” is not"),
        ("hash_total", "1" + "0" * 18, "bad-hash", "“1000000000000000000” is not"),
        ("hash_total", "9" * 5000, "bad-hash", "…” is not"),
    ],
)
def test_what_is_no_number_is_refused_in_one_sentence_and_nothing_is_lost(
    people_here: People, field: str, typed: str, code: str, says: str
) -> None:
    batch_id = workspace.opened(people_here.rita, *ROWS)
    services.expect(people_here.rita, batch_id, rows="3", amount="5")
    before = workspace.everything()
    wanted = {field: typed}
    refusal = refused(code, lambda: services.expect(people_here.rita, batch_id, **wanted))
    assert says in refusal.message
    assert workspace.everything() == before


def test_a_sum_is_of_the_currency_of_this_ledger(
    people_here: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id = workspace.opened(people_here.rita, *ROWS)
    monkeypatch.setenv("KOMET_CURRENCY", "EUR")
    settings.cache_clear()
    assert services.expect(people_here.rita, batch_id, amount="EUR 8,722.50").amount == 8_722_500
    refusal = refused("bad-amount", lambda: services.expect(people_here.rita, batch_id, amount="USD 5"))
    assert "“USD 5” is not in EUR" in refusal.message


def test_more_than_any_sheet_holds_is_refused(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, *ROWS)
    rita = people_here.rita
    most = services.expect(rita, batch_id, rows="1,000,000,000", amount=f"-{10**15:,}")
    assert (most.rows, most.amount) == (10**9, -(10**18))
    assert services.expect(rita, batch_id, hash_total=f"{10**18 - 1:,}").hash_total == 10**18 - 1
    most = services.expect(rita, batch_id, hash_total="0" * 27 + "9")
    assert most.hash_total == 9
    for amount in (f"{10**15 + 1:,}", f"-{10**15 + 1:,}"):
        refusal = refused(
            "bad-amount", lambda a=amount: services.expect(people_here.rita, batch_id, amount=a)
        )
        assert "is more than any sheet holds" in refusal.message
    refusal = refused("bad-rows", lambda: services.expect(people_here.rita, batch_id, rows="1000000001"))
    assert "is more rows than any sheet has" in refusal.message
    assert kept(people_here, batch_id) == most


def test_what_is_expected_of_one_draft_is_expected_of_no_other(people: People) -> None:
    batch_id = workspace.opened(people.rita, *ROWS)
    other = workspace.opened(people.rita, credit("Z"), file_name="other.xlsx")
    services.expect(people.rita, other, rows="9")
    services.expect(people.rita, batch_id, rows="3", amount="5")
    workspace.forget()
    assert kept(people, other) == ControlTotals(rows=9)
    assert kept(people, batch_id) == ControlTotals(rows=3, amount=5_000)
    before = services.view(people.rita, batch_id).batch.revision
    services.expect(people.rita, batch_id, rows=" 3 ")
    assert kept(people, batch_id) == ControlTotals(rows=3, amount=5_000)
    entries = [entry for entry in workspace.own(AuditEntry) if entry.action == "expect"]
    assert [entry.subject for entry in entries] == [other, batch_id]
    assert services.view(people.rita, batch_id).batch.revision > before


def test_a_type_without_money_expects_rows_only(people_here: People) -> None:
    headers = ("Customer Code", "Customer Name")
    batch_id = workspace.opened(people_here.ada, ["N1", "New"], headers=headers, type=CUSTOMERS)
    refused("no-amount", lambda: services.expect(people_here.ada, batch_id, amount="5"))
    services.expect(people_here.ada, batch_id, rows="2")
    services.override(people_here.ada, batch_id, reason="One follows")
    receipt = services.post(people_here.ada, batch_id)
    assert receipt.expected.sentence(receipt.counted) == "You expected 2 rows; 1 row was read."


def test_only_who_may_import_the_sheet_may_expect_something_of_it(people: People) -> None:
    batch_id = workspace.opened(people.rita, *ROWS)
    before = workspace.everything()
    refused("not-found", lambda: services.expect(people.lou, batch_id, rows="3"))
    with database.transaction() as session:
        users.deactivate(session, user_id=people.carl.id)
    refused("not-found", lambda: services.expect(people.carl, batch_id, rows="3"))
    assert workspace.everything()["batch"] == before["batch"]


def told(*totals: tuple[int | None, int | None]) -> dict[str, dict[str, int | None]]:
    """Control totals before and after, as the audit trail has every change."""
    return {
        when: {"rows": rows, "amount": amount}
        for when, (rows, amount) in zip(("before", "after"), totals, strict=True)
    }


def test_the_audit_trail_says_who_expected_what(people: People) -> None:
    batch_id = workspace.opened(people.rita, *ROWS)
    services.expect(people.rita, batch_id, rows="3")
    services.expect(people.rita, batch_id, rows="3")  # nothing new
    services.expect(people.carl, batch_id, rows="4", amount="2")
    services.expect(people.carl, batch_id, hash_total="999")
    with database.reading() as session:
        query = select(AuditEntry).where(AuditEntry.action == "expect").order_by(col(AuditEntry.id))
        entries = [(e.user_id, e.subject, e.details) for e in session.execute(query).scalars()]
    assert entries == [
        (people.rita.id, batch_id, told((None, None), (3, None))),
        (people.carl.id, batch_id, told((3, None), (4, 2_000))),
        (
            people.carl.id,
            batch_id,
            {
                "before": {"rows": 4, "amount": 2_000},
                "after": {"rows": 4, "amount": 2_000, "hash total": 999},
            },
        ),
    ]


def test_rows_that_account_for_a_difference_are_found_whether_rows_are_expected_or_not(
    people_here: People,
) -> None:
    batch_id = workspace.opened(people_here.rita, *ROWS)
    for rows, found in (("", (2,)), ("2", (2,)), ("3", ())):
        services.expect(people_here.rita, batch_id, rows=rows, amount="722.50")
        assert services.view(people_here.rita, batch_id).accounting_rows == found


def test_expecting_is_no_edit_and_is_not_undone_with_one(people: People) -> None:
    batch_id = workspace.opened(people.rita, *ROWS)
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "late")])
    services.expect(people.rita, batch_id, rows="3")
    assert services.undo(people.rita, batch_id) == "Comments in row 2: blank → “late”"
    assert services.undo(people.rita, batch_id) is None
    assert services.redo(people.rita, batch_id)
    workspace.forget()
    assert workspace.texts(people.rita, batch_id, "Comments")[2] == "late"
    assert kept(people, batch_id) == ControlTotals(rows=3)


def test_what_differs_is_imported_for_a_reason_only_which_is_kept_and_told_everywhere(
    people: People,
) -> None:
    batch_id = workspace.opened(people.rita, *ROWS)
    services.expect(people.rita, batch_id, rows="4", amount="8,722.50", hash_total="999")
    refusal = refused("totals-differ", lambda: services.post(people.rita, batch_id))
    assert refusal.message.startswith("1 row fewer and a hash total 561 lower than expected, so nothing")
    assert workspace.ledger() == []
    refused("reason-missing", lambda: services.override(people.carl, batch_id, reason=" "))
    services.override(people.carl, batch_id, reason="Rosas sends\none more")
    receipt = services.post(people.rita, batch_id)
    assert (receipt.overridden, receipt.overridden_by) == ("Rosas sends one more", "Carl")
    assert receipt.expected_sentence == (
        "You expected 4 rows, $8,722.50 and hash total 999; 3 rows, $8,722.50 and hash total 438 were read. "
        "Carl imported it all the same: Rosas sends one more"
    )
    assert services.report(people.carl, batch_id).receipt == receipt
    (mail,) = workspace.own(Message)
    assert receipt.expected_sentence in mail.text and receipt.expected_sentence in mail.html
    actions = {entry.action: entry for entry in workspace.own(AuditEntry)}
    assert actions["override-totals"].details["reason"] == actions["post"].details["overridden"]
    assert actions["override-totals"].user_id == people.carl.id


@pytest.mark.parametrize("act", ["edit", "undo", "expect", "confirm"])
def test_a_reason_is_void_once_the_sheet_or_what_is_expected_of_it_is_another(
    people_here: People, act: str
) -> None:
    rita = people_here.rita
    batch_id = workspace.opened(rita, *ROWS, credit("D", day="1999-12-31"))
    services.set_cells(rita, batch_id, [(2, "Comments", "", "late")])
    services.expect(rita, batch_id, rows="9")
    services.override(rita, batch_id, reason="Because")
    batch = services.view(rita, batch_id).batch
    assert (batch.overridden_why, batch.overridden_by) == ("Because", rita.id)
    {
        "edit": lambda: services.set_cells(rita, batch_id, [(2, "Comments", "late", "later")]),
        "undo": lambda: services.undo(rita, batch_id),
        "expect": lambda: services.expect(rita, batch_id, rows="8"),
        "confirm": lambda: services.confirm(
            rita, batch_id, services.view(rita, batch_id).judgement.waiting()
        ),
    }[act]()
    for _ in ("as it was kept", "as it is read again"):
        assert services.view(rita, batch_id).batch.overridden_why is None
        workspace.forget()
    services.expect(rita, batch_id, rows="4")
    refused("totals-agree", lambda: services.override(rita, batch_id, reason="Because"))


def test_they_are_compulsory_by_setting(people_here: People, monkeypatch: pytest.MonkeyPatch) -> None:
    rita = people_here.rita
    monkeypatch.setenv("KOMET_CONTROL_TOTALS", "above")
    monkeypatch.setenv("KOMET_CONTROL_TOTALS_ABOVE", "8722.50")
    settings.cache_clear()
    services.post(rita, workspace.opened(rita, *ROWS))
    batch_id = workspace.opened(rita, credit("Z", amount="8722.501"))
    refused("totals-missing", lambda: services.post(rita, batch_id))
    services.expect(rita, batch_id, rows="1")
    refused("totals-missing", lambda: services.post(rita, batch_id))
    services.expect(rita, batch_id, rows="2")
    services.override(rita, batch_id, reason="One follows")
    refused("totals-missing", lambda: services.post(rita, batch_id))
    services.expect(rita, batch_id, rows="1", amount="8722.501")
    assert services.post(rita, batch_id).posted.rows == 1
    taken = workspace.opened(rita, credit("X", amount=1), credit("-X", amount="-9000"))
    assert services.view(rita, taken).totals_missing, "much money, whatever its sign"
    monkeypatch.setenv("KOMET_CONTROL_TOTALS", "always")
    settings.cache_clear()
    small = workspace.opened(rita, credit("Y", amount=1))
    assert services.view(rita, small).totals_missing
    headers = ("Customer Code", "Customer Name")
    listed = workspace.opened(people_here.ada, ["N1", "New"], headers=headers, type=CUSTOMERS)
    assert not services.view(people_here.ada, listed).totals_missing


LINE = ["Control totals", "Rows 4", None, 9000, None, "Hash total: 438"]


def test_what_the_sheet_says_that_it_comes_to_is_set_aside_and_expected(people: People) -> None:
    batch_id = workspace.opened(people.rita, *ROWS, LINE)
    opened = services.view(people.rita, batch_id)
    assert kept(people, batch_id) == ControlTotals(rows=4, amount=9_000_000, hash_total=438)
    assert opened.figures.counted == Tally(rows=3, amount=8_722_500)
    assert [(str(a.kind), a.sentence) for a in opened.figures.apart.aside] == [
        ("control-totals", "1 line gives control totals.")
    ]
    assert str(from_json(opened.batch.reading["control_totals"])) == "row 5"
    (entry,) = [entry for entry in workspace.own(AuditEntry) if entry.action == "expect"]
    assert entry.details["taken from"] == "row 5"
    services.expect(people.rita, batch_id, rows="3", amount="8722.5")
    assert services.post(people.rita, batch_id).difference == ""


def test_a_sheet_of_its_own_in_the_file_counts_as_well(people_here: People) -> None:
    book = Workbook()
    book.active.title = "Credits"
    for row in (workspace.HEADERS, *ROWS):
        book.active.append(list(row))
    other = book.create_sheet("Control Totals")
    for row in (["Number of rows", 3], ["Amount", "8,722.50"], ["Hash total", "n/a"]):
        other.append(row)
    content = io.BytesIO()
    book.save(content)
    batch_id = services.open_file(people_here.rita, OPEN_CREDITS, "with.xlsx", content.getvalue())
    assert kept(people_here, batch_id) == ControlTotals(rows=3, amount=8_722_500)
    assert services.view(people_here.rita, batch_id).totals_differ == ""


def test_what_agrees_is_told_as_well_and_nothing_where_nothing_was_expected(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, *ROWS)
    services.expect(people_here.rita, batch_id, amount="8722.5")
    services.post(people_here.rita, batch_id)
    services.post(people_here.rita, workspace.opened(people_here.rita, credit("Z")))
    agreeing, silent = workspace.own(Message)
    assert "As you expected, $8,722.50 was read." in agreeing.text
    assert "expected" not in silent.text and "expected" not in silent.html


def test_a_total_row_does_not_count_for_it_repeats_the_money_above_it(people: People) -> None:
    rita = people.rita
    batch_id = workspace.opened(rita, *ROWS, ["Total", None, None, Decimal("8722.50"), None, None])
    services.expect(rita, batch_id, rows="3", amount="8722.5")
    expected = kept(people, batch_id)
    assert expected.agree(services.view(rita, batch_id).figures.counted)
    services.take_in(rita, batch_id, [5])
    difference = expected.difference(services.view(rita, batch_id).figures.counted)
    assert difference == "1 row and $8,722.50 more"
    services.undo(rita, batch_id)
    services.leave_out(rita, batch_id, [2, 5])  # a credit that is left out was read all the same
    assert expected.agree(services.view(rita, batch_id).figures.counted)
    receipt = services.post(rita, batch_id)
    assert receipt.read.rows == receipt.counted.rows == 3 and receipt.left_out.rows == 1
    assert [total.row for total in receipt.apart.totals] == [5]
    assert services.report(rita, batch_id).receipt == receipt
    (mail,) = workspace.own(Message)
    assert "As you expected, 3 rows and $8,722.50 were read." in mail.text


def test_an_imported_sheet_expects_nothing_new(people: People) -> None:
    batch_id = workspace.opened(people.rita, *ROWS)
    services.post(people.rita, batch_id)
    refused("already-imported", lambda: services.expect(people.rita, batch_id, rows="3"))
    assert not services.report(people.rita, batch_id).receipt.expected


@pytest.mark.parametrize(
    ("rows", "amount", "read", "difference"),
    [
        (40, 8_722_500, Tally(rows=40, amount=8_722_500), ""),
        (40, 8_722_500, Tally(rows=41, amount=8_722_500), "1 row more"),
        (40, 8_722_500, Tally(rows=38, amount=8_736_500), "2 rows fewer and $14.00 more"),
        (None, 8_722_500, Tally(rows=38, amount=8_722_499), "$0.001 less"),
        (1_500, None, Tally(rows=1, amount=None), "1,499 rows fewer"),
        (0, 0, Tally(rows=1, amount=5_000), "1 row and $5.00 more"),
        (None, None, Tally(rows=1, amount=5_000), ""),
    ],
)
def test_a_difference_is_said_in_rows_and_money(
    rows: int | None, amount: int | None, read: Tally, difference: str
) -> None:
    expected = ControlTotals(rows=rows, amount=amount)
    assert expected.difference(read) == difference
    assert expected.agree(read) == (not difference)
