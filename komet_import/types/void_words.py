"""How people say that a row no longer counts, or is another customer's, in whatever column they write it.
Flat lists for all languages, as in `marks`.
"""

from komet_import.types.languages import said

VOID_WORDS = said("""
    void, voided, cancelled, canceled, anulado, anulada, anulados, anuladas, cancelado, cancelada, nulo,
    nula, sin efecto, sem efeito, estornado, estornada, reversado, reversada, annulé, annulée, extourné,
    extournée, storniert, storno, annulliert, ungültig, geannuleerd, vervallen, deleted, reversed,
    eliminado, eliminada, gelöscht, verwijderd, do not post, do not import, do not process, don't post,
    don't import, already applied, already used, already refunded, already posted, already credited, no
    aplicar, no procesar, no contabilizar, ya aplicado, ya aplicada, ya usado, ya usada, ya devuelto, não
    lançar, já aplicado, já utilizado, déjà utilisé, déjà appliqué, déjà remboursé, nicht buchen, bereits
    verrechnet, niet boeken, reeds verrekend, no importar, não importar, ne pas importer, nicht importieren,
    niet importeren, do not use, don't use, do not load, don't load, do not enter, don't enter, already
    imported, already entered, already processed, already paid out, no usar, no cargar, no registrar, no
    ingresar, ya importado, ya importada, ya contabilizado, ya contabilizada, ya registrado, ya registrada,
    não usar, não contabilizar, já importado, já lançado, ne pas utiliser, ne pas comptabiliser, ne pas
    saisir, déjà comptabilisé, déjà comptabilisés, déjà importé, nicht verwenden, nicht erfassen, bereits
    gebucht, bereits erfasst, niet gebruiken, niet invoeren, reeds geboekt, reeds ingevoerd, annullato,
    annullata, annullati, annullate, stornato, stornata, stornati, nullo, non importare, non registrare, non
    contabilizzare, non usare, già utilizzato, già utilizzata, già applicato, già applicata, già rimborsato,
    già rimborsata, già registrato, già registrata, do not apply, don't apply, do not issue, don't issue, do
    not credit, don't credit, do not release, don't release, do not pay, don't pay, already issued, already
    taken, no emitir, no acreditar, no pagar, no liberar, ya emitido, ya emitida, ya tomado, ya tomada, não
    aplicar, não emitir, não creditar, não pagar, já emitido, já emitida, ne pas appliquer, ne pas émettre,
    ne pas créditer, ne pas payer, déjà émis, nicht anwenden, nicht ausstellen, nicht gutschreiben, nicht
    verrechnen, nicht auszahlen, niet toepassen, niet crediteren, niet verrekenen, niet uitbetalen, non
    applicare, non emettere, non accreditare, non pagare, nicht verbuchen, niet verwerken, niet inboeken,
    não processar, ne pas traiter, non elaborare, non inserire
""")
"""Words with which people mark that a row no longer counts: as a note, in front of one, beside a number."""

USED_UP = said("""
    applied to, applied on, applied against, refunded by, refunded on, refunded with, refunded via, refunded
    to, replaced by, superseded by, duplicate of, dup of, dupe of, already entered, already imported,
    already in system, entered twice, aplicado a, aplicada a, aplicado en, aplicada en, cruzado con,
    reembolsado con, reembolsada con, reembolsado el, reemplazado por, reemplazada por, duplicado de,
    duplicada de, ya ingresado, ya ingresada, ya registrado, ya registrada, aplicado em, substituído por, já
    registrado, reembolsado em, imputé sur, imputée sur, remboursé par, remboursé le, remplacé par, doublon
    de, déjà saisi, verrechnet mit, erstattet am, ersetzt durch, duplikat von, bereits erfasst, bereits
    gebucht, verrekend met, terugbetaald op, vervangen door, dubbel met, reeds ingevoerd, reeds geboekt,
    applicato a, applicata a, compensato con, compensata con, rimborsato con, rimborsata con, rimborsato il,
    rimborsata il, sostituito da, sostituita da, duplicato di, devuelto en efectivo, devuelta en efectivo,
    devolvido em dinheiro, already included, included above, included below, included in row, included in
    line, included in credit, included in cm, included in cr, incl above, incl. above, incl in cm, incl in
    cr, incl. in cm, incl. in cr, refund pending, refund requested, refund in process, to be refunded,
    reembolso pendiente, reembolso solicitado, por reembolsar, reembolso pendente, remboursement en cours, à
    rembourser, erstattung läuft, zu erstatten, terugbetaling volgt, rimborso in corso, da rimborsare, part
    of credit, part of cm, part of cr, reversal of cm, reversal of cr, reversal of credit memo, reversal of
    credit note, reverses cm, reverses cr, ya incluido, ya incluida, incluido arriba, incluida arriba,
    incluido en la nota, incluido en nc, anula nc, anula la nc, anula nota, anula la nota, já incluído, já
    incluída, incluído acima, anula nota, déjà inclus, inclus ci-dessus, inclus dans l'avoir, annule avoir,
    annule l'avoir, bereits enthalten, oben enthalten, schon enthalten, enthalten in gs, storno zu gs,
    storno zu gutschrift, reeds inbegrepen, al inbegrepen, hierboven inbegrepen, storno van cn, già incluso,
    già inclusa, incluso sopra, storna nc, rückzahlung ausstehend, rückzahlung läuft, erstattung ausstehend,
    terugbetaling loopt, terugbetaling aangevraagd, terug te betalen, remboursement demandé, remboursement
    en attente, rimborso richiesto, rimborso in sospeso, reembolso en proceso, reembolso em andamento,
    doppelt mit, doppelt zu, doppione di, repetido de, repetida de, dubbel van
""")
"""How notes begin that say by what a row was used up, or where it stands already."""

MOVED = said("""
    moved to, transferred to, reposted as, reissued as, reissued under, re-issued as, reentered as,
    re-entered as, reemitido como, reemitida como, reingresado como, neu ausgestellt als, neu erfasst als,
    réémis sous, opnieuw geboekt als, riemesso come, pasado a, pasada a, trasladado a, trasladada a,
    transferido a, transferida a, passado para, transferido para, transféré à, transférée à, transféré sur,
    übertragen auf, umgebucht auf, overgeboekt naar, overgezet naar, trasferito a, trasferita a, spostato
    su, spostata su, sustituido por, sustituida por, substituída por, remplacée par, sostituito dalla,
    sostituita dalla
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
    customer, cust, account, acct, client, code, cliente, cuenta, código, conta, compte, kunde,
    kundennummer, konto, klant, rekening, debiteur, conto
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
    ancora, anymore, until, till, before, hasta, antes, bis, vor, tot, até, jusqu, avant, fino, prima, sur,
    sul, sulla, alla, alle, auf, na
""")
"""What goes on after such a word where it is about the row: who did it, when, why."""

NOTED_STATES = said("""
    paid, paid in full, paid out, applied, fully applied, partially applied, partly applied, partially paid,
    partially used, fully used, used, used up, closed, settled, refunded, redeemed, written off, write off,
    denied, declined, disputed, in dispute, in collections, superseded, reissued, cancel, cxl, cxld,
    denegado, denegada, en disputa, reemitido, negado, em disputa, abgelehnt, strittig, neu ausgestellt, en
    litige, afgewezen, betwist, respinto, respinta, in contestazione, castigar, ausbuchen, cleared,
    reconciled, expired, on hold, hold, draft, not approved, pending approval, done, pagado, pagada,
    aplicado, aplicada, aplicado parcial, aplicado parcialmente, cerrado, cerrada, cruzado, cruzada,
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
    customer, wrong account, no es nuestro, no es nuestra, cliente equivocado, cuenta equivocada, cliente
    errado, mauvais client, falscher kunde, verkeerde klant, cliente sbagliato, closed out, consumed,
    obsolete, outdated, provisional, preliminary, proforma, pro forma, bad debt, write off bad
    debt, write-off bad debt, entered in error, posted in error, keyed in error, entry error, not
    entitled, not eligible, not due, not owed, no credit due, duplicate entry, duplicate row, duplicate
    line, duplicate credit, duplicate memo, test row, test entry, obsoleto, obsoleta, preliminar,
    incobrable, no procede, ingresado por error, ingresada por error, registrado por error,
    registrada por error, crédito duplicado, nota duplicada, fila duplicada, provisório, incobrável, lançado
    por engano, não procede, crédito em duplicidade, périmé, périmée, provisoire, irrécouvrable,
    sans objet, saisi par erreur, saisie par erreur, en double, avoir en double, veraltet, vorläufig,
    uneinbringlich, irrtümlich erfasst, doppelt erfasst, verouderd, voorlopig, oninbaar, per
    ongeluk ingevoerd, dubbel ingevoerd, provvisorio, provvisoria, inesigibile, inserito per
    errore, riga duplicata, nota duplicata, zurückgestellt, zurückgehalten, aangehouden, retenido,
    retenida, retido, retida, sent to collections, stop payment, customer bankrupt, example, example row,
    example only, sample row, ejemplo, fila de ejemplo, exemplo, exemple, beispiel, beispielzeile,
    voorbeeld, esempio
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
