"""Rows that people have marked as no longer counting: in a note, beside a number, in whatever column.

“Cancelled order” is why there is a credit. “Cancelled”, “VOID: late truck”, “Void 11/5”, “Anulado por error”
and “Credit memo voided” say that there is none.
"""

import re
from functools import lru_cache

import numpy as np
import pyarrow as pa

from komet_import.accents import without_accents
from komet_import.sheets.layout.patterns import occurs
from komet_import.types.languages import BALANCES, PAPERS, SHORT, Paper
from komet_import.types.marks import USED_UP, VOID_FOLLOWED_BY, VOID_WORDS


def _either(said: tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, map(without_accents, said)), key=len, reverse=True))


_SAID = _either(VOID_WORDS)
_NUMBER = re.compile(rf"(?<![A-Za-z])(?:{_SAID})(?![A-Za-z])", re.IGNORECASE).search
_VOID = rf"(?:{_SAID})(?:\s*(?:[^\w\s]|[0-9]|$)|\s+(?:{_either(VOID_FOLLOWED_BY)})\b)"
_USED = rf"(?:{_either(USED_UP)})\b"
_NOTE = rf"^\W*(?:{_VOID}|{_USED})|[^\w\s]\s*(?:{_SAID})\W*$"
_IS = r"(?:is|was|has\ been|es|esta|fue|foi|est|a\ ete|ist|war|wurde|werd)"
_HINT = "(?i)" + "|".join(
    sorted({"".join(c if c.isascii() else "." for c in word) for word in (*VOID_WORDS, *USED_UP)})
)
"""A regular expression (Arrow's) for what such a text has in it somewhere: most texts have not."""


@lru_cache(maxsize=8)
def _notes(paper: Paper | None) -> re.Pattern[str]:
    said = [table.get(paper, {}) for table in (PAPERS, SHORT, BALANCES)] if paper else []
    own = tuple(dict.fromkeys(name for one in said for names in one.values() for name in names))
    named = rf"|^\W*(?:{_either(own)})\b\W*(?:\S*\d\S*\s+)?(?:{_IS}\s+)?(?:{_VOID}|{_USED})" if own else ""
    return re.compile(_NOTE + named, re.IGNORECASE)


_SHORTEST = min(max(map(len, word.split())) for word in VOID_WORDS)
_WORDED = re.compile(f"[A-Za-z]{{{_SHORTEST}}}").search
"""What each such word has in it, and next to no number of a document: so many letters in a row."""


def number_says_void(text: str) -> bool:
    """Whether a number has such a word beside it."""
    if text.isascii() and _WORDED(text) is None:
        return False
    return _NUMBER(without_accents(text)) is not None


def note_says_void(text: str, paper: Paper | None) -> bool:
    """Whether a note says that its row no longer counts; `paper` is what the row is the record of."""
    return _notes(paper).search(without_accents(text)) is not None


def voided(texts: pa.Array, paper: Paper | None) -> list[int]:
    """The positions of the texts that say so."""
    hinted = np.flatnonzero(occurs(texts, _HINT))
    said = texts.take(pa.array(hinted)).to_pylist()
    return [place for place, text in zip(hinted.tolist(), said, strict=True) if note_says_void(text, paper)]
