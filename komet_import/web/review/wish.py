"""What the dialog of bulk edits is to begin with."""

import itertools
from dataclasses import dataclass, field

from komet_import.language import marked

REPLACE, FILL, TIDY, REDATE, ERRORS, SHOWN = (
    marked("Replace a value"),
    marked("Fill blank cells"),
    marked("Trim and capitalize codes"),
    marked("Date rows of closed months the first open day"),
    marked("Exclude rows that need attention"),
    marked("Exclude the filtered rows"),
)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the dialog opens with: what to do, a column and the value that is to be replaced in it.

    `rows` are those of a problem, where it was opened from one: its value may be right in others.
    `opening` is part of its fields' keys: Streamlit would fill them with what was typed the last time.
    """

    what: str = REPLACE
    column: str | None = None
    value: str = ""
    rows: tuple[int, ...] = ()
    opening: int = field(default_factory=itertools.count(1).__next__)

    def field(self, name: str) -> str:
        """The name of one of its fields, under which what was typed into it is kept: that of another wish
        holds something else."""
        return f"fix-{self.what}-{self.column}-{self.value}-{name}"
