"""Parts of regular expressions."""

import re
from collections.abc import Iterable
from functools import lru_cache

from komet_import.accents import without_accents

_FIRST = re.compile(r"\W*([^\W\d_]+)").match


@lru_cache(maxsize=16)  # each note is looked at several times, one after the other
def begun(text: str) -> tuple[str, str]:
    """A text without accents, and its first word in small letters; blank where it has none."""
    said = without_accents(text)
    first = _FIRST(said)
    return said, first[1].casefold() if first else ""


def either(said: Iterable[str]) -> str:
    """An expression for one of these texts, the longest that there is."""
    return "|".join(sorted(map(re.escape, said), key=len, reverse=True))


def any_of(*tables: Iterable[str], blank: str = r"[\s-]+") -> str:
    """An expression for one of the texts of these tables, without accents; `blank` is what may stand where
    they have a blank (sign-off, sign off)."""
    said = {without_accents(one) for table in tables for one in table}
    return f"(?:{either(said)})".replace("\\ ", blank)


def with_accents(word: str) -> str:
    """An expression for a word, in which any sign may stand where it has one beyond ASCII."""
    return "".join(sign if sign.isascii() else "." for sign in word)
