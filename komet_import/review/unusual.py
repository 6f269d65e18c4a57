"""Unusual amounts: far above whatever this very customer had before.

What is usual for a large customer is not for a small one, so a row is measured against its own customer's
history in the ledger, and only where there is enough of one to say what is usual.
"""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from komet_import.review.reference import NOTHING_STANDS, OfParties, PartyStanding
from komet_import.types import ImportType, Meaning

ENOUGH = 5
"""Earlier documents that say what is usual."""
TIMES = 10
"""More than so many times the largest of them is unusual."""

Parties = npt.NDArray[np.int64]


def times(size: int, before: PartyStanding) -> int | None:
    """How many times the largest of before this is, in whole numbers; None for what is usual."""
    if before.documents < ENOUGH or size <= TIMES * before.largest or not before.largest:
        return None
    return size // before.largest


def parties_of(type: ImportType, keys: dict[str, Parties]) -> Parties | None:
    """Whose each row is, 0 where nobody's can be read; None for a sheet that does not say."""
    return keys.get(type.name_for(Meaning.PARTY))


def unusual(
    type: ImportType,
    keys: dict[str, Parties],
    amounts: npt.NDArray[np.int64],
    standing: OfParties,
    among: Collection[int] | None = None,
) -> list[int]:
    """The positions of rows whose amount is unusual; `among`: only rows of these parties."""
    parties = parties_of(type, keys)
    if parties is None or not standing:
        return []
    known, places = np.unique(parties, return_inverse=True)
    limits = np.array([_limit(party, type, standing, among) for party in known.tolist()], dtype=np.int64)
    found: list[int] = np.flatnonzero(np.abs(amounts) > limits[places]).tolist()
    return found


def _limit(party: int, type: ImportType, standing: OfParties, among: Collection[int] | None) -> int:
    """The size above which an amount of this party's is unusual."""
    before = standing.get(party, {}).get(type.slug, NOTHING_STANDS)
    measured = before.documents >= ENOUGH and before.largest and (among is None or party in among)
    return TIMES * before.largest if measured else int(np.iinfo(np.int64).max)
