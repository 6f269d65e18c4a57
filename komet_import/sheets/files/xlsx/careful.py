"""The careful way through a worksheet: every element is taken from expat.

It reads whatever is correct, however oddly it is written, and takes its time; `swift` is the other way.
"""

import re
from xml.parsers import expat

from komet_import.language import _
from komet_import.sheets.files.xlsx.cells import Cells, RawCell
from komet_import.sheets.files.xlsx.references import column_letters, column_number
from komet_import.sheets.files.xlsx.shared_texts import run_is_struck
from komet_import.sheets.files.xlsx.texts import TextRun, joined
from komet_import.sheets.files.xlsx.xml import (
    MAINS,
    Attributes,
    broken_xml,
    check_depth,
    damaged,
    is_true,
    new_parser,
    watch,
    whole,
)
from komet_import.sheets.worksheet import MOST_MERGES

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,7})\$?0*([0-9]{1,12})")
_NOTHING = re.compile(r"0+(?:\.0*)?|\.0+")
_PART_OF_CELL = {"f": 4, "v": 5, "t": 6}  # of RawCell


class Careful:
    """The elements of a worksheet, one by one from expat."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.parser = new_parser()
        self.more_than_plain: list[object] = []
        self.last_row = 0
        self.row_hidden = False
        self.rows_hidden_by_default = False
        self.hidden_columns: list[tuple[int, int]] = []
        self.merges: list[str] = []
        self._root = ""
        self._depth = 0
        self._row: list[RawCell] = []
        self._cell: list[str] = []
        self._column = 0
        self._phonetic = 0
        self._pieces: list[str] = []
        self._runs: list[TextRun] = []
        self._run_struck: bool | None = None
        self.switch_on()

    def switch_on(self) -> None:
        """Take elements from expat."""
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartNamespaceDeclHandler = None

    def switch_off(self) -> None:
        """Let expat only check; `more_than_plain` says of anything but elements and text."""
        self.parser.StartElementHandler = None
        self.parser.EndElementHandler = None
        self.more_than_plain = watch(self.parser)

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
        if space not in MAINS:
            return
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "f") or (name == "t" and not self._phonetic):
            if self._cell:
                self._pieces = []
                self.parser.CharacterDataHandler = self._pieces.append
                if name == "f":
                    self._cell[4] = "\0"
        elif name in ("r", "rPr", "strike"):
            self._run_struck = run_is_struck(name, attributes)
        elif name == "rPh":
            self._phonetic += 1
        elif name == "row":
            self.start_row(attributes)
        elif name == "col" and (
            is_true(attributes.get("hidden", "0")) or _NOTHING.fullmatch(attributes.get("width", "").strip())
        ):
            self.hidden_columns.append((whole(attributes.get("min")), whole(attributes.get("max"))))
        elif name == "sheetFormatPr":
            self.rows_hidden_by_default = is_true(attributes.get("zeroHeight", "0"))
        elif name == "mergeCell":
            reference = attributes.get("ref", "")[:40]
            self.cells.notes.note_at("merged-cells", reference)
            if len(self.merges) < MOST_MERGES:
                self.merges.append(reference)

    def _check_root(self, space: str, name: str) -> None:
        self._root = name
        if space not in MAINS or name != "worksheet":
            raise damaged(_("where a worksheet should be there is “{name}”", name=name[:40]))

    def start_row(self, attributes: Attributes) -> None:
        """A row begins."""
        stated = attributes.get("r", "").strip()
        if stated and not (stated.isascii() and stated.isdigit()):
            raise damaged(_("a row has the number {stated!r}", stated=stated[:20]))
        self.last_row = int(stated[:12]) if stated else self.last_row + 1
        self.row_hidden = self.hides(attributes)
        self._row = []
        self._column = 0

    def hides(self, row: Attributes) -> bool:
        """Whether Excel hides a row with these attributes. No height hides it too, unless Excel may choose
        another one (no `customHeight`).
        """
        hidden = row.get("hidden")
        if is_true(row.get("customHeight", "0")) and _NOTHING.fullmatch(row.get("ht", "").strip()):
            return True
        return is_true(hidden) if hidden is not None else self.rows_hidden_by_default

    def _start_cell(self, attributes: Attributes) -> None:
        self._run_struck = None
        reference = attributes.get("r", "").strip()
        if reference:
            found = _REFERENCE.fullmatch(reference)
            if found is None or found[2] != str(self.last_row):
                raise damaged(
                    _(
                        "row {last_row:,} holds a cell that is named {reference!r}",
                        last_row=self.last_row,
                        reference=reference[:20],
                    )
                )
            self._column = column_number(found[1].upper())
        else:
            self._column += 1
        style = attributes.get("s", "").strip()
        style = style if style.isascii() and style.isdigit() and len(style) < 7 else ""
        letters = column_letters(self._column)
        self._cell = [letters, str(self.last_row), style, attributes.get("t", "").strip(), "", ""]

    def _inline(self, letters: str, style: str) -> str:
        """The text that stands in the cell itself."""
        runs, self._runs, self._run_struck = self._runs, [], None
        inline, struck = joined(runs, in_struck=self.cells.values.is_struck(style))
        if struck:
            self.cells.notes.strike(letters, self.last_row)
        return inline

    def _end(self, element: str) -> None:
        self._depth -= 1
        space, _, name = element.rpartition("}")
        if space not in MAINS:
            return
        if name in _PART_OF_CELL:
            self.parser.CharacterDataHandler = None
            if self._cell and name == "t":
                if not self._phonetic:
                    self._runs.append(TextRun("".join(self._pieces), self._run_struck))
            elif self._cell:
                self._cell[_PART_OF_CELL[name]] += "".join(self._pieces)
            self._pieces = []
        elif name == "c" and self._cell:
            letters, digits, style, kind, formula, value = self._cell
            inline = self._inline(letters, style) if self._runs else ""
            if formula or value or inline:
                self._row.append((letters, digits, style, kind, formula, value, inline))
            self._cell = []
        elif name == "rPh":
            self._phonetic -= 1
        elif name == "row":
            if self._row:
                self.cells.add_row(self.last_row, self.row_hidden, self._row)
            self._row = []
