"""The languages in which sheets are read, and what a customer and each paper are called in them.

A heading is put together of these: the number of a credit is a `{paper} number`, whichever paper a type is
made of. So a type needs no list of headings of its own, and a language is one entry in each table.
"""

from collections.abc import Mapping
from enum import StrEnum

from komet_import.language import marked


class SheetLanguage(StrEnum):
    """A language of headings and of marks; the value is how it is called in a sentence."""

    ENGLISH = marked("English")
    SPANISH = marked("Spanish")
    PORTUGUESE = marked("Portuguese")
    FRENCH = marked("French")
    GERMAN = marked("German")
    DUTCH = marked("Dutch")
    ITALIAN = marked("Italian")


EN, ES, PT = SheetLanguage.ENGLISH, SheetLanguage.SPANISH, SheetLanguage.PORTUGUESE
FR, DE, NL = SheetLanguage.FRENCH, SheetLanguage.GERMAN, SheetLanguage.DUTCH
IT = SheetLanguage.ITALIAN

Said = Mapping[SheetLanguage, tuple[str, ...]]
"""What is said in each language."""


def said(phrases: str) -> tuple[str, ...]:
    """Phrases that are parted by commas; a line may end within one."""
    return tuple(" ".join(phrase.split()) for phrase in phrases.split(",") if phrase.strip())


class Paper(StrEnum):
    """What a row of an accounting system is the record of."""

    CREDIT = "credit"
    INVOICE = "invoice"
    PAYMENT = "payment"
    DEBIT = "debit note"
    OTHER = "other entry"


PARTY: Said = {
    EN: ("customer", "cust", "client"),
    ES: ("cliente",),
    PT: ("cliente",),
    FR: ("client",),
    DE: ("kunden", "kunde"),
    NL: ("klant", "klanten"),
    IT: ("cliente", "clienti"),
}
"""What a party is called, as a heading says it; the genitive of German compounds first."""

PAPERS: Mapping[Paper, Said] = {
    Paper.CREDIT: {
        EN: ("credit memo",),
        ES: ("nota de crédito", "nota crédito", "notas de crédito", "nota de abono", "factura rectificativa"),
        PT: ("nota de crédito", "nota crédito"),
        FR: ("avoir", "note de crédit", "facture d'avoir"),
        DE: ("gutschrift", "gutschrifts", "rechnungskorrektur"),
        NL: ("creditnota", "creditfactuur"),
        IT: ("nota di credito", "nota credito", "note di credito", "nota di accredito"),
    },
    Paper.INVOICE: {
        EN: ("invoice",),
        ES: ("factura", "facturas"),
        PT: ("fatura", "nota fiscal"),
        FR: ("facture",),
        DE: ("rechnung", "rechnungs"),
        NL: ("factuur", "verkoopfactuur"),
        IT: ("fattura",),
    },
    Paper.PAYMENT: {
        EN: ("payment", "receipt"),
        ES: ("pago", "recibo", "recibo de caja", "cobro"),
        PT: ("pagamento", "recibo", "recebimento"),
        FR: ("paiement", "règlement", "encaissement"),
        DE: ("zahlung", "zahlungs", "zahlungseingang"),
        NL: ("betaling", "ontvangst"),
        IT: ("pagamento", "incasso"),
    },
    Paper.DEBIT: {
        EN: ("debit memo", "debit note"),
        ES: ("nota de débito", "nota débito", "nota de cargo"),
        PT: ("nota de débito", "nota débito"),
        FR: ("note de débit",),
        DE: ("lastschrift", "belastungsanzeige"),
        NL: ("debetnota",),
        IT: ("nota di debito", "nota debito"),
    },
}
"""What each paper is called, in full."""

SHORT: Mapping[Paper, Said] = {
    Paper.CREDIT: {
        EN: ("credit note", "cm", "cn", "cr", "cr memo", "cr note"),
        ES: ("nc", "n/c"),
        PT: ("nc",),
        FR: ("av",),
        DE: ("gs", "gu"),
        NL: ("cn",),
        IT: ("nc",),
    },
    Paper.INVOICE: {
        EN: ("inv", "bill"),
        ES: ("fact", "fac", "fra", "fv"),
        PT: ("fat", "nf"),
        FR: ("fac", "fact"),
        DE: ("re", "rg", "rech"),
        NL: ("fact",),
        IT: ("fatt", "ft"),
    },
    Paper.PAYMENT: {EN: ("pmt", "pymt", "check", "cheque"), ES: ("rc",)},
    Paper.DEBIT: {EN: ("dm", "dn"), ES: ("nd", "n/d"), PT: ("nd",)},
}
"""Short and further names: what a heading means by them is asked."""

BALANCES: Mapping[Paper, Said] = {
    Paper.CREDIT: {
        EN: ("credit",),
        ES: ("crédito",),
        PT: ("crédito",),
        FR: ("crédit",),
        DE: ("guthaben", "guthabens", "kredit"),
        NL: ("credit", "krediet"),
        IT: ("credito",),
    },
    Paper.INVOICE: {},
    Paper.PAYMENT: {},
    Paper.DEBIT: {
        EN: ("debit",),
        ES: ("débito",),
        PT: ("débito",),
        FR: ("débit",),
        DE: (),
        NL: ("debet",),
        IT: ("debito",),
    },
}
"""The same as a side of the balance: beside another word it says the paper as well, alone it is an amount."""
