"""The sheet of a workbook that is read: the one that is asked for, or the one that fits best."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from komet_import.language import _
from komet_import.language.current import speak
from komet_import.refusal import SheetRefusal, quoted
from komet_import.row_numbers import MOST_SHEETS
from komet_import.sheets.files.binary import XlsbBook
from komet_import.sheets.files.book import Book, ReadOptions, SheetRead
from komet_import.sheets.files.delimited import TextBook
from komet_import.sheets.files.job import FITS, FITS_BUT_WHOSE, TOP_ROWS, Job, Row
from komet_import.sheets.files.kinds import FileKind
from komet_import.sheets.files.modern import XlsxBook
from komet_import.sheets.files.older import XlsBook
from komet_import.sheets.files.open_document.book import OdsBook
from komet_import.sheets.files.struck import strike
from komet_import.sheets.files.xlsx.cells import Cells
from komet_import.sheets.files.xlsx.package import SheetEntry
from komet_import.sheets.files.xlsx.references import column_number
from komet_import.sheets.worksheet import Note, SheetName, arrow_file


@dataclass
class _Read:
    """One sheet as read, and how well it fits the type asked for."""

    entry: SheetEntry
    sheet: SheetRead
    fit: int

    @property
    def cells(self) -> Cells:
        return self.sheet.cells


_READERS: dict[FileKind, Callable[[bytes, ReadOptions], Book]] = {
    FileKind.XLSX: XlsxBook,
    FileKind.XLSB: XlsbBook,
    FileKind.XLS: XlsBook,
    FileKind.ODS: OdsBook,
    FileKind.TEXT: TextBook,
}


def read_workbook(content: bytes, job: Job) -> bytes:
    """The chosen sheet as an Arrow file (`Worksheet.from_bytes`). Raises SheetRefusal."""
    speak(job.language)
    book = _READERS[job.kind](content, ReadOptions(limits=job.limits, currency=job.currency, text=job.text))
    wanted = _wanted(book, job.sheet)
    chosen: _Read | None = None
    names: list[SheetName] = []
    fits: dict[str, int] = {}
    for entry in [wanted] if wanted is not None and job.alone else book.entries:
        read = _read_sheet(book, entry, job)
        names.append(
            SheetName(
                name=entry.name,
                visible=entry.visible,
                rows=len(read.cells.rows),
                cells=read.cells.count,
                active=entry.active,
            )
        )
        if entry.visible:
            fits[entry.name] = read.fit
        if entry is wanted or (wanted is None and (chosen is None or _rank(read) > _rank(chosen))):
            chosen = read
    notes = book.notes()
    if chosen is None:
        raise SheetRefusal("no-sheets", _("The workbook has no worksheet with rows."))
    _refuse_unseen(chosen, job)
    if chosen.cells.refusal is not None:
        raise chosen.cells.refusal
    least = FITS if chosen.fit >= FITS else FITS_BUT_WHOSE
    also = [name for name, fit in fits.items() if fit >= least and name != chosen.entry.name]
    return _arrow(chosen, notes, names, also if wanted is not None or chosen.fit >= least else [])


def _wanted(book: Book, sheet: str | None) -> SheetEntry | None:
    if sheet is None:
        return None
    found = next((e for e in book.entries if e.name == sheet), None)
    found = found or next((e for e in book.entries if e.name.casefold() == sheet.strip().casefold()), None)
    if found is None:
        there = ", ".join(f"{quoted(e.name)}" for e in book.entries[:10])
        raise SheetRefusal(
            "unknown-sheet",
            _("The workbook has no sheet {sheet}; it has {there}.", sheet=quoted(sheet), there=there),
        )
    return found


def _rank(read: _Read) -> tuple[bool, bool, bool, int, bool]:
    """What is better: the open sheet if it fits, then a visible one that fits, then one that fits, then any
    visible one with rows. How fully sheets fit decides only between those that are not open: an archive with
    more columns than the sheet on which somebody works is not what they mean.
    """
    fits = read.fit >= FITS
    return (
        fits and read.entry.visible and read.entry.active,
        fits and read.entry.visible,
        fits,
        read.fit if read.entry.visible else 0,
        (read.entry.visible and read.cells.count > 0),
    )


def _refuse_unseen(chosen: _Read, job: Job) -> None:
    if job.sheet is None and not chosen.entry.visible and chosen.fit >= FITS and job.wanted is not None:
        raise SheetRefusal(
            "hidden-sheet",
            _(
                "Only the hidden sheet {name} fits {title}; show it in Excel (click a sheet's tab with the "
                "right button, Unhide), look at it, and save the workbook.",
                name=quoted(chosen.entry.name),
                title=job.wanted.title,
            ),
        )


def _read_sheet(book: Book, entry: SheetEntry, job: Job) -> _Read:
    sheet = book.read(entry)
    cells = sheet.cells
    fit = 0
    if job.wanted is not None and cells.refusal is None:
        fit = job.wanted.fit(_top(cells))
    for row in sorted(cells.hidden_rows):
        cells.notes.note_at("hidden-rows", str(row))
    return _Read(entry, sheet, fit)


def _top(cells: Cells) -> list[Row]:
    """The first filled rows, in the order of their numbers, as column letters → text."""
    order = sorted(range(len(cells.rows)), key=cells.rows.__getitem__)[:TOP_ROWS]
    rows: list[Row] = [{} for _ in order]
    for letters in sorted(cells.columns, key=column_number):
        column = cells.columns[letters]
        for row, place in zip(rows, order, strict=True):
            if text := column.text_at(place):
                row[letters] = text
    return rows


def _arrow(read: _Read, about: list[Note], names: list[SheetName], also: list[str]) -> bytes:
    """The sheet as an Arrow file; `about` is what there is to know of the whole file."""
    cells = read.cells
    numbers = np.array(cells.rows, dtype=np.int32)
    order = None if bool((np.diff(numbers) > 0).all()) else np.argsort(numbers, kind="stable")
    texts: dict[str, Any] = {}
    held: dict[str, Any] = {}
    for letters in sorted(cells.columns, key=column_number):
        texts[letters], held[letters] = cells.columns.pop(letters).arrays(len(numbers), order)
    notes = [*cells.notes.all(), *about]
    hidden = [n.name for n in names if not n.visible]
    if hidden:
        notes.append(Note(code="hidden-sheets", count=len(hidden), where=tuple(hidden[:10])))
    if also:
        notes.append(Note(code="other-sheets-fit", count=len(also), where=tuple(also[: MOST_SHEETS - 1])))
    numbers = numbers if order is None else numbers[order]
    struck = strike(numbers, texts, held, cells.notes.struck)
    return arrow_file(
        rows=numbers,
        texts=texts,
        held=held,
        name=read.entry.name,
        visible=read.entry.visible,
        hidden_rows=sorted(cells.hidden_rows),
        notes=notes,
        sheets=names,
        currencies=cells.notes.currencies(),
        rounded=cells.notes.rounded(),
        hidden_columns=read.sheet.hidden_columns,
        merges=read.sheet.merges,
        totals=sorted(set(read.sheet.totals()).intersection(cells.rows)),
        struck=struck,
        comments=read.sheet.comments(),
    )
