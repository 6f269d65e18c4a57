"""Which rows are blank: those with nothing in our columns, and those that were only prepared.

A box that is not ticked, a line number, a formula that comes to 0 stand in many rows that nobody has filled
in. What has no customer, no text, and no amount has nothing to import.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from komet_import.sheets.layout.rows.lines import Bools, amounts, arrow, blank
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.worksheet import Held
from komet_import.types import ImportType, Meaning

_ALONE = frozenset({Meaning.MONEY, Meaning.DAY, Meaning.LOCATION, Meaning.NUMBER})
"""What may stand in a prepared row: 0, the same day or place in all of them, numbers that count up."""


def filled_rows(frame: pd.DataFrame, held: npt.NDArray[np.uint8], header: Header, type: ImportType) -> Bools:
    """The rows that say something in the columns of ours; `held` is of the same shape as `frame`."""
    said = np.zeros(len(frame), dtype=np.bool_)
    alone: dict[str, Bools] = {}
    texts: dict[str, pa.Array] = {}
    asked = {*header.doubtful, *(letter for letters in header.rivals.values() for letter in letters)}
    for place, letter in enumerate(frame.columns):
        if letter not in header.columns and letter not in asked:
            continue
        texts[letter] = arrow(frame[letter])
        here = ~blank(texts[letter])
        ticked = held[:, place] == Held.BOOLEAN
        if ticked.any():
            here &= ~(ticked & (frame[letter] == "FALSE").to_numpy(dtype=np.bool_))
        name = header.columns.get(letter, "")
        meaning = type.column(name).meaning if name in type.columns_by_name else None
        if meaning in _ALONE:
            alone[letter] = here
        else:
            said |= here
    if said.all():
        return said
    data = said.copy()
    for letter in alone:
        if _meaning(header, type, letter) is Meaning.MONEY:
            alone[letter] &= ~_zero(texts[letter], held[:, frame.columns.get_loc(letter)])
            data |= alone[letter]
    filled = data.copy()
    for here in alone.values():
        filled |= here
    end = int(np.flatnonzero(data)[-1]) + 1 if data.any() else 0
    if all(_prepared(texts[letter][end:], held[end:, frame.columns.get_loc(letter)]) for letter in alone):
        filled[end:] = False
    return filled


def _meaning(header: Header, type: ImportType, letter: str) -> Meaning | None:
    name = header.columns.get(letter)
    return type.column(name).meaning if name else None


def _zero(texts: pa.Array, held: npt.NDArray[np.uint8]) -> Bools:
    """Where a number is 0, also as the dash that Excel shows for it and other programs write."""
    money, readable = amounts(texts, np.where(held == Held.NUMBER, held, Held.ERROR).astype(np.uint8))
    dashes = pc.match_substring_regex(texts, r"^[\s\p{Sc}]*[-–—][\s\p{Sc}]*$").to_numpy(zero_copy_only=False)
    found: Bools = (readable & (money == 0)) | dashes
    return found


def _prepared(texts: pa.Array, held: npt.NDArray[np.uint8]) -> bool:
    """Whether a column below the last row of data holds nothing, the same in several rows, or a count."""
    filled = ~blank(texts)
    if not filled.any():
        return True
    several = pc.unique(texts.filter(pa.array(filled)))
    if len(several) == 1:
        return int(filled.sum()) > 1 or several[0].as_py().strip() == "0"
    if not (held[filled] == Held.NUMBER).all():
        return False
    numbers = np.array([float(text) for text in texts.filter(pa.array(filled)).to_pylist()])
    return bool((np.diff(numbers) == 1).all())
