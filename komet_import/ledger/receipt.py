"""The receipt of a posted batch: read = posted + unchanged + rejected + left out, in rows and in money; and
the control totals with which a person checks what was read.
"""

from dataclasses import dataclass
from datetime import datetime

from komet_import.review.figures import IN_SUM, NOTHING, Apart, Tally
from komet_import.types import ImportType
from komet_import.types.schema import money


@dataclass(frozen=True, kw_only=True)
class ControlTotals:
    """The rows and the money (thousandths) that a person expects of a sheet, typed before posting
    (docs/komet-sales.md §4); None where nothing is expected. False where neither is.

    They are compared with what counts of the sheet (`Receipt.counted`). They stop nothing: who posts decides.
    """

    rows: int | None = None
    amount: int | None = None

    def __bool__(self) -> bool:
        return self.rows is not None or self.amount is not None

    def agree(self, read: Tally) -> bool:
        """Whether everything that is expected was read, no more and no less."""
        return self.rows in (None, read.rows) and self.amount in (None, read.amount)

    def difference(self, read: Tally) -> str:
        """By how much the sheet differs: `1 row more and $14.00 less`; blank where they agree."""
        said = []
        if self.rows not in (None, read.rows):
            more = read.rows - (self.rows or 0)
            said.append(f"{_rows(abs(more))} {'more' if more > 0 else 'fewer'}")
        if self.amount not in (None, read.amount):
            more = (read.amount or 0) - (self.amount or 0)
            said.append(f"{money(abs(more))} {'more' if more > 0 else 'less'}")
        return " and ".join(said)

    @property
    def words(self) -> str:
        """What is expected: `40 rows and $8,722.50`, or the one of them that is."""
        parts = [] if self.rows is None else [_rows(self.rows)]
        return " and ".join(parts if self.amount is None else [*parts, money(self.amount)])

    def sentence(self, read: Tally) -> str:
        """The comparison in one sentence, for the person who typed them; blank where nothing is expected."""
        if not self:
            return ""
        found = ControlTotals(
            rows=None if self.rows is None else read.rows,
            amount=None if self.amount is None else read.amount,
        )
        one = found.words in ("1 row", money(found.amount or 0))
        told = f"{found.words} {'was' if one else 'were'} read."
        return f"As you expected, {told}" if self.agree(read) else f"You expected {self.words}; {told}"


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


ANYTHING = ControlTotals()
"""Nothing is expected."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of a batch; `posted_at` is in UTC. `unchanged` are rows of an upsert that said only
    what was known. `prepared_by` is blank where who posted it asked nobody; else they have approved it.

    `read` is every filled row below the header but total rows set aside, and `read = posted + unchanged +
    rejected + left_out` in rows and in money (`review.figures`). `apart` is what no sum holds. `confirmed`
    are those of the posted rows that a person confirmed, `counted` is what the control totals are compared
    with. The figures of a batch are those of the day it was posted: before total rows were set aside and
    negative amounts stood apart, both were in the sums, and only `counted` was without total rows.
    """

    batch_id: str
    type_slug: str
    file_name: str
    posted_at: datetime
    posted_by: str
    read: Tally
    posted: Tally
    rejected: Tally
    left_out: Tally
    counted: Tally
    prepared_by: str = ""
    unchanged: Tally = NOTHING
    confirmed: Tally = NOTHING
    apart: Apart = IN_SUM
    expected: ControlTotals = ANYTHING

    def confirmed_sentence(self, type: ImportType) -> str:
        """How much of what was posted a person confirmed; blank where nothing had to be."""
        if not self.confirmed.rows:
            return ""
        amount = "" if self.confirmed.amount is None else f" ({money(self.confirmed.amount)})"
        if self.confirmed.rows == 1:
            return f"1 imported {type.noun[0]}{amount} waited for a confirmation and was confirmed."
        counted = f"{self.confirmed.rows:,} imported {type.noun[1]}"
        return f"{counted}{amount} waited for a confirmation and were confirmed."


__all__ = ["Apart", "ControlTotals", "Receipt", "Tally"]
