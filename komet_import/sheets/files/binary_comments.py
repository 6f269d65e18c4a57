"""The comments of a worksheet's cells in a binary workbook: who wrote them, then each with its cell."""

from collections.abc import Iterator

from komet_import.sheets.files.binary_records import Record, number_at, wide_at
from komet_import.sheets.files.xlsx.comments import THREAD
from komet_import.sheets.files.xlsx.references import column_letters

_AUTHOR, _COMMENT, _TEXT = 632, 635, 637


def read_comments(records: Iterator[Record]) -> Iterator[tuple[str, str, str]]:
    """The cell, author and text of each comment of a part; threads stand in parts of their own."""
    authors: list[str] = []
    reference, author = "", ""
    for kind, data in records:
        if kind == _AUTHOR:
            authors.append(wide_at(data, 0)[0].strip())
        elif kind == _COMMENT:
            number, row, column = number_at(data, 0), number_at(data, 4), number_at(data, 12)
            author = authors[number] if number < len(authors) else ""
            reference = f"{column_letters(column + 1)}{row + 1}"
        elif kind == _TEXT and not author.startswith(THREAD):
            yield reference, author, wide_at(data, 1)[0]
