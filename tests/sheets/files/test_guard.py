"""The guard names what is not a workbook, and stops what only pretends to be a harmless one."""

import io
import zipfile

import pytest

from komet_import.refusal import SheetRefusal
from komet_import.settings import Settings
from komet_import.sheets.files import guard
from tests.data import workbooks

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
PLAIN = dict(workbooks.parts(workbooks.sheet(workbooks.table(workbooks.credits_table()))))


def code_of(content: bytes, name: str = "march.xlsx") -> str:
    """The code of the refusal; the kind of file where there is none. Every sentence names the file."""
    try:
        return guard.check(content, name, Settings())
    except SheetRefusal as refusal:
        assert "“" in refusal.message and refusal.message.endswith(".")
        return refusal.code


def zipped(*names: str) -> bytes:
    return workbooks.package(dict.fromkeys(names, "x"))


def declared(inner: str) -> bytes:
    """A good workbook whose content types are these."""
    return workbooks.package({**PLAIN, "[Content_Types].xml": f"<Types>{inner}</Types>"})


FLAT = (
    b'<?xml version="1.0"?><office:document xmlns:style="x" '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><style:style/><table:table/>'
)
OTHERS = {
    "empty-file": b"",
    "blank-file": bytes(5000),
    "pdf-file": b"%PDF-1.7 ...",
    "image-file": b"\x89PNG\r\n\x1a\n\0\0\0",
    "rich-text-file": b"{\\rtf1 hello}",
    "archive-file": b"Rar!\x1a\x07\x00",
    "mac-companion-file": b"\x00\x05\x16\x07\x00\x02\x00\x00",
    "program-file": b"MZ\x90\x00\x03",
    "database-file": b"SQLite format 3\x00",
    "old-excel": b"\x09\x04\x06\x00\x00\x00",
    "password-protected": OLE + "EncryptedPackage".encode("utf-16-le"),
    "other-office-file": OLE + "WordDocument".encode("utf-16-le"),
    "html-file": b"\xef\xbb\xbf<html><body><table><tr><td>Customer",
    "xml-spreadsheet": b'<?xml version="1.0"?>\n'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
    "xml-file": b'<?xml version="1.0"?><credits/>',
    "json-file": b'{"customer": "FL219"}',
    "text-file": b"Dear Rita, here are the credits.",
    "not-a-workbook": bytes(range(256)) * 4,
    "macros": workbooks.package({**PLAIN, "xl/vbaProject.bin": b"x"}),
    "open-document": FLAT,
    "numbers-file": zipped("Index/Document.iwa", "Metadata/Properties.plist"),
}


@pytest.mark.parametrize(("code", "content"), OTHERS.items(), ids=list(OTHERS))
def test_what_is_no_workbook_is_called_by_its_name(code: str, content: bytes) -> None:
    assert code_of(content) == code


def test_each_reason_has_a_sentence_of_its_own() -> None:
    sentences = set()
    for content in OTHERS.values():
        with pytest.raises(SheetRefusal) as refused:
            guard.check(content, "march.xlsx", Settings())
        sentences.add(refused.value.message)
    assert len(sentences) == len(OTHERS)


ODS = workbooks.package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "x"})
KINDS = {
    "workbook": (workbooks.good(), "xlsx"),
    "old workbook": (OLE + "Workbook".encode("utf-16-le"), "xls"),
    "workbook of Excel 95": (OLE + "Book".encode("utf-16-le"), "xls"),
    "binary workbook": (zipped("[Content_Types].xml", "xl/workbook.bin"), "xlsb"),
    "spreadsheet of LibreOffice": (ODS, "ods"),
    "spreadsheet without a type": (zipped("content.xml", "META-INF/manifest.xml"), "ods"),
    "comma": (b"Customer Code,Credit Date,Credit Balance\nFL219,2026-03-02,12.50\n", "text"),
    "title lines above a table": (b"Open credits\n\nNovember\n\nCode;Date\nFL1;x\nFL2;y\n", "text"),
    "utf-16 text": ("Code;Date\nFL1;x\n".encode("utf-16"), "text"),
    "utf-16 text without a mark": ("Code;Date\nFL1;3 – 4 €\nFL2;ñandú\n".encode("utf-16-le"), "text"),
    "the same the other way round": ("Code;Date\nFL1;3 – 4 €\nFL2;ñandú\n".encode("utf-16-be"), "text"),
    "CSV with a line break in quotes": (b'Code,Note\nFL1,"late\ntruck"\nFL2,x\nFL3,y\n', "text"),
}


@pytest.mark.parametrize(("content", "kind"), KINDS.values(), ids=list(KINDS))
@pytest.mark.parametrize("name", ["march.xlsx", "march.XLS", "march.csv", "march.txt", "march.ods"])
def test_the_content_says_what_a_file_is_and_not_its_name(content: bytes, kind: str, name: str) -> None:
    assert code_of(content, name) == kind


MORE = {
    "saved web page": (b"MIME-Version: 1.0\nContent-Type: multipart/related", "html-file"),
    "web table without a head": (b"  <table border=1><tr><td>1", "html-file"),
    "picture from a telephone": (b"\0\0\0\x18ftypheic\0\0\0\0", "image-file"),
    "word document": (zipped("[Content_Types].xml", "word/document.xml"), "other-office-file"),
    "zip of a workbook": (zipped("march.xlsx"), "archive-file"),
    "truncated": (workbooks.good()[:-40], "damaged-zip"),
    "half a download": (workbooks.good()[: len(workbooks.good()) // 2], "damaged-zip"),
    "bytes before the zip": (b"\0\0" + workbooks.good(), "damaged-zip"),
    "macro type without a project": (
        declared(
            '<Override PartName="/xl/workbook.xml" '
            'ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'
        ),
        "macros",
    ),
    "text document": (
        workbooks.package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x"}),
        "other-office-file",
    ),
    "spreadsheet with a password": (
        workbooks.package(
            {"content.xml": "x", "META-INF/manifest.xml": "<manifest:encryption-data/>"},
        ),
        "password-protected",
    ),
    "numbers of two bytes": (b"".join(n.to_bytes(2, "little") for n in range(1, 200)) * 9, "not-a-workbook"),
    "text with NULs among it": (b"Code;Date\nFL1;x\n".replace(b";", b";\x00\x00\x00"), "not-a-workbook"),
    "NULs behind one letter": (b"C\x00\x00\x00" * 40, "not-a-workbook"),
    "compound file of another program": (OLE + "Catalog".encode("utf-16-le"), "not-a-workbook"),
    "letter": (b"Dear Rita,\nhere are the credits.\nYours\nTom\n", "text-file"),
    "XML Spreadsheet 2003 with styles": (
        b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        b'xmlns:html="http://www.w3.org/TR/REC-html40"><Styles><Style ss:ID="1"/></Styles><Table/>',
        "xml-spreadsheet",
    ),
}


@pytest.mark.parametrize(("content", "code"), MORE.values(), ids=list(MORE))
def test_variants_are_known_too(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_a_workbook_that_lists_every_type_there_is_has_no_macros() -> None:
    """As SheetJS writes all of its files."""
    listed = (
        '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    )
    assert code_of(declared(listed)) == "xlsx"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("march.xlsx", "xlsx"),
        ("MARCH.XLSX", "xlsx"),
        ("C:\\Users\\Rita\\march.xlsx", "xlsx"),
        ("~$march.xlsx", "lock-file"),
        (".~lock.march.xlsx#", "lock-file"),
        ("march.xlsm", "macros"),
        ("march.pdf", "wrong-extension"),
        ("march", "wrong-extension"),
    ],
)
def test_the_name_counts_as_well(name: str, code: str) -> None:
    assert code_of(workbooks.good(), name) == code


def test_a_file_above_the_limit_is_refused_by_its_size() -> None:
    with pytest.raises(SheetRefusal, match=r"1\.5 MB; at most 1 MB") as refused:
        guard.check(b"PK" + bytes(3 << 19), "march.xlsx", Settings(max_upload_mb=1))
    assert refused.value.code == "too-large"


def _climbing(path: str) -> bytes:
    return workbooks.package({**PLAIN, path: "x"})


def _twice() -> bytes:
    sink = io.BytesIO(workbooks.good())
    with zipfile.ZipFile(sink, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "x")
    return sink.getvalue()


ZIPS = {
    "one part of 200 MB": (
        workbooks.with_directory(workbooks.good(), "xl/worksheets/sheet1.xml", {"size": 200_000_000}),
        "zip-bomb",
    ),
    "one part packed 1000 times": (workbooks.bomb(5_000_000), "zip-bomb"),
    "many parts": (workbooks.package({f"x{n}": "" for n in range(2001)}), "too-many-parts"),
    "half a million parts": (workbooks.quoted_bomb(30_000), "too-many-parts"),
    "parts that share bytes": (workbooks.quoted_bomb(1000), "overlapping-parts"),
    "a climbing name": (_climbing("../../etc/passwd"), "unsafe-path"),
    "a climbing name for Windows": (_climbing("..\\..\\boot.ini"), "unsafe-path"),
    "an absolute name": (_climbing("/etc/passwd"), "unsafe-path"),
    "a drive": (_climbing("C:/boot.ini"), "unsafe-path"),
    "an encrypted part": (
        workbooks.with_directory(workbooks.good(), "xl/workbook.xml", {"flags": 1}),
        "encrypted-parts",
    ),
    "a rare method": (workbooks.package(PLAIN, method=zipfile.ZIP_LZMA), "unusual-compression"),
    "a part beyond the end": (
        workbooks.with_directory(workbooks.good(), "xl/worksheets/sheet1.xml", {"packed": 9_000_000}),
        "damaged-zip",
    ),
}


@pytest.mark.parametrize(("content", "code"), ZIPS.values(), ids=list(ZIPS))
def test_a_zip_that_is_not_harmless_is_refused(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_the_same_part_twice_is_refused() -> None:
    assert code_of(_twice()) == "duplicate-parts"
