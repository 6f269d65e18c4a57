"""The kinds of file that are read, each by a reader of its own."""

from enum import StrEnum

from komet_import.language import marked


class FileKind(StrEnum):
    """What a file is by its content; its name may say otherwise."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"  # values separated by commas, semicolons, tabs or bars


EXTENSIONS = (".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt")
"""What the name of a file that is read ends in."""

DELIMITER_NAMES = {marked("comma"): ",", marked("semicolon"): ";", marked("tab"): "\t", marked("bar"): "|"}
"""What stands between the values of a text file, by what a person calls it."""
DELIMITERS = "".join(DELIMITER_NAMES.values())
_TEXT_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
"""The first bytes by which a text says in which encoding it is."""
_HEAD = 4096
"""So many bytes say whether a text without such a beginning has two bytes for each character."""
_MOST, _HARDLY_ANY = 0.9, 0.01


def certain_encoding(content: bytes) -> str | None:
    """The encoding that the bytes of a text say for sure: by their beginning, or, of UTF-16 without one, by
    where the NULs stand, which are the first or the second half of each letter that Europe writes."""
    said = next((encoding for start, encoding in _TEXT_BOMS.items() if content.startswith(start)), None)
    if said is not None:
        return said
    head = content[: min(_HEAD, len(content) // 2 * 2)]
    units = len(head) // 2
    first, second = head[::2].count(0), head[1::2].count(0)
    if second > _MOST * units and first <= _HARDLY_ANY * units:
        return "utf-16-le"
    if first > _MOST * units and second <= _HARDLY_ANY * units:
        return "utf-16-be"
    return None
