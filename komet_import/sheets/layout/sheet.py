"""The sheet: the rows of a worksheet under the columns of an import type, ready to be judged."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from komet_import.clock import today
from komet_import.language import Phrase
from komet_import.language.phrases import from_json, to_json
from komet_import.sheets.layout.modifiers import TOLD, Modifier
from komet_import.sheets.layout.modifiers.modifier_values import told
from komet_import.sheets.layout.row_kinds import Aside
from komet_import.sheets.layout.values.dates import perhaps_year_first, swap_doubt
from komet_import.sheets.row_keys import RowKey
from komet_import.sheets.worksheet import Held, Note


@dataclass(frozen=True, kw_only=True)
class Header:
    """Which row of a worksheet is the header, and which of its columns mean what.

    `columns` maps Excel column letters to column names of the import type, `headers` maps every filled
    column's letter to the header text as it stands in the sheet. Columns of the sheet that mean nothing
    to the type are `ignored` (letters, in sheet order). What is a question, not a match: `doubtful` maps
    letters to the column name that a header resembles, or that the values say, without certainty; `rivals`
    maps a column name to the letters that claim it with equal right. `modifiers` are columns that change what
    a row means. `foreign` maps letters to the currency that their headers name where it is not the ledger's,
    `evidence` letters to why they are what they are, in a few words. A header over two lines begins in
    `first_row` and ends in `row`.
    """

    row: int
    columns: dict[str, str]
    headers: dict[str, str]
    ignored: tuple[str, ...] = ()
    doubtful: dict[str, str] = field(default_factory=dict)
    rivals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    modifiers: tuple[Modifier, ...] = ()
    foreign: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, Phrase] = field(default_factory=dict)
    first_row: int | None = None

    @property
    def headless(self) -> bool:
        """Whether the sheet has no headings: `row` is then the one above the first row of data."""
        return not any(self.headers.values())

    def heading(self, letter: str) -> str:
        """The heading of a column; its letter where it has none."""
        return self.headers.get(letter) or f"Column {letter}"

    @property
    def said(self) -> frozenset[str]:
        """The letters of the columns that mean something, or may."""
        rivals = {letter for letters in self.rivals.values() for letter in letters}
        marks = {modifier.letter for modifier in self.modifiers}
        return frozenset({*self.columns, *self.doubtful, *rivals, *marks})

    def to_json(self) -> dict[str, Any]:
        """The header as a database keeps it."""
        kept = asdict(self)
        kept["evidence"] = {letter: to_json(why) for letter, why in self.evidence.items()}
        return {**kept, "modifiers": [modifier.to_json() for modifier in self.modifiers]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Header":
        """The header that `to_json` kept; an older one says nothing of what came later."""
        return cls(
            **{
                **kept,
                "ignored": tuple(kept["ignored"]),
                "rivals": {name: tuple(letters) for name, letters in kept.get("rivals", {}).items()},
                "modifiers": tuple(Modifier.from_json(one) for one in kept.get("modifiers", ())),
                "evidence": {letter: from_json(why) for letter, why in kept.get("evidence", {}).items()},
            }
        )


ALL_SHOWN = 255
"""In place of a number of decimals: Excel shows all that there are."""


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A second table beside the one that is read, or above its headers: its header row, its column letters,
    the slug of the type whose headers it has, its rows, and its money in thousandths (None for a type without
    money). `last` is the row at which one above ends at the latest; None for one beside. `loose` are rows of
    data above the headings that have none of their own: `row` is then the first of them. `listed` says that
    it is a list of records, and that its rows are not those of the money beside it."""

    row: int
    letters: tuple[str, ...]
    type: str
    rows: int
    amount: int | None
    last: int | None = None
    loose: bool = False
    listed: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The rows below the header, ready to be judged.

    `rows` is a frame of `str`, indexed by Excel row number; its columns are the import type's columns that
    the sheet has, in the type's order, then the ignored columns under their own headers. `held` is a uint8
    array of `Held` of the same shape. `names` maps Excel column letters to the frame's columns. `keys` say of
    rows that were rejected before which ones they are.
    `decimals` says of columns of amounts, for each row, with how many decimals Excel shows the number, where
    these are fewer than it has; ALL_SHOWN elsewhere.

    `aside` says of Excel rows what they are instead of data, for certain or perhaps. `fills` are texts for
    blank cells, by Excel row and column: what stands above them, on the first row of their group; those in
    `merged_fills` are certain, as Excel shows them in a merged cell. `shared_amounts` say over how many rows
    the cell of an amount is merged, by the Excel row in which it stands. `struck` rows are struck through.
    `beside` are tables that were not read. `voided` are rows that say in a column which means nothing to the
    type that they no longer count: the name of that column, by position; `commented` those of which a comment
    says so: the column of its cell, and what it says; `remarks` are texts in comments of cells and in such
    columns that speak of amounts; `cut` are those of a text file that
    a comma may have cut, and the column in which the rest stands. `party_names` are further columns whose
    headings say that they name the party; `party_above` are texts that may say whose the rows are where no
    column does, by the place of their sheet. `parts` are the names of the sheets that were read as this one,
    where these are several.
    """

    name: str
    header: Header
    rows: pd.DataFrame
    held: npt.NDArray[np.uint8]
    hidden_rows: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    parts: tuple[str, ...] = ()
    aside: dict[int, Aside] = field(default_factory=dict)
    fills: dict[int, dict[str, str]] = field(default_factory=dict)
    merged_fills: dict[int, dict[str, str]] = field(default_factory=dict)
    shared_amounts: dict[int, int] = field(default_factory=dict)
    beside: tuple[Beside, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    keys: dict[int, RowKey] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    voided: Mapping[int, str] = field(default_factory=dict)
    commented: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    remarks: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    cut: Mapping[int, str] = field(default_factory=dict)
    party_names: tuple[str, ...] = ()
    party_above: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    decimals: Mapping[str, npt.NDArray[np.uint8]] = field(default_factory=dict)

    @cached_property
    def swap_doubts(self) -> Mapping[str, str]:
        """The columns whose real dates Excel may have swapped, with the code of the doubt: told by the file
        alone, so that no edit of another row moves it.
        """
        found = {}
        apart = [row for row, aside in self.aside.items() if aside.certain]
        data = ~self.rows.index.isin(apart)
        for place, name in enumerate(self.rows.columns):
            held = self.held[data, place]
            if (held == Held.DATE).any():
                texts = self.rows[name].to_numpy(dtype=object)[data]
                doubt = swap_doubt(set(texts[held == Held.TEXT]), set(texts[held == Held.DATE]))
                if doubt:
                    found[str(name)] = doubt
        return found

    def year_first(self, name: str) -> frozenset[str]:
        """The ways of writing in which texts of a column perhaps begin with a year of two digits: told by the
        file alone, and once."""
        if name not in self._year_first:
            place = self.rows.columns.get_loc(name)
            texts = self.rows[name].to_numpy(dtype=object)
            self._year_first[name] = perhaps_year_first(set(texts[self.held[:, place] == Held.TEXT]))
        return self._year_first[name]

    @cached_property
    def _year_first(self) -> dict[str, frozenset[str]]:
        return {}

    @property
    def apart(self) -> Beside | None:
        """The table beside or above that could be an import of its own: it has headings."""
        return next((table for table in self.beside if not table.loose), None)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets of the file whose rows these are."""
        return self.parts or (self.name,)

    @property
    def total_rows(self) -> tuple[int, ...]:
        """The Excel rows that certainly add up others."""
        return tuple(row for row, aside in self.aside.items() if aside.certain and aside.kind.adds_up)

    def saying(self, letter: str, values: frozenset[str]) -> npt.NDArray[np.bool_]:
        """The rows that say one of these (casefolded) in a column of the file; none where it is not there."""
        name = self.names.get(letter)
        if name is None:
            return np.zeros(len(self.rows), dtype=np.bool_)
        return self._folded(name, lambda: self.rows[name].str.strip()).isin(values).to_numpy(dtype=np.bool_)

    def marked(self, modifier: Modifier, values: frozenset[str]) -> npt.NDArray[np.bool_]:
        """The rows of which a column that says what rows mean says one of these (casefolded)."""
        if modifier.modifies not in TOLD or modifier.letter not in self.names:
            return self.saying(modifier.letter, values)
        key = (modifier.letter, today())  # whether a last day is past is another thing tomorrow
        return self._folded(key, lambda: self.said(modifier)).isin(values).to_numpy(dtype=np.bool_)

    def said(self, modifier: Modifier) -> "pd.Series[str]":
        """What a column of the sheet that says what rows mean says of each row."""
        texts = self.rows[self.names[modifier.letter]].str.strip()
        return texts.map(told(modifier.modifies, texts.unique())) if modifier.modifies in TOLD else texts

    def filled(self, letter: str) -> npt.NDArray[np.bool_]:
        """The rows that say something in a column of the file."""
        return ~self.saying(letter, frozenset({""})) if letter in self.names else self.saying(letter, _NO)

    def _folded(self, key: object, texts: Callable[[], "pd.Series[str]"]) -> "pd.Series[str]":
        """What rows say, casefolded; made once, for every edit asks again."""
        if key not in self._once_folded:
            self._once_folded[key] = texts().str.casefold()
        return self._once_folded[key]

    @cached_property
    def _once_folded(self) -> "dict[object, pd.Series[str]]":
        return {}


_NO: frozenset[str] = frozenset()
