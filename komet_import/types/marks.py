"""What stands in columns that change what a row means: the words of papers, sides and states.

`mark_headings` has the headings of these columns.
"""

from collections.abc import Mapping

from komet_import.types.languages import PAPERS, SHORT, Paper, said

SIDES: Mapping[Paper, tuple[str, ...]] = {
    Paper.CREDIT: said("""
        c, cr, h, credit, credits, crédito, créditos, crédit, haber, haben, abono, acreedor, credor,
        kredit, a, avere
    """),
    Paper.DEBIT: said("""
        d, dr, db, s, debit, debits, débito, débitos, débit, debe, soll, cargo, deudor, devedor, debet, dare
    """),
}
"""The marks of the two sides."""

PLUS_MINUS = frozenset({"+", "-", "−", "–"})
"""Marks of a side that say nothing about which side it is."""

KINDS: Mapping[Paper, tuple[str, ...]] = {
    Paper.CREDIT: said("""
        credit, credits, credit balance, cr, sales credit memo, sales credit note, sales credit,
        customer credit, customer credit memo, customer credit note, ar credit memo, ar credit note,
        a/r credit memo, credit invoice, receivable credit note, accounts receivable credit note,
        accreccredit, custcred, sc, dg, out_refund, out refund, customer refund credit, sales return,
        return credit, credit memos, credit notes, arcm, arcr, arcn, crédito, nota crédito cliente,
        nota de crédito electrónica, gutschriften, kundengutschrift, avoir client, verkoopcreditnota,
        credit memorandum, nota credito cliente, note di credito, nota di accredito, td04
    """),
    Paper.INVOICE: said("""
        arinv, invoices, sales invoice, customer invoice, ar invoice, a/r invoice, receivable invoice, accrec,
        custinvc, si, in, sin, out_invoice, out invoice, tax invoice, accounts receivable invoice,
        factura de venta, factura electrónica, ausgangsrechnung, facture client, facturen,
        fatura de venda, rechnungen, fa, ft, fatture, fattura cliente, fattura immediata, td01
    """),
    Paper.PAYMENT: said("""
        arpmt, arpay, payments, customer payment, payment entry, custpymt, dz, py, pi, sa, rct, receipts,
        payment on account, deposit, customer deposit, prepayment, overpayment, cash receipt,
        sales receipt, rcpt, anticipo, abono a cuenta, anzahlung, acompte, adiantamento, vooruitbetaling,
        incassi, incasso cliente, pagamenti, acconto, bonifico
    """),
    Paper.DEBIT: said("""
        debit, debits, dr, dm, debit adjustment, finance charge, finance charge memo, cargo
    """),
    Paper.OTHER: said("""
        journal, journal entry, general journal, je, gj, jv, journal voucher, adjustment, adj, write off,
        writeoff, refund, customer refund, void, opening balance, beginning balance, balance forward,
        statement charge, bill, bill payment, expense, transfer, reversal, reminder, estimate, quote,
        quotation, sales order, order, so, po, purchase order, asiento, abono, ajuste, devolución,
        reembolso, apertura, lançamento, ajustement, remboursement, écriture, buchung, umbuchung,
        ausgleich, erstattung, correctie, memoriaal, return,
        storno, rettifica, giroconto, abbuono, rimborso
    """),
}
"""What stands in such a column, beside the full and short names of papers."""

STATES_OPEN = frozenset(
    said("""
        open, o, unapplied, not applied, outstanding, available, unpaid, not paid, unused, active,
        open credit, awaiting payment, authorised, authorized, abierto, abierta, abiertos, disponible,
        sin aplicar, no aplicado, por aplicar, vigente, aberto, aberta, em aberto, não aplicado,
        disponível, ouvert, ouverte, non soldé, non appliqué, offen, offene, verfügbar,
        nicht ausgeglichen, openstaand, niet toegepast, beschikbaar, aperto, aperta, aperti,
        disponibile, non applicato, non applicata, da applicare, da utilizzare, non utilizzato
    """)
)
"""States in which a paper is certainly still open."""

STATES_OTHER = frozenset(
    said("""
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
        vervallen, verrekend, annullato, annullata, stornato, stornata, chiuso, chiusa, pagato, pagata,
        applicato, applicata, parziale, parzialmente pagato, utilizzato, utilizzata, scaduto, scaduta,
        sospeso, sospesa, bozza, in attesa, rimborsato, rimborsata, compensato, compensata, respinto, saldato,
        saldata
    """)
)
"""States in which it may be something else."""

INSTEAD_OF = said("""
    not, no, instead of, rather than, en vez de, en lugar de, não, em vez de, pas, au lieu de, nicht, statt,
    niet, non, invece di
""")
"""What stands before the ledger's currency where a note says that an amount is in another one."""

YES = frozenset(
    said("""
        yes, y, true, 1, x, ✓, ✔, ☑, on, sí, si, s, verdadero, sim, verdadeiro, oui, o, vrai, ja, j, wahr,
        waar, sì, vero
    """)
)
NO = frozenset(
    said("""
    no, n, false, 0, off, falso, não, nao, non, faux, nein, falsch, nee, onwaar, ☐, ✗
""")
)


NOTHING = frozenset(
    said("""
        n/a, na, n.a, n.a., n/d, nd, n.d., s/n, s/d, k.a., k/a, nil, null, nan, none,
        undefined, tbd, tba, tbc, blank, empty, missing, unassigned, vacío, vacio, ninguno, ninguna, nenhum,
        aucun, keine, keiner, geen, unknown, not available, not applicable, not assigned, not set, no value,
        no name, no customer, no code, unnamed, unspecified, desconocido, desconocida, sin nombre,
        sin cliente, sin código, sin asignar, sin datos, no asignado, no aplica, no disponible, desconhecido,
        sem nome, sem cliente, inconnu, inconnue, sans nom, non attribué, non renseigné, unbekannt, ohne name,
        ohne kunde, kein kunde, nicht zugeordnet, nicht zugewiesen, nessuno, nessuna, sconosciuto, senza nome,
        onbekend, geen klant, niet toegewezen
    """)
)
"""What people and programs write where there is no value, whatever brackets stand around it."""

ERRORS = frozenset(
    said("""
        #N/A, #REF!, #VALUE!, #NAME?, #DIV/0!, #NULL!, #NUM!, #SPILL!, #CALC!, #ERROR!, #N/D, #N/B, #NV,
        #BEZUG!, #WERT!, #ZAHL!, #¡REF!, #¡VALOR!, #¿NOMBRE?, #¡DIV/0!, #¡NUM!, #VALOR!, #NOME?, #NOM?,
        #VALEUR!, #NOMBRE!, #NOMBRE?, #WAARDE!, #NAAM?, #VERW!, #DEEL/0!, #RIF!, #VALORE!, #NULO!, #NUL!,
        #GETAL!
    """)
)
"""What a program writes into a text file where a formula came to an error, in its own language."""

DITTOS = said("""
    ditto, dito, dto, do, idem, ídem, id, same, same as above, as above, ibid, igual, lo mismo, mismo, misma,
    o mesmo, mesmo, même, le même, wie oben, desgl, dgl, zelfde, dezelfde, come sopra, s.o, ↑
""")
"""What people write, beside quotation marks, where a cell says the same as the one above it."""


def names_of(paper: Paper) -> tuple[str, ...]:
    """Every word and mark that says this paper in a column of kinds."""
    found = [*KINDS.get(paper, ())]
    for table in (PAPERS, SHORT):
        found += [name for names in table.get(paper, {}).values() for name in names]
    return tuple(dict.fromkeys(found))
