"""How headings are compared: without case, accents and punctuation, and with one word for number."""

import re
from collections.abc import Iterable
from functools import lru_cache

from komet_import.accents import without_accents

_NUMBER_WORDS = frozenset({"no", "nr", "nro", "num", "nbr", "number", "numero", "nummer"})
_NUMBER_SIGNS = re.compile(r"№|\bn\s?\.?\s?[º°˚ᵒ]", re.IGNORECASE)
_SHORT_NUMBER = re.compile(r"\bn\.\s*(?=[^\W\d_]{2})", re.IGNORECASE)
"""`N. documento`; `n.a.` is none."""
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")
_FILLERS = frozenset(
    word
    for said in (
        ("the", "of", "a", "an", "our", "your"),
        ("de", "del", "la", "las", "el", "los", "en", "y", "su"),
        ("do", "da", "dos", "das", "em", "e"),
        ("du", "des", "le", "les", "au", "aux", "d", "l"),
        ("der", "von", "im", "van", "het", "een", "in"),
        ("di", "dello", "della", "dei", "delle", "dal", "il", "lo", "gli"),
    )
    for word in said
)
"""Words that say nothing in a heading."""


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """A header's words without case, accents and punctuation; `#`, `No.`, `Nº` and `Nr` all say number."""
    if not text.isascii():
        text = without_accents(_NUMBER_SIGNS.sub(" number ", text))
    if "." in text:
        text = _SHORT_NUMBER.sub(" number ", text)
    text = _JOINT.sub(" ", text.replace("#", " number "))
    found = _WORD.findall(text.casefold())
    return tuple("number" if word in _NUMBER_WORDS else word for word in found)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A header as it is compared: its words run together."""
    return "".join(words(text)) if len(text) <= 200 else ""


@lru_cache(maxsize=8192)
def telling(text: str) -> tuple[str, ...]:
    """The words of a header that say something; all of them where none does."""
    found = words(text) if len(text) <= 200 else ()
    return tuple(word for word in found if word not in _FILLERS) or found


def telling_words(several: Iterable[Iterable[str]]) -> frozenset[tuple[str, ...]]:
    """The words of all of these headings, which are listed by language or by kind."""
    return frozenset(telling(heading) for headings in several for heading in headings)
