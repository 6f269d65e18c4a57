"""What stands in a column: days, amounts, codes that are known, names. Values say more than a heading.

Looked at are the first values below the header; each look is taken only when somebody asks for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache

from komet_import.language import Phrase, phrase
from komet_import.sheets.files.job import Row
from komet_import.sheets.layout.values.amounts import read_amount
from komet_import.sheets.layout.values.dates import read_date
from komet_import.sheets.layout.values.doubt import Doubt
from komet_import.sheets.layout.values.known import Known, name_key
from komet_import.sheets.layout.words.row_counts import rows_counted
from komet_import.sheets.layout.words.total_labels import total_label
from komet_import.sheets.worksheet import Held
from komet_import.types.codes import code_key
from komet_import.types.schema import Column, ColumnFormat, Meaning

MOST = 0.8
"""The share of a column's values that says what the column is; the rest may be total lines and mistakes."""

_LOOKED_AT = 30
_DAYS = frozenset({"ambiguous-date", "date-format", "has-time"})
_AMOUNTS = frozenset({"ambiguous-amount", "too-many-decimals", "other-currency"})
_LONGEST_CODE = 20


@lru_cache(maxsize=16384)
def is_day(text: str) -> bool:
    """Whether a text is a day, though perhaps one with two readings."""
    read = read_date(text, Held.TEXT) if len(text) <= 40 else Doubt(code="not-a-date")
    return not isinstance(read, Doubt) or read.code in _DAYS


@lru_cache(maxsize=16384)
def is_amount(text: str) -> bool:
    """Whether a text is an amount of money, though perhaps one with two readings."""
    return amount(text) is not None or (
        len(text) <= 40
        and isinstance(read := read_amount(text, Held.TEXT), Doubt)
        and (read.code in _AMOUNTS or read.suggestion is not None)
    )


@lru_cache(maxsize=16384)
def amount(text: str) -> Decimal | None:
    """The amount that a text is, where it has one reading."""
    if len(text) > 40:
        return None
    read = read_amount(text, Held.TEXT)
    return None if isinstance(read, Doubt) else read


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What stands in a column of some rows below its header: the first rows, as far as anybody asks.

    `filled` says whether anything stands in the column at all, where more than these rows were looked at.
    """

    letter: str = ""
    header: str = ""
    rows: Sequence[Row] = ()
    filled: bool | None = None
    known: Known = field(default_factory=Known)

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The values, without blank ones and repetitions of the header."""
        texts = (row.get(self.letter, "").strip() for row in self.rows)
        return tuple(text for text in texts if text and text != self.header)

    @cached_property
    def _parties(self) -> int:
        """How many values may name a party: labels of sums and counts between them do not."""
        return sum(total_label(text) is None and rows_counted(text) is None for text in self.values)

    @property
    def blank(self) -> bool:
        """Whether nothing stands in the column."""
        return not self.values if self.filled is None else not self.filled

    @cached_property
    def days(self) -> float:
        """The share of values that are days."""
        return self._share([is_day(text) for text in self.values[:_LOOKED_AT]])

    @cached_property
    def amounts(self) -> float:
        """The share of values that are amounts; a dash says that there is none."""
        said = [text for text in self.values[:_LOOKED_AT] if text.strip("-–— ")]
        return self._share([is_amount(text) for text in said])

    @cached_property
    def nothing(self) -> bool:
        """Whether it holds nothing but zeros and dashes."""
        return all(amount(text) == 0 or not text.strip("-–— ") for text in self.values)

    @cached_property
    def codes(self) -> int:
        """How many values are codes of parties that are known."""
        return self._count(self.known.codes, lambda text: code_key(text) in self.known.codes)

    @cached_property
    def places(self) -> int:
        """How many values are codes of locations that are known."""
        return self._count(self.known.locations, lambda text: code_key(text) in self.known.locations)

    @cached_property
    def names(self) -> int:
        """How many values are names of parties that are known, and no codes."""
        known = self.known
        return self._count(
            known.names, lambda text: name_key(text) in known.names and code_key(text) not in known.codes
        )

    @cached_property
    def heads_groups(self) -> bool:
        """Whether its values stand alone in their rows, sums aside, above rows that say nothing here: these
        are theirs."""
        said = [row for row in self.rows if row.get(self.letter, "").strip()]
        heads = [row for row in said if total_label(row[self.letter]) is None]
        alone = all(sum(bool(text.strip()) for text in row.values()) == 1 for row in heads)
        return 0 < len(heads) <= len(self.rows) - len(said) and alone

    def _count(self, known: frozenset[str], among: Callable[[str], bool]) -> int:
        """How many values are known; nothing where none of the first ones is."""
        if not known or not any(among(text) for text in self.values[:_LOOKED_AT]):
            return 0
        return sum(among(text) for text in self.values)

    @cached_property
    def like_names(self) -> float:
        """The share of values that look like names: words, not codes."""
        return self._share([like_a_name(text) for text in self.values[:_LOOKED_AT]])

    @property
    def has_decimals(self) -> bool:
        """Whether any of its numbers has decimals."""
        return any("." in text or "," in text for text in self.values)

    @property
    def numbers_rows(self) -> bool:
        """Whether most values are short, have figures, and stand there once."""
        short = self.most(sum(len(t) <= _LONGEST_CODE and any(map(str.isdigit, t)) for t in self.values))
        once = self.most(len(set(self.values)))
        return short and once and not self.has_decimals and self.days < MOST

    @property
    def names_rows(self) -> bool:
        """Whether most values are words without figures, each there once, and some look like names."""
        worded = self.most(sum(not any(map(str.isdigit, text)) for text in self.values))
        return worded and self.like_names > 0 and self.most(len(set(self.values)))

    @property
    def _broken(self) -> bool:
        """Whether most of its numbers have decimals: they count money, and name no paper."""
        return self.most(sum("." in text or "," in text for text in self.values))

    def most(self, count: int) -> bool:
        """Whether so many are most of the values."""
        return bool(self.values) and count >= MOST * len(self.values)

    def agree(self, column: Column) -> bool:
        """Whether the values prove what a bare word over them says."""
        if column.kind is ColumnFormat.DATE:
            return self.days >= MOST
        if column.kind is ColumnFormat.AMOUNT:
            return self.amounts >= MOST and self.days < MOST
        if column.meaning is Meaning.PARTY:
            return 0 < self.codes >= MOST * self._parties
        if column.meaning is Meaning.RECORD:
            return self.like_names < 1 - MOST
        if column.meaning in (Meaning.LOCATION, Meaning.LOCATIONS):
            return self.most(self.places)
        return True

    def contradict(self, column: Column) -> bool:
        """Whether the values are plainly something else than what the heading says."""
        if not self.values:
            return False
        if column.kind is ColumnFormat.DATE:
            return not self.days and not any(text.isdecimal() for text in self.values[:_LOOKED_AT])
        if column.kind is ColumnFormat.AMOUNT:
            return not self.amounts
        if column.meaning in (Meaning.NUMBER, Meaning.REFERENCE):
            return self.like_names > 1 - MOST or (self.amounts >= MOST and self._broken)
        return column.kind is not ColumnFormat.TEXT and self.days >= MOST

    def said(self, column: Column) -> Phrase | None:
        """What the values say of a column, in a few words; None where they say nothing."""
        total = len(self.values)
        if column.meaning in (Meaning.PARTY, Meaning.RECORD):
            if self.codes:
                return phrase("{count} of {total} are your codes", count=self.codes, total=total)
            if self.names:
                return phrase("{count} of {total} are names of your customers", count=self.names, total=total)
            if not self.header and self.heads_groups:
                return phrase("values stand on lines of their own above groups of rows")
        if column.kind in (ColumnFormat.LOCATION, ColumnFormat.LOCATIONS) and self.places:
            return phrase("{count} of {total} are your locations", count=self.places, total=total)
        if column.kind is ColumnFormat.DATE and self.days >= MOST:
            return phrase("values are days")
        if column.kind is ColumnFormat.AMOUNT and self.amounts >= MOST:
            return phrase("values are amounts")
        return None

    def _share(self, found: Sequence[bool]) -> float:
        return sum(found) / len(found) if found else 0.0


def like_a_name(text: str) -> bool:
    """Words of letters: `Verde Vivo SA`; a code is one word, or has digits in it."""
    letters = [word for word in text.split() if word.isalpha() or word == "&"]
    return len(text) > _LONGEST_CODE or (len(letters) > 1 and not any(c.isdigit() for c in text))
