"""What a row below the header is where it is no data: the words in which the recognition of rows speaks."""

from dataclasses import dataclass
from enum import StrEnum

from komet_import.language import Phrase


class RowKind(StrEnum):
    """What a row is that is no row to import."""

    TOTAL = "total"
    SUBTOTAL = "subtotal"
    REPEATED_HEADER = "repeated-header"  # the headers, a title or a parameter once more, as on printed pages
    HEADING = "heading"  # a line above a group of rows: whose they are
    OTHER_TABLE = "other-table"  # a second table below, its title and headers included
    FILTERED = "filtered"  # a row of which a column says that it is something else, as a person decided
    FOOTER = "footer"  # text below the table: who printed it, which page it is
    CONTROL = "control-totals"  # what the whole sheet is said to come to, to be checked

    @property
    def adds_up(self) -> bool:
        """Whether such a row repeats the money of others."""
        return self in (RowKind.TOTAL, RowKind.SUBTOTAL)

    @property
    def printed(self) -> bool:
        """Whether such a row stands on every printed page, between rows that belong together."""
        return self in (RowKind.REPEATED_HEADER, RowKind.FOOTER)

    @property
    def worded(self) -> bool:
        """Whether such a row is words, of which nobody expects an amount."""
        return self in (RowKind.REPEATED_HEADER, RowKind.HEADING, RowKind.FOOTER)


@dataclass(frozen=True, kw_only=True)
class Aside:
    """A row that is no data, or perhaps none (`certain` is False: a person is asked, and the row waits).

    `why` is the evidence in a few words, such as “the sum of rows 2 to 4”. `sums` are the Excel rows that it
    adds up, where they are known and few enough to be listed.
    """

    kind: RowKind
    certain: bool
    why: Phrase
    sums: tuple[int, ...] = ()
