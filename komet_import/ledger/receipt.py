"""The receipt of a posted batch: read = posted + rejected + left out, in rows and in money."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Tally:
    """A number of rows and their money in thousandths; None for an import type without money."""

    rows: int
    amount: int | None


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of a batch. The four tallies add up; `posted_at` is in UTC."""

    batch_id: str
    type_slug: str
    file_name: str
    posted_at: datetime
    posted_by: str
    read: Tally
    posted: Tally
    rejected: Tally
    left_out: Tally
