"""What there is to know about the cells of a worksheet beside their texts: notes with their places, what is
struck through, shown in another currency, or shown rounded.
"""

from collections.abc import Iterable

from komet_import.sheets.files.xlsx.references import column_number
from komet_import.sheets.worksheet import Note, Rounded, Shown

_PLACES = 10


class CellNotes:
    """What was noted of one worksheet's cells."""

    def __init__(self) -> None:
        self._notes: dict[str, tuple[list[str], list[int]]] = {}
        self._pending: dict[str, list[tuple[int, int, str]]] = {}
        self._shown: dict[tuple[str, str], list[list[int]]] = {}
        self._rounded: dict[tuple[str, int], list[int]] = {}
        self.struck: set[tuple[int, str]] = set()

    def strike(self, letters: str, row: int) -> None:
        """Remember that a cell is struck through."""
        self.struck.add((row, letters))

    def note_rounded(self, letters: str, row: int, text: str, decimals: int | None) -> None:
        """Remember a number that Excel shows with fewer decimals than it has."""
        if decimals is not None and "." in text and len(text) - text.index(".") - 1 > decimals:
            self._rounded.setdefault((letters, decimals), []).append(row)

    def note_currency(self, currency: str, letters: str, row: int) -> None:
        """Remember a number that is shown with another currency than the ledger's."""
        runs = self._shown.setdefault((currency, letters), [])
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])

    def note(self, code: str, letters: str, row: int) -> None:
        """Count something to know about a cell. It takes its place among the notes with `settle`."""
        self._pending.setdefault(code, []).append((row, column_number(letters), letters))

    def note_at(self, code: str, where: str) -> None:
        """Count something to know, with the first ten places."""
        places, count = self._notes.setdefault(code, ([], [0]))
        count[0] += 1
        if len(places) < _PLACES:
            places.append(where)

    def settle(self) -> None:
        """Put what was noted about cells into the order of rows, then columns."""
        for code, found in self._pending.items():
            places, count = self._notes.setdefault(code, ([], [0]))
            count[0] += len(found)
            if len(places) < _PLACES:
                first = sorted(found)[: _PLACES - len(places)]
                places.extend(f"{letters}{row}" for row, _, letters in first)
        self._pending.clear()

    def all(self) -> tuple[Note, ...]:
        """What there is to know, by code."""
        return tuple(
            Note(code=code, count=count[0], where=tuple(places))
            for code, (places, count) in sorted(self._notes.items())
        )

    def currencies(self) -> tuple[Shown, ...]:
        """Where numbers are shown with another currency than the ledger's."""
        return tuple(
            Shown(currency=word, letters=letters, rows=tuple((first, last) for first, last in runs))
            for (word, letters), runs in sorted(self._shown.items())
        )

    def rounded(self) -> tuple[Rounded, ...]:
        """Where Excel shows numbers with fewer decimals than they have."""
        return tuple(
            Rounded(letters=letters, decimals=decimals, rows=_runs(rows))
            for (letters, decimals), rows in sorted(self._rounded.items())
        )


def _runs(rows: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Row numbers as runs, first and last."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and row <= runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return tuple((first, last) for first, last in runs)
