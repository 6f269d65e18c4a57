"""Several sheets of a file that are read as one: the rows of one sheet after the other.

Each column of a further sheet stands under the same column of the first one (`alignment`). The rows of each
sheet keep its name and their numbers there (`row_numbers`). What is told of rows by their neighbors (sums,
groups, second tables) is told sheet by sheet (`arrangement`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

import numpy as np
import pandas as pd

from komet_import.language import _
from komet_import.refusal import SheetRefusal
from komet_import.row_numbers import APART, MOST_SHEETS
from komet_import.sheets.files.xlsx.references import area_of, column_number
from komet_import.sheets.layout import alignment
from komet_import.sheets.layout.alignment import Placed
from komet_import.sheets.layout.notes import MOST_NAMED, OTHER_COLUMNS, OTHER_SHEETS
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.worksheet import Note, Worksheet
from komet_import.types import ImportType


def together(read: Sequence[tuple[Worksheet, Header]], type: ImportType) -> Worksheet:
    """These sheets, each with the header that was found in it, as one.

    Raises SheetRefusal `other-headings` where one lacks what is needed, `too-many-sheets`.
    """
    if len(read) > MOST_SHEETS:
        raise SheetRefusal(
            "too-many-sheets",
            _(
                "{count:,} sheets are too many for one import; choose at most {most_sheets}.",
                count=len(read),
                most_sheets=MOST_SHEETS,
            ),
        )
    first, header = read[0]
    placed, wide = [alignment.as_it_is(first)], header
    moved: list[str] = []
    for worksheet, other in read[1:]:
        if alignment.is_same(other, header):
            placed.append(alignment.as_it_is(worksheet))
            continue
        placed.append(alignment.place(first, wide, worksheet, other, type))
        moved += placed[-1].told(wide, worksheet, other)
        wide = placed[-1].widened(wide, other)
    letters = sorted({letter for one in placed for letter in one.letters.values()}, key=column_number)
    parts = [
        _part(sheet, other, which, letters, under)
        for (sheet, other), which, under in zip(read, count(), placed, strict=False)
    ]
    for letter in wide.headers.keys() - header.headers.keys():  # they are columns of the first sheet as well
        parts[0].text.loc[header.row, letter] = wide.headers[letter]
    names = tuple(sheet.name for sheet, _ in read)
    return replace(
        first,
        name=", ".join(names),
        text=pd.concat([part.text for part in parts]),
        held=np.concatenate([part.held for part in parts]),
        hidden_rows=frozenset().union(*(part.hidden_rows for part in parts)),
        hidden_columns=first.hidden_columns.union(
            letter for part in parts for letter in part.hidden_columns if letter not in header.headers
        ),
        notes=(
            *_notes(parts, names),
            *([Note(code=OTHER_COLUMNS, count=len(moved), where=tuple(moved[:MOST_NAMED]))] if moved else []),
        ),
        currencies=tuple(shown for part in parts for shown in part.currencies),
        rounded=tuple(shown for part in parts for shown in part.rounded),
        merges=tuple(area for part in parts for area in part.merges),
        totals=frozenset().union(*(part.totals for part in parts)),
        struck=frozenset().union(*(part.struck for part in parts)),
        comments=tuple(comment for part in parts for comment in part.comments),
        parts=names,
    )


def _part(sheet: Worksheet, header: Header, which: int, letters: Sequence[str], placed: Placed) -> Worksheet:
    """The rows of a sheet, those of a further one without what stands above and in its headings, under the
    numbers and letters that they have among those of all."""
    offset, under = which * APART, placed.letters
    kept = sheet.text.index > (header.row if which else 0)
    text = sheet.text.loc[kept].rename(columns=under)
    text = text.reindex(columns=pd.Index(letters), fill_value="").astype("str")
    text.index = pd.Index(text.index.to_numpy(dtype=np.int64) + offset, dtype=np.int64, name="row")
    held = np.zeros((len(text), len(letters)), dtype=np.uint8)
    for place, letter in enumerate(sheet.text.columns):
        held[:, letters.index(under[str(letter)])] = sheet.held[kept, place]

    def moved(rows: Iterable[int]) -> frozenset[int]:
        return frozenset(row + offset for row in rows if not which or row > header.row)

    def runs(rows: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple((first + offset, last + offset) for first, last in rows)

    return replace(
        sheet,
        text=text,
        held=held,
        hidden_rows=moved(sheet.hidden_rows),
        currencies=tuple(
            replace(shown, letters=under[shown.letters], rows=runs(shown.rows))
            for shown in sheet.currencies
            if shown.letters in under
        ),
        rounded=tuple(
            replace(shown, letters=under[shown.letters], rows=runs(shown.rows))
            for shown in sheet.rounded
            if shown.letters in under
        ),
        hidden_columns=frozenset(under[letter] for letter in sheet.hidden_columns if letter in under),
        merges=tuple(_areas(sheet.merges, offset, under)),
        totals=moved(sheet.totals),
        struck=moved(sheet.struck),
        comments=tuple(
            replace(comment, letters=under[comment.letters], row=comment.row + offset)
            for comment in sheet.comments
            if comment.letters in under and (not which or comment.row >= header.row)
        ),
    )


def _areas(merges: Iterable[str], offset: int, under: Mapping[str, str]) -> Iterator[str]:
    """The merged ranges under their letters among all; one whose columns are apart there is none."""
    for area in filter(None, map(area_of, merges)):
        if area.left not in under or area.right not in under:
            continue
        first, last = under[area.left], under[area.right]
        if column_number(last) - column_number(first) == column_number(area.right) - column_number(area.left):
            yield f"{first}{area.top + offset}:{last}{area.bottom + offset}"


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
