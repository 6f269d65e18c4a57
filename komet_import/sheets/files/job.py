"""What a child is asked to do: which file, which sheet of it is wanted, within which limits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from komet_import.language.current import Language
from komet_import.sheets.files.book import TextOptions
from komet_import.sheets.files.kinds import FileKind
from komet_import.sheets.files.xlsx.cells import Limits

TOP_ROWS = 200
"""How many filled rows of a sheet say whether it fits."""
FITS = 1_000
"""A sheet whose `fit` is at least this has all that is needed, though perhaps a doubtful part of it."""
FITS_BUT_WHOSE = 500
"""One that has at least this lacks nothing but whose the rows are: a workbook may have a sheet for each
customer."""

Row = dict[str, str]
"""A row as column letters → text."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What kind of sheet is looked for: its title, and how well a sheet's first filled rows fit it.

    Travels to the child, so `fit` is a function of a module, perhaps with arguments (`functools.partial`).
    """

    title: str
    fit: Callable[[Sequence[Row]], int]


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a child is asked to do: read the sheet of that name, or the one that fits best.

    `alone` is that no other sheet is looked at, where one is named. `currency` is the ledger's, `text` how a
    text file is to be read, `language` that of a refusal.
    """

    kind: FileKind = FileKind.XLSX

    wanted: Wanted | None
    sheet: str | None
    alone: bool = False
    limits: Limits
    currency: str = ""
    text: TextOptions = field(default_factory=TextOptions)
    language: Language = Language.ENGLISH
