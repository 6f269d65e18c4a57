"""Asking the database for many things at once: as one text, or in portions that one statement takes."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, FromClause, cast, func, literal
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session

T = TypeVar("T")
PORTION = 500
"""So many values are in one statement at the most, pairs as well; every database takes that."""


def portions(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in portions of PORTION, for an `IN` each."""
    for start in range(0, len(values), PORTION):
        yield values[start : start + PORTION]


def asked(
    session: Session, values: Iterable[Sequence[Any]], types: Sequence[Any]
) -> tuple[FromClause, list[ColumnElement[Any]]]:
    """Lists of values, one for each type, as rows to be asked for: one text for the database, which takes it
    apart by itself, however many there are.

    What is asked for is joined to them from outside, without a condition that would make an inner join of
    it: SQLite goes through the left side first, and looks each up on the index. Left to itself it may read
    its table from end to end instead.
    """
    text = literal(json.dumps(list(values)))
    if session.get_bind().dialect.name == "postgresql":
        rows = func.jsonb_array_elements(cast(text, JSONB)).table_valued("value")
        return rows, [cast(rows.c.value.op("->>")(place), type) for place, type in enumerate(types)]
    rows = func.json_each(text).table_valued("value")
    return rows, [func.json_extract(rows.c.value, f"$[{place}]") for place in range(len(types))]
