"""What the reader noticed, in words: notes are data (`Note`), these are their sentences."""

from collections.abc import Sequence

from komet_import.language import _, marked, marked_pair, ngettext
from komet_import.language.capital import capitalized
from komet_import.refusal import quoted
from komet_import.sheets.files.book import TextOptions
from komet_import.sheets.worksheet import Note, Worksheet

OTHER_SHEETS = "other-sheets-fit"
OTHER_COLUMNS = "other-columns"
TOTALS_LACKING = "control-totals-lacking"
TEXT_ENCODING, TEXT_DELIMITER = "text-encoding", "text-delimiter"
ROWS_NOT_LISTED = "rows-not-listed"
MOST_NAMED = 10
"""So many places a note names."""

SENTENCES: dict[str, str | tuple[str, str]] = {
    "hidden-rows": marked_pair(
        "{count:,} hidden row was read as well", "{count:,} hidden rows were read as well"
    ),
    "hidden-columns": marked_pair(
        "{count:,} hidden column was read as well", "{count:,} hidden columns were read as well"
    ),
    "hidden-sheets": marked_pair(
        "{count:,} hidden sheet was not read", "{count:,} hidden sheets were not read"
    ),
    "merged-cells": marked_pair(
        "{count:,} merged cell: only the first of it holds a value",
        "{count:,} merged cells: only the first of each holds a value",
    ),
    "duplicate-rows": marked_pair(
        "{count:,} row number stands twice in the file; its cells were put together",
        "{count:,} row numbers stand twice in the file; their cells were put together",
    ),
    "rows-out-of-order": marked("the file's rows were out of order and were sorted"),
    OTHER_SHEETS: marked_pair("{count:,} other sheet also matches", "{count:,} other sheets also match"),
    ROWS_NOT_LISTED: marked_pair(
        "{count:,} further row of {where} waits too, and is not listed",
        "{count:,} further rows of {where} wait too, and are not listed",
    ),
    OTHER_COLUMNS: marked_pair(
        "{count:,} column of further sheets stands elsewhere than in the first one; it was "
        "read by its own heading: {where}",
        "{count:,} columns of further sheets stand elsewhere than in the first one; they were read "
        "by their own headings: {where}",
    ),
    TOTALS_LACKING: marked_pair(
        "{count:,} sheet lacks control totals that others give, so these were not added up: {where}",
        "{count:,} sheets lack control totals that others give, so these were not added up: {where}",
    ),
    "table-beside": marked_pair(
        "{count:,} row of another table was not read",
        "{count:,} rows of another table were not read",
    ),
    "rows-above": marked_pair(
        "{count:,} row above the headings looks like a row of data and was not read",
        "{count:,} rows above the headings look like rows of data and were not read",
    ),
    "error-cells": marked_pair(
        "{count:,} cell shows an error such as #N/A", "{count:,} cells show an error such as #N/A"
    ),
    "formulas": marked_pair(
        "{count:,} formula: the result that Excel stored was taken",
        "{count:,} formulas: the results that Excel stored were taken",
    ),
    "uncalculated-formulas": marked_pair(
        "{count:,} formula has no stored result", "{count:,} formulas have no stored result"
    ),
    "control-characters": marked_pair(
        "invisible control characters were taken out of {count:,} cell",
        "invisible control characters were taken out of {count:,} cells",
    ),
    "unreadable-numbers": marked_pair(
        "{count:,} cell holds a number that cannot be read; it is shown as text",
        "{count:,} cells hold numbers that cannot be read; they are shown as text",
    ),
    "percentages": marked_pair(
        "{count:,} cell is a percentage in Excel", "{count:,} cells are percentages in Excel"
    ),
    "currencies": marked_pair(
        "{count:,} cell has a currency format; its plain number was taken",
        "{count:,} cells have a currency format; their plain numbers were taken",
    ),
    "formatted-numbers": marked_pair(
        "{count:,} cell looks different in Excel because of its number format",
        "{count:,} cells look different in Excel because of their number format",
    ),
    "digits-lost": marked_pair(
        "{count:,} number has more than 15 digits, which Excel does not keep",
        "{count:,} numbers have more than 15 digits, which Excel does not keep",
    ),
    "impossible-dates": marked_pair(
        "{count:,} cell has a date format but holds no possible date",
        "{count:,} cells have a date format but hold no possible date",
    ),
    "formulas-unknown": marked(
        "which cells of a {where} file are formulas is not known; their results were taken"
    ),
    TEXT_ENCODING: marked("a text file, read in the encoding {where}"),
    TEXT_DELIMITER: marked("its values are parted by: {where}"),
    "dates-from-1904": marked("dates are counted from 1904, as on old Macintosh computers"),
}


def sentences(notes: Sequence[Note]) -> list[str]:
    """The notes in words, with where they apply (at most 10 places) or, as a part of them, what they name."""
    told = []
    for note in notes:
        sentence = SENTENCES.get(note.code, note.code.replace("-", " ") + ": {count:,}")
        shown = note.where[:MOST_NAMED]
        named = [_(name) for name in shown] if note.code == TEXT_DELIMITER else shown
        more = note.count > len(shown) and note.code != ROWS_NOT_LISTED
        where = f"{', '.join(named)}{' …' if more else ''}"
        if isinstance(sentence, str):
            words = _(sentence, count=note.count, where=where)
        else:
            words = ngettext(*sentence, note.count, where=where)
        places = f" ({where})" if note.where and "{where}" not in "".join(sentence) else ""
        told.append(f"{capitalized(words)}{places}.")
    return told


def text_options(worksheet: Worksheet) -> TextOptions | None:
    """How a text file was read: its encoding and the name of its delimiter; None for a workbook."""
    said = {note.code: note.where[0] for note in worksheet.notes if note.where}
    if TEXT_ENCODING not in said:
        return None
    return TextOptions(encoding=said[TEXT_ENCODING], delimiter=said[TEXT_DELIMITER])


def is_text_file(notes: Sequence[Note]) -> bool:
    """Whether these are the notes of a text file: its one sheet has no name."""
    return any(note.code == TEXT_ENCODING for note in notes)


def subject(worksheet: Worksheet) -> str:
    """The sheet as a sentence begins with it: that of a text file is the file itself."""
    if is_text_file(worksheet.notes):
        return _("The file")
    return _("The sheet {name}", name=quoted(worksheet.name))


def other_sheets(worksheet: Worksheet) -> tuple[str, ...]:
    """The names of further sheets of the workbook that could be imported as well."""
    return next((note.where for note in worksheet.notes if note.code == OTHER_SHEETS), ())
