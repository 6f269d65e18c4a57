"""The rows below the header, arranged under the columns of the import type."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from komet_import.currencies import named_in
from komet_import.row_numbers import APART
from komet_import.settings import settings
from komet_import.sheets.layout.columns.claims import vocabulary
from komet_import.sheets.layout.columns.lists_beside import is_list_beside, texts_below
from komet_import.sheets.layout.header import comments
from komet_import.sheets.layout.header.party_above import party_above
from komet_import.sheets.layout.header.tables_around import tables_around
from komet_import.sheets.layout.row_kinds import Aside
from komet_import.sheets.layout.rows.amounts_said import amounts_said, speaking
from komet_import.sheets.layout.rows.blank_rows import filled_rows
from komet_import.sheets.layout.rows.cut_values import cut_values
from komet_import.sheets.layout.rows.fills import Fills, fills, shared_amounts
from komet_import.sheets.layout.rows.lines import Lines, arrow, blank
from komet_import.sheets.layout.rows.other_rows import other_rows
from komet_import.sheets.layout.rows.void_marks import voided
from komet_import.sheets.layout.sheet import ALL_SHOWN, Beside, Header, Sheet
from komet_import.sheets.layout.values.amount_forms import written_amount
from komet_import.sheets.layout.words.flags import opposite
from komet_import.sheets.row_keys import PREFIX, RowKey, read_keys
from komet_import.sheets.worksheet import Held, Note, Worksheet
from komet_import.types import ColumnFormat, ImportType, Meaning


def arrange(worksheet: Worksheet, header: Header, type: ImportType, *, kept: Collection[int] = ()) -> Sheet:
    """The rows below the header that have something in our columns, under the type's column names.

    Rows that are no data stay among them and are listed in `aside`; hidden rows likewise. `kept` are Excel
    rows that a person has had to do with: they stay, whatever they hold.
    """
    text, held = worksheet.text, worksheet.held
    below = (text.index > header.row).nonzero()[0]
    frame = text.iloc[below]
    filled = filled_rows(frame, held[below], header, type)
    if kept:
        filled |= frame.index.isin(list(kept))
    used = [
        str(letter)
        for letter in frame.columns  # the column of our keys is in no header
        if letter in header.columns
        or (letter in header.headers and (header.headers[letter] or not blank(arrow(frame[letter])).all()))
    ]
    letters, names = _columns(header, type, used)
    places = text.columns.get_indexer(pd.Index(letters))
    rows = frame.loc[filled, letters].set_axis(pd.Index(names, dtype="object"), axis=1)
    found = held[below[filled]][:, places]
    lines = Lines(
        worksheet=worksheet,
        header=header,
        type=type,
        rows=rows,
        held=found,
        letters=dict(zip(names, letters, strict=True)),
    )
    aside: dict[int, Aside] = {}
    proposed: Fills = {}
    merged: Fills = {}
    shared: dict[int, int] = {}
    for part in _sheet_by_sheet(lines):
        found_there = other_rows(part)
        above, certain = fills(part, found_there)
        aside |= found_there
        proposed |= above
        merged |= certain
        shared |= shared_amounts(part, found_there)
    _name_currencies(worksheet, {c: n for c, n in header.columns.items() if c in letters}, type, rows, found)
    _turn_opposites(header, type, rows, found)
    beside = tables_around(worksheet, header, type)
    named = dict(zip(letters, names, strict=True))
    return Sheet(
        name=worksheet.name,
        header=header,
        rows=rows,
        held=found,
        hidden_rows=_among(worksheet.hidden_rows, rows),
        struck=_among(worksheet.struck, rows),
        parts=worksheet.parts,
        aside=aside,
        fills=proposed,
        merged_fills=merged,
        shared_amounts=shared,
        beside=beside,
        names=named,
        keys=_keys(frame[filled], header),
        notes=_notes(worksheet, header) + _beside(beside),
        party_names=_party_names(worksheet, header, type, named),
        party_above=party_above(worksheet, header, type),
        voided=_voided(header, type, rows, named) if type.side else {},
        commented=comments.rows_told(worksheet, type, rows, named) if type.side else {},
        remarks=_remarks(worksheet, header, rows, named) if type.side else {},
        cut=cut_values(worksheet, header, type, rows, named),
        decimals=_decimals(worksheet, header.columns, type, rows.index),
    )


def _sheet_by_sheet(lines: Lines) -> Iterator[Lines]:
    """The rows of each sheet by themselves: what stands above them in another one says nothing of them."""
    if not lines.worksheet.parts:
        yield lines
        return
    starts = np.searchsorted(lines.numbers, np.arange(len(lines.worksheet.parts) + 1) * APART).tolist()
    for first, last in pairwise(starts):
        yield replace(lines, rows=lines.rows.iloc[first:last], held=lines.held[first:last])


def _voided(header: Header, type: ImportType, rows: pd.DataFrame, names: Mapping[str, str]) -> dict[int, str]:
    """The rows that say in a column which means nothing to the type that they no longer count."""
    others = [name for letter, name in names.items() if letter not in header.said]
    return {place: name for name in reversed(others) for place in voided(arrow(rows[name]), type.paper)}


_CODED = re.compile(r"[A-Za-z]-?[0-9]{2}|[0-9]{2}-?[A-Za-z]").search


def _remarks(
    worksheet: Worksheet, header: Header, rows: pd.DataFrame, names: Mapping[str, str]
) -> dict[int, tuple[str, ...]]:
    """What comments of cells and columns that mean nothing to the type say of amounts, and the comments that
    may name a code."""
    found: dict[int, tuple[str, ...]] = {}
    noted = [
        comment
        for comment in comments.of_people(worksheet)
        if amounts_said(comment.text) or _CODED(comment.text)
    ]
    there = rows.index.get_indexer(pd.Index([comment.row for comment in noted]))
    told = [(int(place), one.text) for place, one in zip(there, noted, strict=True) if place >= 0]
    for letter, name in names.items():
        if letter not in header.said:
            texts = arrow(rows[name])
            spoken = ((place, texts[place].as_py().strip()) for place in speaking(texts))
            told += [(place, text) for place, text in spoken if amounts_said(text)]
    for place, text in told:
        found[place] = (*found.get(place, ()), text)
    return found


def _party_names(
    worksheet: Worksheet, header: Header, type: ImportType, names: Mapping[str, str]
) -> tuple[str, ...]:
    """The columns that are nothing of the type and whose headings say that they name a party, and no list
    beside the table does."""
    said, currency = vocabulary(type).said, settings().currency
    below = texts_below(worksheet.text, header.row)
    own = next((one for one, name in header.columns.items() if name == type.name_for(Meaning.PARTY)), "")
    return tuple(
        name
        for letter, name in names.items()
        if letter not in header.columns
        and any(claim.meaning is Meaning.PARTY for claim in said(header.headers.get(letter, ""), currency))
        and not is_list_beside(letter, own, header.columns, names, below)
    )


def _among(numbers: frozenset[int], rows: pd.DataFrame) -> frozenset[int]:
    """Those of some Excel row numbers that are rows of the sheet."""
    return numbers & frozenset(rows.index.tolist()) if numbers else numbers


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
        if name is None or type.columns_by_name[name].kind is not ColumnFormat.AMOUNT:
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
    """Write amounts that Excel shows in another currency than the ledger's, or of which a comment says that
    they are, with that currency, as texts.

    The number alone would be taken for an amount of the ledger's currency.
    """
    told = [(shown, {Held.NUMBER}) for shown in worksheet.currencies]
    letters = {name: letter for letter, name in columns.items()}
    noted = (*comments.currencies_said(worksheet), *comments.currencies_noted(rows, letters, type))
    told += [(shown, {Held.NUMBER, Held.TEXT}) for shown in noted]
    for shown, of in told:
        name = columns.get(shown.letters)
        if name is None or type.columns_by_name[name].kind is not ColumnFormat.AMOUNT:
            continue
        place = list(rows.columns).index(name)
        there = np.zeros(len(rows), dtype=bool)
        for stretch in _stretches(shown.rows, rows.index):
            there[stretch] = True
        amounts = (there & np.isin(held[:, place], list(of))).nonzero()[0]
        texts = rows[name].to_numpy(dtype=object).copy()
        for row in amounts:
            if held[row, place] == Held.NUMBER:
                texts[row] = f"{shown.currency} {written_amount(Decimal(texts[row]))}"
            elif texts[row].strip() and not named_in(texts[row])[1]:
                texts[row] = f"{shown.currency} {texts[row].strip()}"
        rows[name] = pd.array(texts, dtype="str")
        held[amounts, place] = Held.TEXT


def _turn_opposites(
    header: Header, type: ImportType, rows: pd.DataFrame, held: npt.NDArray[np.uint8]
) -> None:
    """Write yes as no, and no as yes, in columns whose headings say the opposite: who is inactive is not
    active."""
    said, currency = vocabulary(type).said, settings().currency
    for letter, name in header.columns.items():
        if type.columns_by_name[name].kind is not ColumnFormat.FLAG or name not in rows:
            continue
        if not any(claim.opposite for claim in said(header.headers.get(letter, ""), currency)):
            continue
        texts = rows[name].to_numpy(dtype=object)
        turned = [opposite(text) for text in texts]
        changed = np.array([text is not None for text in turned], dtype=np.bool_)
        pairs = zip(turned, texts, strict=True)
        rows[name] = pd.array([own if text is None else text for text, own in pairs], dtype="str")
        held[changed, list(rows.columns).index(name)] = Held.TEXT


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


def _beside(beside: Sequence[Beside]) -> tuple[Note, ...]:
    """A note of each table that stands beside or above and was not read, and of rows above the headings."""
    return tuple(
        Note(
            code="rows-above" if table.loose else "table-beside",
            count=table.rows,
            where=(f"{table.letters[0]}{table.row}:{table.letters[-1]}{_end(table)}",),
        )
        for table in beside
    )


def _end(table: Beside) -> int:
    return table.last if table.loose and table.last else table.row
