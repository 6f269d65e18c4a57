"""Whose the rows are where no column says so: what stands above the headings, or the name of the sheet.

Such a sheet is a statement of one customer, or a workbook with a sheet for each. What is said here is offered
for the blank cells (`review/rules/texts_above`), never written: a person takes it.
"""

from collections.abc import Iterator

from komet_import.sheets.layout.rows.fills import is_label
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.worksheet import Worksheet
from komet_import.types import ImportType, Meaning

_FEW = 4
"""A line of more cells is one of a table."""


def party_above(worksheet: Worksheet, header: Header, type: ImportType) -> dict[int, tuple[str, ...]]:
    """The texts that may say whose the rows are, by the place of their sheet among several (0 for one alone);
    none where a column says it, or perhaps does."""
    own = type.name_for(Meaning.PARTY)
    if (
        type.side is None
        or own is None
        or own in (*header.columns.values(), *header.doubtful.values(), *header.rivals)
    ):
        return {}
    if worksheet.parts:
        return {place: (name,) for place, name in enumerate(worksheet.parts)}
    return {0: (worksheet.name, *_texts(worksheet, header, type, own))}


def _texts(worksheet: Worksheet, header: Header, type: ImportType, own: str) -> Iterator[str]:
    above = worksheet.text.loc[worksheet.text.index < header.row]
    for row in above.to_numpy(dtype=object):
        cells = [text for said in row if (text := str(said).strip())]
        if len(cells) > _FEW:
            continue
        for place, text in enumerate(cells):
            label, mark, said = text.partition(":")
            if mark and said.strip() and is_label(type, own, label):
                yield said.strip()
            elif (place and is_label(type, own, cells[place - 1])) or not text.isdecimal():
                yield text
