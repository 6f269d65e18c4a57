"""The zip of a workbook: no bomb, no overlap, nothing encrypted, no name that climbs out.

Only a few small parts are unpacked to tell a workbook from what is packed like one.
"""

import io
import re
import struct
import zipfile

from komet_import.language import _, marked
from komet_import.refusal import SheetRefusal
from komet_import.sheets.files.kinds import FileKind

MOST_ENTRIES = 2_000
LARGEST_DIRECTORY = 1_000_000  # bytes: a directory of 2,000 entries with long names needs less
LARGEST_PART = 100_000_000
LARGEST_UNPACKED = 128_000_000
MOST_RATIO = 100
RATIO_FROM = 100 * 1024  # smaller parts may be as repetitive as they like
SAVE_ANEW = marked("Open it in Excel and save it as an Excel workbook (.xlsx).")


def check_zip(content: bytes, name: str) -> FileKind:
    """What kind of workbook a zip is. Raises SheetRefusal where it is none, or not harmless."""
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
    return _kind(archive, {e.filename.replace("\\", "/").lstrip("/").lower(): e for e in entries}, name)


def _damaged(name: str) -> SheetRefusal:
    return SheetRefusal(
        "damaged-zip",
        _(
            "“{name}” is damaged or incomplete: its zip container cannot be read. Download or copy it "
            "again, or open it in Excel and save it anew.",
            name=name,
        ),
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
            _(
                "“{name}” holds more than {most_entries:,} parts, which no workbook needs. {save_anew}",
                name=name,
                most_entries=MOST_ENTRIES,
                save_anew=_(SAVE_ANEW),
            ),
        )


def _check_entries(entries: list[zipfile.ZipInfo], length: int, name: str) -> None:
    def refuse(code: str, why: str) -> SheetRefusal:
        return SheetRefusal(
            code, _("“{name}” is not read: {why} {save_anew}", name=name, why=why, save_anew=_(SAVE_ANEW))
        )

    if len(entries) > MOST_ENTRIES:
        raise refuse(
            "too-many-parts", _("it holds more than {most_entries:,} parts.", most_entries=MOST_ENTRIES)
        )
    seen: set[str] = set()
    for entry in entries:
        path = entry.filename.replace("\\", "/")
        if ".." in path.split("/") or path.startswith("/") or re.match(r"[A-Za-z]:", path) or "\0" in path:
            raise refuse("unsafe-path", _("a part of it is named to climb out of its folder."))
        if path.lower() in seen:
            raise refuse("duplicate-parts", _("it holds the part {path} twice.", path=path[:80]))
        seen.add(path.lower())
        if entry.flag_bits & 0x1:
            raise refuse("encrypted-parts", _("parts of it are encrypted; remove the password."))
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refuse("unusual-compression", _("it is packed in a way that Excel does not use."))
        if entry.file_size > LARGEST_PART:
            raise refuse(
                "zip-bomb",
                _("a part of it unpacks to {size:,} MB.", size=entry.file_size // 1_000_000),
            )
        if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise refuse("zip-bomb", _("a part of it is packed more than {ratio} times.", ratio=MOST_RATIO))
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise refuse(
            "zip-bomb",
            _(
                "it unpacks to more than {size} MB.",
                size=LARGEST_UNPACKED // 1_000_000,
            ),
        )
    _check_overlap(entries, length, name)


def _check_overlap(entries: list[zipfile.ZipInfo], length: int, name: str) -> None:
    """Each part must lie in bytes of its own: parts that share bytes are the densest bombs."""
    free_from = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < free_from:
            raise SheetRefusal(
                "overlapping-parts",
                _(
                    "“{name}” is not read: parts of its zip overlap. {save_anew}",
                    name=name,
                    save_anew=_(SAVE_ANEW),
                ),
            )
        free_from = entry.header_offset + 30 + entry.compress_size
    if free_from > length:
        raise _damaged(name)


def _kind(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], name: str) -> FileKind:
    """What kind of workbook it is, by what it holds; a harmless zip that is none which we read is refused."""
    if any(path.endswith("vbaproject.bin") for path in entries):
        raise SheetRefusal(
            "macros",
            _("“{name}” holds macros; save it as an Excel workbook without macros (.xlsx).", name=name),
        )
    if "xl/workbook.bin" in entries:
        return FileKind.XLSB
    if "mimetype" in entries or "meta-inf/manifest.xml" in entries:
        return _open_document(archive, entries, name)
    if any(path.endswith(".iwa") or path == "index.zip" for path in entries):
        raise SheetRefusal(
            "numbers-file",
            _(
                "“{name}” is a Numbers document; export it from Numbers as an Excel workbook (.xlsx).",
                name=name,
            ),
        )
    for folder, what in (("word/", "Word"), ("ppt/", "PowerPoint"), ("visio/", "Visio")):
        if any(path.startswith(folder) for path in entries):
            raise SheetRefusal(
                "other-office-file",
                _(
                    "“{name}” is a {what} document, not a workbook. {save_anew}",
                    name=name,
                    what=what,
                    save_anew=_(SAVE_ANEW),
                ),
            )
    if not any(path == "[content_types].xml" or path.endswith("workbook.xml") for path in entries):
        inside = next((e.filename for p, e in entries.items() if p.endswith(".xlsx")), None)
        hint = (
            _("unpack it and choose “{inside}”", inside=inside[:80]) if inside else _("choose the .xlsx file")
        )
        raise SheetRefusal(
            "archive-file",
            _("“{name}” is a zip archive, not an Excel workbook; {hint}.", name=name, hint=hint),
        )
    _refuse_macros(archive, entries, name)
    return FileKind.XLSX


def _open_document(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], name: str) -> FileKind:
    said = _beginning(archive, entries.get("mimetype"), name)
    if said and b"opendocument.spreadsheet" not in said:
        raise SheetRefusal(
            "other-office-file",
            _(
                "“{name}” is an OpenDocument file, but no spreadsheet. {save_anew}",
                name=name,
                save_anew=_(SAVE_ANEW),
            ),
        )
    if b"encryption-data" in _beginning(archive, entries.get("meta-inf/manifest.xml"), name):
        raise SheetRefusal(
            "password-protected",
            _("“{name}” is protected with a password; save it again without one.", name=name),
        )
    return FileKind.ODS


_MACRO_WORKBOOK = re.compile(
    rb"""<(?:\w+:)?Override(?=[^>]*PartName=["']/xl/workbook\.xml["'])[^>]*macroEnabled""", re.IGNORECASE
)
"""What the workbook itself is declared to be: some programs list every type that there is as well."""


def _beginning(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | None, name: str) -> bytes:
    """The first megabyte of a part; nothing where there is none."""
    try:
        return archive.open(entry).read(1024 * 1024) if entry else b""
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, struct.error, NotImplementedError) as error:
        raise _damaged(name) from error
    except Exception as error:  # zlib.error is no subclass of anything above
        raise _damaged(name) from error


def _refuse_macros(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], name: str) -> None:
    if _MACRO_WORKBOOK.search(_beginning(archive, entries.get("[content_types].xml"), name)):
        raise SheetRefusal(
            "macros",
            _(
                "“{name}” is a workbook for macros; save it as an Excel workbook without them (.xlsx).",
                name=name,
            ),
        )
