"""How often each value stands in a column, and how many rows say nothing there."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from komet_import.sheets.layout.modifiers import SHOWN

_LOOKED_AT = 200
"""So many rows say whether a column has too many different values for a mark."""


def blank_rows(text: pd.DataFrame, letter: str, matched: Sequence[str]) -> int:
    """How many rows say nothing in a column, of those that look like data: two fields at least are filled."""
    fields = sum(text[other].str.strip().ne("").to_numpy(dtype=np.int8) for other in matched)
    blank = text[letter].str.strip().eq("").to_numpy(dtype=np.bool_)
    return int((blank & (fields > 1)).sum())


def with_blank(values: Iterable[tuple[str, int]], blank: int) -> tuple[tuple[str, int], ...]:
    """A modifier's values and how often, with the rows that say nothing at the end, where there are any."""
    return (*values, ("", blank)) if blank else tuple(values)


def counted_if_few(column: "pd.Series[str]", *, whatever: bool = False) -> dict[str, int]:
    """The distinct values of a column (`counted`); more than SHOWN of its first rows are enough to say that
    they are too many for a mark, unless they are wanted `whatever` they are."""
    counts = counted(column.iloc[:_LOOKED_AT])
    return counted(column) if whatever or len(counts) <= SHOWN else counts


def counted(column: "pd.Series[str]") -> dict[str, int]:
    """The distinct values without blank ones, the most frequent first, then in the order of the sheet."""
    counts = Counter(text.strip() for text in column.to_numpy(dtype=object))
    counts.pop("", None)
    return dict(counts.most_common())
