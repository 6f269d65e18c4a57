"""How people say in a note that a customer has a credit already: it was paid out, or taken off a payment.
Flat lists for all languages, as in `marks`.
"""

from komet_import.types.languages import said

SPENT = said("""
    paid, pd, refunded, reimbursed, wired, remitted, deducted, short paid, shortpaid, taken, took, used,
    applied, credited, settled, offset, set off, netted, withheld, short pd, cashed, cleared, pagado,
    pagada, pagó, pago, descontado, descontada, descontó, deducido, deducida, dedujo, tomado, tomada,
    tomó, usado, usada, usó, aplicado, aplicada, acreditado, acreditada, abonado, abonada, reembolsado,
    reembolsada, girado, transferido, compensado, cobrado, cobrada, abatido, abatida, deduzido, deduzida,
    creditado, creditada, utilizado, utilizada, bezahlt, gezahlt, überwiesen, abgezogen, einbehalten,
    verrechnet, erstattet, gutgeschrieben, eingelöst, gekürzt, betaald, overgemaakt, afgetrokken,
    ingehouden, verrekend, terugbetaald, gecrediteerd, payé, payée, réglé, réglée, viré, virée, déduit,
    déduite, remboursé, remboursée, imputé, imputée, crédité, créditée, utilisé, utilisée, compensé,
    pagato, pagata, dedotto, dedotta, scalato, scalata, detratto, detratta, trattenuto, angerechnet,
    aplicó, compensó, rimborsato, rimborsata, compensato, compensata, accreditato, accreditata,
    bonificato, utilizzato, utilizzata
""")
"""What happened to it."""

STOOD = said("""
    posted, entered, booked, imported, registrado, registrada, contabilizado, contabilizada, ingresado,
    ingresada, lançado, lançada, gebucht, erfasst, geboekt, ingevoerd, comptabilisé, saisi, registrato,
    registrata
""")
"""What happened to it as well, where `already` stands before it."""

KEPT = said("""
    deducted, short paid, short pd, shortpaid, withheld, descontó, descuenta, dedujo, descontou, deduziu,
    abgezogen, einbehalten, gekürzt, ingehouden, afgetrokken, a déduit, ha dedotto, ha detratto, ha
    trattenuto
""")
"""What a customer did where nothing else need be said: `Customer deducted`."""

SPENT_ALREADY = said("already, ya, já, déjà, bereits, schon, reeds, al, già")
BETWEEN = said("""
    been, was, it, se, le, lo, se le, se lo, fue, foi, lhe, été, worden, wurde, stato, stata, è, ist
""")
"""What may stand between that and what happened: `ya se le pagó`."""
STANDS = said("""
    on acct, on account, on their account, on the account, on his account, on statement, on the statement,
    on file, on the books, on books, in system, in the system, in komet, in qb, in quickbooks, in sap, in
    cuenta, en cuenta, en la cuenta, en el sistema, en sistema, na conta, no sistema, sur compte, sur le
    compte, auf konto, auf dem konto, im system, op rekening, in het systeem, sul conto, a sistema, in conto
""")
"""Where it stands already."""

THEM = said("""
    customer, cust, client, cliente, kunde, klant, le client, il cliente, el cliente, o cliente, der kunde,
    de klant, they
""")
HAVE = said("has, have, had, hat, heeft, a, ha, ya, já, already, déjà, già, schon, bereits, reeds, al")

PAYMENTS = said("""
    ck, chk, chq, check, cheque, checks, ach, wire, eft, zelle, pmt, pmts, payment, payments, remittance,
    remit, stmt, statement, card, cash, bank, ap, a/p, payables, efectivo, dinheiro, espèces, bar, contant,
    contanti, transfer, trf, pago, pagos, transferencia, transf, zahlung, überweisung, scheck, betaling,
    overschrijving, paiement, règlement, virement, chèque, pagamento, pagamenti, bonifico, assegno, relevé,
    estado de cuenta, kontoauszug, extrato
""")
"""With or in what."""
BY_MEANS_OF = said("""
    mit, gegen, auf, von, bei, in, met, tegen, op, van, bij, avec, sur, contre, con, contra, en, com, na,
    no, su
""")
"""What begins a note of which the verb comes last: `mit Zahlung vom 12.11. verrechnet`."""
INVOICED = said("inv, invoice, invoices, factura, fact, fatura, facture, rechnung, factuur, fattura")
"""In what, where a word stands before it: `Paid invoice 881` speaks of the customer's debt."""

CONNECTED = said("""
    credit, it, a, à, contra, contre, gegen, tegen, dalla, della, da, on, from, in, off, of, by, via,
    with, w, against, at, the, their, his, her, its, last, next, out, to, it, con, en, de, del, por, el,
    la, su, último, com, em, no, na, do, da, pelo, avec, sur, par, le, du, sa, son, mit, per, auf, von,
    vom, am, bei, der, letzten, met, op, van, bij, via, di, dal, nel, il, sul, al
""")
"""What may stand between what happened and that."""

SENT = said("""
    sent, issued, mailed, cut, made, processed, enviado, enviada, emitido, emitida, hecho,
    hecha, realizado, realizada, procesado, feito, feita, gesendet, verschickt, ausgestellt, veranlasst,
    verstuurd, gedaan, envoyé, émis, effectué, inviato, emesso, fatto, effettuato
""")
REFUND = said("""
    refund, reembolso, remboursement, erstattung, rückzahlung, terugbetaling, rimborso, ck, chk, check,
    cheque, wire, ach, payment, pmt, transferencia, transfer, scheck, überweisung, virement, chèque,
    bonifico, assegno
""")
"""What was sent to whom a credit is owed: `Ck 1022 sent`, `Refund issued 11/14`."""

TWICE = said("""
    twice, double, doubled, 2x, x2, two times, over, dos veces, doble, duas vezes, em dobro, deux fois,
    zweimal, doppelt, tweemaal, twee keer, dubbel, due volte, doppio, late fee, interest, freight, flete,
    frete, fracht, vracht, fret, trasporto
""")
"""Beside these a payment is why there is a credit: `Paid ck 1022 twice`."""
