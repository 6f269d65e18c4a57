"""Notes that say that a customer has a credit already: `pd ck 1022`, `cust already took it`, `ya pagado`.

`Paid freight twice` and `Refunded shipping` are why there is one: what was paid with must be said, or when.
"""

import re
from functools import lru_cache

from komet_import.accents import without_accents
from komet_import.sheets.layout.words.expressions import any_of, begun
from komet_import.types.payout_words import (
    BETWEEN,
    CONNECTED,
    HAVE,
    INVOICED,
    KEPT,
    PAYMENTS,
    REFUND,
    SENT,
    SPENT,
    SPENT_ALREADY,
    STANDS,
    STOOD,
    THEM,
    TWICE,
)


def _any(*tables: tuple[str, ...]) -> str:
    return any_of(*tables) + r"\b"


_LONGEST = 120
_DAY = r"[0-9]{1,2}[/.-][0-9]{1,2}\b|[0-9]{4}-[0-9]{2}-[0-9]{2}\b"
_LINK = rf"(?:{_any(CONNECTED)}\W+)"
_THEY = rf"(?:{_any(THEM)}\W+)?(?:{_any(HAVE)}\W+)?(?:{_any(BETWEEN)}\W+)?"
_END = rf"(?=\W*$|\s*[^\w\s]|\s+[0-9]|\s+{_any(CONNECTED)})"
"""`Already used boxes` goes on with what was used."""
_DONE = _any(SPENT, STOOD)
_PATTERNS = (
    rf"{_THEY}{_any(SPENT)}(?:\W*$|\W+{_LINK}{{0,3}}(?:{_any(PAYMENTS)}|{_DAY})|\W+{_LINK}{{1,3}}{_any(INVOICED)})",
    rf"{_any(THEM)}\W+(?:{_any(HAVE)}\W+)?(?:{_any(BETWEEN)}\W+)?{_any(KEPT)}",
    rf"{_THEY}{_any(SPENT_ALREADY)}\W+(?:{_any(BETWEEN)}\W+){{0,2}}(?:{_any(STANDS)}|{_DONE}{_END})",
    rf"{_any(REFUND)}\W*(?:\w*\d\w*\W+)?(?:was\W+|has been\W+)?{_any(SENT)}",
)


@lru_cache(maxsize=1)
def _said() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{'|'.join(_PATTERNS)})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _twice() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\W){_any(TWICE)}", re.IGNORECASE)


BEGINNINGS = frozenset((*SPENT, *SPENT_ALREADY, *THEM, *REFUND, "se"))
"""What begins such a note: most begin otherwise."""
_BEGINNINGS = dict(
    sorted((without_accents(phrase).partition(" ")[::2] for phrase in BEGINNINGS), reverse=True)
)
"""The first word of each, and what else it has, of several the least."""


def says_paid_out(text: str) -> bool:
    """Whether a note says that its credit was paid out or taken already."""
    if len(text) > _LONGEST:
        return False
    said, first = begun(text)
    if (rest := _BEGINNINGS.get(first)) is None or rest not in said.casefold():
        return False  # “short paid”, and not “short stems”
    return _said().search(said) is not None and _twice().search(said) is None
