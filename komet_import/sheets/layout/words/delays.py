"""Texts that say that rows are not to be posted yet: `Wait for Jim`, `Pending approval`, `Post after 12/1`.

A line around a table says it of all rows, the name of a sheet too, a note of its row. A line speaks in
sentences; a note says it at its beginning, for later on it tells why there is a credit.
"""

import re
from functools import lru_cache

from komet_import.accents import without_accents
from komet_import.sheets.layout.words.expressions import any_of, begun
from komet_import.types.delay_words import (
    ABOVE,
    ASK,
    ASKING,
    AWAITED,
    AWAITING,
    BEFORE,
    BY,
    CHECK,
    CHECKED,
    DECIDED,
    DO_NOT,
    FAILED,
    FIRST,
    HELD,
    HELD_ELSEWHERE,
    HOLD,
    HOLDING,
    LATER,
    LOOKED_AT_FOR,
    LOOKING,
    NEWER,
    NOT,
    NOT_TO_BE,
    NOT_YET,
    NOT_YET_TO,
    NOTHING_ELSE,
    ON_HOLD,
    ONLY,
    PAPERS_AWAITED,
    PLEASE,
    POST,
    POSTED,
    POSTING,
    REPLACED,
    SAYS,
    SHORTHAND,
    SHOWN_APART,
    STILL_AWAITED,
    SUPERSEDED,
    TIMES,
    TO,
    TO_BE_CHECKED,
    UNFINISHED,
    UNTIL,
    VERSION,
    WAIT,
    WHAT,
    WHO,
    WILL_BE,
)

_LONGEST = 200
_LETTERS = re.compile(r"[^\W\d_]+").findall
_MARKS = " \t\n.,:;!?*()[]<>\"'_=-–—/|#+~0123456789"
_TO = frozenset(phrase.split()[0] for phrase in TO)
_CLAUSES = re.compile(r"(?:^|[.;–—]\s+|\s-\s+)[\W\d_]*([^\W\d_]+)").findall
_BY_THE_WAY = r"(?:[\w'.]+[ /-]+)"
_POLITELY = rf"(?:{any_of(PLEASE)}\b\W*)?"
_AWAITED = (
    rf"{any_of(AWAITING)}\W+{_BY_THE_WAY}{{0,3}}?{any_of((*AWAITED, *CHECKED))}\b",
    rf"{any_of(AWAITED)}\W+(?:[\w']+(?:[ /-]+|:\s*)){{0,2}}?{any_of(STILL_AWAITED)}\b",
)
_NOT_YET = (
    rf"{any_of(NOT_YET)}\s+{any_of(CHECKED)}\b",
    rf"{any_of(NOT_YET_TO)}\s+{any_of(POST)}\b",
    rf"(?:no|not|don't|dont)\s+{any_of(POST)}\s+yet\b",
    rf"{any_of(NOT)}[\s-]?{any_of(DECIDED)}\b",
    rf"{any_of(TO_BE_CHECKED)}\b",
    rf"{any_of(NOT_TO_BE)}\s+(?:[\w']+\s+)?{any_of((*POST, *POSTED))}\b",
    r"(?:do not|don't|dont)\s+(?:[\w']+\s+){1,4}?(?:until|till|til)\b",
    rf"(?:do not|don't|dont)\s+{any_of(POST)}\W+(?:{any_of(WHAT)}\W+){{0,3}}{any_of(BEFORE)}\b",
    rf"not\s+(?:until|till|til)\s+(?:\S+\s+){{1,2}}{any_of(SAYS)}\b",
)
_LATER = (
    rf"ne\s+{any_of(POST)}\s+qu",
    rf"{any_of(POST)}\W+(?:{any_of(WHAT)}\W+){{0,3}}{any_of(LATER)}\b(?!\W*$)",
    rf"{any_of(POST)}\W+(?:{any_of(WHAT)}\W+){{0,3}}on\W+(?:the\b|[0-9])",
    rf"{any_of(ONLY)}\W+{any_of(LATER)}\W+(?:\S+\s+){{0,4}}?{any_of(POST)}\b",
)
_ASK_FIRST = rf"{any_of(ASK)}\b.{{1,60}}?\b{any_of(BEFORE)}\s+{_BY_THE_WAY}{{0,2}}?{any_of(POSTING)}\b"
_FOR = rf"(?:{any_of(UNTIL)}\b|4(?:\s+|(?=[^\W\d]))(?!{any_of(TIMES)}\b)[^\W\d])"
_WAIT = rf"{_POLITELY}(?:{any_of(HOLD)}(?:\W*$|\W+{_FOR})|awaiting\b(?!\s+payment)|{any_of(WAIT)}\b)"
_LOOK = rf"{any_of(LOOKED_AT_FOR)}\W+{_BY_THE_WAY}?{any_of(LOOKING)}"
_ONLY_TO_LOOK = (
    rf"{any_of(NOTHING_ELSE)}\W+{_LOOK}\b",
    rf"{_LOOK}\W+{_BY_THE_WAY}{{0,3}}?{any_of(NOTHING_ELSE)}\b",
    rf"{any_of(LOOKING)}\s+only\b",
)
_REPLACED = (
    rf"{any_of(SUPERSEDED)}\b",
    rf"{any_of(REPLACED[:2])}\W+{_BY_THE_WAY}{{0,3}}?{any_of(VERSION)}\b|"
    rf"{any_of(REPLACED[2:])}\s+{any_of(NEWER)}\s+{any_of(VERSION)}\b",
)
_OF_A_LINE = (*_AWAITED, *_NOT_YET, *_LATER, _ASK_FIRST, *_ONLY_TO_LOOK, any_of(UNFINISHED) + r"\b")
_SOMEBODY = rf"(?!{any_of(FAILED)}\b)(?:(?-i:[A-Z])[\w'.]*|{any_of(WHO)})\s+{any_of(TO)}\s+{any_of(CHECK)}\b"
_NOBODY = rf"{any_of((*TIMES, *HELD_ELSEWHERE))}\b"
_ASK_SOMEBODY = (
    rf"{any_of(ASKING)}\W+(?:\S+\s+){{0,3}}?{any_of(FIRST)}\W*$",
    rf"{any_of(ASKING)}\W+(?:(?!{any_of(TIMES)}\b)(?-i:[A-Z])[\w']+|{any_of(WHO)})\W*$",
    rf"{any_of(HELD)}\s*[-–—:(,/]\s*(?!{_NOBODY})(?-i:[A-Z])",
    rf"{any_of(HELD)}\W+{any_of(HOLDING)}\W+(?:{any_of(WHO)}\b|(?!{_NOBODY})(?-i:[A-Z]))",
    rf"(?:on\s+)?hold\W?\s+{any_of(PLEASE)}\W*$",
    rf"{any_of(AWAITING)}\W+{_BY_THE_WAY}{{0,2}}?{any_of(PAPERS_AWAITED)}(?:\W+(?:from|{any_of(BY)})\W+\S+)?\W*$",
    rf"{any_of(PAPERS_AWAITED)}\W+{_BY_THE_WAY}?{any_of(STILL_AWAITED)}\W*$",
    rf"{any_of(WILL_BE)}\s+{any_of(CHECKED)}\b",
)
_OF_A_NOTE = (*_AWAITED, *_NOT_YET, *_LATER, _ASK_FIRST, *_ASK_SOMEBODY, _WAIT, rf"{any_of(ON_HOLD)}\b")
_WHOLE = (
    rf"{any_of(SHORTHAND)}|"
    rf"{any_of(LOOKED_AT_FOR)}\W+(?:[\w']+\W+){{0,2}}{any_of(LOOKING)}(?:\s+{any_of(BY)}\s+.{{1,30}})?"
)


@lru_cache(maxsize=1)
def _line() -> re.Pattern[str]:
    begun = rf"(?:^\W*|[.;:,!?–—-]\s+)(?:{_WAIT}|{_REPLACED[1]})|\b{any_of(PLEASE)}\W+{_WAIT}"
    parts = "|".join((*_OF_A_LINE, _REPLACED[0]))
    return re.compile(rf"{begun}|\b(?:{parts})|^\W*(?:{_WHOLE})\W*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _note() -> re.Pattern[str]:
    parts = "|".join(_OF_A_NOTE)
    return re.compile(
        rf"(?:^\W*|[.;–—]\s+|\s-\s+){_POLITELY}(?:{parts})|^\W*(?:{_SOMEBODY}|(?:{_WHOLE})\W*$)",
        re.IGNORECASE,
    )


FIRST_WORDS = frozenset(
    phrase.split()[0]
    for said in (
        *(AWAITED, AWAITING, PAPERS_AWAITED, NOT_YET, NOT_YET_TO, NOT, TO_BE_CHECKED, POST, ONLY, ASK),
        *(WILL_BE, ASKING, DO_NOT, HOLD, HELD, WAIT, PLEASE, SHORTHAND, LOOKED_AT_FOR, NOT_TO_BE, ON_HOLD),
    )
    for phrase in said
)
"""What a note begins with, or a clause of it, that may say so."""
_FIRST_WORDS = frozenset(
    word for phrase in FIRST_WORDS if (word := _LETTERS(without_accents(phrase).casefold())[0])
)
_OF_OTHERS = re.compile(
    rf"\b(?:{any_of(SHOWN_APART)}\b|(?:no|none|nothing|keine|geen|aucun|nessun)\s+(?!\w*ing\b)|"
    rf"{any_of(ABOVE)}\W*\S{{0,4}}[0-9])",
    re.IGNORECASE,
).search


def says_to_wait(text: str) -> bool:
    """Whether a line of text, or the name of a sheet, says of rows that they are not to be posted yet, or
    that they are none to go by."""
    plain = _plain(text)
    return len(plain) <= _LONGEST and _line().search(plain) is not None and _OF_OTHERS(plain) is None


def note_says_to_wait(text: str) -> bool:
    """Whether a note says so of its row."""
    said = without_accents(text)
    if len(said) > _LONGEST or not _may_wait(said, begun(text)[1]):
        return False
    return _note().search(_plain(said)) is not None


def _may_wait(said: str, begins: str) -> bool:
    """Whether a note, or a clause of it, has a first word with which such notes begin: most have none."""
    _first, _blank, rest = said.lstrip(_MARKS).partition(" ")
    if begins in _FIRST_WORDS or rest.partition(" ")[0] in _TO:
        return True
    if not any(pause in said for pause in (". ", "; ", " - ", "–", "—")):
        return False
    return not _FIRST_WORDS.isdisjoint(map(str.casefold, _CLAUSES(said)))


def _plain(text: str) -> str:
    return " ".join(without_accents(text).replace("’", "'").split())
