"""How people say in a note that a credit comes to another amount than its row: what is left, what it should
be, what of it is used.

`{left} 40` and `40 {left}` are two orders of the same: each table has the words of one.
"""

from komet_import.types.languages import said

ONLY = said("""
    only, just, still, solo, sólo, solamente, aún, so, só, somente, apenas, ainda, nur, nur noch, noch, nog,
    nog maar, slechts, maar, seulement, encore, plus que, ancora, soltanto
""")
"""What may stand before an amount that is left, and says it alone: `only 5.00`."""

LEFT_BEFORE = said("""
    balance, bal, remaining, remaining balance, balance remaining, open balance, balance open, current
    balance, new balance, balance due, balance left, credit left, amount left, remainder, left, rest, open,
    remaining credit, remaining amount, outstanding, unapplied, saldo, saldo restante, saldo pendiente, saldo
    actual, saldo disponible, saldo abierto, nuevo saldo, restan, resta, queda, quedan, queda un saldo de,
    resto, por aplicar, pendiente, disponible, saldo atual, saldo pendente, saldo em aberto, saldo
    disponível, restam, restante, em aberto, solde, solde restant, solde ouvert, reste, il reste, restant,
    rest, restbetrag, restsaldo, restguthaben, offen, noch offen, davon offen, verbleiben, verbleibt, saldo
    offen, restant bedrag, resterend, openstaand, nog open, residuo, saldo residuo, rimane, rimangono,
    restano, ancora aperto, da usare
""")

LEFT_BEHIND = said("""
    left, left over, remaining, remains, remain, open, still open, unapplied, unused, outstanding, available,
    to apply, to use, still to use, still unused, balance, restante, restantes, pendiente, pendientes,
    disponible, disponibles, abierto, por aplicar, por usar, sin aplicar, sin usar, de saldo, de resto,
    pendente, pendentes, disponível, em aberto, a aplicar, restant, restants, disponibles, ouvert, ouverts,
    à imputer, non utilisé, non utilisés, offen, noch offen, übrig, verbleibend, verfügbar, rest, over,
    resterend, openstaand, beschikbaar, nog open, rimanente, rimanenti, rimasti, residui, residuo,
    disponibili, aperto, aperti, da usare
""")

SHOULD_BE = said("""
    should be, must be, should read, should have been, ought to be, amount should be, correct amount, correct
    amt, correct amount is, corrected amount, right amount, real amount, actual amount, true amount, new
    amount, revised amount, correct to, corrected to, change to, changed to, reduce to, reduced to, debe ser,
    debería ser, deberia decir, debe decir, importe correcto, monto correcto, valor correcto, saldo correcto,
    nuevo importe, nuevo monto, nuevo valor, valor real, corregir a, corregido a, cambiar a, reducido a, deve
    ser, deveria ser, valor corrigido, valor certo, novo valor, corrigir para, doit être, devrait être,
    montant correct, montant exact, montant réel, nouveau montant, corriger à, muss, soll, muss sein,
    muss heißen, müsste sein, sollte sein, soll sein, richtig ist, richtig wäre, richtiger betrag, korrekter
    betrag, neuer betrag, korrigiert auf, ändern auf, moet, moet zijn, juiste bedrag, juist bedrag,
    correct bedrag, nieuw bedrag, wijzigen in, dovrebbe essere, deve essere, importo corretto, importo giusto,
    nuovo importo, correggere in
""")

USED = said("""
    used, applied, already used, already applied, redeemed, consumed, deducted, taken, usado, usados, usada,
    aplicado, aplicados, aplicada, utilizado, utilizados, cruzado, cruzados, descontado, descontados,
    consumido, ya usado, ya usados, ya aplicado, ya aplicados, abatido, já usado, já utilizado, já aplicado,
    utilisé, utilisés, appliqué, appliqués, imputé, imputés, déjà utilisé, déjà imputé, verrechnet, verwendet,
    eingelöst, angerechnet, verbraucht, bereits verrechnet, davon verrechnet, schon verrechnet, verrekend,
    gebruikt, toegepast, reeds verrekend, usati, utilizzato, utilizzati, applicato, applicati, compensato,
    compensati, già usato, già usati, già utilizzati, già applicati
""")
"""What says that a part of a credit is spent."""

ALREADY = said(
    "already, of it, ya, já, déjà, davon, bereits, schon, reeds, al, hiervan, waarvan, già, di cui"
)
"""What may stand before an amount that is spent."""

LINKS = said("""
    is, are, was, of, now, to, es, son, era, de, ahora, é, agora, est, sont, du, ist, sind, von, jetzt, sein,
    zijn, van, nu, è, di, per, a, en, por, um
""")
"""What may stand between such words and the amount."""

ON = said("""
    on, of, to, in, from, against, for, de, del, da, do, en, em, a, al, contra, à, sur, du, von, vom, mit,
    auf, zu, van, op, met, su, sul, di, nel, con
""")
"""What goes on behind such an amount: what it was applied to."""

AND = said("and, y, e, et, und, en, but, pero, mas, mais, aber, maar, ma, so, entonces")
"""What parts two things that a note says."""
