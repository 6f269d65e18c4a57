"""OpenDocument spreadsheets (.ods), as LibreOffice and others write them.

Read by expat, like a workbook of Excel: python-calamine gives the values only, not which cells are errors,
which currency or how many decimals are shown, what is hidden or struck through. (A test holds both against
each other.) What a number's format does is told by what the file says is shown. Runs in the disposable child
process only.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from komet_import import currencies
from komet_import.language import _
from komet_import.refusal import SheetRefusal
from komet_import.sheets.files.book import Asked, SheetRead, hidden_among, noted_merges
from komet_import.sheets.files.xlsx.cells import LAST_COLUMN, LAST_ROW, Cells, RawCell
from komet_import.sheets.files.xlsx.formats import Format, Shape, finite
from komet_import.sheets.files.xlsx.formatted import side
from komet_import.sheets.files.xlsx.package import Entry
from komet_import.sheets.files.xlsx.references import column_letters
from komet_import.sheets.files.xlsx.shared_texts import SharedTexts
from komet_import.sheets.files.xlsx.stored import WorkbookParts
from komet_import.sheets.files.xlsx.texts import Run, escaped, joined
from komet_import.sheets.files.xlsx.xml import (
    BLOCK,
    Attributes,
    damaged,
    each_element,
    feed,
    new_parser,
    whole,
)
from komet_import.sheets.worksheet import Note

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_PREFIXES = {f"{_SPACE}{name}:1.0": name for name in ("office", "table", "text", "style", "config")}


class _Cell(NamedTuple):
    """A filled cell as it stands in the file, with its column and how often it stands there."""

    column: int
    times: int
    style: str
    kind: str
    formula: str
    value: str
    inline: str
    struck: bool


class _Row(NamedTuple):
    """A row with something in it, and how often it stands there."""

    number: int
    times: int
    hidden: bool
    cells: list[_Cell]


@dataclass
class _Table:
    """A sheet as it stands in the file."""

    name: str
    visible: bool
    rows: list[_Row] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)


class OdsBook:
    """A `Book`. Raises SheetRefusal where it is damaged."""

    def __init__(self, content: bytes, asked: Asked) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self._limits = asked.limits
        styles = _Styles()
        self._parse("styles.xml", styles.start)
        found = _Content(styles)
        self._parse("content.xml", found.start, found.end, found.characters)
        if not found.tables:
            raise SheetRefusal("no-sheets", _("The file has no sheet with rows."))
        self._tables = found.tables
        self._parts = WorkbookParts(
            shared=SharedTexts(),
            formats=tuple(found.formats),
            from_1904=found.from_1904,
            currency=asked.currency,
        )
        active = _Active()
        self._parse("settings.xml", active.start, active.end, active.characters)
        self.entries = [
            Entry(table.name, table.visible, str(place), active=table.name == active.name)
            for place, table in enumerate(self._tables)
        ]

    def read(self, entry: Entry) -> SheetRead:
        """One sheet."""
        table = self._tables[int(entry.part)]
        cells = Cells(self._parts, self._limits)
        for row in table.rows:
            for number in range(row.number, row.number + row.times):
                cells.add_row(number, row.hidden, list(_raw(number, row.cells, cells)))
                if cells.refusal is not None:
                    break  # what repeats a million times is not counted to its end
        cells.finish()
        return SheetRead(
            cells=cells,
            hidden_columns=hidden_among(cells, table.hidden_columns),
            merges=noted_merges(cells, table.merges),
        )

    def notes(self) -> list[Note]:
        """What there is to know."""
        return [Note(code="dates-from-1904", count=1)] if self._parts.from_1904 else []

    def _parse(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        characters: Callable[[str], object] | None = None,
    ) -> None:
        """Call these for the elements of a part, their names as `table:table-cell`."""
        if part not in self._zip.namelist():
            return

        def begun(element: str, attributes: Attributes) -> None:
            start(_named(element), {_named(name): value for name, value in attributes.items()})

        def ended(element: str) -> None:
            if end is not None:
                end(_named(element))

        parser = new_parser()
        each_element(parser, begun, ended)
        parser.CharacterDataHandler = characters
        feed(parser, self._blocks(part), part)

    def _blocks(self, part: str) -> Iterator[bytes]:
        try:
            with self._zip.open(part) as stream:
                while block := stream.read(BLOCK):
                    yield block
        except SheetRefusal:
            raise
        except Exception as error:  # BadZipFile, zlib.error, EOFError, struct.error, …
            raise SheetRefusal(
                "damaged-zip",
                _(
                    "The file is damaged: its part {part} cannot be unpacked. Download or copy it again.",
                    part=part[:80],
                ),
            ) from error


def _named(name: str) -> str:
    """A name of expat (`namespace}local`) with the usual prefix."""
    space, _, local = name.rpartition("}")
    prefix = _PREFIXES.get(space, "calcext" if f"{space}}}" == _CALC else "")
    return f"{prefix}:{local}"


def _raw(number: int, row: list[_Cell], cells: Cells) -> Iterator[RawCell]:
    digits = str(number)
    for cell in row:
        for column in range(cell.column, min(cell.column + cell.times, LAST_COLUMN + 1)):
            letters = column_letters(column)
            if cell.struck:
                cells.values.strike(letters, number)
            yield letters, digits, cell.style, cell.kind, cell.formula, cell.value, cell.inline


class _Styles:
    """Whose text is struck through, and which sheets are hidden, by the names of styles."""

    def __init__(self) -> None:
        self._struck: dict[str, bool] = {}
        self._parents: dict[str, str] = {}
        self.hidden: set[str] = set()
        self._name = ""

    def start(self, element: str, attributes: Attributes) -> None:
        """An element of a part with styles."""
        if element == "style:style":
            self._name = attributes.get("style:name", "")
            self._parents[self._name] = attributes.get("style:parent-style-name", "")
        elif element == "style:text-properties":
            line = attributes.get("style:text-line-through-style") or attributes.get(
                "style:text-line-through-type"
            )
            if line:
                self._struck[self._name] = line != "none"
        elif element == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden.add(self._name)

    def struck(self, name: str) -> bool | None:
        """Whether a style is struck through; None where it says nothing of that."""
        for _step in range(10):  # no further: styles may name each other in a circle
            if name in self._struck:
                return self._struck[name]
            name = self._parents.get(name, "")
        return None


class _Content:
    """The sheets of a file's content, element by element."""

    def __init__(self, styles: _Styles) -> None:
        self.tables: list[_Table] = []
        self.formats: list[Format] = [Format(Shape.PLAIN)]
        self.from_1904 = False
        self._styles = styles
        self._places = {self.formats[0]: "0"}
        self._defaults: list[tuple[int, int, str]] = []
        self._row = self._column = self._inside = 0
        self._row_times = 1
        self._row_hidden = False
        self._row_style = ""
        self._cells: list[_Cell] = []
        self._about: Attributes | None = None
        self._runs: list[Run] = []
        self._spans: list[bool | None] = []
        self._skipped = 0

    # Elements ------------------------------------------------------------------------------------

    def start(self, element: str, attributes: Attributes) -> None:
        """An element begins."""
        if element in ("office:annotation", "table:tracked-changes") or self._skipped:
            self._skipped += 1
        elif element == "table:table":
            self._inside += 1
            if self._inside == 1:
                visible = attributes.get("table:style-name", "") not in self._styles.hidden
                self.tables.append(_Table(attributes.get("table:name", ""), visible))
                self._row, self._column, self._defaults = 1, 1, []
        elif element == "table:null-date":
            self.from_1904 = attributes.get("table:date-value") == "1904-01-01"
        elif element.startswith("style:"):
            self._styles.start(element, attributes)
        elif self._inside == 1:
            self._start_inside(element, attributes)

    def _start_inside(self, element: str, attributes: Attributes) -> None:
        if element == "table:table-column":
            self._start_column(attributes)
        elif element == "table:table-row":
            self._column, self._cells = 1, []
            self._row_times = max(1, whole(attributes.get("table:number-rows-repeated"), 1))
            self._row_hidden = attributes.get("table:visibility", "visible") != "visible"
            self._row_style = attributes.get("table:default-cell-style-name", "")
        elif element in ("table:table-cell", "table:covered-table-cell"):
            self._about, self._runs, self._spans = attributes, [], []
        elif self._about is not None and element == "text:p" and self._runs:
            self._runs.append(Run("\n", self._span))
        elif self._about is not None and element == "text:s":
            blanks = min(whole(attributes.get("text:c"), 1), 1_000)
            self._runs.append(Run(" " * blanks, self._span))
        elif self._about is not None and element in ("text:tab", "text:line-break"):
            self._runs.append(Run("\t" if element == "text:tab" else "\n", self._span))
        elif element == "text:span":
            struck = self._styles.struck(attributes.get("text:style-name", ""))
            self._spans.append(self._span if struck is None else struck)

    def _start_column(self, attributes: Attributes) -> None:
        times = max(1, whole(attributes.get("table:number-columns-repeated"), 1))
        columns = self._column, self._column + times - 1
        if attributes.get("table:visibility", "visible") != "visible":
            self.tables[-1].hidden_columns.append(columns)
        self._defaults.append((*columns, attributes.get("table:default-cell-style-name", "")))
        self._column += times

    @property
    def _span(self) -> bool | None:
        return self._spans[-1] if self._spans else None

    def characters(self, text: str) -> None:
        """Text of a cell."""
        if self._about is not None and not self._skipped:
            self._runs.append(Run(text, self._span))

    def end(self, element: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
        elif element == "table:table":
            self._inside -= 1
        elif self._inside != 1:
            return
        elif element == "text:span" and self._spans:
            self._spans.pop()
        elif element in ("table:table-cell", "table:covered-table-cell") and self._about is not None:
            self._end_cell(self._about)
            self._about = None
        elif element == "table:table-row":
            if self._cells:
                if self._row > LAST_ROW:
                    raise damaged(
                        _(
                            "it has a row {row:,}, and the last row is {last_row:,}",
                            row=self._row,
                            last_row=LAST_ROW,
                        )
                    )
                times = min(self._row_times, LAST_ROW - self._row + 1)
                self.tables[-1].rows.append(_Row(self._row, times, self._row_hidden, self._cells))
            self._row += self._row_times

    # A cell --------------------------------------------------------------------------------------

    def _end_cell(self, about: Attributes) -> None:
        times = max(1, whole(about.get("table:number-columns-repeated"), 1))
        column, self._column = self._column, self._column + times
        self._note_merge(about, column)
        kind, value, shown = about.get("office:value-type", ""), about.get("office:value", ""), self._shown()
        formula = about.get("table:formula", "")
        formula = formula.partition("=")[2]
        if formula in _TRUTHS:
            kind, formula = "boolean", ""
        formula = formula and f"\0{formula}"
        style, inline, struck = "0", "", False
        if about.get("calcext:value-type") == "error":
            kind, value = "e", shown
        elif kind in ("float", "currency", "percentage"):
            style = self._style(_format(kind, value, shown.strip(), about.get("office:currency", "")))
            kind = "n"
        elif kind == "date":
            kind, value = "d", _as_excel_counts(about.get("office:date-value", ""))
        elif kind == "boolean":
            kind, value = "b", about.get("office:boolean-value", value)
        elif shown or kind:
            inline, struck = self._text(column, about.get("table:style-name", ""))
            kind, value = "inlineStr", ""
        elif not formula:
            return
        struck = struck or (
            kind != "inlineStr" and self._is_struck(column, about.get("table:style-name", ""))
        )
        self._cells.append(_Cell(column, times, style, kind, formula, value, inline, struck))

    def _shown(self) -> str:
        return "".join(run.text for run in self._runs)

    def _text(self, column: int, style: str) -> tuple[str, bool]:
        """A cell's text and whether all of it is struck through."""
        runs = [Run(escaped(run.text), run.struck) for run in self._runs]
        return joined(runs, in_struck=self._is_struck(column, style))

    def _is_struck(self, column: int, style: str) -> bool:
        by_column = next((name for first, last, name in self._defaults if first <= column <= last), "")
        return bool(self._styles.struck(style or self._row_style or by_column))

    def _style(self, format: Format) -> str:
        if format not in self._places:
            self._places[format] = str(len(self.formats))
            self.formats.append(format)
        return self._places[format]

    def _note_merge(self, about: Attributes, column: int) -> None:
        wide = whole(about.get("table:number-columns-spanned"), 1)
        high = whole(about.get("table:number-rows-spanned"), 1)
        if wide > 1 or high > 1:
            first = f"{column_letters(column)}{self._row}"
            self.tables[-1].merges.append(
                f"{first}:{column_letters(column + wide - 1)}{self._row + high - 1}"
            )


class _Active:
    """The name of the sheet whose tab is open, from a file's settings."""

    def __init__(self) -> None:
        self.name = ""
        self._here = False

    def start(self, element: str, attributes: Attributes) -> None:
        self._here = element == "config:config-item" and attributes.get("config:name") == "ActiveTable"
        if self._here:
            self.name = ""

    def characters(self, text: str) -> None:
        if self._here:
            self.name += text

    def end(self, element: str) -> None:
        self._here = False


def _as_excel_counts(date: str) -> str:
    """A date as Excel shows its number: a day later before the 29 February 1900 in which it believes."""
    if not "1899-12-30" <= date < "1900-03-01":
        return date
    try:
        return (dt.datetime.fromisoformat(date) + dt.timedelta(days=1)).isoformat()
    except ValueError:
        return date


_TRUTHS = ("TRUE()", "FALSE()")
"""LibreOffice makes formulas of the truths of an Excel workbook."""
_DIGITS = re.compile(r"[0-9]")
_CODE = re.compile(r"([^0-9.,%]*[^\W\d_][^0-9.,%]*)([0-9]+)([^0-9.,%]*)")


def _format(kind: str, value: str, shown: str, currency: str) -> Format:
    """What a format makes of a number, told by what is shown of it."""
    if kind == "percentage":
        return Format(Shape.PERCENT)
    decimals = _decimals(value, shown)
    if kind == "currency":
        word = currency or next((sign for sign in currencies.SIGNS if sign in shown), "")
        shape = Shape.PLAIN if word in ("$", "US$", "USD") else Shape.CURRENCY
        return Format(shape, currency=word, decimals=decimals)
    if shown.isdigit() and shown.startswith("0") and len(shown) > 1:
        return Format(Shape.PLAIN, zeros=len(shown))
    if found := _CODE.fullmatch(shown):
        before, digits, after = (part.replace('"', "") for part in found.groups())
        return Format(Shape.LITERAL, code=f'"{before}"{"0" * len(digits)}"{after}"')
    word = side(f'"{re.sub("[0-9.,]", "", shown)}"0')
    return Format(Shape.LITERAL if word else Shape.PLAIN, decimals=decimals, sides=(word, word))


def _decimals(value: str, shown: str) -> int | None:
    """With how many decimals a number is shown, whatever the marks between its digits."""
    number, digits = finite(value), "".join(_DIGITS.findall(shown))
    if number is None or abs(number) >= 1e15:
        return None
    return next(
        (some for some in range(11) if f"{abs(number):.{some}f}".replace(".", "") == digits),
        None,
    )
