"""The disposable child in which workbooks are parsed, and the small server that forks it.

    reader (in the app)  ──a socket per job──>  server (preloaded, one thread)  ──fork──>  child (limited)

The server imports the libraries once and only ever forks; a child reads one workbook under limits of memory,
processor time and wall clock, answers with plain bytes (JSON, then an Arrow file) and ends. Whatever happens
to it, the app sees an answer or a closed socket. This is not `multiprocessing`: its children run the
`__main__` of the app again, which under Streamlit is the page.
"""

import gc
import importlib
import json
import os
import pickle
import resource
import signal
import socket
import struct
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import numpy as np

from komet_import.language import _
from komet_import.language.speaking import Language, speak
from komet_import.refusal import SheetRefusal, quoted
from komet_import.sheets.files.binary import XlsbBook
from komet_import.sheets.files.book import Asked, Book, SheetRead, TextOptions
from komet_import.sheets.files.delimited import TextBook
from komet_import.sheets.files.kinds import FileKind
from komet_import.sheets.files.modern import XlsxBook
from komet_import.sheets.files.older import XlsBook
from komet_import.sheets.files.open_document.book import OdsBook
from komet_import.sheets.files.striking import strike
from komet_import.sheets.files.xlsx.cells import Cells, Limits
from komet_import.sheets.files.xlsx.package import Entry
from komet_import.sheets.files.xlsx.references import column_number
from komet_import.sheets.worksheet import Note, SheetName, arrow_file

MEMORY_BYTES = 1 << 30  # on top of what the preloaded libraries map
CPU_SECONDS = 40
WALL_SECONDS = 60
TOP_ROWS = 200
"""How many filled rows of a sheet say whether it fits."""
FITS = 1_000
"""A sheet whose `fit` is at least this has all that is needed, though perhaps a doubtful part of it."""

Row = dict[str, str]
"""A row as column letters → text."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What kind of sheet is looked for: its title, and how well a sheet's first filled rows fit it.

    Travels to the child, so `fit` is a function of a module, perhaps with arguments (`functools.partial`).
    """

    title: str
    fit: Callable[[Sequence[Row]], int]


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a child is asked to do: read the sheet of that name, or the one that fits best.

    `currency` is the ledger's, `text` how a text file is to be read, `language` that of a refusal.
    """

    kind: FileKind = FileKind.XLSX

    wanted: Wanted | None
    sheet: str | None
    limits: Limits
    currency: str = ""
    text: TextOptions = field(default_factory=TextOptions)
    language: Language = Language.ENGLISH


# The child ----------------------------------------------------------------------------------------


@dataclass
class _Read:
    """One sheet as read, and how well it fits the type asked for."""

    entry: Entry
    sheet: SheetRead
    fit: int

    @property
    def cells(self) -> Cells:
        return self.sheet.cells


_READERS: dict[FileKind, Callable[[bytes, Asked], Book]] = {
    FileKind.XLSX: XlsxBook,
    FileKind.XLSB: XlsbBook,
    FileKind.XLS: XlsBook,
    FileKind.ODS: OdsBook,
    FileKind.TEXT: TextBook,
}


def read_workbook(content: bytes, job: Job) -> bytes:
    """The chosen sheet as an Arrow file (`Worksheet.from_bytes`). Raises SheetRefusal."""
    speak(job.language)
    book = _READERS[job.kind](content, Asked(limits=job.limits, currency=job.currency, text=job.text))
    wanted = _wanted(book, job.sheet)
    chosen: _Read | None = None
    names: list[SheetName] = []
    fitting: list[str] = []
    for entry in book.entries:
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
        if read.fit >= FITS and entry.visible:
            fitting.append(entry.name)
        if entry is wanted or (wanted is None and (chosen is None or _rank(read) > _rank(chosen))):
            chosen = read
    notes = book.notes()
    if chosen is None:
        raise SheetRefusal("no-sheets", _("The workbook has no worksheet with rows."))
    _refuse_unseen(chosen, job)
    if chosen.cells.refusal is not None:
        raise chosen.cells.refusal
    return _arrow(chosen, notes, names, [n for n in fitting if n != chosen.entry.name])


def _wanted(book: Book, sheet: str | None) -> Entry | None:
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


def _read_sheet(book: Book, entry: Entry, job: Job) -> _Read:
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
        notes.append(Note(code="other-sheets-fit", count=len(also), where=tuple(also[:10])))
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
    )


def answer(content: bytes, job: Job) -> tuple[dict[str, str], bytes]:
    """What a child sends back: a refusal as code and message, or nothing and the sheet."""
    try:
        return {}, read_workbook(content, job)
    except SheetRefusal as refusal:
        return {"code": refusal.code, "message": refusal.message}, b""
    except MemoryError:
        return {
            "code": "too-complex",
            "message": _(
                "The workbook needs more memory than one upload may have. Remove unused sheets and "
                "formatting, or split it."
            ),
        }, b""


# The job on the wire ---------------------------------------------------------------------------------

_LENGTHS = struct.Struct("<QQ")


def send(channel: socket.socket, first: bytes, second: bytes) -> None:
    """Send two byte strings."""
    channel.sendall(_LENGTHS.pack(len(first), len(second)))
    channel.sendall(first)
    channel.sendall(second)


def receive(channel: socket.socket) -> tuple[bytes, bytes] | None:
    """The two byte strings that `send` sent; None where the other side ended first."""
    lengths = _exactly(channel, _LENGTHS.size)
    if lengths is None:
        return None
    one, two = _LENGTHS.unpack(lengths)
    first = _exactly(channel, one)
    second = _exactly(channel, two) if first is not None else None
    return None if first is None or second is None else (first, second)


def _exactly(channel: socket.socket, length: int) -> bytes | None:
    """That many bytes; None where the other side ended first."""
    buffer = bytearray(length)
    view = memoryview(buffer)
    got = 0
    while got < length:
        count = channel.recv_into(view[got:], min(length - got, 1 << 20))
        if count == 0:
            return None
        got += count
    view.release()
    return bytes(buffer)


# The server ------------------------------------------------------------------------------------------


def serve(descriptor: int, preloaded: Iterable[str] = ()) -> None:
    """Fork a child for each socket that arrives on the descriptor, until its other end is closed.

    `preloaded` are modules that jobs refer to (`Wanted.fit`): loaded here once, not in each child.
    """
    for module in preloaded:
        importlib.import_module(module)
    gc.disable()  # a child ends before garbage counts, and walking over all its cells would take a while
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the children
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the app, which then closes the socket
    with socket.socket(fileno=descriptor) as control:
        while True:
            message, descriptors, _, _ = socket.recv_fds(control, 1, 4)
            if not message:
                return
            for job in descriptors:
                if os.fork() == 0:
                    control.close()
                    _work(job)
                os.close(job)


def _work(descriptor: int) -> None:
    """Read one workbook under limits, answer, end. Never returns."""
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _limit()
        with socket.socket(fileno=descriptor) as channel:
            request = receive(channel)
            if request is not None:
                try:
                    outcome, sheet = answer(request[1], pickle.loads(request[0]))  # noqa: S301 — from our own app
                except BaseException as wrong:  # a library's panic too: the app says it in its log
                    outcome, sheet = {"failed": _place(wrong)}, b""
                send(channel, json.dumps(outcome).encode(), sheet)
                status = 0
    finally:
        os._exit(status)


def _place(wrong: BaseException) -> str:
    """What went wrong and where, and nothing of the workbook, which its own words may quote."""
    frame = traceback.extract_tb(wrong.__traceback__)[-1]
    return f"{type(wrong).__name__} in {frame.name}, {PurePath(frame.filename).name} line {frame.lineno}"


def _limit() -> None:
    """The limits of a child: what goes beyond them ends it."""
    signal.alarm(WALL_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a child writes no file
    with suppress(OSError, ValueError):
        mapped = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()  # noqa: SIM115, PTH123
        resource.setrlimit(resource.RLIMIT_AS, (mapped + MEMORY_BYTES, mapped + MEMORY_BYTES))
