"""The spreadsheet as a book of sheets: its parts, and the sheets made of them."""

import io
import zipfile
from collections.abc import Callable, Iterator

from komet_import.language import _
from komet_import.refusal import SheetRefusal
from komet_import.sheets.cell_comments import kept
from komet_import.sheets.files.book import ReadOptions, SheetRead, hidden_among, noted_merges
from komet_import.sheets.files.open_document.content import Cell, DocumentContent
from komet_import.sheets.files.open_document.styles import Styles
from komet_import.sheets.files.xlsx.cells import LAST_COLUMN, Cells, RawCell
from komet_import.sheets.files.xlsx.package import SheetEntry
from komet_import.sheets.files.xlsx.references import column_letters
from komet_import.sheets.files.xlsx.shared_texts import SharedTexts
from komet_import.sheets.files.xlsx.stored import WorkbookParts
from komet_import.sheets.files.xlsx.xml import BLOCK, Attributes, each_element, feed, new_parser
from komet_import.sheets.files.zip_part import unpacked
from komet_import.sheets.worksheet import Note

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_PREFIXES = {f"{_SPACE}{name}:1.0": name for name in ("office", "table", "text", "style", "config")} | {
    "http://purl.org/dc/elements/1.1/": "dc"
}


class OdsBook:
    """A `Book`. Raises SheetRefusal where it is damaged."""

    def __init__(self, content: bytes, asked: ReadOptions) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self._limits = asked.limits
        styles = Styles()
        self._parse("styles.xml", styles.start)
        found = DocumentContent(styles)
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
            SheetEntry(table.name, table.visible, str(place), active=table.name == active.name)
            for place, table in enumerate(self._tables)
        ]

    def read(self, entry: SheetEntry) -> SheetRead:
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
            comments=lambda: kept(table.comments),
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
        entry = self._zip.getinfo(part)

        def begun(element: str, attributes: Attributes) -> None:
            start(_named(element), {_named(name): value for name, value in attributes.items()})

        def ended(element: str) -> None:
            if end is not None:
                end(_named(element))

        parser = new_parser()
        each_element(parser, begun, ended)
        parser.CharacterDataHandler = characters
        feed(parser, unpacked(self._zip, entry, BLOCK), part)


def _named(name: str) -> str:
    """A name of expat (`namespace}local`) with the usual prefix."""
    space, _, local = name.rpartition("}")
    prefix = _PREFIXES.get(space, "calcext" if f"{space}}}" == _CALC else "")
    return f"{prefix}:{local}"


def _raw(number: int, row: list[Cell], cells: Cells) -> Iterator[RawCell]:
    digits = str(number)
    for cell in row:
        for column in range(cell.column, min(cell.column + cell.times, LAST_COLUMN + 1)):
            letters = column_letters(column)
            if cell.struck:
                cells.notes.strike(letters, number)
            yield letters, digits, cell.style, cell.kind, cell.formula, cell.value, cell.inline


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
