"""Workbooks as Excel has written them since 2007 (.xlsx), plain and Strict, by our own reader (`xlsx`)."""

from komet_import.sheets.cell_comments import kept
from komet_import.sheets.files.book import ReadOptions, SheetRead, hidden_among
from komet_import.sheets.files.xlsx.package import Package, SheetEntry
from komet_import.sheets.files.xlsx.stored import WorkbookParts
from komet_import.sheets.files.xlsx.swift import read_cells
from komet_import.sheets.worksheet import Note


class XlsxBook:
    """A `Book`."""

    def __init__(self, content: bytes, asked: ReadOptions) -> None:
        self._package = Package(content)
        self._limits = asked.limits
        self.entries = self._package.entries
        self._parts = WorkbookParts(
            shared=self._package.shared_texts(),
            formats=self._package.formats(),
            from_1904=self._package.from_1904,
            currency=asked.currency,
        )

    def read(self, entry: SheetEntry) -> SheetRead:
        """One sheet. Raises SheetRefusal where it is damaged."""
        careful = read_cells(lambda: self._package.blocks(entry.part), self._parts, self._limits)
        return SheetRead(
            cells=careful.cells,
            hidden_columns=hidden_among(careful.cells, careful.hidden_columns),
            merges=careful.merges,
            totals=lambda: self._package.total_rows(entry.part),
            comments=lambda: kept(self._package.comments(entry.part)),
        )

    def notes(self) -> list[Note]:
        """What there is to know. Raises SheetRefusal for a DOCTYPE in any part."""
        self._package.refuse_doctypes()
        return [Note(code="dates-from-1904", count=1)] if self._package.from_1904 else []
