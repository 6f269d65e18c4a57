"""The sheets as they stand in a file, made element by element."""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from komet_import.language import _
from komet_import.sheets.files.open_document.annotations import Annotation
from komet_import.sheets.files.open_document.shown import HIDDEN_TEXTS, shown_format
from komet_import.sheets.files.open_document.styles import Styles
from komet_import.sheets.files.xlsx.cells import LAST_ROW
from komet_import.sheets.files.xlsx.formats import Format, Shape
from komet_import.sheets.files.xlsx.references import column_letters
from komet_import.sheets.files.xlsx.texts import TextRun, escaped, joined
from komet_import.sheets.files.xlsx.xml import Attributes, damaged, whole

_TRUTHS = ("TRUE()", "FALSE()")
"""LibreOffice makes formulas of the truths of an Excel workbook."""


class Cell(NamedTuple):
    """A filled cell as it stands in the file, with its column and how often it stands there."""

    column: int
    times: int
    style: str
    kind: str
    formula: str
    value: str
    inline: str
    struck: bool


class Row(NamedTuple):
    """A row with something in it, and how often it stands there."""

    number: int
    times: int
    hidden: bool
    cells: list[Cell]


@dataclass
class DocumentSheet:
    """A sheet as it stands in the file."""

    name: str
    visible: bool
    rows: list[Row] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    comments: list[tuple[str, str, str]] = field(default_factory=list)


class DocumentContent:
    """The sheets of a file's content, element by element."""

    def __init__(self, styles: Styles) -> None:
        self.tables: list[DocumentSheet] = []
        self.formats: list[Format] = [Format(Shape.PLAIN)]
        self.from_1904 = False
        self._styles = styles
        self._places = {self.formats[0]: "0"}
        self._defaults: list[tuple[int, int, str]] = []
        self._row = self._column = self._inside = 0
        self._row_times = 1
        self._row_hidden = False
        self._row_style = ""
        self._cells: list[Cell] = []
        self._about: Attributes | None = None
        self._runs: list[TextRun] = []
        self._spans: list[bool | None] = []
        self._is_told = False
        self._skipped = 0
        self._annotation: Annotation | None = None

    # Elements ------------------------------------------------------------------------------------

    def start(self, element: str, attributes: Attributes) -> None:
        """An element begins."""
        if element in ("office:annotation", "table:tracked-changes") or self._skipped:
            self._skipped += 1
            if self._annotation is not None:
                self._annotation.start(element)
            elif element == "office:annotation" and self._skipped == 1 and self._about is not None:
                cell = f"{column_letters(self._column)}{self._row}"
                self._annotation = Annotation(cell, self.tables[-1].comments.append)
        elif element == "table:table":
            self._inside += 1
            if self._inside == 1:
                visible = attributes.get("table:style-name", "") not in self._styles.hidden
                self.tables.append(DocumentSheet(attributes.get("table:name", ""), visible))
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
            self._about, self._runs, self._spans, self._is_told = attributes, [], [], False
        elif self._about is not None and element == "text:p":
            self._is_told = True
            if self._runs:
                self._runs.append(TextRun("\n", self._span))
        elif self._about is not None and element == "text:s":
            blanks = min(whole(attributes.get("text:c"), 1), 1_000)
            self._runs.append(TextRun(" " * blanks, self._span))
        elif self._about is not None and element in ("text:tab", "text:line-break"):
            self._runs.append(TextRun("\t" if element == "text:tab" else "\n", self._span))
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
        """Text of a cell, or of its comment."""
        if self._annotation is not None:
            self._annotation.characters(text)
        elif self._about is not None and not self._skipped:
            self._runs.append(TextRun(text, self._span))

    def end(self, element: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
            if self._annotation is not None:
                self._annotation.end(element)
                self._annotation = self._annotation if self._skipped else None
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
                self.tables[-1].rows.append(Row(self._row, times, self._row_hidden, self._cells))
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
            told = shown.strip() if self._is_told else None
            style = self._style(shown_format(kind, value, told, about.get("office:currency", "")))
            kind = "n"
        elif kind == "date":
            kind, value = "d", _as_excel_counts(about.get("office:date-value", ""))
        elif kind == "boolean":
            kind, value = "b", about.get("office:boolean-value", value)
        elif not shown and (hidden := about.get("office:string-value", "")):
            style = self._style(HIDDEN_TEXTS) if self._is_told else "0"
            kind, value, inline = "inlineStr", "", escaped(hidden)
        elif shown or kind:
            inline, struck = self._text(column, about.get("table:style-name", ""))
            kind, value = "inlineStr", ""
        elif not formula:
            return
        struck = struck or (
            kind != "inlineStr" and self._is_struck(column, about.get("table:style-name", ""))
        )
        self._cells.append(Cell(column, times, style, kind, formula, value, inline, struck))

    def _shown(self) -> str:
        return "".join(run.text for run in self._runs)

    def _text(self, column: int, style: str) -> tuple[str, bool]:
        """A cell's text and whether all of it is struck through."""
        runs = [TextRun(escaped(run.text), run.struck) for run in self._runs]
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


def _as_excel_counts(date: str) -> str:
    """A date as Excel shows its number: a day later before the 29 February 1900 in which it believes."""
    if not "1899-12-30" <= date < "1900-03-01":
        return date
    try:
        return (dt.datetime.fromisoformat(date) + dt.timedelta(days=1)).isoformat()
    except ValueError:
        return date
