"""What single values of a column that says what rows mean stand for: a paper, a state, a currency, a side."""

from collections.abc import Iterable
from functools import lru_cache

from komet_import import currencies
from komet_import.sheets.layout.contents import amount
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
    return amount(value) == 0 or not value.strip("-–— ")


def says_nothing(value: str) -> bool:
    """Whether a value is a way of writing that there is none."""
    return not value.strip("-–—0./: ") or value in NO


def currencies_of(value: str) -> frozenset[str]:
    """What a value of a column of currencies can mean."""
    return currencies.said(value) or currencies.numbered(value)


@lru_cache(maxsize=8)
def marks_of(side: Paper) -> frozenset[str]:
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
    return {plain(name): paper for paper in reversed(Paper) for name in names_of(paper)}


@lru_cache(maxsize=1)
def _full_names() -> tuple[tuple[Paper, tuple[str, ...]], ...]:
    return tuple(
        (paper, words(name)) for paper, said in PAPERS.items() for names in said.values() for name in names
    )


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
