"""Where the header of a sheet is: which row, or which two, and below which of their columns the values stand.

A row is the header for what it says *and* for what stands below it: a line of parameters above a table names
columns, too (`Customer | All`), but there are no days below its dates. A header may stand over two lines, or
beside its values where its cell is merged over two columns.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import pandas as pd

from komet_import.settings import settings
from komet_import.sheets.files.job import TOP_ROWS, Row
from komet_import.sheets.files.xlsx.references import column_number
from komet_import.sheets.layout.columns.claims import LONGEST, Level, vocabulary
from komet_import.sheets.layout.columns.match import match, required
from komet_import.sheets.layout.columns.table import Match, Table
from komet_import.sheets.layout.values.contents import Contents, is_amount, is_day
from komet_import.sheets.layout.values.known import Known
from komet_import.types import ImportType
from komet_import.types.headings import telling
from komet_import.types.schema import Meaning

TRIED = 6
"""So many rows that say most are looked at with what stands below them."""

_CLAIMS = 10_000
"""So many cells are asked what they claim: a sheet of 200 columns need not be read 200 rows down."""

BELOW = 60
"""So many rows say what stands below a row that may be the header."""

_CELLS = 30
"""So many cells of a row say whether it is one of headings or of values."""

NEAR_THE_TOP = 20
"""Among so many rows a header is sought that only resembles one, or stands over two lines."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of the top of a sheet: its Excel number, and its filled cells by letter."""

    number: int
    cells: Row

    @property
    def is_header_like(self) -> bool:
        """Whether it holds texts only: no day, no amount."""
        return not any(is_value(text) for text in islice(self.cells.values(), _CELLS))


@dataclass(frozen=True, kw_only=True)
class Found:
    """A row, or two, as the header: the texts above each column, and what they mean."""

    first: Line
    last: Line
    headers: Mapping[str, str]
    match: Match


def is_value(text: str) -> bool:
    """Whether a text is an amount or a day."""
    return any(c.isdigit() for c in text) and (is_amount(text) or is_day(text))


def numbered(rows: Sequence[Row]) -> list[Line]:
    """Rows as lines with the numbers 1, 2, 3 …"""
    return [Line(number=number, cells=row) for number, row in enumerate(rows, start=1)]


def lines_of(text: pd.DataFrame) -> list[Line]:
    """The first rows of a worksheet, or of what stands below its header."""
    head = text.iloc[:TOP_ROWS]
    letters = [str(letter) for letter in head.columns]
    return [
        Line(
            number=int(number),
            cells={letter: text for letter, text in zip(letters, values, strict=True) if text.strip()},
        )
        for number, values in zip(head.index, head.to_numpy(dtype=object), strict=True)
    ]


def best_header(rows: Sequence[Line], wanted: ImportType) -> Found | None:
    """The row, or the two, that say most of the type's columns; the first of equals."""
    quick = _quickly(rows, wanted)
    likely = sorted((p for p, score in enumerate(quick) if score), key=lambda p: -quick[p])[:TRIED]
    tried = [_tried(rows, place, place, rows[place].cells, wanted) for place in _once_each(rows, likely)]
    best = max(tried, key=lambda one: one.match.score, default=None)
    if best is None or best.match.missing:
        near = {*range(min(len(rows), NEAR_THE_TOP))}.difference(likely)
        tried = [
            *([best] if best else []),
            *(_tried(rows, p, p, rows[p].cells, wanted) for p in sorted(near)),
        ]
        best = max(tried, key=lambda one: one.match.score, default=None)
    for pair in _pairs(rows, wanted):
        continued = best is not None and best.last is pair.first and _continues(pair, rows)
        if (
            continued
            or best is None
            or pair.match.score > best.match.score + 2
            or _lacks_less(pair.match, best.match)
        ):
            best = pair
    return best if best and something_fits(best.match, wanted) else None


def _once_each(rows: Sequence[Line], likely: Iterable[int]) -> list[int]:
    """These rows in order, without those that repeat one above with data in between: the headings of the next
    page are no better. An empty form gives way to the filled one."""
    first: dict[tuple[tuple[str, str], ...], int] = {}
    kept: list[int] = []
    for place in sorted(likely):
        above = first.setdefault(key := tuple(sorted(rows[place].cells.items())), place)
        between = rows[above + 1 : place]
        if above in kept and all(row.is_header_like and len(row.cells) < 2 for row in between):
            kept[kept.index(above)] = first[key] = place
        elif all(row.is_header_like for row in between):
            kept.append(place)
    return kept


def _lacks_less(one: Match, other: Match) -> bool:
    """Whether a header says no less than another one, and more of what is needed."""
    return one.score >= other.score and len(one.missing) < len(other.missing)


def _continues(pair: Found, rows: Sequence[Line]) -> bool:
    """Whether the lower row parts what the upper one says of several columns: `Original | Open` below an
    `Amount` that reaches over both. Values stand below each of them, and nothing else is in that row.
    """
    upper, lower = pair.first.cells, pair.last.cells
    letters = sorted({*upper, *lower}, key=column_number)
    parted: set[str] = set()
    group: list[str] = []
    for letter in letters:
        group = [letter] if letter in upper else [*group, letter]
        if len(group) > 1 and group[0] in upper and all(one in lower for one in group):
            parted.update(group)
    below = [row.cells for row in rows if row.number > pair.last.number][:BELOW]
    return lower.keys() <= parted and all(
        any(is_value(row.get(letter, "")) for row in below) and not any(map(str.isdigit, text))
        for letter, text in lower.items()
    )


def header_at(rows: Sequence[Line], number: int, wanted: ImportType) -> Found | None:
    """The row of this number as the header, with the one beside it where both are one; None where it says
    nothing."""
    for pair in _pairs(rows, wanted):
        if number in (pair.first.number, pair.last.number) and _continues(pair, rows):
            return pair
    place = next((place for place, row in enumerate(rows) if row.number == number and row.cells), None)
    return None if place is None else _tried(rows, place, place, rows[place].cells, wanted)


def something_fits(match: Match, wanted: ImportType) -> bool:
    """Whether a header says something of the type: a required column for sure, or two columns at least."""
    needed = required(wanted)
    sure = sum(name in needed for name in match.columns.values())
    return bool(sure or (len(match.found) > 1 and match.found.intersection(needed)))


def _quickly(rows: Sequence[Line], wanted: ImportType) -> list[int]:
    """What each row claims, as far down as so many cells can be looked at."""
    scores, left = [], _CLAIMS
    for row in rows:
        scores.append(_quick(row.cells.values(), wanted) if left > 0 else 0)
        left -= len(row.cells)
    return scores


def _quick(texts: Iterable[str], wanted: ImportType) -> int:
    """How many columns the texts of a row claim, by how surely."""
    said: dict[str, int] = {}
    currency, words = settings().currency, vocabulary(wanted)
    for text in texts:
        if len(text) <= LONGEST and not any(c.isdigit() for c in text):
            for claim in words.said(text, currency)[:1]:
                said[claim.name] = max(said.get(claim.name, 0), 2 * claim.level)
    return sum(said.values())


def _tried(
    rows: Sequence[Line], first: int, last: int, texts: Mapping[str, str], wanted: ImportType
) -> Found:
    """What these rows mean as the header of those below them."""
    under = [row.cells for row in rows[last + 1 : last + 1 + BELOW]]
    filled = {letter for row in under for letter in row}
    headers = beside_values(texts, filled)
    own = first_table(headers, filled, wanted)
    found = match(table_of(own, under, Known()), wanted, values=False)
    values = sum(is_value(text) for text in islice(texts.values(), _CELLS))
    scored = replace(found, score=found.score - min(values, 4))
    return Found(first=rows[first], last=rows[last], headers=headers, match=scored)


def table_of(headers: Mapping[str, str], rows: Sequence[Row], known: Known) -> Table:
    """The first rows below a row, as if that were the header."""
    return Table(
        headers=headers,
        contents={
            letter: Contents(letter=letter, header=text, rows=rows, known=known)
            for letter, text in headers.items()
        },
        rows=rows,
        all_of=lambda letter: tuple(row.get(letter, "") for row in rows),
        currency=settings().currency,
    )


def beside_values(texts: Mapping[str, str], filled: Iterable[str]) -> dict[str, str]:
    """The header texts by the letters of their values: a cell merged over two columns may have its values in
    the second, which has no header of its own.
    """
    filled = set(filled)
    order = sorted({*texts, *filled}, key=column_number)
    headers = {letter: texts.get(letter, "").strip() for letter in order}
    for place, letter in enumerate(order):
        if not headers[letter] or letter in filled:
            continue
        beside: list[str] = []
        for other in order[place + 1 :]:
            if headers[other]:
                break
            beside.append(other)
        if len(beside) == 1:
            headers[beside[0]], headers[letter] = headers[letter], ""
    return headers


def first_table(headers: Mapping[str, str], filled: set[str], wanted: ImportType) -> dict[str, str]:
    """The headings up to where the same ones begin again: the columns of a table beside it are not this
    one's. It begins with what names a party once more, after a gap or with all that is required.
    """
    words, currency = vocabulary(wanted), settings().currency
    needed = set(required(wanted))
    parties = {c.name for c in wanted.columns if c.meaning in (Meaning.PARTY, Meaning.RECORD)}
    places: dict[str, list[str]] = {}
    names: dict[str, set[str]] = {}
    for letter, text in headers.items():
        said = telling(text)
        places.setdefault(" ".join(said), []).append(letter)
        for claim in words.said(text, currency):
            if claim.level > Level.VAGUE:
                names.setdefault(claim.name, set()).add(" ".join(said))
    again = {
        name: min((places[s][1] for s in said if len(places[s]) > 1), key=column_number, default="")
        for name, said in names.items()
    }
    starts = [again[name] for name in parties if again.get(name)]
    if not starts:
        return dict(headers)
    start = column_number(starts[0])
    gap = not any(
        column_number(letter) == start - 1 and (headers[letter] or letter in filled) for letter in headers
    )
    left = {letter: text for letter, text in headers.items() if column_number(letter) < start}
    complete = needed <= {
        c.name for text in left.values() for c in words.said(text, currency) if c.level > Level.VAGUE
    }
    whole = all(again.get(name) for name in needed)
    return left if complete and (gap or whole) else dict(headers)


def _pairs(rows: Sequence[Line], wanted: ImportType) -> list[Found]:
    """Two neighbouring rows of texts, read as one header: `Customer` above `Code`."""
    found = []
    for place in range(min(len(rows) - 1, NEAR_THE_TOP)):
        upper, lower = rows[place], rows[place + 1]
        if lower.number != upper.number + 1 or len(upper.cells) < 2 or len(lower.cells) < 2:
            continue
        if upper.is_header_like and lower.is_header_like:
            texts = _two_lines(upper.cells, lower.cells, wanted)
            if _quick(texts.values(), wanted):
                found.append(_tried(rows, place, place + 1, texts, wanted))
    return found


def _two_lines(upper: Row, lower: Row, wanted: ImportType) -> dict[str, str]:
    """The texts of two rows as one: what stands above reaches to the right until the next text. Where both
    together say nothing and the lower alone does, that is the header.
    """
    words, currency = vocabulary(wanted), settings().currency
    texts: dict[str, str] = {}
    above = ""
    for letter in sorted({*upper, *lower}, key=column_number):
        above = upper.get(letter, above)
        under = lower.get(letter, "")
        both = f"{above} {under}".strip() if under else upper.get(letter, "")
        alone = (
            not words.said(both, currency) and not words.is_elsewhere(both) and words.said(under, currency)
        )
        texts[letter] = under if alone else both
    return texts
