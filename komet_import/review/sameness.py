"""When two rows are the same, and when they only look alike: told by what their type compares, by meaning.

What a row says of several meanings are its *parts*: whole numbers, days, and texts in the form in which two
codes are the same code. A sheet and the ledger are compared by equal parts.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from komet_import.language import Phrase, marked
from komet_import.language.lists import listed_later
from komet_import.types import ColumnFormat, ImportType, Meaning
from komet_import.types.codes import code_key, unquantified
from komet_import.types.money import to_thousandths

Part = int | str | date
Parts = tuple[Part, ...]
Readings = Mapping[str, npt.NDArray[np.object_]]

_PART: dict[ColumnFormat, Callable[[Any], Part]] = {
    ColumnFormat.CUSTOMER: attrgetter("id"),
    ColumnFormat.LOCATION: attrgetter("id"),
    ColumnFormat.AMOUNT: to_thousandths,
    ColumnFormat.DATE: lambda day: day,
}
"""What a reading of each format says as a part; every other one is a text."""


def parts(
    type: ImportType,
    meanings: Sequence[Meaning],
    readings: Readings,
    places: npt.NDArray[np.intp] | Sequence[int] | None = None,
) -> list[Parts | None]:
    """The parts of these meanings in the rows at these places (None: in all of them); None where a row does
    not say all of them, or the type has no such column.
    """
    chosen = slice(None) if places is None else np.asarray(places, dtype=np.intp)
    columns = [_column(type, meaning, readings, chosen) for meaning in meanings]
    found = [column for column in columns if column is not None]
    if not found or len(found) < len(columns):
        return [None for _ in next(iter(readings.values()), np.empty(0))[chosen]]
    return [None if None in said else said for said in zip(*found, strict=True)]


def _column(
    type: ImportType, meaning: Meaning, readings: Readings, chosen: npt.NDArray[np.intp] | slice
) -> list[Part | None] | None:
    column = type.column_for(meaning)
    if column is None or column.name not in readings:
        return None
    part = _PART.get(column.kind, code_key)
    values = readings[column.name][chosen].tolist()
    return [None if value is None or value == "" else part(value) for value in values]


_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_PUNCTUATION = dict.fromkeys(code for code in range(128) if not chr(code).isalnum())


def number_key(number: str) -> str:
    """The form in which two numbers of documents, or two codes, are alike: without case, punctuation, spaces
    and leading zeros, and without the `.0` of software that took one for a quantity. The ledger keeps it.
    """
    return _likened(code_key(number))


def _likened(key: str) -> str:
    if not key.isalnum() or not key.isascii():
        key = unquantified(key)
        if key.isascii():
            key = key.translate(_PUNCTUATION) or key
        else:
            spread = unicodedata.normalize("NFKD", key)
            key = "".join(c for c in spread if c.isalnum()).upper() or key  # “№” and “Nº” become “No”
    return _ZEROS.sub("", key) if "0" in key else key


SHARED = (Meaning.PARTY, Meaning.DAY, Meaning.MONEY)
"""Documents that share one of these, and have numbers that are alike, may be one."""

_RUNS = re.compile(r"[0-9]+")
_WHOLE_RUN = 3
"""So many digits at the end of a number may be all that another system has of it."""


class Digits:
    """The digits of the numbers of documents that say the same otherwise: those may be one of which only what
    stands around the digits differs (`7801`, `CR-7801`), or a year before them (`2026-7801`). Numbers that
    are alike anyhow (`number_key`) are told by that."""

    def __init__(self, numbers: Sequence[str] = ()) -> None:
        self._whole: dict[str, list[tuple[str, int]]] = {}
        self._last: dict[str, list[tuple[str, int]]] = {}
        for place, number in enumerate(numbers):
            self.earlier(number, place)

    def earlier(self, number: str, place: int = 0) -> int | None:
        """The place of the number before it that may be the same; None where there is none. Adds it."""
        runs = _RUNS.findall(unquantified(number.strip()))
        whole, last = "".join(runs).lstrip("0"), runs[-1].lstrip("0") if runs else ""
        if not whole:
            return None
        found = [*self._whole.get(whole, ())]
        if last != whole and len(last) >= _WHOLE_RUN:
            found += self._whole.get(last, ())
            self._add(self._last, last, number, place)
        found += self._last.get(whole, ())
        self._add(self._whole, whole, number, place)
        long = len(whole) >= _WHOLE_RUN
        return next(
            (at for other, at in found if _may_be_one(number_key(number), number_key(other), long)), None
        )

    @staticmethod
    def _add(known: dict[str, list[tuple[str, int]]], digits: str, number: str, place: int) -> None:
        """Of each digits the first two numbers that are not alike are enough: one of them is another's."""
        there = known.get(digits)
        if there is None:
            known[digits] = [(number, place)]
        elif len(there) < 2 and number_key(there[0][0]) != number_key(number):
            there.append((number, place))


def _may_be_one(key: str, other: str, long: bool) -> bool:
    """Whether two numbers with the same digits may be one: of few digits one has nothing else, for `A-2` and
    `B-2` are the second of two series."""
    return key != other and (long or key.isdigit() or other.isdigit())


_NUMBERED = (Meaning.PARTY, Meaning.NUMBER)


def numbers_alike(
    type: ImportType,
    readings: Readings,
    places: npt.NDArray[np.intp] | Sequence[int] | None = None,
    *,
    keys: list[Parts | None],
) -> list[Parts | None]:
    """Whose document a row is, and the form in which its number is like others; None where it has none.

    `keys` are the parts of the type's key in these rows, which mostly are the same.
    """
    said = keys if type.key == _NUMBERED else parts(type, _NUMBERED, readings, places)
    if not type.numbered:
        return [None for _ in said]
    return [(one[0], _likened(str(one[1]))) if one else None for one in said]


def words(type: ImportType) -> dict[str, str | Phrase]:
    """The words of messages about rows that are the same or look alike."""
    whose = Meaning.PARTY in type.key or Meaning.RECORD in type.key
    return {
        "noun": type.noun[0],
        "nouns": type.noun[1],
        "one": type.one,
        "same": listed_later(type.likeness) if type.likeness else "",
        "whose": marked(" of this customer") if whose else "",
        "several": marked(" of the same customer") if whose else "",
    }
