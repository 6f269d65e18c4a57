"""Notes that say that a customer has a credit already: `pd ck 1022`, `cust already took it`, `ya pagado`.

`Paid freight twice` and `Refunded shipping` are why there is one: what was paid with must be said, or when.
"""

import re
from functools import lru_cache

from komet_import.accents import without_accents
from komet_import.sheets.layout.words.expressions import any_of, begun
from komet_import.types.payout_words import (
    BETWEEN,
    BY_MEANS_OF,
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
_INVOICED = rf"(?:{_any(INVOICED)}|(?:re|rg|fv|fra|nf)\b\W*[0-9])"
_PATTERNS = (
    rf"{_THEY}{_any(SPENT)}(?:\W*$|\W+{_LINK}{{0,3}}(?:{_any(PAYMENTS)}|{_DAY})|\W+{_LINK}{{1,3}}{_INVOICED})",
    rf"{_any(THEM)}\W+(?:{_any(HAVE)}\W+)?(?:{_any(BETWEEN)}\W+)?{_any(KEPT)}",
    rf"{_THEY}{_any(SPENT_ALREADY)}\W+(?:{_any(BETWEEN)}\W+){{0,2}}(?:{_any(STANDS)}|{_DONE}{_END})",
    rf"{_THEY}{_any(BY_MEANS_OF)}\W+{_LINK}?(?:{_any(PAYMENTS)}|{_INVOICED})(?:\W*(?:{_LINK}|\w*[0-9]\w*)){{0,8}}"
    rf"\W+(?:{_any(SPENT_ALREADY)}\W+)?{_any(SPENT)}\W*$",
    rf"{_any(REFUND)}\W*(?:{_any(REFUND)}\W*)?(?:\w*\d\w*\W+)?(?:was\W+|has been\W+)?{_any(SENT)}",
)

_WORDS = re.compile(r"[^\W\d_]+").findall
_SPENT_WORDS = frozenset(
    word for said in (*SPENT, *KEPT, *STOOD, *STANDS) for word in without_accents(said).split()[-1:]
)
_LINKING = frozenset(map(without_accents, (*BETWEEN, *HAVE, *BY_MEANS_OF))) - frozenset(
    without_accents(said).split()[0] for said in SPENT_ALREADY
)
"""Of notes that begin with these few say what was done."""


@lru_cache(maxsize=1)
def _said() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{'|'.join(_PATTERNS)})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _twice() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\W){_any(TWICE)}", re.IGNORECASE)


BEGINNINGS = frozenset((*SPENT, *SPENT_ALREADY, *THEM, *REFUND, *BETWEEN, *HAVE, *BY_MEANS_OF))
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
    if first in _LINKING and _SPENT_WORDS.isdisjoint(_WORDS(said.casefold())):
        return False  # “was late”
    return _said().search(said) is not None and _twice().search(said) is None
