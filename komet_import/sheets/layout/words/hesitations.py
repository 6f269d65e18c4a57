"""Notes of a few words that say that a row is not settled yet: `?`, `amount?`, `check amt`, `wrong date`,
`see Jim`; and those that say that it is to be left out: `DNP`, `skip`, `no`.

They are read in notes and comments only: elsewhere `Check` is how somebody pays, and `No` an answer.
"""

import re
from functools import lru_cache

from komet_import.accents import without_accents
from komet_import.sheets.layout.words.expressions import any_of, begun
from komet_import.types.amount_notes import SHOULD_BE
from komet_import.types.delay_words import CHECKED, NOT_YET, WHO
from komet_import.types.hesitation_words import (
    ASKED_ABOUT,
    ASKED_TO,
    DUE_FROM,
    ENTERED,
    FIGURES,
    FIX,
    IN_DOUBT,
    INTO,
    IS_WRONG,
    ITSELF,
    LEFT_OUT,
    LOOK_AT,
    LOOKED_AT,
    REFUSED,
    SEE,
    SEEN,
    SYSTEMS,
    THE,
    WAS,
    WITH,
    WRONG,
)
from komet_import.types.payout_words import SPENT_ALREADY


def _any(*tables: tuple[str, ...]) -> str:
    return any_of(*tables, blank=r"\ ") + r"\b"


_LONGEST = 60
_AROUND = " \t\n.,:;!?*()[]{}<>\"'_=-–—/|"
_MOST_ASKED = 4
"""A longer question tells a story."""
_NAME = rf"(?!{_any(SEEN)})(?:(?-i:[A-Z])[\w'.-]*|me|us|mi|mir|mich|mij|moi)"
_THIS = rf"(?:{_any(THE)}\W+)?{_any(FIGURES)}"
_FIXED = rf"(?:{_any(ASKED_TO)}\W+)?{_any(FIX)}"
_GOES_ON = rf"(?:\W*$|\W+{_any(ASKED_TO, FIX, LOOK_AT, SEE, SHOULD_BE, ('s/b', 'per'))})"
"""`Wrong amount billed` is why there is a credit."""
_AT_FAULT = (
    rf"{_any(WRONG)}\W+{_any(FIGURES)}{_GOES_ON}",
    rf"{_THIS}\W+(?:{_any(WAS)}\W+)?{_any(IS_WRONG)}{_GOES_ON}",
    rf"{_FIXED}\W+{_THIS}\W*$",
    rf"{_THIS}\W+{_FIXED}\W*$",
    rf"{_THIS}\W+{_any(NOT_YET)}\W+{_any(CHECKED)}\W*$",
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
    politely = rf"(?:{_any(ASKED_TO)}\W+)?"
    left_out = rf"{politely}{_any(LEFT_OUT)}(?:\W+{_any(ITSELF)})?"
    entered = rf"{_any(ENTERED)}(?:\W+{_any(INTO)})*(?:\W+{_any(SYSTEMS)})?"
    stands = rf"{_any(INTO)}(?:\W+{_any(INTO)})?\W+{_any(SYSTEMS)}(?:\W+{_any(SPENT_ALREADY)})?"
    when = r"[\W\d]*(?:(?-i:[A-Z]{2,3})\b[\W\d]*)?$"
    alone = rf"{politely}{_any(REFUSED)}|{left_out}(?:\W+{left_out})?"
    return re.compile(
        rf"^\W*(?:(?:{alone})\W*$|(?:{entered}|{stands}){when})|(?:[–—;:,.(/]\s*|\s-\s*){left_out}\W*$",
        re.IGNORECASE,
    )


def _first_words(*tables: tuple[str, ...]) -> frozenset[str]:
    return frozenset(without_accents(phrase).split()[0] for table in tables for phrase in table)


def _last_words(*tables: tuple[str, ...]) -> frozenset[str]:
    return frozenset(without_accents(phrase).split()[-1] for table in tables for phrase in table)


_LEAVING = _first_words(LEFT_OUT, REFUSED, ASKED_TO, ENTERED, INTO)
_LEFT_LAST = _last_words(LEFT_OUT, ITSELF)
_HESITATING = _first_words(ASKED_TO, IN_DOUBT, LOOK_AT, LOOKED_AT, SEE, DUE_FROM)
_FAULTING = _first_words(ASKED_TO, THE, FIGURES, WRONG, FIX)
_FIGURES = frozenset(without_accents(phrase).split()[-1] for phrase in FIGURES)
"""Of notes that begin with `the`, or `wrong`, few have one of these."""
_BEGINNINGS = _LEAVING | _HESITATING | _FAULTING
_ASKED = frozenset(map(without_accents, ASKED_ABOUT))


def may_hesitate(text: str) -> bool:
    """Whether a note may be one of these at all: most are not, and are looked at no further."""
    return "?" in text or (len(text) <= _LONGEST and (begun(text)[1] in _BEGINNINGS or _ends_left_out(text)))


def _ends_left_out(text: str) -> bool:
    """Whether the last word of a note is one with which people say that its row is to be left out."""
    last = text.rstrip(_AROUND).rpartition(" ")[2]
    return last.strip(_AROUND).casefold() in _LEFT_LAST


def says_to_leave_out(text: str) -> bool:
    """Whether a note is nothing but that its row is to be left out, or was entered already; or ends so."""
    said, first = begun(text)
    if len(said) > _LONGEST or not (first in _LEAVING or _ends_left_out(said)):
        return False
    return _left_out().search(said) is not None


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
