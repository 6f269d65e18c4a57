"""The filled cells of one worksheet: what each means, gathered into columns of text.

`careful` and `swift` find the cells in the XML, the first one by one, the second whole columns of many
rows at once; both lead to the same texts and the same notes.
"""

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from komet_import.language import _
from komet_import.refusal import SheetRefusal
from komet_import.sheets.files.xlsx.cell_notes import CellNotes
from komet_import.sheets.files.xlsx.cell_values import CellValues
from komet_import.sheets.files.xlsx.columns import ColumnTexts
from komet_import.sheets.files.xlsx.references import column_number
from komet_import.sheets.files.xlsx.stored import Stack, WorkbookParts
from komet_import.sheets.files.xlsx.xml import damaged

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_PACKED_AREA = 200_000  # cells that wait as objects of Python, which need ten times the memory

RawCell = tuple[str, str, str, str, str, str, str]
"""Column letters, row digits, style, type, formula, value, inline text, with their entities decoded.

A formula begins with NUL, so that one whose text stands in another cell is not empty.
"""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much of a sheet is read."""

    rows: int
    columns: int
    cells: int
    text: int = 64_000_000  # characters of all cells: a shared text of 32,767 may stand in every cell


class Cells:
    """The filled cells of a sheet, gathered row by row.

    A sheet above the limits is counted to its end but not kept; `refusal` then says why.
    """

    def __init__(self, workbook: WorkbookParts, limits: Limits) -> None:
        self.notes = CellNotes()
        self.values = CellValues(workbook, self.notes)
        self.rows: list[int] = []
        self.columns: dict[str, ColumnTexts] = {}
        self.hidden_rows: list[int] = []
        self.count = 0
        self.refusal: SheetRefusal | None = None
        self._limits = limits
        self._last_seen = 0
        self._seen: dict[int, int] | None = None
        self._text = 0
        self._packed = 0

    # One row -------------------------------------------------------------------------------------

    def add_row(self, number: int, hidden: bool, cells: Sequence[RawCell]) -> None:
        """Take the cells of one row. Raises SheetRefusal where they contradict the row or the workbook."""
        if number < 1 or number > LAST_ROW:
            raise damaged(
                _(
                    "it has a row {number:,}, and Excel's last row is {last_row:,}",
                    number=number,
                    last_row=LAST_ROW,
                )
            )
        place = -1
        digits = str(number)
        for letters, stated, style, kind, formula, value, inline in cells:
            if stated != digits and stated.lstrip("0") != digits:
                raise damaged(
                    _(
                        "row {digits} holds a cell that is named {letters}{stated}",
                        digits=digits,
                        letters=letters,
                        stated=stated,
                    )
                )
            text, held = self.values.text(letters, number, style, kind, formula, value, inline)
            if not text:
                continue
            if place < 0:
                place = self._place(number, hidden)
            self.count += 1
            self._text += len(text)
            column = self.columns.get(letters) or self._new_column(letters, number)
            if self.refusal is None and not column.put(place, text, held):
                raise _twice(letters, number)
        self.notes.settle()
        self._check()

    def _place(self, number: int, hidden: bool) -> int:
        """The place of a row that has something in it."""
        if number <= self._last_seen:
            if self._seen is None:
                self._seen = {row: place for place, row in enumerate(self.rows)}
            if number in self._seen:
                self.notes.note_at("duplicate-rows", str(number))
                return self._seen[number]
            self.notes.note_at("rows-out-of-order", str(number))
        self._last_seen = max(number, self._last_seen)
        place = len(self.rows)
        if self._seen is not None:
            self._seen[number] = place
        self.rows.append(number)
        if hidden:
            self.hidden_rows.append(number)
        return place

    # Many rows -----------------------------------------------------------------------------------

    def follow(self, numbers: Sequence[int]) -> bool:
        """Whether rows of these numbers come in order below all others, so that `add_rows` may take them."""
        return (
            self._last_seen < numbers[0]
            and numbers[-1] <= LAST_ROW
            and all(map(operator.lt, numbers, numbers[1:]))
        )

    def add_rows(self, numbers: list[int], hidden: list[bool] | None, stacks: Mapping[str, Stack]) -> None:
        """Take the cells of rows that `follow`, column by column. Raises SheetRefusal as `add_row`."""
        filled: list[tuple[str, list[str], bytes]] = []
        full = False
        for letters, stack in stacks.items():
            texts, held = self.values.texts(letters, numbers, stack)
            blanks = texts.count("")
            if blanks < len(texts):
                filled.append((letters, texts, held))
                self.count += len(texts) - blanks
                self._text += sum(map(len, texts))
                full = full or not blanks
        self.notes.settle()
        if not full:
            there = [any(texts) for texts in zip(*(texts for _, texts, _ in filled), strict=True)]
            numbers, hidden = list(compress(numbers, there)), hidden and list(compress(hidden, there))
            filled = [(c, list(compress(t, there)), bytes(compress(h, there))) for c, t, h in filled]
        if not numbers:
            return
        place = len(self.rows)
        if self._seen is not None:
            self._seen.update(zip(numbers, range(place, place + len(numbers)), strict=True))
        self.rows.extend(numbers)
        self.hidden_rows.extend(compress(numbers, hidden or ()))
        self._last_seen = numbers[-1]
        for letters, texts, held in filled:
            column = self.columns.get(letters) or self._new_column(letters, numbers[0])
            if self.refusal is None:
                column.extend(place, texts, held)
        self._check()

    def _new_column(self, letters: str, number: int) -> ColumnTexts:
        if column_number(letters) > LAST_COLUMN:
            raise damaged(
                _(
                    "it has a cell {letters}{number}, and Excel's last column is XFD",
                    letters=letters,
                    number=number,
                )
            )
        return self.columns.setdefault(letters, ColumnTexts())

    # How much ------------------------------------------------------------------------------------

    def _check(self) -> None:
        """Pack away what is complete, and keep nothing of a sheet that is too large: only its size."""
        if self.refusal is not None:
            return
        limits, rows = self._limits, len(self.rows)
        if max(rows * len(self.columns), self.count) > limits.cells or self._text > limits.text:
            self.refusal = self._too_large()
            if self.refusal is not None:
                self.columns = {letters: ColumnTexts() for letters in self.columns}
                return
        if (rows - self._packed) * len(self.columns) > _PACKED_AREA:
            self._packed = rows
            for column in self.columns.values():
                column.pack(rows)

    def _too_large(self) -> SheetRefusal | None:
        """The refusal for a sheet beyond a limit."""
        limits = self._limits
        if len(self.rows) > limits.rows:
            code, why = "too-many-rows", _("it has more than {rows:,} filled rows", rows=limits.rows)
        elif len(self.columns) > limits.columns:
            code, why = (
                "too-many-columns",
                _("it has more than {columns:,} filled columns", columns=limits.columns),
            )
        elif self.count > limits.cells:
            code, why = "too-many-cells", _("it has more than {cells:,} filled cells", cells=limits.cells)
        elif self._text > limits.text:
            code, why = "too-much-text", _("it holds more than {words:,} characters", words=limits.text)
        elif len(self.rows) * len(self.columns) > 2 * limits.cells:
            code, why = "too-scattered", _("its cells are scattered over too many rows and columns")
        else:
            return None
        return SheetRefusal(code, _("The sheet is too large: {why}. Split it into smaller sheets.", why=why))

    def finish(self) -> None:
        """All rows are here: say whether they are too many."""
        self.refusal = self.refusal or self._too_large()


def _twice(letters: str, row: int) -> SheetRefusal:
    return SheetRefusal(
        "duplicate-cells",
        _(
            "The workbook is damaged: cell {letters}{row} stands in it twice. Open it in Excel, let "
            "Excel repair it, and save it anew.",
            letters=letters,
            row=row,
        ),
    )
