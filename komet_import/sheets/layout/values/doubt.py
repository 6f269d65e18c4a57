"""Doubt: why a text is not yet a value, and how amounts and days are spelled alike.

A text is a value when it has exactly one reading; with two it is a `Doubt` until a person answers for the
column's texts that are written so, with none it is a `Doubt` that says what was expected. Whatever a doubt
offers (`suggestion`, `first`, `second`) is itself a text with one reading, the offered one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from komet_import.language import ngettext


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """Why a text is not (yet) a value. `code` and `facts` are those of `review/catalogue.py`."""

    code: str
    suggestion: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def evidence_sentence(total: int, unclear: str, *sides: tuple[int, tuple[str, str]]) -> str:
    """How many texts have one reading only: of each side their number, and what is said of so many (a marked
    pair, of `count` and `total`); `unclear` is said where none has."""
    if not total:
        return ""
    said = [ngettext(*words, count, total=total) for count, words in sides if count]
    return ", ".join(said or [unclear]) + "."


SPACES = " \t\r\n\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
APOSTROPHES = "\u2019\u2018\u02bc`\u00b4\u2032\uff07"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
SPELLINGS = str.maketrans(
    {**dict.fromkeys(SPACES[4:], " "), **dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(DASHES, "-")}
)
"""How the same text is spelled everywhere: spaces, apostrophes and dashes of all kinds."""
