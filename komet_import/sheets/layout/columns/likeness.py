"""Headings that merely resemble a column's: `Amt`, `Custmer Code`. Never a match, always a question.

Words are compared one by one, so that a shared word alone is no likeness: the day of a document is not its
balance.
"""

from functools import lru_cache

from rapidfuzz import fuzz

from komet_import.types import ImportType
from komet_import.types.headings import telling


def likely(text: str, type: ImportType, taken: frozenset[str]) -> str | None:
    """The one column that a header resembles, if it resembles exactly one that is not taken."""
    return _most_like(text, _headings(type), taken)


@lru_cache(maxsize=64)
def _headings(wanted: ImportType) -> tuple[tuple[str, ...], ...]:
    """What may stand over each column: its name first."""
    return tuple((column.name, *column.synonyms) for column in wanted.columns)


@lru_cache(maxsize=4096)
def _most_like(text: str, headings: tuple[tuple[str, ...], ...], taken: frozenset[str]) -> str | None:
    """The one column that a header resembles, if it resembles exactly one that is not taken."""
    said = telling(text)
    if not said or len(said) > 6:
        return None
    scores: dict[str, float] = {}
    for names in headings:
        if names[0] in taken:
            continue
        likeness = max(_likeness(said, telling(name)) for name in names)
        if likeness:
            scores[names[0]] = likeness
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < 3):
        return None
    return ranked[0][0]


def _likeness(said: tuple[str, ...], name: tuple[str, ...]) -> float:
    """How alike two headers are, 0–100: every word must have its like in the other."""
    together = fuzz.ratio("".join(said), "".join(name))
    if together >= 88:
        return together
    if len(said) != len(name) or not any(_word_likeness(said[0], word) for word in name):
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
