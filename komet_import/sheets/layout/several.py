"""Several sheets of a file that are read as one: the same headings, the rows of one sheet after the other.

The rows of each sheet keep its name and their numbers there (`row_numbers`). What is told of rows by their
neighbors (sums, groups, second tables) is told sheet by sheet (`arrangement`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

import numpy as np
import pandas as pd

from komet_import.refusal import SheetRefusal, quoted
from komet_import.row_numbers import APART, MOST_SHEETS
from komet_import.sheets.files.xlsx.references import column_number
from komet_import.sheets.layout.notes import OTHER_SHEETS
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.worksheet import Note, Worksheet
from komet_import.types.headings import plain

_MERGE = re.compile(r"([A-Z]{1,3})([0-9]+):([A-Z]{1,3})([0-9]+)").fullmatch
MOST_NAMED = 10
"""So many places a note names."""


def together(read: Sequence[tuple[Worksheet, Header]]) -> Worksheet:
    """These sheets, each with the header that was found in it, as one.

    Raises SheetRefusal `other-headings` where they differ, `too-many-sheets`.
    """
    if len(read) > MOST_SHEETS:
        raise SheetRefusal(
            "too-many-sheets",
            f"{len(read):,} sheets are too many for one import; choose at most {MOST_SHEETS}.",
        )
    first, header = read[0]
    for worksheet, other in read[1:]:
        if _headings(other) != _headings(header):
            raise SheetRefusal(
                "other-headings",
                f"The sheets {quoted(first.name)} and {quoted(worksheet.name)} have different headings, so "
                "they cannot be one import; import each by itself.",
            )
    letters = sorted({str(letter) for sheet, _ in read for letter in sheet.text.columns}, key=column_number)
    parts = [
        _part(sheet, other, which, letters) for (sheet, other), which in zip(read, count(), strict=False)
    ]
    names = tuple(sheet.name for sheet, _ in read)
    return replace(
        first,
        name=", ".join(names),
        text=pd.concat([part.text for part in parts]),
        held=np.concatenate([part.held for part in parts]),
        hidden_rows=frozenset().union(*(part.hidden_rows for part in parts)),
        notes=_notes(parts, names),
        currencies=tuple(shown for part in parts for shown in part.currencies),
        rounded=tuple(shown for part in parts for shown in part.rounded),
        merges=tuple(area for part in parts for area in part.merges),
        totals=frozenset().union(*(part.totals for part in parts)),
        struck=frozenset().union(*(part.struck for part in parts)),
        parts=names,
    )


def _headings(header: Header) -> dict[str, str]:
    return {letter: plain(text) for letter, text in header.headers.items() if text}


def _part(sheet: Worksheet, header: Header, which: int, letters: Sequence[str]) -> Worksheet:
    """The rows of a sheet, those of a further one without what stands above and in its headings, under the
    numbers that they have among those of all."""
    offset = which * APART
    kept = sheet.text.index > (header.row if which else 0)
    text = sheet.text.loc[kept].reindex(columns=pd.Index(letters), fill_value="").astype("str")
    text.index = pd.Index(text.index.to_numpy(dtype=np.int64) + offset, dtype=np.int64, name="row")
    held = np.zeros((len(text), len(letters)), dtype=np.uint8)
    for place, letter in enumerate(sheet.text.columns):
        held[:, letters.index(str(letter))] = sheet.held[kept, place]

    def moved(rows: Iterable[int]) -> frozenset[int]:
        return frozenset(row + offset for row in rows if not which or row > header.row)

    def runs(rows: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple((first + offset, last + offset) for first, last in rows)

    return replace(
        sheet,
        text=text,
        held=held,
        hidden_rows=moved(sheet.hidden_rows),
        currencies=tuple(replace(shown, rows=runs(shown.rows)) for shown in sheet.currencies),
        rounded=tuple(replace(shown, rows=runs(shown.rows)) for shown in sheet.rounded),
        merges=tuple(_areas(sheet.merges, offset)),
        totals=moved(sheet.totals),
        struck=moved(sheet.struck),
    )


def _areas(merges: Iterable[str], offset: int) -> Iterator[str]:
    for area in merges:
        if found := _MERGE(area):
            yield f"{found[1]}{int(found[2]) + offset}:{found[3]}{int(found[4]) + offset}"


def _notes(parts: Sequence[Worksheet], names: Sequence[str]) -> tuple[Note, ...]:
    """The notes of all: how often in all of them, where in each; of further sheets, those that are left."""
    found: dict[str, Note] = {}
    for part in parts:
        for note in part.notes:
            if note.code == OTHER_SHEETS:
                continue
            where = tuple(f"{part.name}!{place}" for place in note.where)
            known = found.get(note.code, Note(code=note.code, count=0))
            found[note.code] = replace(
                known, count=known.count + note.count, where=(*known.where, *where)[:MOST_NAMED]
            )
    others = {
        name for part in parts for note in part.notes if note.code == OTHER_SHEETS for name in note.where
    }
    left = tuple(name for name in sorted(others) if name not in names)
    return (*found.values(), *([Note(code=OTHER_SHEETS, count=len(left), where=left)] if left else []))
