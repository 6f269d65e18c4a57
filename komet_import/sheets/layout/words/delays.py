"""Texts that say that rows are not to be posted yet: `Wait for Jim`, `Pending approval`, `Post after 12/1`.

A line around a table says it of all rows, the name of a sheet too, a note of its row. A line speaks in
sentences; a note says it at its beginning, for later on it tells why there is a credit.
"""

import re
from functools import lru_cache

from komet_import.accents import without_accents
from komet_import.sheets.layout.words.expressions import either
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
    HOLD,
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
)


def _any(said: tuple[str, ...]) -> str:
    phrases = either(map(without_accents, said)).replace("\\ ", r"[\s-]+")  # sign-off, sign off
    return rf"(?:{phrases})"


_LONGEST = 200
_LETTERS = re.compile(r"[^\W\d_]+").findall
_MARKS = " \t\n.,:;!?*()[]<>\"'_=-–—/|#+~0123456789"
_TO = frozenset(phrase.split()[0] for phrase in TO)
_CLAUSES = re.compile(r"(?:^|[.;–—]\s+|\s-\s+)[\W\d_]*([^\W\d_]+)").findall
_BY_THE_WAY = r"(?:[\w'.]+[ /-]+)"
_POLITELY = rf"(?:{_any(PLEASE)}\b\W*)?"
_AWAITED = (
    rf"{_any(AWAITING)}\W+{_BY_THE_WAY}{{0,3}}?{_any((*AWAITED, *CHECKED))}\b",
    rf"{_any(AWAITED)}\W+(?:[\w']+(?:[ /-]+|:\s*)){{0,2}}?{_any(STILL_AWAITED)}\b",
)
_NOT_YET = (
    rf"{_any(NOT_YET)}\s+{_any(CHECKED)}\b",
    rf"{_any(NOT_YET_TO)}\s+{_any(POST)}\b",
    rf"(?:no|not|don't|dont)\s+{_any(POST)}\s+yet\b",
    rf"{_any(NOT)}[\s-]?{_any(DECIDED)}\b",
    rf"{_any(TO_BE_CHECKED)}\b",
    rf"{_any(NOT_TO_BE)}\s+(?:[\w']+\s+)?{_any((*POST, *POSTED))}\b",
    r"(?:do not|don't|dont)\s+(?:[\w']+\s+){1,4}?(?:until|till|til)\b",
    rf"(?:do not|don't|dont)\s+{_any(POST)}\W+(?:{_any(WHAT)}\W+){{0,3}}{_any(BEFORE)}\b",
    rf"not\s+(?:until|till|til)\s+(?:\S+\s+){{1,2}}{_any(SAYS)}\b",
)
_LATER = (
    rf"ne\s+{_any(POST)}\s+qu",
    rf"{_any(POST)}\W+(?:{_any(WHAT)}\W+){{0,3}}{_any(LATER)}\b(?!\W*$)",
    rf"{_any(POST)}\W+(?:{_any(WHAT)}\W+){{0,3}}on\W+(?:the\b|[0-9])",
    rf"{_any(ONLY)}\W+{_any(LATER)}\W+(?:\S+\s+){{0,4}}?{_any(POST)}\b",
)
_ASK_FIRST = rf"{_any(ASK)}\b.{{1,60}}?\b{_any(BEFORE)}\s+{_BY_THE_WAY}{{0,2}}?{_any(POSTING)}\b"
_FOR = rf"(?:{_any(UNTIL)}\b|4(?:\s+|(?=[^\W\d]))(?!{_any(TIMES)}\b)[^\W\d])"
_WAIT = rf"{_POLITELY}(?:{_any(HOLD)}(?:\W*$|\W+{_FOR})|awaiting\b(?!\s+payment)|{_any(WAIT)}\b)"
_LOOK = rf"{_any(LOOKED_AT_FOR)}\W+{_BY_THE_WAY}?{_any(LOOKING)}"
_ONLY_TO_LOOK = (
    rf"{_any(NOTHING_ELSE)}\W+{_LOOK}\b",
    rf"{_LOOK}\W+{_BY_THE_WAY}{{0,3}}?{_any(NOTHING_ELSE)}\b",
    rf"{_any(LOOKING)}\s+only\b",
)
_REPLACED = (
    rf"{_any(SUPERSEDED)}\b",
    rf"{_any(REPLACED[:2])}\W+{_BY_THE_WAY}{{0,3}}?{_any(VERSION)}\b|"
    rf"{_any(REPLACED[2:])}\s+{_any(NEWER)}\s+{_any(VERSION)}\b",
)
_OF_A_LINE = (*_AWAITED, *_NOT_YET, *_LATER, _ASK_FIRST, *_ONLY_TO_LOOK, _any(UNFINISHED) + r"\b")
_SOMEBODY = rf"(?!{_any(FAILED)}\b)(?:(?-i:[A-Z])[\w'.]*|{_any(WHO)})\s+{_any(TO)}\s+{_any(CHECK)}\b"
_ASK_SOMEBODY = (
    rf"{_any(ASKING)}\W+(?:\S+\s+){{0,3}}?{_any(FIRST)}\W*$",
    rf"{_any(ASKING)}\W+(?:(?!{_any(TIMES)}\b)(?-i:[A-Z])[\w']+|{_any(WHO)})\W*$",
    rf"(?:on\s+)?hold\s*(?:[-–—:(,]\s*(?!{_any(TIMES)}\b)(?-i:[A-Z])|\W?\s+{_any(PLEASE)}\W*$)",
)
_OF_A_NOTE = (*_AWAITED, *_NOT_YET, *_LATER, _ASK_FIRST, *_ASK_SOMEBODY, _WAIT, rf"{_any(ON_HOLD)}\b")
_WHOLE = (
    rf"{_any(SHORTHAND)}|"
    rf"{_any(LOOKED_AT_FOR)}\W+(?:[\w']+\W+){{0,2}}{_any(LOOKING)}(?:\s+{_any(BY)}\s+.{{1,30}})?"
)


@lru_cache(maxsize=1)
def _line() -> re.Pattern[str]:
    begun = rf"(?:^\W*|[.;:,!?–—-]\s+)(?:{_WAIT}|{_REPLACED[1]})|\b{_any(PLEASE)}\W+{_WAIT}"
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
        *(AWAITED, AWAITING, NOT_YET, NOT_YET_TO, NOT, TO_BE_CHECKED, POST, ONLY, ASK),
        *(ASKING, DO_NOT, HOLD, WAIT, PLEASE, SHORTHAND, LOOKED_AT_FOR, NOT_TO_BE, ON_HOLD),
    )
    for phrase in said
)
"""What a note begins with, or a clause of it, that may say so."""
_FIRST_WORDS = frozenset(
    word for phrase in FIRST_WORDS if (word := _LETTERS(without_accents(phrase).casefold())[0])
)
_OF_OTHERS = re.compile(
    rf"\b(?:{_any(SHOWN_APART)}\b|(?:no|none|nothing|keine|geen|aucun|nessun)\s+(?!\w*ing\b)|"
    rf"{_any(ABOVE)}\W*\S{{0,4}}[0-9])",
    re.IGNORECASE,
).search


def says_to_wait(text: str) -> bool:
    """Whether a line of text, or the name of a sheet, says of rows that they are not to be posted yet, or
    that they are none to go by."""
    plain = _plain(text)
    return len(plain) <= _LONGEST and _line().search(plain) is not None and _OF_OTHERS(plain) is None


def note_says_to_wait(text: str) -> bool:
    """Whether a note says so of its row."""
    said = text if text.isascii() else without_accents(text)
    if len(said) > _LONGEST or not _may_wait(said):
        return False
    return _note().search(_plain(said)) is not None


def _may_wait(said: str) -> bool:
    """Whether a note, or a clause of it, has a first word with which such notes begin: most have none."""
    first, _blank, rest = said.lstrip(_MARKS).partition(" ")
    if first.rstrip(_MARKS).casefold() in _FIRST_WORDS or rest.partition(" ")[0] in _TO:
        return True
    if not any(pause in said for pause in (". ", "; ", " - ", "–", "—")):
        return False
    return not _FIRST_WORDS.isdisjoint(map(str.casefold, _CLAUSES(said)))


def _plain(text: str) -> str:
    return " ".join(without_accents(text).replace("’", "'").split())
