"""What labels a row that adds up others: “Total”, “FL200 Total”, “Sous-total”, “Gesamtergebnis”.

A label is read word by word. It must hold a word for a sum. Where all its other words are such as go with
sums (“Grand Total”, “Total general”, “Total: 37 credits”) it is plain; else it names what it adds up.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from komet_import import currencies, types
from komet_import.accents import without_accents
from komet_import.sheets.layout.words.calendar_words import months
from komet_import.types.schema import PARTIES

LONGEST = 90
"""A longer text is a sentence."""


@dataclass(frozen=True, kw_only=True)
class TotalLabel:
    """A label of a row that adds up others: the words with which it names what is added up (none: plain),
    whether a preposition leads to them (“Total for Rosas del Valle”), whether there are figures in it,
    whether it says that it adds up a part, and whether it says in several words that it carries a balance
    (“Opening balance”)."""

    about: tuple[str, ...] = ()
    linked: bool = False
    figures: bool = False
    sub: bool = False
    carried: bool = False

    @property
    def plain(self) -> bool:
        """Whether it names nothing."""
        return not self.about


def words(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents and punctuation."""
    said = without_accents(text.casefold())
    return tuple(_WORD.findall(_SHORT(" subtotal ", said) if "/" in said else said))


_WORD = re.compile(r"[^\W_]+")
_SHORT = re.compile(r"(?<![\w/])s/t(?![\w/])").sub


def _all(*languages: str) -> frozenset[str]:
    return frozenset(word for language in languages for word in words(language))


_SUMS = _all(
    "total totals sum sums tot ttl σ",
    "totales suma sumas",  # Spanish; Polish says suma, too
    "totais soma somas",  # Portuguese
    "totaux somme sommes",  # French
    "summe summen gesamt gesamtsumme gesamtsummen gesamtbetrag gesamtergebnis gesamttotal gesamtsaldo",
    "insgesamt endsumme endbetrag ergebnis",
    "totaal totalen totaalbedrag eindtotaal totaalsaldo som",  # Dutch
    "totale totali somma",  # Italian
    "summa totalt totalsumma slutsumma totalsum totalbelob samlet yhteensa loppusumma",  # the north
    "razem ogolem lacznie celkem soucet spolu sucet osszesen vegosszeg ukupno skupaj suma",  # the east
    "toplam итого всего итог разом всього підсумок συνολο",
    "合计 总计 總計 合計 総計 합계 총계 المجموع الإجمالي",
)
_PARTS = _all(
    "subtotal subtotals subtotales subtotais subtotali subtotale subtotaal tussentotaal zwischensumme",
    "zwischensummen zwischentotal teilsumme teilergebnis soustotal soustotaux delsumma delsum valisumma",
    "mezisoucet medzisucet reszosszeg подытог 小计 小計 소계",
)
"""What says that a row adds up a part of the rows."""

_COUNTS = _all("count average recuento promedio anzahl mittelwert moyenne aantal gemiddelde contagem")
"""What Excel's subtotals are called that are no sums."""

_PREPOSITIONS = _all(
    "for of per by in to de del du des do da dos das por para pour par pro für von vom fur der den voor van",
    "di the la le les los las el het die all",
)
_BESIDE = _PREPOSITIONS | _all(
    "grand sub sous overall column page gran gesamt zwischen teil net netto neto nett gross brutto",
    "bruto balance balances saldo saldos solde soldes open opened due amount amounts value outstanding final",
    "report reporte informe relatorio rapport bericht",
    "end importe monto valor betrag montant bedrag importo general generale generaal geral global genel ara",
    "i alt",
    "customer customers client clients cliente clientes kunde kunden klant klanten debtor debtors account",
    "credit credits credito creditos abono abonos avoir avoirs gutschrift gutschriften memo memos note notes",
    "invoice invoices factura facturas fatura faturas facture factures rechnung rechnungen facturen fattura",
    "and y e et und en row rows line lines item items this current running dollars dollar euros euro pesos",
)
_MONTHS = "|".join(sorted(months(), key=len, reverse=True))
_CARRIED = frozenset(
    words(text)
    for text in (
        "balance", "solde",
        "balance due", "carry forward", "carryforward", "carry over", "carryover", "b/fwd", "c/fwd",
        "bal b/fwd", "bal c/fwd", "prior balance", "previous balance", "suma y sigue", "sumas y siguen",
        "suma anterior", "saldo previo", "a transportar", "transporte", "transport", "te transporteren",
        "solde precedent", "solde a nouveau", "saldo precedente", "vorheriger saldo",
        "balance forward", "balance brought forward", "balance carried forward",
        "brought forward", "carried forward", "carried over", "opening balance", "closing balance",
        "b/f", "c/f", "balance b/f", "balance c/f", "bal b/f", "bal c/f", "bal fwd", "balance fwd",
        "bal forward",
        "beginning balance", "ending balance", "saldo final", "saldo inicial", "saldo anterior",
        "saldo a favor", "solde final", "solde initial", "a reporter", "report a nouveau", "endsaldo",
        "anfangssaldo", "saldovortrag", "übertrag", "vortrag", "beginsaldo", "eindsaldo", "saldo finale",
        "saldo iniziale", "saldo",
    )
)  # fmt: skip
"""Whole labels of lines that carry a balance, and so repeat the money of others."""

_AS_OF = _all("as of on at al a la fecha em am per zum au op ao le de")
"""What leads to the day of a balance: “Saldo al 27/11/2026”."""

_CARRIED_TO_A_DAY = frozenset(tuple(word for word in said if word not in _AS_OF) for said in _CARRIED) | {
    (),
    *(
        words(text)
        for text in (
            "stand", "kontostand", "saldostand", "corte", "cierre", "saldo cierre", "posicion", "posicao",
            "fechamento", "situation", "arrete", "cloture", "solde cloture", "situatie", "position",
        )
    ),
}  # fmt: skip
"""The same where a day follows, and what says so only there: “Stand 27.11.2026”, “Per 30.11.”."""

DAY = (
    r"(?i)\b\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b|\b\d{4}[./-]\d{1,2}[./-]\d{1,2}\b"
    rf"|\b\d{{1,2}}\.? (?:de )?(?:{_MONTHS})\b|\b(?:{_MONTHS})\.? (?:de )?\d{{1,4}}\b"
)
"""A regular expression (Arrow's) for a day or a month somewhere in a text."""


@lru_cache(maxsize=1)
def hint() -> str:
    """A regular expression (Arrow's) for what a label has in it somewhere: most texts have not, and are not
    looked at word by word."""
    said = {word for words_ in (_SUMS, _PARTS, _COUNTS, *_CARRIED) for word in words_ if len(word) > 2}
    spread = {word for word in said if not any(other in word for other in said - {word})}
    to_a_day = {rf"\b{word}\b" for words_ in _CARRIED_TO_A_DAY - _CARRIED for word in words_ if len(word) > 2}
    return "(?i)" + "|".join(sorted(spread | to_a_day | _SPELLED | {r"\bs/t\b"}))


def _names_day(said: tuple[str, ...]) -> bool:
    """Whether words name a day or a month: figures of a date, or a month beside a figure."""
    figures = [word for word in said if word.isdecimal()]
    if any(word in months() for word in said):
        return bool(figures)
    return 2 <= len(figures) <= 3 and all(len(figure) in (1, 2, 4) for figure in figures)


_SPELLED = frozenset(
    [
        *(
            "i alt",
            "t o t a l",
            r"\b[bc] ?/ ?f(wd)?\b",
            "σ",
            "łącznie",
            "ogółem",
            "součet",
            "súčet",
            "mezisoučet",
            "összesen",
            "végösszeg",
            "részösszeg",
        ),
        *(
            "yhteensä",
            "välisumma",
            "übertrag",
            "à reporter",
            "à nouveau",
            "totalbeløb",
            "σύνολο",
            "합계",
            "총계",
        ),
        *("소계", "合计", "总计", "總計", "合計", "総計", "小计", "小計", "подытог", "підсумок", "всього"),
    ]
)
"""What in a text as it stands is spelled otherwise than its words are compared."""


@lru_cache(maxsize=1)
def _beside() -> frozenset[str]:
    """The words that go with sums: a sheet may say what it adds up in the words of any type."""
    nouns: Iterable[str] = (*PARTIES, *(noun for known in types.ALL.values() for noun in known.noun))
    return _BESIDE | _all(*nouns) | frozenset(code.casefold() for code in currencies.CODES)


@lru_cache(maxsize=16_384)
def total_label(text: str) -> TotalLabel | None:
    """What a text says as the label of a row that adds up others; None where it is no such label."""
    if len(text) > LONGEST:
        return None
    said = words(text)
    if len(said) > 2 and all(len(word) == 1 for word in said):
        said = ("".join(said),)  # T O T A L
    if said in _CARRIED:
        return TotalLabel(carried=len(said) > 1)
    if _names_day(said):
        rest = tuple(word for word in said if not (word.isdecimal() or word in _AS_OF or word in months()))
        if rest in _CARRIED_TO_A_DAY and (rest or not _AS_OF.isdisjoint(said)):
            return TotalLabel(figures=True, carried=len(rest) > 1)
    places = [place for place, word in enumerate(said) if word in _SUMS or word in _PARTS or word in _COUNTS]
    if said[:2] == ("i", "alt"):
        places.insert(0, 1)
    if not places:
        return None
    beside = _beside()
    sub = any(word in _PARTS for word in said) or "sub" in said or "sous" in said or "zwischen" in said
    figures = any(word.isdecimal() for word in said)
    naming = [
        place
        for place, word in enumerate(said)
        if place not in places and word not in beside and not word.isdecimal()
    ]
    if not naming:
        counted = all(said[place] in _COUNTS for place in places)
        return None if counted and figures else TotalLabel(figures=figures, sub=sub)
    # A named sum begins or ends with the words of sums; what stands around them names nothing.
    first, last = naming[0], naming[-1]
    before = [place for place in places if place < first]
    after = [place for place in places if place > last]
    if before and not after:
        start = before[-1] + 1
        linked = said[start] in _PREPOSITIONS
        while start < first and said[start] in beside:
            start += 1
        return TotalLabel(about=said[start:], linked=linked, figures=figures, sub=True)
    if after and not before:
        return TotalLabel(about=said[: after[0]], figures=figures, sub=True)
    return None
