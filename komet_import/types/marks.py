"""Columns that change what a row means, and what stands in them: the words of papers, sides, states.

A heading alone proves little (`Type` may be a kind of shop): a column is such a mark where its values are
words of it as well (`sheets.layout.modifiers`).
"""

import re
from collections.abc import Mapping

from komet_import.types.languages import BALANCES, DE, EN, ES, FR, NL, PAPERS, PT, SHORT, Paper, Said


def _said(phrases: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in phrases.split(",") if phrase.strip())


CURRENCY_HEADINGS: Said = {
    EN: _said("currency, curr, cur, ccy, crcy, curr code, cur code, ccy code, iso"),
    ES: _said("moneda, divisa, mon, mda, cod mon"),
    PT: _said("moeda"),
    FR: _said("devise, monnaie, dev, code dev"),
    DE: _said("währung, waehrung, whg, wäh, waehr, währ, wrg"),
    NL: _said("munteenheid, valuta, val, munt"),
}
CURRENCY_STEMS = ("currency", "moneda", "divisa", "moeda", "devise", "monnaie", "wahrung", "waehrung",
                  "belegwahrung", "hauswahrung", "valuta", "munt")  # fmt: skip
"""A heading with a word that begins so says currencies, whatever goes with it: `Währungsnr.`."""
CURRENCY_MONEY = frozenset(
    _said("""
        amount, amt, importe, monto, valor, betrag, wert, montant, bedrag, total, balance, saldo, solde, rate,
        factor, kurs, koers, gain, loss, cambio, taux, taxa, tasa, base, wahrungsbetrag, wahrungskurs,
        wahrungswert, valutabedrag, valutakoers, value, price, credit, debit, open, net, gross
    """)
)
"""Words of a heading that with these are amounts in a currency, or its rate."""

RATE_HEADINGS: Said = {
    EN: _said("exchange rate, currency rate, fx rate, ex rate, currency factor, conversion rate"),
    ES: _said("tipo cambio, tasa cambio, trm, tc"),
    PT: _said("taxa câmbio, câmbio"),
    FR: _said("taux change, cours"),
    DE: _said("wechselkurs, umrechnungskurs, kurs"),
    NL: _said("wisselkoers, koers"),
}
"""What another currency was worth: an amount beside a rate that is not 1 may be in that currency."""

SIDE_HEADINGS: Said = {
    EN: _said("""
        d c, c d, dc, cd, dr cr, cr dr, drcr, crdr, debit credit, credit debit, debit credit indicator,
        d c indicator, dc indicator, d c ind, dr cr indicator, indicator, sign, side, posting key,
        debit credit mark, entry side
    """),
    ES: _said("""
        debe haber, d h, signo, naturaleza, débito crédito, cargo abono, indicador, db cr, dh
    """),
    PT: _said("débito crédito, sinal, natureza"),
    FR: _said("sens, débit crédit, signe"),
    DE: _said("""
        soll haben, s h, sh, soll haben kennzeichen, s h kennzeichen, sh kennzeichen, vorzeichen
    """),
    NL: _said("debet credit, teken, dc"),
}

SIDES: Mapping[Paper, tuple[str, ...]] = {
    Paper.CREDIT: _said("""
        c, cr, h, credit, credits, crédito, créditos, crédit, haber, haben, abono, acreedor, credor,
        kredit
    """),
    Paper.DEBIT: _said("""
        d, dr, db, s, debit, debits, débito, débitos, débit, debe, soll, cargo, deudor, devedor, debet
    """),
}
"""The marks of the two sides."""

PLUS_MINUS = frozenset({"+", "-", "−", "–"})
"""Marks of a side that say nothing about which side it is."""

OWN_SIDE: Mapping[Paper, Said] = {
    Paper.CREDIT: {
        EN: _said("""
            credit, credits, cr, credit amt, credit amount, amount credit, credit lc
        """),
        ES: _said("crédito, créditos, haber, abono, abonos, importe haber, importe crédito"),
        PT: _said("crédito, créditos, valor crédito"),
        FR: _said("crédit, crédits, montant crédit"),
        DE: _said("haben, habenbetrag, haben betrag, kredit, betrag haben"),
        NL: _said("credit, creditbedrag"),
    },
    Paper.DEBIT: {
        EN: _said("""
            debit, debits, dr, debit amt, debit amount, amount debit, debit lc, charges, charge
        """),
        ES: _said("débito, débitos, debe, cargo, cargos, importe debe, importe débito"),
        PT: _said("débito, débitos, valor débito"),
        FR: _said("débit, débits, montant débit"),
        DE: _said("soll, sollbetrag, soll betrag, betrag soll"),
        NL: _said("debet, debetbedrag"),
    },
}
"""The headings of a pair of amount columns, one for each side of the balance."""

KIND_HEADINGS: Said = {
    EN: _said("""
        type, kind, doc type, document type, transaction type, trans type, tran type, txn type,
        entry type, voucher type, record type, source, src, source type, journal type, invoice type,
        memo type, class, transaction, trx type, activity, document, document kind, item type, move type,
        t, ty, trans code, transaction code, type code, doc type code, trans type code, doc
    """),
    ES: _said("""
        tipo, tipo documento, tipo doc, tipo transacción, tipo comprobante, tipo movimiento, clase,
        movimiento, clase documento, documento, comprobante
    """),
    PT: _said("tipo, tipo documento, tipo doc, tipo lançamento, espécie, documento"),
    FR: _said("type, type document, type pièce, nature, type écriture, type opération, document"),
    DE: _said("""
        typ, art, belegart, belegtyp, dokumentart, dokumenttyp, vorgang, vorgangsart, buchungsart
    """),
    NL: _said("""
        type, soort, documentsoort, documenttype, boekingstype, transactietype, soort document
    """),
}

KINDS: Mapping[Paper, tuple[str, ...]] = {
    Paper.CREDIT: _said("""
        credit, credits, credit balance, cr, sales credit memo, sales credit note, sales credit,
        customer credit, customer credit memo, customer credit note, ar credit memo, ar credit note,
        a/r credit memo, credit invoice, receivable credit note, accounts receivable credit note,
        accreccredit, custcred, sc, dg, out_refund, out refund, customer refund credit, sales return,
        return credit, credit memos, credit notes, arcm, arcr, arcn, crédito, nota crédito cliente,
        nota de crédito electrónica, gutschriften, kundengutschrift, avoir client, verkoopcreditnota,
        credit memorandum
    """),
    Paper.INVOICE: _said("""
        arinv, invoices, sales invoice, customer invoice, ar invoice, a/r invoice, receivable invoice, accrec,
        custinvc, si, in, sin, out_invoice, out invoice, tax invoice, accounts receivable invoice,
        factura de venta, factura electrónica, ausgangsrechnung, facture client, facturen,
        fatura de venda, rechnungen, fa, ft
    """),
    Paper.PAYMENT: _said("""
        arpmt, arpay, payments, customer payment, payment entry, custpymt, dz, py, pi, sa, rct, receipts,
        payment on account, deposit, customer deposit, prepayment, overpayment, cash receipt,
        sales receipt, anticipo, abono a cuenta, anzahlung, acompte, adiantamento, vooruitbetaling
    """),
    Paper.DEBIT: _said("""
        debit, debits, dr, dm, debit adjustment, finance charge, finance charge memo, cargo
    """),
    Paper.OTHER: _said("""
        journal, journal entry, general journal, je, gj, jv, journal voucher, adjustment, adj, write off,
        writeoff, refund, customer refund, void, opening balance, beginning balance, balance forward,
        statement charge, bill, bill payment, expense, transfer, reversal, reminder, estimate, quote,
        quotation, sales order, order, asiento, abono, ajuste, devolución, reembolso, apertura,
        lançamento, ajustement, remboursement, écriture, buchung, umbuchung, ausgleich, erstattung,
        correctie, memoriaal, return
    """),
}
"""What stands in such a column, beside the full and short names of papers."""

STATUS_HEADINGS: Said = {
    EN: _said("""
        status, state, doc status, document status, payment status, credit status, transaction status,
        invoice status, posting status, apply status, application status, payment state
    """),
    ES: _said("estado, estatus, situación, estado documento, estado pago"),
    PT: _said("situação, estado, status"),
    FR: _said("statut, état"),
    DE: _said("status, zustand, belegstatus, zahlungsstatus"),
    NL: _said("status, toestand, betaalstatus"),
}

STATES_OPEN = frozenset(
    _said("""
        open, o, unapplied, not applied, outstanding, available, unpaid, not paid, unused, active,
        open credit, awaiting payment, authorised, authorized, abierto, abierta, abiertos, disponible,
        sin aplicar, no aplicado, por aplicar, vigente, aberto, aberta, em aberto, não aplicado,
        disponível, ouvert, ouverte, non soldé, non appliqué, offen, offene, verfügbar,
        nicht ausgeglichen, openstaand, niet toegepast, beschikbaar
    """)
)
"""States in which a paper is certainly still open."""

STATES_OTHER = frozenset(
    _said("""
        void, voided, applied, fully applied, partially applied, partly applied, partial, partially paid,
        part paid, partially open, partially used, closed, paid, paid in full, cancelled, canceled,
        deleted, reversed, draft, pending, pending approval, on hold, hold, rejected, expired, used,
        used up, settled, cleared, written off, refunded, submitted, posted, unposted, not posted,
        in payment, return, credit note issued, overdue, inactive, disputed, approved, not approved,
        denied, new, completed, in process, processing, reconciled, archived, fully used, released,
        transferred, anulado, anulada, aplicado, aplicada, aplicado parcial, parcial, cerrado, cerrada,
        pagado, pagada, cancelado, cancelada, borrador, pendiente, rechazado, vencido, usado, usada,
        cruzado, conciliado, contabilizado, anulada parcial, fechado, pago, paga, rascunho, pendente,
        estornado, quitado, liquidado, baixado, annulé, annulée, appliqué, soldé, payé, payée, clos,
        clôturé, brouillon, en attente, lettré, remboursé, storniert, storno, ausgeglichen, geschlossen,
        bezahlt, teilweise bezahlt, entwurf, gesperrt, erledigt, verrechnet, teilweise ausgeglichen,
        gebucht, abgeschlossen, geannuleerd, toegepast, gesloten, betaald, concept, afgeletterd,
        vervallen, verrekend
    """)
)
"""States in which it may be something else."""

FLAGS_AGAINST: Said = {
    EN: _said("""
        void, voided, is void, cancelled, canceled, is cancelled, deleted, reversed, closed, paid,
        cleared, applied, is applied, settled, inactive, written off, on hold, hold, disputed, draft,
        is draft, fully applied
    """),
    ES: _said("anulado, anulada, cancelado, cerrado, pagado, aplicado, borrado, reversado"),
    PT: _said("anulado, cancelado, fechado, pago, aplicado, estornado"),
    FR: _said("annulé, clos, payé, lettré, appliqué, soldé"),
    DE: _said("""
        storniert, storno, geschlossen, bezahlt, ausgeglichen, gelöscht, gesperrt, annulliert, erledigt,
        verrechnet, abgeschlossen, ungültig
    """),
    NL: _said("geannuleerd, gesloten, betaald, verrekend, afgeletterd, vervallen, verwijderd, geblokkeerd"),
}
"""Headings of boxes that, when ticked, say that a row does not count."""

CLEARED_HEADINGS: Said = {
    EN: _said("""
        clearing date, clearing document, clearing doc, clearing number, clearing entry, clrng doc,
        cleared on, date cleared, cleared date, cleared by, voided on, void date, date voided, voided by,
        void reason, cancelled on, canceled on, cancellation date, cancelled by, closed on, closed date,
        date closed, closed at date, closed by entry number, applied to, apply to, applies to,
        applied to invoice, applies to invoice, applied on, applied date, date applied, applied against,
        invoice applied to, applied invoice, invoice number applied, reversed by, reversal date,
        reversal document, reversed with, reversed on, settled on, settlement date, matched with,
        matching number, matching, reconciled with, reconciliation number, fully paid on, written off on,
        paid on, paid date, date paid, paid off on, date settled, written off date
    """),
    ES: _said("""
        fecha anulación, anulado el, fecha cancelación, fecha compensación, documento compensación,
        doc compensación, compensado con, aplicado a, aplicado en, fecha aplicación, factura aplicada,
        fecha cierre, cruzado con, cruce, documento cruce, fecha cruce, conciliado con, reversado por,
        motivo anulación, pagado el, fecha pagado, cancelado el, liquidado el
    """),
    PT: _said("""
        data cancelamento, cancelado em, data compensação, documento compensação, data baixa, baixado em,
        aplicado em, data aplicação, estornado por, data estorno, documento estorno, pago em, data pagamento,
        quitado em, liquidado em
    """),
    FR: _said("""
        lettrage, lettre, date lettrage, code lettrage, lettré avec, date annulation, annulé le,
        date rapprochement, rapproché avec, imputé sur, appliqué à, facture imputée, soldé le, date solde,
        payé le, réglé le, date règlement, encaissé le
    """),
    DE: _said("""
        ausgleichsbeleg, ausgleichsdatum, ausgleich, ausgleichsbelegnummer, ausgleichsnummer,
        ausgeglichen am, ausgeglichen mit, stornodatum, storniert am, storniert mit, stornobeleg,
        storno beleg, verrechnet mit, verrechnet am, geschlossen am, erledigt am, bezahlt am, beglichen am,
        gezahlt am
    """),
    NL: _said("""
        afletternummer, afgeletterd op, aflettering, afletteren, geannuleerd op, annuleringsdatum,
        verrekend met, verrekend op, gesloten op, afgesloten op, betaald op, voldaan op, tegenboeking
    """),
}
"""Headings of what settled, voided or used up a row: its day, its document. Blank: nothing has."""

VOID_WORDS = _said("""
    void, voided, cancelled, canceled, anulado, anulada, anulados, anuladas, cancelado, cancelada, nulo, nula,
    sin efecto, sem efeito, estornado, estornada, reversado, reversada, annulé, annulée, extourné, extournée,
    storniert, storno, annulliert, ungültig, geannuleerd, vervallen, deleted, reversed, eliminado, eliminada,
    gelöscht, verwijderd
""")
"""Words with which people mark that a row no longer counts: as a note, in front of one, beside a number."""

VOID_FOLLOWED_BY = _said("""
    by, per, on, in error, due to, as of, see, duplicate, duplicated, entered, reissued, por, el, según,
    duplicado, duplicada, ver, pelo, pela, par, le, suite, pour, von, am, wegen, durch, vom, doppelt, door,
    op, wegens
""")
"""What goes on after such a word where it is about the row: who did it, when, why."""

FLAGS_FOR: Said = {
    EN: _said("open, is open, posted, valid"),
    ES: _said("abierto, abierta, vigente"),
    PT: _said("aberto"),
    FR: _said("ouvert"),
    DE: _said("offen"),
    NL: _said("openstaand"),
}
"""Headings of boxes that, when not ticked, say so."""

RETURN_FLAGS: Said = {
    EN: _said("is return, is credit note, is credit memo, is credit"),
    ES: _said("es devolución"),
}
"""Headings of boxes that, when ticked, say that a row is a credit."""

YES = frozenset(
    _said("""
        yes, y, true, 1, x, ✓, ✔, ☑, on, sí, si, s, verdadero, sim, verdadeiro, oui, o, vrai, ja, j, wahr,
        waar
    """)
)
NO = frozenset(
    _said("""
    no, n, false, 0, off, falso, não, nao, non, faux, nein, falsch, nee, onwaar, ☐, ✗
""")
)

APPLIED_HEADINGS: Said = {
    EN: _said("""
        applied, applied amount, amount applied, applied credit, credit applied, credits applied, used,
        used amount, amount used, paid, amount paid, paid amount, redeemed, payments applied,
        applied total, total applied
    """),
    ES: _said("""
        aplicado, importe aplicado, monto aplicado, valor aplicado, usado, pagado, valor usado
    """),
    PT: _said("aplicado, valor aplicado, utilizado, valor utilizado, pago, valor pago"),
    FR: _said("""
        appliqué, montant appliqué, utilisé, montant utilisé, réglé, montant réglé, imputé
    """),
    DE: _said("""
        verrechnet, verrechneter betrag, ausgeglichener betrag, bezahlt, gezahlt, bezahlter betrag
    """),
    NL: _said("verrekend, verrekend bedrag, toegepast bedrag, betaald, betaald bedrag"),
}
"""Amounts of which a row is already spent: the whole is not what is left."""

TAX_HEADINGS: Said = {
    EN: _said("""
        tax, tax amount, sales tax, vat, vat amount, gst, hst, total tax, amount tax, tax total,
        gst amount
    """),
    ES: _said("iva, impuesto, impuestos, importe iva, valor iva, monto iva, igv, itbis"),
    PT: _said("imposto, impostos, icms, iva"),
    FR: _said("tva, taxe, taxes, montant tva"),
    DE: _said("""
        mwst, ust, steuer, steuerbetrag, mehrwertsteuer, umsatzsteuer, mwst betrag, ust betrag
    """),
    NL: _said("btw, btw bedrag, belasting"),
}
"""Amounts that may come on top."""


COUNTS = frozenset(
    _said("""
        number, code, codigo, cod, id, ref, reference, qty, quantity, count, phone, zip, days, day, year,
        month, week, line, row, page, item, items, unit, units, pcs, pieces, piece, box, boxes, stems, stem,
        bunch, bunches, case, cases, pallet, pallets, weight, kg, kilos, lb, lbs, volume, cbm, rate, price,
        hours, hrs, temp, percent, pct, percentage, score, age, terms, rank, priority, limit,
        discount, disc, freight, cost,
        cantidad, cant, caja, cajas, tallo, tallos, ramo, ramos, pieza, piezas, unidad, unidades, bulto,
        bultos, peso, volumen, dia, dias, ano, mes, semana, linea, fila, pagina, plazo, tasa, precio,
        porcentaje, limite, cupo, descuento, dto, flete, costo, coste,
        quantidade, qtd, qtde, caixa, caixas, haste, hastes, peca, pecas, unidade, linha, preco, percentual,
        desconto, frete, custo,
        quantite, qte, carton, cartons, tige, tiges, botte, bottes, unite, unites, poids, jour, jours, annee,
        ligne, taux, prix, pourcentage, plafond, remise, cout,
        menge, anzahl, stuck, karton, kartons, stiel, stiele, bund, einheit, einheiten, gewicht, tag, tage,
        jahr, monat, woche, zeile, seite, satz, preis, prozent, rabatt, fracht, kosten,
        aantal, doos, dozen, steel, stelen, bos, bossen, stuks, dag, dagen, jaar, maand, regel, prijs,
        procent, korting, vracht
    """)
)
"""Words of a heading (as `headings.words` gives them) whose numbers count, weigh, price or name something."""

_MONEY_WORDS = frozenset(
    _said("""
        amount, amt, value, balance, importe, monto, valor, saldo, montante, montant, valeur, solde, betrag,
        wert, summe, bedrag, waarde, net, neto, netto, gross, bruto, brutto
    """)
)

_FIGURES = r"\d{1,3}"
_AGE = re.compile(
    rf"""
    [<>≤≥]?\s*{_FIGURES}\s*(?:[-–—]|to|a|à|e|bis|tot|hasta|até|al)\s*{_FIGURES}\b
    | (?:[<>≤≥]|\b(?:over|above|más\ de|mas\ de|mayor\ a|mais\ de|acima\ de|plus\ de|über|mehr\ als
        |meer\ dan|boven)\s)\s*{_FIGURES}\b
    | \b{_FIGURES}\s*\+
    | ^\W*(?:days|días|dias|tage|jours|dagen)?\s*\d{{2,3}}\s*(?:days?|d[ií]as?|jours?|tage?|dagen|d)?\W*$
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_count(heading: tuple[str, ...]) -> bool:
    """Whether the words of a heading say that its numbers count or name something, so that they are no
    money."""
    return not COUNTS.isdisjoint(heading) and _MONEY_WORDS.isdisjoint(heading)


def is_age(text: str) -> bool:
    """Whether a heading is of an ageing: how many days an amount has been open (`31-60`, `Over 90`)."""
    return len(text) <= 40 and _AGE.search(text) is not None


def names_of(paper: Paper) -> tuple[str, ...]:
    """Every word and mark that says this paper in a column of kinds."""
    found = [*KINDS.get(paper, ())]
    for table in (PAPERS, SHORT):
        found += [name for names in table.get(paper, {}).values() for name in names]
    return tuple(dict.fromkeys(found))


def words_of_side(paper: Paper) -> Said:
    """What an amount column of this side of the balance is called."""
    side = OWN_SIDE.get(paper, {})
    plain_words = BALANCES.get(paper, {})
    return {
        language: (*side.get(language, ()), *plain_words.get(language, ()))
        for language in dict.fromkeys([*side, *plain_words])
    }
