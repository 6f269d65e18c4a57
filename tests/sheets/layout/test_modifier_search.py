"""Columns that change what a row means are recognised by heading and values; only certain values count."""

import pytest

from komet_import.settings import settings
from komet_import.sheets.layout.modifiers import SHOWN, Modifies
from komet_import.types import CUSTOMERS, OPEN_CREDITS, ImportType
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
        ("Amount", "Tax", Modifies.TAX),
        ("Importe", "IVA", Modifies.TAX),
    ],
)
def test_a_part_of_an_amount_is_asked_about_where_the_amount_may_be_the_whole(
    money: str, header: str, modifies: Modifies
) -> None:
    one = modifier(marked(header, "0, 2.50, 0.00", money=money), modifies)
    assert one.usual == {"", "0", "0.00"}


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
