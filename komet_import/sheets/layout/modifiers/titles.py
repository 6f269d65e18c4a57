"""What a title says of the rows below it: that they are of another paper or party, or count no longer."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise

from komet_import.language.catalogues import in_every_language
from komet_import.sheets.layout.modifiers.modifier_values import kind_of, state_of
from komet_import.sheets.layout.words.calendar_words import months
from komet_import.sheets.layout.words.delays import note_says_to_wait
from komet_import.types import ImportType, Meaning
from komet_import.types.delay_words import CHECKED
from komet_import.types.headings import plain, telling, words
from komet_import.types.languages import PARTY
from komet_import.types.marks import names_of

PROVISIONAL = frozenset(
    words(
        "draft drafts borrador borradores rascunho rascunhos entwurf entwurfe brouillon brouillons "
        "concept concepten duplicate duplicates duplicado duplicados doublons doppelte dubbele "
        "preliminary provisional proforma preliminar preliminares provisionales provisorio provisoria "
        "provisorios provisorias provisoire provisoires preliminaire preliminaires "
        "vorlaufig vorlaufige vorlaufiger voorlopig voorlopige example ejemplo exemple beispiel "
        "bozza bozze duplicati duplicate preliminare preliminari provvisorio provvisori provvisoria esempio"
    )
)
"""Words of a line of text that say of the rows below it that they are none to go by, open or not."""

REMOVING = frozenset(
    words(
        "void voided cancel cancelled canceled delete deleted remove removed reverse reversed refund "
        "refunded reject rejected discard writeoff writtenoff "
        "anular anulado anulada anulados anuladas cancelar cancelado cancelada cancelados canceladas "
        "eliminar borrar castigar castigado castigados reversar reembolsar reembolsado reembolsados devolver "
        "rechazar descartar estornar estornados excluir baixar "
        "annuler annule annules annulees supprimer extourner rembourser rembourse rembourses "
        "stornieren storniert stornierte loschen ausbuchen auszubuchende auszubuchen erstatten erstattete "
        "ausgebucht ausgebuchte annuleren geannuleerd verwijderen afboeken afte afgeboekt afgeboekte "
        "terugbetalen terugte terugbetaald terugbetaalde "
        "annullare annullato annullata annullati annullate stornare stornato stornati eliminare cancellare "
        "cancellati rimborsare rimborsati stralciare stralciati"
    )
)
"""Words of a line of text that say that the rows below it were taken away, or are about to be (`Credits to
write off`); two words that are split (`af te boeken`) stand as one."""

ELSEWHERE = (PROVISIONAL | REMOVING).union(
    words(
        "applied closed paid settled disputed dispute invoice invoices debit debits payment payments pagado "
        "pagados aplicado aplicados cerrado cerrados factura facturas pago pagos cancelamento fechado "
        "fechados fatura faturas bezahlt bezahlte erledigt ausgeglichen rechnung rechnungen zahlung "
        "zahlungen paye payes regle regles facture factures paiement paiements betaald betaalde gesloten "
        "facturen betaling betalingen vendor vendors supplier suppliers proveedor proveedores fornecedor "
        "fornecedores lieferant lieferanten kreditoren fournisseur fournisseurs leverancier leveranciers "
        "crediteuren payable payables expired hold used writeoffs unapproved approval expirado expirados "
        "vencido vencidos vencida vencidas usado usados utilizados aprobacion expirada expiradas "
        "abgelaufen abgelaufene abgelaufener erstattet expires perimes utilises verlopen castigo castigos "
        "incobrable incobrables incobravel incobraveis irrecouvrable irrecouvrables ausbuchung "
        "ausbuchungen abgeschrieben abgeschriebene uneinbringlich uneinbringliche oninbaar oninbare pagato "
        "pagati pagata pagate chiuso chiusi chiusa chiuse applicato applicati applicata applicate "
        "utilizzato utilizzati utilizzata utilizzate scaduto scaduti scaduta scadute rimborsato rimborsata "
        "rimborsate fattura fatture pagamento pagamenti incasso incassi fornitore fornitori inesigibile "
        "inesigibili saldati compensati disputa litigio litige contestacion contestes strittig strittige "
        "reklamation geschil betwist contestazione contestati"
    )
)
"""Words of a line of text that say of the rows below it that they are not what the sheet is about; two words
that are written as one or with a hyphen as well stand as one (`write offs`)."""

PARTIES = frozenset(
    words(
        "vendor vendors supplier suppliers proveedor proveedores fornecedor fornecedores lieferant "
        "lieferanten kreditoren fournisseur fournisseurs leverancier leveranciers crediteuren payable "
        "payables fornitore fornitori"
    )
)
"""Those of them that say whose the rows are: they may be open, and are no customers' for that."""

OUTDATED = frozenset(
    words(
        "old older obsolete outdated superseded backup test archive archived "
        "viejo vieja viejos viejas antiguo antigua antiguos antiguas obsoleto obsoletos respaldo prueba "
        "pruebas archivado archivados desactualizado velho velhos antigo antigos antigas teste testes "
        "arquivado arquivados ancien anciens ancienne anciennes perime essai archives obsolete "
        "alt alte alter altes alten veraltet archiv archiviert sicherung sicherungskopie "
        "oud oude verouderd archief gearchiveerd reservekopie "
        "vecchio vecchia vecchi vecchie obsoleti archivio archiviati prova prove"
    )
)
"""Words that say so where nothing but what the sheet is about stands beside them: a company may be called
`Old Town Florist`."""

_SUBJECT = frozenset(
    words(
        "open balance balances list sheet data file report version copy customer customers "
        "saldo saldos lista hoja datos informe copia cliente clientes "
        "planilha dados relatorio solde soldes liste feuille donnees rapport copie client clients "
        "blatt daten bericht kopie kunden lijst blad gegevens klanten number "
        "elenco foglio dati copia clienti saldi"
    )
)
"""Words that a sheet is about, whatever its type is."""


STANDING = frozenset(
    words(
        "inactive inactivated deactivated disabled former blocked suspended archived dormant prospect "
        "prospects lead leads inactivo inactivos inactiva inactivas bloqueado bloqueados suspendido "
        "suspendidos prospecto prospectos inativo inativos inativa inativas bloqueados suspensos antigos "
        "inactif inactifs inactive inactives bloque bloques suspendus archives anciens "
        "inaktiv inaktive inaktiver gesperrt gesperrte ehemalige archivierte interessenten "
        "inactief inactieve geblokkeerd geblokkeerde voormalige gearchiveerde "
        "inattivo inattivi inattiva inattive bloccato bloccati sospeso sospesi archiviati"
    )
)
"""Words of such a line that say of customers that they are not active, or none yet."""
_ACTIVE = frozenset(
    words(
        "active all activo activos activa activas todos todas ativo ativos actif actifs tous toutes "
        "aktiv aktive alle actief actieve attivo attivi tutti"
    )
)
"""Words beside which it says more than one thing."""


def elsewhere(type: ImportType, said: Sequence[str]) -> frozenset[str]:
    """The words of a line that say of the rows below it that they are something else than the type's."""
    found = ELSEWHERE.intersection(spoken(said)) | outdated(type, said)
    if type.column_for(Meaning.ACTIVE) and _ACTIVE.isdisjoint(said):
        found |= STANDING.intersection(said)
    return found - own_words(type, said)


def spoken(said: Sequence[str]) -> frozenset[str]:
    """The words of a line, and each two that follow each other as one."""
    spaced = "".join(said) if all(len(word) == 1 for word in said) else ""  # D R A F T
    return frozenset(said).union((spaced,), (first + second for first, second in pairwise(said)))


def outdated(type: ImportType, said: Sequence[str]) -> frozenset[str]:
    """The words of a line that say nothing but that what it is about is an old one, or none to go by."""
    found = OUTDATED.intersection(said)
    if not found:
        return found
    known = OUTDATED | _SUBJECT | _subjects(type) | own_words(type, said) | months().keys()
    return found if all(word in known or word.isdigit() or len(word) < 3 for word in said) else frozenset()


@lru_cache(maxsize=64)
def _subjects(type: ImportType) -> frozenset[str]:
    names = names_of(type.paper) if type.paper else ()
    return frozenset(word for name in names for word in words(name))


def own_words(type: ImportType, said: Collection[str]) -> frozenset[str]:
    """The words by which a type itself is called, in every language: what its documents are, and its title
    where all of it is said. `Vendor` is the type's own in `Vendor Deposits`, not in `Vendor payments`.
    """
    nouns, titles = _names(type)
    return nouns.union(*(title for title in titles if title.issubset(said)))


@lru_cache(maxsize=64)
def _names(type: ImportType) -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    nouns = {word for noun in type.noun for told in in_every_language(noun) for word in telling(told)}
    return frozenset(nouns), tuple(frozenset(telling(told)) for told in in_every_language(type.title))


_TITLE = 8
"""A title has no more words than this."""
_NEGATIONS = frozenset(
    words(
        "not no non nicht niet nao sin por to be un open und and y e et en o or & pending excluding excl "
        "without except excluye excluyendo excepto sem excluindo exceto hors sauf sans ohne außer zonder "
        "exclusief senza esclusi eccetto"
    )
)
"""Words beside which a title says something else, or more than one thing."""


_YET_TO_BE = frozenset(words("to be por"))
"""Words beside which a title says what is still to be done: `Credits to be applied` are open, those to be
cancelled are none to import."""


def is_inactive(text: str, type: ImportType) -> bool:
    """Whether a title says that the parties below it are not active, or that the list is an old one."""
    said = words(text)
    if len(said) > _TITLE or not _NEGATIONS.isdisjoint(said):
        return False
    return bool(outdated(type, said)) or not STANDING.isdisjoint(elsewhere(type, said))


def is_of_others(text: str, type: ImportType) -> bool:
    """Whether a title says that what is below it counts no longer, or is of another paper or party: `Voided
    credits`, `Payments`; not `Invoices and credits`, nor `Credits not applied`."""
    said = words(_WITHOUT_LABELS(" ", text))
    papers = names_of(type.paper) if type.paper else ()
    own = own_words(type, said).union(map(plain, papers))
    if _begins_so(text) or (_PAYABLES(text) and not own.isdisjoint(said) and len(said) <= _OF_A_LEDGER):
        return True
    old = outdated(type, said)
    hits = (ELSEWHERE.intersection(spoken(said)) | old) - own - _grouping(said, own)
    negations = _NEGATIONS - {"open"} if old or not PROVISIONAL.isdisjoint(hits) else _NEGATIONS
    if not REMOVING.isdisjoint(hits):
        negations -= _YET_TO_BE
    if not PARTIES.isdisjoint(hits) or (own.isdisjoint(said) and any(map(_is_paper, hits))):
        negations -= {"open"}  # open ones are others' for that: `Open vendor credits`, `Open invoices`
    if not hits or len(said) > _TITLE or not negations.isdisjoint(said):
        return False
    return own.isdisjoint(said) or any(word in REMOVING or not _is_paper(word) for word in hits)


_BY = frozenset(words("by per por par nach pro je selon"))
_CUSTOMERS = frozenset(word for named in PARTY.values() for one in named for word in words(f"{one} {one}s"))


def _grouping(said: Sequence[str], own: frozenset[str]) -> frozenset[str]:
    """The other parties by which papers of customers are put in groups: `Customer credits by vendor` are
    customers'; whose `Credits by vendor` are nobody knows, and what is `denied by vendor` is none."""
    if _CUSTOMERS.isdisjoint(said):
        return frozenset()
    triples = zip(said, said[1:], said[2:], strict=False)
    grouped = own | _CUSTOMERS
    return frozenset(
        party for what, by, party in triples if what in grouped and by in _BY and party in PARTIES
    )


_PAYABLES = re.compile(r"(?<!by )(?<!for )(?<!from )(?<!to )\b(?:A/?P|C[xX]P)\b").search
_OF_A_LEDGER = 5
"""A title that says payables as people abbreviate them (`AP credits`) has no more words than this."""
_WITHOUT_LABELS = re.compile(
    r"^\W*(?:approval|aprobaci[oó]n)\b[^:]{0,30}:(?=[^:]*\d)|\bhold[\s-]*harmless\b"
    r"|^\W*[^:]{0,40}\b(?:terms|policy|window|currency used|rate used|template used|form used)\s*:"
    r"|\S+@\S+\.\w+|\b(?:https?://|www\.)\S+",
    re.IGNORECASE,
).sub
"""Labels of what stands behind them, and not of the rows: `Approval date: 11/27`, `Payment terms: Net 30`;
and addresses (`payments@…`)."""


_BEGINNING = re.compile(r"\W*([^\W\d_]+)\s*(?:[:(–—]|-\s)").match
_EXAMPLES = frozenset(words("example ejemplo exemple beispiel esempio test prueba teste essai"))


def _begins_so(text: str) -> bool:
    """Whether a line begins with such a word and a mark: `OLD – see rev 2`, `Preliminary: may change`."""
    found = _BEGINNING(text)
    return found is not None and plain(found[1]) in (PROVISIONAL | OUTDATED) - _EXAMPLES


_REFUSING = REMOVING | frozenset(
    words(
        "hold skip ignore wait deny denied decline declined replace replacement repay payout no none nothing "
        "negar negado omitir ignorar esperar pagar abgelehnt ablehnen warten nichts weigeren afgewezen "
        "wachten niets refuser refuse attendre rien rifiutare rifiutato aspettare niente recusar recusado "
        "aguardar nada"
    )
)
"""Words of a column that says what is to be done with each row, or was decided, that do not import it."""
_CHECKED = frozenset(map(plain, CHECKED))


def asks_otherwise(value: str) -> bool:
    """Whether something else is to be done with a row, or was decided, than to import it."""
    if plain(value) in _CHECKED:
        return False
    told = note_says_to_wait(value) or state_of(value) == "other"
    return told or not _REFUSING.isdisjoint(spoken(words(value)))


def _is_paper(word: str) -> bool:
    return kind_of(word) is not None or word in {"invoices", "payments", "debits", "facturas", "pagos"}
