"""The guard: looks at the bytes of an upload before anything parses them.

Two questions. Is this an Excel workbook at all, and if not, what is it (so that the sentence helps)? Is
its zip harmless: no bomb, no overlap, nothing encrypted, no name that climbs out? It unpacks only a few
small parts and parses no XML; that is left to the disposable child process (`worker`).
"""

import io
import re
import struct
import zipfile
from pathlib import PurePosixPath

from komet_import.refusal import SheetRefusal
from komet_import.settings import Settings

MOST_ENTRIES = 2_000
LARGEST_DIRECTORY = 1_000_000  # bytes: a directory of 2,000 entries with long names needs less
LARGEST_PART = 100_000_000
LARGEST_UNPACKED = 128_000_000
MOST_RATIO = 100
RATIO_FROM = 100 * 1024  # smaller parts may be as repetitive as they like

_SAVE = "Open it in Excel and save it as an Excel workbook (.xlsx)."


def check(content: bytes, file_name: str, settings: Settings) -> None:
    """Raise SheetRefusal where the bytes are not a harmless .xlsx workbook; each reason has its own code."""
    name = PurePosixPath(file_name.replace("\\", "/")).name
    if name.startswith(("~$", ".~lock.")):
        raise SheetRefusal(
            "lock-file",
            f"“{name}” is the lock file that marks a workbook as open; choose the workbook itself, "
            f"“{name.removeprefix('~$').removeprefix('.~lock.').removesuffix('#')}”.",
        )
    if not content:
        raise SheetRefusal("empty-file", f"“{name}” is empty (0 bytes); choose the workbook again.")
    if len(content) > settings.max_upload_mb * 1024 * 1024:
        megabytes = max(len(content) / 1024 / 1024, settings.max_upload_mb + 0.1)  # never the limit itself
        raise SheetRefusal(
            "too-large",
            f"“{name}” has {megabytes:,.1f} MB; at most {settings.max_upload_mb} MB are read. Split it, or "
            "remove pictures and unused sheets.",
        )
    if not content.startswith(b"PK"):
        _refuse_other_content(content, name)
    _check_zip(content, name)
    _check_extension(name)


def _check_extension(name: str) -> None:
    extension = PurePosixPath(name).suffix.lower()
    if extension == ".xlsm":
        raise SheetRefusal(
            "macros",
            f"“{name}” is a workbook for macros (.xlsm); save it as a workbook without them (.xlsx).",
        )
    if extension != ".xlsx":
        raise SheetRefusal(
            "wrong-extension",
            f"“{name}” holds a workbook, but its name does not end in .xlsx; save it as an Excel workbook "
            "(.xlsx) and choose that file.",
        )


# What is it, if it is not a workbook --------------------------------------------------------------

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "pdf-file", "a PDF document"),
    (b"\x89PNG", "image-file", "a picture (PNG)"),
    (b"\xff\xd8\xff", "image-file", "a picture (JPEG)"),
    (b"GIF8", "image-file", "a picture (GIF)"),
    (b"BM", "image-file", "a picture (BMP)"),
    (b"II*\x00", "image-file", "a picture (TIFF)"),
    (b"MM\x00*", "image-file", "a picture (TIFF)"),
    (b"{\\rtf", "rich-text-file", "a rich text document"),
    (b"\x1f\x8b", "archive-file", "a compressed archive (gzip)"),
    (b"Rar!", "archive-file", "a compressed archive (RAR)"),
    (b"7z\xbc\xaf", "archive-file", "a compressed archive (7z)"),
    (b"BZh", "archive-file", "a compressed archive (bzip2)"),
    (b"\xfd7zXZ", "archive-file", "a compressed archive (xz)"),
    (b"\x00\x05\x16\x07", "mac-companion-file", "a companion file that macOS puts beside the real one"),
    (b"MZ", "program-file", "a Windows program"),
    (b"\x7fELF", "program-file", "a program"),
    (b"SQLite format 3\x00", "database-file", "a database"),
    (b"PAR1", "database-file", "a Parquet file"),
)
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_TEXT_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def _refuse_other_content(content: bytes, name: str) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        _refuse_compound_file(content, name)
    if content.startswith(_OLD_EXCEL):
        _refuse_old_excel(name)
    for start, code, what in _SIGNATURES:
        if content.startswith(start) and (start != b"BM" or b"\x00" in content[:16]):
            raise SheetRefusal(code, f"“{name}” is {what}, not an Excel workbook. Choose the .xlsx file.")
    if (content[:4] == b"RIFF" and content[8:12] == b"WEBP") or content[4:12] in (b"ftypheic", b"ftypavif"):
        raise SheetRefusal(
            "image-file", f"“{name}” is a picture, not an Excel workbook. Choose the .xlsx file."
        )
    if not content.strip(b"\x00 \t\r\n"):
        raise SheetRefusal(
            "blank-file",
            f"“{name}” holds nothing but blanks: its copy or download was not completed. Choose it again.",
        )
    if len(content) in (165, 171) and content[0] < 60 and b"\x00" in content:
        raise SheetRefusal(
            "lock-file", f"“{name}” is the lock file of an open workbook; choose the workbook itself."
        )
    _refuse_text(content, name)
    if b"PK\x03\x04" in content[:4096] or b"PK\x05\x06" in content[-70_000:]:
        raise SheetRefusal(
            "damaged-zip",
            f"“{name}” is damaged: the beginning of the workbook is not where it must be. {_SAVE}",
        )
    raise SheetRefusal("not-a-workbook", f"“{name}” is not an Excel workbook. {_SAVE}")


def _refuse_compound_file(content: bytes, name: str) -> None:
    """Old Office files and encrypted new ones share one container; the streams' names tell them apart."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise SheetRefusal(
            "password-protected",
            f"“{name}” is protected with a password; remove it in Excel (File, Info, Protect Workbook) and "
            "save it again.",
        )
    if has("WordDocument") or has("PowerPoint Document"):
        raise SheetRefusal(
            "other-office-file", f"“{name}” is a Word or PowerPoint document, not a workbook. {_SAVE}"
        )
    _refuse_old_excel(name)


def _refuse_old_excel(name: str) -> None:
    raise SheetRefusal(
        "old-excel",
        f"“{name}” is a workbook of Excel 97–2003 (.xls); open it in Excel and save it as .xlsx.",
    )


def _refuse_open_document(name: str) -> None:
    raise SheetRefusal(
        "open-document", f"“{name}” is an OpenDocument file (.ods); save it as an Excel workbook (.xlsx)."
    )


def _refuse_text(content: bytes, name: str) -> None:
    encoding = next((e for bom, e in _TEXT_BOMS.items() if content.startswith(bom)), "utf-8")
    head = content[: 64 * 1024].decode(encoding, errors="replace")
    if head.count("\ufffd") * 10 > len(head) or "\x00" in head:
        return
    start = head.lstrip()[:4000].lower()
    if start.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in start and "<workbook" in start:
            raise SheetRefusal(
                "xml-spreadsheet", f"“{name}” is an XML Spreadsheet 2003, not an .xlsx workbook. {_SAVE}"
            )
        if "urn:oasis:names:tc:opendocument" in start:
            _refuse_open_document(name)
        if re.search(r"<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b", start):
            raise SheetRefusal(
                "html-file", f"“{name}” is a web page (HTML) that was named like a workbook. {_SAVE}"
            )
        raise SheetRefusal("xml-file", f"“{name}” is an XML file, not an Excel workbook. {_SAVE}")
    if start.startswith("mime-version:"):
        raise SheetRefusal(
            "html-file", f"“{name}” is a saved web page that was named like a workbook. {_SAVE}"
        )
    if start.startswith(("{", "[")):
        raise SheetRefusal("json-file", f"“{name}” is a JSON file, not an Excel workbook. {_SAVE}")
    lines = [line for line in head.splitlines()[:20] if line.strip()]
    if start.startswith("id;p"):
        raise SheetRefusal("old-excel", f"“{name}” is a SYLK file, not an Excel workbook. {_SAVE}")
    # Not in every line: a value in quotes may hold a line break.
    if len(lines) > 1 and any(sum(mark in line for line in lines) > len(lines) / 2 for mark in ",;\t|"):
        raise SheetRefusal(
            "csv-file", f"“{name}” is a text file with separated values (CSV), not an .xlsx workbook. {_SAVE}"
        )
    raise SheetRefusal("text-file", f"“{name}” is a text file, not an Excel workbook. {_SAVE}")


# Is the zip harmless -------------------------------------------------------------------------------


def _check_zip(content: bytes, name: str) -> None:
    _check_directory(content, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        struct.error,
        NotImplementedError,
        UnicodeError,
    ) as error:
        raise _damaged(name) from error
    _check_entries(entries, len(content), name)
    _check_kind(archive, {e.filename.replace("\\", "/").lstrip("/").lower(): e for e in entries}, name)


def _damaged(name: str) -> SheetRefusal:
    return SheetRefusal(
        "damaged-zip",
        f"“{name}” is damaged or incomplete: its zip container cannot be read. Download or copy it again, "
        "or open it in Excel and save it anew.",
    )


def _check_directory(content: bytes, name: str) -> None:
    """Refuse a huge zip directory before it is read: half a million entries would fit into 20 MB."""
    end = content.rfind(b"PK\x05\x06", max(0, len(content) - 66_000))
    if end < 0 or end + 22 > len(content):
        raise _damaged(name)
    count, size = struct.unpack_from("<HI", content, end + 10)
    locator = content.rfind(b"PK\x06\x06", max(0, end - 200), end)
    if locator >= 0 and locator + 56 <= end:
        count, size = struct.unpack_from("<QQ", content, locator + 32)
    if (count > MOST_ENTRIES and count != 0xFFFF) or size > LARGEST_DIRECTORY:
        raise SheetRefusal(
            "too-many-parts",
            f"“{name}” holds more than {MOST_ENTRIES:,} parts, which no workbook needs. {_SAVE}",
        )


def _check_entries(entries: list[zipfile.ZipInfo], length: int, name: str) -> None:
    def refuse(code: str, why: str) -> SheetRefusal:
        return SheetRefusal(code, f"“{name}” is not read: {why} {_SAVE}")

    if len(entries) > MOST_ENTRIES:
        raise refuse("too-many-parts", f"it holds more than {MOST_ENTRIES:,} parts.")
    seen: set[str] = set()
    for entry in entries:
        path = entry.filename.replace("\\", "/")
        if ".." in path.split("/") or path.startswith("/") or re.match(r"[A-Za-z]:", path) or "\0" in path:
            raise refuse("unsafe-path", "a part of it is named to climb out of its folder.")
        if path.lower() in seen:
            raise refuse("duplicate-parts", f"it holds the part {path[:80]} twice.")
        seen.add(path.lower())
        if entry.flag_bits & 0x1:
            raise refuse("encrypted-parts", "parts of it are encrypted; remove the password.")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refuse("unusual-compression", "it is packed in a way that Excel does not use.")
        if entry.file_size > LARGEST_PART:
            raise refuse("zip-bomb", f"a part of it unpacks to {entry.file_size // 1_000_000:,} MB.")
        if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise refuse("zip-bomb", f"a part of it is packed more than {MOST_RATIO} times.")
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise refuse("zip-bomb", f"it unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB.")
    _check_overlap(entries, length, name)


def _check_overlap(entries: list[zipfile.ZipInfo], length: int, name: str) -> None:
    """Each part must lie in bytes of its own: parts that share bytes are the densest bombs."""
    free_from = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < free_from:
            raise SheetRefusal(
                "overlapping-parts", f"“{name}” is not read: parts of its zip overlap. {_SAVE}"
            )
        free_from = entry.header_offset + 30 + entry.compress_size
    if free_from > length:
        raise _damaged(name)


def _check_kind(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], name: str) -> None:
    """Refuse what is a harmless zip but no workbook that we read, by what it holds."""
    if any(path.endswith("vbaproject.bin") for path in entries):
        raise SheetRefusal(
            "macros", f"“{name}” holds macros; save it as an Excel workbook without macros (.xlsx)."
        )
    if "xl/workbook.bin" in entries:
        raise SheetRefusal(
            "binary-excel", f"“{name}” is a binary workbook (.xlsb); save it as an Excel workbook (.xlsx)."
        )
    if "mimetype" in entries or "meta-inf/manifest.xml" in entries:
        _refuse_open_document(name)
    if any(path.endswith(".iwa") or path == "index.zip" for path in entries):
        raise SheetRefusal(
            "numbers-file",
            f"“{name}” is a Numbers document; export it from Numbers as an Excel workbook (.xlsx).",
        )
    for folder, what in (("word/", "Word"), ("ppt/", "PowerPoint"), ("visio/", "Visio")):
        if any(path.startswith(folder) for path in entries):
            raise SheetRefusal("other-office-file", f"“{name}” is a {what} document, not a workbook. {_SAVE}")
    if not any(path == "[content_types].xml" or path.endswith("workbook.xml") for path in entries):
        inside = next((e.filename for p, e in entries.items() if p.endswith(".xlsx")), None)
        hint = f"unpack it and choose “{inside[:80]}”" if inside else "choose the .xlsx file"
        raise SheetRefusal("archive-file", f"“{name}” is a zip archive, not an Excel workbook; {hint}.")
    _check_dialect(archive, entries, name)


_MACRO_WORKBOOK = re.compile(
    rb"""<(?:\w+:)?Override(?=[^>]*PartName=["']/xl/workbook\.xml["'])[^>]*macroEnabled""", re.IGNORECASE
)
"""What the workbook itself is declared to be: some programs list every type that there is as well."""


def _check_dialect(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], name: str) -> None:
    workbook = entries.get("xl/workbook.xml")
    types = entries.get("[content_types].xml")
    try:
        head = archive.open(workbook).read(64 * 1024) if workbook else b""
        declared = archive.open(types).read(1024 * 1024) if types else b""
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, struct.error, NotImplementedError) as error:
        raise _damaged(name) from error
    except Exception as error:  # zlib.error is no subclass of anything above
        raise _damaged(name) from error
    if b"http://purl.oclc.org/ooxml" in head:
        raise SheetRefusal(
            "strict-open-xml",
            f"“{name}” is a Strict Open XML workbook; save it as a plain Excel workbook (.xlsx).",
        )
    if _MACRO_WORKBOOK.search(declared):
        raise SheetRefusal(
            "macros", f"“{name}” is a workbook for macros; save it as an Excel workbook without them (.xlsx)."
        )
