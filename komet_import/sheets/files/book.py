"""What every reader of a kind of file gives: the sheets that there are, and each of them when asked for it.

Runs in the disposable child process only. A reader hands each cell on as it is stored (`RawCell`), with the
number format that it is shown in; what that means is the same for every kind of file (`xlsx.cell_values`).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from komet_import.sheets.cell_comments import CellComment
from komet_import.sheets.files.xlsx.cells import Cells, Limits
from komet_import.sheets.files.xlsx.package import SheetEntry
from komet_import.sheets.files.xlsx.references import column_number
from komet_import.sheets.worksheet import MOST_MERGES, Note


@dataclass(frozen=True, kw_only=True)
class TextOptions:
    """How a text file is to be read, where a person says so; what is None is found out."""

    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """What a reader goes by beside the bytes; `currency` is the ledger's."""

    limits: Limits
    currency: str = ""
    text: TextOptions = field(default_factory=TextOptions)


@dataclass
class SheetRead:
    """One sheet as read. `merges` are at most MOST_MERGES references; `totals` finds the total rows of table
    objects, `comments` what people wrote beside cells: these are of interest in one sheet only.
    """

    cells: Cells
    hidden_columns: Sequence[str] = ()
    merges: Sequence[str] = ()
    totals: Callable[[], Collection[int]] = tuple
    comments: Callable[[], tuple[CellComment, ...]] = tuple


class Book(Protocol):
    """A file that is open: its sheets in their order, and what there is to know about the whole of it."""

    @property
    def entries(self) -> Sequence[SheetEntry]:
        """The sheets."""

    def read(self, entry: SheetEntry) -> SheetRead:
        """One sheet. Raises SheetRefusal where it is damaged."""

    def notes(self) -> list[Note]:
        """What there is to know, once all sheets are read. Raises SheetRefusal for what must not be there."""


def hidden_among(cells: Cells, hidden: Iterable[tuple[int, int]]) -> list[str]:
    """The filled columns that lie in hidden ranges of column numbers, in order; they are noted."""
    ranges = list(hidden)
    found = [
        letters
        for letters in sorted(cells.columns, key=column_number)
        if any(first <= column_number(letters) <= last for first, last in ranges)
    ]
    for letters in found:
        cells.notes.note_at("hidden-columns", letters)
    return found


def noted_merges(cells: Cells, references: Iterable[str]) -> list[str]:
    """References of merged ranges, which are noted; the first MOST_MERGES of them."""
    kept: list[str] = []
    for reference in references:
        cells.notes.note_at("merged-cells", reference)
        if len(kept) < MOST_MERGES:
            kept.append(reference)
    return kept
