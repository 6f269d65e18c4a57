"""The swift way through a worksheet: expat only checks the rows, expressions find what is in them.

A sheet's rows are mostly written alike. One expression for a whole row is learned from the first of them and
gives the cells of thousands of rows as columns, which are read column by column. A row that it does not match
goes cell by cell through a second expression; where that one does not account for every cell, the row is read
the careful way (`careful`), and so is the whole of a sheet that is not written as plainly as Excel,
LibreOffice and the common libraries write it. One expat parser sees the whole sheet whatever the way, so that
nothing ill-formed is ever read.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from xml.parsers import expat

from komet_import.refusal import SheetRefusal
from komet_import.sheets.files.xlsx.careful import Careful
from komet_import.sheets.files.xlsx.cells import Cells, Limits, RawCell
from komet_import.sheets.files.xlsx.references import column_number
from komet_import.sheets.files.xlsx.row_pattern import (
    ABOUT_CELL,
    ATTRIBUTE,
    ATTRIBUTES,
    TEXT_ELEMENT,
    Manners,
    RowPattern,
)
from komet_import.sheets.files.xlsx.stored import WorkbookParts
from komet_import.sheets.files.xlsx.xml import MAIN, decoded, plain_root, without_prefix

_LONGEST_ROW = 16_000_000  # bytes of XML without an end of row: no real row comes near
_MOST_LEARNED = 12
_MOST_COLUMNS = 500  # of one expression: a longer one takes longer to make than it saves
_MOST_REMEMBERED = 1_000
_PATIENCE = 50  # rows that do not match, after which no expression is tried any more

_CELL = re.compile(
    rf'<c r="([A-Z]{{1,3}})([0-9]{{1,7}})"({ABOUT_CELL})'
    r"(?: ?/>"
    r"|>(<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?(?:<v>([^<]*)</v>|<v ?/>)?</c>"
    rf"|>{TEXT_ELEMENT}([^<]*)</t></is></c>)"
)

_ROW = re.compile(rf"{ATTRIBUTES}\s*/?")
_TAG = re.compile(r"<[^>]*>")


class _Unusual(Exception):
    """The sheet is not written as plainly as the swift way needs; exists to start again the careful way."""


def read_cells(
    blocks: Callable[[], Iterator[bytes]], parts: WorkbookParts, limits: Limits, *, swiftly: bool = True
) -> Careful:
    """All cells of a sheet (`Careful.cells`), the swift way where it is plain enough.

    `blocks` gives the sheet's XML piece by piece, each time from the beginning. Raises SheetRefusal.
    """
    careful = Careful(Cells(parts, limits))
    try:
        if not swiftly:
            raise _Unusual
        try:
            _read_swiftly(blocks(), careful)
        except SheetRefusal:
            if _holds_markup(blocks()):  # what was found wanting may be no row at all
                raise _Unusual from None
            raise
    except _Unusual:
        careful = Careful(Cells(parts, limits))
        for block in blocks():
            careful.parse(block)
        careful.parse(b"", last=True)
    careful.cells.finish()
    return careful


def _holds_markup(blocks: Iterator[bytes]) -> bool:
    """Whether XML holds a comment, CDATA or an instruction behind its declaration."""
    tail = next(blocks, b"")
    tail = tail[tail.find(b"?>") + 1 :]
    for block in chain((b"",), blocks):
        window = tail + block
        if b"<!" in window or b"<?" in window:
            return True
        tail = window[-1:]
    return False


def _read_swiftly(blocks: Iterator[bytes], careful: Careful) -> None:
    """Head and tail of the sheet through expat's handlers, the rows between them by expression."""
    rest = next(blocks, b"")
    prefix = plain_root(rest, "worksheet")
    if prefix is None:
        raise _Unusual
    opening = f"<{prefix}sheetData>".encode()
    while (start := rest.find(opening)) < 0:
        block = next(blocks, None)
        if block is None or len(rest) > _LONGEST_ROW:
            raise _Unusual
        rest += block
    head, rest = rest[: start + len(opening)], rest[start + len(opening) :]
    if b"<!" in head or b"<mc:" in head:
        raise _Unusual
    careful.parse(head)
    careful.switch_off()
    rows = _Rows(careful, prefix)
    in_tail = False
    for block in _rows_then_tail(rest, blocks, prefix):
        if not in_tail and block.startswith(f"</{prefix}sheetData".encode()):
            careful.switch_on()
            in_tail = True
        careful.parse(block)
        if not in_tail:
            rows.read(block)
    careful.parse(b"", last=True)
    if careful.more_than_plain:
        raise _Unusual


def _rows_then_tail(rest: bytes, blocks: Iterator[bytes], prefix: str) -> Iterator[bytes]:
    """Blocks of whole rows, then, beginning with `</sheetData`, what follows them."""
    row, closing = f"<{prefix}row".encode(), f"</{prefix}sheetData".encode()
    while True:
        end = rest.find(closing)
        if end >= 0:
            if end:
                yield rest[:end]
            yield rest[end:]
            yield from blocks
            return
        cut = rest.rfind(row)
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


class _Rows:
    """The rows of one sheet, block by block."""

    def __init__(self, careful: Careful, prefix: str) -> None:
        self._careful = careful
        self._prefix = prefix
        self._pattern: RowPattern | None = None
        self._learned = 0
        self._missed = 0
        self._manners = Manners()
        self._hidden: dict[tuple[str | None, str | None], bool] = {}

    def read(self, block: bytes) -> None:
        """The rows of one block, which expat has found well-formed."""
        text = self._plain(block)
        place = begin = text.find("<row")
        if text[: place if place >= 0 else None].strip():
            raise _Unusual
        found: list[tuple[str | None, ...]] = []
        while 0 <= place < len(text):
            pattern = self._pattern
            while pattern is not None and (match := pattern.match(text, place)) is not None:
                found.append(match.groups())
                place = match.end()
            if pattern is not None and found:
                self._take(found, pattern, text[begin:place])
                found = []
                begin = place
                continue
            end = text.find("<row", place + 4)
            end = len(text) if end < 0 else end
            self._one_row(text[place + 4 : end])
            begin = place = end

    def _plain(self, block: bytes) -> str:
        """The text of a block, its elements without a prefix."""
        if self._careful.more_than_plain:
            raise _Unusual
        try:
            text = block.decode("utf-8")
        except UnicodeDecodeError:
            raise _Unusual from None
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        plain = without_prefix(text, self._prefix)
        if plain is None:
            raise _Unusual
        return plain

    # Rows that match -----------------------------------------------------------------------------

    def _take(self, found: list[tuple[str | None, ...]], pattern: RowPattern, text: str) -> None:
        """Rows as the expression's groups; `text` is what they were found in."""
        careful = self._careful
        before, digits, after, *groups = zip(*found, strict=True)
        numbers = [int(number) for number in digits if number]
        if not careful.cells.follow(numbers):
            for part in text.split("<row")[1:]:
                self._one_row(part, learn=False)
            return
        hidden: list[bool] | None = None
        if any(map(self._is_hidden, set(zip(before, after, strict=True)))):
            hidden = [self._is_hidden(about) for about in zip(before, after, strict=True)]
        careful.cells.add_rows(numbers, hidden, pattern.stacks(groups, self._manners))
        careful.last_row = numbers[-1]
        self._missed = 0

    def _is_hidden(self, about: tuple[str | None, str | None]) -> bool:
        known = self._hidden.get(about)
        if known is None:
            if len(self._hidden) > _MOST_REMEMBERED:
                self._hidden.clear()
            known = self._careful.hides(dict(ATTRIBUTE.findall(f"{about[0]}{about[1]}")))
            self._hidden[about] = known
        return known

    # A row alone ---------------------------------------------------------------------------------

    def _one_row(self, part: str, *, learn: bool = True) -> None:
        """One row, from behind its `<row` to the next one."""
        careful = self._careful
        head, _, body = part.partition(">")
        if not _ROW.fullmatch(head):
            raise _Unusual
        careful.start_row(dict(ATTRIBUTE.findall(head)))
        cells = _CELL.findall(body)
        if len(cells) != body.count("<c"):
            _careful_row(body, careful)
            return
        kept = [_raw(*cell) for cell in cells if cell[4] or cell[5] or cell[3]]
        if kept:
            careful.cells.add_row(careful.last_row, careful.row_hidden, kept)
            if learn:
                self._learn(kept)

    def _learn(self, cells: list[RawCell]) -> None:
        """Make an expression that matches rows like this one as well, unless that is not worth while."""
        self._missed += 1
        known = self._pattern
        letters = {cell[0] for cell in cells} | set(known.letters if known else ())
        formulas = any(cell[4] for cell in cells) or (known is not None and known.formulas)
        covered = known is not None and len(letters) == len(known.letters) and formulas == known.formulas
        if self._missed > _PATIENCE:
            self._pattern = None
        elif not covered and self._learned < _MOST_LEARNED and len(letters) <= _MOST_COLUMNS:
            self._learned += 1
            self._pattern = RowPattern(tuple(sorted(letters, key=column_number)), formulas=formulas)


def _raw(letters: str, digits: str, about: str, formula: str, value: str, inline: str) -> RawCell:
    """A cell as its expression finds it."""
    said = dict(ATTRIBUTE.findall(about))
    formula = "\0" + decoded(_TAG.sub("", formula)) if formula else ""
    return letters, digits, said.get("s", ""), said.get("t", ""), formula, decoded(value), decoded(inline)


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
