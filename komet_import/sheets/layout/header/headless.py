"""Tables without headings that say anything: columns that only their values tell, all of it a question."""

from collections.abc import Sequence

from komet_import.sheets.files.job import Row
from komet_import.sheets.layout.columns.claims import is_summary
from komet_import.sheets.layout.columns.match import match, required
from komet_import.sheets.layout.header.header_search import (
    BELOW,
    NEAR_THE_TOP,
    TRIED,
    Found,
    Line,
    beside_values,
    is_value,
    table_of,
)
from komet_import.sheets.layout.values.contents import like_a_name
from komet_import.sheets.layout.values.known import Known, name_key
from komet_import.types import ImportType
from komet_import.types.codes import code_key
from komet_import.types.schema import Meaning


def without_header(rows: Sequence[Line], wanted: ImportType, known: Known) -> Found | None:
    """Columns that only their values tell, below the row before the first one of data, which says nothing
    that is known: where somebody is named who is known, beside a day or an amount, or in a list of parties
    beside another text. All of it is a question.
    """
    for place, row in enumerate(rows[:NEAR_THE_TOP]):
        if not _says_data(row, wanted, known):
            continue
        while place and _goes_on(rows[place - 1], rows[place]):
            place -= 1
        row = rows[place]
        above = rows[place - 1] if place and rows[place - 1].number == row.number - 1 else None
        header = above or Line(number=row.number - 1, cells={})
        under = full_rows([one.cells for one in rows[place : place + BELOW]])
        filled = {letter for cells in under for letter in cells}
        headed = header.is_header_like and len(header.cells) > 1
        if any(map(is_summary, header.cells.values())):
            return None
        headers = beside_values(header.cells if headed else {}, filled)
        found = match(table_of(headers, under, known), wanted)
        parties = {c.name for c in wanted.columns if c.meaning in (Meaning.PARTY, Meaning.RECORD)}
        enough = parties & found.found and len(found.found.intersection(required(wanted))) > 1
        return Found(first=header, last=header, headers=headers, match=found) if enough else None
    return None


def _goes_on(above: Line, below: Line) -> bool:
    """Whether a row right above one of data is one as well, though it names nobody who is known."""
    adjoining = above.number == below.number - 1 and not above.is_header_like
    return adjoining and 2 * len(above.cells) >= len(below.cells)


def full_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows that have at least half as many cells as the fullest: sums and footers are no values."""
    most = max(map(len, rows), default=0)
    return [row for row in rows if 2 * len(row) > most]


def _says_data(row: Line, wanted: ImportType, known: Known) -> bool:
    """Whether a row names a party that is known beside a day or an amount; in a list of parties a known one
    beside any text, or what looks like a code beside what looks like a name.
    """
    texts = list(row.cells.values())
    named = [text for text in texts if code_key(text) in known.codes or name_key(text) in known.names]
    if wanted.column_for(Meaning.RECORD) is None:
        return bool(named) and any(is_value(text) for text in texts if text not in named)
    like_codes = [text for text in texts if " " not in text and any(map(str.isdigit, text))]
    return len(texts) > 1 and bool(named or (like_codes and any(map(like_a_name, texts))))


def header_by_values(rows: Sequence[Line], wanted: ImportType, known: Known) -> Found | None:
    """A row of headings that say nothing, above columns whose values say everything that is needed."""
    if not known.codes and not known.names:
        return None
    likely = [place for place, row in enumerate(rows[:NEAR_THE_TOP]) if row.is_header_like]
    for place in likely[:TRIED]:
        row = rows[place]
        if len(row.cells) < len(required(wanted)):
            continue
        if any(map(is_summary, row.cells.values())):
            continue
        under = [one.cells for one in rows[place + 1 : place + 1 + BELOW]]
        headers = beside_values(row.cells, {letter for cells in under for letter in cells})
        table = table_of(headers, under, known)
        found = match(table, wanted)
        if not found.missing:
            return Found(first=row, last=row, headers=headers, match=found)
    return None
