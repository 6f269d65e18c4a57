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
TEXT_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
"""The first bytes by which a text says in which encoding it is."""
