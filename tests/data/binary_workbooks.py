"""Binary workbooks (.xlsb) built record by record, as Excel writes them (MS-XLSB)."""

import struct
from collections.abc import Sequence

from tests.data.workbooks import DECLARATION, package, relation, relations

KIND = "application/vnd.ms-excel"


def record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = len(data), b""
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + data


def wide(text: str) -> bytes:
    units = text.encode("utf-16-le")
    return struct.pack("<I", len(units) // 2) + units


def row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    """A row (counted from 1) with cells of the functions below."""
    about = struct.pack("<IIHBBBI", number - 1, 0, 300, 0, 0x10 if hidden else 0, 0, 0)
    return record(0, about) + b"".join(cells)


def cell(kind: int, column: int, value: bytes, style: int = 0) -> bytes:
    return record(kind, struct.pack("<II", column, style) + value)


def real(column: int, value: float, style: int = 0) -> bytes:
    return cell(5, column, struct.pack("<d", value), style)


def packed(column: int, number: int, style: int = 0, *, hundredth: bool = False) -> bytes:
    """A whole number in an RK."""
    return cell(2, column, struct.pack("<I", (number & 0x3FFFFFFF) << 2 | 2 | hundredth), style)


def packed_double(column: int, value: float, style: int = 0) -> bytes:
    """The upper half of a double in an RK."""
    return cell(2, column, struct.pack("<I", struct.unpack("<II", struct.pack("<d", value))[1] & ~3), style)


def shared(column: int, place: int, style: int = 0) -> bytes:
    return cell(7, column, struct.pack("<I", place), style)


def inline(column: int, text: str, style: int = 0) -> bytes:
    return cell(6, column, wide(text), style)


def truth(column: int, value: bool) -> bytes:
    return cell(4, column, bytes([value]))


def error(column: int, code: int) -> bytes:
    return cell(3, column, bytes([code]))


_RULES = struct.pack("<HII", 0, 0, 0)  # of a formula: flags, no tokens, nothing with them


def formula_number(column: int, value: float, style: int = 0) -> bytes:
    return cell(9, column, struct.pack("<d", value) + _RULES, style)


def formula_text(column: int, value: str) -> bytes:
    return cell(8, column, wide(value) + _RULES)


def formula_error(column: int, code: int) -> bytes:
    return cell(11, column, bytes([code]) + _RULES)


def sheet(rows: bytes, *, columns: bytes = b"", merges: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """A worksheet part; `columns` are its ranges of columns, `merges` rows and columns from and to."""
    merged = b"".join(record(176, struct.pack("<4I", *one)) for one in merges)
    if merged:
        merged = record(177, struct.pack("<I", len(merges))) + merged + record(178)
    between = record(390) + columns + record(391) if columns else b""
    data = record(145) + rows + record(146)
    return record(129) + record(148, struct.pack("<4I", 0, 99, 0, 30)) + between + data + merged + record(130)


def hidden_columns(first: int, last: int) -> bytes:
    return record(60, struct.pack("<IIIIH", first, last, 2340, 0, 1))


def shared_texts(*texts: str | tuple[str, Sequence[tuple[int, int]]]) -> bytes:
    """The shared texts; one with runs names where each begins and its font."""
    items = b""
    for one in texts:
        text, runs = (one, ()) if isinstance(one, str) else one
        marks = (
            struct.pack("<I", len(runs)) + b"".join(struct.pack("<HH", *run) for run in runs) if runs else b""
        )
        items += record(19, bytes([bool(runs)]) + wide(text) + marks)
    return record(159, struct.pack("<II", len(texts), len(texts))) + items + record(160)


def styles(*codes: str, struck: Sequence[int] = ()) -> bytes:
    """Styles 1, 2, … with these number formats; those in `struck` have a font that is struck through."""
    formats = b"".join(record(44, struct.pack("<H", 164 + n) + wide(code)) for n, code in enumerate(codes))

    def font(flags: int) -> bytes:
        about = struct.pack(
            "<HHHHBBBB8sB", 220, flags, 400, 0, 0, 2, 0, 0, bytes([0x0F, 1, 0, 0, 0, 0, 0, 0xFF]), 2
        )
        return record(43, about + wide("Calibri"))

    def style(number: int, font_number: int) -> bytes:
        return record(47, struct.pack("<HHHHHBBHHH", 0, number, font_number, 0, 0, 0, 0, 0x10, 0, 0)[:16])

    used = style(0, 0) + b"".join(style(164 + n, int(n + 1 in struck)) for n in range(len(codes)))
    return (
        record(278)
        + record(615, struct.pack("<I", len(codes))) + formats + record(616)
        + record(611, struct.pack("<I", 2)) + font(0) + font(0x08) + record(612)
        + record(603, struct.pack("<I", 0)) + record(604)
        + record(613, struct.pack("<I", 0)) + record(614)
        + record(626, struct.pack("<I", 1)) + style(0, 0) + record(627)
        + record(617, struct.pack("<I", len(codes) + 1)) + used + record(618)
        + record(279)
    )  # fmt: skip


def workbook(
    *sheets: bytes,
    names: Sequence[str] = ("Credits", "Second", "Third"),
    states: Sequence[int] = (0, 0, 0),
    active: int = 0,
    texts: bytes = b"",
    formats: bytes = b"",
    from_1904: bool = False,
) -> bytes:
    """The file: `states` are 0 for a visible sheet and 1 for a hidden one."""
    listed, related = b"", ""
    parts: dict[str, str | bytes] = {}
    overrides = f'<Override PartName="/xl/workbook.bin" ContentType="{KIND}.sheet.binary.macroEnabled.main"/>'
    for number, made in enumerate(sheets, start=1):
        about = (
            struct.pack("<II", states[number - 1], number) + wide(f"rId{number}") + wide(names[number - 1])
        )
        listed += record(156, about)
        related += relation(f"rId{number}", "worksheet", f"worksheets/sheet{number}.bin")
        parts[f"xl/worksheets/sheet{number}.bin"] = made
        overrides += f'<Override PartName="/xl/worksheets/sheet{number}.bin" ContentType="{KIND}.worksheet"/>'
    for part, content, kind in (("sharedStrings", texts, "sharedStrings"), ("styles", formats, "styles")):
        if content:
            related += relation(f"rId{len(related)}", kind, f"{part}.bin")
            parts[f"xl/{part}.bin"] = content
            overrides += f'<Override PartName="/xl/{part}.bin" ContentType="{KIND}.{kind}"/>'
    view = record(158, struct.pack("<4i4IB", 0, 0, 28800, 12300, 600, 0, active, 0, 0x78)[:29])
    book = (
        record(131)
        + record(153, struct.pack("<III", int(from_1904), 0, 0))
        + record(135)
        + view
        + record(136)
    )
    book += record(143) + listed + record(144) + record(132)
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    types = f'<Types xmlns="{space}"><Default Extension="rels" ContentType="{rels}"/>{overrides}</Types>'
    return package(
        {
            "[Content_Types].xml": DECLARATION + types,
            "_rels/.rels": relations(relation("rId1", "officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relations(related),
            **parts,
        }
    )
