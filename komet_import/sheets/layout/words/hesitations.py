"""Notes of a few words that say that a row is not settled yet: `?`, `amount?`, `check amt`, `wrong date`,
`see Jim`; and those that say that it is to be left out: `DNP`, `skip`, `no`.

They are read in notes and comments only: elsewhere `Check` is how somebody pays, and `No` an answer.
"""

import re
from functools import lru_cache

from komet_import.accents import without_accents
from komet_import.sheets.layout.words.expressions import any_of, begun
from komet_import.types.amount_notes import SHOULD_BE
from komet_import.types.delay_words import WHO
from komet_import.types.hesitation_words import (
    ASKED_ABOUT,
    ASKED_TO,
    DUE_FROM,
    FIGURES,
    FIX,
    IN_DOUBT,
    IS_WRONG,
    LEFT_OUT,
    LOOK_AT,
    LOOKED_AT,
    SEE,
    SEEN,
    THE,
    WAS,
    WITH,
    WRONG,
)


def _any(*tables: tuple[str, ...]) -> str:
    return any_of(*tables, blank=r"\ ") + r"\b"


_LONGEST = 60
_MOST_ASKED = 4
"""A longer question tells a story."""
_NAME = rf"(?!{_any(SEEN)})(?:(?-i:[A-Z])[\w'.]*|me|us|mi|mir|mich|mij|moi)"
_THIS = rf"(?:{_any(THE)}\W+)?{_any(FIGURES)}"
_FIXED = rf"(?:{_any(ASKED_TO)}\W+)?{_any(FIX)}"
_GOES_ON = rf"(?:\W*$|\W+{_any(ASKED_TO, FIX, LOOK_AT, SEE, SHOULD_BE, ('s/b', 'per'))})"
"""`Wrong amount billed` is why there is a credit."""
_AT_FAULT = (
    rf"{_any(WRONG)}\W+{_any(FIGURES)}{_GOES_ON}",
    rf"{_THIS}\W+(?:{_any(WAS)}\W+)?{_any(IS_WRONG)}{_GOES_ON}",
    rf"{_FIXED}\W+{_THIS}\W*$",
    rf"{_THIS}\W+{_FIXED}\W*$",
)
_PATTERNS = (
    rf"{_any(IN_DOUBT)}(?:\W*$|\s*[–—(,;]|\s+-\s)",
    rf"(?:{_any(ASKED_TO)}\W+)?{_any(LOOK_AT)}\W+(?:{_any(THE)}\W+)?{_any(LOOKED_AT)}\W*$",
    rf"{_any(ASKED_TO)}\W+{_any(LOOK_AT)}(?:\W*$|\W+{_any(WITH)})",
    rf"{_any(LOOKED_AT)}\W+{_any(LOOK_AT)}\W*$",
    rf"{_any(SEE)}\s+{_NAME}\W*$",
    rf"{_any(DUE_FROM)}\W+(?:{_NAME}|{_any(WHO)})\W*$",
)
_WORDS = re.compile(r"[^\W\d_]+").findall


@lru_cache(maxsize=1)
def _hesitant() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{'|'.join(_PATTERNS)})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _at_fault() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{'|'.join(_AT_FAULT)})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _left_out() -> re.Pattern[str]:
    return re.compile(rf"^\W*{_any(LEFT_OUT)}(?:\W+{_any(LEFT_OUT)})?\W*$", re.IGNORECASE)


def _first_words(*tables: tuple[str, ...]) -> frozenset[str]:
    return frozenset(without_accents(phrase).split()[0] for table in tables for phrase in table)


_LEAVING = _first_words(LEFT_OUT)
_HESITATING = _first_words(ASKED_TO, IN_DOUBT, LOOK_AT, LOOKED_AT, SEE, DUE_FROM)
_FAULTING = _first_words(ASKED_TO, THE, FIGURES, WRONG, FIX)
_FIGURES = frozenset(without_accents(phrase).split()[-1] for phrase in FIGURES)
"""Of notes that begin with `the`, or `wrong`, few have one of these."""
_BEGINNINGS = _LEAVING | _HESITATING | _FAULTING
_ASKED = frozenset(map(without_accents, ASKED_ABOUT))


def may_hesitate(text: str) -> bool:
    """Whether a note may be one of these at all: most are not, and are looked at no further."""
    return "?" in text or (len(text) <= _LONGEST and begun(text)[1] in _BEGINNINGS)


def says_to_leave_out(text: str) -> bool:
    """Whether a note is nothing but that its row is to be left out."""
    said, first = begun(text)
    return first in _LEAVING and len(said) <= _LONGEST and _left_out().search(said) is not None


def hesitates(text: str) -> bool:
    """Whether a note says that its row is not settled yet in somebody's mind."""
    if "?" in text and (asked := _asks(text)) is not None:
        return asked
    said, first = begun(text)
    if len(said) > _LONGEST:
        return False
    if first in _HESITATING and _hesitant().search(said) is not None:
        return True
    return (
        first in _FAULTING
        and not _FIGURES.isdisjoint(_WORDS(said.casefold()))
        and _at_fault().search(said) is not None
    )


def _asks(text: str) -> bool | None:
    """Whether a note is nothing but a question mark, or a short question about its row; None where it is no
    question."""
    told = text.strip(" \t\n.!)]*")
    if not told.endswith("?"):
        return None
    said = [without_accents(word).casefold() for word in _WORDS(told)]
    if not said:
        return not any(map(str.isdigit, told))
    return True if len(said) <= _MOST_ASKED and not _ASKED.isdisjoint(said) else None
