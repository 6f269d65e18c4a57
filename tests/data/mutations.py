"""Random damage to good workbooks: to the bytes of the zip, and to the XML inside it."""

import io
import random
import re
import zipfile

from tests.data import workbooks

EXTREMES = (
    *(
        "",
        "-1",
        "0",
        "1",
        "65536",
        "1048577",
        "2000000000",
        "9" * 40,
        "NaN",
        "1E400",
        "0x10",
        "true",
        "é",
        "XFD",
    ),
    *(
        "A1",
        "ZZZZ9",
        "s",
        "inlineStr",
        "b",
        "e",
        "d",
        "str",
        "../../x",
        "hidden",
        "\ufffe",
        "&#55357;",
        "&#0;",
    ),
)


def originals() -> list[bytes]:
    """A few good workbooks that are written in different ways."""
    shared = (
        "".join(f"<si><t>text {n}</t></si>" for n in range(6)) + "<si><r><t>ri</t></r><r><t>ch</t></r></si>"
    )
    cells = "".join(f'<c r="{c}2" t="s"><v>{n}</v></c>' for n, c in enumerate("ABCDEFG"))
    kinds = (
        '<row r="3" hidden="1"><c r="A3" s="1"><v>46083</v></c><c r="B3" s="2"><v>219</v></c>'
        '<c r="C3" t="b"><v>1</v></c><c r="D3" t="e"><v>#N/A</v></c><c r="E3"><f>1+1</f><v>2</v></c>'
        '<c r="F3" t="str"><f>"a"</f><v>a</v></c><c r="G3" t="d"><v>2026-03-02</v></c></row>'
    )
    rich = workbooks.parts(
        workbooks.sheet(
            workbooks.row(1, ["a", "b"]) + f'<row r="2">{cells}</row>' + kinds,
            head='<cols><col min="1" max="2" hidden="1"/></cols>',
            tail='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
        ),
        workbooks.sheet(workbooks.table(workbooks.credits_table(8))),
        shared=shared,
        styles=workbooks.styles("yyyy-mm-dd", "00000"),
    )
    return [workbooks.good(), workbooks.package(rich), workbooks.package(rich, method=zipfile.ZIP_STORED)]


def damaged_bytes(content: bytes, chance: random.Random) -> bytes:
    """The file with a few bytes flipped, lost, doubled or cut off."""
    found = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(found))
        length = chance.choice((1, 1, 2, 4, 30))
        match chance.randrange(6):
            case 0 | 1:
                found[at] = chance.randrange(256)
            case 2:
                found[at] ^= 1 << chance.randrange(8)
            case 3:
                del found[at : at + length]
            case 4:
                found[at:at] = found[at : at + length]
            case 5 if len(found) > 100:
                del found[chance.randrange(len(found) // 2, len(found)) :]
    return bytes(found) or b"P"


def damaged_xml(content: bytes, chance: random.Random) -> bytes:
    """The workbook with one or two of its parts changed as XML, packed again without a flaw."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name).decode() for name in archive.namelist()}
    for _ in range(chance.randint(1, 3)):
        name = chance.choice([*parts, *(n for n in parts if "sheet" in n)])
        parts[name] = _damaged(str(parts[name]), chance)
    if chance.random() < 0.05:
        parts.pop(chance.choice(list(parts)))
    encoded = {n: str(text).encode("utf-8", "surrogatepass") for n, text in parts.items()}
    return workbooks.package(encoded)


def _damaged(text: str, chance: random.Random) -> str:
    def pick(pattern: str) -> "re.Match[str] | None":
        return chance.choice(list(re.finditer(pattern, text)) or [None])

    match chance.randrange(9):
        case 0 | 1 if value := pick(r'="([^"]*)"'):
            return text[: value.start(1)] + chance.choice(EXTREMES) + text[value.end(1) :]
        case 2 | 3 if value := pick(r">([^<>]+)<"):
            return text[: value.start(1)] + chance.choice(EXTREMES) + text[value.end(1) :]
        case 4 if tag := pick(r"<[^>]*>"):
            return text[: tag.start()] + text[tag.end() :]
        case 5 if piece := pick(r"<(row|c|si|sheet|xf|Relationship)\b.*?(?:/>|</\1>)"):
            return text[: piece.start()] + piece[0] * chance.choice((0, 2, 3)) + text[piece.end() :]
        case 6 if attribute := pick(r' [\w:]+="[^"]*"'):
            return text[: attribute.start()] + text[attribute.end() :]
        case 7 if two := pick(r"(<c\b.*?</c>)(<c\b.*?</c>)"):
            return text[: two.start()] + two[2] + two[1] + text[two.end() :]
        case _:
            at = chance.randrange(len(text) + 1)
            return (
                text[:at]
                + chance.choice(("<", ">", "&", "<!-- x -->", "<?x y?>", "\0", "<x>", " ", "]]>"))
                + text[at:]
            )
