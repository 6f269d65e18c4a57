"""The match of a header: each way of telling a column, the surest first."""

from collections.abc import Sequence

from komet_import.settings import settings
from komet_import.sheets.files.job import Row
from komet_import.sheets.layout.columns.by_heading import by_heading, by_likeness
from komet_import.sheets.layout.columns.by_values import by_values
from komet_import.sheets.layout.columns.running_balances import against_running_balances
from komet_import.sheets.layout.columns.table import Match, Table
from komet_import.sheets.layout.columns.taken import Taken
from komet_import.sheets.layout.values.contents import Contents
from komet_import.types import ImportType, Need


def required(wanted: ImportType) -> tuple[str, ...]:
    """The columns that every sheet of a type must have."""
    return tuple(c.name for c in wanted.columns if c.need is Need.REQUIRED)


def match(table: Table, type: ImportType, *, values: bool = True) -> Match:
    """What the columns of a table mean to a type: by heading, by likeness, and (`values`) by
    their values alone."""
    taken = Taken(table, type, needed=required(type))
    by_heading(taken)
    by_likeness(taken)
    if values:
        by_values(taken)
        against_running_balances(taken)
    return taken.result()


def best_match(rows: Sequence[Row], wanted: ImportType) -> Match | None:
    """The row whose headings say most of the type's columns, whatever stands below; None where none does."""
    found = []
    for row in rows:
        headers = {letter: text.strip() for letter, text in row.items()}
        contents = dict.fromkeys(headers, Contents())
        table = Table(headers=headers, contents=contents, rows=(), all_of=str, currency=settings().currency)
        found.append(match(table, wanted, values=False))
    best = max(found, key=lambda one: one.score, default=None)
    return best if best is not None and best.found else None
