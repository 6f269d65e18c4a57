"""Rows of several ledgers in one sheet: what stands among payables is no credit of a customer, whatever the
customer of that code is called.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import pandas as pd

from komet_import.sheets.layout.modifiers import SHOWN, Modifier, Modifies
from komet_import.sheets.layout.modifiers.modifier_headings import heads
from komet_import.sheets.layout.modifiers.value_counts import blank_rows, counted_if_few, with_blank
from komet_import.types import ImportType
from komet_import.types.headings import plain, telling, telling_words
from komet_import.types.ledger_headings import (
    DEPARTMENT_HEADINGS,
    LEDGER_HEADINGS,
    OTHER_LEDGERS,
    RECEIVABLES,
    WHO_ELSE,
    WHO_OWES,
)
from komet_import.types.synonyms import ELSEWHERE

_NUMBERED = re.compile(r"^[\d.\-]+\s*[·:\-–]?\s*(?=[^\W\d])|\s*[(\[][^()\[\]]*[)\]]$")
"""The number of an account before its name, and an abbreviation behind it."""
_LONGEST = 60


def of_ledgers(
    text: pd.DataFrame, headers: Mapping[str, str], type: ImportType, matched: Sequence[str]
) -> tuple[Modifier, ...]:
    """The columns that say of rows in which ledger they stand, among those that are nothing else: below such
    a heading one word of it is enough; whatever stands above, where all values say ledgers and one of them
    another than the customers'."""
    found = []
    for letter, header in headers.items():
        counts = counted_if_few(text[letter])
        if not 0 < len(counts) <= SHOWN or not _says_ledgers(telling(header), list(counts)):
            continue
        usual = frozenset(value.casefold() for value in counts if ledger_of(value))
        blank = blank_rows(text, letter, matched)
        found.append(
            Modifier(
                letter=letter,
                header=header,
                modifies=Modifies.LEDGER,
                values=with_blank(counts.items(), blank),
                usual=usual if blank and usual else usual | {""},
            )
        )
    return tuple(found)


def names_other_ledger(cells: Sequence[str]) -> bool:
    """Whether a line, or the name of a sheet, says another ledger than the customers': `AP`, `Module: AP`."""
    key, parted, said = ":".join(cells).partition(":")
    if parted and telling(key) in _headings():
        return ledger_of(said.strip(" :")) is False
    return not parted and plain(key) in _plain(OTHER_LEDGERS)


def _says_ledgers(heading: tuple[str, ...], values: Sequence[str]) -> bool:
    said = [ledger_of(value) for value in values]
    if heading in _headings():
        return any(one is not None for one in said)
    if heading in _elsewhere() or None in said or all(said):
        return False
    if heading not in heads("kind") and any(_of_parties(value) for value in values):
        return False
    return len(values) > 1 or all(len(value) > 3 for value in values)


@lru_cache(maxsize=4096)
def ledger_of(value: str) -> bool | None:
    """Whether a value names the customers' ledger (True) or another one (False), or who stands in it; None
    for what is neither."""
    if len(value) > _LONGEST:
        return None
    for said in (plain(value), plain(_NUMBERED.sub("", value))):
        for known, own in ((RECEIVABLES | WHO_OWES, True), (OTHER_LEDGERS | WHO_ELSE, False)):
            if said in _plain(known):
                return own
    return None


def _of_parties(value: str) -> bool:
    return plain(value) in _plain(WHO_OWES | WHO_ELSE)


@lru_cache(maxsize=4)
def _plain(said: frozenset[str]) -> frozenset[str]:
    return frozenset(map(plain, said))


@lru_cache(maxsize=1)
def _headings() -> frozenset[tuple[str, ...]]:
    return telling_words(LEDGER_HEADINGS.values())


@lru_cache(maxsize=1)
def _elsewhere() -> frozenset[tuple[str, ...]]:
    return telling_words((*ELSEWHERE.values(), *DEPARTMENT_HEADINGS.values()))
