"""Headings of columns that say what rows mean: currency, kind, status and the like, in each language."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from komet_import.sheets.layout.values.contents import is_amount
from komet_import.types.box_headings import (
    BANKS,
    CLEARED_HEADINGS,
    DONE_ELSEWHERE,
    FLAGS_AGAINST,
    FLAGS_FOR,
    NUMBERED,
    PAID_BY,
    PAID_IN_ONE_WORD,
    PAYMENTS,
    RETURN_FLAGS,
    SETTLED,
    SETTLED_BY,
)
from komet_import.types.headings import telling, telling_words, words
from komet_import.types.languages import Said
from komet_import.types.mark_headings import (
    ACTION_HEADINGS,
    APPLIED_HEADINGS,
    APPROVAL_HEADINGS,
    CURRENCY_HEADINGS,
    EXPIRY_HEADINGS,
    KIND_HEADINGS,
    PERCENT,
    RATE_HEADINGS,
    RESERVED_HEADINGS,
    SHARED,
    SHARES,
    SIDE_HEADINGS,
    START_HEADINGS,
    STATUS_HEADINGS,
    TAX_HEADINGS,
)

_HEADINGS: Mapping[str, Said] = {
    "currency": CURRENCY_HEADINGS,
    "rate": RATE_HEADINGS,
    "side": SIDE_HEADINGS,
    "kind": KIND_HEADINGS,
    "status": STATUS_HEADINGS,
    "against": FLAGS_AGAINST,
    "for": FLAGS_FOR,
    "return": RETURN_FLAGS,
    "applied": APPLIED_HEADINGS,
    "tax": TAX_HEADINGS,
    "cleared": CLEARED_HEADINGS,
    "expiry": EXPIRY_HEADINGS,
    "start": START_HEADINGS,
    "reserved": RESERVED_HEADINGS,
    "approval": APPROVAL_HEADINGS,
    "action": ACTION_HEADINGS,
}


_PERCENTAGE = re.compile(r"\d+(?:[.,]\d+)?\s*%")
_CHECKED_IN = re.compile(r"\bcheck[\s-]?(?:in|out)\b", re.IGNORECASE)  # no check that pays


@lru_cache(maxsize=len(_HEADINGS))
def heads(kind: str) -> frozenset[tuple[str, ...]]:
    """The headings of modifiers of that kind, as words."""
    return telling_words(_HEADINGS[kind].values())


def heading_words(header: str) -> tuple[str, ...]:
    """The telling words of a heading, without a rate of tax; one word for what is written as two (`MwSt`)."""
    said = telling(_CHECKED_IN.sub("arrival", _PERCENTAGE.sub(" ", header[:80])))
    joined = ("".join(said),)
    return joined if any(joined in heads(kind) for kind in _HEADINGS) else said


def is_done_elsewhere(heading: tuple[str, ...]) -> bool:
    """Whether a heading says that a row stands somewhere already, whatever that is called: `Posted to Komet`,
    `In SAP gebucht`."""
    if len(heading) < 2 or heading[0] in _NEGATIONS:
        return False
    return heading[0] in DONE_ELSEWHERE or heading[-1] in DONE_ELSEWHERE


_NEGATIONS = frozenset({"not", "number", "non", "nicht", "niet", "nao", "to"})
"""What begins a heading that says the opposite (`No` is taken for number), or that it is to be done."""


def _is_used_up(heading: tuple[str, ...]) -> bool:
    """Whether a heading says by what or when a row was used up: `Used on invoice`."""
    return len(heading) > 1 and heading[0] in SETTLED and heading[1] in SETTLED_BY


def _is_paid(heading: tuple[str, ...]) -> bool:
    """Whether a heading says by what or when a row was paid out: `Pmt ref`, `Payment date`, `Remitted`."""
    if len(heading) == 1:
        return heading[0] in PAID_IN_ONE_WORD
    said = frozenset(heading)
    if said <= BANKS:
        return False
    return said <= PAYMENTS | PAID_BY and not (said.isdisjoint(PAYMENTS) or said.isdisjoint(PAID_BY))


def _is_numbered(heading: tuple[str, ...]) -> bool:
    """Whether a heading names what is paid with, so that a number or a day below it says that a row was."""
    return len(heading) == 1 and heading[0] in NUMBERED


def says_paid(heading: tuple[str, ...], values: Sequence[str]) -> bool:
    """Whether a column says by what or when rows were settled, whatever its values are called."""
    if heading in heads("cleared") or _is_used_up(heading):
        return True
    if _is_numbered(heading):
        return any(map(_NUMBERED, values))
    return _is_paid(heading) and any(_NUMBERED(value) or not is_amount(value) for value in values)


_NUMBERED = re.compile(r"(?<![.,\d])\d{3,}(?![.,]\d)").search
"""The number of a check, or a year: no amount."""


@lru_cache(maxsize=1024)
def is_share(header: str) -> bool:
    """Whether a heading says of how much of each amount its row is: `Share %`, `Split`, `Our share`."""
    said = frozenset(words(header[:80].replace("%", " percent ")))
    shares, percent, beside = (_words_of(phrases) for phrases in (SHARES, PERCENT, SHARED))
    return said <= shares | percent | beside and not said.isdisjoint(shares | percent)


def says_part(header: str) -> bool:
    """Whether such a heading says that the amount is one of which a part is meant: `Share %`. `Credit %`
    beside what is left of a credit tells how that came about."""
    return not {"credit", "credited", "credito"} >= {*words(header[:80].replace("%", " "))} - _words_of(
        PERCENT
    )


def _words_of(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in words(phrase))


def says_amounts(header: str) -> bool:
    """Whether a heading says amounts, rates, documents or days, of which there may be any number."""
    heading = heading_words(header)
    kinds = ("rate", "applied", "tax", "cleared", "expiry", "start", "reserved", "approval")
    paid = _is_used_up(heading) or _is_paid(heading) or _is_numbered(heading)
    return paid or is_share(header) or any(heading in heads(kind) for kind in kinds)
