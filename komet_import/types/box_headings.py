"""Headings of the boxes and columns that say whether a row still counts: `Void`, `Import?`, `Applied to`."""

from komet_import.types.languages import DE, EN, ES, FR, IT, NL, PT, Said, said

FLAGS_AGAINST: Said = {
    EN: said("""
        void, voided, is void, cancelled, canceled, is cancelled, deleted, reversed, closed, paid, processed,
        imported, already imported, used, redeemed, refunded, reconciled, matched, completed, done,
        excluded, exclude, skip, skipped, ignore, ignored, omit, omitted, do not import, do not post,
        already posted, already entered, already used, already applied, entered, uploaded, synced, booked,
        cleared, applied, is applied, settled, inactive, written off, on hold, hold, disputed, draft,
        is draft, fully applied
    """),
    ES: said("""
        anulado, anulada, cancelado, cerrado, pagado, aplicado, borrado, reversado, procesado, importado,
        usado, utilizado, cruzado, conciliado, excluido, excluida, excluir, omitir, ignorar, no importar,
        ya aplicado, ya usado, ya contabilizado, ya ingresado, registrado, ingresado, cargado
    """),
    PT: said(
        "anulado, cancelado, fechado, pago, aplicado, estornado, processado, importado, usado, utilizado, "
        "excluído, excluir, ignorar, omitir, não importar, já aplicado, já lançado, lançado"
    ),
    FR: said("""
        annulé, clos, payé, lettré, appliqué, soldé, traité, importé, utilisé, exclu, exclure, ignorer,
        ne pas importer, saisi
    """),
    DE: said("""
        storniert, storno, geschlossen, bezahlt, ausgeglichen, gelöscht, gesperrt, annulliert, erledigt,
        verrechnet, abgeschlossen, ungültig, verarbeitet, importiert, eingelöst,
        ausgeschlossen, ausschließen, ignorieren, überspringen,
        nicht importieren, erfasst
    """),
    NL: said("""
        geannuleerd, gesloten, betaald, verrekend, afgeletterd, vervallen, verwijderd, geblokkeerd, verwerkt,
        geïmporteerd, gebruikt, uitgesloten, overslaan, negeren, niet importeren, ingevoerd
    """),
    IT: said("""
        annullato, annullata, stornato, chiuso, pagato, applicato, utilizzato, compensato, eliminato,
        escluso, escludere, ignorare, saltare, non importare, importato, registrato, già registrato, sospeso
    """),
}
"""Headings of boxes that, when ticked, say that a row does not count."""

CLEARED_HEADINGS: Said = {
    EN: said("""
        clearing date, clearing document, clearing doc, clearing number, clearing entry, clrng doc,
        cleared on, date cleared, cleared date, cleared by, voided on, void date, date voided, voided by,
        void reason, cancelled on, canceled on, cancellation date, cancelled by, closed on, closed date,
        date closed, closed at date, closed by entry number, applied to, apply to, applies to, applied to
        invoice, applies to invoice, applied on, applied date, date applied, applied against, invoice
        applied to, applied invoice, invoice number applied, reversed by, reversal date, reversal
        document, reversed with, reversed on, settled on, settlement date, matched with, reversal of,
        reverses, reversed document, reversed entry, reverse of, matching number, matching, reconciled
        with, reconciliation number, fully paid on, written off on, paid on, paid date, date paid, paid
        off on, date settled, written off date, used on, used in, used for, used date, date used,
        redeemed on, redeemed in, redeemed date, date redeemed, redemption date, refunded on, refund
        date, date refunded, imported on, import date, processed on, check no, cheque no, ck no, chk no,
        chq no, cheque, ach ref, ach no, eft ref, eft no, payout id, payout no, payout ref, payout date,
        check date, cheque date, refund check, refund cheque, refund check no, refund cheque no, refund
        no, refund ref, refund reference, paid by check, paid by check no, paid with check, paid with
        check no, wire ref, wire reference, wire no
    """),
    ES: said("""
        fecha anulación, anulado el, fecha cancelación, fecha compensación, documento compensación, doc
        compensación, compensado con, aplicado a, aplicado en, fecha aplicación, factura aplicada, fecha
        cierre, cruzado con, cruce, documento cruce, fecha cruce, conciliado con, reversado por, reversa
        de, reverso de, anulación de, motivo anulación, pagado el, fecha pagado, cancelado el, liquidado
        el, cruzado en, cruzado el, cheque, no cheque, cheque no, fecha cheque, cheque reembolso, no
        reembolso, reembolsado con, usado en, utilizado en, fecha uso, redimido el, compensado en,
        importado el
    """),
    PT: said("""
        data cancelamento, cancelado em, data compensação, documento compensação, data baixa, baixado em,
        aplicado em, data aplicação, estornado por, data estorno, documento estorno, pago em, data
        pagamento, cheque, no cheque, data cheque, reembolsado em, quitado em, liquidado em, usado em,
        utilizado em, compensado com, compensado em
    """),
    FR: said("""
        lettrage, lettre, date lettrage, code lettrage, lettré avec, date annulation, annulé le,
        date rapprochement, rapproché avec, imputé sur, appliqué à, facture imputée, soldé le, date solde,
        chèque, no chèque, chèque no, date chèque, remboursé le, payé le, réglé le, date règlement,
        encaissé le, utilisé le, utilisé sur, compensé avec
    """),
    DE: said("""
        ausgleichsbeleg, ausgleichsdatum, ausgleich, ausgleichsbelegnummer, ausgleichsnummer,
        ausgeglichen am, ausgeglichen mit, stornodatum, storniert am, storniert mit, stornobeleg,
        storno beleg, verrechnet mit, verrechnet am, geschlossen am, erledigt am, bezahlt am, beglichen am,
        schecknummer, scheck, scheck nr, schecknr, erstattet am, gezahlt am, eingelöst am, verwendet am,
        verwendet für
    """),
    NL: said("""
        afletternummer, afgeletterd op, aflettering, afletteren, geannuleerd op, annuleringsdatum,
        verrekend met, verrekend op, gesloten op, afgesloten op, betaald op, voldaan op, tegenboeking,
        chequenummer, cheque no, terugbetaald op, gebruikt op, verzilverd op
    """),
    IT: said("""
        data annullamento, annullato il, data storno, stornato da, stornato con, data compensazione,
        compensato con, applicato a, applicato il, chiuso il, data chiusura, pagato il, utilizzato su,
        assegno, no assegno, utilizzato il, rimborsato il, partita chiusa, abbinato a
    """),
}
"""Headings of what settled, voided or used up a row: its day, its document. Blank: nothing has."""

DONE_ELSEWHERE = frozenset(
    said("""
        posted, entered, booked, keyed, uploaded, synced, synchronized, exported, imported, processed,
        transferred, recorded, loaded, contabilizado, contabilizada, registrado, registrada, ingresado,
        ingresada, cargado, cargada, subido, exportado, importado, enviado, lancado, lancada, integrado,
        saisi, comptabilise, importe, transfere, gebucht, erfasst, importiert, ubertragen, geboekt, ingevoerd,
        geimporteerd, overgezet, registrato, registrata, contabilizzato, caricato, inserito
    """)
)
"""What begins the heading of a box that says of a row that it stands in a system already, whatever that is
called: `Posted to Komet`, `Registrado en SAP` (as `headings.words` gives them)."""

SETTLED = frozenset(
    said("""
        used, applied, redeemed, consumed, offset, settled, matched, usado, usada, aplicado, aplicada,
        cruzado, consumido, redimido, compensado, utilizado, utilise, impute, applique, compense, verwendet,
        verrechnet, eingelost, gebruikt, verrekend, verzilverd, utilizzato, applicato, compensato, abbinato
    """)
)
SETTLED_BY = frozenset(
    said("""
        on, to, with, against, for, invoice, doc, document, date, el, a, al, con, contra, factura, fecha, no,
        na, com, fatura, data, sur, avec, facture, le, mit, am, auf, rechnung, gegen, op, met, factuur,
        su, il, da, fattura
    """)
)
"""What begins the heading of a column that says by what or when a row was used up, and what goes on (as
`headings.words` gives them)."""

PAYMENTS = frozenset(
    said("""
        payment, payments, pmt, pymt, paid, refund, refunded, remittance, remit, remitted, wire, wired,
        payout, disbursement, check, cheque, chk, ck, ach, eft, bank, transfer, pago, pagado, pagada,
        reembolso, remesa, transferencia, giro, bancaria, bancario, banco, pagamento, zahlung,
        uberweisung, uberwiesen, ausgezahlt, overgemaakt, uitbetaald, betaling, overboeking, paiement,
        reglement, remboursement, virement, bonifico, rimborso, assegno
    """)
)
PAID_BY = frozenset(
    said("""
        date, datum, on, number, ref, reference, confirmation, conf, trace, trx, transaction, via, by,
        with, in, fecha, referencia, comprobante, no, con, em, data, am, mit, per, op, met, le, par, avec,
        il, con, rif, riferimento
    """)
)
"""The words of a heading that together say by what or when a row was paid out (`Pmt ref`, `Fecha de pago`),
as `headings.telling` gives them."""

BANKS = frozenset(said("bank, banco, bancaria, bancario, number, no"))
"""Words of a heading that may number a bank or an account and no payment."""

PAID_IN_ONE_WORD = frozenset(
    said("""
        zahldatum, zahlungsdatum, zahltag, auszahlungsdatum, uberweisungsdatum, bankreferenz,
        zahlungsreferenz, uberweisungsreferenz, erstattungsdatum, betaaldatum, betalingsdatum,
        uitbetalingsdatum, bankreferentie, betaalreferentie, betalingskenmerk, remitted, uberwiesen,
        overgemaakt, uitbetaald, ausgezahlt, remesado, transferido, reembolsado, rembourse, vire,
        rimborsato, bonificato, wired
    """)
)
NUMBERED = frozenset(
    said("check, chk, ck, wire, ach, eft, transfer, transferencia, virement, bonifico, remittance")
)
"""Headings that say so where numbers or days stand below them, and no ticks."""

FLAGS_FOR: Said = {
    EN: said("""
        open, is open, posted, valid, approved, is approved, authorized, released, import, to import,
        ready to import, include, included, post, to post, ready to post, ready, use, selected, ok
    """),
    ES: said("""
        abierto, abierta, vigente, aprobado, aprobada, autorizado, autorizada, importar, por importar,
        incluir, incluido, incluida, procesar, seleccionado, listo
    """),
    PT: said("aberto, aprovado, autorizado, importar, incluir, incluído, processar, selecionado"),
    FR: said("ouvert, approuvé, validé, importer, à importer, inclure, inclus, sélectionné"),
    DE: said("""
        offen, genehmigt, freigegeben, importieren, zu importieren, übernehmen, einschließen, ausgewählt
    """),
    NL: said("openstaand, goedgekeurd, importeren, te importeren, opnemen, meenemen, geselecteerd"),
    IT: said("aperto, approvato, importare, da importare, includere, selezionato"),
}
"""Headings of boxes that, when not ticked, say so."""

RETURN_FLAGS: Said = {
    EN: said("is return, is credit note, is credit memo, is credit"),
    ES: said("es devolución"),
}
"""Headings of boxes that, when ticked, say that a row is a credit."""
