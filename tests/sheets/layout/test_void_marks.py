"""Rows that people have marked as no longer counting, in whatever column."""

import pytest

from komet_import.sheets.layout.arrangement import arrange
from komet_import.sheets.layout.rows.void_marks import asks_to_pass_over, note_says_void, number_says_void
from komet_import.types import OPEN_CREDITS, ImportType
from komet_import.types.customers import CUSTOMERS
from komet_import.types.languages import Paper
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.sheets.layout.sheets import found, sheet


@pytest.mark.parametrize(
    "text",
    [
        *("VOID", "Voided", "cancelled", "ANULADO", "anulada", "Anulados", "storniert", "annulé", "Annulée"),
        *("geannuleerd", "estornado", "NULA", "sin efecto", "** VOID **", "(cancelled)", "VOID: late truck"),
        *(
            "Void 11/5",
            "Anulado por error",
            "ANULADA EL 5/11",
            "voided by Ana",
            "Storniert am 5.11.",
            "Void.",
        ),
        *("do not post", "DO NOT IMPORT!", "Already applied to INV-7", "already refunded", "Ya aplicado"),
        *(
            "applied to INV-9",
            "Refunded by check 11/5",
            "replaced by B7",
            "Duplicate of B1",
            "already entered",
        ),
        *("Aplicado a factura 99", "imputé sur FA-7", "verrechnet mit R-17", "verrekend met F-7"),
        *("NO IMPORTAR", "nicht importieren"),
        *(
            "PAID",
            "applied",
            "Refunded 11/20",
            "Paid on 2026-11-05",
            "** closed **",
            "Pagado",
            "payée",
            "used",
        ),
        *(
            "Aplicado parcial",
            "Cruzado 15/11",
            "Ausgeglichen am 5.11.",
            "betaald",
            "Pending approval",
            "done.",
        ),
        *("no aplicar", "déjà utilisé", "bereits verrechnet mit R-17", "late truck - do not post"),
        *("don't use", "Do not use!", "no usar", "duplicate", "Duplicada", "doppelt", "TEST", "prueba"),
        *(
            "NOT OURS",
            "wrong customer",
            "Cliente equivocado",
            "moved to FL201",
            "pasado a FL201",
            "annullata",
        ),
        *("belongs to FL201", "late truck - belongs to FL201", "split 50/50 with FL201", "pertenece a FL201"),
        *("gehört zu FL201", "hoort bij klant 00042", "should be on customer 00042"),
        *("già utilizzata", "compensata con fattura 9", "don't post yet"),
        *("late truck - VOID", "late truck (cancelled)", "annulé par Jean", "Cancelled in error"),
    ],
)
def test_notes_that_say_so(text: str) -> None:
    assert note_says_void(text, None)
    assert note_says_void(text, Paper.CREDIT)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "late truck",
            "Cancelled order",
            "order cancelled",
            "pedido anulado",
            "avoid delays",
            "voidable",
        ),
        *("Credit for cancelled order", "Credit: cancelled order", "credit cancelled order 55", "Nulandia"),
        *("applied discount", "Refunded freight", "duplicate billing of order 7", "price applied wrongly"),
        *("to be applied to INV-9", "replacement boxes", "descuento aplicado mal"),
        *("do not post office delays", "already used boxes", "customer does not post reviews"),
        *(
            "paid twice",
            "Invoice 1001",
            "paid for 3 boxes, got 2",
            "closed on Sunday",
            "used boxes",
            "pending",
        ),
        *("return", "hold the line", "11/20", "paid wrong price", "Pagado doble", "approved", "Refund"),
        *("Rejected", "Rechazado", "vencido"),  # by the customer; the flowers
        *("wrong customer was charged", "duplicate shipment", "test order was billed", "not ours to judge"),
        *("do not use these roses again, late", "moved to another truck, late", "doppelt geliefert"),
        *("solde: 80,00", "solde 25,00 EUR"),  # what is left
        *("belongs to INV881", "should be on time", "split box with 2 others", "corresponde a factura 881"),
        *("shared with 3 stores", "belongs to order 551", "should be under 40 F", "move to cooler 12"),
        *("storniertes Angebot", "reversed logistics", "Invoice cancelled", "Factura anulada"),
    ],
)
def test_notes_that_say_why_there_is_a_credit(text: str) -> None:
    assert not note_says_void(text, Paper.CREDIT)


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("Invoice cancelled", Paper.INVOICE),
        ("Factura anulada por el cliente", Paper.INVOICE),
        ("Factura ha sido anulada por el cliente", Paper.INVOICE),
        ("Rechnung wurde storniert", Paper.INVOICE),
        ("Facture annulée", Paper.INVOICE),
        ("INV 1007 was voided", Paper.INVOICE),
        ("Credit memo CM-7 voided", Paper.CREDIT),
        ("Credit applied to invoice 7", Paper.CREDIT),
        ("Nota de crédito anulada", Paper.CREDIT),
        ("Gutschrift storniert", Paper.CREDIT),
    ],
)
def test_what_is_said_of_the_paper_itself(text: str, paper: Paper) -> None:
    assert note_says_void(text, paper)
    assert not note_says_void(text, Paper.DEBIT)


@pytest.mark.parametrize(
    "text", ["Invoice", "DEBIT MEMO", "Nota de débito", "payment", "Factura", "Zahlung", "(invoice)"]
)
def test_a_note_that_is_nothing_but_another_paper_says_that_the_row_is_none_of_ours(text: str) -> None:
    assert note_says_void(text, Paper.CREDIT) and not note_says_void(text, None)
    assert not note_says_void(f"{text} 1001", Paper.CREDIT)


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("Credit memo", Paper.CREDIT),
        ("NOTA DE CRÉDITO", Paper.CREDIT),
        ("Gutschrift", Paper.CREDIT),
        ("Invoice", Paper.INVOICE),
        ("Factura", Paper.INVOICE),
    ],
)
def test_a_note_that_names_the_paper_that_the_row_is_says_nothing(text: str, paper: Paper) -> None:
    assert not note_says_void(text, paper)
    assert note_says_void(text, Paper.INVOICE if paper is Paper.CREDIT else Paper.CREDIT)


@pytest.mark.parametrize(
    "text", ["Credit applied", "Credit memo used", "NC aplicada", "Avoir a été remboursé"]
)
def test_a_state_is_said_of_the_paper_too(text: str) -> None:
    assert note_says_void(text, Paper.CREDIT) and not note_says_void(text, Paper.INVOICE)


def test_beside_a_number_the_word_alone_says_it() -> None:
    assert number_says_void("CR-7 VOID") and number_says_void("annulée") and not number_says_void("AVOID-7")


def voided(heading: str, text: str, type: ImportType = OPEN_CREDITS) -> dict[int, str]:
    if type is CUSTOMERS:
        lines = f"Customer Code | Customer Name | {heading}\nN1 | Nueva | {text}\nN2 | Otra |"
    else:
        number = type.columns[0].name if type is OPEN_INVOICES else "Credit #"
        lines = f"""
            {number} | Customer Code | Date | Amount | Customer PO | {heading}
            C1 | FL200 | 2026-11-01 | 10.00 | PO1 | fine
            C2 | FL201 | 2026-11-02 | 20.00 | PO2 | {text}
            C3 | FL200 | 2026-11-03 | 30.00 | PO3 |
        """
    return dict(arrange(sheet(lines), found(lines, type), type).voided)


@pytest.mark.parametrize("heading", ["Notes", "Observaciones", "Bemerkung", "Xyz", "Internal memo", ""])
def test_a_column_that_an_invoice_does_not_have_says_it(heading: str) -> None:
    assert voided(heading, "ANULADO", OPEN_INVOICES) == {1: heading or "Column F"}
    assert voided(heading, "late", OPEN_INVOICES) == {}


def test_a_second_column_of_notes_says_it() -> None:
    assert voided("Xyz", "storniert") == {1: "Xyz"}


def test_a_column_that_is_asked_about_is_not_named_once_more() -> None:
    assert (
        voided("Status", "Void") == {}
        and found("""
        Customer Code | Date | Amount | Status
        FL200 | 2026-11-01 | 10.00 | Open
        FL200 | 2026-11-01 | 11.00 | Void
    """).modifiers
    )


def test_a_list_of_customers_has_no_rows_that_count() -> None:
    assert voided("Notes", "VOID", CUSTOMERS) == {}


@pytest.mark.parametrize(
    "line", ["Green = done, white = still open", "Amarillo: ya aplicado", "grau = bezahlt"]
)
def test_a_legend_of_colors_says_that_rows_do_not_count(line: str) -> None:
    assert asks_to_pass_over(line)


@pytest.mark.parametrize("line", ["Green = new customer", "Red: over 60 days", "Yellow = price changed"])
def test_a_legend_of_something_else_says_no_such_thing(line: str) -> None:
    assert not asks_to_pass_over(line)


@pytest.mark.parametrize(
    "note",
    [
        *(
            "denied",
            "Declined 11/20",
            "in dispute",
            "Disputed",
            "superseded",
            "reissued 11/20",
            "cxl",
            "cancel",
        ),
        *(
            "denegado",
            "en disputa",
            "negado",
            "em disputa",
            "abgelehnt",
            "strittig",
            "en litige",
            "afgewezen",
        ),
        *("betwist", "respinto", "in contestazione", "castigar", "ausbuchen"),
    ],
)
def test_a_note_says_that_its_claim_was_denied_or_is_in_dispute(note: str) -> None:
    assert note_says_void(note, Paper.CREDIT)


@pytest.mark.parametrize(
    "note",
    [
        *("rejected", "customer rejected 3 boxes", "declined delivery", "denied entry by USDA", "cancel fee"),
        *(
            "reissued AWB late",
            "rechazado por aduana",
            "abgelehnt von Kunde",
            "disputed quality, photos sent",
        ),
    ],
)
def test_a_note_of_what_was_refused_at_the_door_says_no_such_thing(note: str) -> None:
    assert not note_says_void(note, Paper.CREDIT)


@pytest.mark.parametrize(
    "note",
    [
        *(
            "do not apply",
            "HOLD - do not apply",
            "Don't issue",
            "do not release yet",
            "no emitir",
            "no pagar",
        ),
        *("não aplicar", "ne pas créditer", "nicht auszahlen", "niet verrekenen", "non accreditare"),
        *("credit already taken", "already issued", "Reissued as CM-1002", "reemitida como NC-88"),
        *(
            "included above",
            "Incl. in CM-1001",
            "part of CR-7",
            "ya incluida en la anterior",
            "bereits enthalten",
        ),
        *("Reversal of CM-1001", "reverses CR 12", "anula NC 55", "Storno zu GS 4"),
        *("refund pending", "to be refunded", "reembolso solicitado", "zu erstatten", "devuelto en efectivo"),
        *("closed out 11/3", "obsolete", "Provisional", "proforma", "entered in error", "not entitled"),
        *(
            "no credit due",
            "Duplicate entry",
            "test row",
            "incobrable",
            "no procede",
            "veraltet",
            "sans objet",
        ),
        *("lançado por engano", "per ongeluk ingevoerd", "inserito per errore", "write-off bad debt"),
        *("bitte nicht buchen", "nicht verbuchen", "niet verwerken", "please do not post", "example row"),
        *(
            "déjà appliqué sur facture 20045",
            "già applicato alla fattura 20045",
            "zurückgestellt",
            "retenido",
        ),
        *("sustituido por NC 1002", "Rückzahlung ausstehend", "terugbetaling loopt", "doppelt mit CM-1001"),
        *("doppione di CM-1001", "rimborso richiesto", "reembolso en proceso", "sent to collections"),
    ],
)
def test_a_note_says_that_its_money_is_not_to_be_credited(note: str) -> None:
    assert note_says_void(note, Paper.CREDIT)


@pytest.mark.parametrize(
    "note",
    [
        *(
            "do not pay freight twice, overcharged",
            "part of order damaged",
            "included wrong variety",
            "included",
        ),
        *("reversal of freight charge", "reversal of NSF fee", "reissued AWB late", "obsolete variety"),
        *("not due until 12/1", "not eligible for discount, charged twice", "entry error on invoice 8"),
        *("provisional price", "consumed flowers", "por calidad", "W/O 4411", "w/o label"),
        *(
            "sustituida por rosa roja",
            "remplacée par une autre variété",
            "retenido en aduana",
            "doppelt berechnet",
        ),
        *("ejemplo de daño en foto", "stop payment fee", "por favor acreditar 2 cajas", "doppelt geliefert"),
    ],
)
def test_a_note_that_goes_on_otherwise_says_why_there_is_a_credit(note: str) -> None:
    assert not note_says_void(note, Paper.CREDIT)
