"""The rows below the header as their recognition looks at them: texts, blanks and money, column by column.

Everything that is asked of all rows is one step of Arrow or numpy over a column; what is asked of single rows
is asked of the few that are unlike a row of data.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from komet_import.settings import settings
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.layout.values.amounts import read_amount
from komet_import.sheets.layout.values.doubt import Doubt
from komet_import.sheets.worksheet import Held, Worksheet
from komet_import.types import ColumnFormat, ImportType, Meaning, Need

Bools = npt.NDArray[np.bool_]

UNITS = 1_000_000
"""Money is compared in whole millionths: Excel computes sums with more decimals than it shows."""
_MOST = 1e9  # beyond this an amount is no money here, and no number is exact
_PLAIN = r"^-?[0-9]{1,9}(\.[0-9]{1,6})?$"


@dataclass(frozen=True, kw_only=True, eq=False)
class Lines:
    """The rows below the header, by position. `rows` and `held` are those of a `Sheet`, `letters` maps the
    columns of `rows` to Excel column letters.
    """

    worksheet: Worksheet
    header: Header
    type: ImportType
    rows: pd.DataFrame
    held: npt.NDArray[np.uint8]
    letters: dict[str, str]

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def numbers(self) -> npt.NDArray[np.int64]:
        """The Excel row numbers."""
        return self.rows.index.to_numpy(dtype=np.int64)

    @cached_property
    def ours(self) -> tuple[str, ...]:
        """The columns of the type that the sheet has."""
        return tuple(name for name in self.rows.columns if name in self.type.columns_by_name)

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """Those without which a row is none, but for the money."""
        return tuple(
            name
            for name in self.ours
            if self.type.column(name).need is Need.REQUIRED and name != self.type.amount_column
        )

    def column(self, meaning: Meaning) -> str | None:
        """The sheet's column that says this."""
        name = self.type.name_for(meaning)
        return name if name in self.ours else None

    @cached_property
    def whose(self) -> str | None:
        """The column that says whose or which record a row is."""
        return self.column(Meaning.PARTY) or self.column(Meaning.RECORD)

    @cached_property
    def money_column(self) -> str | None:
        """The column that is summed."""
        name = self.type.amount_column
        return name if name in self.ours else None

    @cached_property
    def _arrow(self) -> dict[str, pa.Array]:
        return {}

    def texts(self, name: str) -> pa.Array:
        """The texts of a column, as Arrow has them."""
        if name not in self._arrow:
            self._arrow[name] = arrow(self.rows[name])
        return self._arrow[name]

    @cached_property
    def _blank(self) -> dict[str, Bools]:
        return {}

    def blank(self, name: str) -> Bools:
        """Where a column says nothing."""
        if name not in self._blank:
            self._blank[name] = blank(self.texts(name))
        return self._blank[name]

    def held_as(self, name: str) -> npt.NDArray[np.uint8]:
        """What Excel held in the cells of a column."""
        found: npt.NDArray[np.uint8] = self.held[:, self.rows.columns.get_loc(name)]
        return found

    def text(self, place: int, name: str) -> str:
        """One cell's text."""
        return str(self.texts(name)[place].as_py()).strip()

    def cells(self, place: int) -> dict[str, str]:
        """The filled cells of a row, by column."""
        found = ((str(name), self.text(place, str(name))) for name in self.rows.columns)
        return {name: text for name, text in found if text}

    @cached_property
    def filled(self) -> npt.NDArray[np.int16]:
        """How many cells of each row say something."""
        found = np.zeros(len(self), dtype=np.int16)
        for name in self.rows.columns:
            found += ~self.blank(str(name))
        return found

    def cells_of(self, places: npt.NDArray[np.intp]) -> list[dict[str, str]]:
        """The filled cells of each of these rows, by column: many rows are cut out at once."""
        wanted = pa.array(places)
        names = [str(name) for name in self.rows.columns]
        columns = [self.texts(name).take(wanted).to_pylist() for name in names]
        return [
            {name: text for name, own in zip(names, line, strict=True) if (text := own.strip())}
            for line in zip(*columns, strict=True)
        ]

    @cached_property
    def past_gap(self) -> Bools:
        """The odd rows that a blank row parts from the table above them, each with those right above it."""
        places, gap = np.arange(len(self)), np.zeros(len(self), dtype=np.bool_)
        gap[1:] = np.diff(self.numbers) > 1
        last_gap = np.maximum.accumulate(np.where(gap & self.odd, places, -1))
        last_row = np.maximum.accumulate(np.where(self.odd, -1, places))
        found: Bools = self.odd & (last_gap > last_row)
        return found

    @cached_property
    def money(self) -> npt.NDArray[np.int64]:
        """The amounts in millionths; 0 where there is none to read."""
        return self._money[0]

    @cached_property
    def readable(self) -> Bools:
        """Where there is an amount to read."""
        return self._money[1]

    @cached_property
    def _money(self) -> tuple[npt.NDArray[np.int64], Bools]:
        if self.money_column is None:
            return np.zeros(len(self), np.int64), np.zeros(len(self), np.bool_)
        return amounts(self.texts(self.money_column), self.held_as(self.money_column))

    @cached_property
    def slack(self) -> int:
        """By how much a sum may be off: half a cent where amounts have more decimals than money has."""
        return UNITS // 200 if bool((self.money % (UNITS // 1000)).any()) else 0

    @cached_property
    def odd(self) -> Bools:
        """The rows that lack something that each row of data has, or have no amount to read."""
        found = np.zeros(len(self), dtype=np.bool_)
        for name in self.needed:
            found |= self.blank(name)
        if self.money_column is not None:
            found |= ~self.readable
        return found


def arrow(column: "pd.Series[str]") -> pa.Array:
    """The texts of a frame's column as Arrow has them."""
    found = pa.array(column.array)
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def blank(texts: pa.Array) -> Bools:
    """Where a text is empty or nothing but blanks."""
    empty = pc.binary_length(texts).to_numpy(zero_copy_only=False) == 0
    found: Bools = empty | pc.utf8_is_space(texts).to_numpy(zero_copy_only=False)
    return found


def amounts(texts: pa.Array, held: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.int64], Bools]:
    """The amounts of a column in millionths, and where there is one."""
    money, readable = np.zeros(len(texts), np.int64), np.zeros(len(texts), np.bool_)
    typed = held == Held.NUMBER
    written = np.flatnonzero(((held == Held.TEXT) | (held == Held.VEILED)) & ~blank(texts))
    if len(written):
        plain = pc.match_substring_regex(texts.take(pa.array(written)), _PLAIN)
        typed[written[plain.to_numpy(zero_copy_only=False)]] = True
        written = written[~plain.to_numpy(zero_copy_only=False)]
    numbers = _floats(texts if typed.all() else texts.filter(pa.array(typed)))
    known = np.isfinite(numbers) & (np.abs(numbers) < _MOST)
    places = np.flatnonzero(typed)[known]
    money[places] = np.rint(numbers[known] * UNITS).astype(np.int64)
    readable[places] = True
    read: dict[str, int | None] = {}
    for place, text in zip(written.tolist(), texts.take(pa.array(written)).to_pylist(), strict=True):
        if text not in read:
            read[text] = _read(text)
        amount = read[text]
        if amount is not None:
            money[place], readable[place] = amount, True
    return money, readable


def _floats(texts: pa.Array) -> npt.NDArray[np.float64]:
    try:
        found = pc.cast(texts, pa.float64())
    except pa.ArrowInvalid:
        found = pa.array(pd.to_numeric(pd.Series(texts.to_pylist(), dtype=object), errors="coerce"))
    numbers: npt.NDArray[np.float64] = found.to_numpy(zero_copy_only=False).astype(np.float64)
    return numbers


def _read(text: str) -> int | None:
    """A written amount, where it has one reading."""
    amount = read_amount(text, Held.TEXT, decimals=6, currency=settings().currency)
    if isinstance(amount, Doubt) or abs(amount) >= Decimal(_MOST):
        return None
    return int((amount * UNITS).to_integral_value())


def is_day(type: ImportType, name: str) -> bool:
    """Whether a column holds days."""
    return type.column(name).kind is ColumnFormat.DATE
