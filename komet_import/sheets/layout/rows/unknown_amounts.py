"""Amounts under a heading that nobody knows, beside the column of money: what is left of it, or before tax.

Such a column may be the one that is meant: a person says which. It is told by its relation to the money, row
by row, and not where something else explains it: the days of an ageing, a price times a quantity.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from komet_import.language import Phrase, phrase
from komet_import.sheets.layout.columns.claims import vocabulary
from komet_import.sheets.layout.columns.table import Match
from komet_import.sheets.layout.rows.lines import UNITS, Bools, amounts, arrow, blank
from komet_import.sheets.layout.values.contents import MOST, is_amount, is_day
from komet_import.types import ImportType, Meaning
from komet_import.types.number_headings import is_age, is_count

_TRIED = 12
"""So many columns of a sheet are looked at: a person chooses among few."""

_LOOKED_AT = 30
"""So many values say whether a column holds amounts."""

_WITH_TAX = 1.35
"""An amount with tax is at most so many times the one without."""

_LONG = 3
"""Whole numbers of more digits than this, as many in each row and none twice, number something."""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Amounts:
    """A column of amounts in millionths, where there is one, and whether any is written with decimals."""

    letter: str
    money: npt.NDArray[np.int64]
    there: Bools
    has_cents: bool


def weighed(
    best: Match,
    under: pd.DataFrame,
    held: npt.NDArray[np.uint8],
    free: Mapping[str, str],
    type: ImportType,
) -> Match:
    """The match, in which columns of amounts whose headings nobody knows contest the column of money.

    `under` and `held` are the rows below the header, `free` the headings of the columns that are nothing yet,
    by letter.
    """
    money = type.column_for(Meaning.MONEY)
    taken = {**best.columns, **best.doubtful}
    chosen = [letter for letter, name in taken.items() if money is not None and name == money.name]
    if money is None or len(chosen) != 1 or chosen[0] in best.foreign:
        return best
    columns = [_read(letter, under, held) for letter in _unexplained(free, under, type)]
    if not columns:
        return best
    own = _read(chosen[0], under, held)
    found = {
        other.letter: why
        for other in columns
        if (why := _contests(own, other, headed=bool(free[other.letter])))
        and not _is_price(own, other, columns)
    }
    if not found:
        return best
    return replace(
        best,
        columns={letter: name for letter, name in best.columns.items() if letter != own.letter},
        doubtful={letter: name for letter, name in best.doubtful.items() if letter != own.letter},
        rivals={
            **best.rivals,
            money.name: tuple(str(one) for one in under.columns if one == own.letter or one in found),
        },
        evidence={**best.evidence, **found},
    )


def _unexplained(free: Mapping[str, str], under: pd.DataFrame, type: ImportType) -> list[str]:
    """The columns of amounts whose headings do not say what they are."""
    known = vocabulary(type)
    found = []
    for letter, text in free.items():
        said = is_count(text) or is_age(text) or known.is_elsewhere(text)
        share = "%" in text and not any(c.isdigit() for c in text)  # “IVA 19%” are amounts
        if not said and not share and _holds_amounts(under[letter]):
            found.append(letter)
    return found[:_TRIED]


def _first_values(column: "pd.Series[str]") -> list[str]:
    places = np.flatnonzero(~blank(arrow(column)))[:_LOOKED_AT]
    return [text for text in column.iloc[places].str.strip() if text.strip("-–— ")]


def _holds_amounts(column: "pd.Series[str]") -> bool:
    said = _first_values(column)
    numbers = sum(is_amount(text) for text in said)
    return numbers > 0 and numbers >= MOST * len(said) > sum(map(is_day, said))


def _read(letter: str, under: pd.DataFrame, held: npt.NDArray[np.uint8]) -> _Amounts:
    money, there = amounts(arrow(under[letter]), held[:, under.columns.get_loc(letter)])
    written = any(text[-3:-2] in (".", ",") for text in _first_values(under[letter]))
    cents = written or bool((money[there] % UNITS).any())
    return _Amounts(letter=letter, money=np.abs(money), there=there, has_cents=cents)


def _contests(own: _Amounts, other: _Amounts, *, headed: bool) -> Phrase | None:
    """Why a column may be what is meant by the money; None where it may not.

    It is never more than the money and somewhere less, or a little more everywhere. A column without a
    heading must say so in most rows: it may belong to something below.
    """
    counted = own.there & (own.money > 0)
    both = counted & other.there
    rows, total = int(both.sum()), int(counted.sum())
    if not rows or (not headed and 2 * rows < total) or not _is_money(own, other, both):
        return None
    ours, theirs = own.money[both], other.money[both]
    less, same = theirs < ours, theirs == ours
    left_out = total - rows
    if int((less | same).sum()) >= MOST * rows and (less.any() or (left_out and int(same.sum()) > 1)):
        count = int(less.sum()) + left_out
        return phrase("less than the other in {count:,} of {total:,} rows", count=count, total=total)
    if (theirs > ours).any() and int((~less & (theirs <= ours * _WITH_TAX)).sum()) >= MOST * rows:
        return phrase(
            "a little more than the other in {count:,} of {total:,} rows",
            count=int((theirs > ours).sum()),
            total=total,
        )
    return None


def _is_money(own: _Amounts, other: _Amounts, both: Bools) -> bool:
    """Whether a column's numbers can be money like these: rates and shares are below one, counts are whole
    and small or number the rows, and what is the same in each row is not what is left of each."""
    ours, theirs = own.money[both], other.money[both]
    if theirs.max() <= UNITS < ours.max():
        return bool((theirs == ours).any()) and bool((theirs == 0).any())
    if len(theirs) > 2 and theirs.min() == theirs.max() and ours.min() < ours.max():
        return False
    if other.has_cents:
        return True
    same = int(((theirs == ours) & (theirs > 0)).sum())
    if 3 * same >= len(theirs):
        return True
    digits = {len(str(number)) for number in (theirs // UNITS).tolist()}
    number_rows = len(digits) == 1 and max(digits) > _LONG and len(np.unique(theirs)) == len(theirs) > 1
    return not own.has_cents and not number_rows and 4 * int(theirs.sum()) >= int(ours.sum())


def _is_price(own: _Amounts, other: _Amounts, columns: Sequence[_Amounts]) -> bool:
    """Whether a column times another one of whole numbers is the money: a price, or how many of it."""
    for factor in columns:
        both = own.there & other.there & factor.there & (own.money > 0)
        if factor is other or not both.any() or (factor.has_cents and other.has_cents):
            continue
        product = other.money[both].astype(np.float64) * factor.money[both] / UNITS
        hits = np.abs(product - own.money[both]) <= UNITS / 100
        several = (factor.money[both] != UNITS) & (other.money[both] != UNITS)
        if several.any() and int(hits.sum()) >= MOST * len(hits):
            return True
    return False
