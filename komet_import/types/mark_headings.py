"""Headings of the columns that change what a row means, in each language.

A heading alone proves little (`Type` may be a kind of shop): a column is such a mark where its values are
words of it as well (`marks`, `sheets.layout.modifiers.modifier_search`).
"""

from collections.abc import Mapping

from komet_import.types.languages import BALANCES, DE, EN, ES, FR, IT, NL, PT, Paper, Said, said

CURRENCY_HEADINGS: Said = {
    EN: said("currency, curr, cur, ccy, crcy, curr code, cur code, ccy code, iso"),
    ES: said("moneda, divisa, mon, mda, cod mon"),
    PT: said("moeda"),
    FR: said("devise, monnaie, dev, code dev"),
    DE: said("währung, waehrung, whg, wäh, waehr, währ, wrg"),
    NL: said("munteenheid, valuta, val, munt"),
    IT: said("valuta, divisa, val"),
}

CURRENCY_STEMS = ("currency", "moneda", "divisa", "moeda", "devise", "monnaie", "wahrung", "waehrung",
                  "belegwahrung", "hauswahrung", "valuta", "munt")  # fmt: skip
"""A heading with a word that begins so says currencies, whatever goes with it: `Währungsnr.`."""

CURRENCY_MONEY = frozenset(
    said("""
        amount, amt, importe, monto, valor, betrag, wert, montant, bedrag, total, balance, saldo, solde, rate,
        factor, kurs, koers, gain, loss, cambio, taux, taxa, tasa, base, wahrungsbetrag, wahrungskurs,
        wahrungswert, valutabedrag, valutakoers, value, price, credit, debit, open, net, gross, importo
    """)
)
"""Words of a heading that with these are amounts in a currency, or its rate."""

RATE_HEADINGS: Said = {
    EN: said("""
        exchange rate, currency rate, fx rate, ex rate, exch rate, fx, roe, currency factor, conversion rate
    """),
    ES: said("tipo cambio, tasa cambio, tasa, trm, tc, cotización, paridad"),
    PT: said("taxa câmbio, câmbio"),
    FR: said("taux change, cours"),
    DE: said("wechselkurs, umrechnungskurs, kurs"),
    NL: said("wisselkoers, koers"),
    IT: said("cambio, tasso cambio, tasso"),
}
"""What another currency was worth: an amount beside a rate that is not 1 may be in that currency."""

SIDE_HEADINGS: Said = {
    EN: said("""
        d c, c d, dc, cd, dr cr, cr dr, drcr, crdr, debit credit, credit debit, debit credit indicator,
        d c indicator, dc indicator, d c ind, dr cr indicator, indicator, sign, side, posting key,
        debit credit mark, entry side
    """),
    ES: said("""
        debe haber, d h, signo, naturaleza, débito crédito, cargo abono, indicador, db cr, dh
    """),
    PT: said("débito crédito, sinal, natureza"),
    FR: said("sens, débit crédit, signe"),
    DE: said("""
        soll haben, s h, sh, soll haben kennzeichen, s h kennzeichen, sh kennzeichen, vorzeichen
    """),
    NL: said("debet credit, teken, dc"),
    IT: said("dare avere, segno, d a, da"),
}

OWN_SIDE: Mapping[Paper, Said] = {
    Paper.CREDIT: {
        EN: said("""
            credit, credits, cr, credit amt, credit amount, amount credit, credit lc
        """),
        ES: said("crédito, créditos, haber, abono, abonos, importe haber, importe crédito"),
        PT: said("crédito, créditos, valor crédito"),
        FR: said("crédit, crédits, montant crédit"),
        DE: said("haben, habenbetrag, haben betrag, kredit, betrag haben"),
        NL: said("credit, creditbedrag"),
        IT: said("avere, importo avere, credito, crediti"),
    },
    Paper.DEBIT: {
        EN: said("""
            debit, debits, dr, debit amt, debit amount, amount debit, debit lc, charges, charge
        """),
        ES: said("débito, débitos, debe, cargo, cargos, importe debe, importe débito"),
        PT: said("débito, débitos, valor débito"),
        FR: said("débit, débits, montant débit"),
        DE: said("soll, sollbetrag, soll betrag, betrag soll"),
        NL: said("debet, debetbedrag"),
        IT: said("dare, importo dare, debito, debiti"),
    },
}
"""The headings of a pair of amount columns, one for each side of the balance."""

KIND_HEADINGS: Said = {
    EN: said("""
        type, kind, doc type, document type, transaction type, trans type, tran type, txn type,
        entry type, voucher type, record type, source, src, source type, journal type, invoice type,
        memo type, class, transaction, trx type, activity, document, document kind, item type, move type,
        t, ty, trans code, transaction code, type code, doc type code, trans type code, doc
    """),
    ES: said("""
        tipo, tipo documento, tipo doc, tipo transacción, tipo comprobante, tipo movimiento, clase,
        movimiento, clase documento, documento, comprobante
    """),
    PT: said("tipo, tipo documento, tipo doc, tipo lançamento, espécie, documento"),
    FR: said("type, type document, type pièce, nature, type écriture, type opération, document"),
    DE: said("""
        typ, art, belegart, belegtyp, dokumentart, dokumenttyp, vorgang, vorgangsart, buchungsart
    """),
    NL: said("""
        type, soort, documentsoort, documenttype, boekingstype, transactietype, soort document
    """),
    IT: said("tipo, tipo documento, tipo doc, tipologia, causale, documento"),
}

STATUS_HEADINGS: Said = {
    EN: said("""
        status, state, doc status, docstatus, document status, payment status, credit status,
        transaction status, invoice status, posting status, apply status, application status, payment state,
        stat, sts
    """),
    ES: said("estado, estatus, situación, estado documento, estado pago"),
    PT: said("situação, estado, status"),
    FR: said("statut, état"),
    DE: said("status, zustand, belegstatus, zahlungsstatus"),
    NL: said("status, toestand, betaalstatus"),
    IT: said("stato, situazione, stato documento, stato pagamento"),
}

EXPIRY_HEADINGS: Said = {
    EN: said("""
        expires, expires on, expires at, expiry, expiry date, expiration, expiration date, exp date, exp,
        valid until, valid till, valid to, valid through, valid thru, good until, good through, use by,
        use before, redeem by, end of validity, lapses on
    """),
    ES: said("""
        vence, vence el, expira, expira el, expiración, fecha expiración, caduca, caduca el, caducidad,
        fecha caducidad, válido hasta, válida hasta, vigente hasta, vigencia, vigencia hasta, fecha vigencia
    """),
    PT: said("vence, vence em, expira, expira em, validade, data validade, válido até, válida até"),
    FR: said("""
        expire, expire le, expiration, date expiration, date d'expiration, valable jusque, valable jusqu'au,
        valide jusque, valide jusqu'au, fin validité, date validité, péremption
    """),
    DE: said("""
        gültig bis, gueltig bis, ablauf, ablaufdatum, läuft ab, läuft ab am, verfällt, verfällt am, verfall,
        verfalldatum, verfallsdatum, einlösbar bis
    """),
    NL: said("geldig tot, geldig t/m, verloopt, verloopt op, vervaldag, houdbaar tot, einddatum geldigheid"),
    IT: said("scade, scade il, data scadenza validità, valido fino, valida fino, validità"),
}
"""Headings of the last day on which a credit counts."""

APPLIED_HEADINGS: Said = {
    EN: said("""
        applied, applied amount, amount applied, applied credit, credit applied, credits applied, used,
        used amount, amount used, paid, amount paid, paid amount, redeemed, payments applied,
        applied total, total applied, redeemed amount, amount redeemed, refunded, refunded amount, amount
        refunded, consumed, consumed amount, settled amount, amount settled, taken, amount taken, deducted,
        amount deducted, allocated, allocated amount, credits used, credit used
    """),
    ES: said("""
        aplicado, importe aplicado, monto aplicado, valor aplicado, usado, pagado, valor usado, monto usado,
        monto pagado, valor pagado, utilizado, valor utilizado, consumido, valor consumido, monto consumido,
        redimido, descontado, reembolsado, monto reembolsado, compensado, cruzado, valor cruzado
    """),
    PT: said("aplicado, valor aplicado, utilizado, valor utilizado, pago, valor pago, abatido, compensado"),
    FR: said("""
        appliqué, montant appliqué, utilisé, montant utilisé, réglé, montant réglé, imputé, montant imputé,
        consommé, montant consommé, remboursé, montant remboursé
    """),
    DE: said("""
        verrechnet, verrechneter betrag, ausgeglichener betrag, bezahlt, gezahlt, bezahlter betrag,
        eingelöst, eingelöster betrag, verbraucht, erstattet, erstatteter betrag, genutzt
    """),
    NL: said(
        "verrekend, verrekend bedrag, toegepast bedrag, betaald, betaald bedrag, gebruikt, terugbetaald"
    ),
    IT: said("""
        applicato, importo applicato, utilizzato, importo utilizzato, compensato, pagato, importo pagato,
        usato, importo usato, rimborsato, importo rimborsato, importo compensato
    """),
}
"""Amounts of which a row is already spent: the whole is not what is left."""

TAX_HEADINGS: Said = {
    EN: said("""
        tax, tax amount, sales tax, vat, vat amount, gst, hst, total tax, amount tax, tax total,
        gst amount, discount, discount amount, commission, commission amount, fee, fees, restocking fee,
        handling fee, withholding, withholding tax, retention, deduction, deductions, adjustment, adjustments
    """),
    ES: said("""
        iva, impuesto, impuestos, importe iva, valor iva, monto iva, igv, itbis, descuento, comisión,
        retención, retenciones, deducción, deducciones, ajuste
    """),
    PT: said("imposto, impostos, icms, iva, desconto, comissão, retenção, dedução, ajuste"),
    FR: said("tva, taxe, taxes, montant tva, remise, escompte, commission, retenue, déduction, frais"),
    DE: said("""
        mwst, ust, steuer, steuerbetrag, mehrwertsteuer, umsatzsteuer, mwst betrag, ust betrag, rabatt,
        skonto, provision, abzug, gebühr
    """),
    NL: said("btw, btw bedrag, belasting, korting, provisie, inhouding, aftrek"),
    IT: said("iva, importo iva, imposta, sconto, provvigione, ritenuta, deduzione, rettifica"),
}
"""Amounts that may come on top, or go off."""

START_HEADINGS: Said = {
    EN: said("""
        post on, post after, to post on, effective, effective date, effective on, effective from, valid from,
        valid on, available from, available on, release on, release date, hold until, on hold until,
        not before, apply after, usable from
    """),
    ES: said("""
        vigente desde, vigencia desde, válido desde, válida desde, disponible desde, fecha efectiva, efectivo
        desde, aplicar después, aplicar desde, registrar después
    """),
    PT: said("vigente desde, válido desde, válido a partir, disponível desde, data efetiva, lançar após"),
    FR: said("valable à partir, valable dès, date effet, date d'effet, disponible dès, à partir"),
    DE: said("gültig ab, gueltig ab, wirksam ab, verfügbar ab, buchen ab, frühestens"),
    NL: said("geldig vanaf, ingangsdatum, beschikbaar vanaf, boeken vanaf"),
    IT: said("valido dal, valida dal, decorrenza, disponibile dal, registrare dal"),
}
"""Headings of the first day on which a credit counts."""

RESERVED_HEADINGS: Said = {
    EN: said("""
        disputed, disputed amount, dispute amount, amount in dispute, disputed balance, amount disputed, in
        dispute, reserved, reserved amount, amount reserved, amount held, held amount, amount on hold,
        blocked amount, committed, committed amount, refund amount, refunded amount, amount refunded
    """),
    ES: said("""
        en disputa, importe en disputa, monto en disputa, reservado, monto reservado, retenido, monto
        reembolsado, importe reembolsado
    """),
    PT: said("em disputa, valor em disputa, reservado, valor reservado, bloqueado"),
    FR: said("en litige, montant en litige, réservé, montant réservé, bloqué"),
    DE: said("strittig, strittiger betrag, reserviert, reservierter betrag, gesperrter betrag"),
    NL: said("betwist, betwist bedrag, gereserveerd, gereserveerd bedrag"),
    IT: said("contestato, importo contestato, riservato, importo riservato, impegnato"),
}
"""Amounts that nobody may use though they are open."""

APPROVAL_HEADINGS: Said = {
    EN: said("""
        approved by, approved on, approval, approval date, approved date, date approved, authorized by,
        authorised by, authorization, approver, signed off by, manager approval, confirmed by, released by
    """),
    ES: said("""
        aprobado por, aprobada por, autorizado por, autorizada por, aprobación, fecha aprobación, autorizó,
        aprobó, visto bueno, vo bo
    """),
    PT: said("aprovado por, autorizado por, aprovação, data aprovação, liberado por"),
    FR: said("approuvé par, validé par, approbation, validation, date validation, accord"),
    DE: said("genehmigt von, genehmigt am, genehmigung, freigegeben von, freigegeben am, freigabe"),
    NL: said("goedgekeurd door, goedgekeurd op, goedkeuring, akkoord door, akkoord"),
    IT: said("approvato da, autorizzato da, approvazione, data approvazione"),
}
"""Who approved a row, or when: nobody did where that is blank and others say it."""

ACTION_HEADINGS: Said = {
    EN: said("""
        action, actions, action required, instruction, instructions, disposition, decision, resolution,
        outcome, to do, todo, what to do, next step
    """),
    ES: said("acción, acciones, instrucción, instrucciones, disposición, decisión, resolución, qué hacer"),
    PT: said("ação, instrução, decisão, resolução"),
    FR: said("action, décision, instruction, à faire, suite"),
    DE: said("aktion, maßnahme, entscheidung, anweisung, was tun"),
    NL: said("actie, beslissing, instructie, te doen"),
    IT: said("azione, decisione, istruzione, da fare"),
}
"""What is to be done with a row: to import it, or to delete it, to hold it, to pay it out."""

SHARES = frozenset(
    said("""
        share, shared, split, allocation, allocated, portion, participation, participación, proporción,
        reparto, cuota, rateio, participação, quotité, répartition, anteil, anteilig, aufteilung, aandeel,
        verdeling, quota, ripartizione, quote part
    """)
)
PERCENT = frozenset(
    said("""
        percent, percentage, pct, perc, porcentaje, porcentagem, pourcentage, prozent, percentuale
    """)
)
SHARED = frozenset(
    said("""
        our, my, credit, customer, client, amount, cliente, nuestra, kunde, unser, klant, notre, nostra,
        nossa, crédito, de, del, farm, finca, supplier, vendor, grower, approved, granted, credited, aprobado
    """)
)
"""The words of a heading that says how much of an amount is meant, in percent or in money, and what may stand
beside them; percents alone are such shares too."""


def words_of_side(paper: Paper) -> Said:
    """What an amount column of this side of the balance is called."""
    side = OWN_SIDE.get(paper, {})
    plain_words = BALANCES.get(paper, {})
    return {
        language: (*side.get(language, ()), *plain_words.get(language, ()))
        for language in dict.fromkeys([*side, *plain_words])
    }
