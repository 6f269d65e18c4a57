"""What the reader noticed, in words: notes are data (`Note`), these are their sentences."""

from collections.abc import Sequence

from komet_import.sheets.files.book import TextOptions
from komet_import.sheets.worksheet import Note, Worksheet

OTHER_SHEETS = "other-sheets-fit"
OTHER_COLUMNS = "other-columns"
TEXT_ENCODING, TEXT_DELIMITER = "text-encoding", "text-delimiter"

SENTENCES: dict[str, str] = {
    "hidden-rows": "{count} hidden rows were read as well",
    "hidden-columns": "{count} hidden columns were read as well",
    "hidden-sheets": "{count} hidden sheets were not read",
    "merged-cells": "{count} merged cells: only the first of each holds a value",
    "duplicate-rows": "{count} row numbers stand twice in the file; their cells were put together",
    "rows-out-of-order": "the file's rows were out of order and were sorted",
    OTHER_SHEETS: "{count} other sheets fit as well",
    OTHER_COLUMNS: "{count} columns of further sheets stand elsewhere than in the first one; they were read "
    "by their own headings: {where}",
    "table-beside": "{count} rows of a second table beside were not read",
    "error-cells": "{count} cells show an error such as #N/A",
    "formulas": "{count} formulas: the results that Excel stored were taken",
    "uncalculated-formulas": "{count} formulas have no stored result",
    "control-characters": "invisible control characters were taken out of {count} cells",
    "unreadable-numbers": "{count} cells hold numbers that cannot be read; they are shown as text",
    "percentages": "{count} cells are percentages in Excel",
    "currencies": "{count} cells have a currency format; their plain numbers were taken",
    "formatted-numbers": "{count} cells look different in Excel because of their number format",
    "digits-lost": "{count} numbers have more than 15 digits, which Excel does not keep",
    "impossible-dates": "{count} cells have a date format but hold no possible date",
    "formulas-unknown": "which cells of a {where} file are formulas is not known; their results were taken",
    TEXT_ENCODING: "a text file, read in the encoding {where}",
    TEXT_DELIMITER: "its values are parted by: {where}",
    "dates-from-1904": "dates are counted from 1904, as on old Macintosh computers",
}


def sentences(notes: Sequence[Note]) -> list[str]:
    """The notes in words, with where they apply (at most 10 places) or, as a part of them, what they name."""
    told = []
    for note in notes:
        template = SENTENCES.get(note.code, note.code.replace("-", " ") + ": {count}")
        where = f"{', '.join(note.where)}{' …' if note.count > len(note.where) else ''}"
        words = template.format(count=f"{note.count:,}", where=where)
        places = f" ({where})" if note.where and "{where}" not in template else ""
        told.append(f"{words[0].upper()}{words[1:]}{places}.")
    return told


def text_options(worksheet: Worksheet) -> TextOptions | None:
    """How a text file was read: its encoding and the name of its delimiter; None for a workbook."""
    said = {note.code: note.where[0] for note in worksheet.notes if note.where}
    if TEXT_ENCODING not in said:
        return None
    return TextOptions(encoding=said[TEXT_ENCODING], delimiter=said[TEXT_DELIMITER])


def other_sheets(worksheet: Worksheet) -> tuple[str, ...]:
    """The names of further sheets of the workbook that could be imported as well."""
    return next((note.where for note in worksheet.notes if note.code == OTHER_SHEETS), ())
