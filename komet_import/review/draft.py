"""The draft: the sheet as it came, with a person's edits replayed over it.

A draft is a value: applying changes makes another draft, and the file is never touched. What Excel held in
a cell (`Held`) is a matter of the original text; a cell whose text was changed holds text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from komet_import.review.edits import Changes, Confirmation
from komet_import.review.given_answers import (
    Answers,
    chosen_header,
    header_with,
)
from komet_import.review.needed_columns import completed
from komet_import.review.reference import Origin
from komet_import.review.rows_aside import filtered, filtered_aside, names_party_or_day
from komet_import.sheets.layout.arrangement import arrange
from komet_import.sheets.layout.notes import other_sheets
from komet_import.sheets.layout.row_kinds import Aside
from komet_import.sheets.layout.sheet import ALL_SHOWN, Header, Sheet
from komet_import.sheets.worksheet import Held, Worksheet
from komet_import.types import ImportType

SHOWN_WITH, MOST_SHOWN = 100, 100
"""Beside a text, in place of `Held`: a number that Excel shows with so many decimals (at most MOST_SHOWN)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Draft:
    """The rows as they stand. `rows` is a frame of `str` indexed by Excel row number, `held` and `left_out`
    are arrays over the same rows. `columns` are the headers that people may edit, in order. `worksheet`
    and `found` (the header as it was found) are what a person's answer about a column is applied to.
    `origins` are the rows that were rejected before, by their Excel row in the file. `admitted` are rows that
    are no data, or perhaps none, and that a person wants imported all the same; `named` are the rows that a
    journal names: they stay, whatever they hold, when columns get other meanings. `confirmed` maps a row and
    a code to what a person confirmed.
    """

    type: ImportType
    sheet: Sheet
    multi_location: bool
    worksheet: Worksheet | None = None
    found: Header
    origins: Mapping[int, Origin] = field(default_factory=dict)
    rows: pd.DataFrame
    held: npt.NDArray[np.uint8]
    left_out: npt.NDArray[np.bool_]
    admitted: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()
    answers: Answers = field(default_factory=Answers)
    confirmed: Mapping[tuple[int, str], str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        sheet: Sheet,
        type: ImportType,
        *,
        multi_location: bool,
        worksheet: Worksheet | None = None,
        origins: Mapping[int, Origin] | None = None,
        answers: Answers | None = None,
        named: frozenset[int] = frozenset(),
    ) -> "Draft":
        """The draft of a sheet that nobody has edited. `worksheet` is where the sheet comes from."""
        sheet = completed(sheet, type, multi_location=multi_location)
        return cls(
            type=type,
            sheet=sheet,
            multi_location=multi_location,
            worksheet=worksheet,
            found=sheet.header,
            origins=origins or {},
            rows=sheet.rows,
            held=sheet.held,
            left_out=np.zeros(len(sheet.rows), dtype=np.bool_),
            answers=answers or Answers(),
            named=named,
        )

    @property
    def other_sheets(self) -> tuple[str, ...]:
        """The names of other sheets of the file that would be as right as this one, where no person has
        chosen it."""
        chosen = self.worksheet is None or "" in self.answers.sheets
        return () if self.worksheet is None or chosen else other_sheets(self.worksheet)

    @property
    def columns(self) -> list[str]:
        """The headers of the type that the sheet has, in the type's order."""
        return [c.name for c in self.type.columns if c.name in self.rows.columns]

    @property
    def read_by(self) -> Header:
        """The header by which the sheet is read, before a person's answers about its columns."""
        chosen = self.answers.headers.get("")
        return self.found if chosen is None else chosen_header(chosen)

    @property
    def is_edited(self) -> bool:
        """Whether a person has changed a cell, or said something of a row."""
        if self.left_out.any() or self.admitted or self.confirmed:
            return True
        return any(not self.rows[name].equals(self.sheet.rows[name]) for name in self.columns)

    @cached_property
    def origins_here(self) -> Mapping[int, Origin]:
        """The origins of the rows that the draft has now."""
        if not self.origins:
            return self.origins
        here = set(self.rows.index.tolist())
        return {row: origin for row, origin in self.origins.items() if row in here}

    @cached_property
    def filtered(self) -> Mapping[str, npt.NDArray[np.bool_]]:
        """The rows that a person's answer about a column that says what rows mean sets aside, by the column's
        letter; a row that several set aside is the first one's."""
        return filtered(self.sheet, self.answers.filters, ~self._rows_of(self.admitted))

    def _rows_of(self, numbers: Iterable[int]) -> npt.NDArray[np.bool_]:
        found = np.zeros(len(self.rows), dtype=np.bool_)
        found[self.positions(numbers)] = True
        return found

    @cached_property
    def aside(self) -> Mapping[int, Aside]:
        """What the rows are that are no rows to import, by position: all that certainly are none, but those
        that a person takes in, and those in which a person has written whose or of which day they are.
        """
        found = self.sheet.aside
        wanted = [
            row
            for row, aside in found.items()
            if aside.certain and (row not in self.admitted or self._is_left_out(row))
        ]
        places = self.positions(wanted)
        given = names_party_or_day(self.type, self.sheet.rows, self.rows, places)
        return filtered_aside(self.sheet, self.filtered) | {
            place: found[row]
            for row, place, named in zip(wanted, places.tolist(), given.tolist(), strict=True)
            if not named
        }

    @cached_property
    def doubted(self) -> Mapping[int, Aside]:
        """The rows that are perhaps no rows to import, by position: until a person takes them in or leaves
        them out."""
        wanted = [
            row for row, aside in self.sheet.aside.items() if not aside.certain and row not in self.admitted
        ]
        places = self.positions(wanted).tolist()
        return {place: self.sheet.aside[row] for row, place in zip(wanted, places, strict=True)}

    @cached_property
    def set_aside(self) -> npt.NDArray[np.bool_]:
        """The rows that are no rows to import, as an array over all."""
        found = np.zeros(len(self.rows), dtype=np.bool_)
        found[list(self.aside)] = True
        return found

    @cached_property
    def out(self) -> npt.NDArray[np.bool_]:
        """The rows that are not to be imported: left out by a person, or no rows at all."""
        return self.left_out | self.set_aside

    def seen(self, column: str) -> npt.NDArray[np.uint8]:
        """What the cell rules go by beside the texts of a column: what Excel held in its cells, and for a
        number that it shows with fewer decimals, SHOWN_WITH and so many.
        """
        held: npt.NDArray[np.uint8] = self.held[:, self.rows.columns.get_loc(column)]
        decimals = self.sheet.decimals.get(column)
        if decimals is None:
            return held
        fewer = (held == Held.NUMBER) & (decimals != ALL_SHOWN)
        return np.where(fewer, np.minimum(decimals, MOST_SHOWN) + SHOWN_WITH, held).astype(np.uint8)

    def _is_left_out(self, row: int) -> bool:
        return bool(self.left_out[self.positions([row])[0]])

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
        changed = replace(
            self,
            rows=rows,
            held=held,
            left_out=left_out,
            admitted=self.admitted.union(changes.admitted).difference(changes.set_aside),
            named=self.named | changes.rows,
            answers=answers,
            confirmed=self._confirmed(changes),
        )
        same = answers.about_columns == self.answers.about_columns
        return changed if same else changed._rearranged()

    def voiding(self, changes: Changes) -> Changes:
        """These changes, and that what was confirmed of the rows whose cells they set is so no longer: who
        confirmed it saw another row. Undoing them brings the confirmations back.
        """
        edited = {cell.row for cell in changes.cells}
        said = {(given.row, given.code) for given in changes.confirmations}
        void = tuple(
            Confirmation(row, code, basis, None)
            for (row, code), basis in self.confirmed.items()
            if row in edited and (row, code) not in said
        )
        return replace(changes, confirmations=(*changes.confirmations, *void)) if void else changes

    def _confirmed(self, changes: Changes) -> Mapping[tuple[int, str], str]:
        if not changes.confirmations:
            return self.confirmed
        confirmed = dict(self.confirmed)
        for given in changes.confirmations:
            confirmed.pop((given.row, given.code), None)
            if given.after is not None:
                confirmed[given.row, given.code] = given.after
        return confirmed

    def _rearranged(self) -> "Draft":
        """The draft after its columns got other meanings: cells that a person edited keep their text. Other
        rows may have nothing in our columns now, and so be none."""
        if self.worksheet is None:
            raise KeyError("a draft without its worksheet")
        header = header_with(self.read_by, self.answers)
        arranged = arrange(self.worksheet, header, self.type, kept=self.named)
        sheet = completed(arranged, self.type, multi_location=self.multi_location)
        rows, held = sheet.rows.copy(deep=False), sheet.held.copy()
        before = self.rows.index.get_indexer(rows.index)
        there = before >= 0
        for place, name in enumerate(sheet.rows.columns):
            if name not in self.rows.columns:
                continue
            edited = np.zeros(len(rows), dtype=np.bool_)
            edited[there] = (self.rows[name] != self.sheet.rows[name]).to_numpy(dtype=np.bool_)[before[there]]
            if edited.any():
                texts = rows[name].to_numpy(dtype=object).copy()
                texts[edited] = self.rows[name].to_numpy(dtype=object)[before[edited]]
                rows[name] = pd.array(texts, dtype="str")
                held[edited, place] = Held.TEXT
        left_out = np.zeros(len(rows), dtype=np.bool_)
        left_out[there] = self.left_out[before[there]]
        return replace(self, sheet=sheet, rows=rows, held=held, left_out=left_out)

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
