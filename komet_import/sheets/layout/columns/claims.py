"""What a heading says: the columns of a type that it claims, and how sure it is of each.

The words are data (`types.synonyms`); here they are put together for a type and looked up.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

from komet_import import currencies
from komet_import.language import Phrase, phrase
from komet_import.language.catalogues import in_every_language
from komet_import.sheets.layout.words.scales import scale_in_heading
from komet_import.types import ImportType
from komet_import.types.headings import telling, words
from komet_import.types.languages import BALANCES, PAPERS, PARTY, SHORT, Paper, Said, SheetLanguage
from komet_import.types.mark_headings import words_of_side
from komet_import.types.number_headings import is_weight
from komet_import.types.schema import Meaning, Side
from komet_import.types.synonyms import (
    AMOUNT_QUALIFIERS,
    AMOUNT_WORDS,
    ELSEWHERE,
    HEADINGS,
    OPEN,
    OPPOSITES,
    SUMMARIES,
    Phrases,
    Sure,
)

LONGEST = 80
"""A longer text is no heading."""


class Level(IntEnum):
    """How sure a heading is; of two columns of one level none is taken before the other."""

    LAST = 0  # only where nothing else is left: a customer's name for the customer
    VAGUE = Sure.VAGUE
    PLAIN = Sure.PLAIN
    CERTAIN = Sure.CERTAIN
    NAME = 4  # the column's own name, as the sample writes it


@dataclass(frozen=True, kw_only=True)
class HeadingClaim:
    """That a heading says the column `name` of a type.

    `declared` are headings that the type itself declares, `open` those that say what is left of an amount.
    `currency` is the one that the heading names, or what it counts in (thousands); `home` whether it can be
    the ledger's. Below an `opposite` one yes says no.
    """

    name: str
    meaning: Meaning
    level: Level
    why: Phrase | None = None
    declared: bool = False
    open: bool = False
    currency: str = ""
    home: bool = True
    opposite: bool = False


Key = tuple[str, ...]


class Vocabulary:
    """All that headings can say to one type."""

    def __init__(
        self,
        claims: Mapping[Key, tuple[HeadingClaim, ...]],
        elsewhere: frozenset[Key],
        money: HeadingClaim | None,
    ) -> None:
        self.claims, self.elsewhere, self.money = claims, elsewhere, money
        self._cached = lru_cache(maxsize=8192)(self._said)

    def said(self, heading: str, currency: str) -> tuple[HeadingClaim, ...]:
        """The columns that a heading claims, the surest first; `currency` is the ledger's."""
        return self._cached(heading, currency) if 0 < len(heading) <= LONGEST else ()

    def _said(self, heading: str, currency: str) -> tuple[HeadingClaim, ...]:
        heading = _REMARKS.sub(" ", _PLACE.sub("", heading))
        if is_weight(heading):
            return ()
        once = _AGAIN.sub("", heading)
        again = once != heading and telling(heading) not in self.claims
        if again and (said := self._said(once, currency)):
            return said
        bare, scale = scale_in_heading(heading)
        if scale and (scaled := self._scaled(bare, scale, currency)):
            return scaled
        if found := self._with_currency(heading, currency) or self.claims.get(telling(heading)):
            return found
        if found := self._in_two_languages(heading):
            return found
        rest, word, meant = currencies.named_in(heading)
        bare = _BRACKETS.sub(" ", rest)
        found = self.claims.get(telling(bare), ()) if bare != heading else ()
        found = found or self._qualified(telling(bare))
        home = not word or currency in meant
        return tuple(
            replace(claim, level=Level.VAGUE, declared=False, currency=word, home=home)
            for claim in found
            if claim.level >= Level.VAGUE
        )

    def is_elsewhere(self, heading: str) -> bool:
        """Whether a heading certainly says something that the type does not keep."""
        if len(heading) > LONGEST:
            return False
        heading = _AGAIN.sub("", _PLACE.sub("", heading))
        bare = _BRACKETS.sub(" ", heading)
        return telling(heading) in self.elsewhere or telling(bare) in self.elsewhere or is_summary(heading)

    def _qualified(self, said: Key) -> tuple[HeadingClaim, ...]:
        """What is said by an amount's word among words that go with it: `Original amt`."""
        amounts, rest = AMOUNT_WORDS.intersection(said), AMOUNT_QUALIFIERS.intersection(said)
        named = len(amounts) == 1 and rest and len(amounts | rest) == len(said)
        if self.money is None or not named or said in self.elsewhere:
            return ()
        return (replace(self.money, why=_PERHAPS, open=not OPEN.isdisjoint(said)),)

    def _scaled(self, bare: str, scale: str, ledger: str) -> tuple[HeadingClaim, ...]:
        """Amounts that a heading says to be counted in thousands, say, are no amounts of the ledger's."""
        return tuple(
            replace(claim, level=Level.VAGUE, why=heading_names(scale), currency=scale, home=False)
            for claim in self._said(bare, ledger)
            if claim.meaning.is_money
        )

    def _with_currency(self, heading: str, ledger: str) -> tuple[HeadingClaim, ...]:
        rest, word, meant = currencies.named_in(heading)
        if not word or self.money is None:
            return ()
        said = telling(rest)
        bare = (replace(self.money, level=Level.VAGUE, why=heading_names(word), open=False),)
        found = self.claims.get(said, ()) if said else bare
        return tuple(
            replace(claim, currency=word, home=ledger in meant)
            for claim in found
            if claim.name == self.money.name
        )

    def _in_two_languages(self, heading: str) -> tuple[HeadingClaim, ...]:
        """`Fecha / Date` says the same twice; what says two things says none of them for sure."""
        parts = [part for part in _PARTS.split(heading) if part.strip()]
        if len(parts) < 2:
            return ()
        found = [self.claims.get(telling(part), ()) for part in parts]
        if not all(found):
            return ()
        together = {claim.name for claim in found[0]}.intersection(
            *({c.name for c in each} for each in found)
        )
        best = [
            max((c for each in found for c in each if c.name == name), key=lambda c: c.level)
            for name in together
        ]
        return tuple(sorted(best, key=lambda claim: -claim.level))


_REMARKS = re.compile(r"\((?:required|optional|yyyy-mm-dd)\)|[*:]", re.IGNORECASE)
_PLACE = re.compile(r"^\W*(?:[0-9]{1,2}|[A-Za-z](?=\)))[.):]+\s*(?=[^\W\d])")
"""The place of a column in a form, before its heading: `2. Name`, `(3) Amount`, `b) Date`."""
_AGAIN = re.compile(r"(?<=[^\W\d])(?:\.[1-9]|[_ ]?\([1-9]\)|[_ ]?[1-9])$")
"""What programs put behind a heading that stands there before: `Amount.1`, `Amount (2)`, `Amount2`."""
_PARTS = re.compile(r"[/|\n]| - ")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")


def is_summary(heading: str) -> bool:
    """Whether a heading is of a pivot table, whose cells add up what stands elsewhere."""
    said = words(heading) if len(heading) <= LONGEST else ()
    return any(said[: len(start)] == start for start in _SUMMARIES) and len(said) > 2


_SUMMARIES = tuple(words(start) for starts in SUMMARIES.values() for start in starts)


@lru_cache(maxsize=64)
def vocabulary(type: ImportType) -> Vocabulary:
    """What headings can say to a type."""
    claims: dict[Key, dict[str, HeadingClaim]] = {}
    for claim, key in _claims(type):
        known = claims.setdefault(key, {}).get(claim.name)
        if key and (known is None or known.level < claim.level):
            declared = claim.declared or (known is not None and known.declared)
            claims[key][claim.name] = replace(claim, declared=declared, open=bool(OPEN.intersection(key)))
        elif known is not None and claim.declared:
            claims[key][claim.name] = replace(known, declared=True)
    found = {key: tuple(sorted(each.values(), key=lambda c: -c.level)) for key, each in claims.items()}
    money = type.column_for(Meaning.MONEY)
    return Vocabulary(
        claims=found,
        elsewhere=frozenset(_elsewhere(type)) - found.keys(),
        money=HeadingClaim(name=money.name, meaning=Meaning.MONEY, level=Level.VAGUE) if money else None,
    )


def _claims(type: ImportType) -> Iterator[tuple[HeadingClaim, Key]]:
    own = Paper.CREDIT if type.side is Side.WE_OWE else Paper.DEBIT
    for column in type.columns:
        claim = HeadingClaim(name=column.name, meaning=column.meaning, level=Level.NAME, why=_NAME_OF_COLUMN)
        for said in in_every_language(column.name):  # as our own sample has it, whoever downloaded that
            yield claim, telling(said)
        for sure, language, key in _phrases(HEADINGS.get(column.meaning, {}), type.paper):
            yield replace(claim, level=Level(sure), why=_why(language, Level(sure))), key
        plain = {
            key
            for sure, _, key in _phrases(HEADINGS.get(column.meaning, {}), type.paper)
            if sure is Sure.PLAIN
        }
        for said in column.synonyms:
            level = Level.PLAIN if telling(said) in plain else Level.CERTAIN
            yield replace(claim, level=level, why=_USUAL, declared=True), telling(said)
        against: Phrases = {Sure.VAGUE: OPPOSITES.get(column.meaning, {})}
        for _, _, key in _phrases(against, type.paper):
            yield replace(claim, level=Level.VAGUE, why=_OPPOSITE, opposite=True), key
        if column.meaning is Meaning.MONEY:
            for language, heads in words_of_side(own).items():
                for said in heads:
                    yield replace(claim, level=Level.VAGUE, why=_why(language, Level.VAGUE)), telling(said)
        if column.meaning is Meaning.PARTY:
            for _, language, key in _phrases(HEADINGS[Meaning.NAME], None):
                why = phrase("{language} heading of a name", language=Phrase(language))
                yield replace(claim, level=Level.LAST, why=why), key


_NAME_OF_COLUMN = phrase("name of the column")
_USUAL = phrase("usual heading")
_PERHAPS = phrase("heading may mean it")
_OPPOSITE = phrase("heading says the opposite: its yes becomes no")


def heading_names(currency: str) -> Phrase:
    """That a heading names a currency, as a reason."""
    return phrase("heading names {currency}", currency=currency)


def _why(language: SheetLanguage, level: Level) -> Phrase:
    if language is not SheetLanguage.ENGLISH:
        return phrase("{language} heading", language=Phrase(language))
    return _USUAL if level > Level.VAGUE else _PERHAPS


def _phrases(phrases: Phrases, paper: Paper | None) -> Iterator[tuple[Sure, SheetLanguage, Key]]:
    """Every phrase, filled in; one with the short form of a paper's name is vague at most."""
    for sure, said in phrases.items():
        for language, heads in said.items():
            for head in heads:
                for text, short in _filled(head, language, paper):
                    yield (Sure.VAGUE if short else sure), language, telling(text)


def _filled(phrase: str, language: SheetLanguage, paper: Paper | None) -> Iterator[tuple[str, bool]]:
    if "{party}" in phrase:
        for party in PARTY[language]:
            yield phrase.replace("{party}", party), False
        return
    if "{paper}" not in phrase and "{note}" not in phrase:
        yield phrase, False
        return
    if paper is None:
        return
    full: Said = PAPERS.get(paper, {})
    sides: Said = BALANCES.get(paper, {}) if "{paper}" in phrase else {}
    for hole in ("{paper}", "{note}"):
        if hole in phrase:
            for name in (*full.get(language, ()), *sides.get(language, ())):
                yield phrase.replace(hole, name), False
            for name in SHORT.get(paper, {}).get(language, ()):
                yield phrase.replace(hole, name), True


def _elsewhere(type: ImportType) -> Iterator[Key]:
    """What is certainly none of the type's columns: other papers, other meanings, and what no type keeps."""
    for language, heads in ELSEWHERE.items():
        for head in heads:
            yield from (telling(text) for text, _ in _filled(head, language, None))
    for paper in PAPERS:
        if paper is not type.paper:
            yield from (telling(name) for names in PAPERS[paper].values() for name in names)
            for meaning in (Meaning.NUMBER, Meaning.DAY, Meaning.MONEY):
                named = {Sure.CERTAIN: _naming_the_paper(HEADINGS[meaning][Sure.CERTAIN])}
                yield from (key for _, _, key in _phrases(named, paper))
    for meaning, phrases in HEADINGS.items():
        if meaning not in type.columns_by_meaning:
            certain: Phrases = {sure: said for sure, said in phrases.items() if sure is not Sure.VAGUE}
            yield from (key for _, _, key in _phrases(certain, None))


def _naming_the_paper(said: Said) -> Said:
    return {language: tuple(head for head in heads if "{paper}" in head) for language, heads in said.items()}
