"""The receipt of a posted batch: read = posted + unchanged + rejected + left out, in rows and in money; and
the control totals with which a person checks what was read.
"""

from dataclasses import dataclass
from datetime import datetime

from komet_import.types.schema import money


@dataclass(frozen=True, kw_only=True)
class Tally:
    """A number of rows and their money in thousandths; None for an import type without money."""

    rows: int
    amount: int | None


@dataclass(frozen=True, kw_only=True)
class ControlTotals:
    """The rows and the money (thousandths) that a person expects of a sheet, typed before posting
    (komet-facts §4); None where nothing is expected. False where neither is.

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


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of a batch. The tallies add up; `posted_at` is in UTC. `unchanged` are rows of an upsert
    that said only what was known.

    `totals` are those of the rows left out that are total lines of the sheet.
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
    unchanged: Tally = Tally(rows=0, amount=0)
    totals: Tally = Tally(rows=0, amount=0)
    expected: ControlTotals = ControlTotals()

    @property
    def counted(self) -> Tally:
        """Everything that was read but total lines that were left out: those repeat the money above them."""
        amount = None if self.read.amount is None else self.read.amount - (self.totals.amount or 0)
        return Tally(rows=self.read.rows - self.totals.rows, amount=amount)
