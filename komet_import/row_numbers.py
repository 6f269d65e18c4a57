"""The row numbers of an import: those of one sheet, or of several sheets that are read as one.

The rows of one sheet have its own numbers. Of several, the rows of each further sheet begin at the next
APART, which is more than a sheet of Excel has rows: so a number alone says which of the sheets it is of, no
two rows share one, and everything that goes by numbers (edits, claims, evidence) stays as it is. People are
told `February!7`.
"""

from collections.abc import Sequence
from contextvars import ContextVar

APART = 2_000_000
"""So far apart are the numbers of one sheet and the next."""
MOST_SHEETS = 100
"""So many sheets are read as one at the most."""
LAST_NUMBER = APART * MOST_SHEETS

_sheets: ContextVar[Sequence[str]] = ContextVar("sheets", default=())


def place_of(number: int) -> tuple[int, int]:
    """Which of the sheets a row is of, from 0 on, and its number there."""
    which, row = divmod(number, APART)
    return which, row


def sheet_and_row(number: int, name: str, sheets: Sequence[str]) -> tuple[str, int]:
    """The sheet of a row and its number there, of an import with this `name` of its sheet, or several."""
    which, row = place_of(number)
    return (sheets[which] if which < len(sheets) else name), row


def told(number: int, sheets: Sequence[str] | None = None) -> str:
    """A row as people are told it. Without `sheets` those that are being told of (`name_sheets`)."""
    names = _sheets.get() if sheets is None else sheets
    which, row = place_of(number)
    if not 0 <= number < LAST_NUMBER:  # of no sheet at all
        return str(number)
    if which < len(names):
        return f"{names[which]}!{row}"
    return f"{which + 1}!{row}" if which else str(row)


def name_sheets(sheets: Sequence[str]) -> None:
    """From now on rows are told of an import of these sheets; blank for one of a single sheet."""
    _sheets.set(tuple(sheets))
