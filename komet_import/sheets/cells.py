"""The cells of one worksheet: its XML to columns of text.

There are two ways through the same XML, and one expat parser sees the whole of it either way, so that
nothing ill-formed is ever read. The careful way takes every element from expat. The swift way lets expat only
check the rows and finds the cells with one regular expression, several times as fast; a row in which the
expression does not account for every cell is read the careful way, and so is a sheet that is not written as
plainly as Excel, LibreOffice and the common libraries write it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from komet_import.refusal import SheetRefusal
from komet_import.sheets.formats import (
    Shape,
    date_text,
    digits_lost,
    is_plain_number,
    iso_date_text,
    number_text,
)
from komet_import.sheets.package import (
    MAIN,
    STRICT,
    Attributes,
    SharedTexts,
    broken_xml,
    check_depth,
    clean,
    damaged,
    decoded,
    is_true,
    new_parser,
    whole,
)
from komet_import.sheets.sheet import Held, Note

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_PACKED_ROWS = 8_192
_LONGEST_ROW = 16_000_000  # bytes of XML without an end of row: no real row comes near

RawCell = tuple[str, str, str, str, str, str, str]
"""Column letters, row digits, style, type, formula, value, inline text, with their entities decoded.

A formula begins with NUL, so that one whose text stands in another cell is not empty.
"""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much of a sheet is read."""

    rows: int
    columns: int
    cells: int
    text: int = 64_000_000  # characters of all cells: a shared text of 32,767 may stand in every cell


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What the cells of a workbook refer to."""

    shared: SharedTexts
    shapes: list[tuple[Shape, int]]
    from_1904: bool


class Column:
    """The texts of a column by the place of their row, and beside them what they held.

    What is complete is packed away in pieces: a text in an Arrow array needs a tenth of what it needs as an
    object of Python.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.held = bytearray()
        self.packed = 0  # how many places are packed away
        self._pieces: list[pa.Array] = []

    def put(self, place: int, text: str, held: int) -> bool:
        """Put a text into its place; False where another one is there already."""
        if place < self.packed:
            self.texts = [text for piece in self._pieces for text in piece.to_pylist()] + self.texts
            self.packed, self._pieces = 0, []
        here = place - self.packed
        self.fill(place + 1)
        if self.texts[here]:
            return False
        self.texts[here] = text
        self.held[place] = held
        return True

    def text_at(self, place: int) -> str:
        """The text in a place, blank where there is none."""
        if place >= self.packed:
            here = place - self.packed
            return self.texts[here] if here < len(self.texts) else ""
        for piece in self._pieces:
            if place < len(piece):
                return str(piece[place].as_py())
            place -= len(piece)
        return ""

    def fill(self, length: int) -> None:
        """Make the column that long, with blanks."""
        missing = length - self.packed - len(self.texts)
        if missing > 0:
            self.texts.extend([""] * missing)
            self.held.extend(bytes(missing))

    def pack(self, length: int) -> None:
        """Pack away that many places."""
        self.fill(length)
        self._pieces.append(pa.array(self.texts, pa.large_string()))
        self.texts = []
        self.packed = length

    def arrays(self, length: int, order: npt.NDArray[np.int64] | None) -> tuple[pa.ChunkedArray, pa.Array]:
        """All texts and what they held, in that order of places (None: as they are)."""
        self.pack(length)
        texts, held = pa.chunked_array(self._pieces), pa.array(np.frombuffer(self.held, dtype=np.uint8))
        return (texts, held) if order is None else (texts.take(order), held.take(order))


class Cells:
    """The filled cells of a sheet, gathered row by row.

    A sheet above the limits is counted to its end but not kept; `refusal` then says why.
    """

    def __init__(self, meaning: Meaning, limits: Limits) -> None:
        self.rows: list[int] = []
        self.columns: dict[str, Column] = {}
        self.hidden_rows: list[int] = []
        self.count = 0
        self.refusal: SheetRefusal | None = None
        self._meaning = meaning
        self._limits = limits
        self._last_seen = 0
        self._seen: dict[int, int] | None = None
        self._text = 0
        self._notes: dict[str, tuple[list[str], list[int]]] = {}
        self._numbers: dict[tuple[str, str], tuple[str, int]] = {}
        plain = (
            str(i) for i, (kind, zeros) in enumerate(meaning.shapes) if kind is Shape.PLAIN and not zeros
        )
        self._plain_styles = frozenset(plain) | {""}

    # One row -------------------------------------------------------------------------------------

    def add_row(self, number: int, hidden: bool, cells: list[RawCell], *, tidy: bool = False) -> None:
        """Take the cells of one row. `tidy` promises that its inline texts need no cleaning.

        Raises SheetRefusal where the cells contradict the row or the workbook.
        """
        if number < 1 or number > LAST_ROW:
            raise damaged(f"it has a row {number:,}, and Excel's last row is {LAST_ROW:,}")
        place = -1
        digits = str(number)
        columns = self.columns
        for letters, stated, style, kind, formula, value, inline in cells:
            if stated != digits and stated.lstrip("0") != digits:
                raise damaged(f"row {digits} holds a cell that is named {letters}{stated}")
            if formula:
                self.note("formulas", f"{letters}{digits}")
            held: int
            if kind == "s":
                text, held = self._shared_text(letters, number, value), 0
            elif (kind == "" or kind == "n") and style in self._plain_styles and is_plain_number(value):
                text, held = value, 1
            elif tidy and kind == "inlineStr":
                text, held = inline or value, 0
            else:
                text, held = self._value(letters, number, style, kind, formula, value, inline)
            if not text:
                continue
            if place < 0:
                place = self._place(number, hidden)
            self.count += 1
            self._text += len(text)
            column = columns.get(letters)
            if column is None:
                column = self._new_column(letters, number)
            if self.refusal is not None:
                continue
            if place == column.packed + len(column.texts):
                column.texts.append(text)
                column.held.append(held)
            elif not column.put(place, text, held):
                raise _twice(letters, number)
        limits = self._limits
        area = len(self.rows) * len(columns)
        if self.refusal is None and (max(area, self.count) > limits.cells or self._text > limits.text):
            self._let_go()

    def _place(self, number: int, hidden: bool) -> int:
        """The place of a row that has something in it."""
        if number <= self._last_seen:
            if self._seen is None:
                self._seen = {row: place for place, row in enumerate(self.rows)}
            if number in self._seen:
                self.note("duplicate-rows", str(number))
                return self._seen[number]
            self.note("rows-out-of-order", str(number))
        self._last_seen = max(number, self._last_seen)
        place = len(self.rows)
        if self._seen is not None:
            self._seen[number] = place
        if place % _PACKED_ROWS == 0 and self.refusal is None:
            for column in self.columns.values():
                column.pack(place)
        self.rows.append(number)
        if hidden:
            self.hidden_rows.append(number)
        return place

    def _new_column(self, letters: str, number: int) -> Column:
        if column_number(letters) > LAST_COLUMN:
            raise damaged(f"it has a cell {letters}{number}, and Excel's last column is XFD")
        return self.columns.setdefault(letters, Column())

    def _let_go(self) -> None:
        """Keep nothing of a sheet that is too large; only its size is still of interest."""
        self.refusal = self.refusal or self._too_large()
        if self.refusal is not None:
            self.columns = {letters: Column() for letters in self.columns}

    def _too_large(self) -> SheetRefusal | None:
        """The refusal for a sheet beyond a limit."""
        limits = self._limits
        if len(self.rows) > limits.rows:
            code, why = "too-many-rows", f"it has more than {limits.rows:,} filled rows"
        elif len(self.columns) > limits.columns:
            code, why = "too-many-columns", f"it has more than {limits.columns:,} filled columns"
        elif self.count > limits.cells:
            code, why = "too-many-cells", f"it has more than {limits.cells:,} filled cells"
        elif self._text > limits.text:
            code, why = "too-much-text", f"it holds more than {limits.text:,} characters"
        elif len(self.rows) * len(self.columns) > 2 * limits.cells:
            code, why = "too-scattered", "its cells are scattered over too many rows and columns"
        else:
            return None
        return SheetRefusal(code, f"The sheet is too large: {why}. Split it into smaller sheets.")

    def finish(self) -> None:
        """All rows are here: say whether they are too many."""
        self.refusal = self.refusal or self._too_large()

    # One cell ------------------------------------------------------------------------------------

    def _shared_text(self, letters: str, number: int, value: str) -> str:
        if not value:
            return ""
        shared = self._meaning.shared
        try:
            index = int(value)
            text = shared.texts[index] if index >= 0 else None
        except (IndexError, ValueError):
            text = None
        if text is None:
            raise damaged(f"cell {letters}{number} points to a text that is not there")
        if shared.dirty and index in shared.dirty:
            self.note("control-characters", f"{letters}{number}")
        return text

    def _value(
        self, letters: str, number: int, style: str, kind: str, formula: str, value: str, inline: str
    ) -> tuple[str, int]:
        """The text of a cell that is no shared text, and what it held."""
        if kind in ("", "n"):
            if value:
                return self._numbers.get((style, value)) or self._number(letters, number, style, value)
            if formula:
                self.note("uncalculated-formulas", f"{letters}{number}")
                return "=" + clean(formula[1:])[0], Held.UNCALCULATED
            return self._plain_text(inline, letters, number)
        if kind == "inlineStr":
            return self._plain_text(inline or value, letters, number)
        if kind == "str":
            return self._plain_text(value or inline, letters, number)
        if kind == "b":
            return ("TRUE" if is_true(value) else "FALSE") if value else "", Held.BOOLEAN
        if kind == "e":
            self.note("error-cells", f"{letters}{number}")
            return clean(value)[0] or "#VALUE!", Held.ERROR
        if kind == "d":
            return iso_date_text(value) if value else ("", 0)
        raise damaged(f"cell {letters}{number} is of the unknown type {kind[:20]!r}")

    def _plain_text(self, raw: str, letters: str, number: int) -> tuple[str, int]:
        text, dirty = clean(raw)
        if dirty:
            self.note("control-characters", f"{letters}{number}")
        return text, 0

    def _number(self, letters: str, number: int, style: str, value: str) -> tuple[str, int]:
        """A stored number as text; dates are remembered, because they come again."""
        shapes = self._meaning.shapes
        place = int(style) if style else 0
        kind, zeros = shapes[place] if place < len(shapes) else (Shape.PLAIN, 0)
        text: str | None
        if kind is Shape.DATE or kind is Shape.TIME:
            text, held = date_text(value, kind, from_1904=self._meaning.from_1904)
            if held is Held.NUMBER:
                self.note("impossible-dates", f"{letters}{number}")
            elif len(self._numbers) < 20_000:
                self._numbers[style, value] = (text, held)
            return text, held
        text = number_text(value, zeros)
        if text is None:
            text, dirty = clean(value.strip())
            self.note("control-characters" if dirty else "unreadable-numbers", f"{letters}{number}")
            return text, Held.TEXT
        if len(value) > 15 and digits_lost(value):
            self.note("digits-lost", f"{letters}{number}")
        if kind is not Shape.PLAIN:
            self.note(_NOTE_OF[kind], f"{letters}{number}")
        return text, Held.NUMBER

    # What there is to know -----------------------------------------------------------------------

    def note(self, code: str, where: str) -> None:
        """Count something to know, with the first ten places."""
        places, count = self._notes.setdefault(code, ([], [0]))
        count[0] += 1
        if len(places) < 10:
            places.append(where)

    def notes(self) -> tuple[Note, ...]:
        """What there is to know, by code."""
        return tuple(
            Note(code=code, count=count[0], where=tuple(places))
            for code, (places, count) in sorted(self._notes.items())
        )


_NOTE_OF = {
    Shape.PERCENT: "percentages",
    Shape.CURRENCY: "currencies",
    Shape.LITERAL: "formatted-numbers",
}


def _twice(letters: str, row: int) -> SheetRefusal:
    return SheetRefusal(
        "duplicate-cells",
        f"The workbook is damaged: cell {letters}{row} stands in it twice. Open it in Excel, let Excel "
        "repair it, and save it anew.",
    )


def column_number(letters: str) -> int:
    """A column's number, 1 for A."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """A column's letters, A for 1."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# The careful way ------------------------------------------------------------------------------------

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,7})\$?0*([0-9]{1,12})")
_PART_OF_CELL = {"f": 4, "v": 5, "t": 6}


class Careful:
    """The elements of a worksheet, one by one from expat."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.parser = new_parser()
        self.last_row = 0
        self.row_hidden = False
        self.rows_hidden_by_default = False
        self.hidden_columns: list[tuple[int, int]] = []
        self._root = ""
        self._depth = 0
        self._row: list[RawCell] = []
        self._cell: list[str] = []
        self._column = 0
        self._phonetic = 0
        self._pieces: list[str] = []
        self.switch_on()

    def switch_on(self) -> None:
        """Take elements from expat."""
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def switch_off(self) -> None:
        """Let expat only check."""
        self.parser.StartElementHandler = None
        self.parser.EndElementHandler = None

    def parse(self, piece: bytes, *, last: bool = False) -> None:
        """Take the next piece of XML. Raises SheetRefusal where it is not well-formed."""
        try:
            self.parser.Parse(piece, last)
        except (expat.ExpatError, LookupError, UnicodeError) as error:
            raise broken_xml("worksheet", error) from error

    def _start(self, element: str, attributes: Attributes) -> None:
        self._depth += 1
        check_depth(self._depth)
        space, _, name = element.rpartition("}")
        if not self._root:
            self._check_root(space, name)
        if space != MAIN:
            return
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "f") or (name == "t" and not self._phonetic):
            if self._cell:
                self._pieces = []
                self.parser.CharacterDataHandler = self._pieces.append
                if name == "f":
                    self._cell[4] = "\0"
        elif name == "rPh":
            self._phonetic += 1
        elif name == "row":
            self.start_row(attributes)
        elif name == "col" and is_true(attributes.get("hidden", "0")):
            self.hidden_columns.append((whole(attributes.get("min")), whole(attributes.get("max"))))
        elif name == "sheetFormatPr":
            self.rows_hidden_by_default = is_true(attributes.get("zeroHeight", "0"))
        elif name == "mergeCell":
            self.cells.note("merged-cells", attributes.get("ref", "")[:40])

    def _check_root(self, space: str, name: str) -> None:
        self._root = name
        if space.startswith(STRICT):
            raise SheetRefusal(
                "strict-open-xml",
                "This is a Strict Open XML workbook; save it as a plain Excel workbook (.xlsx).",
            )
        if space != MAIN or name != "worksheet":
            raise damaged(f"where a worksheet should be there is “{name[:40]}”")

    def start_row(self, attributes: Attributes) -> None:
        """A row begins."""
        stated = attributes.get("r", "").strip()
        if stated and not (stated.isascii() and stated.isdigit()):
            raise damaged(f"a row has the number {stated[:20]!r}")
        self.last_row = int(stated[:12]) if stated else self.last_row + 1
        hidden = attributes.get("hidden")
        self.row_hidden = is_true(hidden) if hidden is not None else self.rows_hidden_by_default
        if attributes.get("ht", "").strip() in ("0", "0.0"):
            self.row_hidden = True
        self._row = []
        self._column = 0

    def _start_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r", "").strip()
        if reference:
            found = _REFERENCE.fullmatch(reference)
            if found is None or found[2] != str(self.last_row):
                raise damaged(f"row {self.last_row:,} holds a cell that is named {reference[:20]!r}")
            self._column = column_number(found[1].upper())
        else:
            self._column += 1
        style = attributes.get("s", "").strip()
        style = style if style.isascii() and style.isdigit() and len(style) < 7 else ""
        letters = column_letters(self._column)
        self._cell = [letters, str(self.last_row), style, attributes.get("t", "").strip(), "", "", ""]

    def _end(self, element: str) -> None:
        self._depth -= 1
        space, _, name = element.rpartition("}")
        if space != MAIN:
            return
        if name in _PART_OF_CELL:
            self.parser.CharacterDataHandler = None
            if self._cell and not (name == "t" and self._phonetic):
                self._cell[_PART_OF_CELL[name]] += "".join(self._pieces)
                self._pieces = []
        elif name == "c" and self._cell:
            letters, digits, style, kind, formula, value, inline = self._cell
            if formula or value or inline:
                self._row.append((letters, digits, style, kind, formula, value, inline))
            self._cell = []
        elif name == "rPh":
            self._phonetic -= 1
        elif name == "row":
            if self._row:
                self.cells.add_row(self.last_row, self.row_hidden, self._row)
            self._row = []


# The swift way --------------------------------------------------------------------------------------

_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,6})")?(?: t="(n|s|b|e|d|str|inlineStr)")?'
    r"(?:/>"
    r"|>(<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?(?:<v>([^<]*)</v>|<v ?/>)?</c>"
    r'|><is><t(?: xml:space="preserve")?>([^<]*)</t></is></c>)'
)
_ROW = re.compile(r'(?: [A-Za-z0-9:]+="[^"<>&]*")*\s*/?')
_PLAIN_ROW = re.compile(r' r="([1-9][0-9]{0,6})"(?: spans="[0-9:]*")?(?: x14ac:dyDescent="[0-9.]*")?')
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
_PLAIN_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*"
    rb"(?:<\?xml version=[\"']1\.[01][\"'](?: encoding=[\"'](?i:utf-8|us-ascii)[\"'])?[^>]*\?>)?\s*"
    rb"<worksheet(?=\s)[^>]*?\sxmlns=[\"']" + re.escape(MAIN.encode()) + rb"[\"'][^>]*>"
)


class _Unusual(Exception):
    """The sheet is not written as plainly as the swift way needs; exists to start again the careful way."""


def read_cells(
    blocks: Callable[[], Iterator[bytes]], meaning: Meaning, limits: Limits, *, swiftly: bool = True
) -> Careful:
    """All cells of a sheet (`Careful.cells`), the swift way where it is plain enough.

    `blocks` gives the sheet's XML piece by piece, each time from the beginning. Raises SheetRefusal.
    """
    careful = Careful(Cells(meaning, limits))
    try:
        if not swiftly:
            raise _Unusual
        _read_swiftly(blocks(), careful)
    except _Unusual:
        careful = Careful(Cells(meaning, limits))
        for block in blocks():
            careful.parse(block)
        careful.parse(b"", last=True)
    careful.cells.finish()
    return careful


def _read_swiftly(blocks: Iterator[bytes], careful: Careful) -> None:
    """Head and tail of the sheet through expat's handlers, the rows between them by expression."""
    rest = b""
    for block in blocks:
        rest += block
        start = rest.find(b"<sheetData>")
        if start >= 0:
            break
        if len(rest) > _LONGEST_ROW:
            raise _Unusual
    else:
        raise _Unusual
    head, rest = rest[: start + 11], rest[start + 11 :]
    if not _PLAIN_ROOT.match(head) or b"<!" in head or b"<mc:" in head:
        raise _Unusual
    careful.parse(head)
    careful.switch_off()
    in_tail = False
    for block in _rows_then_tail(rest, blocks):
        if not in_tail and block.startswith(b"</sheetData"):
            careful.switch_on()
            in_tail = True
        careful.parse(block)
        if not in_tail:
            _swift_rows(block, careful)
    careful.parse(b"", last=True)


def _rows_then_tail(rest: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Blocks of whole rows, then, beginning with `</sheetData`, what follows them."""
    while True:
        end = rest.find(b"</sheetData")
        if end >= 0:
            if end:
                yield rest[:end]
            yield rest[end:]
            yield from blocks
            return
        cut = rest.rfind(b"<row")
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        if len(rest) > _LONGEST_ROW:
            raise _Unusual
        block = next(blocks, None)
        if block is None:
            yield rest
            return
        rest += block


def _swift_rows(block: bytes, careful: Careful) -> None:
    """The rows of one block, which expat has found well-formed."""
    if b"<!" in block or b"<?" in block:
        raise _Unusual
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError:
        raise _Unusual from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    entities = "&" in text
    tidy = not any(sign in block for sign in (b"_x", b"&#", b"\x7f", b"\xc2", b"\xef\xbf"))
    parts = text.split("<row")
    if parts[0].strip():
        raise _Unusual
    for part in parts[1:]:
        head, _, body = part.partition(">")
        if plain := _PLAIN_ROW.fullmatch(head):
            careful.last_row = int(plain[1])
            careful.row_hidden = careful.rows_hidden_by_default
        elif _ROW.fullmatch(head):
            careful.start_row(dict(_ATTRIBUTE.findall(head)))
        else:
            raise _Unusual
        cells = _CELL.findall(body)
        if len(cells) != body.count("<c"):
            _careful_row(body, careful)
            continue
        kept = [cell for cell in cells if cell[5] or cell[6] or cell[4]]
        if "<f" in body:
            kept = [(*c[:4], "\0" + _TAG.sub("", c[4]) if c[4] else "", *c[5:]) for c in kept]
        if entities and "&" in body:
            kept = [(*c[:4], decoded(c[4]), decoded(c[5]), decoded(c[6])) for c in kept]
        if kept:
            careful.cells.add_row(careful.last_row, careful.row_hidden, kept, tidy=tidy)


def _careful_row(body: str, careful: Careful) -> None:
    """One row that the expression does not cover, element by element."""
    row = Careful(careful.cells)
    row.last_row = careful.last_row - 1
    head = f'<row r="{careful.last_row}" hidden="{int(careful.row_hidden)}">'
    document = f'<worksheet xmlns="{MAIN}">{head}{body or "</row>"}</worksheet>'
    try:
        row.parser.Parse(document.encode(), True)
    except expat.ExpatError:  # prefixes that are declared further up
        raise _Unusual from None
