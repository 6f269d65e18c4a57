"""Columns that change what a row means are recognised by heading and values; only certain values count."""

from collections.abc import Iterator
from datetime import date

import pytest

from komet_import.settings import settings
from komet_import.sheets.layout.modifiers import EXPIRED, SHOWN, VALID, Modifies, modifier_values
from komet_import.sheets.layout.sheet import Header
from komet_import.types import CUSTOMERS, OPEN_CREDITS, ImportType
from komet_import.types.languages import EN, PAPERS, Paper
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.sheets.layout.sheets import found, modifier

HEAD = {
    OPEN_CREDITS.slug: "Customer Code | Credit # | Credit Date | {money}",
    OPEN_INVOICES.slug: "Customer Code | Invoice # | Invoice Date | Invoice Balance",
}


def marked(header: str, values: str, type: ImportType = OPEN_CREDITS, money: str = "Credit Balance"):
    """The header of a sheet with one more column, whose values are parted by commas."""
    rows = [f"{HEAD[type.slug].format(money=money)} | {header}"]
    for n, value in enumerate(values.split(",")):
        rows.append(f"FL200 | A{n} | 2026-11-03 | {n + 1} | {value.strip()}")
    return found("\n".join(rows), type)


MARKS = [
    ("Currency", "USD, EUR, COP", Modifies.CURRENCY, {"usd"}),
    ("Moneda", "USD, COP", Modifies.CURRENCY, {"usd"}),
    ("Währung", "EUR, EUR", Modifies.CURRENCY, set()),
    ("Curr.", "$, €", Modifies.CURRENCY, {"$"}),
    ("Currency Code", "US Dollar, Pesos", Modifies.CURRENCY, {"us dollar"}),
    ("CCY", "local, foreign", Modifies.CURRENCY, set()),
    ("Xyz", "USD, COP", Modifies.CURRENCY, {"usd"}),
    ("Exchange Rate", "1, 4050.25", Modifies.RATE, {"1"}),
    ("D/C", "C, D", Modifies.SIDE, {"c"}),
    ("DC", "C, D", Modifies.SIDE, {"c"}),
    ("S/H", "S, H", Modifies.SIDE, {"h"}),
    ("Soll/Haben", "Soll, Haben", Modifies.SIDE, {"haben"}),
    ("Dr/Cr", "DR, CR", Modifies.SIDE, {"cr"}),
    ("Type", "Debit, Credit", Modifies.SIDE, {"credit"}),
    ("Tipo", "Débito, Crédito", Modifies.SIDE, {"crédito"}),
    ("Type", "D, C", Modifies.SIDE, {"c"}),
    ("Anything", "DR, CR", Modifies.SIDE, {"cr"}),
    ("Sign", "+, -", Modifies.SIDE, set()),
    ("Type", "Invoice, Credit Memo", Modifies.KIND, {"credit memo"}),
    ("Transaction Type", "Invoice, Payment, Credit Memo, Journal Entry", Modifies.KIND, {"credit memo"}),
    ("Doc Type", "IN, CM", Modifies.KIND, {"cm"}),
    ("Document Type", "ZRE, ZG2", Modifies.KIND, set()),
    ("Tipo de documento", "Factura, Nota de crédito, NC", Modifies.KIND, {"nota de crédito", "nc"}),
    ("Belegart", "Rechnung, Gutschrift", Modifies.KIND, {"gutschrift"}),
    ("Type de pièce", "Facture, Avoir", Modifies.KIND, {"avoir"}),
    ("Soort", "Factuur, Creditnota", Modifies.KIND, {"creditnota"}),
    ("Tipo", "Fatura, Nota de crédito", Modifies.KIND, {"nota de crédito"}),
    ("Type", "Retail, Invoice", Modifies.KIND, set()),
    ("Type", "Credit Memo, Reversed credit memo", Modifies.KIND, {"credit memo"}),
    ("Description", "Invoice, Credit Memo", Modifies.KIND, {"credit memo"}),
    ("Document", "Invoice, Credit Memo", Modifies.KIND, {"credit memo"}),
    ("Is Return", "1, 0", Modifies.KIND, {"1"}),
    ("docstatus", "1, 2", Modifies.STATUS, set()),
    ("Import?", "Y, N", Modifies.STATUS, {"y"}),
    ("Excluded", "x, ", Modifies.STATUS, {""}),
    ("Posted to Komet", "yes, no", Modifies.STATUS, {"no"}),
    ("In Komet gebucht", "ja, nein", Modifies.STATUS, {"nein"}),
    ("Hold", "HOLD, ", Modifies.STATUS, {""}),
    ("Used on invoice", "INV-9, ", Modifies.STATUS, {""}),
    ("Cheque No.", "10023, ", Modifies.STATUS, {""}),
    ("Check #", "10023, ", Modifies.STATUS, {""}),
    ("N° chèque", "10023, ", Modifies.STATUS, {""}),
    ("Refund ref", "ACH 9, ", Modifies.STATUS, {""}),
    ("Chk #", "10023, ", Modifies.STATUS, {""}),
    ("Remitted", "Y, ", Modifies.STATUS, {""}),
    ("Bank Ref", "TRX778812, ", Modifies.STATUS, {""}),
    ("Check", "10023, ", Modifies.STATUS, {""}),
    ("Payment Date", "2026-11-20, ", Modifies.STATUS, {""}),
    ("Pmt Ref", "P-881, ", Modifies.STATUS, {""}),
    ("Fecha de pago", "2026-11-20, ", Modifies.STATUS, {""}),
    ("Überwiesen am", "2026-11-20, ", Modifies.STATUS, {""}),
    ("Bankreferentie", "NL88-1, ", Modifies.STATUS, {""}),
    ("Réf. virement", "VIR 5512, ", Modifies.STATUS, {""}),
    ("OK?", "no, ok", Modifies.STATUS, {"ok"}),
    ("Multiplier", "1, -1", Modifies.SIDE, set()),
    ("Status", "Open, Void, Applied", Modifies.STATUS, {"open"}),
    ("Estado", "Abierto, Anulado", Modifies.STATUS, {"abierto"}),
    ("Status", "offen, storniert", Modifies.STATUS, {"offen"}),
    ("Statut", "Ouvert, Annulé", Modifies.STATUS, {"ouvert"}),
    ("Status", "Closed, Closed", Modifies.STATUS, set()),
    ("Status", "A, V", Modifies.STATUS, set()),
    ("Void", "Yes, No", Modifies.STATUS, {"no"}),
    ("Voided", "TRUE, FALSE", Modifies.STATUS, {"false"}),
    ("Open", "Yes, No", Modifies.STATUS, {"yes"}),
    ("Anulado", "Sí, No", Modifies.STATUS, {"no"}),
    ("Claim state", "Open, Closed", Modifies.STATUS, {"open"}),
    ("Paid on", "2026-11-01, -", Modifies.STATUS, {"-"}),
    ("Réglé le", "2026-11-01, -", Modifies.STATUS, {"-"}),
]


@pytest.mark.parametrize(("header", "values", "modifies", "usual"), MARKS)
def test_a_mark_is_recognised_and_what_is_certain_of_it(
    header: str, values: str, modifies: Modifies, usual: set[str]
) -> None:
    seen = marked(header, values)
    one = modifier(seen, modifies)
    assert (one.letter, one.header) == ("E", header)
    assert {value for value, _ in one.values} == {value.strip() for value in values.split(",")}
    assert one.usual == {"", *usual}
    assert not one.certain
    assert "E" not in {*seen.ignored, *seen.columns, *seen.doubtful}


@pytest.mark.parametrize("header", ["Import?", "Approved", "Listo"])
def test_a_box_that_is_ticked_in_some_rows_is_not_ticked_where_it_is_blank(header: str) -> None:
    one = modifier(marked(header, "x, , x"), Modifies.STATUS)
    assert (one.values, one.usual) == ((("x", 2), ("", 1)), {"x"}) and not one.certain
    assert modifier(marked(header, "x, x"), Modifies.STATUS).certain


@pytest.mark.parametrize(
    ("header", "values", "usual"),
    [
        ("Currency", "USD, , USD", {"usd"}),
        ("Moneda", "USD, COP, ", {"usd"}),
        ("Type", "Credit Memo, , Credit Memo", {"credit memo"}),
        ("Belegart", "Gutschrift, , Rechnung", {"gutschrift"}),
        ("Status", "Open, Open, ", {"open"}),
        ("Estado", "Abierto, , Anulado", {"abierto"}),
        ("D/C", "C, C, ", {"c"}),
        ("Approved", "Yes, , No", {"yes"}),
        ("Is Return", "Yes, , Yes", {"yes"}),
        ("Ledger", "AR, , AR", {"ar"}),
    ],
)
def test_a_row_that_says_nothing_among_those_that_say_the_usual_is_a_question(
    header: str, values: str, usual: set[str]
) -> None:
    (one,) = marked(header, values).modifiers
    assert one.usual == usual and ("", 1) in one.values and not one.certain


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Status", "Void, , Void"),  # what is marked are the others
        ("Type", ", Invoice, "),
        ("Moneda", "COP, , "),
        ("Void", "No, , Yes"),  # not ticked
        ("Already posted", ", x, "),
        ("Paid on", "2026-11-01, , -"),
        ("Exchange Rate", "1, , 4100"),
        ("Skip", "HOLD, , no"),
    ],
)
def test_a_row_that_says_nothing_is_usual_where_only_others_are_marked(header: str, values: str) -> None:
    (one,) = marked(header, values).modifiers
    assert "" in one.usual and not one.certain


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Ledger", "AR, AP, AR"),
        ("Ledger", "AP, AP, AP"),
        ("Subledger", "Accounts Receivable, General Ledger, Accounts Receivable"),
        ("Module", "A/R, A/P, X1"),
        ("Source Module", "AR, GL, AR"),
        ("Party Type", "Customer, Supplier, Customer"),
        ("Type", "Customer, Vendor, Customer"),
        ("Tipo de tercero", "Cliente, Proveedor, Cliente"),
        ("Módulo", "CxC, CxP, CxC"),
        ("Nebenbuch", "Debitoren, Kreditoren, Debitoren"),
        ("Grand livre", "Clients, Fournisseurs, Clients"),
        ("Grootboek", "Debiteuren, Crediteuren, Debiteuren"),
        ("Razão", "Contas a receber, Contas a pagar, Contas a receber"),
        ("Account", "1200 · Accounts Receivable, 2000 · Accounts Payable, 1200 · Accounts Receivable"),
        ("Account", "2000 Accounts Payable (A/P), 2000 Accounts Payable (A/P), 2000 Accounts Payable (A/P)"),
        ("X", "AR, AP, AR"),
        ("Journal", "Customer Invoices, Vendor Bills, Customer Invoices"),
        ("Diario", "Facturas de clientes, Compras, Facturas de clientes"),
        ("Dagboek", "Verkoopboek, Inkoopboek, Verkoopboek"),
    ],
)
def test_a_column_of_ledgers_is_asked_about_where_one_is_not_the_customers(header: str, values: str) -> None:
    one = modifier(marked(header, values), Modifies.LEDGER)
    customers = {"ar", "accounts receivable", "a/r", "customer", "cliente", "cxc", "debitoren", "clients",
                 "debiteuren", "contas a receber", "1200 · accounts receivable", "customer invoices",
                 "facturas de clientes", "verkoopboek", ""}  # fmt: skip
    assert one.usual <= customers and "" in one.usual and not one.certain
    unusual = {value.casefold() for value, _ in one.values} - one.usual
    assert unusual and not unusual & customers


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Ledger", "AR, AR, AR"),
        ("Account", "Accounts Receivable, Accounts Receivable, Accounts Receivable"),
        ("Department", "Accounts Payable, Accounts Receivable, Accounts Payable"),
        ("Abteilung", "Kreditoren, Debitoren, Debitoren"),
        ("Fault", "Vendor, Customer, Vendor"),  # who is to blame
        ("Ledger", "Main, Main, Second"),
        ("Salesperson", "Ana, Ap, Ar"),
    ],
)
def test_a_column_that_says_no_other_ledger_is_not_asked_about(header: str, values: str) -> None:
    assert all(one.certain for one in marked(header, values).modifiers)


@pytest.mark.parametrize("heading", ["Vendor/Customer", "Party Type", "Tipo de tercero"])
def test_suppliers_in_a_list_of_customers_are_asked_about(heading: str) -> None:
    lines = ("Customer | N1 | Flor", "Supplier | N2 | Rosa", "Customer | N3 | Lirio")
    header = found("\n".join([f"{heading} | Code | Name", *lines]), CUSTOMERS)
    one = modifier(header, Modifies.LEDGER)
    assert (one.letter, one.usual) == ("A", {"", "customer"})


CERTAIN = [
    ("Currency", "USD, usd, US$"),
    ("Type", "Credit Memo, credit memo"),
    ("Status", "Open, Unapplied"),
    ("D/C", "C, C"),
    ("Void", "No, No"),
]


@pytest.mark.parametrize(("header", "values"), CERTAIN)
def test_a_mark_of_which_every_value_is_certain_is_listed_and_no_question(header: str, values: str) -> None:
    (one,) = marked(header, values).modifiers
    assert one.certain


NO_MARKS = [
    ("Type", "Retail, Wholesale"),
    ("Status", "Shipped, Delivered"),
    ("State", "FL, CA"),
    ("Class", "Roses, Tulips"),
    ("Source", "Web, Phone"),
    ("Rate", "Standard, Premium"),
    ("Xyz", "USD, USD"),
    ("Grade", "S, M"),
    ("Region", "IN, SI"),
    ("Checked", "Yes, No"),
    ("Check-in date", "2026-11-20, "),
    ("Payment Terms", "Net 30, Net 15"),
    ("Payment Method", "Check, ACH"),
    ("Bank", "BoA, Chase"),
    ("Bank No.", "102, 103"),
    ("PO Check", "10023, "),
    ("✓", "x, x"),
    ("Credit %", "15%, 10%"),
]


@pytest.mark.parametrize(("header", "values"), NO_MARKS)
def test_a_column_whose_values_say_nothing_of_the_kind_is_plainly_ignored(header: str, values: str) -> None:
    seen = marked(header, values)
    assert seen.modifiers == () and seen.ignored == ("E",)


def test_marks_of_the_two_sides_are_asked_about_under_any_heading() -> None:
    assert modifier(marked("Xyz", "C, D"), Modifies.SIDE).usual == {"", "c"}


def test_for_invoices_other_values_are_certain() -> None:
    assert modifier(marked("Type", "Invoice, Credit Memo", OPEN_INVOICES), Modifies.KIND).usual == {
        "",
        "invoice",
    }
    assert modifier(marked("D/C", "D, C", OPEN_INVOICES), Modifies.SIDE).usual == {"", "d"}
    assert modifier(marked("Is Return", "1, 0", OPEN_INVOICES), Modifies.KIND).usual == {"", "0"}


def test_customers_have_no_marks() -> None:
    seen = found("Customer Code | Customer Name | Currency\nN1 | Rosas | EUR\nN2 | Tulip | USD", CUSTOMERS)
    assert seen.modifiers == ()


def test_the_currency_of_another_ledger_is_the_certain_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMET_CURRENCY", "EUR")
    settings.cache_clear()
    try:
        assert modifier(marked("Currency", "USD, EUR, €"), Modifies.CURRENCY).usual == {"", "eur", "€"}
        assert marked("Truck", "1, 2", money="Amount $").foreign == {"D": "$"}
    finally:
        monkeypatch.undo()
        settings.cache_clear()


@pytest.mark.parametrize(
    ("money", "header", "modifies"),
    [
        ("Amount", "Applied", Modifies.APPLIED),
        ("Credit Amount", "Amount Used", Modifies.APPLIED),
        ("Importe", "Monto aplicado", Modifies.APPLIED),
        *(("Credit Amount", used, Modifies.APPLIED) for used in ("Used", "Redeemed", "Refunded", "Paid")),
        *(
            ("Credit Amount", used, Modifies.APPLIED)
            for used in ("Consumed", "Taken", "Deducted", "Allocated")
        ),
        *(("Importe", used, Modifies.APPLIED) for used in ("Utilizado", "Monto usado", "Descontado")),
        ("Betrag", "Eingelöst", Modifies.APPLIED),
        ("Montant", "Montant remboursé", Modifies.APPLIED),
        ("Bedrag", "Gebruikt", Modifies.APPLIED),
        ("Importo", "Importo usato", Modifies.APPLIED),
        ("Amount", "Tax", Modifies.TAX),
        ("Importe", "IVA", Modifies.TAX),
    ],
)
def test_a_part_of_an_amount_is_asked_about_where_the_amount_may_be_the_whole(
    money: str, header: str, modifies: Modifies
) -> None:
    one = modifier(marked(header, "0, 2.50, 0.00", money=money), modifies)
    assert one.usual == {"", "0", "0.00"}


@pytest.mark.parametrize("header", ["Used", "Redeemed", "Refunded", "Paid"])
def test_the_same_heading_over_ticks_says_that_rows_are_used_up(header: str) -> None:
    one = modifier(marked(header, "0, 1, 0", money="Credit Amount"), Modifies.STATUS)
    assert one.usual == {"", "0"}


@pytest.mark.parametrize("header", ["Share %", "Split", "Our share", "% participación", "Anteil", "Farm %"])
def test_a_share_of_an_amount_is_asked_about_where_it_is_not_all_of_it(header: str) -> None:
    one = modifier(marked(header, "50%, 100, 100.00, 12.5"), Modifies.SHARE)
    assert one.usual == {"", "100", "100.00"}


@pytest.mark.parametrize("money", ["Credit Balance", "Amount"])
@pytest.mark.parametrize("header", ["Disputed Amount", "Amount in dispute", "Reserved", "Importe en disputa"])
def test_an_amount_that_nobody_may_use_is_asked_about_beside_any_other(money: str, header: str) -> None:
    assert modifier(marked(header, "0, 15.00", money=money), Modifies.APPLIED).usual == {"", "0"}


@pytest.mark.parametrize("header", ["Approved by", "Approval", "Aprobado por", "Freigabe"])
def test_a_row_is_not_approved_where_only_others_are(header: str) -> None:
    one = modifier(marked(header, "Jim, OK, Approved, pending, no, "), Modifies.STATUS)
    assert one.usual == {"jim", "ok", "approved"} and ("", 1) in one.values
    assert modifier(marked("Approval date", "2026-11-03, "), Modifies.STATUS).usual == {"2026-11-03"}
    assert marked(header, "Jim, Ana").modifiers[0].certain


def test_what_is_to_be_done_with_a_row_may_be_something_else_than_to_import_it() -> None:
    one = modifier(marked("Action", "Post, Refund, add, Delete, wait for Jim, Approved, "), Modifies.STATUS)
    assert one.usual == {"post", "add", "approved"}
    assert not marked("Action", "Post, add").modifiers and not marked("Truck", "Refund, Delete").modifiers


@pytest.mark.parametrize("header", ["Post on", "Effective Date", "Vigente desde", "Gültig ab"])
def test_a_credit_of_a_later_day_is_asked_about(header: str) -> None:
    one = modifier(marked(header, "2020-01-02, 2999-01-02, "), Modifies.START)
    assert one.values == (("valid already", 1), ("not yet valid", 1), ("", 1)) and not one.certain
    assert one.usual == {"", "valid already"}
    assert modifier(marked(header, "2020-01-02, 2020-01-03"), Modifies.START).certain


@pytest.mark.parametrize("header", ["Discount %", "% of total", "Tax percent", "Shareholder"])
def test_other_percents_are_no_shares(header: str) -> None:
    assert not [one for one in marked(header, "50%, 40%").modifiers if one.modifies is Modifies.SHARE]


@pytest.mark.parametrize("money", ["Credit Balance", "Open Amount", "Remaining"])
@pytest.mark.parametrize("header", ["Applied", "Tax"])
def test_beside_what_is_left_it_changes_nothing(money: str, header: str) -> None:
    assert marked(header, "0, 2.50", money=money).modifiers == ()


def test_values_are_counted_the_most_frequent_first_and_bounded() -> None:
    one = modifier(marked("Type", "Invoice, Credit Memo , Invoice,, Credit memo"), Modifies.KIND)
    assert one.values == (("Invoice", 2), ("Credit Memo", 1), ("Credit memo", 1), ("", 1))
    debits = ["Customer Code | Credit Date | Debit | Credit"]
    debits += [f"FL200 | 2026-11-03 | {n + 1} |" for n in range(SHOWN + 10)]
    many = found("\n".join([*debits, "FL200 | 2026-11-03 | | 5"]))
    assert len(modifier(many, Modifies.OTHER_SIDE).values) == SHOWN
    days = ", ".join([*(f"2026-11-{n + 1}" for n in range(SHOWN)), ""])
    values = modifier(marked("Paid on", days), Modifies.STATUS).values
    assert (len(values), values[-1]) == (SHOWN, ("", 1)), "that it is blank is told with them"


def test_a_total_column_that_changes_nothing_is_no_part() -> None:
    seen = found("""
        Customer Code | Credit Date | Amount | Tax | Total
        FL200 | 2026-11-03 | 100 | 7 | 107
    """)
    assert seen.rivals == {"Credit Balance": ("C", "E")} and seen.modifiers == ()


@pytest.mark.parametrize(
    ("header", "other"),
    [
        ("Processed", "Yes"),
        ("Already imported", "x"),
        ("Procesado", "Sí"),
        ("Verarbeitet", "ja"),
        ("Stat", "C"),
        ("Used on", "INV-1"),
        ("Redeemed date", "2026-11-05"),
        ("Cruzado en", "FV-22"),
        ("Utilisé le", "2026-11-05"),
        ("Eingelöst am", "2026-11-05"),
        ("Gebruikt op", "2026-11-05"),
    ],
)
def test_what_used_up_or_took_over_a_row_is_its_state(header: str, other: str) -> None:
    one = "A" if header == "Stat" else ""
    seen = found(f"""
        Customer Code | Credit Date | Credit Balance | {header}
        FL200 | 2026-11-01 | 10.00 | {other}
        FL201 | 2026-11-02 | 20.00 | {one}
    """)
    said = modifier(seen, Modifies.STATUS)
    assert said.letter == "D" and other.casefold() not in said.usual


@pytest.mark.parametrize("header", ["+/-", "", "Xyz"])
def test_plus_and_minus_in_a_column_of_their_own_are_sides_of_which_nobody_knows_which(header: str) -> None:
    seen = found(f"""
        Customer Code | Credit Date | Credit Balance | {header}
        FL200 | 2026-11-01 | 10.00 | -
        FL201 | 2026-11-02 | 20.00 | +
    """)
    assert modifier(seen, Modifies.SIDE).usual == {""}


@pytest.mark.parametrize("header", ["Tasa", "FX", "Cotización", "Exch. rate"])
def test_a_rate_that_is_not_one_may_be_of_another_currency(header: str) -> None:
    seen = found(f"""
        Customer Code | Credit Date | Credit Balance | {header}
        FL200 | 2026-11-01 | 10.00 | 4100
        FL201 | 2026-11-02 | 20.00 | 4100
    """)
    assert not modifier(seen, Modifies.RATE).certain


def numbered(
    numbers: str, heading: str = "Credit #", type: ImportType = OPEN_CREDITS, more: str = ""
) -> Header:
    """The header of a sheet with these numbers of documents, parted by commas."""
    head = HEAD[type.slug].format(money="Credit Balance").split(" | ")
    head[1] = heading
    rows = [" | ".join(head) + more.split(",")[0]]
    rows += [
        f"FL200 | {one.strip()} | 2026-11-03 | {n + 1}{more[more.find(',') + 1 :]}"
        for n, one in enumerate(numbers.split(","))
    ]
    return found("\n".join(rows), type)


NUMBERS = [
    ("CM-1, CM-2, INV-7", {"CM", "INV"}, {"cm"}),
    ("CM-1, INV-7, PMT-3, INV-8", {"CM", "INV", "PMT"}, {"cm"}),
    ("1001, 1002, Invoice 7", {"", "INVOICE"}, set()),
    ("FL-1, FL-2, inv7", {"", "INV"}, set()),
    ("NC-1, N/D-4", {"NC", "ND"}, {"nc"}),
    ("GS-1, RE-2026-4", {"GS", "RE"}, {"gs"}),
    ("Nota de crédito 5, Factura 7", {"NOTA DE CREDITO", "FACTURA"}, {"nota de credito"}),
    ("CN/1, FV/2", {"CN", "FV"}, {"cn"}),
    ("MIA-INV-7, MIA-CM-8", {"INV", "CM"}, {"cm"}),
    ("2026-INV-7, 2026-8", {"INV", ""}, set()),
    ("INV-1, INV-2, INV-3", {"INV"}, set()),
    ("RCPT 5, PO-6, 7", {"RCPT", "PO", ""}, set()),
]


@pytest.mark.parametrize(("numbers", "said", "usual"), NUMBERS)
def test_numbers_that_name_another_paper_are_a_question(
    numbers: str, said: set[str], usual: set[str]
) -> None:
    seen = numbered(numbers)
    one = modifier(seen, Modifies.PAPER)
    assert (one.letter, seen.columns["B"]) == ("B", "Credit #")
    assert {value for value, _ in one.values} == said
    assert one.usual == {"", *usual}
    assert not one.certain


@pytest.mark.parametrize(
    "numbers",
    [
        "CM-1, CN-2, NC 3",
        "FL-1, A-2, 3",
        "Credit 5, Gutschrift 6",
        "A1B-7, X7INV2, INVEST-3",
        "C-1, D-2, S-3",
    ],
)
def test_numbers_that_name_no_other_paper_are_no_question(numbers: str) -> None:
    assert not numbered(numbers).modifiers


def test_numbers_of_invoices_are_usual_among_invoices_and_those_of_credits_are_not() -> None:
    assert not numbered("INV-1, FV-2", "Invoice #", OPEN_INVOICES).modifiers
    assert modifier(numbered("INV-1, CM-2", "Invoice #", OPEN_INVOICES), Modifies.PAPER).usual == {"", "inv"}


def test_where_a_column_says_the_kind_of_each_row_its_number_is_not_asked() -> None:
    seen = numbered("CM-1, INV-7", more=" | Type, | Credit Memo")
    assert [one.modifies for one in seen.modifiers] == [Modifies.KIND]


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "komet_import.sheets.layout.modifiers.modifier_values.today", lambda: date(2026, 11, 29)
    )


LAST_DAYS = [
    "Expires",
    "Valid until",
    "Vence",
    "Gültig bis",
    "Expiration Date",
    "Validade",
    "Valable jusqu'au",
]


@pytest.mark.parametrize("heading", LAST_DAYS)
def test_a_column_of_last_days_is_a_question_where_one_is_past(heading: str) -> None:
    one = modifier(marked(heading, "2026-11-29, 2026-11-28, 31.12.2027, 2027-01-31"), Modifies.EXPIRY)
    assert dict(one.values) == {VALID: 3, EXPIRED: 1}
    assert one.usual == {"", VALID}
    assert not one.certain


def test_last_days_to_come_are_no_question_and_one_with_a_past_reading_is() -> None:
    assert modifier(marked("Expires", "2026-12-01, 2027-12-31"), Modifies.EXPIRY).certain
    assert not modifier(marked("Expires", "2026-12-01, 12/05/2026"), Modifies.EXPIRY).certain


def test_words_below_such_a_heading_are_no_last_days() -> None:
    assert not any(
        one.modifies is Modifies.EXPIRY for one in marked("Expires", "soon, later, Friday").modifiers
    )
    assert not any(
        one.modifies is Modifies.EXPIRY
        for one in marked("Expires", "2020-01-01, 2020-01-02", OPEN_INVOICES).modifiers
    )


@pytest.fixture
def debits_called_deposits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As where somebody adds a paper whose name was a kind of another one so far."""

    def forget() -> None:
        modifier_values._kinds.cache_clear()
        modifier_values.kind_of.cache_clear()

    monkeypatch.setitem(PAPERS[Paper.DEBIT], EN, (*PAPERS[Paper.DEBIT][EN], "deposit"))
    forget()
    yield
    monkeypatch.undo()
    forget()


def test_a_full_name_is_that_of_its_own_paper(debits_called_deposits: None) -> None:
    assert modifier_values.kind_of("Deposit") == (Paper.DEBIT, True)
    assert modifier_values.kind_of("Customer deposit") == (Paper.PAYMENT, True)
    for paper, said in PAPERS.items():
        for name in (name for names in said.values() for name in names):
            assert modifier_values.kind_of(name.upper()) == (paper, True)


@pytest.mark.parametrize(
    ("values", "sides"),
    [("+ -", True), ("+ x", False), ("1 -1", True), ("1 2", False), ("debit credit", True), ("c x", False),
     ("debit debit", False), ("s h", True)],
)  # fmt: skip
def test_values_are_marks_of_two_sides_where_all_of_them_are(values: str, sides: bool) -> None:
    lines = "\n".join(f"FL20{n % 3} | 2026-11-0{n} | {n}0.00 | {values.split()[n % 2]}" for n in range(1, 7))
    header = found(f"Customer Code | Credit Date | Credit Balance | Xyz\n{lines}")
    assert (Modifies.SIDE in {one.modifies for one in header.modifiers}) is sides


def test_ticks_below_no_heading_say_nothing_of_which_rows_count() -> None:
    (one,) = marked("✓", "x, , x").modifiers
    assert (one.modifies, one.usual) == (Modifies.STATUS, frozenset())
