"""The headers of other systems and languages, one at a time beside our own: sure, asked about, or no match.

What is asked about shows what it may be; what is plainly something else is never proposed. The values below
are what such a column holds: they make a bare word sure, and never turn a vague one into a match.
"""

import pytest

from komet_import.sheets.layout.sheet import Header
from komet_import.types import OPEN_CREDITS, ImportType
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.sheets.layout.sheets import found

VALUES = {
    "Customer Code": ("FL200", "FL201", "FL202"),
    "Credit #": ("CR-7", "CR-8", "CR-9"),
    "Invoice #": ("INV-7", "INV-8", "INV-9"),
    "Credit Date": ("2026-11-03", "2026-11-04", "2026-11-05"),
    "Credit Balance": ("10.50", "20.25", "7"),
    "Location Code": ("MIA", "LAX", "MIA"),
    "Comments": ("late boxes", "short by 2", "wilted"),
    "Customer PO": ("PO 88", "PO 89", "PO 90"),
}
REQUIRED = ("Customer Code", "Credit Date", "Credit Balance")

SURE = {
    "Customer Code": """
        Customer; Customer Number; Customer Num; Customer No.; Customer Id; CUSTOMER_ID; customer_code;
        CustomerCode; Client Code; Cust. No.; Cust #; Client; Client ID; Client No; Client #;
        Código de cliente; Código cliente; Cód. Cliente; Cliente; Nº Cliente; N.º de cliente; N° client;
        Código do cliente; Code client; Numéro client; Kunde; Kundennummer; Kunden-Nr.; Kundennr; Klant;
        Klantnummer; Klantcode; Cliente / Customer; Codice cliente; Cod. cliente; N. cliente
    """,
    "Credit #": """
        Credit Number; Credit No.; Credit Memo; Credit Memo No.; Credit Memo Number; Credit Memo #;
        Memo #; No. Crédito; Nº Crédito; N° Crédito; Número de Crédito; Crédito #; Número nota de crédito;
        Nº de nota de crédito; Gutschriftsnummer; Gutschrift-Nr.; Numéro d'avoir; N° avoir;
        Creditnotanummer; Creditnota nr; Numero nota di credito; N. nota di credito; N° nota credito
    """,
    "Credit Date": """
        Date; Memo Date; Fecha; Fecha crédito; Fecha de crédito; Fecha del crédito; Datum;
        Credit Memo Date; Data; Fecha nota de crédito; Data da nota de crédito;
        Date d'avoir; Gutschriftsdatum; Creditnotadatum; Fecha / Date;
        Data nota di credito; Data della nota di credito
    """,
    "Credit Balance": """
        Balance; Amount; Amount ($); Amount (USD); AMOUNT_USD; Amount US$; Credit Amount; Open Amount;
        Open Balance; Open Credit; Credit Memo Balance; Saldo; Monto; Importe;
        Valor; Saldo crédito; Betrag; Bedrag; Montant; Solde; Saldo de crédito; Importe nota de crédito;
        Valor do crédito; Montant de l'avoir; Gutschriftsbetrag; Creditnotabedrag; Monto U$S;
        Importo; Importo nota di credito; Saldo della nota di credito
    """,
    "Location Code": """
        Location; Loc; Loc Code; Branch; Branch Code; Sucursal; Ubicación; Sede; Código de sede; Filial;
        Agence; Standort; Vestiging; Niederlassung; Location No.
    """,
    "Comments": """
        Comment; Notes; Note; Remarks; REMARKS; Memo; Reason; Comentarios; Observaciones; Notas;
        Observación; Observações; Commentaire; Remarques; Bemerkung; Anmerkungen; Opmerkingen;
        Comentário; Commenti; Osservazioni
    """,
}

ASKED = {
    "Customer Code": """
        Account; Account #; Account No; Account Number; AccountNumber; Acct #; Código; Codigo; Code;
        Bill-to Customer No.; Sell-to Customer No.; Sold-To; Sold-to Party; Debtor; Debitor;
        Debitorennummer; Debiteur; Customer Account; Partner; Party; Tercero; Compte tiers;
        Compte client; Konto; Geschäftspartner; Relatie; Cuenta; Cuenta cliente; NIT; Card Code;
        Customer Ref; Conto; Codice; Debitore
    """,
    "Credit #": """
        Credit Note #; Credit Note No.; Credit Note Number; CreditNoteNumber;
        CR #; CM #; CN #; Num; Number; No.; Nº; #; Doc #; Doc. No.; Document No.; Document Number; Ref;
        Ref #; Reference; Reference No.; REFERENCE; Transaction #; Transaction ID; Txn ID; Credit ID;
        RMA #; RMA; Claim #; Credit Note; Nota de crédito; NC; Nº NC; Documento; Nº documento;
        Referencia; Folio; Belegnummer; Beleg-Nr.; Référence; N° pièce; Boekstuknummer; Referentie;
        Voucher No; External Document No.; Nota; Comprobante; N. documento; Riferimento
    """,
    "Credit Date": """
        Credit Note Date;
        Credit Dt; Cr Date; Posting Date; Document Date; Doc Date; Transaction Date; Trans Date;
        Txn Date; TxnDate; Issue Date; Created; Created On; Fecha de emisión; Fecha documento; Fecha NC;
        Fecha contable; Belegdatum; Buchungsdatum; Date comptable; Date de la pièce; Data de emissão;
        Boekingsdatum; Date Issued; Data documento; Data di registrazione
    """,
    "Credit Balance": """
        Credit Note Amount;
        Amt; Credit Amt; Open Credits; Balance €; Amount (£); Credit Balance (COP);
        Credit Balance (EUR); Importe EUR; Amount in Euros; Monto MXN; Credit; Credits; Total;
        Total Amount; Credit Total; Remaining; Remaining Amount; Remaining Balance; Remaining Credit;
        Remaining Amt. (LCY); Unapplied; Unapplied Amount; Available Credit; Outstanding;
        Outstanding Amount; Amount Due; Balance Due; Saldo a favor; Saldo pendiente; Crédito; Haber;
        Abono; Guthaben; Offener Betrag; Restbetrag; Restant dû; Reste dû; Reste à payer; Montant TTC;
        Openstaand bedrag; Saldo em aberto; Amount Residual; Original Amount; Amount (net);
        Original amt; Current balance; Curr. Bal.; Outstanding Bal; Saldo pendiente por aplicar;
        Ursprünglicher Betrag; Solde d'origine; Huidig saldo; Valor original em aberto;
        Credit Note Total; USD; Haben; Betrag in Hauswährung; amount_residual;
        Importo residuo; Totale documento; Avere; Residuo
    """,
    "Location Code": """
        Location ID; Location Name; Warehouse; Store; Department; Bodega; Ciudad; City; Tienda; Oficina;
        Lager; Magasin; Magazijn; Almacén; Store No.; Depot; Magazzino; Negozio
    """,
    "Comments": """
        Description; Memo/Description; Reason Code; Details; Obs; Motivo; Concepto; Descripción;
        Detalle; Libellé; Buchungstext; Omschrijving; Verwendungszweck; Narration; Reason for credit;
        Descrizione; Causale
    """,
}

ELSEWHERE = """
    Customer Name; Nombre del cliente; Kundenname; Due Date; Date Due; Vencimiento; Fälligkeitsdatum;
    Phone; Email; Terms; Credit Limit; Límite de crédito; Qty; Cantidad; Invoice #; Invoice Date;
    Invoice Amount; Invoice Balance; Factura; Rechnungsnummer; Payment Date; Days Overdue; Salesperson;
    Vendedor; Created By; Zip; Sum of Credit Balance; Suma de Saldo; Balance Type; Opening Balance;
    Customer Type; Truck; Ragione sociale; Data scadenza; Quantità; N. fattura; Saldo progressivo
"""

INVOICES_SURE = {
    "Invoice #": """
        Invoice Number; InvoiceNumber; Invoice No.; Nº Factura; Número de factura; Factura #;
        Rechnungsnummer; Rechnungs-Nr.; N° facture; Factuurnummer; Número da fatura;
        Numero fattura
    """,
    "Customer PO": "PO; PO Number; P.O. Number; Orden de compra; Bestellnummer; Inkooporder; Bon de commande",
}

INVOICES_ASKED = {
    "Invoice #": "Inv. Ref; Document No.; Num; Reference; Belegnummer; Folio; Bill #",
}


OTHERS = [header.strip() for header in ELSEWHERE.split(";")]


def each(table: dict[str, str]) -> list[tuple[str, str]]:
    """Every header of a table with the column that it says."""
    return [(header.strip(), name) for name, said in table.items() for header in said.split(";")]


def beside(header: str, name: str, type: ImportType = OPEN_CREDITS) -> Header:
    """That header over such values in column A, beside the required columns of the type."""
    others = [other for other in REQUIRED if other != name] if type is OPEN_CREDITS else []
    if type is OPEN_INVOICES:
        others = ["Customer Code", "Invoice Date", "Invoice Balance"]
    rows = ["|".join([header, *others])]
    shown = [other.replace("Invoice", "Credit") for other in others]
    rows += ["|".join([VALUES[name][n], *(VALUES[other][n] for other in shown)]) for n in range(3)]
    return found("\n".join(rows), type)


def test_a_header_that_certainly_says_a_column_is_matched() -> None:
    def is_matched(header: str, name: str) -> bool:
        seen = beside(header, name)
        return seen.columns.get("A") == name and bool(seen.evidence["A"]) and "A" not in seen.foreign

    assert [one for one in each(SURE) if not is_matched(*one)] == []


def test_a_header_that_may_say_a_column_is_asked_about() -> None:
    def is_asked(header: str, name: str) -> bool:
        seen = beside(header, name)
        return seen.doubtful == {"A": name} and bool(seen.evidence["A"])

    assert [one for one in each(ASKED) if not is_asked(*one)] == []


def test_a_header_that_says_something_else_is_plainly_ignored() -> None:
    def is_ignored(header: str) -> bool:
        rows = ["|".join([header, *REQUIRED])]
        rows += ["|".join(["7", *(VALUES[name][n] for name in REQUIRED)]) for n in range(3)]
        seen = found("\n".join(rows))
        taken = seen.doubtful or seen.rivals or seen.modifiers
        return not taken and seen.ignored == ("A",) and set(seen.columns.values()) == set(REQUIRED)

    assert [header for header in OTHERS if not is_ignored(header)] == []


@pytest.mark.parametrize("name", ["Credit Date", "Credit Balance"])
def test_what_says_something_else_is_not_proposed_for_what_is_missing(name: str) -> None:
    others = [other for other in REQUIRED if other != name]

    def is_proposed(header: str) -> bool:
        rows = ["|".join([header, *others])]
        rows += ["|".join([VALUES[name][n], *(VALUES[other][n] for other in others)]) for n in range(3)]
        seen = found("\n".join(rows))
        return name in {*seen.columns.values(), *seen.doubtful.values()}

    pivots = {"Sum of Credit Balance", "Suma de Saldo"}  # such a sheet is refused
    assert [header for header in OTHERS if header not in pivots and is_proposed(header)] == []


def test_invoices_are_read_and_asked_about_by_the_same_words() -> None:
    sure, asked = each(INVOICES_SURE), each(INVOICES_ASKED)
    assert [(header, beside(header, name, OPEN_INVOICES).columns.get("A")) for header, name in sure] == sure
    assert [one for one in asked if beside(*one, OPEN_INVOICES).doubtful != {"A": one[1]}] == []
