"""What stands below a header, and what its columns mean."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from komet_import.language import Phrase
from komet_import.sheets.files.job import Row
from komet_import.sheets.layout.values.contents import Contents


@dataclass(frozen=True, kw_only=True)
class Table:
    """What stands below a header: its headings and contents by letter, and the first rows.

    `all_of` gives all that stands in a column: of two that hold the same in every row either may be taken.
    """

    headers: Mapping[str, str]
    contents: Mapping[str, Contents]
    rows: Sequence[Row]
    hidden: frozenset[str] = frozenset()
    all_of: Callable[[str], Hashable]
    currency: str


@dataclass(frozen=True, kw_only=True)
class Match:
    """What a header means: see `sheet.Header`.

    `other_side` are columns of amounts on the side of the balance on which the type does not stand; `partly`
    says that the amount may be more than what is left of it; `named` that the headings name what the type is
    about, not just a date and an amount. `score` compares one header row with another.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    doubtful: Mapping[str, str] = field(default_factory=dict)
    rivals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    foreign: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, Phrase] = field(default_factory=dict)
    other_side: tuple[str, ...] = ()
    partly: bool = False
    named: bool = False
    missing: tuple[str, ...] = ()
    score: int = 0

    @property
    def settled(self) -> frozenset[str]:
        """The letters of which something is said."""
        return frozenset(
            {*self.columns, *self.doubtful, *(one for letters in self.rivals.values() for one in letters)}
        )

    def letters_of(self, name: str | None) -> tuple[str, ...]:
        """The letters of the columns that are, or may be, this column of the type."""
        said = (*self.columns.items(), *self.doubtful.items())
        letters = [letter for letter, own in said if own == name]
        return (*letters, *self.rivals.get(name or "", ()))

    @property
    def found(self) -> frozenset[str]:
        """The columns of the type that something in the sheet may be."""
        return frozenset({*self.columns.values(), *self.doubtful.values(), *self.rivals})
