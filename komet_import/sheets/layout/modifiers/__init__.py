"""Columns that change what a row means: its currency, side, kind, state, last day, and whose it is.

What a value means for sure is `usual`: the ledger's currency, a credit among credits, open. A row with any
other value is held until a person says which values count. `modifier_search` finds these columns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from komet_import.language import marked

SHOWN = 50
"""So many distinct values of a modifier are handed on, the most frequent ones."""


class Modifies(StrEnum):
    """What a column changes about its rows."""

    CURRENCY = "currency"
    RATE = "exchange rate"
    SIDE = "side"
    OTHER_SIDE = "other side"
    KIND = "kind"
    STATUS = "status"
    APPLIED = "applied"
    TAX = "tax"
    SHARE = "share"
    EXPIRY = "expiry"
    START = "first day"
    PAPER = "paper of a number"
    COMPANY = "company"
    LEDGER = "ledger"


EXPIRED, VALID = marked("expired"), marked("not expired")
"""What a column of last days says, whatever these are: a day later than today, or one that is past."""

TO_COME, BEGUN = marked("not yet valid"), marked("valid already")
"""What a column of first days says: a day later than today, or one that has come."""

OF_DAYS = (Modifies.EXPIRY, Modifies.START)
"""Columns of days, of which is answered whether they have come."""
TOLD = (*OF_DAYS, Modifies.PAPER)
"""Columns of which not the texts are answered, but what each of them says (`modifier_values.told`)."""


OF_AMOUNTS = (Modifies.RATE, Modifies.OTHER_SIDE, Modifies.APPLIED, Modifies.TAX, Modifies.SHARE)
"""Columns of amounts, of which none stands for anything: they change what the amount beside them is."""


@dataclass(frozen=True, kw_only=True)
class Modifier:
    """A column that changes what its rows mean.

    `values` are its distinct values as written (of TOLD: what they say) and how often, the most frequent
    first, and blank at the end where rows of data say nothing there; `usual` the values, casefolded, whose
    rows certainly mean what a row of the type is. Blank is among them where no other value is: what is marked
    are then the others.
    """

    letter: str
    header: str
    modifies: Modifies
    values: tuple[tuple[str, int], ...]
    usual: frozenset[str]

    @property
    def certain(self) -> bool:
        """Whether every value is usual, so that there is nothing to ask."""
        return all(value.casefold() in self.usual for value, _ in self.values)

    @property
    def all_unusual(self) -> bool:
        """Whether no value is usual, so that perhaps no row counts."""
        return not any(value.casefold() in self.usual for value, _ in self.values)

    def to_json(self) -> dict[str, Any]:
        """The modifier as a database keeps it."""
        return {
            "letter": self.letter,
            "header": self.header,
            "modifies": self.modifies.value,
            "values": [[value, count] for value, count in self.values],
            "usual": sorted(self.usual),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Modifier":
        """The modifier that `to_json` kept."""
        return cls(
            letter=kept["letter"],
            header=kept["header"],
            modifies=Modifies(kept["modifies"]),
            values=tuple((value, count) for value, count in kept["values"]),
            usual=frozenset(kept["usual"]),
        )
