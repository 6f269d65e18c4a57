"""Other systems' values for our codes: what a sheet that is posted says of them, and what is known.

A customer's name, a city or a code of another system is remembered with our code for it where

- the column is one of codes (whose it is, or where), and the value is no code of ours, an inactive one's
  included;
- a person replaced it as a value (a suggestion for all its rows, Replace), and chose an active record:
  what was typed into single cells is said of those rows alone, and what nobody chose is a guess;
- in the end every row that is to be imported and whose cell says it in the sheet has that one code.

Values are compared as codes are, without case and outer spaces, and never by likeness. Who is meant is kept
by more than the code: a customer or a location that is another one by now is not the one that was chosen.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from komet_import.review.draft import Draft
from komet_import.review.edits import CellChange, Changes
from komet_import.review.reference import Directory
from komet_import.types import Column, ColumnFormat, Meaning
from komet_import.types.codes import code_key

OF_CODES = {ColumnFormat.CUSTOMER: Meaning.PARTY, ColumnFormat.LOCATION: Meaning.LOCATION}
"""The columns whose values are remembered, for every type that has one, and what they mean."""
LONGEST = 200
"""Characters of a value (as a key): what is longer is no name and no code."""
_LOST = "\ufffd"

Key = tuple[Meaning, str]
"""What a value is remembered under: what its column means, and the value as codes are compared."""


@dataclass(frozen=True, kw_only=True)
class SaidValue:
    """What a sheet says of a value: the one code that all its rows have now, and the id of its record.

    A blank code: they have several, or none of ours. `hand` is who replaced the value; 0 where nobody did.
    """

    text: str
    code: str = ""
    target: int = 0
    hand: int = 0


@dataclass(frozen=True, kw_only=True)
class KnownValue:
    """A value that is remembered: our code for it, the id of its record, who chose that and when."""

    text: str
    code: str
    target: int
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Applied:
    """A remembered value in a column of a draft, with the rows (Excel number and text) that say it."""

    column: str
    known: KnownValue
    rows: tuple[tuple[int, str], ...]

    @property
    def words(self) -> str:
        """For the list of edits: `Flores Miami → FM01`."""
        return f"{self.known.text} → {self.known.code}"


def columns_of_codes(draft: Draft) -> dict[str, Column]:
    """The columns of a draft whose values are remembered, by name."""
    return {c.name: c for c in draft.type.columns if c.kind in OF_CODES and c.name in draft.rows}


def said(
    draft: Draft,
    posted: npt.NDArray[np.bool_],
    replacements: Iterable[tuple[int, Changes]],
    directory: Directory,
) -> dict[Key, SaidValue]:
    """What a sheet says of the values that are no codes of ours and that some posted row had in it.

    `replacements` are the standing steps of a person that replaced values, in their order, with whose they
    are; `posted` is an array over the rows.
    """
    columns = columns_of_codes(draft)
    replaced = _replaced(replacements, columns)
    found: dict[Key, SaidValue] = {}
    for name, column in columns.items():
        before, after = draft.sheet.rows[name].str.strip(), draft.rows[name].str.strip()
        changed = posted & (before != after).to_numpy(dtype=np.bool_)
        if not changed.any():
            continue
        keys = np.array([code_key(text) for text in before.tolist()], dtype=object)
        for key in dict.fromkeys(keys[changed].tolist()):
            if not key or len(key) > LONGEST or _LOST in key or directory.named(column.kind, key):
                continue
            places = np.flatnonzero((keys == key) & ~draft.out).tolist()
            codes = {code_key(after.iloc[place]) for place in places}
            target = directory.usable(column.kind, codes.pop()) if len(codes) == 1 else None
            text = str(before.iloc[places[0]])
            if target is None:
                found[OF_CODES[column.kind], key] = SaidValue(text=text)
                continue
            hands = replaced.get(name, {})
            numbers = draft.rows.index[places].tolist()
            chosen = [hands[n] for n in numbers if n in hands]
            hand = next((h for h, code in chosen if code == code_key(target.code)), 0)
            found[OF_CODES[column.kind], key] = SaidValue(
                text=text, code=target.code, target=target.id, hand=hand
            )
    return found


def _replaced(
    replacements: Iterable[tuple[int, Changes]], columns: Collection[str]
) -> dict[str, dict[int, tuple[int, str]]]:
    """Who replaced a cell last, and the key of what they put there, by column and Excel row."""
    found: dict[str, dict[int, tuple[int, str]]] = {}
    for hand, changes in replacements:
        for name, cells in changes.by_column().items():
            if name in columns:
                of_column = found.setdefault(name, {})
                of_column.update((cell.row, (hand, code_key(cell.after))) for cell in cells)
    return found


def applying(
    draft: Draft, known: Mapping[Key, KnownValue], directory: Directory, columns: Collection[str]
) -> list[Applied]:
    """What is known of the values in these columns of a draft, in the order of the sheet.

    A value that has become a code of ours is that code. Who was chosen must still be there, active, and the
    same one.
    """
    found = []
    for name, column in columns_of_codes(draft).items() if known else ():
        if name not in columns:
            continue
        texts = draft.rows[name][~draft.out]
        for key, rows in _by_key(texts.index.tolist(), texts.tolist()).items():
            entry = known.get((OF_CODES[column.kind], key))
            if entry is None or directory.named(column.kind, key):
                continue
            target = directory.usable(column.kind, entry.code)
            if target is not None and target.id == entry.target:
                found.append(Applied(column=name, known=entry, rows=tuple(rows)))
    return found


def _by_key(rows: Iterable[int], texts: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
    keys: dict[str, str] = {}
    found: dict[str, list[tuple[int, str]]] = {}
    for row, text in zip(rows, texts, strict=True):
        key = keys.get(text)
        if key is None:
            key = keys[text] = code_key(text)
        if key:
            found.setdefault(key, []).append((row, text))
    return found


def replacing(applied: Iterable[Applied]) -> Changes:
    """The cells that remembered values change."""
    return Changes(
        cells=tuple(
            CellChange(row, one.column, text, one.known.code) for one in applied for row, text in one.rows
        )
    )
