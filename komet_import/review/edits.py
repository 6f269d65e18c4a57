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


@dataclass(frozen=True, kw_only=True)
class Changes:
    """One step of work: cells set, rows left out or taken back in, questions answered."""

    cells: tuple[CellChange, ...] = ()
    left_out: tuple[int, ...] = ()
    taken_in: tuple[int, ...] = ()
    answers: tuple[Answer, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cells or self.left_out or self.taken_in or self.answers)

    @property
    def rows(self) -> set[int]:
        """The Excel row numbers that are touched."""
        return {cell.row for cell in self.cells} | {*self.left_out, *self.taken_in}

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
            answers=tuple(Answer(a.question, a.column, a.after, a.before) for a in self.answers),
        )

    def touches(self, other: "Changes") -> bool:
        """Whether both change the same cell, row state or answer."""
        mine = {(c.row, c.column) for c in self.cells}
        rows = {*self.left_out, *self.taken_in}
        answered = {(a.question, a.column) for a in self.answers}
        return (
            any((c.row, c.column) in mine for c in other.cells)
            or not rows.isdisjoint({*other.left_out, *other.taken_in})
            or any((a.question, a.column) in answered for a in other.answers)
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
            "answers": [list(answer) for answer in self.answers],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Changes":
        """The changes that `to_json` wrote."""
        return cls(
            cells=tuple(
                CellChange(row, column, before, after)
                for column, parts in stored["cells"].items()
                for row, before, after in zip(*parts, strict=True)
            ),
            left_out=tuple(stored["left_out"]),
            taken_in=tuple(stored["taken_in"]),
            answers=tuple(Answer(*answer) for answer in stored["answers"]),
        )


def setting(cells: Iterable[tuple[int, str, str, str]]) -> Changes:
    """Changes that set cells (row, column, before, after); where a cell is set twice the last one holds."""
    last: dict[tuple[int, str], CellChange] = {}
    for row, column, before, after in cells:
        first = last.get((row, column))
        last[row, column] = CellChange(row, column, first.before if first else before, after)
    return Changes(cells=tuple(cell for cell in last.values() if cell.before != cell.after))
