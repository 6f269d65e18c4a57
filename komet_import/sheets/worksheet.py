"""The worksheet as text: what reading a file hands on, before any import type.

A cell's text is what a person sees in Excel, as far as it matters: a real number at 15 significant
digits, a real date in ISO form. What Excel held is kept beside it as the cell's `Held`, because text
that merely looks like a number or a date may have more than one reading.
"""

import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from komet_import.sheets.cell_comments import CellComment


class Held(IntEnum):
    """What Excel held in a cell."""

    TEXT = 0  # text, or nothing
    NUMBER = 1
    DATE = 2  # text is YYYY-MM-DD, or YYYY-MM-DD HH:MM:SS where the cell had a time of day
    BOOLEAN = 3  # text is TRUE or FALSE
    ERROR = 4  # text is the error: #N/A, #REF!, …
    UNCALCULATED = 5  # a formula without a stored value, or with one that its constants contradict; its text
    VEILED = 6  # a number or text that its format hides, or shows as another number; text is what is held


@dataclass(frozen=True, kw_only=True)
class Note:
    """Something to know about how a sheet was read: code, how often, where (at most 10 cells)."""

    code: str
    count: int
    where: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The note as the terminal gives it."""
        return {"code": self.code, "count": self.count, "where": list(self.where)}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Numbers of a column that Excel shows with a currency which is not the ledger's.

    `currency` is the sign or code that stands beside them, `rows` are runs of Excel row
    numbers, first and last.
    """

    currency: str
    letters: str
    rows: tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class Rounded:
    """Numbers of a column that Excel shows with fewer decimals than it holds.

    `decimals` is how many it shows, `rows` are runs of Excel row numbers, first and last.
    """

    letters: str
    decimals: int
    rows: tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class SheetName:
    """One worksheet of a workbook: its name, whether it is visible, its filled rows and cells.

    `active` is the one whose tab was open when the workbook was saved, if the file says so.
    """

    name: str
    visible: bool
    rows: int
    cells: int
    active: bool = False


MOST_MERGES = 10_000
"""So many merged ranges are handed on, the first of the file; the note `merged-cells` counts all of them."""

STRIKE = "\u0336"
"""Stands behind each character that is struck through in a cell which is not struck through as a whole, or
whose row is not: `1̶0̶0̶450`. Such a text looks like what Excel shows, and is never read as a value."""


def struck_through(text: str) -> str:
    """A text as it looks when it is struck through."""
    return "".join(f"{character}{STRIKE}" if not character.isspace() else character for character in text)


def not_struck(text: str) -> str:
    """What is left of a text without what is struck through in it."""
    return re.sub(f"[^{STRIKE}]{STRIKE}", "", text)


@dataclass(frozen=True, kw_only=True)
class Worksheet:
    """One worksheet as read, before any import type: only rows and columns with something in them.

    `text` is a frame of `str` (blank cells are empty strings), indexed by Excel row number (1-based,
    ascending), its columns Excel column letters. `held` is a uint8 array of `Held` of the same shape.
    `hidden_rows` are the Excel row numbers that a person looking at the sheet does not see, `hidden_columns`
    the letters of such columns. `merges` are references such as `A2:A4` of merged ranges, at most
    MOST_MERGES. `totals` are row numbers that a table object of Excel says are its total row, whatever is
    written there; `struck` those of rows whose filled cells are all struck through (a cell that is struck
    through in another row says so in its text, see STRIKE). Strike-through by conditional formats is not
    seen. `comments` are what people wrote beside cells. `parts` are the names of the sheets of which this is
    put together, where it is of several (`row_numbers`).
    """

    name: str
    visible: bool = True
    text: pd.DataFrame
    held: npt.NDArray[np.uint8]
    hidden_rows: frozenset[int] = frozenset()
    notes: tuple[Note, ...] = ()
    sheets: tuple[SheetName, ...] = ()
    currencies: tuple[Shown, ...] = ()
    rounded: tuple[Rounded, ...] = ()
    hidden_columns: frozenset[str] = frozenset()
    merges: tuple[str, ...] = ()
    totals: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    parts: tuple[str, ...] = ()
    comments: tuple[CellComment, ...] = ()

    @property
    def active(self) -> bool:
        """Whether this is the sheet that was open when the workbook was saved."""
        return any(sheet.active and sheet.name == self.name for sheet in self.sheets)

    def to_bytes(self) -> bytes:
        """The worksheet as an Arrow file (lz4), from which `from_bytes` makes an equal one."""
        return arrow_file(
            rows=self.text.index.to_numpy(dtype=np.int32),
            texts={
                letter: pa.array(self.text[letter].to_numpy(dtype=object), pa.large_string())
                for letter in self.text.columns
            },
            held={letter: pa.array(self.held[:, place]) for place, letter in enumerate(self.text.columns)},
            name=self.name,
            visible=self.visible,
            hidden_rows=sorted(self.hidden_rows),
            notes=self.notes,
            sheets=self.sheets,
            currencies=self.currencies,
            rounded=self.rounded,
            hidden_columns=sorted(self.hidden_columns),
            merges=self.merges,
            totals=sorted(self.totals),
            struck=sorted(self.struck),
            parts=self.parts,
            comments=self.comments,
        )

    @classmethod
    def from_bytes(cls, content: bytes) -> "Worksheet":
        """The worksheet that `to_bytes` wrote, in this version or an earlier one, which knew less."""
        names = pa.ipc.open_file(pa.BufferReader(content)).schema.names
        about = json.loads(pa.ipc.open_file(pa.BufferReader(content)).schema.metadata[b"about"])
        letters = [name.removeprefix("text ") for name in names if name.startswith("text ")]

        def column(name: str) -> pa.Array:
            """One column, unpacked alone: all together would stand in memory twice."""
            # By this thread: to wake others takes longer than one column.
            alone = pa.ipc.IpcReadOptions(included_fields=[names.index(name)], use_threads=False)
            table = pa.ipc.open_file(pa.BufferReader(content), options=alone).read_all()
            return table.column(0).combine_chunks()

        index = pd.Index(column("row").to_numpy(), dtype=np.int64, name="row")
        # The texts stay as they are in Arrow: as objects of Python, those of a large sheet need 300 MB more.
        texts = {letter: pd.array(column(f"text {letter}"), dtype="str") for letter in letters}
        held = np.zeros((len(index), len(letters)), dtype=np.uint8)
        for place, letter in enumerate(letters):
            held[:, place] = column(f"held {letter}").to_numpy()
        return cls(
            name=about["name"],
            visible=about["visible"],
            text=pd.DataFrame(texts, index=index, dtype="str", copy=False),
            held=held,
            hidden_rows=frozenset(about["hidden_rows"]),
            notes=tuple(Note(code=c, count=n, where=tuple(w)) for c, n, w in about["notes"]),
            sheets=tuple(
                SheetName(name=n, visible=v, rows=r, cells=c, active=any(active))
                for n, v, r, c, *active in about["sheets"]
            ),
            currencies=tuple(
                Shown(currency=word, letters=letters, rows=_runs(rows))
                for word, letters, rows in about.get("currencies", ())
            ),
            rounded=tuple(
                Rounded(letters=letters, decimals=decimals, rows=_runs(rows))
                for letters, decimals, rows in about.get("rounded", ())
            ),
            hidden_columns=frozenset(about.get("hidden_columns", ())),
            merges=tuple(about.get("merges", ())),
            totals=frozenset(about.get("totals", ())),
            struck=frozenset(about.get("struck", ())),
            parts=tuple(about.get("parts", ())),
            comments=tuple(
                CellComment(letters=letters, row=row, text=text)
                for letters, row, text in about.get("comments", ())
            ),
        )


def _runs(rows: Iterable[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((first, last) for first, last in rows)


def arrow_file(
    *,
    rows: npt.NDArray[np.int32],
    texts: Mapping[str, pa.Array],
    held: Mapping[str, pa.Array],
    name: str,
    visible: bool,
    hidden_rows: Sequence[int],
    notes: Iterable[Note],
    sheets: Iterable[SheetName],
    currencies: Iterable[Shown] = (),
    rounded: Iterable[Rounded] = (),
    hidden_columns: Sequence[str] = (),
    merges: Sequence[str] = (),
    totals: Sequence[int] = (),
    struck: Sequence[int] = (),
    parts: Sequence[str] = (),
    comments: Iterable[CellComment] = (),
) -> bytes:
    """A worksheet as an Arrow file, for `Worksheet.from_bytes`; `texts` and `held` go by column letters.

    Stands on its own so that the child process can write one without first building a frame.
    """
    columns: dict[str, pa.Array] = {"row": pa.array(rows)}
    for letter, text in texts.items():
        columns[f"text {letter}"] = text
        columns[f"held {letter}"] = held[letter]
    about = {
        "name": name,
        "visible": visible,
        "hidden_rows": list(hidden_rows),
        "notes": [[n.code, n.count, list(n.where)] for n in notes],
        "sheets": [[s.name, s.visible, s.rows, s.cells, s.active] for s in sheets],
        "currencies": [[s.currency, s.letters, s.rows] for s in currencies],
        "rounded": [[r.letters, r.decimals, r.rows] for r in rounded],
        "hidden_columns": list(hidden_columns),
        "merges": list(merges),
        "totals": list(totals),
        "struck": list(struck),
        "parts": list(parts),
        "comments": [[c.letters, c.row, c.text] for c in comments],
    }
    table = pa.table(columns).replace_schema_metadata({"about": json.dumps(about)})
    sink = io.BytesIO()
    many = len(rows) > 10_000  # for fewer, waking other threads takes longer than what they would do
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=many)
    with pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return sink.getvalue()
