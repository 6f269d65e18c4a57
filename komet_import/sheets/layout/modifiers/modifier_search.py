"""Which columns change what a row means, found by their headings and values.

A heading proves little (`Type` may be a kind of shop), so the values must say it as well.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import pandas as pd

from komet_import import currencies
from komet_import.sheets.layout.modifiers import EXPIRED, SHOWN, TO_COME, TOLD, Modifier, Modifies
from komet_import.sheets.layout.modifiers.boxes import Usual, boxes, ticked_off
from komet_import.sheets.layout.modifiers.modifier_headings import (
    heading_words,
    heads,
    is_share,
    says_amounts,
    says_paid,
    says_part,
)
from komet_import.sheets.layout.modifiers.modifier_values import (
    currencies_of,
    is_zero,
    kind_of,
    marks_of,
    says_nothing,
    state_of,
    told,
)
from komet_import.sheets.layout.modifiers.titles import asks_otherwise
from komet_import.sheets.layout.modifiers.value_counts import blank_rows, counted_if_few, with_blank
from komet_import.sheets.layout.values.contents import MOST, amount, is_amount, is_day
from komet_import.types import ImportType
from komet_import.types.headings import plain, telling_words
from komet_import.types.languages import Paper
from komet_import.types.mark_headings import CURRENCY_MONEY, CURRENCY_STEMS
from komet_import.types.marks import NOTHING, PLUS_MINUS
from komet_import.types.schema import Side
from komet_import.types.synonyms import ELSEWHERE


def recognise(
    text: pd.DataFrame,
    headers: Mapping[str, str],
    type: ImportType,
    *,
    currency: str,
    other_side: Sequence[str] = (),
    partly: bool = False,
    matched: Sequence[str] = (),
) -> tuple[Modifier, ...]:
    """The modifiers among columns that are nothing else, given by letter and header; `text` are the rows.

    `matched` are the columns that are fields of the type, `other_side` columns of amounts on the side of the
    balance on which the type does not stand. `partly` says that the amount may be more than what is left of
    it, so that parts of it matter.
    """
    if type.side is None:
        return ()
    found = []
    for letter, header in headers.items():
        other = letter in other_side
        if not (counts := counted_if_few(text[letter], whatever=other or says_amounts(header))):
            continue
        if (said := _said(header, list(counts), type, currency, other=other, partly=partly)) is None:
            continue
        modifies, usual = said
        if modifies in TOLD:
            counts = {**counts, "": blank_rows(text, letter, matched)}
            found.append(as_told(letter, header, modifies, counts, usual))
            continue
        values = {value.casefold() for value in counts}
        blank = blank_rows(text, letter, matched)
        if not blank and ticked_off(header, counts):
            continue  # every row has a tick
        if blank:
            counts = {**dict(list(counts.items())[: SHOWN - 1]), "": blank}
        known = frozenset(value for value in values if usual(value))
        found.append(
            Modifier(
                letter=letter,
                header=header,
                modifies=modifies,
                values=tuple(list(counts.items())[:SHOWN]),
                usual=known
                if blank and (known or ticked_off(header, values)) and not usual("")
                else known | {""},
            )
        )
    return tuple(found)


def as_told(
    letter: str, header: str, modifies: Modifies, counts: Mapping[str, int], usual: Usual
) -> Modifier:
    """A column whose texts say something each (`TOLD`), and of how many rows: blank ones too."""
    says = told(modifies, counts)
    said: Counter[str] = Counter()
    for text, count in counts.items():
        said[says[text]] += count
    blank = said.pop("", 0)
    values = said.most_common(SHOWN - 1)
    return Modifier(
        letter=letter,
        header=header,
        modifies=modifies,
        values=with_blank(values, blank),
        usual=frozenset({"", *(value.casefold() for value in said if usual(value))}),
    )


def _said(
    header: str,
    values: Sequence[str],
    type: ImportType,
    currency: str,
    *,
    other: bool,
    partly: bool,
) -> tuple[Modifies, Usual] | None:
    """What a column modifies, and which values are usual; None for a column that is no modifier."""
    if other:
        return Modifies.OTHER_SIDE, is_zero
    heading = heading_words(header)
    if _currencies(heading, values, currency):
        return Modifies.CURRENCY, lambda value: currency in currencies_of(value)
    if heading in heads("rate") and _amounts(values):
        return Modifies.RATE, lambda value: not value or amount(value) in (0, 1)
    spent = heading in heads("reserved") or (partly and heading in heads("applied"))
    spent = spent and _amounts(values)
    if spent and not all(amount(value) in (0, 1) for value in values if value):
        return Modifies.APPLIED, is_zero
    if says_paid(heading, values):
        return Modifies.STATUS, says_nothing
    if type.paper is Paper.CREDIT and heading in heads("expiry") and _days(values):
        return Modifies.EXPIRY, lambda value: value != EXPIRED
    if heading in heads("start") and _days(values):
        return Modifies.START, lambda value: value != TO_COME.casefold()
    if spent and heading not in heads("against"):
        return Modifies.APPLIED, is_zero
    if partly and heading in heads("tax") and _amounts(values):
        return Modifies.TAX, is_zero
    if heading in heads("approval") and not _amounts(values):
        return Modifies.STATUS, _is_given
    if (
        is_share(header)
        and (partly or says_part(header))
        and _amounts([value.strip("% ") for value in values])
    ):
        return Modifies.SHARE, _is_whole
    if len(values) > SHOWN:
        return None  # no column of so many texts marks rows
    if heading in heads("action") and any(map(asks_otherwise, values)):
        return Modifies.STATUS, lambda value: bool(value) and not asks_otherwise(value)
    if ticked_off(header, values):
        return Modifies.STATUS, lambda value: False  # who knows what was ticked off
    own = Paper.CREDIT if type.side is Side.WE_OWE else Paper.DEBIT
    if ticks := boxes(heading, values, type):
        return ticks
    if heading in heads("against") and not _amounts(values):
        return Modifies.STATUS, says_nothing  # a word in place of a tick: `HOLD` below Hold
    if _sides(heading, values):
        return Modifies.SIDE, lambda value: plain(value) in marks_of(own)
    if (
        _marked(heading, values, "kind", kind_of)
        or _is_of_papers(heading)
        or _papers_alone(heading, values, type)
        or _codes_of_kinds(heading, values)
    ):
        return Modifies.KIND, lambda value: kind_of(value) == (type.paper, True)
    states = heading in heads("status") and ("status" in heading[-1] or heading[-1] in ("stat", "sts"))
    coded = states and all(len(value) <= 2 for value in values)
    if _marked(heading, values, "status", state_of) or coded:
        return Modifies.STATUS, lambda value: state_of(value) == "open"
    return None


def _is_given(value: str) -> bool:
    """Whether somebody gave an approval: a name, a day, a tick."""
    return bool(value) and not says_nothing(value) and value not in NOTHING and not asks_otherwise(value)


def _is_whole(value: str) -> bool:
    """Whether a share is all of an amount, or nothing is said of it."""
    return not value or amount(value.strip("% ")) in (100, 1)


def _is_of_papers(heading: tuple[str, ...]) -> bool:
    """Whether a heading says that its values are kinds of papers, whatever codes a system has for them."""
    compound = len(heading) == 1 and len(heading[0]) > 6 and heading[0].endswith(_KINDS_OF)
    return heading in heads("kind") and (len(heading) > 1 or compound)


_KINDS_OF = ("art", "typ", "type", "soort")


def is_mark(header: str, values: Sequence[str], type: ImportType, currency: str) -> bool:
    """Whether a column marks rows, so that a heading that says something vaguely is no match."""
    if type.side is None or not values:
        return False
    distinct = list(dict.fromkeys(values))
    return _said(header, distinct, type, currency, other=False, partly=False) is not None


def _days(values: Sequence[str]) -> bool:
    looked_at = values[:SHOWN]
    return sum(is_day(value) for value in looked_at) >= MOST * len(looked_at)


def _amounts(values: Sequence[str]) -> bool:
    looked_at = values[:SHOWN]
    return sum(is_amount(value) for value in looked_at) >= MOST * len(looked_at)


def _marked(
    heading: tuple[str, ...], values: Sequence[str], kind: str, known: Callable[[str], object]
) -> bool:
    """Whether values say it below a heading that does: one is enough, for any other row is then another
    thing. Values alone say it, whatever is written above them, where all do and there are two at least; where
    nothing is written above them, one.
    """
    if heading in heads(kind):
        return any(known(value) for value in values)
    return (len(values) > 1 or not heading) and all(len(value) > 3 and known(value) for value in values)


def _papers_alone(heading: tuple[str, ...], values: Sequence[str], type: ImportType) -> bool:
    """Whether short values are papers whatever stands above them: all of them, of the type's own and of
    another one (`CM`, `INV`)."""
    if heading in _elsewhere():
        return False
    said = [kind_of(value) for value in values]
    papers = {one[0] for one in said if one is not None and one[1]}
    return None not in said and len(papers) > 1 and type.paper in papers


def _codes_of_kinds(heading: tuple[str, ...], values: Sequence[str]) -> bool:
    """Whether a system's own letters stand below a heading of kinds: nobody but a person knows them."""
    short = all(len(value) <= 2 and value.isalpha() for value in values)
    return heading in heads("kind") and len(values) > 1 and short


@lru_cache(maxsize=1)
def _elsewhere() -> frozenset[tuple[str, ...]]:
    return telling_words(ELSEWHERE.values())


def _currencies(heading: tuple[str, ...], values: Sequence[str], currency: str) -> bool:
    """Whether a column says currencies: below such a heading, where a system may have numbers of its own for
    them, or nothing but currencies, the ledger's too.
    """
    if len(values) > SHOWN:
        return False
    if _says_currency(heading):
        numbers = all(value.isdecimal() and len(value) <= _DIGITS for value in values)
        return (
            numbers or any(map(currencies_of, values)) or not (_amounts(values) or any(map(is_day, values)))
        )
    said = [currencies.said(value) for value in values]
    return all(said) and (not heading or (len(values) > 1 and any(currency in one for one in said)))


def _says_currency(heading: tuple[str, ...]) -> bool:
    """Whether a heading is of currencies, and not of amounts in one."""
    stemmed = any(word.startswith(CURRENCY_STEMS) for word in heading)
    return heading in heads("currency") or (stemmed and CURRENCY_MONEY.isdisjoint(heading))


_DIGITS = 3
"""Numbers of so many digits may stand for currencies; longer ones are amounts."""


def _sides(heading: tuple[str, ...], values: Sequence[str]) -> bool:
    """Whether the values are marks of debit and credit: below such a heading, or both in full."""
    found = [plain(value) or value for value in values]
    known = marks_of(Paper.CREDIT) | marks_of(Paper.DEBIT)
    if heading in heads("side"):
        return any(mark in known or mark in PLUS_MINUS for mark in found) or all(len(m) <= 2 for m in found)
    if len(found) > 1 and (all(mark in PLUS_MINUS for mark in found) or {*values} == {"1", "-1"}):
        return True
    if not all(mark in known for mark in found):
        return False
    both = all(any(mark in marks_of(side) for mark in found) for side in (Paper.CREDIT, Paper.DEBIT))
    told = heading in heads("kind") or not heading or all(len(mark) > 1 for mark in found)
    return both and (told or frozenset(found) in _PAIRS)


_PAIRS = frozenset(map(frozenset, ("cd", "sh", "dh")))
"""Single letters that together are the two sides, whatever stands above them."""
