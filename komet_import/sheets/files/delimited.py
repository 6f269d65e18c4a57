"""Text files with separated values (.csv, .tsv, .txt): every cell is a text, as no such file says more.

In which encoding it is and what stands between the values is found out by libraries (charset-normalizer for
bytes that are no UTF, CleverCSV for the delimiter), told as notes, and can be said by a person instead. Runs
in the disposable child process only.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator

import charset_normalizer

from komet_import.language import _
from komet_import.refusal import SheetRefusal, quoted
from komet_import.sheets.files.book import ReadOptions, SheetRead
from komet_import.sheets.files.kinds import DELIMITER_NAMES, DELIMITERS, certain_encoding
from komet_import.sheets.files.xlsx.cells import Cells
from komet_import.sheets.files.xlsx.package import SheetEntry
from komet_import.sheets.files.xlsx.references import column_letters
from komet_import.sheets.files.xlsx.shared_texts import SharedTexts
from komet_import.sheets.files.xlsx.stored import WorkbookParts
from komet_import.sheets.files.xlsx.texts import escaped
from komet_import.sheets.worksheet import Note

SHEET = "Text"
"""What the one sheet of a text file is called."""
_LOOKED_AT = 20_000  # characters from which the delimiter is found: more takes longer and says no more
_LONGEST_VALUE = 1_000_000  # characters; Excel's longest has 32,767
_LIKELY = ["cp1252", "cp850", "mac_roman"]
"""Windows, DOS and old Macintosh, of which the library takes the likeliest: among all that it knows it takes
cp1250 for a short Spanish table, and reads ń for ñ."""
_USUAL = "cp1252"


class TextBook:
    """A `Book` with one sheet."""

    def __init__(self, content: bytes, asked: ReadOptions) -> None:
        self.entries = (SheetEntry(SHEET, True, "", active=True),)
        self._limits = asked.limits
        self._parts = WorkbookParts(shared=SharedTexts(), formats=(), from_1904=False)
        self._encoding = _known_encoding(asked.text.encoding) or encoding_of(content)
        said, self._text = _after_said_delimiter(_decoded(content, self._encoding))
        self._delimiter = _known_delimiter(asked.text.delimiter) or said or delimiter_of(self._text)

    def read(self, entry: SheetEntry) -> SheetRead:
        """The sheet; each record is a row, as Excel counts them. Raises SheetRefusal: `broken-quotes`."""
        cells = Cells(self._parts, self._limits)
        for number, values in enumerate(self._records(), start=1):
            digits = str(number)
            row = [
                (column_letters(place), digits, "", "str", "", escaped(_kept(value)), "")
                for place, value in enumerate(values, start=1)
                if value
            ]
            if row:
                cells.add_row(number, False, row)
        cells.finish()
        return SheetRead(cells=cells)

    def notes(self) -> list[Note]:
        """How the text was read."""
        return [
            Note(code="text-encoding", count=1, where=(self._encoding,)),
            Note(code="text-delimiter", count=1, where=(name_of_delimiter(self._delimiter),)),
        ]

    def _records(self) -> Iterator[list[str]]:
        """The records; strictly, as a quotation mark that is never closed would swallow rows in silence."""
        csv.field_size_limit(_LONGEST_VALUE)
        reader = csv.reader(
            io.StringIO(self._text, newline=""),
            delimiter=self._delimiter,
            skipinitialspace=_has_blanks_before_quotes(self._text[:_LOOKED_AT], self._delimiter),
            strict=True,
        )
        try:
            yield from reader
        except csv.Error as error:
            raise SheetRefusal(
                "broken-quotes",
                _(
                    "A value in quotation marks, in line {max:,} or before it, does not end as it must; "
                    "correct it in the file, or save the table as an Excel workbook (.xlsx).",
                    max=max(reader.line_num, 1),
                ),
            ) from error


_KEPT = re.compile(r'="([^"]*)"').fullmatch


def _kept(value: str) -> str:
    """A value without what keeps Excel from making a number of it: `00042` of `="00042"`."""
    kept = _KEPT(value.strip()) if value.lstrip().startswith('="') else None
    return kept[1] if kept else value


def _has_blanks_before_quotes(head: str, delimiter: str) -> bool:
    """Whether values in quotation marks stand behind blanks (`"a", "b"`), outside of other such values."""
    mark = re.escape(delimiter)
    behind_another, behind_a_plain_one = rf'(?<!")"{mark} +"(?!")', rf'^[^"{mark}\n]*{mark} +"'
    return re.search(f"{behind_another}|{behind_a_plain_one}", head, re.MULTILINE) is not None


def name_of_delimiter(delimiter: str) -> str:
    """What a person calls it."""
    return next((name for name, mark in DELIMITER_NAMES.items() if mark == delimiter), delimiter)


def encoding_of(content: bytes) -> str:
    """The encoding of a text file: what its bytes say for sure, UTF-8 where they are that, else the
    likeliest."""
    said = certain_encoding(content)
    if said is not None:
        return said
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        found = charset_normalizer.from_bytes(content, cp_isolation=_LIKELY).best()
        return _with_most_letters(content, str(found.encoding) if found is not None else _USUAL)
    return "utf-8"


def _with_most_letters(content: bytes, found: str) -> str:
    """The likely encoding in which most characters are letters of words: of a few bytes the library may make
    the signs `³` and `±` where `ü` and `ñ` are meant. Of several it is the one that was `found`."""
    letters = {name: _letters(content, name) for name in dict.fromkeys((found, *_LIKELY))}
    return max(letters, key=lambda name: letters[name])


_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def _letters(content: bytes, encoding: str) -> int:
    """How many characters beyond ASCII stand in words as letters do, less those that no word has: signs
    between letters, capitals behind small ones."""
    text = f" {content[:_LOOKED_AT].decode(encoding, errors='replace')} "
    found = 0
    for beyond in _BEYOND_ASCII.finditer(text):
        char, before, after = beyond[0], text[beyond.start() - 1], text[beyond.end()]
        if not (before.isalpha() or after.isalpha()):
            continue
        if not char.isalpha():
            found -= before.isalpha() and after.isalpha()
        elif char.isupper():
            found += -1 if before.islower() or (before.isupper() and after.islower()) else 1
        else:
            found += -1 if before.isupper() and after.isupper() else 1
    return found


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise SheetRefusal(
            "wrong-encoding",
            _(
                "The text is not written in the encoding {encoding}, to which its byte {start:,} does not "
                "belong; choose another one.",
                encoding=quoted(encoding),
                start=error.start + 1,
            ),
        ) from error


def _known_encoding(name: str | None) -> str | None:
    """The name of an encoding as Python knows it. Raises SheetRefusal `unknown-encoding`."""
    try:
        if name is not None:
            "".encode(name)
            return codecs.lookup(name).name
    except (LookupError, ValueError) as error:
        raise SheetRefusal(
            "unknown-encoding",
            _("{name} is no encoding; choose one such as utf-8 or cp1252.", name=quoted(name or "")),
        ) from error
    return None


def _known_delimiter(name: str | None) -> str | None:
    """A delimiter by itself or by its name. Raises SheetRefusal `unknown-delimiter`."""
    found = DELIMITER_NAMES.get(name.strip().lower(), name) if name is not None else None
    if found is not None and (len(found) != 1 or found in '"\r\n' or found.isalnum()):
        names = ", ".join(DELIMITER_NAMES)
        raise SheetRefusal(
            "unknown-delimiter",
            _(
                "{name} cannot stand between values; choose one of {names}.",
                name=quoted(name or ""),
                names=names,
            ),
        )
    return found


def _after_said_delimiter(text: str) -> tuple[str | None, str]:
    """The delimiter that a first line `sep=;` says, which Excel obeys and does not show, and the rest."""
    first, _, rest = text.partition("\n")
    said = first.rstrip("\r")
    if len(said) == 5 and said.lower().startswith("sep=") and said[4] not in '"':
        return said[4], rest
    return None, text


def delimiter_of(text: str) -> str:
    """What stands between the values of a text, found in its first lines."""
    head = text[:_LOOKED_AT]
    if len(head) < len(text):
        head = head[: head.rfind("\n") + 1] or head
    import clevercsv  # it takes a tenth of a second to load, and most files are no texts

    found = clevercsv.Sniffer().sniff(head, delimiters=DELIMITERS)
    if found is not None and found.delimiter:
        return str(found.delimiter)
    return max(DELIMITERS, key=head.count)
