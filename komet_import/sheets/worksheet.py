"""The worksheet as text: what reading a file hands on, before any import type.

A cell's text is what a person sees in Excel, as far as it matters: a real number at 15 significant
digits, a real date in ISO form. What Excel held is kept beside it as the cell's `Held`, because text
that merely looks like a number or a date may have more than one reading.
"""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa


class Held(IntEnum):
    """What Excel held in a cell."""

    TEXT = 0  # text, or nothing
    NUMBER = 1
    DATE = 2  # text is YYYY-MM-DD, or YYYY-MM-DD HH:MM:SS where the cell had a time of day
    BOOLEAN = 3  # text is TRUE or FALSE
    ERROR = 4  # text is the error: #N/A, #REF!, …
    UNCALCULATED = 5  # a formula without a stored value; text is the formula


@dataclass(frozen=True, kw_only=True)
class Note:
    """Something to know about how a sheet was read: code, how often, where (at most 10 cells)."""

    code: str
    count: int
    where: tuple[str, ...] = ()


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
class SheetName:
    """One worksheet of a workbook: its name, whether it is visible, its filled rows and cells."""

    name: str
    visible: bool
    rows: int
    cells: int


@dataclass(frozen=True, kw_only=True)
class Worksheet:
    """One worksheet as read, before any import type: only rows and columns with something in them.

    `text` is a frame of `str` (blank cells are empty strings), indexed by Excel row number (1-based,
    ascending), its columns Excel column letters. `held` is a uint8 array of `Held` of the same shape.
    `hidden_rows` are the Excel row numbers that a person looking at the sheet does not see.
    """

    name: str
    visible: bool = True
    text: pd.DataFrame
    held: npt.NDArray[np.uint8]
    hidden_rows: frozenset[int] = frozenset()
    notes: tuple[Note, ...] = ()
    sheets: tuple[SheetName, ...] = ()
    currencies: tuple[Shown, ...] = ()

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
        )

    @classmethod
    def from_bytes(cls, content: bytes) -> "Worksheet":
        """The worksheet that `to_bytes` wrote."""
        names = pa.ipc.open_file(pa.BufferReader(content)).schema.names
        about = json.loads(pa.ipc.open_file(pa.BufferReader(content)).schema.metadata[b"about"])
        letters = [name.removeprefix("text ") for name in names if name.startswith("text ")]

        def column(name: str) -> pa.Array:
            """One column, unpacked alone: all together would stand in memory twice."""
            alone = pa.ipc.IpcReadOptions(included_fields=[names.index(name)])
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
            sheets=tuple(SheetName(name=n, visible=v, rows=r, cells=c) for n, v, r, c in about["sheets"]),
            currencies=tuple(
                Shown(currency=word, letters=letters, rows=tuple((first, last) for first, last in rows))
                for word, letters, rows in about.get("currencies", ())  # older drafts say nothing of them
            ),
        )


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
        "sheets": [[s.name, s.visible, s.rows, s.cells] for s in sheets],
        "currencies": [[s.currency, s.letters, s.rows] for s in currencies],
    }
    table = pa.table(columns).replace_schema_metadata({"about": json.dumps(about)})
    sink = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return sink.getvalue()
