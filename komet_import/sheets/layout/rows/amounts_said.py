"""Notes that speak of another amount than their row: `only 5.00 left`, `used 60`, `should be 15.00`.

Only what is said whole in a part of a sentence counts: `40 boxes left behind` speaks of boxes.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np
import pyarrow as pa

from komet_import.accents import folded
from komet_import.sheets.layout.rows.patterns import occurs
from komet_import.sheets.layout.words.expressions import either, with_accents
from komet_import.types.amount_notes import (
    ALREADY,
    AND,
    LEFT_BEFORE,
    LEFT_BEHIND,
    LINKS,
    ON,
    ONLY,
    SHOULD_BE,
    USED,
)

_LONGEST = 200


def _either(*tables: tuple[str, ...]) -> str:
    return either({folded(said) for table in tables for said in table})


_CURRENCY = r"us\$|[$€£]|usd|eur|gbp|dollars?|dolares|euros?|pesos"
_FIGURES = r"[0-9][0-9.,']*[0-9]|[0-9]"
_AMOUNT = rf"(?:(?P<before>{_CURRENCY})\s?)?(?P<figures>{_FIGURES})(?:\s?(?P<behind>{_CURRENCY}))?"
_LINK = rf"(?:\s*[:=]\s*|\s+(?:(?:{_either(LINKS, ONLY)})\s+){{0,2}}(?:[:=]\s*)?)"
_TAIL = rf"(?P<tail>\s+(?:{_either(ON)})\b.*)?"
_LEFT = re.compile(
    rf"(?:(?P<only>{_either(ONLY)})\s+)?{_AMOUNT}\s+(?:{_either(LEFT_BEHIND)}){_TAIL}", re.DOTALL
).fullmatch
_LEFT_BEFORE = re.compile(
    rf"(?:(?:{_either(ONLY)})\s+)?(?:{_either(LEFT_BEFORE, SHOULD_BE)}){_LINK}{_AMOUNT}"
    rf"(?:\s+(?:{_either(LEFT_BEHIND, LINKS)}))?"
).fullmatch
_ONLY_PATTERN = re.compile(rf"(?:{_either(ONLY)})\s+{_AMOUNT}")
_ONLY = _ONLY_PATTERN.fullmatch
_USED = re.compile(rf"(?:{_either(USED)}){_LINK}{_AMOUNT}{_TAIL}", re.DOTALL).fullmatch
_ALREADY = rf"(?:(?:{_either(ALREADY)})\s+){{0,2}}"
_WAS = rf"(?:(?:{_either(LINKS, ALREADY)})\s+){{0,2}}"
_USED_BEHIND = re.compile(rf"{_ALREADY}{_AMOUNT}\s+{_WAS}(?:{_either(USED)}){_TAIL}", re.DOTALL).fullmatch
_PARTS = re.compile(rf"[;/()\[\]\n–—]|[.,](?![0-9])|\s-\s|\s(?:{_either(AND)})\s")
_WORD = "(?:^|[^a-z])(?:{})(?:[^a-z]|$)".format(
    "|".join(
        sorted(
            {
                with_accents(max(said.split(), key=len))
                for said in (*LEFT_BEFORE, *LEFT_BEHIND, *SHOULD_BE, *USED, *ONLY)
            }
        )
    )
)
_HINT = f"(?i)[0-9].*{_WORD}|{_WORD}.*[0-9]"
"""A regular expression (Arrow's) for what such a note has in it somewhere: most notes have not."""
_BODY = {
    mark: re.compile(rf"(?:[0-9]+|[0-9]{{1,3}}(?:{group}[0-9]{{3}})+)(?:{re.escape(mark)}[0-9]+)?").fullmatch
    for mark, group in ((".", ","), (",", r"\."))
}


@dataclass(frozen=True, kw_only=True)
class AmountsSaid:
    """What a note says that a row comes to (`meant`), and what of it is spent (`used`): each amount as it
    can be read."""

    meant: tuple[frozenset[Decimal], ...] = ()
    used: tuple[frozenset[Decimal], ...] = ()

    def agree(self, amount: Decimal) -> bool:
        """Whether a row of this amount is what the note says is left, or less than what it says is spent."""
        if self.meant:
            return any(amount in readings for readings in self.meant)
        return all(min(readings) > amount for readings in self.used)

    @property
    def offered(self) -> Decimal | None:
        """The amount that the note says is meant, where that is one."""
        every = frozenset().union(*self.meant)
        return next(iter(every)) if len(every) == 1 else None


@lru_cache(maxsize=4_096)
def amounts_said(text: str) -> AmountsSaid | None:
    """The amounts of which a note speaks; None for any other note."""
    if len(text) > _LONGEST:
        return None
    meant: list[frozenset[Decimal]] = []
    used: list[frozenset[Decimal]] = []
    for part in _PARTS.split(folded(text)):
        said = " ".join(part.split()).strip(" .,:!*\"'")
        if not said or not any(map(str.isdigit, said)):
            continue
        if found := _LEFT(said) or _LEFT_BEFORE(said) or _ONLY(said):
            _take(found, meant)
        elif found := _USED(said) or _USED_BEHIND(said):
            _take(found, used)
    return AmountsSaid(meant=tuple(meant), used=tuple(used)) if meant or used else None


def _take(found: "re.Match[str]", amounts: list[frozenset[Decimal]]) -> None:
    """Keep the amount of a part. What goes on behind a bare whole number may count boxes (`40 left on it`),
    and so may one of which nothing but `only` is said."""
    groups = found.groupdict()
    figures, bare = groups["figures"], groups.get("tail") or found.re is _ONLY_PATTERN
    if bare and figures.isdigit() and not (groups["before"] or groups["behind"] or groups.get("only")):
        return
    readings = frozenset(
        Decimal(figures.replace("'", "").replace("." if mark == "," else ",", "").replace(mark, "."))
        for mark, fits in _BODY.items()
        if fits(figures.replace("'", ""))
    )
    if readings:
        amounts.append(readings)


def speaking(texts: pa.Array) -> list[int]:
    """The positions of the texts that may be such notes."""
    return [int(place) for place in np.flatnonzero(occurs(texts, _HINT))]
