"""Notes that say that a customer has a credit already, and those that tell of payments why there is one."""

import pytest

from komet_import.sheets.layout.arrangement import arrange
from komet_import.sheets.layout.words.payouts import says_paid_out
from komet_import.types import OPEN_CREDITS
from tests.sheets.layout.sheets import found, sheet


@pytest.mark.parametrize(
    "note",
    [
        *("pd ck 1022", "ck 1022 sent", "wired 11/12", "refund issued 11/14", "deducted", "Refunded by ACH"),
        *("cust already took it", "customer deducted from payment 11/20", "short paid on ck 8812"),
        *(
            "deducted on pmt",
            "taken on statement 10/31",
            "used on 11/15 inv",
            "already on acct",
            "Short-paid",
        ),
        *("descontado en pago 11/20", "ya se le pagó", "pagado con cheque 221", "cliente ya descontó"),
        *("mit Zahlung vom 12.11. verrechnet", "mit RE 4411 verrechnet", "auf Rechnung 4411 angerechnet"),
        *("wurde mit RE 4411 verrechnet", "bereits mit RE 4411 verrechnet", "met factuur 4411 verrekend"),
        *("offset against inv 4411", "set off against inv 4411", "was applied to inv 4411", "netted on pmt"),
        *("has been applied to inv 4411", "se aplicó a factura 4411", "aplicado contra factura 4411"),
        *("fue aplicado a la factura 4411", "foi abatido da fatura 4411", "compensado com fatura 4411"),
        *("avec facture 4411 compensé", "déduit de la facture 4411", "detratto dalla fattura 4411"),
        *("schon abgezogen", "Kunde hat abgezogen", "al betaald", "déjà déduit", "già pagato", "já pago"),
        *(
            "already posted in QB",
            "check mailed",
            "cust short-pd inv 881",
            "took credit on last pmt",
            "transferencia enviada 12/11",
            "überwiesen am 12.11.",
        ),
    ],
)
def test_a_note_says_that_the_customer_has_the_credit(note: str) -> None:
    assert says_paid_out(note)


@pytest.mark.parametrize(
    "note",
    [
        *("", "late truck", "paid freight twice", "paid ck 1022 twice", "refunded freight 12.50", "Refund"),
        *("already open flowers", "already used boxes", "ya abiertas las rosas", "used 2 stems for a sample"),
        *("customer took 2 boxes less", "customer refused 3 boxes", "credited price difference"),
        *("booked on 11/20 AA flight", "taken to wrong dock 11/12", "cleared customs late 11/12"),
        *("check returned by bank", "bank holiday delay", "transfer delay Miami", "pago doble factura 88"),
        *("Fracht doppelt mit RE 4411 verrechnet", "Rabatt nicht mit RE 4411 verrechnet", "was used to pad"),
        *(
            "mit RE 4411 falsch berechnet",
            "mit Rechnung 4411 zu viel verrechnet",
            "discount applied to inv 1",
        ),
        *("wrong discount applied to inv 4411", "duty was applied to inv 4411", "in transit 3 days"),
        *("flete cobrado en factura 4411", "con factura 4411 no llegó", "in rechnung 4411 falscher Preis"),
        *("credited re wrong stems", "te veel verrekend op factuur 4411", "frais déduits deux fois"),
        *("Kunde verweigerte Annahme", "le client a refusé", "al cliente le faltaron 2 cajas"),
    ],
)
def test_a_note_that_tells_of_payments_why_there_is_a_credit_says_no_such_thing(note: str) -> None:
    assert not says_paid_out(note)


def test_such_a_note_holds_its_row_in_whatever_column_it_stands():
    seen = arrange_of("Remark 2", "pd ck 1022", "late truck", "paid freight twice")
    assert seen.voided == {0: "Remark 2"}


def arrange_of(heading: str, *notes: str):
    rows = [f"Customer Code | Credit # | Credit Date | Credit Balance | Comments | {heading}"]
    rows += [f"FL200 | C{n} | 2026-11-03 | {n + 5} | x | {note}" for n, note in enumerate(notes)]
    return arrange(sheet("\n".join(rows)), found("\n".join(rows)), OPEN_CREDITS)


@pytest.mark.parametrize(
    "note", ["refund check sent", "Refund ck 1022 mailed", "pagado en efectivo", "Offset against AP"]
)
def test_a_note_says_that_money_went_another_way(note: str) -> None:
    assert says_paid_out(note)


@pytest.mark.parametrize(
    "note", ["bar code missing", "cash discount", "efectivo", "devuelto", "ap", "refund"]
)
def test_a_word_of_such_a_note_alone_says_no_such_thing(note: str) -> None:
    assert not says_paid_out(note)
