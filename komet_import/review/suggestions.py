"""Which code was probably meant: ranked, never applied silently.

A code that differs only in what people misread (O and 0, I and 1, leading zeros, punctuation, look-alike
letters of other alphabets) comes first; then codes a few keystrokes away; then customers whose name
resembles what was typed. Distances are RapidFuzz's.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

MISREAD = str.maketrans("OQILSBZ", "0011582")
LOOKALIKES = str.maketrans("АВЕКМНОРСТУХІЅЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXISJABEZHIKMNOPTYX")
"""Cyrillic and Greek capitals that look like Latin ones."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that may have been meant; `score` runs from 0 to 100."""

    code: str
    name: str
    score: float


@lru_cache(maxsize=65_536)
def skeleton(code: str) -> str:
    """What is left of a code when everything that people misread is evened out."""
    plain = unicodedata.normalize("NFKD", code.upper()).translate(LOOKALIKES)
    kept = "".join(c for c in plain if c.isalnum())
    return kept.translate(MISREAD).lstrip("0")


class Suggester:
    """Ranks the known codes for one that is not known. Made once for a list of (code, name)."""

    def __init__(self, known: Iterable[tuple[str, str]]) -> None:
        self._known = sorted(known)
        self._codes = [code.upper() for code, _ in self._known]
        self._names = [_plain(name) for _, name in self._known]
        self._skeletons: dict[str, list[int]] = {}
        for place, (code, _) in enumerate(self._known):
            self._skeletons.setdefault(skeleton(code), []).append(place)
        self._best: dict[str, Suggestion | None] = {}

    def best(self, value: str) -> Suggestion | None:
        """The one code that is likely enough to be offered with a button, if there is one."""
        if value not in self._best:
            ranked = self.ranked(value, limit=2)
            sure = ranked and ranked[0].score >= 70
            tied = len(ranked) > 1 and ranked[0].score - ranked[1].score < 1 and ranked[0].score < 95
            self._best[value] = ranked[0] if sure and not tied else None
        return self._best[value]

    def ranked(self, value: str, *, limit: int = 5) -> list[Suggestion]:
        """The codes most like `value`, by code or by name, best first."""
        typed = value.strip().upper()
        if not typed:
            return []
        scores: dict[int, float] = {}
        for place in self._skeletons.get(skeleton(typed), []):
            scores[place] = 100.0
        for _, score, place in process.extract(
            typed, self._codes, scorer=OSA.normalized_similarity, limit=limit, score_cutoff=0.6
        ):
            scores[place] = max(scores.get(place, 0.0), score * 95)
        if sum(c.isalpha() for c in typed) >= 3:
            for _, score, place in process.extract(
                _plain(value), self._names, scorer=fuzz.token_sort_ratio, limit=limit, score_cutoff=65
            ):
                scores[place] = max(scores.get(place, 0.0), score * 0.97)
        ordered = sorted(scores.items(), key=lambda item: (-item[1], self._codes[item[0]]))
        return [Suggestion(*self._known[place], score) for place, score in ordered[:limit]]

    def search(self, query: str, *, limit: int = 20) -> list[Suggestion]:
        """Codes and names that contain what was typed, codes that start with it first; then likenesses."""
        typed, words = query.strip().upper(), _plain(query)
        if not typed:
            return [Suggestion(code, name, 0) for code, name in self._known[:limit]]
        found: list[tuple[int, int]] = []
        for place, (code, name) in enumerate(zip(self._codes, self._names, strict=True)):
            if code.startswith(typed):
                found.append((0, place))
            elif words and any(part.startswith(words) for part in (name, *name.split())):
                found.append((1, place))
            elif typed in code or words in name:
                found.append((2, place))
        found.sort()
        hits = [Suggestion(*self._known[place], 100 - 10 * rank) for rank, place in found[:limit]]
        return hits or self.ranked(query, limit=min(limit, 5))


def _plain(name: str) -> str:
    """A name without accents and case."""
    spread = unicodedata.normalize("NFKD", name)
    return "".join(c for c in spread if not unicodedata.combining(c)).casefold().strip()
