"""The keys by which rows are compared with each other, and the groups of rows that share one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from komet_import.review.reference import KnownCustomer, KnownLocation
from komet_import.review.sameness import number_key
from komet_import.review.suggestions import comparable
from komet_import.types import ImportType, Meaning
from komet_import.types.codes import code_key


def compared(type: ImportType) -> tuple[str, ...]:
    """The columns that the sheet rules compare between rows, and the one that is summed."""
    summed = (type.summed,) if type.summed else ()
    named = (Meaning.NAME,) if _names_records(type) else ()
    return tuple(dict.fromkeys(type.names_for((*type.key, *type.likeness, *summed, *named))))


def _names_records(type: ImportType) -> bool:
    return Meaning.RECORD in type.key and type.column_for(Meaning.NAME) is not None


_KNOWN = (KnownCustomer, KnownLocation)


def key_of(value: Any, interned: dict[str, int]) -> int:
    """A whole number that two readings share if they are the same; 0 for nothing. Texts are numbered in
    the order in which they come."""
    if value is None:
        return 0
    if isinstance(value, str):
        return interned.setdefault(code_key(value), len(interned) + 1)
    if isinstance(value, _KNOWN):
        return value.id
    if isinstance(value, Decimal):
        return (int(value * 1000) << 1) | 1  # odd, and so never 0; `>> 1` is the thousandths again
    if isinstance(value, date):
        return value.toordinal()
    return interned.setdefault(code_key(str(value)), len(interned) + 1)


def in_groups(keys: Sequence[npt.NDArray[np.int64]], counted: npt.NDArray[np.bool_]) -> Iterable[list[int]]:
    """The positions of counted rows that are the same in every key, in groups of two and more."""
    for key in keys:
        counted = counted & (key != 0)
    places = np.flatnonzero(counted)
    frame = pd.DataFrame({place: key[places] for place, key in enumerate(keys)})
    several = frame.duplicated(keep=False).to_numpy(dtype=np.bool_)
    groups: dict[tuple[int, ...], list[int]] = {}
    columns = [key[places[several]].tolist() for key in keys]
    for position, *same in zip(places[several].tolist(), *columns, strict=True):
        groups.setdefault(tuple(same), []).append(position)
    return groups.values()


def similar(name: str) -> str:
    """Under which name the keys hold the form in which a column's numbers are alike."""
    return f"like {name}"


def likened_column(type: ImportType) -> str:
    """The header of the column whose texts are compared by that form, too: the numbers of documents, or the
    codes of records; blank where there is none."""
    return type.name_for(Meaning.NUMBER if type.numbered else Meaning.RECORD)


def forms(type: ImportType) -> Mapping[str, Callable[[str], str]]:
    """The columns whose texts are compared by a form in which they are alike, too, with what gives it: that
    of numbers or codes, and the names of records."""
    found: dict[str, Callable[[str], str]] = {}
    if column := likened_column(type):
        found[column] = number_key
    if _names_records(type):
        found[type.name_for(Meaning.NAME)] = comparable
    return found


def similar_key(value: Any, interned: dict[str, int], form: Callable[[str], str]) -> int:
    """As `key_of`, of the form in which a text is like others."""
    text = "" if value is None else form(str(value))
    return interned.setdefault(text, len(interned) + 1) if text else 0
