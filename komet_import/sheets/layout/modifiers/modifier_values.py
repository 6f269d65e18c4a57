"""What single values of a column that says what rows mean stand for: a paper, a state, a currency, a side."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from komet_import import currencies
from komet_import.accents import without_accents
from komet_import.clock import today
from komet_import.sheets.layout.modifiers import BEGUN, EXPIRED, TO_COME, VALID, Modifies
from komet_import.sheets.layout.values.contents import amount
from komet_import.sheets.layout.values.dates import read_date
from komet_import.sheets.layout.values.doubt import Doubt
from komet_import.sheets.layout.words.expressions import with_accents
from komet_import.sheets.worksheet import Held
from komet_import.types.headings import plain, words
from komet_import.types.languages import PAPERS, Paper
from komet_import.types.marks import (
    NO,
    SIDES,
    STATES_OPEN,
    STATES_OTHER,
    names_of,
)


def is_zero(value: str) -> bool:
    """Whether a value is nothing: 0, or a dash."""
    return amount(value) == 0 or not value.strip("-–— ")


def says_nothing(value: str) -> bool:
    """Whether a value is a way of writing that there is none."""
    return not value.strip("-–—0./: ") or value in NO


def currencies_of(value: str) -> frozenset[str]:
    """What a value of a column of currencies can mean."""
    return currencies.said(value) or currencies.numbered(value)


@lru_cache(maxsize=8)
def marks_of(side: Paper) -> frozenset[str]:
    """What rows of that side are marked with, as `plain` has it."""
    return frozenset(plain(mark) for mark in SIDES[side])


@lru_cache(maxsize=4096)
def kind_of(value: str) -> tuple[Paper, bool] | None:
    """The paper that a value names, and whether it is nothing else: `Reversed credit memo` may not count."""
    if len(value) > 60:
        return None
    if paper := _kinds().get(plain(value)):
        return paper, True
    said = words(value)
    for paper, name in _full_names():
        if any(said[start : start + len(name)] == name for start in range(len(said) - len(name) + 1)):
            return paper, False
    return None


@lru_cache(maxsize=1)
def _kinds() -> dict[str, Paper]:
    """The papers by what stands for them; a full name is that of its own paper, whatever other papers count
    among their kinds: a deposit is a kind of payment until there is a paper of deposits."""
    kinds = {plain(name): paper for paper in reversed(Paper) for name in names_of(paper)}
    return kinds | {
        plain(name): paper for paper, said in PAPERS.items() for names in said.values() for name in names
    }


@lru_cache(maxsize=1)
def _full_names() -> tuple[tuple[Paper, tuple[str, ...]], ...]:
    return tuple(
        (paper, words(name)) for paper, said in PAPERS.items() for names in said.values() for name in names
    )


_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS_OF_NUMBER = re.compile(r"(?<![^\W_])[^\W\d_]{2,}")
_OTHER_WORDS = "|".join(
    sorted(
        {r"[^0-9A-Za-z]*".join(map(with_accents, words(name))) for paper in Paper for name in names_of(paper)}
    )
)
PAPER_HINT = rf"(?i)(?:^|[^0-9a-z])(?:{_OTHER_WORDS})(?:[^a-z]|$)"
"""A regular expression (Arrow's) for what a number that names a paper has in it somewhere."""


@lru_cache(maxsize=16384)
def paper_word(number: str) -> str:
    """The word, in capitals, by which the number of a document names a paper: `INV` of INV-7; blank for none.
    One letter alone names none."""
    start = _LETTERS.findall(without_accents(re.split(r"\d", number, maxsplit=1)[0]))
    whole = "".join(start).casefold()
    if len(whole) > 1 and whole in _kinds():
        return " ".join(start).upper() if max(map(len, start)) > 1 else whole.upper()
    found = _WORDS_OF_NUMBER.findall(without_accents(number))
    return next((word.upper() for word in found if word.casefold() in _kinds()), "")


def told(modifies: Modifies, texts: Iterable[str]) -> Mapping[str, str]:
    """What each text of a column says that says more than is written there (`modifiers.TOLD`)."""
    if modifies is Modifies.PAPER:
        return {text: paper_word(text) for text in texts}
    now = today()
    read = _beginning if modifies is Modifies.START else _lasting
    return {text: read(text, now) for text in texts}


def _beginning(text: str, now: date) -> str:
    """Whether a first day is still to come; of one with several readings, whether any is."""
    days = _days(text)
    if not days:
        return ""
    return TO_COME if any(day > now for day in days) else BEGUN


def _lasting(text: str, now: date) -> str:
    """Whether a last day is past; of one with several readings, whether any is. Blank for what is no day."""
    days = _days(text)
    if not days:
        return EXPIRED if state_of(text) == "other" else ""
    return EXPIRED if any(day < now for day in days) else VALID


def _days(text: str) -> list[date]:
    """The days that a text may be."""
    read = read_date(text, Held.TEXT) if len(text) <= 40 else Doubt(code="not-a-date")
    if isinstance(read, Doubt):
        said = [read.suggestion, *(read.facts.get(name) for name in ("first", "second"))]
        return [date.fromisoformat(day) for day in said if isinstance(day, str)]
    return [read]


@lru_cache(maxsize=4096)
def state_of(value: str) -> str:
    """`open` or `other`; blank for what is no state."""
    said = plain(value) if len(value) <= 40 else ""
    if said in _states(STATES_OPEN):
        return "open"
    return "other" if said in _states(STATES_OTHER) else ""


@lru_cache(maxsize=2)
def _states(said: Iterable[str]) -> frozenset[str]:
    return frozenset(plain(state) for state in said)
