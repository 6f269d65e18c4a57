"""Rows that people have marked as no longer counting: in a note, beside a number, in whatever column.

“Cancelled order” is why there is a credit. “Cancelled”, “VOID: late truck”, “Void 11/5”, “Anulado por error”
and “Credit memo voided” say that there is none.
"""

import re
from enum import StrEnum
from functools import lru_cache

import numpy as np
import pyarrow as pa

from komet_import.accents import folded, without_accents
from komet_import.sheets.layout.rows.amounts_said import amounts_said
from komet_import.sheets.layout.rows.patterns import occurs
from komet_import.sheets.layout.words.delays import FIRST_WORDS, note_says_to_wait, says_to_wait
from komet_import.sheets.layout.words.expressions import begun, either, with_accents
from komet_import.sheets.layout.words.hesitations import hesitates, may_hesitate, says_to_leave_out
from komet_import.sheets.layout.words.payouts import BEGINNINGS, says_paid_out
from komet_import.types.delay_words import CHECK, PLEASE, TO
from komet_import.types.languages import BALANCES, PAPERS, SHORT, Paper
from komet_import.types.void_words import (
    A_CUSTOMER,
    ALREADY,
    COLORS,
    HAS_BEEN,
    IGNORED,
    MOVED,
    NOT_TO,
    NOTED_STATES,
    OF_ANOTHER,
    OTHER_CODES,
    ROWS,
    STATED_ON,
    THESE,
    USED_UP,
    VOID_FOLLOWED_BY,
    VOID_WORDS,
)


def _either(said: tuple[str, ...]) -> str:
    return either(map(without_accents, said))


_SAID = _either(VOID_WORDS)
_NUMBER = re.compile(rf"(?<![A-Za-z])(?:{_SAID})(?![A-Za-z])", re.IGNORECASE).search
_VOID = rf"(?:{_SAID})(?:\s*(?:[^\w\s]|[0-9]|$)|\s+(?:{_either(VOID_FOLLOWED_BY)})\b)"
_USED = rf"(?:{_either(USED_UP)})\b|(?:{_either(MOVED)})\s+(?:[^\W\d]+\s+){{0,2}}\S*\d"
_BLANK = " \t\n\r\f\v\u00a0"
"""Blanks, one by one: to Arrow a blank that keeps words together is no white space."""
_SHARE = rf"[{_BLANK}]+(?:[0-9%/]+[{_BLANK}]+)?"  # split 50/50 with FL201
_PARTLY = _either(OF_ANOTHER).replace("\\ ", _SHARE)
_CODE = rf"(?!(?:{_either(OTHER_CODES)})[^a-z]?\d)[a-z]+[-_]?\d{{2}}|(?:{_either(A_CUSTOMER)})\s+\W*\w*\d"
_OTHERS = rf"(?:^\W*|\w\s*[,;.:–—-]\s+)(?:{_PARTLY})\s+\W*(?:{_CODE})"
_NOTE = (
    rf"^\W*(?:(?:{_either(PLEASE)})\W+)?(?:{_VOID}|{_USED})|(?P<others>{_OTHERS})|[^\w\s]\s*(?:{_SAID})\W*$"
)
_BEEN = rf"(?:(?:{_either(HAS_BEEN)})\s+)?"
_NOTED = (*NOTED_STATES, *(name for said in PAPERS.values() for names in said.values() for name in names))
_FIRST = "|".join(sorted(set(map(with_accents, FIRST_WORDS))))
_PAID = "|".join(with_accents(said).replace(" ", ".") for said in sorted(BEGINNINGS))
_HINT = "|".join(
    (
        "(?i)" + "|".join(sorted(set(map(with_accents, (*VOID_WORDS, *USED_UP, *MOVED, *_NOTED))))),
        "|".join(with_accents(said).replace(" ", _SHARE) for said in OF_ANOTHER),
        rf"(?:^[^0-9A-Za-z]*|[^0-9A-Za-z,{_BLANK}][{_BLANK}]+)(?:{_FIRST})(?:[^A-Za-z]|$)",
        rf"^[^0-9A-Za-z]*(?:{_PAID})(?:[^A-Za-z]|$)",
        rf"^[{_BLANK}]*[^{_BLANK}]+[{_BLANK}]+(?:{either(TO)})[{_BLANK}]+(?:{either(CHECK)})",
    )
)
"""A regular expression (Arrow's) for what such a text has in it somewhere: most texts have not."""


@lru_cache(maxsize=8)
def _notes(paper: Paper | None) -> re.Pattern[str]:
    own = _named(paper)
    named = rf"|^\W*(?:{_either(own)})\b\W*(?:\S*\d\S*\s+)?{_BEEN}(?:{_VOID}|{_USED})" if own else ""
    return re.compile(_NOTE + named, re.IGNORECASE)


_SHORTEST = min(max(map(len, word.split())) for word in VOID_WORDS)
_WORDED = re.compile(f"[A-Za-z]{{{_SHORTEST}}}").search
"""What each such word has in it, and next to no number of a document: so many letters in a row."""


def number_says_void(text: str) -> bool:
    """Whether a number has such a word beside it."""
    if text.isascii() and _WORDED(text) is None:
        return False
    return _NUMBER(without_accents(text)) is not None


class Says(StrEnum):
    """What a note says of its row: that it no longer counts, not yet, or belongs to another customer."""

    VOID = "void"
    LATER = "later"
    OTHERS = "others"


def note_says(text: str, paper: Paper | None) -> Says | None:
    """What a note says of its row; None for any other note. `paper` is what the row is the record of."""
    if not may_hesitate(text):
        return _says(text, paper)
    if says_to_leave_out(text):
        return Says.VOID
    return _says(text, paper) or (Says.LATER if hesitates(text) else None)


def note_says_void(text: str, paper: Paper | None) -> bool:
    """Whether a note says that its row no longer counts, or is another customer's."""
    return note_says(text, paper) in (Says.VOID, Says.OTHERS)


def _says(text: str, paper: Paper | None) -> Says | None:
    """What a text says wherever it stands."""
    if _is_state(text, paper) or says_paid_out(text):
        return Says.VOID
    found = _notes(paper).search(begun(text)[0])
    if found and not found["others"]:
        return Says.VOID
    if note_says_to_wait(text):
        return Says.LATER
    return Says.OTHERS if found else None


def asks_to_pass_over(text: str) -> bool:
    """Whether a line of text outside the table says of rows that they are not to be imported, or not yet: it
    speaks in sentences, and may begin with a greeting (`Hi Rita, please don't post these yet`)."""
    if says_to_wait(text):
        return True
    plain = " ".join(without_accents(text).replace("’", "'").split())
    if len(plain) > _LONGEST_LINE or _OF_A_MAIL(plain):
        return False
    if _ASKED_NOT_TO(plain) or _TO_IGNORE(plain) or _colors_mark(plain):
        return True
    return _ALREADY_DONE(plain) is not None and _NOT(plain) is None


def _colors_mark(line: str) -> bool:
    """Whether a legend says that rows of a color are none that stand open: `Green = done`."""
    said = (_LEGEND(part) for part in re.split(r"[,;/|]|\s{3,}", line))
    return any(found is not None and _is_state(found[1], None) for found in said)


def _begun(begins: tuple[str, ...]) -> str:
    """Those of the words that begin so, as an expression."""
    spaced = tuple(f"{word} " for word in begins)
    return _either(tuple(said for said in (*VOID_WORDS, *USED_UP) if said.startswith(spaced)))


_ASKED_NOT_TO = re.compile(
    rf"\b(?:{_begun(NOT_TO)})(?:\s*(?:[.,;:!)]|$)|\s+(?:[-–—]\s|(?:{_either(THESE)})\b))", re.IGNORECASE
).search
_ALREADY_DONE = re.compile(rf"\b(?:{_begun(ALREADY)})\b", re.IGNORECASE).search
_TO_IGNORE = re.compile(
    rf"(?<!not )(?<!n't )(?<!no )\b(?:{_either(IGNORED)})\s+(?:[^\W\d]+\s+){{0,2}}(?:{_either(ROWS)})\W*\d",
    re.IGNORECASE,
).search
_NOT = re.compile(
    r"\b(?:not|non|sin|without|except|excluding|excluded|excluye|excepto|sem|nao|pas|sans|nicht|ohne|niet|"
    r"zonder|senza|esclus[oiae]|if|unless|si|se|wenn|als|no)\b",
    re.IGNORECASE,
).search
"""Words beside which a line that says `already posted` speaks of other rows, or of what may be."""
_LEGEND = re.compile(
    rf"\W*(?:{_either(COLORS)})\b[^\W\d]*(?:\s+(?:{_either(ROWS)}))?\s*(?:[:=–—-]+|(?:{_either(HAS_BEEN)}|are|means)\s)"
    r"\s*(.+)",
    re.IGNORECASE,
).fullmatch
_OF_A_MAIL = re.compile(
    r"\b(?:e-?mails?|mail|messages?|correos?|mensajes?|mensagem|courriels?|nachricht|bericht|messaggio)\b",
    re.IGNORECASE,
).search
"""What is written below mails says of the mail that it is to be passed over."""
_LONGEST_LINE = 200


def _is_state(text: str, paper: Paper | None) -> bool:
    """Whether a note is nothing but a state of its row, with a day or a number, or but another paper."""
    first = begun(text)[1]
    if first and first not in _first_words(paper):
        return False  # most notes
    said = text.strip(_AROUND)
    if not said or len(said) > _LONGEST:
        return False
    key = folded(said)
    if key in _states(paper):
        amounts = amounts_said(text)  # “solde 25,00” is what is left, and not “soldé”
        return amounts is None or not amounts.meant
    return key in _other_papers(paper) and said == text.strip(_MARKS)


@lru_cache(maxsize=8)
def _states(paper: Paper | None) -> frozenset[str]:
    """The states as such notes say them, of a paper too: `paid`, `paid on`, `credit applied`."""
    alone = {folded(state) for state in NOTED_STATES}
    found = alone | {f"{state} {folded(on)}" for state in alone for on in STATED_ON}
    for name in map(folded, _named(paper)):
        found |= {f"{name} {state}" for state in alone}
        found |= {f"{name} {folded(been)} {state}" for state in alone for been in HAS_BEEN}
    return frozenset(found)


@lru_cache(maxsize=8)
def _first_words(paper: Paper | None) -> frozenset[str]:
    """What such notes begin with."""
    return frozenset(begun(key)[1] for key in (*_states(paper), *_other_papers(paper)))


@lru_cache(maxsize=8)
def _other_papers(paper: Paper | None) -> frozenset[str]:
    """What other papers are called in full."""
    others = [said for one, said in PAPERS.items() if one is not paper] if paper else []
    return frozenset(folded(name) for said in others for names in said.values() for name in names)


def _named(paper: Paper | None) -> tuple[str, ...]:
    """What a paper is called."""
    said = [table.get(paper, {}) for table in (PAPERS, SHORT, BALANCES)] if paper else []
    return tuple(dict.fromkeys(name for one in said for names in one.values() for name in names))


_MARKS = " \t\n.,:;!?*()[]{}<>\"'_=-–—/|#+~"
_AROUND = _MARKS + "0123456789"
"""What may stand around a state: marks, a day in figures, a number."""
_LONGEST = 60


def voided(texts: pa.Array, paper: Paper | None) -> list[int]:
    """The positions of the texts that say so."""
    hinted = np.flatnonzero(occurs(texts, _HINT))
    said = texts.take(pa.array(hinted)).to_pylist()
    return [place for place, text in zip(hinted.tolist(), said, strict=True) if _says(text, paper)]
