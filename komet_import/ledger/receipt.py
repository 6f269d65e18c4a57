"""The receipt of a posted batch: read = posted + unchanged + rejected + left out, in rows and in money; and
the control totals with which a person checks what was read.
"""

from dataclasses import dataclass
from datetime import datetime

from komet_import.language import _, marked, marked_pair, ngettext
from komet_import.language.kept_texts import Template, retold
from komet_import.language.lists import listed
from komet_import.review.figures import IN_SUM, Apart
from komet_import.review.tally import NOTHING, Tally
from komet_import.types import ImportType
from komet_import.types.money import money

ROWS = marked_pair("{count:,} row", "{count:,} rows")
BOTH, SEVERAL = marked("{first} and {last}"), marked("{first}, {last}")
MORE, LESS, FEWER = marked("{what} more"), marked("{what} less"), marked("{what} fewer")
HIGHER, LOWER = marked("a hash total {digits:,} higher"), marked("a hash total {digits:,} lower")


@dataclass(frozen=True, kw_only=True)
class ControlTotals:
    """The rows, the money (thousandths) and the hash total (`review.control`) that a person expects of a
    sheet before posting (docs/komet-sales.md §4); None where nothing is expected. False where none is.

    They are compared with what counts of the sheet (`Receipt.counted`). Where they do not match, nothing is
    posted before a reason is given.
    """

    rows: int | None = None
    amount: int | None = None
    hash_total: int | None = None

    def __bool__(self) -> bool:
        return any(part is not None for part in (self.rows, self.amount, self.hash_total))

    def agree(self, read: Tally, hash_total: int | None = None) -> bool:
        """Whether everything that is expected was read, no more and no less."""
        return not self.difference(read, hash_total)

    def over(self, read: Tally, hash_total: int | None = None) -> tuple[int, int, int]:
        """By how much more was read, in rows, money and hash total; 0 where nothing is expected."""
        return (
            0 if self.rows is None else read.rows - self.rows,
            0 if self.amount is None else (read.amount or 0) - self.amount,
            0 if self.hash_total is None else (hash_total or 0) - self.hash_total,
        )

    def difference(self, read: Tally, hash_total: int | None = None) -> str:
        """By how much the sheet differs: `4 rows and $120.00 more`, `1 row more and $14.00 less`; blank where
        they agree."""
        rows, amount, digits = self.over(read, hash_total)
        said = []
        if rows and amount and (rows > 0) == (amount > 0):
            both = _(BOTH, first=_rows(abs(rows)), last=money(abs(amount)))
            said.append(_(MORE, what=both) if amount > 0 else _(LESS, what=both))
        else:
            if rows:
                what = _rows(abs(rows))
                said.append(_(MORE, what=what) if rows > 0 else _(FEWER, what=what))
            if amount:
                what = money(abs(amount))
                said.append(_(MORE, what=what) if amount > 0 else _(LESS, what=what))
        if digits > 0:
            said.append(_(HIGHER, digits=digits))
        elif digits:
            said.append(_(LOWER, digits=-digits))
        return listed(said)

    @property
    def words(self) -> str:
        """What is expected: `40 rows and $8,722.50`, or the one of them that is."""
        parts = [] if self.rows is None else [_rows(self.rows)]
        parts += [] if self.amount is None else [money(self.amount)]
        parts += [] if self.hash_total is None else [_("hash total {digits:,}", digits=self.hash_total)]
        return listed(parts)

    def sentence(self, read: Tally, hash_total: int | None = None) -> str:
        """The comparison in one sentence, for the person who typed them; blank where nothing is expected."""
        if not self:
            return ""
        found = ControlTotals(
            rows=None if self.rows is None else read.rows,
            amount=None if self.amount is None else read.amount,
            hash_total=None if self.hash_total is None else hash_total,
        )
        parts = sum(part is not None for part in (found.rows, found.amount, found.hash_total))
        many = 1 if parts < 2 and found.rows in (None, 1) else 2
        words = found.words
        if self.agree(read, hash_total):
            return ngettext(
                "As you expected, {found} was read.", "As you expected, {found} were read.", many, found=words
            )
        return ngettext(
            "You expected {expected}; {found} was read.",
            "You expected {expected}; {found} were read.",
            many,
            expected=self.words,
            found=words,
        )


def _rows(count: int) -> str:
    return ngettext(*ROWS, count)


_PARTS: tuple[Template, ...] = (
    ROWS,
    *((text, "") for text in (HIGHER, LOWER, MORE, LESS, FEWER, BOTH, SEVERAL)),
)


def told_difference(kept: str) -> str:
    """What `ControlTotals.difference` said when it was kept, in the language of who reads."""
    return retold(
        kept, _PARTS, {"what": (*_PARTS[:1], (BOTH, ""), (SEVERAL, "")), "first": _PARTS, "last": _PARTS}
    )


ANYTHING = ControlTotals()
"""Nothing is expected."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of a batch; `posted_at` is in UTC. `unchanged` are rows of an upsert that said only
    what was known, `added` how many of the posted ones are new records (None: not known, or no records).
    `prepared_by` is blank where who posted it asked nobody; else they have approved it.

    `read` is every filled row below the header but total rows set aside, and `read = posted + unchanged +
    rejected + left_out` in rows and in money (`review.figures`). `apart` is what no sum holds. `confirmed`
    are those of the posted rows that a person confirmed, `counted` is what the control totals are compared
    with, beside `hash_total`; where they do not match, `overridden` is why it was posted all the same, as
    `overridden_by` said. The figures of a batch are those of the day it was posted: before total rows were
    set aside and negative amounts stood apart, both were in the sums, and only `counted` was without total
    rows.
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
    added: int | None = None
    confirmed: Tally = NOTHING
    apart: Apart = IN_SUM
    expected: ControlTotals = ANYTHING
    hash_total: int | None = None
    overridden: str = ""
    overridden_by: str = ""

    def posted_parts(self, type: ImportType) -> dict[str, Tally]:
        """What was posted, by what became of it: records are added or changed."""
        done = _(type.done).capitalize()
        if not self.added:
            return {done: self.posted}
        new = Tally(rows=self.added, amount=None)
        changed = Tally(rows=self.posted.rows - self.added, amount=None)
        return {_("Added"): new} | ({done: changed} if changed.rows else {})

    @property
    def hands(self) -> str:
        """Where it took two to post it, who prepared and who approved it; blank where it took one."""
        if not self.prepared_by:
            return ""
        return _(
            "prepared by {prepared_by}, approved by {posted_by}",
            prepared_by=self.prepared_by,
            posted_by=self.posted_by,
        )

    @property
    def difference(self) -> str:
        """By how much what was read differs from what was expected; blank where it does not."""
        return self.expected.difference(self.counted, self.hash_total)

    @property
    def expected_sentence(self) -> str:
        """The comparison in one sentence, and why it was posted all the same."""
        said = self.expected.sentence(self.counted, self.hash_total)
        if not self.overridden:
            return said
        return _(
            "{said} {by} imported it all the same: {why}",
            said=said,
            by=self.overridden_by,
            why=self.overridden,
        )

    def confirmed_sentence(self, type: ImportType) -> str:
        """How much of what was posted a person confirmed; blank where nothing had to be."""
        if not self.confirmed.rows:
            return ""
        amount = "" if self.confirmed.amount is None else f" ({money(self.confirmed.amount)})"
        return ngettext(
            "{count:,} imported {noun}{amount} waited for a confirmation and was confirmed.",
            "{count:,} imported {noun}{amount} waited for a confirmation and were confirmed.",
            self.confirmed.rows,
            noun=_(type.noun[0 if self.confirmed.rows == 1 else 1]),
            amount=amount,
        )


__all__ = ["Apart", "ControlTotals", "Receipt", "Tally"]
