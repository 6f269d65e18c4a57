"""What others changed of a draft since a person saw it, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from komet_import.language import _
from komet_import.review.catalogue import CATALOGUE
from komet_import.review.edits import CellChange, Changes
from komet_import.review.months import month_of, named
from komet_import.row_numbers import told
from komet_import.services.draft.open_draft import Opened, Step, since
from komet_import.services.draft.step_words import cell_changed
from komet_import.types import Meaning


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A draft as a person saw it: its revision, the steps that stood, by their numbers, and the months that
    were closed."""

    revision: int
    steps: tuple[int, ...]
    closed: frozenset[date] = frozenset()

    @classmethod
    def of(cls, opened: Opened) -> "Seen":
        """What is to be seen of a draft now."""
        standing = tuple(step.seq for step in opened.steps if not step.undone)
        closed = opened.reference.directory.closed
        return cls(revision=opened.batch.revision, steps=standing, closed=closed)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Something of a draft that is no longer as a person saw it, in words, and whose doing that is."""

    hand: int
    by: str
    words: str
    row: int | None = None
    column: str | None = None


def differences(seen: Seen, opened: Opened) -> list[Difference]:
    """How a draft differs now from what was seen of it, in the order of the sheet."""
    known = set(seen.steps)
    before = [replace(step, undone=step.seq not in known) for step in opened.steps]
    taken_back, done = since(before, opened.steps)
    cells: dict[tuple[int, str], tuple[str, CellChange, Step]] = {}
    found: dict[tuple[int, str], Difference] = {}
    for step, changes, label in [
        *((step, step.changes.inverse(), _("Undone: {label}", label=step.words)) for step in taken_back),
        *((step, step.changes, step.words) for step in done),
    ]:
        for cell in changes.cells:
            first = cells.get((cell.row, cell.column), (cell.before,))[0]
            cells[cell.row, cell.column] = (first, cell, step)
        for row, words in _rows_in_words(changes):
            found[row, ""] = Difference(hand=step.hand, by=step.hand_name, words=words, row=row)
        for answer in changes.answers:
            found[0, f"{answer.question} {answer.column}"] = Difference(
                hand=step.hand, by=step.hand_name, words=label
            )
    for (row, column), (first, cell, step) in cells.items():
        if first != cell.after:
            words = cell_changed(column, row, first, cell.after)
            found[row, column] = Difference(
                hand=step.hand, by=step.hand_name, words=words, row=row, column=column
            )
    return [found[place] for place in sorted(found)]


def turned_months(seen: Seen, opened: Opened) -> list[str]:
    """What became of the months in which rows of the sheet are dated: `March 2026 was closed`."""
    column = opened.type.column_for(Meaning.DAY)
    if not opened.type.summed or column is None or column.name not in opened.judgement.readings:
        return []
    days = opened.judgement.readings[column.name][~opened.judgement.out]
    closed = opened.reference.directory.closed
    turned = {month_of(day) for day in days if day is not None} & (seen.closed ^ closed)
    return [
        _("{month} was closed", month=named(month))
        if month in closed
        else _("{month} was reopened", month=named(month))
        for month in sorted(turned)
    ]


def _rows_in_words(changes: Changes) -> Iterable[tuple[int, str]]:
    """What became of whole rows."""
    for row in (*changes.left_out, *changes.set_aside):
        yield row, _("Row {row} was excluded", row=told(row))
    for row in (*changes.taken_in, *changes.admitted):
        yield row, _("Row {row} was included", row=told(row))
    for given in changes.confirmations:
        said = (
            _("{title} in row {row} was confirmed")
            if given.after is not None
            else _("{title} in row {row} is not confirmed any more")
        )
        yield (
            given.row,
            said.format(title=_(CATALOGUE[given.code].title), row=told(given.row)),
        )
