"""What a person changes on a draft, as data that can be replayed, undone and read by an auditor."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class CellChange(NamedTuple):
    """One cell's text before and after; `row` is the Excel row number."""

    row: int
    column: str
    before: str
    after: str


class Answer(NamedTuple):
    """A question about a whole column, and its answer before and after (None: not answered)."""

    question: str
    column: str
    before: str | None
    after: str | None


class Confirmation(NamedTuple):
    """A row's warning of one code, confirmed by a person: what it said then (`Issue.basis`), before and after
    (None: not confirmed). It holds while the row still says that.
    """

    row: int
    code: str
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class Changes:
    """One step of work: cells set, rows left out or taken back in, questions answered, warnings confirmed.

    `admitted` are total rows that are to be imported after all, `set_aside` those that are not after all.
    """

    cells: tuple[CellChange, ...] = ()
    left_out: tuple[int, ...] = ()
    taken_in: tuple[int, ...] = ()
    admitted: tuple[int, ...] = ()
    set_aside: tuple[int, ...] = ()
    answers: tuple[Answer, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cells or self._moved or self.answers or self.confirmations)

    @property
    def _moved(self) -> tuple[int, ...]:
        """Rows that come in or go out."""
        return (*self.left_out, *self.taken_in, *self.admitted, *self.set_aside)

    @property
    def rows(self) -> set[int]:
        """The Excel row numbers that are touched."""
        return {cell.row for cell in self.cells} | {*self._moved} | {c.row for c in self.confirmations}

    @property
    def _moves_header(self) -> bool:
        return any(answer.question == "header" for answer in self.answers)

    @property
    def parts(self) -> int:
        """How many cells, rows, answers and confirmations change."""
        return len(self.cells) + len(self._moved) + len(self.answers) + len(self.confirmations)

    def by_column(self) -> dict[str, list[CellChange]]:
        """The cells grouped by their column."""
        grouped: dict[str, list[CellChange]] = {}
        for cell in self.cells:
            grouped.setdefault(cell.column, []).append(cell)
        return grouped

    def inverse(self) -> "Changes":
        """The changes that take these back."""
        return Changes(
            cells=tuple(CellChange(c.row, c.column, c.after, c.before) for c in reversed(self.cells)),
            left_out=self.taken_in,
            taken_in=self.left_out,
            admitted=self.set_aside,
            set_aside=self.admitted,
            answers=tuple(Answer(a.question, a.column, a.after, a.before) for a in reversed(self.answers)),
            confirmations=tuple(Confirmation(c.row, c.code, c.after, c.before) for c in self.confirmations),
        )

    def touches(self, other: "Changes") -> bool:
        """Whether both change the same cell, row state, answer or confirmation; another header is all."""
        if self._moves_header or other._moves_header:
            return bool(self) and bool(other)
        mine = {(c.row, c.column) for c in self.cells}
        answered = {(a.question, a.column) for a in self.answers}
        confirmed = {(c.row, c.code) for c in self.confirmations}
        return (
            any((c.row, c.column) in mine for c in other.cells)
            or not {*self._moved}.isdisjoint(other._moved)
            or any((a.question, a.column) in answered for a in other.answers)
            or any((c.row, c.code) in confirmed for c in other.confirmations)
        )

    def to_json(self) -> dict[str, Any]:
        """Compact JSON: cells by column, as parallel lists."""
        return {
            "cells": {
                column: [
                    list(part) for part in zip(*((c.row, c.before, c.after) for c in cells), strict=True)
                ]
                for column, cells in self.by_column().items()
            },
            "left_out": list(self.left_out),
            "taken_in": list(self.taken_in),
            "admitted": list(self.admitted),
            "set_aside": list(self.set_aside),
            "answers": [list(answer) for answer in self.answers],
            "confirmations": [list(confirmation) for confirmation in self.confirmations],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Changes":
        """The changes that `to_json` wrote; older journals know no total rows and no confirmations."""
        return cls(
            cells=tuple(
                CellChange(row, column, before, after)
                for column, parts in stored["cells"].items()
                for row, before, after in zip(*parts, strict=True)
            ),
            left_out=tuple(stored["left_out"]),
            taken_in=tuple(stored["taken_in"]),
            admitted=tuple(stored.get("admitted", ())),
            set_aside=tuple(stored.get("set_aside", ())),
            answers=tuple(Answer(*answer) for answer in stored["answers"]),
            confirmations=tuple(Confirmation(*given) for given in stored.get("confirmations", ())),
        )


def setting(cells: Iterable[tuple[int, str, str, str]]) -> Changes:
    """Changes that set cells (row, column, before, after); where a cell is set twice the last one holds."""
    last: dict[tuple[int, str], CellChange] = {}
    for row, column, before, after in cells:
        first = last.get((row, column))
        last[row, column] = CellChange(row, column, first.before if first else before, after)
    return Changes(cells=tuple(cell for cell in last.values() if cell.before != cell.after))
