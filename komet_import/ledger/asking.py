"""Asking the database for many things at once: what is asked for goes over as one text."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, cast, func, literal
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session


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
