"""Lines that say in whose books the rows below them stand: `Company: 2000`, `Mandant | 200`, `All companies`,
or nothing but the full name of a company: `Komet Bogotá S.A.S.`.

Of rows of several companies only a person knows which are this ledger's. Such a line may as well name a
customer's company: then its rows are all of one customer.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from komet_import.accents import without_accents
from komet_import.sheets.files.job import TOP_ROWS
from komet_import.sheets.layout.rows.companies import (
    COMPANY_CODE,
    company_headings,
    is_ours,
    may_be_customers,
)
from komet_import.sheets.layout.rows.lines import Lines
from komet_import.types.company_headings import ALL_OF_THEM, COMPANY_HEADINGS, CONSOLIDATED, LEGAL_FORMS
from komet_import.types.headings import plain, telling, words

_PARTS = re.compile(r"\s*(?:[,;/&|+–]|\b(?:and|y|e|et|und|en|to|a|bis|tot)\b|(?<=\w)\s*-\s*(?=\w))\s*")
"""What stands between the companies of a line."""
_LONGEST = max(len(heading.split()) for several in COMPANY_HEADINGS.values() for heading in several)
_ALL = frozenset(word for said in ALL_OF_THEM for word in words(said))
_BOOKS = re.compile(rf"^\W*(?:{'|'.join(CONSOLIDATED)})\W*$|\((?:{'|'.join(CONSOLIDATED)})\)", re.IGNORECASE)
_FORMS = frozenset(map(plain, LEGAL_FORMS))
_LONGEST_FORM = max(map(len, _FORMS))
_MOST_CELLS = 2
_MOST_LETTERS = 80


@dataclass(frozen=True, kw_only=True)
class CompanyLines:
    """The text of the line above the headers that names another company than ours, blank where none does, and
    of those below, by position, whether they do."""

    above: str = ""
    below: Mapping[int, bool] = field(default_factory=dict)


def companies_in_lines(lines: Lines, places: Iterable[int]) -> CompanyLines:
    """Which of these lines, and of those above the headers, name a company each, where they name several."""
    below = {}
    for place in places:
        cells = list(lines.cells(place).values())
        if said := company_named(cells):
            below[place] = (said, " ".join(cells))
    if not below:
        return CompanyLines()
    text = lines.worksheet.text
    head = text.loc[text.index < lines.header.row].tail(TOP_ROWS).to_numpy(dtype=object)
    above = ""
    named = {said for said, _ in below.values()}
    for line in head:
        cells = [str(cell).strip() for cell in line if str(cell).strip()]
        if said := company_named(cells):
            named.add(said)
            above = "" if is_ours(_named_in(cells)) else " ".join(cells)
    if len(named) < 2 or not _of_several_customers(lines, below):
        return CompanyLines()
    others = {place: not is_ours(_named_in([text])) for place, (_, text) in below.items()}
    return CompanyLines(above=above, below=others)


def _of_several_customers(lines: Lines, below: dict[int, tuple[str, str]]) -> bool:
    """Whether these lines cannot name customers: their headings do not, or the rows below one of them are of
    several customers."""
    headings = {_label([text])[0] for _, text in below.values()} - {""}
    if any(not may_be_customers(heading, lines.type) for heading in headings):
        return True
    if lines.whose is None:
        return False
    starts = sorted(below)
    for start, end in pairwise([*starts, len(lines)]):
        said = {
            lines.text(place, lines.whose).strip() for place in range(start + 1, min(end, start + _LOOKED_AT))
        }
        if len(said - {""}) > 1:
            return True
    return False


_LOOKED_AT = 50


def several_named(cells: Sequence[str]) -> bool:
    """Whether a line names several companies: `Company Code: 1000, 2000`, `Mandant | 100 | 200`, all of them,
    or what is consolidated."""
    text = " ".join(cells)
    if not text or len(text) > _MOST_LETTERS:
        return False
    first, *rest = words(text) or ("",)
    if first in _ALL and telling(" ".join(rest)) in company_headings():
        return True
    if _BOOKS.search(without_accents(text)):
        return True
    heading, said = _label(cells)
    if not heading:
        return False
    spoken = words(said)
    if spoken and _ALL.issuperset(spoken):
        return True
    parts = [part for part in _PARTS.split(said) if part]
    return len(set(map(plain, parts))) > 1 and all(COMPANY_CODE(part) for part in parts)


def company_named(cells: Sequence[str]) -> str:
    """The one company that a line names, as it is compared; blank for none and for several."""
    text = " ".join(cells)
    if not 0 < len(cells) <= _MOST_CELLS or len(text) > _MOST_LETTERS:
        return ""
    heading, said = _label(cells)
    if not heading and len(cells) == 1 and is_full_name(text):
        return plain(text)
    labelled = len(cells) > 1 or ":" in text or COMPANY_CODE(said)
    return plain(said) if heading and said and labelled and not several_named(cells) else ""


def _named_in(cells: Sequence[str]) -> str:
    """The company of a line that names one, as it is written."""
    heading, said = _label(cells)
    return said if heading else " ".join(cells)


def is_full_name(text: str) -> bool:
    """Whether a text is the name of a company with its legal form behind it: `Komet Miami Inc.`."""
    spoken, form = words(text), ""
    for word in reversed(spoken[1:]):
        form = word + form
        if form in _FORMS:
            return True
        if len(form) >= _LONGEST_FORM:
            break
    return False


def _label(cells: Sequence[str]) -> tuple[str, str]:
    """The heading of a company with which a line begins, blank for none, and what goes on after it."""
    parted = cells[0].replace(":", " : ").split()
    for count in range(min(len(parted), _LONGEST), 0, -1):
        heading = " ".join(parted[:count])
        if telling(heading) in company_headings():
            return heading, ", ".join([" ".join(parted[count:]).strip(" :.#-"), *cells[1:]]).strip(" ,")
    return "", ""
