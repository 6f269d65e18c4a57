"""What a title says of the rows below it: that they are of another paper or party, or count no longer."""

from collections.abc import Collection
from functools import lru_cache

from komet_import.language.catalogues import in_every_language
from komet_import.types import ImportType, Meaning
from komet_import.types.headings import telling, words

ELSEWHERE = frozenset(
    words(
        "void voided cancelled canceled applied closed paid settled reversed deleted rejected disputed "
        "invoice invoices debit debits payment payments "
        "anulado anulada anulados anuladas cancelado cancelados cancelada canceladas pagado pagados aplicado "
        "aplicados cerrado cerrados factura facturas pago pagos cancelamento fechado fechados fatura faturas "
        "storniert stornierte bezahlt bezahlte erledigt ausgeglichen rechnung rechnungen zahlung zahlungen "
        "annule annules annulees paye payes regle regles facture factures paiement paiements "
        "betaald betaalde geannuleerd gesloten facturen betaling betalingen "
        "vendor vendors supplier suppliers proveedor proveedores fornecedor fornecedores "
        "lieferant lieferanten kreditoren fournisseur fournisseurs leverancier leveranciers crediteuren "
        "payable payables "
        "expired refunded hold draft drafts used writeoff writeoffs duplicate duplicates unapproved approval "
        "expirado expirados vencido vencidos vencida vencidas borrador borradores reembolsado reembolsados "
        "usado usados utilizados duplicado duplicados aprobacion rascunho rascunhos expirada expiradas "
        "abgelaufen abgelaufene abgelaufener entwurf entwurfe erstattet erstattete doppelte "
        "expires perimes rembourse rembourses utilises brouillon brouillons doublons "
        "verlopen concept concepten terugbetaald terugbetaalde dubbele"
    )
)
"""Words of a line of text that say of the rows below it that they are not what the sheet is about."""


STANDING = frozenset(
    words(
        "inactive inactivated deactivated disabled former blocked suspended archived dormant prospect "
        "prospects lead leads inactivo inactivos inactiva inactivas bloqueado bloqueados suspendido "
        "suspendidos prospecto prospectos inativo inativos inativa inativas bloqueados suspensos antigos "
        "inactif inactifs inactive inactives bloque bloques suspendus archives anciens "
        "inaktiv inaktive inaktiver gesperrt gesperrte ehemalige archivierte interessenten "
        "inactief inactieve geblokkeerd geblokkeerde voormalige gearchiveerde"
    )
)
"""Words of such a line that say of customers that they are not active, or none yet."""
_ACTIVE = frozenset(
    words(
        "active all activo activos activa activas todos todas ativo ativos actif actifs tous toutes "
        "aktiv aktive alle actief actieve"
    )
)
"""Words beside which it says more than one thing."""


def elsewhere(type: ImportType, said: Collection[str]) -> frozenset[str]:
    """The words of a line that say of the rows below it that they are something else than the type's."""
    found = ELSEWHERE.intersection(said)
    if type.column_for(Meaning.ACTIVE) and _ACTIVE.isdisjoint(said):
        found |= STANDING.intersection(said)
    return found - own_words(type, said)


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
