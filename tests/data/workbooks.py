"""Workbooks built by hand, part by part: what libraries never write, other programs and attackers do."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Parts = Mapping[str, str | bytes]


def package(parts: Parts, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the parts, in their order."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return sink.getvalue()


def parts(
    *sheets: str | bytes,
    names: Sequence[str] = ("Credits", "Second", "Third"),
    states: Sequence[str] = (),
    shared: str | None = None,
    styles: str | None = None,
    from_1904: bool = False,
) -> dict[str, str | bytes]:
    """The parts of a workbook with these worksheets."""
    listed = related = ""
    found: dict[str, str | bytes] = {}
    for number, sheet in enumerate(sheets, start=1):
        state = f' state="{states[number - 1]}"' if states else ""
        listed += f'<sheet name="{names[number - 1]}" sheetId="{number}"{state} r:id="rId{number}"/>'
        related += relation(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml")
        found[f"xl/worksheets/sheet{number}.xml"] = sheet
    if shared is not None:
        related += relation("rId90", "sharedStrings", "sharedStrings.xml")
        found["xl/sharedStrings.xml"] = f'{DECLARATION}<sst xmlns="{MAIN}">{shared}</sst>'
    if styles is not None:
        related += relation("rId91", "styles", "styles.xml")
        found["xl/styles.xml"] = f'{DECLARATION}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    about = '<workbookPr date1904="1"/>' if from_1904 else ""
    return {
        "[Content_Types].xml": _content_types(["xl/workbook.xml", *found]),
        "_rels/.rels": relations(relation("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{about}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(related),
        **found,
    }


def _content_types(names: Iterable[str]) -> str:
    """What each part is; other libraries look here."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    listed = ""
    for name in names:
        what = name.rpartition("/")[2].partition(".")[0].rstrip("0123456789")
        what = {"workbook": "sheet.main", "sheet": "worksheet"}.get(what, what)
        listed += f'<Override PartName="/{name}" ContentType="{kind}.{what}+xml"/>'
    rels = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{DECLARATION}<Types xmlns="{space}">{rels}{listed}</Types>'


def relation(identity: str, kind: str, target: str) -> str:
    """One relation of a part."""
    return f'<Relationship Id="{identity}" Type="{RELATIONS}/{kind}" Target="{target}"/>'


def relations(inner: str) -> str:
    """A part of relations."""
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{DECLARATION}<Relationships xmlns="{space}">{inner}</Relationships>'


def sheet(rows: str, *, head: str = "", tail: str = "") -> str:
    """A worksheet around the XML of its rows."""
    return f'{DECLARATION}<worksheet xmlns="{MAIN}">{head}<sheetData>{rows}</sheetData>{tail}</worksheet>'


def styles(*codes: str) -> str:
    """Styles 1, 2, … with these number formats."""
    formats = "".join(
        f'<numFmt numFmtId="{164 + place}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for place, code in enumerate(codes)
    )
    used = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{164 + place}"/>' for place in range(len(codes)))
    return f"<numFmts>{formats}</numFmts><cellXfs>{used}</cellXfs>"


def workbook(rows: str, **options: object) -> bytes:
    """A workbook with one sheet of these rows."""
    return package(parts(sheet(rows), **options))  # type: ignore[arg-type]


def table(rows: Iterable[Sequence[str | int | float | None]], *, first: int = 1) -> str:
    """The XML of rows of texts and numbers; None is no cell."""
    return "".join(row(number, values) for number, values in enumerate(rows, start=first))


def row(number: int, values: Sequence[str | int | float | None], *, attributes: str = "") -> str:
    """The XML of one row."""
    cells = ""
    for place, value in enumerate(values):
        name = f"{chr(65 + place)}{number}"
        if isinstance(value, str):
            cells += f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        elif value is not None:
            cells += f'<c r="{name}"><v>{value}</v></c>'
    return f'<row r="{number}"{attributes}>{cells}</row>'


HEADERS = ("Customer Code", "Credit #", "Credit Date", "Credit Balance", "Location Code", "Comments")


def credits_table(count: int = 3) -> list[list[str | int | float | None]]:
    """The headers and a few credits."""
    rows: list[list[str | int | float | None]] = [list(HEADERS)]
    rows += [
        [f"FL{n:03}", f"CR-{n}", "2026-03-02", n + 0.25, "MIA", f"note {n}"] for n in range(1, count + 1)
    ]
    return rows


def good() -> bytes:
    """A small sheet of credits."""
    return workbook(table(credits_table()))


# Hostile zips ---------------------------------------------------------------------------------------


def with_directory(content: bytes, name: str, change: Mapping[str, int]) -> bytes:
    """The zip with fields of one entry's directory record changed."""
    places = {
        "flags": (8, "<H"),
        "method": (10, "<H"),
        "checksum": (16, "<I"),
        "packed": (20, "<I"),
        "size": (24, "<I"),
        "offset": (42, "<I"),
    }
    at = content.rfind(name.encode()) - 46
    found = bytearray(content)
    for field, value in change.items():
        place, shape = places[field]
        struct.pack_into(shape, found, at + place, value)
    return bytes(found)


def bomb(size: int) -> bytes:
    """A good workbook with a sheet that unpacks to that many blanks."""
    all_parts = parts(sheet(table(credits_table())))
    all_parts["xl/worksheets/sheet1.xml"] = sheet(" " * size)
    return package(all_parts)


def quoted_bomb(count: int) -> bytes:
    """A zip whose entries share the same bytes, as in Fifield's bombs."""
    kernel = zlib.compress(b"\0" * 90_000, 9)[2:-4]
    checksum = zlib.crc32(b"\0" * 90_000)
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, checksum, len(kernel), 90_000, 19, 0)
    body = local + b"xl/worksheets/a.xml" + kernel
    directory = bytearray()
    for number in range(count):
        name = f"xl/worksheets/{number:05}".encode()
        directory += struct.pack(
            "<IHHHHHHIIIHHHHHII",
            *(0x02014B50, 20, 20, 0, 8, 0, 0, checksum, len(kernel), 90_000, len(name), 0, 0, 0, 0, 0, 0),
        )
        directory += name
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + end
