"""How cells are stored: what they refer to in the workbook, and how each is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from komet_import.sheets.files.xlsx.formats import Format
from komet_import.sheets.files.xlsx.shared_texts import SharedTexts


@dataclass(frozen=True, kw_only=True)
class WorkbookParts:
    """What the cells of a workbook refer to."""

    shared: SharedTexts
    formats: Sequence[Format]
    from_1904: bool
    currency: str = ""
    """The ledger's: what is formatted as another one is remembered."""


class Manner(NamedTuple):
    """How cells are written: the style, the type, and whether their text stands in the cell itself."""

    style: str
    kind: str
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Stack:
    """Cells below one another in one column: how each is written, its value, its formula; None where blank.

    `manners` explains what stands in `hows`. `formulas` is None where no cell has one. Values and formulas
    still hold their XML entities, formulas their element as well.
    """

    hows: Sequence[str | None]
    manners: Mapping[str, Manner]
    values: Sequence[str | None]
    formulas: Sequence[str | None] | None = None
