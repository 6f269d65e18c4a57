"""Headings of columns that say what rows mean: currency, kind, status and the like, in each language."""

import re
from collections.abc import Mapping
from functools import lru_cache

from komet_import.types.headings import telling
from komet_import.types.languages import Said
from komet_import.types.mark_headings import (
    APPLIED_HEADINGS,
    CLEARED_HEADINGS,
    CURRENCY_HEADINGS,
    EXPIRY_HEADINGS,
    FLAGS_AGAINST,
    FLAGS_FOR,
    KIND_HEADINGS,
    RATE_HEADINGS,
    RETURN_FLAGS,
    SIDE_HEADINGS,
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
}


_PERCENTAGE = re.compile(r"\d+(?:[.,]\d+)?\s*%")


@lru_cache(maxsize=len(_HEADINGS))
def heads(kind: str) -> frozenset[tuple[str, ...]]:
    return frozenset(telling(head) for heads in _HEADINGS[kind].values() for head in heads)


def heading_words(header: str) -> tuple[str, ...]:
    """The telling words of a heading, without a rate of tax; one word for what is written as two (`MwSt`)."""
    said = telling(_PERCENTAGE.sub(" ", header[:80]))
    joined = ("".join(said),)
    return joined if any(joined in heads(kind) for kind in _HEADINGS) else said


def says_amounts(header: str) -> bool:
    """Whether a heading says amounts, rates, documents or days, of which there may be any number."""
    heading = heading_words(header)
    return any(heading in heads(kind) for kind in ("rate", "applied", "tax", "cleared", "expiry"))
