"""Texts that are probably not what somebody meant: words that stand for nothing, codes of which a spreadsheet
made a date or a rounded number, letters that were read in another encoding.
"""

import re
from functools import lru_cache

from komet_import.review.catalogue import DIGITS_LOST, GARBLED, MADE_A_DATE, STANDS_FOR_NOTHING
from komet_import.review.rules.finding import Finding
from komet_import.sheets.worksheet import Held
from komet_import.types.marks import NOTHING

_SIGNS = re.compile(r"[^\w]+|x{2,}", re.IGNORECASE).fullmatch
_NOUGHT = re.compile(r"0+(?:[.,]0+)?").fullmatch
_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{1,2}", re.IGNORECASE).fullmatch
_EXACT = 15
"""Excel keeps so many digits of a number, and makes noughts of the others."""


def odd_code(text: str, held: int) -> Finding | None:
    """What is odd of the number of a document, or of a new code; None where nothing is."""
    if len(text) <= _EXACT and text[-1].isdigit() and held != 2 and "+" not in text:
        return None  # Held.DATE; most numbers are such, and this is asked of each
    if held == Held.DATE:
        return Finding(text, code=MADE_A_DATE, basis=text)
    digits = text.lstrip("-").partition(".")[0]
    if _ROUNDED(text) or (held == Held.NUMBER and digits.isdecimal() and len(digits) > _EXACT):
        return Finding(text, code=DIGITS_LOST, basis=text)
    if stands_for_nothing(text):
        return Finding(text, code=STANDS_FOR_NOTHING, basis=text)
    return None


@lru_cache(maxsize=4096)
def odd_name(text: str) -> Finding | None:
    """What is odd of a name that is new; None where nothing is."""
    if stands_for_nothing(text) or _NOUGHT(text):
        return Finding(text, code=STANDS_FOR_NOTHING, basis=text)
    meant = meant_before(text)
    if meant is not None or "\ufffd" in text:
        return Finding(text, code=GARBLED, suggestion=meant, basis=text)
    return None


def stands_for_nothing(text: str) -> bool:
    """Whether a text is a way of writing that there is none: `N/A`, `-`, `(none)`."""
    if len(text) > _LONGEST:
        return False
    return text.casefold().strip(_BRACKETS) in NOTHING or _SIGNS(text) is not None


_BRACKETS = "()[]<>{}*_-–—# \t\"'"
_LONGEST = max(map(len, NOTHING)) + 4


def meant_before(text: str) -> str | None:
    """What a text said before its UTF-8 was read as Windows-1252: `Müller` for `MÃ¼ller`; None where it was
    not."""
    if text.isascii():
        return None
    try:
        return b"".join(map(_byte, text)).decode("utf-8")
    except ValueError:
        return None


def _byte(letter: str) -> bytes:
    """A letter in Windows-1252, which leaves five bytes to what they are elsewhere. Raises UnicodeError."""
    return letter.encode("latin-1") if "\x80" <= letter <= "\x9f" else letter.encode("cp1252")
