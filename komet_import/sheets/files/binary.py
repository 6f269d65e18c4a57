"""Binary workbooks (.xlsb): the parts of an .xlsx, each written as records (MS-XLSB) instead of XML.

The records are read here: python-calamine gives the values only, and error cells as blanks, amounts of any
currency as bare numbers, codes without their zeros. (A test holds both against each other.) Runs in the
disposable child process only.
"""

import io
import posixpath
import struct
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeVar

from komet_import.language import _
from komet_import.refusal import SheetRefusal
from komet_import.sheets.cell_comments import kept
from komet_import.sheets.files import binary_comments
from komet_import.sheets.files.binary_records import Record, number_at, records, short_at, wide_at
from komet_import.sheets.files.book import ReadOptions, SheetRead, hidden_among, noted_merges
from komet_import.sheets.files.xlsx import comments
from komet_import.sheets.files.xlsx.cells import Cells, RawCell
from komet_import.sheets.files.xlsx.formats import Format, number_format
from komet_import.sheets.files.xlsx.package import SheetEntry
from komet_import.sheets.files.xlsx.references import column_letters
from komet_import.sheets.files.xlsx.shared_texts import SharedTexts
from komet_import.sheets.files.xlsx.stored import WorkbookParts
from komet_import.sheets.files.xlsx.texts import TextRun, escaped
from komet_import.sheets.files.xlsx.xml import Attributes, damaged, feed, new_parser, no_sheets
from komet_import.sheets.worksheet import Note

_ROW, _LAST_CELL = 0, 11
_RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR = 8, 9, 10, 11
_SHARED_TEXT, _FONT, _FORMAT, _STYLE = 19, 43, 44, 47
_COLUMNS, _MERGED, _PROPERTIES, _SHEET, _VIEW = 60, 176, 153, 156, 158
_STYLES_BEGIN, _STYLES_END = 617, 618
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}

Anything = TypeVar("Anything")


class XlsbBook:
    """A `Book`. Raises SheetRefusal where it is damaged."""

    def __init__(self, content: bytes, asked: ReadOptions) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self._names = {name.replace("\\", "/").lower(): name for name in self._zip.namelist()}
        self._limits = asked.limits
        self.entries, from_1904 = _soundly(self._listed)
        struck, formats = _soundly(self._styles)
        self._parts = WorkbookParts(
            shared=_soundly(lambda: self._shared(struck)),
            formats=formats,
            from_1904=from_1904,
            currency=asked.currency,
        )

    def read(self, entry: SheetEntry) -> SheetRead:
        """One sheet."""
        return _soundly(lambda: self._read(entry))

    def notes(self) -> list[Note]:
        """What there is to know."""
        return [Note(code="dates-from-1904", count=1)] if self._parts.from_1904 else []

    # Parts ---------------------------------------------------------------------------------------

    def _listed(self) -> tuple[list[SheetEntry], bool]:
        relations = self._relations("xl/_rels/workbook.bin.rels")
        entries: list[SheetEntry] = []
        active, listed, from_1904 = -1, 0, False
        for kind, data in self._records("xl/workbook.bin"):
            if kind == _PROPERTIES:
                from_1904 = bool(data[0] & 1)
            elif kind == _VIEW and active < 0:
                active = number_at(data, 24)
            elif kind == _SHEET:
                identity, place = wide_at(data, 8)
                name, _end = wide_at(data, place)
                _kind, part = relations.get(identity, ("", ""))
                if "worksheets/" in part:
                    entries.append(SheetEntry(name, number_at(data, 0) == 0, part, active=listed == active))
                listed += 1
        if not entries:
            raise no_sheets()
        return entries, from_1904

    def _styles(self) -> tuple[list[bool], list[Format]]:
        """Which fonts are struck through, and for each cell style what its number format does."""
        struck: list[bool] = []
        codes: dict[int, str] = {}
        used: list[tuple[int, int]] = []
        inside = False
        for kind, data in self._records("xl/styles.bin"):
            if kind == _FONT:
                struck.append(bool(data[2] & 0x08))
            elif kind == _FORMAT:
                codes[short_at(data, 0)] = wide_at(data, 2)[0]
            elif kind in (_STYLES_BEGIN, _STYLES_END):
                inside = kind == _STYLES_BEGIN
            elif kind == _STYLE and inside:
                used.append((short_at(data, 2), short_at(data, 4)))
        formats = [
            number_format(number, codes.get(number))._replace(struck=font < len(struck) and struck[font])
            for number, font in used
        ]
        return struck, formats

    def _shared(self, struck: list[bool]) -> SharedTexts:
        shared = SharedTexts()
        for kind, data in self._records("xl/sharedStrings.bin"):
            if kind == _SHARED_TEXT:
                shared.add(_runs(data, struck))
        return shared

    def _read(self, entry: SheetEntry) -> SheetRead:
        cells = Cells(self._parts, self._limits)
        hidden: list[tuple[int, int]] = []
        merges: list[str] = []
        number, is_hidden = 0, False
        row: list[RawCell] = []
        for kind, data in self._records(entry.part):
            if kind == _ROW:
                if row:
                    cells.add_row(number, is_hidden, row)
                number, is_hidden, row = number_at(data, 0) + 1, bool(data[11] & 0x10), []
            elif _ROW < kind <= _LAST_CELL:
                if cell := _cell(kind, data, number):
                    row.append(cell)
            elif kind == _COLUMNS and (short_at(data, 16) & 1 or not number_at(data, 8)):
                hidden.append((number_at(data, 0) + 1, number_at(data, 4) + 1))
            elif kind == _MERGED:
                top, bottom, left, right = struct.unpack_from("<4I", data)
                merges.append(f"{column_letters(left + 1)}{top + 1}:{column_letters(right + 1)}{bottom + 1}")
        if row:
            cells.add_row(number, is_hidden, row)
        cells.finish()
        return SheetRead(
            cells=cells,
            hidden_columns=hidden_among(cells, hidden),
            merges=noted_merges(cells, merges),
            comments=lambda: kept(_soundly(lambda: list(self._comments(entry)))),
        )

    def _comments(self, entry: SheetEntry) -> Iterator[tuple[str, str, str]]:
        """The cell, author and text of each comment of a sheet."""
        folder, name = posixpath.split(entry.part)
        relations = f"{folder}/_rels/{name}.rels"
        if not self._content(relations):
            return
        for kind, part in self._relations(relations, folder).values():
            if kind == "threadedComment" and (content := self._content(part)):
                yield from comments.read_comments(iter((content,)), part)  # these are written as XML
            elif kind == "comments":
                yield from binary_comments.read_comments(self._records(part))

    def _relations(self, part: str, folder: str = "xl") -> dict[str, tuple[str, str]]:
        """Relation id → the kind and the name of a part."""
        found: dict[str, tuple[str, str]] = {}

        def start(element: str, attributes: Attributes) -> None:
            if element.endswith("}Relationship") and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join(f"/{folder}", attributes.get("Target", "")))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = kind, target.lstrip("/")

        parser = new_parser()
        parser.StartElementHandler = start
        feed(parser, iter((self._content(part),)), part)
        return found

    def _content(self, part: str) -> bytes:
        name = self._names.get(part.lower())
        return self._zip.read(name) if name is not None else b""

    def _records(self, part: str) -> Iterator[Record]:
        """The records of a part; none where the part is missing."""
        return records(self._content(part))


def _cell(kind: int, data: bytes, number: int) -> RawCell | None:
    """A cell of one of the kinds that hold something."""
    letters, digits = column_letters(number_at(data, 0) + 1), str(number)
    style = str(number_at(data, 4) & 0xFFFFFF)
    formula = "\0" if kind >= _FORMULA_TEXT else ""
    if kind == _SHARED:
        return letters, digits, style, "s", "", str(number_at(data, 8)), ""
    if kind in (_TEXT, _FORMULA_TEXT):
        return letters, digits, style, "str", formula, escaped(wide_at(data, 8)[0]), ""
    if kind in (_ERROR, _FORMULA_ERROR):
        return letters, digits, style, "e", formula, _ERRORS.get(data[8], "#VALUE!"), ""
    if kind in (_BOOL, _FORMULA_BOOL):
        return letters, digits, style, "b", formula, str(int(data[8] != 0)), ""
    if kind in (_REAL, _FORMULA_NUMBER):
        return letters, digits, style, "n", formula, repr(struct.unpack_from("<d", data, 8)[0]), ""
    if kind == _RK:
        return letters, digits, style, "n", "", repr(_rk(number_at(data, 8))), ""
    return None


def _rk(packed: int) -> float:
    """A number in the four bytes of an RK: a whole one of 30 bits or the upper half of a double, perhaps a
    hundred times too large.
    """
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        value = float(struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0])
    return value / 100 if packed & 1 else value


def _runs(data: bytes, struck: list[bool]) -> list[TextRun]:
    """The pieces of a shared text; the first one looks like its cell."""
    text, place = wide_at(data, 1)
    if not data[0] & 1:
        return [TextRun(escaped(text))]
    count = number_at(data, place)
    marks = [struct.unpack_from("<HH", data, place + 4 + 4 * one) for one in range(count)]
    units = text.encode("utf-16-le")
    starts = [0, *(start for start, _ in marks), len(units) // 2]
    fonts: list[bool | None] = [None, *(font < len(struck) and struck[font] for _, font in marks)]
    pieces = [units[2 * start : 2 * end] for start, end in pairwise(starts)]
    return [
        TextRun(escaped(piece.decode("utf-16-le", "surrogatepass")), font)
        for piece, font in zip(pieces, fonts, strict=True)
        if piece
    ]


def _soundly(read: Callable[[], Anything]) -> Anything:
    """What it reads. Raises SheetRefusal where the records contradict themselves."""
    try:
        return read()
    except (SheetRefusal, MemoryError):
        raise
    except Exception as error:  # struct.error, IndexError, ValueError, BadZipFile, zlib.error, …
        raise damaged(_("its records are not as they must be")) from error
