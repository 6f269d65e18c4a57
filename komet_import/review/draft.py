"""The draft: the sheet as it came, with a person's edits replayed over it.

A draft is a value: applying changes makes another draft, and the file is never touched. What Excel held in
a cell (`Held`) is a matter of the original text; a cell whose text was changed holds text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from komet_import.review.edits import Changes
from komet_import.sheets.sheet import Held, Sheet
from komet_import.types import ImportType, Need


@dataclass(frozen=True)
class Answers:
    """What a person said about a whole column: the decimal mark of its amounts, the order of its dates."""

    marks: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)

    def with_answer(self, question: str, column: str, answer: str | None) -> "Answers":
        """These answers with one more, or with one taken back (None). `question` is `mark` or `order`."""
        known = dict(self.marks if question == "mark" else self.orders)
        known.pop(column, None)
        if answer is not None:
            known[column] = answer
        return replace(self, marks=known) if question == "mark" else replace(self, orders=known)


@dataclass(frozen=True, kw_only=True, eq=False)
class Draft:
    """The rows as they stand. `rows` is a frame of `str` indexed by Excel row number, `held` and `left_out`
    are arrays over the same rows. `columns` are the headers that people may edit, in order.
    """

    type: ImportType
    sheet: Sheet
    rows: pd.DataFrame
    held: npt.NDArray[np.uint8]
    left_out: npt.NDArray[np.bool_]
    answers: Answers = field(default_factory=Answers)

    @classmethod
    def of(cls, sheet: Sheet, type: ImportType, *, multi_location: bool) -> "Draft":
        """The draft of a sheet that nobody has edited.

        A company with several locations needs the column of locations even where the sheet lacks it.
        """
        rows, held = sheet.rows, sheet.held
        for place, column in enumerate(type.columns):
            if column.need is Need.MULTI_LOCATION and multi_location and column.name not in rows.columns:
                place = sum(c.name in rows.columns for c in type.columns[:place])
                rows = rows.copy()
                rows.insert(place, column.name, pd.Series("", index=rows.index, dtype="str"))
                held = np.insert(held, place, Held.TEXT, axis=1)
        sheet = replace(sheet, rows=rows, held=held)
        return cls(type=type, sheet=sheet, rows=rows, held=held, left_out=np.zeros(len(rows), dtype=np.bool_))

    @property
    def columns(self) -> list[str]:
        """The headers of the type that the sheet has, in the type's order."""
        return [c.name for c in self.type.columns if c.name in self.rows.columns]

    def positions(self, rows: Iterable[int]) -> npt.NDArray[np.intp]:
        """The positions of Excel row numbers. Raises KeyError for a row that the sheet does not have."""
        found = self.rows.index.get_indexer(pd.Index(list(rows), dtype=np.int64))
        if (found < 0).any():
            raise KeyError("a row that is not in the sheet")
        return found

    def apply(self, changes: Changes) -> "Draft":
        """The draft after these changes. Raises KeyError for a row or column that it does not have."""
        rows, held, left_out, answers = self.rows, self.held, self.left_out, self.answers
        if changes.cells:
            rows, held = rows.copy(deep=False), held.copy()
            for column, cells in changes.by_column().items():
                places = self.positions(cell.row for cell in cells)
                self._set(rows, held, column, places, [cell.after for cell in cells])
        if changes.left_out or changes.taken_in:
            left_out = left_out.copy()
            left_out[self.positions(changes.left_out)] = True
            left_out[self.positions(changes.taken_in)] = False
        for answer in changes.answers:
            answers = answers.with_answer(answer.question, answer.column, answer.after)
        return replace(self, rows=rows, held=held, left_out=left_out, answers=answers)

    def _set(
        self,
        rows: pd.DataFrame,
        held: npt.NDArray[np.uint8],
        column: str,
        places: npt.NDArray[np.intp],
        texts: list[str],
    ) -> None:
        place: Any = rows.columns.get_loc(column)
        changed = rows[column].copy()
        changed.iloc[places] = texts
        rows[column] = changed
        original = self.sheet.rows[column].iloc[places].tolist()
        kept = np.fromiter((a == b for a, b in zip(original, texts, strict=True)), np.bool_, len(texts))
        held[places, place] = np.where(kept, self.sheet.held[places, place], Held.TEXT)
