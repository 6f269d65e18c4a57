"""Which code was probably meant: ranked, never applied silently.

A code that differs only in what people misread (O and 0, I and 1, leading zeros, punctuation, look-alike
letters of other alphabets) or software adds (`40.0`) comes first, and so does a code beside its own name;
then codes a few keystrokes away; then names that resemble what was typed, or begin with it, and the initials
of a place. Of two that are as likely neither is offered. Distances are RapidFuzz's.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from komet_import.accents import folded
from komet_import.types.codes import unquantified

MISREAD = str.maketrans("OQILSBZ", "0011582")
LOOKALIKES = str.maketrans("АВЕКМНОРСТУХІЅЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXISJABEZHIKMNOPTYX")
"""Cyrillic and Greek capitals that look like Latin ones."""


_AND = frozenset({"&", "+", "and", "y", "und", "et", "en", "e"})
_WORD = re.compile(r"[^\W_]+|[&+]")
_AFTER_A_PLACE = re.compile(r"\s*[,(/;|]|\s+[-\u2013\u2014]\s+")
_BESIDE_A_CODE = re.compile(r"[\s\-\u2013\u2014:/|,;()\[\]]+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that may have been meant; `score` runs from 0 to 100."""

    code: str
    name: str
    score: float


@lru_cache(maxsize=65_536)
def skeleton(code: str) -> str:
    """What is left of a code when everything that people misread is evened out."""
    return bare(code).translate(MISREAD).lstrip("0")


def bare(code: str) -> str:
    """A code's letters and figures, in capitals; `40.0` is the 40 that a data frame made a number of."""
    plain = unicodedata.normalize("NFKD", code.upper()).translate(LOOKALIKES).strip()
    return "".join(c for c in unquantified(plain) if c.isalnum())


class Suggester:
    """Ranks the known codes for one that is not known. Made once for a list of (code, name)."""

    def __init__(self, known: Iterable[tuple[str, str]], *, places: bool = False) -> None:
        """With `places` a name may be said by its initials: LA for Los Angeles."""
        self._known = sorted(known)
        self._codes = [code.upper() for code, _ in self._known]
        self._names = [_plain(name) for _, name in self._known]
        self._comparable = [comparable(name) for _, name in self._known]
        self._skeletons: dict[str, list[int]] = {}
        self._words: dict[str, set[int]] = {}
        self._said: dict[str, set[int]] = {}
        for place, (code, name) in enumerate(self._known):
            self._skeletons.setdefault(skeleton(code), []).append(place)
            for word in self._comparable[place].split():
                self._words.setdefault(word, set()).add(place)
            for said in filter(None, _ways_to_say(name, initials=places)):
                self._said.setdefault(said, set()).add(place)
        self._places = places
        self._best: dict[str, Suggestion | None] = {}

    @cached_property
    def _coded(self) -> dict[str, set[int]]:
        """The places by what says them as a word of a text: their codes, but short ones, which may be any."""
        return {comparable(code): {place} for place, code in enumerate(self._codes) if len(code) > 2}

    def best(self, value: str) -> Suggestion | None:
        """The one code that is likely enough to be offered with a button, if there is one."""
        if value not in self._best:
            self._best[value] = self._likeliest(value)
        return self._best[value]

    def _likeliest(self, value: str) -> Suggestion | None:
        coded = self._beside_its_name(value)
        if coded is not None:
            return coded if coded.score else None
        first, *others = [*self.ranked(value, limit=2), None]
        if first is None or first.score < 70 or self._says_several(value):
            return None
        tied = others[0] is not None and first.score - others[0].score < 1
        return None if tied else first

    def _beside_its_name(self, value: str) -> Suggestion | None:
        """The code that stands in a text beside a name: with a score of 0 where that is another's."""
        for said, rest in _beside(value):
            for place in self._skeletons.get(skeleton(said), []):
                code, name = self._known[place]
                if bare(code) != bare(said) or not any(c.isalnum() for c in rest):
                    continue
                if fuzz.token_set_ratio(comparable(rest), self._comparable[place]) >= _ITS_NAME:
                    return Suggestion(code, name, 100)
                if any(c.isdigit() for c in code):
                    return Suggestion(code, name, 0)
        return None

    def _says_several(self, value: str) -> bool:
        """Whether a text is a part of several names, and the whole of none: then it is none of them."""
        said = comparable(value)
        if said in self._said or not said:
            return False
        sets = [self._words.get(word, set()) for word in said.split()]
        return len(set.intersection(*sets)) > 1

    def ranked(self, value: str, *, limit: int = 5) -> list[Suggestion]:
        """The codes most like `value`, by code or by name, best first."""
        typed = value.strip().upper()
        if not typed:
            return []
        scores: dict[int, float] = dict(self._misread(typed))
        for _, score, place in process.extract(
            typed, self._codes, scorer=OSA.normalized_similarity, limit=limit, score_cutoff=0.6
        ):
            scores[place] = max(scores.get(place, 0.0), score * 95)
        said, named = comparable(value), sum(c.isalpha() for c in typed) >= 3
        for place in self._said.get(said, ()) if named or self._places else ():
            scores[place] = max(scores.get(place, 0.0), 97.0)
        for place in self._named_in(said) if self._places else ():
            scores[place] = max(scores.get(place, 0.0), 90.0)
        if named:
            for _, score, place in process.extract(
                said, self._comparable, scorer=fuzz.token_sort_ratio, limit=limit, score_cutoff=65
            ):
                scores[place] = max(scores.get(place, 0.0), score * 0.97)
        ordered = sorted(scores.items(), key=lambda item: (-item[1], self._codes[item[0]]))
        return [Suggestion(*self._known[place], score) for place, score in ordered[:limit]]

    def _named_in(self, said: str) -> set[int]:
        """The places whose names or codes stand in a text beside other words: Bogota in `bodega bogota`, LAX
        in `lax airport`. A part of a longer name that stands there is none by itself.
        """
        words = said.split()[:_WORDS]
        named: dict[str, set[int]] = {}
        for count in range(len(words) - 1, 0, -1):
            for at in range(len(words) - count + 1):
                part = " ".join(words[at : at + count])
                places = (self._said.get(part, set()) if len(part) > 3 else set()) | self._coded.get(
                    part, set()
                )
                if places and not any(f" {part} " in f" {longer} " for longer in named):
                    named[part] = places
        return set().union(*named.values())

    def _misread(self, typed: str) -> Iterator[tuple[int, float]]:
        """The codes that read the same, and what each is worth: of several the one that has the same letters
        and figures, then the one that has the same without leading zeros."""
        places = self._skeletons.get(skeleton(typed), [])
        for place in places:
            code = self._codes[place]
            if len(places) == 1 or bare(code) == bare(typed):
                yield place, 100.0
            else:
                yield place, 98.0 if bare(code).lstrip("0") == bare(typed).lstrip("0") else 96.0

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


_WORDS = 12
"""A longer text names no place."""
_ITS_NAME = 80
"""A text this like a name, word by word, is that name."""


def _beside(value: str) -> Iterator[tuple[str, str]]:
    """A text cut in two wherever there is something between: what may be a code, and the rest."""
    cuts = list(_BESIDE_A_CODE.finditer(value.strip()))[:12]
    for cut in cuts:
        before, after = value.strip()[: cut.start()], value.strip()[cut.end() :]
        yield before, after
        yield after.rstrip(")] "), before


def _ways_to_say(name: str, *, initials: bool) -> Iterator[str]:
    """A name as it is compared: the whole, what stands before a comma, and its initials."""
    yield comparable(name)
    first = comparable(_AFTER_A_PLACE.split(name)[0])
    yield first
    if initials and " " in first:
        yield "".join(word[0] for word in first.split())


@lru_cache(maxsize=65_536)
def comparable(name: str) -> str:
    """A name without accents, case and punctuation, `and` in one language."""
    return " ".join("and" if word in _AND else word for word in _WORD.findall(_plain(name)))


def _plain(name: str) -> str:
    """A name without accents and case."""
    return folded(name).strip()
