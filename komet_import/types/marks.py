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

VOID_WORDS = said("""
    void, voided, cancelled, canceled, anulado, anulada, anulados, anuladas, cancelado, cancelada, nulo, nula,
    sin efecto, sem efeito, estornado, estornada, reversado, reversada, annulé, annulée, extourné, extournée,
    storniert, storno, annulliert, ungültig, geannuleerd, vervallen, deleted, reversed, eliminado, eliminada,
    gelöscht, verwijderd, do not post, do not import, do not process, don't post, don't import,
    already applied, already used, already refunded, already posted, already credited, no aplicar,
    no procesar, no contabilizar, ya aplicado, ya aplicada, ya usado, ya usada, ya devuelto, não lançar,
    já aplicado, já utilizado, déjà utilisé, déjà appliqué, déjà remboursé, nicht buchen, bereits verrechnet,
    niet boeken, reeds verrekend, no importar, não importar, ne pas importer, nicht importieren,
    niet importeren, do not use, don't use, do not load, don't load, do not enter, don't enter, already
    imported, already entered, already processed, already paid out, no usar, no cargar, no registrar, no
    ingresar, ya importado, ya importada, ya contabilizado, ya contabilizada, ya registrado, ya registrada,
    não usar, não contabilizar, já importado, já lançado, ne pas utiliser, ne pas comptabiliser, ne pas
    saisir, déjà comptabilisé, déjà comptabilisés, déjà importé, nicht verwenden, nicht erfassen, bereits
    gebucht, bereits erfasst, niet gebruiken, niet invoeren, reeds geboekt, reeds ingevoerd, annullato,
    annullata, annullati, annullate, stornato, stornata, stornati, nullo, non importare, non registrare, non
    contabilizzare, non usare, già utilizzato, già utilizzata, già applicato, già applicata, già rimborsato,
    già rimborsata, già registrato, già registrata
""")
"""Words with which people mark that a row no longer counts: as a note, in front of one, beside a number."""

USED_UP = said("""
    applied to, applied on, applied against, refunded by, refunded on, refunded with, refunded via,
    refunded to, replaced by, superseded by, duplicate of, dup of, dupe of, already entered, already
    imported, already in system, entered twice, aplicado a, aplicada a, aplicado en, aplicada en, cruzado
    con, reembolsado con, reembolsada con, reembolsado el, reemplazado por, reemplazada por, duplicado de,
    duplicada de, ya ingresado, ya ingresada, ya registrado, ya registrada, aplicado em, substituído por,
    já registrado, reembolsado em, imputé sur, imputée sur, remboursé par, remboursé le, remplacé par,
    doublon de, déjà saisi, verrechnet mit, erstattet am, ersetzt durch, duplikat von, bereits erfasst,
    bereits gebucht, verrekend met, terugbetaald op, vervangen door, dubbel met, reeds ingevoerd, reeds
    geboekt, applicato a, applicata a, compensato con, compensata con, rimborsato con, rimborsata con,
    rimborsato il, rimborsata il, sostituito da, sostituita da, duplicato di
""")
"""How notes begin that say by what a row was used up, or where it stands already."""

MOVED = said("""
    moved to, transferred to, reposted as, pasado a, pasada a, trasladado a, trasladada a, transferido a,
    transferida a, passado para, transferido para, transféré à, transférée à, transféré sur, übertragen auf,
    umgebucht auf, overgeboekt naar, overgezet naar, trasferito a, trasferita a, spostato su, spostata su
""")
"""How notes begin that say where a row stands now, where a code or a number follows."""

OF_ANOTHER = said("""
    belongs to, belong to, should go to, should be under, should be on, should be for, move to, transfer to,
    split with, shared with, share with, pertenece a, corresponde a, pasar a, mover a, trasladar a,
    transferir a, compartido con, dividido con, pertence a, passar para, transferir para, dividido com,
    appartient à, transférer à, à transférer à, partagé avec, gehört zu, gehört auf, umbuchen auf, geteilt
    mit, hoort bij, overboeken naar, gedeeld met, appartiene a, trasferire a, spostare su, diviso con
""")
"""How notes begin that say whose a row is, or who shares it, where the code of a customer follows."""

A_CUSTOMER = said("""
    customer, cust, account, acct, client, code, cliente, cuenta, código, conta, compte, kunde, kundennummer,
    konto, klant, rekening, debiteur, conto
""")
"""What may stand before that code; a number alone is one where it does."""

OTHER_CODES = said("""
    inv, invoice, fac, factura, fatura, facture, fact, fv, ft, fa, re, rg, rechnung, order, ord, po, so, ab,
    awb, hawb, mawb, bol, cm, cn, cr, nc, gs, box, caja, wk, week, row, line, dock, truck, cooler, lot, farm
""")
"""What is written in front of numbers that are no codes of customers: `INV881`."""

VOID_FOLLOWED_BY = said("""
    by, per, on, in error, due to, as of, see, duplicate, duplicated, entered, reissued, por, el, según,
    duplicado, duplicada, ver, pelo, pela, par, le, suite, pour, von, am, wegen, durch, vom, doppelt, door,
    op, wegens, to, against, al, mit, da, dal, il, su, yet, again, todavía, aún, ainda, encore, noch, nog,
    ancora, anymore, until, till, before, hasta, antes, bis, vor, tot, até, jusqu, avant, fino, prima
""")
"""What goes on after such a word where it is about the row: who did it, when, why."""

NOTED_STATES = said("""
    paid, paid in full, paid out, applied, fully applied, partially applied, partly applied, partially paid,
    partially used, fully used, used, used up, closed, settled, refunded, redeemed, written off, write off,
    denied, declined, disputed, in dispute, in collections, superseded, reissued, cancel, cxl, cxld, denegado,
    denegada, en disputa, reemitido, negado, em disputa, abgelehnt, strittig, neu ausgestellt, en litige,
    afgewezen, betwist, respinto, respinta, in contestazione,
    castigar, ausbuchen, cleared, reconciled,
    expired, on hold, hold, draft, not approved, pending approval, done, pagado,
    pagada, aplicado, aplicada, aplicado parcial, aplicado parcialmente, cerrado, cerrada, cruzado, cruzada,
    conciliado, conciliada, reembolsado, reembolsada, usado, usada, castigado, borrador, pendiente de
    aprobación, ya pagado, ya cruzado, pago, paga, quitado, quitada, fechado, fechada, liquidado, liquidada,
    utilizado, utilizada, rascunho, expirado, expirada, payé, payée, appliqué, appliquée, soldé, soldée,
    clos, lettré, lettrée, remboursé, remboursée, utilisé, utilisée, expiré, expirée, brouillon, bezahlt,
    ausgeglichen, erledigt, verrechnet, erstattet, geschlossen, abgelaufen, gesperrt, teilweise bezahlt,
    ausgebucht, entwurf, betaald, verrekend, afgeletterd, gesloten, terugbetaald, afgeboekt, pagato, pagata,
    applicato, applicata, chiuso, chiusa, rimborsato, rimborsata, utilizzato, utilizzata, usato, usata,
    compensato, compensata, saldato, saldata, scaduto, scaduta, sospeso, sospesa, bozza, duplicate,
    duplicated, double entry, duplicado, duplicada, repetido, repetida, doublon, duplikat, doppelt, dubbel,
    duplicato, duplicata, doppione, test, prueba, teste, essai, prova, not ours, not our customer, wrong
    customer, wrong account, no es nuestro, no es nuestra, cliente equivocado, cuenta equivocada,
    cliente errado, mauvais client, falscher kunde, verkeerde klant, cliente sbagliato
""")
"""States in which a row may be none that stands open, where a note says nothing else but a day or a number;
among other words they may say why there is a credit (`Refunded freight`)."""

NOT_TO = said("do not, don't, no, não, ne pas, nicht, niet, non")
"""How those of the void words begin that ask for something."""

ALREADY = said("already, ya, já, déjà, bereits, reeds, già")
"""How those of them, and of `USED_UP`, begin that say where a row stands."""

IGNORED = said("""
    ignore, disregard, skip, omit, exclude, leave out, ignorar, ignore por favor, omitir, excluir,
    desconsiderar, ignorer, ignorieren, weglassen, negeren, overslaan, ignorare, saltare, escludere
""")
"""How people ask in a line of text that rows are passed over."""

ROWS = said("""
    row, rows, line, lines, entry, entries, fila, filas, renglón, renglones, línea, líneas, linha, linhas,
    ligne, lignes, zeile, zeilen, regel, regels, rij, rijen, riga, righe
""")
"""What they call the rows, with their numbers."""

COLORS = said("""
    yellow, green, red, blue, gray, grey, orange, pink, purple, highlighted, highlight, colored, shaded,
    amarillo, verde, rojo, azul, gris, naranja, rosa, resaltado, amarelo, vermelho, cinza, laranja, gelb,
    grün, rot, blau, grau, geel, groen, rood, blauw, grijs, oranje, jaune, vert, rouge, bleu, giallo,
    rosso, blu, grigio, arancione
""")
"""How a legend names the rows that it speaks of."""

THESE = said("""
    this, these, those, them, it, any, yet, until, till, before, again, lo, los, las, esto, estos, estas,
    todavía, aún, hasta, antes, isto, estes, ainda, até, ces, cela, les, encore, avant, diese, dieses, sie,
    noch, bis, vor, deze, dit, ze, nog, voor, tot, questi, queste, ancora, prima, fino
""")
"""What follows where a line asks that its rows are not posted; other such lines say how a sheet is filled in
(`Do not enter negative amounts`)."""

STATED_ON = said("on, el, em, le, am, op, by, por, par, von, door, il")
"""What may stand between such a state and its day."""

HAS_BEEN = said("""
    is, was, has been, es, está, fue, ha sido, foi, est, a été, ist, war, wurde, is geworden, werd, è, è
    stato, è stata
""")
"""What may stand between a paper and such a state."""

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
