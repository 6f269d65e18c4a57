"""Which columns of a header row mean what to an import type.

A header that says a column's name or one of its synonyms is a certain match. One that merely resembles it
(`Amt`, `Custmer Code`) is doubtful: a question for the person, never a silent match. Words are compared one
by one, so that a shared word alone is no likeness: the day of a document is not its balance.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from komet_import.sheets.files.child import Row
from komet_import.types import ImportType, Need
from komet_import.types.headings import plain, words


def required(wanted: ImportType) -> tuple[str, ...]:
    return tuple(c.name for c in wanted.columns if c.need is Need.REQUIRED)


@dataclass(frozen=True, kw_only=True)
class Match:
    """What one row would mean as the header."""

    place: int
    columns: dict[str, str]
    doubtful: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    score: int = 0


def best_match(rows: Sequence[Row], wanted: ImportType) -> Match | None:
    """The row that says most of the type's columns; the first of equals."""
    certain = [_match(place, row, wanted, likeness=False) for place, row in enumerate(rows)]
    best = max(certain, key=lambda match: match.score, default=None)
    if best is None:
        return None
    if best.missing:  # perhaps another row resembles more than this one says
        likely = [_match(place, row, wanted, likeness=True) for place, row in enumerate(rows[:20])]
        best = max(
            [_match(best.place, rows[best.place], wanted, likeness=True), *likely], key=lambda m: m.score
        )
    else:
        best = _match(best.place, rows[best.place], wanted, likeness=True)
    return best if best.columns or len(best.doubtful) > 1 else None


def _match(place: int, row: Row, wanted: ImportType, *, likeness: bool) -> Match:
    """The columns that a row's texts mean: by name, then by synonym, then, as questions, by likeness."""
    columns: dict[str, str] = {}
    doubtful: dict[str, str] = {}
    for names in (_names(wanted), _synonyms(wanted)):
        claims: dict[str, list[str]] = {}
        for letter, text in row.items():
            name = names.get(plain(text)) or names.get(plain(_PARENTHESES.sub("", text)))
            if name and letter not in columns and name not in columns.values():
                claims.setdefault(name, []).append(letter)
        for name, letters in claims.items():
            if len({plain(row[letter]) for letter in letters}) == 1:
                columns[letters[0]] = name
            else:  # two different synonyms of one column: which is meant is for the person to say
                doubtful |= dict.fromkeys(letters, name)
    if likeness:
        for letter, text in list(row.items())[:100]:
            if letter not in columns and letter not in doubtful and len(text) <= 60:
                taken = frozenset(columns.values())
                if name := _likely(text, _headings(wanted), taken):
                    doubtful[letter] = name
    found = {*columns.values(), *doubtful.values()}
    needed = required(wanted)
    return Match(
        place=place,
        columns=columns,
        doubtful=doubtful,
        missing=tuple(name for name in needed if name not in found),
        score=sum(3 if name in needed else 2 for name in columns.values()) + len(set(doubtful.values())),
    )


# What a header says -----------------------------------------------------------------------------------

_PARENTHESES = re.compile(
    r"\((?:required|optional|yyyy-mm-dd|usd|us\$|\$)\)|[*]|\b(?:in )?usd\b", re.IGNORECASE
)
_FILLERS = frozenset({"the", "of", "a", "usd", "us", "de", "del", "la", "el", "our", "your"})
_ENGLISH = {
    "fecha": "date",
    "datum": "date",
    "saldo": "balance",
    "importe": "amount",
    "monto": "amount",
    "valor": "amount",
    "betrag": "amount",
    "montant": "amount",
    "cliente": "customer",
    "client": "customer",
    "kunde": "customer",
    "codigo": "code",
    "credito": "credit",
    "nombre": "name",
    "ubicacion": "location",
    "sucursal": "branch",
    "comentarios": "comments",
    "comentario": "comments",
    "observaciones": "comments",
    "notas": "notes",
}


def _names(wanted: ImportType) -> dict[str, str]:
    return {plain(column.name): column.name for column in wanted.columns}


def _synonyms(wanted: ImportType) -> dict[str, str]:
    return {plain(said): column.name for column in wanted.columns for said in column.synonyms}


def _headings(wanted: ImportType) -> tuple[tuple[str, ...], ...]:
    """What may stand over each column: its name first."""
    return tuple((column.name, *column.synonyms) for column in wanted.columns)


def _telling(text: str) -> tuple[str, ...]:
    """The words of a heading that say something."""
    return tuple(word for word in words(text) if word not in _FILLERS)


def _english(telling: tuple[str, ...]) -> tuple[str, ...]:
    """The same in one language: a type's own headings may be in any, too."""
    return tuple(_ENGLISH.get(word, word) for word in telling)


@lru_cache(maxsize=4096)
def _likely(text: str, headings: tuple[tuple[str, ...], ...], taken: frozenset[str]) -> str | None:
    """The one column that a header resembles, if it resembles exactly one that is not taken."""
    said = _telling(text)
    if not said or len(said) > 6:
        return None
    scores: dict[str, float] = {}
    for names in headings:
        if names[0] in taken:
            continue
        for name in names:
            likeness = max(_likeness(said, words(name)), _likeness(_english(said), _english(words(name))))
            if likeness:
                scores[names[0]] = max(likeness, scores.get(names[0], 0))
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < 3):
        return None
    return ranked[0][0]


def _likeness(said: tuple[str, ...], name: tuple[str, ...]) -> float:
    """How alike two headers are, 0–100: every word must have its like in the other."""
    together = fuzz.ratio("".join(said), "".join(name))
    if together >= 88:
        return together
    if len(said) != len(name):
        return 0
    left = list(name)
    total = 0.0
    for word in said:
        other = max(left, key=lambda candidate: _word_likeness(word, candidate))
        likeness = _word_likeness(word, other)
        if not likeness:
            return 0
        left.remove(other)
        total += likeness
    return total / len(said)


def _word_likeness(one: str, other: str) -> float:
    if one == other:
        return 100
    shorter, longer = sorted((one, other), key=len)
    if (
        len(shorter) >= 2
        and shorter[0] == longer[0]
        and len(longer) >= len(shorter) + 2
        and _within(shorter, longer)
    ):
        return 85
    ratio = fuzz.ratio(one, other)
    return ratio if ratio >= (76 if len(longer) > 4 else 80) else 0


def _within(shorter: str, longer: str) -> bool:
    """Whether the letters of an abbreviation stand in the word in their order: `amt` in `amount`."""
    letters = iter(longer)
    return all(letter in letters for letter in shorter)
