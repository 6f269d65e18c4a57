"""The guard: looks at the bytes of an upload before anything parses them.

What kind of file is it, and if none that we read, what is it, so that the sentence helps? Whether a zip is
harmless is asked of `archive`. Nothing is parsed here; that is for the disposable child process (`child`).
The content decides, not the name: exports of web shops and banks are tables of text under the name .xls.
"""

import re
from pathlib import PurePosixPath

from komet_import.language import _, marked
from komet_import.refusal import SheetRefusal, name_of_file
from komet_import.settings import Settings
from komet_import.sheets.files.archive import SAVE_ANEW, check_zip
from komet_import.sheets.files.kinds import DELIMITERS, EXTENSIONS, FileKind, certain_encoding


def check(content: bytes, file_name: str, settings: Settings) -> FileKind:
    """What kind of file it is. Raises SheetRefusal where it is none that is read, or not harmless; each
    reason has its own code.
    """
    name = name_of_file(file_name)
    if name.startswith(("~$", ".~lock.")):
        raise SheetRefusal(
            "lock-file",
            _(
                "“{name}” is the lock file that marks a workbook as open; choose the workbook itself, "
                "“{workbook}”.",
                name=name,
                workbook=name.removeprefix("~$").removeprefix(".~lock.").removesuffix("#"),
            ),
        )
    if not content:
        raise SheetRefusal(
            "empty-file", _("“{name}” is empty (0 bytes); choose the workbook again.", name=name)
        )
    if len(content) > settings.max_upload_mb << 20:
        raise too_large(name, len(content), settings)
    kind = check_zip(content, name) if content.startswith(b"PK") else _other_kind(content, name)
    _check_extension(name)
    return kind


def too_large(name: str, size: int, settings: Settings) -> SheetRefusal:
    """Why a file of that many bytes is not read, whether or not its bytes are here."""
    megabytes = max(size / 1024 / 1024, settings.max_upload_mb + 0.1)  # never the limit itself
    return SheetRefusal(
        "too-large",
        _(
            "“{name}” has {megabytes:,.1f} MB; at most {max_upload_mb} MB are read. Split it, "
            "or remove pictures and unused sheets.",
            name=name_of_file(name),
            megabytes=megabytes,
            max_upload_mb=settings.max_upload_mb,
        ),
    )


def _check_extension(name: str) -> None:
    extension = PurePosixPath(name).suffix.lower()
    if extension == ".xlsm":
        raise SheetRefusal(
            "macros",
            _(
                "“{name}” is a workbook for macros (.xlsm); save it as a workbook without them (.xlsx).",
                name=name,
            ),
        )
    if extension not in EXTENSIONS:
        raise SheetRefusal(
            "wrong-extension",
            _(
                "“{name}” holds a table, but its name does not end in {endings}; check that it is the file "
                "you mean, and rename it.",
                name=name,
                endings=", ".join(EXTENSIONS),
            ),
        )


# What is it, if it is not a workbook --------------------------------------------------------------

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "pdf-file", marked("a PDF document")),
    (b"\x89PNG", "image-file", marked("a picture (PNG)")),
    (b"\xff\xd8\xff", "image-file", marked("a picture (JPEG)")),
    (b"GIF8", "image-file", marked("a picture (GIF)")),
    (b"BM", "image-file", marked("a picture (BMP)")),
    (b"II*\x00", "image-file", marked("a picture (TIFF)")),
    (b"MM\x00*", "image-file", marked("a picture (TIFF)")),
    (b"{\\rtf", "rich-text-file", marked("a rich text document")),
    (b"\x1f\x8b", "archive-file", marked("a compressed archive (gzip)")),
    (b"Rar!", "archive-file", marked("a compressed archive (RAR)")),
    (b"7z\xbc\xaf", "archive-file", marked("a compressed archive (7z)")),
    (b"BZh", "archive-file", marked("a compressed archive (bzip2)")),
    (b"\xfd7zXZ", "archive-file", marked("a compressed archive (xz)")),
    (
        b"\x00\x05\x16\x07",
        "mac-companion-file",
        marked("a companion file that macOS puts beside the real one"),
    ),
    (b"MZ", "program-file", marked("a Windows program")),
    (b"\x7fELF", "program-file", marked("a program")),
    (b"SQLite format 3\x00", "database-file", marked("a database")),
    (b"PAR1", "database-file", marked("a Parquet file")),
)

_CONTROLS = re.compile("[\x01-\x08\x0e-\x19\x1b-\x1f\x7f]")
"""Characters of which text has hardly any, in whatever encoding."""

_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")


def _other_kind(content: bytes, name: str) -> FileKind:
    """The kind of a file that is no zip."""
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound_file(content, name)
    if content.startswith(_OLD_EXCEL):
        raise SheetRefusal(
            "old-excel",
            _(
                "“{name}” is a workbook of Excel 4 or older; open it in Excel and save it as .xlsx.",
                name=name,
            ),
        )
    for start, code, what in _SIGNATURES:
        if content.startswith(start) and (start != b"BM" or b"\x00" in content[:16]):
            raise SheetRefusal(
                code,
                _("“{name}” is {what}, not an Excel workbook. Choose the workbook.", name=name, what=_(what)),
            )
    if (content[:4] == b"RIFF" and content[8:12] == b"WEBP") or content[4:12] in (b"ftypheic", b"ftypavif"):
        raise SheetRefusal(
            "image-file", _("“{name}” is a picture, not an Excel workbook. Choose the workbook.", name=name)
        )
    if not content.strip(b"\x00 \t\r\n"):
        raise SheetRefusal(
            "blank-file",
            _(
                "“{name}” holds nothing but blanks: its copy or download was not completed. Choose it again.",
                name=name,
            ),
        )
    if len(content) in (165, 171) and content[0] < 60 and b"\x00" in content:
        raise SheetRefusal(
            "lock-file",
            _("“{name}” is the lock file of an open workbook; choose the workbook itself.", name=name),
        )
    if _is_table_of_text(content, name):
        return FileKind.TEXT
    if b"PK\x03\x04" in content[:4096] or b"PK\x05\x06" in content[-70_000:]:
        raise SheetRefusal(
            "damaged-zip",
            _(
                "“{name}” is damaged: the beginning of the workbook is not where it must be. {save_anew}",
                name=name,
                save_anew=_(SAVE_ANEW),
            ),
        )
    raise _not_a_workbook(name)


def _not_a_workbook(name: str) -> SheetRefusal:
    told = _("“{name}” is not an Excel workbook. {save_anew}", name=name, save_anew=_(SAVE_ANEW))
    return SheetRefusal("not-a-workbook", told)


def _compound_file(content: bytes, name: str) -> FileKind:
    """Old Office files and encrypted new ones share one container; the streams' names tell them apart."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise SheetRefusal(
            "password-protected",
            _(
                "“{name}” is protected with a password; remove it in Excel (File, Info, Protect Workbook) "
                "and save it again.",
                name=name,
            ),
        )
    if has("WordDocument") or has("PowerPoint Document"):
        raise SheetRefusal(
            "other-office-file",
            _(
                "“{name}” is a Word or PowerPoint document, not a workbook. {save_anew}",
                name=name,
                save_anew=_(SAVE_ANEW),
            ),
        )
    if has("Workbook") or has("Book"):
        return FileKind.XLS
    raise _not_a_workbook(name)


def _is_table_of_text(content: bytes, name: str) -> bool:
    """Whether it is text with separated values. Raises SheetRefusal for any other text, by what it is."""
    head = content[: 64 * 1024].decode(certain_encoding(content) or "utf-8", errors="replace")
    if "\x00" in head or len(_CONTROLS.findall(head)) > max(3, len(head) / 100):
        return False
    start = head.lstrip()[:4000].lower()
    if start.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in start and "<workbook" in start:
            raise SheetRefusal(
                "xml-spreadsheet",
                _(
                    "“{name}” is an XML Spreadsheet 2003, not an .xlsx workbook. {save_anew}",
                    name=name,
                    save_anew=_(SAVE_ANEW),
                ),
            )
        if "urn:oasis:names:tc:opendocument" in start:
            raise SheetRefusal(
                "open-document",
                _(
                    "“{name}” is a flat OpenDocument file; save it as .ods or as an Excel workbook (.xlsx).",
                    name=name,
                ),
            )
        if re.search(r"<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b", start):
            raise SheetRefusal(
                "html-file",
                _(
                    "“{name}” is a web page (HTML) that was named like a workbook. {save_anew}",
                    name=name,
                    save_anew=_(SAVE_ANEW),
                ),
            )
        raise SheetRefusal(
            "xml-file",
            _(
                "“{name}” is an XML file, not an Excel workbook. {save_anew}",
                name=name,
                save_anew=_(SAVE_ANEW),
            ),
        )
    if start.startswith("mime-version:"):
        raise SheetRefusal(
            "html-file",
            _(
                "“{name}” is a saved web page that was named like a workbook. {save_anew}",
                name=name,
                save_anew=_(SAVE_ANEW),
            ),
        )
    if start.startswith(("{", "[")):
        raise SheetRefusal(
            "json-file",
            _(
                "“{name}” is a JSON file, not an Excel workbook. {save_anew}",
                name=name,
                save_anew=_(SAVE_ANEW),
            ),
        )
    lines = [line for line in head.splitlines()[:20] if line.strip()]
    if start.startswith("id;p"):
        raise SheetRefusal(
            "old-excel",
            _(
                "“{name}” is a SYLK file, not an Excel workbook. {save_anew}",
                name=name,
                save_anew=_(SAVE_ANEW),
            ),
        )
    # Not in every line: a value in quotes may hold a line break. Its name may say it alone.
    if name.lower().endswith((".csv", ".tsv")) or any(
        sum(mark in line for line in lines) > max(1, len(lines) / 3) for mark in DELIMITERS
    ):
        return True
    raise SheetRefusal(
        "text-file",
        _("“{name}” is a text file, not an Excel workbook. {save_anew}", name=name, save_anew=_(SAVE_ANEW)),
    )
