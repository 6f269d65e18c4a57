"""What the rows of an upsert say beside what is kept of their records: which are new, changed, deactivated,
or say only what is known. A blank cell says nothing, and so leaves what is kept.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from komet_import.review.reference import Directory, KnownCustomer
from komet_import.types import Column, ColumnFormat, Meaning
from komet_import.types.codes import code_key


class RecordChange(IntEnum):
    """What a row would make of its record; small numbers, for arrays over all rows."""

    NONE = 0  # it names no record: its type has none, or its code cannot be read
    UNCHANGED = 1
    NEW = 2
    CHANGED = 3
    DEACTIVATED = 4  # changed, so that it can no longer be used


def record(directory: Directory, code: str | None) -> KnownCustomer | None:
    """The record that has this code, if there is one."""
    return directory.customers.get(code_key(code)) if code else None


def kept(directory: Directory, known: KnownCustomer, column: Column) -> Any:
    """What is kept of a record in a column, as a cell is read that says it."""
    value = getattr(known, column.meaning.value)
    if column.kind is not ColumnFormat.LOCATIONS:
        return value
    there = directory.locations_by_id
    return tuple(sorted((there[id] for id in value if id in there), key=lambda place: place.code))


def says_new(known: KnownCustomer, column: Column, value: Any) -> bool:
    """Whether a cell that was read so (None: it says nothing) changes what is kept."""
    if value is None:
        return False
    if column.kind is ColumnFormat.LOCATIONS:
        value = frozenset(place.id for place in value)
    return bool(getattr(known, column.meaning.value) != value)


def change(directory: Directory, code: str | None, said: Iterable[tuple[Column, Any]]) -> RecordChange:
    """What a row makes of the record with this code: `said` are its other columns, each with its reading."""
    if not code:
        return RecordChange.NONE
    known = record(directory, code)
    if known is None:
        return RecordChange.NEW
    meanings = {column.meaning for column, value in said if says_new(known, column, value)}
    if Meaning.ACTIVE in meanings and known.active:
        return RecordChange.DEACTIVATED
    return RecordChange.CHANGED if meanings else RecordChange.UNCHANGED
