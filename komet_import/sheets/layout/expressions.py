"""Parts of regular expressions."""

import re
from collections.abc import Iterable


def either(said: Iterable[str]) -> str:
    """An expression for one of these texts, the longest that there is."""
    return "|".join(sorted(map(re.escape, said), key=len, reverse=True))


def with_accents(word: str) -> str:
    """An expression for a word, in which any sign may stand where it has one beyond ASCII."""
    return "".join(sign if sign.isascii() else "." for sign in word)
