"""An .xlsx file as a package of parts: where the sheets are, what the shared texts and formats say.

Runs in the disposable child process only. Every parser refuses a DOCTYPE, so no entity is
ever expanded and nothing is ever fetched.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NoReturn
from urllib.parse import unquote
from xml.parsers import expat

from komet_import.refusal import SheetRefusal
from komet_import.sheets.formats import Format, number_format

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BLOCK = 1 << 20
_DEEPEST = 1_000
_MOST_SHEETS = 1_000
_MOST_TEXT = 96_000_000  # characters of all shared texts together

Attributes = dict[str, str]


def damaged(what: str) -> SheetRefusal:
    """The refusal for a workbook whose parts contradict each other. `what` is a clause for a person."""
    return SheetRefusal(
        "damaged-workbook",
        f"The workbook is damaged: {what}. Open it in Excel, let Excel repair it, and save it anew.",
    )


def _no_doctype(*_: object) -> NoReturn:
    raise SheetRefusal(
        "doctype",
        "The workbook holds a document type definition, which no spreadsheet program writes and which can be "
        "an attack. Open it in Excel and save it anew.",
    )


def check_depth(depth: int) -> None:
    """Refuse XML nested deeper than any workbook's: each open element costs memory."""
    if depth > _DEEPEST:
        raise damaged("its XML is nested without an end")


def new_parser() -> expat.XMLParserType:
    """An expat parser that refuses any DOCTYPE; names are `namespace}local`."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = _no_doctype
    return parser


def watch(parser: expat.XMLParserType) -> list[object]:
    """A list that gets something in it as soon as there is more than elements and text.

    Comments, instructions, CDATA and further namespaces may hold what only looks like an element.
    """
    found: list[object] = []

    def seen(*what: object) -> None:
        found[:] = what[:1]

    parser.CommentHandler = parser.ProcessingInstructionHandler = seen
    parser.StartCdataSectionHandler = lambda: seen("CDATA")
    parser.StartNamespaceDeclHandler = lambda prefix, _: seen(f"xmlns:{prefix}")
    return found


@dataclass(frozen=True)
class Entry:
    """A worksheet as the workbook lists it."""

    name: str
    visible: bool
    part: str


@dataclass
class SharedTexts:
    """The workbook's shared texts; `dirty` are the places of those that lost control characters."""

    texts: list[str] = field(default_factory=list)
    dirty: set[int] = field(default_factory=set)


class Package:
    """The parts of one workbook. Raises SheetRefusal where they are damaged or contradict each other."""

    def __init__(self, content: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self._names = {e.filename.replace("\\", "/").lower(): e for e in self._zip.infolist()}
        self._parsed: set[str] = set()
        self._workbook = self._find_workbook()
        self._relations = self._read_relations(self._workbook)
        self.entries, self.from_1904 = self._read_workbook()

    def blocks(self, part: str, size: int = _BLOCK) -> Iterator[bytes]:
        """The bytes of a part, piece by piece. Raises SheetRefusal where the zip is damaged."""
        entry = self._names.get(part.lower())
        if entry is None:
            raise damaged(f"its part {part[:80]} is missing")
        try:
            self._parsed.add(part.lower())
            with self._zip.open(entry) as stream:
                while block := stream.read(size):
                    yield block
        except SheetRefusal:
            raise
        except Exception as error:  # BadZipFile, zlib.error, EOFError, struct.error, ValueError, …
            raise SheetRefusal(
                "damaged-zip",
                f"The workbook is damaged: its part {part[:80]} cannot be unpacked. Download or copy it "
                "again, or open it in Excel and save it anew.",
            ) from error

    def has(self, part: str) -> bool:
        """Whether the package holds that part."""
        return part.lower() in self._names

    def refuse_doctypes(self) -> None:
        """Refuse a DOCTYPE, and damage, in the parts that nothing has parsed; parsers refuse it anyway."""
        wanted = tuple(
            word.encode(e) for word in ("<!DOCTYPE", "<!ENTITY") for e in ("utf-8", "utf-16-le", "utf-16-be")
        )
        for name, entry in self._names.items():
            if name in self._parsed or not name.endswith((".xml", ".rels", ".vml")):
                continue
            tail = b""
            for block in self.blocks(entry.filename.replace("\\", "/")):
                window = tail + block
                if any(word in window for word in wanted):
                    _no_doctype()
                tail = window[-32:]

    def parse(self, part: str, start: Callable[[str, Attributes], None]) -> None:
        """Call `start` for each element of a part."""
        parser = new_parser()
        depth = 0

        def deeper(element: str, attributes: Attributes) -> None:
            nonlocal depth
            depth += 1
            check_depth(depth)
            start(element, attributes)

        def higher(_: str) -> None:
            nonlocal depth
            depth -= 1

        parser.StartElementHandler = deeper
        parser.EndElementHandler = higher
        feed(parser, self.blocks(part), part)

    def relation(self, kind: str) -> str | None:
        """The part of the workbook's first relation of a kind, such as `styles`."""
        found = next((t for _, (k, t) in self._relations.items() if k == kind and self.has(t)), None)
        return found or next((n for n in (f"xl/{kind}.xml",) if self.has(n)), None)

    def _find_workbook(self) -> str:
        if self.has("_rels/.rels"):
            for kind, target in self._read_relations("").values():
                if kind == "officeDocument" and self.has(target):
                    return target
        if self.has("xl/workbook.xml"):
            return "xl/workbook.xml"
        raise SheetRefusal(
            "no-workbook",
            "The file is packed like a workbook but holds none. Open it in Excel and save it as an Excel "
            "workbook (.xlsx).",
        )

    def _read_relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → kind and part name. Targets outside the file are left out: nothing is fetched."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        relations: dict[str, tuple[str, str]] = {}

        def start(element: str, attributes: Attributes) -> None:
            if element.endswith("}Relationship") and attributes.get("TargetMode") != "External":
                target = unquote(attributes.get("Target", "")).replace("\\", "/")
                whole = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                kind = attributes.get("Type", "").rsplit("/", 1)[-1]
                relations[attributes.get("Id", "")] = (kind, whole)

        if self.has(path):
            self.parse(path, start)
        return relations

    def _read_workbook(self) -> tuple[list[Entry], bool]:
        entries: list[Entry] = []
        skipped: list[str] = []
        roots: list[str] = []
        from_1904 = False

        def start(element: str, attributes: Attributes) -> None:
            nonlocal from_1904
            if element.startswith(STRICT):
                raise SheetRefusal(
                    "strict-open-xml",
                    "This is a Strict Open XML workbook; save it as a plain Excel workbook (.xlsx).",
                )
            if not roots:
                roots.append(element)
            if element == f"{MAIN}}}workbookPr":
                from_1904 = is_true(attributes.get("date1904", "0"))
            elif element == f"{MAIN}}}sheet":
                name = attributes.get("name", "")
                identity = next((v for k, v in attributes.items() if k.endswith("relationships}id")), "")
                kind, part = self._relations.get(identity, ("", ""))
                if kind and kind != "worksheet":
                    skipped.append(name)  # a chart or dialog sheet has no rows
                    return
                part = part or f"xl/worksheets/sheet{len(entries) + 1}.xml"
                entries.append(Entry(name, attributes.get("state", "visible") == "visible", part))

        self.parse(self._workbook, start)
        if roots != [f"{MAIN}}}workbook"]:
            raise damaged("its list of sheets is not written as Excel has written it since 2007")
        if not entries:
            raise SheetRefusal(
                "no-sheets", "The workbook has no worksheet with rows; add one and save it in Excel."
            )
        if len(entries) > _MOST_SHEETS:
            raise SheetRefusal("too-many-sheets", f"The workbook has more than {_MOST_SHEETS:,} sheets.")
        return entries, from_1904

    def formats(self) -> list[Format]:
        """For each cell style, what its number format makes of a number."""
        part = self.relation("styles")
        if part is None:
            return []
        codes: dict[int, str] = {}
        used: list[int] = []
        inside = ""

        def start(element: str, attributes: Attributes) -> None:
            nonlocal inside
            name = element.rpartition("}")[2]
            if name in ("cellXfs", "cellStyleXfs", "dxfs"):
                inside = name
            elif name == "numFmt" and inside != "dxfs":
                codes[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            elif name == "xf" and inside == "cellXfs":
                used.append(whole(attributes.get("numFmtId")))

        self.parse(part, start)
        return [number_format(number, codes.get(number)) for number in used]

    def shared_texts(self) -> SharedTexts:
        """All shared texts, phonetic runs left out, rich text as plain."""
        shared = SharedTexts()
        part = self.relation("sharedStrings")
        if part is None:
            return shared
        total = 0
        texts = _shared_swiftly(self.blocks(part), part)
        if texts is not None and sum(map(len, texts)) <= _MOST_TEXT and not is_suspect("\n".join(texts)):
            return SharedTexts(texts)
        for text in _shared(self.blocks(part), part) if texts is None else texts:
            total += len(text)
            if total > _MOST_TEXT:
                raise SheetRefusal(
                    "too-much-text", "The workbook holds more text than is read; split it into smaller ones."
                )
            cleaned, dirty = clean(text)
            if dirty:
                shared.dirty.add(len(shared.texts))
            shared.texts.append(cleaned)
        return shared


def feed(parser: expat.XMLParserType, blocks: Iterator[bytes], part: str) -> None:
    """Give a part to a parser. Raises SheetRefusal where it is not well-formed XML."""
    try:
        for block in blocks:
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise broken_xml(part, error) from error


def broken_xml(part: str, error: Exception) -> SheetRefusal:
    """The refusal for a part that is not well-formed."""
    return damaged(f"its part {part[:80]} is not well-formed ({str(error)[:80]})")


def _shared(blocks: Iterator[bytes], part: str) -> Iterator[str]:
    """Each shared text in order."""
    done: list[str] = []
    runs: list[str] = []
    pieces: list[str] = []
    depth_phonetic = 0

    def start(element: str, _: Attributes) -> None:
        nonlocal depth_phonetic
        name = element.rpartition("}")[2]
        if name == "rPh":
            depth_phonetic += 1
        elif name == "t" and not depth_phonetic:
            parser.CharacterDataHandler = pieces.append

    def end(element: str) -> None:
        nonlocal depth_phonetic
        name = element.rpartition("}")[2]
        if name == "t" and not depth_phonetic:
            parser.CharacterDataHandler = None
            runs.append("".join(pieces))
            pieces.clear()
        elif name == "rPh":
            depth_phonetic -= 1
        elif name == "si":
            done.append(joined(runs))
            runs.clear()

    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    for block in blocks:
        try:
            parser.Parse(block, False)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise broken_xml(part, error) from error
        yield from done
        done.clear()
    feed(parser, iter(()), part)
    yield from done


_PLAIN_TEXT = re.compile(r'<si><t(?:/>|(?: xml:space="preserve")?>([^<]*)</t>)</si>')
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*"
    rb"(?:<\?xml version=[\"']1\.[01][\"']"
    rb"(?: encoding=[\"'](?i:utf-8|us-ascii)[\"']|(?![^>]*encoding))[^>]*\?>)?\s*"
    rb"<(?:([A-Za-z][A-Za-z0-9]*):)?([A-Za-z]+)(\s[^<>]*)>"
)


def plain_root(beginning: bytes, name: str) -> str | None:
    """The prefix, such as "" or "x:", that all elements of a part have, where it is written that plainly.

    None for a part in another encoding than UTF-8, with another root, or with more than one such prefix.
    """
    root = _ROOT.match(beginning)
    if root is None or root[2] != name.encode() or root[3].count(MAIN.encode()) != 1:
        return None
    prefix = (root[1] or b"").decode()
    bound = rf"""\sxmlns{":" + prefix if prefix else ""}=["']{re.escape(MAIN)}["']""".encode()
    return None if re.search(bound, root[3]) is None else prefix and f"{prefix}:"


def without_prefix(text: str, prefix: str) -> str | None:
    """XML whose elements all have this prefix as if they had none; None where one has not."""
    if not prefix:
        return text
    if text.count("<") != text.count(f"<{prefix}") + text.count(f"</{prefix}"):
        return None
    return text.replace(f"<{prefix}", "<").replace(f"</{prefix}", "</")


def _shared_swiftly(blocks: Iterator[bytes], part: str) -> list[str] | None:
    """Each shared text, found by one expression in XML that expat checks; None where it is not so plain."""
    parser = new_parser()
    texts: list[str] = []
    rest = b""
    prefix: str | None = None
    more_than_plain: list[object] = []
    for block in chain(blocks, (b"",)):
        try:
            parser.Parse(block, not block)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise broken_xml(part, error) from error
        if prefix is None:
            root = _ROOT.match(block)
            prefix = plain_root(block, "sst")
            if root is None or prefix is None:
                return None
            block = block[root.end() :]
            more_than_plain = watch(parser)
        rest += block
        cut = max(rest.rfind(f"<{prefix}si".encode()), 0) if block else len(rest)
        piece, rest = rest[:cut], rest[cut:]
        if more_than_plain or len(rest) > 16 * _BLOCK:
            return None
        try:
            text = without_prefix(piece.decode(), prefix)
        except UnicodeDecodeError:
            return None
        if text is None:
            return None
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        found = _PLAIN_TEXT.findall(text)
        if len(found) != text.count("<si") or len(found) != text.count("<t"):
            return None
        texts.extend([decoded(one) for one in found] if "&" in text else found)
    return texts


_ENTITY = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([a-z]+));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def decoded(text: str) -> str:
    """Text with its XML entities decoded; expat has checked that they are numbers or the five known ones."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(found: "re.Match[str]") -> str:
    if found[3]:
        return _NAMED[found[3]]
    return chr(int(found[1], 16) if found[1] else int(found[2]))


def is_true(value: str) -> bool:
    """An XML boolean."""
    return value.strip().lower() in ("1", "true", "on")


def whole(value: str | None, default: int = 0) -> int:
    """A small whole number of an attribute; `default` where it is none."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else default


_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SUSPECT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def joined(runs: Sequence[str]) -> str:
    """The runs of a rich text as one: an escape that only their meeting would make is none."""
    text = "".join(runs)
    if len(runs) < 2 or "_" not in text:
        return text
    meant = "".join(_ESCAPE.sub(lambda m: chr(int(m[1], 16)), run) for run in runs)
    return _ESCAPE_LIKE.sub("_x005F_", meant)


def is_suspect(text: str) -> bool:
    """Whether a text holds anything that `clean` may have to change."""
    return _SUSPECT.search(text) is not None


def clean(text: str) -> tuple[str, bool]:
    """A cell's text without Excel's `_x000D_` escapes and without characters that no text should have.

    The second value says whether control characters or halves of characters were taken out. Line ends become
    a plain newline; tabs stay.
    """
    if not is_suspect(text):
        return text, False
    text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")  # join halves
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cleaned = _UNSAFE.sub("", text)
    return cleaned, cleaned != text
