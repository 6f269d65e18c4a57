"""How people say in a line or a note that rows are not to be posted yet: that somebody has to approve them,
that a day has to come first, that the list is none to go by. Flat lists for all languages, as in `marks`.
"""

from komet_import.types.languages import said

AWAITED = said("""
    approval, approvals, confirmation, authorization, authorisation, review, sign off, signoff, ok, okay,
    go ahead, green light, decision, verification, signature, response, reply, answer, clarification,
    aprobación, confirmación, autorización, revisión, visto bueno, vo bo, respuesta, verificación, firma,
    decisión, aprovação, confirmação, autorização, revisão, resposta, verificação, liberação, assinatura,
    approbation, validation, accord, feu vert, réponse, vérification, autorisation, freigabe, genehmigung,
    bestätigung, zustimmung, prüfung, rückmeldung, antwort, klärung, unterschrift, goedkeuring, akkoord,
    bevestiging, controle, antwoord, toestemming, handtekening, approvazione, conferma, autorizzazione,
    verifica, revisione, risposta, benestare, decisione
""")
"""What rows wait for."""

AWAITING = said("""
    pending, pend, pdte, pte, awaiting, waiting for, waiting on, waiting, wait for, needs, need, requires,
    require, requiring, subject to, until, pendiente, pendientes, espera, en espera, a la espera,
    esperando, requiere, requieren, sujeto a, sujetos a, sujeta a, falta, faltan, hasta, pendente, pendentes,
    aguardando, à espera, requer, até, en attente, nécessite, nécessitent, sous réserve, jusqu'à, manque,
    wartet auf, warten auf, vorbehaltlich, benötigt, braucht, bis zur, in erwartung, wacht op, wachten op,
    in afwachting van, onder voorbehoud van, vereist, in attesa, attende, richiede, richiedono, soggetto
    a, soggetti a, manca, fino a
""")
"""What is said before it."""

PAPERS_AWAITED = said("""
    backup, back up, documentation, documents, paperwork, photos, pictures, pics, proof, claim form, vendor
    credit, farm credit, grower credit, respaldo, soporte, soportes, documentos, fotos, comprobante,
    documentação, comprovante, justificatif, justificatifs, photos, unterlagen, belege, beleg, bilder,
    bewijs, documenten, foto's, documenti, documentazione, foto, giustificativi, giustificativo
""")
"""What a row waits for: `need backup`; a list of credits that speaks of it says how claims are made."""

STILL_AWAITED = said("""
    pending, required, needed, outstanding, missing, pendiente, requerida, pendente, requise, nécessaire,
    manquante, ausstehend, steht aus, fehlt, erforderlich, nötig, vereist, nodig, ontbreekt, volgt nog,
    necessaria, richiesta, mancante, in sospeso
""")
"""What is said behind it (`Freigabe fehlt noch`)."""

NOT_YET = said("""
    not yet, not yet been, not been, yet to be, still to be, to be, aún no, todavía no, sin, ainda não, pas
    encore, non encore, noch nicht, nog niet, non ancora, ancora da, da
""")
CHECKED = said("""
    approved, confirmed, authorized, authorised, released, reviewed, verified, checked, finalized,
    finalised, validated, final, signed off, reissued, re issued, recalculated, aprobar, aprobado, aprobada,
    aprobados, aprobadas, confirmar, confirmado, confirmada, confirmados, confirmadas, autorizado,
    autorizados, revisar, revisado, revisados, verificar, verificado, verificados, aprovado, aprovada,
    aprovados, aprovadas, liberado, liberados, revisados, approuvé, approuvés, approuvée, confirmé,
    confirmés, validé, validés, validée, vérifié, vérifiés, freigegeben, genehmigt, bestätigt, geprüft,
    goedgekeurd, bevestigd, gecontroleerd, vrijgegeven, approvato, approvati, approvata, approvate,
    confermato, confermati, confermata, confermate, verificato, verificati, approvare, confermare,
    verificare, akkoord, ok, definitief, endgültig, definitivo, définitif
""")
"""What has not happened to rows yet."""

NOT_YET_TO = said("""
    not yet, aún no, todavía no, ainda não, pas encore, ne pas encore, non encore, noch nicht, nog niet, non
    ancora
""")
"""What stands before what is not to be done with rows yet: `nog niet boeken`."""

NOT = said("not, no, não, non, pas, nicht, niet")
DECIDED = said("""
    approved, confirmed, authorized, authorised, final, finalized, finalised, aprobado, aprobada, aprobados,
    aprobadas, confirmado, confirmados, autorizado, autorizados, definitivo, definitivos, aprovado,
    aprovados, approuvé, approuvés, validé, validés, définitif, définitifs, freigegeben, genehmigt,
    bestätigt, endgültig, goedgekeurd, bevestigd, definitief, approvato, approvati, confermato, confermati,
    definitiva, definitivi
""")
"""What certainly has not, where nothing but `not` stands before it."""

TO_BE_CHECKED = said("""
    under review, being reviewed, in review, en revisión, se está revisando, em revisão, wird noch, werden
    noch, in prüfung, wordt nog, worden nog, en cours de vérification, in verifica, por aprobar, por
    confirmar, por revisar, por autorizar, por verificar, a aprovar, a confirmar, à confirmer, à valider, à
    approuver, à vérifier, zu prüfen, zu genehmigen, zu bestätigen, freizugeben, te controleren, te
    bevestigen, goed te keuren, still has to approve, has to approve, must still approve, still needs to
    approve, still must approve, still has to be approved, still has to confirm, muss noch, müssen noch,
    moet nog, moeten nog, debe aprobar, deben aprobar, tiene que aprobar, falta aprobar, doit encore,
    doivent encore, deve ancora, devono ancora, ainda deve, ainda precisa, falta aprovar
""")
"""The same in other words."""

LOOKING = said("""
    review, information, info, informational, approval, reference, verification, checking, discussion,
    revisión, información, consulta, aprobación, referencia, conocimiento, verificación, revisão,
    informação, conferência, conhecimento, aprovação, vérification, contrôle, relecture, approbation,
    consultation, ansicht, kenntnisnahme, kontrolle, prüfung, abstimmung, freigabe, controle, informatie,
    kennisgeving, goedkeuring, inzage, verifica, conoscenza, informazione, revisione, controllo,
    approvazione, visione
""")
LOOKED_AT_FOR = said("for, para, zur, zum, ter, voor, pour, per")
BY = said("by, of, por, pelo, pela, par, durch, von, door, van, da, di")
NOTHING_ELSE = said("""
    only, solo, sólo, solamente, únicamente, somente, apenas, só, uniquement, seulement, nur, alleen,
    slechts, enkel, soltanto, purposes
""")
"""How a list is said to be for looking at only."""

POST = said("""
    post, enter, import, book, process, load, apply, record, key, upload, release, submit, registrar,
    contabilizar, ingresar, importar, aplicar, cargar, procesar, buchen, verbuchen, einbuchen, erfassen,
    importieren, einspielen, eingeben, boeken, inboeken, invoeren, importeren, verwerken, comptabiliser,
    saisir, importer, enregistrer, traiter, registrare, inserire, importare, contabilizzare, caricare,
    lançar, inserir, digitar, processar, aplicare, be posted, be entered, be imported, be booked, be
    processed, be released
""")
POSTED = said("posted, entered, imported, booked, processed, released, applied, gebucht, geboekt")
POSTING = (
    *POST,
    *said("""
        posting, entering, importing, booking, processing, loading, applying, keying, uploading, releasing,
        buchung, buchen, verbuchung, import, boeking, verwerking, comptabilisation, saisie, registrazione,
        lançamento, importação, contabilización
    """),
)
WILL_BE = said("will be, se va a, wird, sera, wordt, sarà, será")
LATER = said("""
    after, once, when, as soon as, upon, después, cuando, a partir, una vez, tras, luego, após, depois,
    quando, nach, ab, wenn, sobald, nachdem, na, vanaf, als, wanneer, zodra, après, quand, lorsque, une
    fois, dès, dopo, una volta
""")
WHAT = said("""
    these, this, them, it, those, all, only, just, credits, credit memos, the credits, the rows, please,
    solo, sólo, solamente, únicamente, los, las, estos, estas, créditos, somente, só, apenas, estes,
    uniquement, seulement, ces avoirs, les avoirs, solo, soltanto, solamente, questi, diese, sie, erst, pas,
    deze, ze
""")
"""What may stand between to post and the day or the event after which it is asked."""
ONLY = said("only, erst, pas, solo, sólo, solamente, únicamente, somente, só, apenas, soltanto, seulement")

ASK = said("""
    wait, hold, ask, call, check with, confirm with, talk to, speak to, speak with, approve, review, verify,
    esperar, consultar, preguntar, llamar, hablar con, confirmar con, revisar, verificar, rücksprache,
    klären, abklären, absprechen, fragen, anrufen, warten, abwarten, prüfen, overleg, overleggen, bellen,
    vragen, wachten, controleren, demander, appeler, voir avec, attendre, consulter, vérifier, chiedere,
    chiamare, aspettare, attendere, sentire, verificare, perguntar, ligar, aguardar, falar com, conferir
""")
BEFORE = said("""
    before, b4, prior to, antes de, vor dem, vor der, vor, voor het, voor de, alvorens, avant de, avant la,
    avant, prima di, prima della, antes da
""")

ASKING = said("""
    ask, check w, check with, ck w, ck with, confirm w, confirm with, verify, verify w, verify with, talk
    to, consultar con, verificar con, revisar con, preguntar a, confirmar con, hablar con, rücksprache
    mit, klären mit, overleg met, navragen bij, voir avec, demander à, sentire, chiedere a, falar com,
    confirmar com
""")
SAYS = said("says, said, ok, oks, okays, okay, approves, confirms, answers, agrees, is back")
FIRST = said("first, primero, antes, zuerst, vorher, eerst, d'abord, avant, prima, primeiro")
"""How somebody is to be asked, where nothing or but this follows: `ask Jim`, `confirm w farm first`."""
DO_NOT = said("do not, don't, dont")

WAIT = said("""
    aguantar, frenar, warten, abwarten, wachten, wacht, attendre, attendez, en attente, aspettare,
    aspettate, attendere, in attesa, aguardar, aguarde, aguardando, esperar, espere, esperando, en espera, a
    la espera, zurückstellen, zurückhalten, aanhouden, in afwachting, retener
""")
"""To wait, in other languages than English, where that is what a sentence begins with."""
HOLD = said("wait, w8, hold, on hold, waiting, awaiting")
WHO = said("farm, grower, supplier, vendor, manager, management, accounting, sales, office, finca, boss")
TO = said("to, has to, needs to, must, will, should")
CHECK = said("approve, confirm, verify, authorize, authorise, sign, ok, okay, review")
FAILED = said("unable, failed, forgot, refused, able, need, called, asked, agreed, back")
"""Who is to check a row, where not `Unable` but a name or one of these stands in front: `Jim to confirm`."""
NOT_TO_BE = said("not to be, no se debe, nicht zu, niet te, non da")
ON_HOLD = said("on hold per, on hold by, on hold due, on hold from, on hold because")
HELD = said("""
    on hold, hold, held, retenido, retenida, retido, retida, en espera, aguardando, bloqueado, bloqueada,
    suspendido, suspendida, suspenso, gesperrt, zurückgestellt, zurückgehalten, en attente, bloqué, bloquée,
    retenu, suspendu, in attesa, bloccato, bloccata, sospeso, sospesa, trattenuto, geblokkeerd, aangehouden,
    vastgehouden, in de wacht, in wacht
""")
HOLDING = said("by, per, w, with, por, pelo, pela, par, durch, von, door, da, dal")
"""What stands between that and who holds a row: `held by Marta`."""
HELD_ELSEWHERE = said("""
    customs, usda, cbp, fda, aphis, airport, airline, flight, aduana, aduanas, zoll, zollamt, douane,
    dogana, alfândega, mia, driver, trucker, cooler, dock, warehouse
""")
"""Who holds boxes and trucks: `held by customs` is why there is a credit."""
UNTIL = said("""
    for, on, until, till, til, with, before, off, these, this, them, it, all, everything, pending, to hear
""")
"""What goes on after these in English: others speak of something else (`hold the line`, `waiting time`)."""
TIMES = said("""
    c, f, degrees, h, hr, hrs, hour, hours, m, min, mins, minute, minutes, d, day, days, wk, wks, week,
    weeks, month, months, more, extra, full, long, business, working, box, boxes, stems, bunches, pm, am,
    p m, a m, th, x, credits, invoices, orders, people, trucks, of, and, or, times
""")
"""What is counted behind a 4 that is no `for`: `waited 4 hours`, `hold 4 boxes`."""
PLEASE = said("""
    please, pls, kindly, so, bitte, por favor, favor, s'il vous plaît, svp, per favore, gelieve, graag
""")

SUPERSEDED = said("""
    superseded by, obsoleted by, superado por, reemplazado por, reemplazada por, reemplazados por,
    sustituido por, sustituida por, überholt durch, ersetzt durch, vervangen door, remplacé par, remplacée
    par, remplacés par, sostituito da, sostituita da, sostituito dalla, sostituita dalla, substituído por,
    substituída por, substituído pela, substituída pela
""")
REPLACED = said("replaced by, replaced with, see, see the, there is a")
NEWER = said("new, newer, newest, latest, revised, corrected, updated, later")
VERSION = said("file, list, version, rev, revision, sheet, report, workbook, upload")
"""What a list was replaced by, where nothing but these words says that it is the list that was."""

UNFINISHED = said("""
    work in progress, on hold until, on hold till, on hold pending, to follow, are estimates, are estimated,
    outdated, veraltet, verouderd, desactualizado, desactualizada, desatualizado, périmé, trabajo en curso,
    en elaboración, in arbeit, in bearbeitung, in bewerking, travail en cours, in lavorazione, em andamento,
    em elaboração, unter vorbehalt, onder voorbehoud, con riserva
""")
"""What a list is called that is not finished."""

SHORTHAND = said("""
    not ready, not ready yet, fyi, fyi only, wip, tbc, for your information, zur info, ter info, à
    confirmer, tbd
""")
"""What says so where it is all that is said."""

SHOWN_APART = said("""
    include, includes, included, including, exclude, excludes, excluded, excluding, excl, except, without,
    incluye, incluyen, incluidos, excluye, excepto, ohne, außer, enthält, sans, sauf, hors, inclus, zonder,
    behalve, exclusief, senza, escluso, esclusi, inclusi, sem, exceto, exclui, inclui
""")
"""Words beside which a line speaks of rows that are none of the sheet's."""

ABOVE = said("""
    over, above, exceeding, more than, greater than, mayores, más de, superiores, über, mehr als, boven,
    meer dan, oltre, più di, acima, mais de, plus de, supérieurs à
""")
"""Words that with an amount speak of what is done in general: `Credits over $500 require approval`."""
