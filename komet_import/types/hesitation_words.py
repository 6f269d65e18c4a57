"""How people say in a few words that a row is not settled yet in their mind: `?`, `check amt`, `see Jim`.
Flat lists for all languages, as in `marks`.
"""

from komet_import.types.languages import said

ASKED_ABOUT = said("""
    amount, amt, total, price, date, customer, cust, client, acct, account, code, who, whose, void,
    voided, paid, applied, used, dup, duplicate, ok, okay, approved, same, already, correct, right, this,
    number, ours, posted, open, valid, real, sure, credit, post, importe, monto, valor, fecha, cliente,
    cuenta, código, quién, anulado, pagado, aplicado, duplicado, aprobado, correcto, seguro, betrag,
    kunde, konto, datum, wer, storniert, bezahlt, doppelt, genehmigt, richtig, bedrag, klant, wie,
    betaald, dubbel, akkoord, juist, montant, client, qui, annulé, payé, doublon, correct, importo, chi,
    pagato, doppio, giusto, certo, quem, pago, aprovado
""")
"""What a short question is about, where it is about the row and not about the flowers."""

LOOK_AT = said("""
    check, chk, ck, verify, confirm, recheck, re check, double check, review, revisar, verificar, confirmar,
    validar, chequear, comprobar, prüfen, überprüfen, klären, controleren, nakijken, checken, vérifier,
    contrôler, verificare, controllare, conferir, checar
""")
ASKED_TO = said("""
    pls, please, plz, to, need to, needs to, must, have to, por favor, favor, hay que, falta, por, bitte,
    noch zu, graag, nog te, svp, à, da, a
""")
"""What may stand before that: `pls check amount`, `need to verify`."""
WITH = said("with, w, con, com, mit, met, avec")
THE = said("the, this, with, el, la, este, con, o, a, den, die, das, de, het, le, il, lo, amt, credit")
LOOKED_AT = said("""
    amount, amounts, amt, total, price, prices, date, customer, cust, client, code, acct, account, number,
    invoice, inv, this, this one, again, importe, monto, valor, precio, fecha, cliente, código, cuenta,
    número, factura, betrag, preis, datum, kunde, konto, nummer, rechnung, bedrag, prijs, klant, rekening,
    factuur, montant, prix, date, client, compte, facture, importo, prezzo, data, fattura, preço, conta
""")
"""What is still to be looked at: `check amt`, `Betrag prüfen`."""

IN_DOUBT = said("""
    not sure, unsure, not clear, unclear, unconfirmed, questionable, doubtful, estimate, estimated, est,
    approx, guess, placeholder, verify, check, ask, review, recheck, no seguro, no claro, no está claro,
    dudoso, dudosa, estimado, estimada, aproximado, ojo, revisar, verificar, confirmar, preguntar, não sei,
    duvidoso, estimativa, conferir, checar, unklar, unsicher, fraglich, geschätzt, prüfen, klären,
    nachfragen, fragen, onduidelijk, onzeker, schatting, geschat, nakijken, controleren, navragen, klopt
    niet, stimmt nicht, pas sûr, pas clair, douteux, estimation, vérifier, demander, incerto, dubbio, stima,
    stimato, verificare, chiedere, controllare
""")
"""What says so where it is all that is said, or all before a mark."""

LEFT_OUT = said("""
    dnp, dni, dup, dupe, skip, skip for now, ignore, disregard, exclude, omit, reverse, leave out, leave it
    out, no go, no post, no import, no credit, not valid, invalid, remove, delete, take out, no va, no
    subir, no cargar, no pasar, omitir, ignorar, saltar, quitar, borrar, eliminar, reversar, inválido, não
    vai, não subir, pular, remover, excluir, estornar, weglassen, streichen, löschen, ignorieren,
    stornieren, overslaan, weglaten, verwijderen, negeren, supprimer, à supprimer, ignorer, à ignorer,
    saltare, togliere, eliminare, cancellare, ignorare, stornare, anular, cancelar, annuler, exclure,
    annullare, escludere, annuleren
""")
"""What says that a row is to be left out, where it is all that is said or the last of it."""
REFUSED = said("nope, no, nein, nee, non")
"""What says so where it is all that is said."""
ITSELF = said("""
    it, this, this one, me, row, this row, line, this line, entry, this entry, esta fila, esta línea, fila,
    esta linha, linha, cette ligne, ligne, diese zeile, zeile, deze regel, regel, questa riga, riga
""")
"""What may follow there: `delete this row`."""

ENTERED = said("""
    posted, entered, keyed, keyed in, input, inputted, booked, processed, uploaded, registrado, registrada,
    contabilizado, contabilizada, ingresado, ingresada, procesado, procesada, lançado, lançada, processado,
    gebucht, verbucht, eingebucht, erfasst, comptabilisé, comptabilisée, saisi, saisie, traité, traitée,
    geboekt, ingeboekt, ingevoerd, verwerkt, registrato, registrata, contabilizzato, contabilizzata,
    inserito, inserita
""")
"""What has happened to a row, where a system, a day or initials alone follow: `posted in Komet 11/3 JM`."""
INTO = said("""
    in, into, to, on, by, the, en, el, por, em, no, o, pelo, im, am, das, von, dans, le, par, op, het, door,
    nel, il, da
""")
"""What may stand between these."""
SYSTEMS = said("""
    komet, komet sales, system, qb, qbo, quickbooks, sap, netsuite, erp, ar, a/r, gl, ledger, books,
    sistema, système, systeem
""")

SEE = said("see, ver con, ver a, siehe, zie, voir, vedi, sentire")
SEEN = said("""
    photo, photos, pic, pics, picture, pictures, attached, attachment, email, mail, e, below, above,
    invoice, inv, claim, report, note, notes, file, list, image, images, video, folder, link, page, tab,
    sheet, row, line, comment, comments, awb, po, order, credit, farm, back, other, next, previous, last,
    foto, fotos, adjunto, correo, factura, abajo, arriba, hoja, nota, anexo, anhang, bild, bilder, rechnung,
    unten, oben, bijlage, factuur, onder, boven, pièce, facture, dessous, allegato, fattura, sotto, sopra,
    qc, usda, bol, statement, document, doc, docs, details, detail, above, memo, ticket, case, whatsapp,
    text, scan, pdf
""")
"""What is seen that is nobody to speak to."""

FIGURES = said("""
    amount, amounts, amt, amnt, total, balance, bal, date, credit date, credit amount, credit amt, credit
    total, credit balance, memo date, memo amount, cm date, cm amount, cm amt, value, figure, cust, cust
    code, customer code, customer, acct, importe, monto, valor, saldo, fecha, total, cliente, data, betrag,
    summe, datum, gutschriftsbetrag, gutschriftsdatum, saldo, kunde, montant, solde, date, client, importo,
    bedrag, totaal, klant, totale
""")
"""What of its row a note may say to be wrong. Prices, quantities and boxes are none of them: that they were
wrong is why there is a credit."""
WRONG = said("""
    wrong, incorrect, inaccurate, mistaken, erroneous, bad, incorrecto, incorrecta, equivocado, equivocada,
    errado, errada, erróneo, errónea, incorreto, incorreta, falsch, falscher, falsches, falsche,
    fehlerhafter, unrichtiger, incorrecte, erroné, erronée, faux, fausse, mauvais, mauvaise, inexact,
    inexacte, sbagliato, sbagliata, errato, errata, scorretto, scorretta, verkeerd, verkeerde, fout, foute,
    onjuist, onjuiste
""")
IS_WRONG = (
    *WRONG,
    *said("""
        off, not right, not correct, isn't right, isn't correct, doesn't match, does not match, in error,
        mal, está mal, no cuadra, no coincide, no es correcto, no es correcta, não bate, não confere, não está
        certo, não está correto, stimmt nicht, passt nicht, nicht korrekt, nicht richtig, fehlerhaft, ne
        correspond pas, n'est pas correct, n'est pas bon, n'est pas bonne, non corretto, non corretta, non
        corrisponde, non torna, niet juist, niet correct, klopt niet
    """),
)
"""The same where it stands behind: `Betrag stimmt nicht`."""
WAS = said("is, was, seems, looks, es, está, é, parece, ist, scheint, est, semble, è, sembra, lijkt")
FIX = said("""
    fix, correct, change, update, adjust, amend, corregir, cambiar, actualizar, ajustar, corrigir, alterar,
    korrigieren, ändern, anpassen, berichtigen, corriger, modifier, changer, ajuster, correggere,
    modificare, cambiare, corrigeren, aanpassen, wijzigen
""")
"""What is to be done with it: `fix date`, `Betrag korrigieren`."""

DUE_FROM = said("pend, pending, pdte, pte, pendiente, pendente, waiting, offen bei")
