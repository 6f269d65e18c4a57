"""The rows below the header, arranged under the columns of the import type."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pandas as pd

from komet_import.sheets.layout.amounts import written_amount
from komet_import.sheets.layout.other_rows import total_rows
from komet_import.sheets.layout.sheet import ALL_SHOWN, Header, Sheet
from komet_import.sheets.row_keys import OURS, PREFIX, RowKey, read_keys
from komet_import.sheets.worksheet import Held, Note, Worksheet
from komet_import.types import ImportType, ValueKind


def arrange(worksheet: Worksheet, header: Header, type: ImportType) -> Sheet:
    """The rows below the header, without blank ones, under the type's column names.

    Total lines stay among the rows and are listed in `total_rows`; hidden rows likewise.
    """
    text, held = worksheet.text, worksheet.held
    below = (text.index > header.row).nonzero()[0]
    frame = text.iloc[below]
    filled = np.zeros(len(frame), dtype=bool)
    used: set[str] = set()
    for letter in frame.columns:
        if letter not in header.headers:
            continue  # the column of our keys
        here = frame[letter].str.strip().ne("").to_numpy(dtype=bool)
        if header.headers[letter] not in OURS:
            filled |= here
        if here.any() or header.headers[letter]:
            used.add(str(letter))
    letters, names = _columns(
        header, type, [str(c) for c in text.columns if c in used or c in header.columns]
    )
    place_of = {str(letter): place for place, letter in enumerate(text.columns)}
    places = np.array([place_of[letter] for letter in letters], dtype=np.int64)
    rows = frame.loc[filled, letters].set_axis(pd.Index(names, dtype="object"), axis=1)
    kept = held[np.ix_(below[filled], places)]
    derived = total_rows(rows, kept, type)
    _name_currencies(worksheet, {c: n for c, n in header.columns.items() if c in letters}, type, rows, kept)
    numbers = frozenset(int(n) for n in rows.index)
    return Sheet(
        name=worksheet.name,
        header=header,
        rows=rows,
        held=kept,
        hidden_rows=frozenset(worksheet.hidden_rows & numbers),
        total_rows=derived,
        keys=_keys(frame[filled], header),
        notes=_notes(worksheet, header),
        decimals=_decimals(worksheet, header.columns, type, rows.index),
    )


def _keys(rows: pd.DataFrame, header: Header) -> dict[int, RowKey]:
    """Which rejected rows the rows are: a row that was copied into another sheet has its key anywhere."""
    found: dict[int, RowKey] = {}
    for letter in rows.columns:
        if letter not in header.columns:
            keyed = rows[letter][rows[letter].str.startswith(PREFIX)]
            found |= read_keys(zip(keyed.index.tolist(), keyed.tolist(), strict=True))
    return found


def _notes(worksheet: Worksheet, header: Header) -> tuple[Note, ...]:
    """The notes of the worksheet, but that the column of our keys is hidden."""
    ours = {letter for letter in worksheet.text.columns if letter not in header.headers}
    found = []
    for note in worksheet.notes:
        if note.code == "hidden-columns" and ours:
            where = tuple(letter for letter in note.where if letter not in ours)
            note = replace(note, count=note.count - (len(note.where) - len(where)), where=where)
        if note.count:
            found.append(note)
    return tuple(found)


def _decimals(
    worksheet: Worksheet, columns: Mapping[str, str], type: ImportType, rows: pd.Index
) -> dict[str, npt.NDArray[np.uint8]]:
    """With how many decimals Excel shows amounts, where these are fewer than it holds."""
    found: dict[str, npt.NDArray[np.uint8]] = {}
    for rounded in worksheet.rounded:
        name = columns.get(rounded.letters)
        if name is None or type.columns_by_name[name].kind is not ValueKind.AMOUNT:
            continue
        shown = found.setdefault(name, np.full(len(rows), ALL_SHOWN, dtype=np.uint8))
        for place in _stretches(rounded.rows, rows):
            shown[place] = rounded.decimals
    return found


def _stretches(runs: Iterable[tuple[int, int]], rows: pd.Index) -> Iterator[slice]:
    """Where among the rows the runs of row numbers lie."""
    for first, last in runs:
        yield slice(int(rows.searchsorted(first)), int(rows.searchsorted(last, side="right")))


def _name_currencies(
    worksheet: Worksheet,
    columns: Mapping[str, str],
    type: ImportType,
    rows: pd.DataFrame,
    held: npt.NDArray[np.uint8],
) -> None:
    """Write amounts that Excel shows in another currency than the ledger's with that currency, as texts.

    The number alone would be taken for an amount of the ledger's currency.
    """
    for shown in worksheet.currencies:
        name = columns.get(shown.letters)
        if name is None or type.columns_by_name[name].kind is not ValueKind.AMOUNT:
            continue
        place = list(rows.columns).index(name)
        there = np.zeros(len(rows), dtype=bool)
        for stretch in _stretches(shown.rows, rows.index):
            there[stretch] = True
        numbers = (there & (held[:, place] == Held.NUMBER)).nonzero()[0]
        texts = rows[name].to_numpy(dtype=object).copy()
        for row in numbers:
            texts[row] = f"{shown.currency} {written_amount(Decimal(texts[row]))}"
        rows[name] = pd.array(texts, dtype="str")
        held[numbers, place] = Held.TEXT


def _columns(header: Header, type: ImportType, letters: list[str]) -> tuple[list[str], list[str]]:
    """The letters in the order of the frame, and the names they get, each once."""
    by_name = {name: letter for letter, name in header.columns.items() if letter in letters}
    ordered = [(by_name[c.name], c.name) for c in type.columns if c.name in by_name]
    taken = {name for _, name in ordered} | {column.name for column in type.columns}
    for letter in letters:
        if letter not in by_name.values():
            name = header.headers.get(letter) or f"Column {letter}"
            name = name if name not in taken else f"{name} ({letter})"
            taken.add(name)
            ordered.append((letter, name))
    return [letter for letter, _ in ordered], [name for _, name in ordered]
