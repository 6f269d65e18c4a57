"""What is kept of so many things only: what was kept longest ago is forgotten first."""

from collections import OrderedDict
from typing import TypeVar

T = TypeVar("T")

KNOWN_TABS = 10_000
"""So many tabs are known; of more, those that were heard of longest ago are forgotten."""


def keep(kept: OrderedDict[str, T], name: str, what: T, *, most: int) -> None:
    """Keep it under that name as the newest one of at most so many."""
    kept[name] = what
    kept.move_to_end(name)
    while len(kept) > most:
        kept.popitem(last=False)
