"""Open invoices: what customers owe us, as Komet's sheet has it, beside what we owe them."""

import io
from decimal import Decimal

from openpyxl import load_workbook

from komet_import import services
from komet_import.access import roles
from komet_import.ledger.models import Adjustment
from komet_import.sheets.layout.header import fitting_types
from komet_import.types import Role, Side
from komet_import.types.open_credits import OPEN_CREDITS
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.services import workspace
from tests.services.workspace import DAY, People, credit, found, refused

HEADERS = ("Invoice #", "Customer Code", "Invoice Date", "Invoice Balance", "Customer PO", "Location Code")


def invoice(
    number: str = "INV-1", *, customer: str = "FL219", amount: object = 120, po: str = "PO 7", at: str = "MIA"
) -> list[object]:
    """A good row, as far as nothing else is said."""
    return [number, customer, DAY, amount, po, at]


def opened(people: People, *rows: list[object], name: str = "invoices.xlsx") -> str:
    """A draft of these rows."""
    return workspace.opened(people.ada, *rows, headers=HEADERS, type=OPEN_INVOICES, file_name=name)


def test_the_sheet_is_the_one_that_komet_publishes(people_here: People) -> None:
    sheet = load_workbook(io.BytesIO(services.sample(people_here.ada, OPEN_INVOICES)))["Open Invoices"]
    assert tuple(cell.value for cell in sheet[1]) == HEADERS
    batch_id = opened(
        people_here,
        invoice("", amount=1),
        invoice("2", po="", amount=2),
        invoice("3", at="", amount=3),
        invoice("4" * 21, amount=4),
        invoice("5", po="P" * 21, amount=5),
        invoice("6", amount=-1),
        invoice("7", amount="1.0005"),
    )
    assert found(people_here.ada, batch_id) == [
        (2, "Invoice #", "missing-value"),
        (3, "Customer PO", "missing-value"),
        (4, "Location Code", "missing-value"),
        (5, "Invoice #", "too-long"),
        (6, "Customer PO", "too-long"),
        (7, "Invoice Balance", "not-positive"),
        (8, "Invoice Balance", "too-many-decimals"),
    ]


def test_only_an_admin_imports_and_sees_them(people: People) -> None:
    batch_id = opened(people, invoice())
    services.post(people.ada, batch_id)
    refused("no-right", lambda: services.sample(people.rita, OPEN_INVOICES))
    refused("not-found", lambda: services.report(people.rita, batch_id))
    hers = services.statement(people.rita, "FL219")
    assert hers is not None
    assert [entry.number for entry in hers.entries if entry.type_slug == OPEN_INVOICES.slug] == []


def test_a_balance_has_two_sides_and_a_net(people: People) -> None:
    services.post(people.rita, workspace.opened(people.rita, credit("A", customer="FL220", amount=30)))
    batch_id = opened(
        people, invoice("A", customer="FL220", amount=Decimal("100.125")), invoice("B", customer="FL220")
    )
    assert services.post(people.ada, batch_id).posted.amount == 220_125
    types = roles.money_types(people.ada)
    assert [type for type in types if type in (OPEN_CREDITS, OPEN_INVOICES)] == [OPEN_CREDITS, OPEN_INVOICES]
    assert all(type.summed and Role.ADMIN in type.roles for type in types)

    def sides() -> tuple[int, int, int, int]:
        found = services.balances(people.ada, search="petal")
        (line,) = found.lines
        told = services.statement(people.ada, "FL220")
        assert told is not None and told.balance.of == line.of == found.of
        return line.on(Side.WE_OWE, types), line.on(Side.THEY_OWE, types), line.amount, line.standing

    assert sides() == (30_000, 220_125, -190_125, 3)
    (hers,) = services.balances(people.rita, search="petal").lines
    assert (hers.amount, hers.standing) == (30_000, 1), "a clerk sees what she may import"
    told = services.statement(people.ada, "FL220")
    assert told is not None
    assert {(entry.number, entry.reference, entry.amount) for entry in told.entries} == {
        ("A", "", 30_000),
        ("A", "PO 7", -100_125),
        ("B", "PO 7", -120_000),
    }
    assert services.reverse(people.ada, batch_id, reason="wrong month").taken_back.amount == 220_125
    assert sides() == (30_000, 0, 30_000, 1)
    opposites = [line for line in workspace.own(Adjustment) if line.reverses_id]
    assert [(line.reference, line.amount) for line in opposites] == [("PO 7", 100_125), ("PO 7", 120_000)]


def test_an_invoice_stands_once_and_a_credit_of_its_number_is_another_document(people: People) -> None:
    services.post(people.rita, workspace.opened(people.rita, credit("71-A")))
    services.post(people.ada, opened(people, invoice("71-A")))
    again = opened(people, invoice("71-a"), invoice("72-A"), name="again.xlsx")
    assert found(people.ada, again) == [(2, "Invoice #", "already-posted")]
    assert services.view(people.ada, again).figures.ready.rows == 1, "two numbers are two invoices"


def test_a_sheet_of_the_other_side_is_told_and_not_taken(people_here: People) -> None:
    sheet = workspace.workbook(credit())
    refusal = refused(
        "wrong-type", lambda: services.open_file(people_here.ada, OPEN_INVOICES, "c.xlsx", sheet)
    )
    assert "holds Open Credits" in refusal.message
    sheet = workspace.workbook(invoice(), headers=HEADERS)
    refusal = refused(
        "wrong-type", lambda: services.open_file(people_here.ada, OPEN_CREDITS, "i.xlsx", sheet)
    )
    assert "holds Open Invoices" in refusal.message


def test_a_draft_is_opened_as_the_type_that_its_sheet_says_more_of(people_here: People) -> None:
    headers = ["Customer Code", "Credit Date", "Credit Balance", *HEADERS[:1], *HEADERS[2:]]
    row = ["FL219", "2026-03-02", 7, *invoice()[:1], *invoice()[2:]]
    sheet = workspace.workbook(row, headers=headers)
    credits = services.open_file(people_here.ada, OPEN_CREDITS, "both.xlsx", sheet)
    worksheet = services.view(people_here.ada, credits).draft.worksheet
    assert worksheet is not None
    assert fitting_types.better_type(worksheet, OPEN_CREDITS) is OPEN_INVOICES
    assert fitting_types.better_type(worksheet, OPEN_INVOICES) is None
    invoices = services.read_as_type(people_here.ada, credits, OPEN_INVOICES)
    assert services.view(people_here.ada, invoices).type is OPEN_INVOICES
    refused("discarded", lambda: services.view(people_here.ada, credits))
    refused("not-found", lambda: services.read_as_type(people_here.rita, invoices, OPEN_INVOICES))
