"""XML of a workbook's parts, parsed so that nothing in it can do harm.

Every parser refuses a DOCTYPE, so no entity is ever expanded and nothing is ever fetched. Runs in the
disposable child process only.
"""

import re
from collections.abc import Callable, Iterator
from typing import NoReturn
from xml.parsers import expat

from komet_import.language import _
from komet_import.refusal import SheetRefusal

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
MAINS = frozenset({MAIN, STRICT_MAIN})
"""The namespace of a workbook's own elements: as Excel writes it, and as the Strict form of Open XML does."""
BLOCK = 1 << 20
_DEEPEST = 1_000
Attributes = dict[str, str]


def damaged(what: str) -> SheetRefusal:
    """The refusal for a workbook whose parts contradict each other. `what` is a clause for a person."""
    return SheetRefusal(
        "damaged-workbook",
        _(
            "The workbook is damaged: {what}. Open it in Excel, let Excel repair it, and save it anew.",
            what=what,
        ),
    )


def no_sheets() -> SheetRefusal:
    """The refusal for a workbook of charts alone, or of nothing."""
    return SheetRefusal(
        "no-sheets", _("The workbook has no worksheet with rows; add one and save it in Excel.")
    )


def no_doctype(*_doctype: object) -> NoReturn:
    """Raises SheetRefusal: the handler of a parser that met a DOCTYPE."""
    raise SheetRefusal(
        "doctype",
        _(
            "The workbook holds a document type definition, which no spreadsheet program writes and "
            "which can be an attack. Open it in Excel and save it anew."
        ),
    )


def check_depth(depth: int) -> None:
    """Refuse XML nested deeper than any workbook's: each open element costs memory."""
    if depth > _DEEPEST:
        raise damaged(_("its XML is nested without an end"))


def new_parser() -> expat.XMLParserType:
    """An expat parser that refuses any DOCTYPE; names are `namespace}local`."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = no_doctype
    return parser


def each_element(
    parser: expat.XMLParserType,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object] | None = None,
) -> None:
    """Let the parser call these for each element, and refuse what is nested without an end."""
    depth = 0

    def deeper(element: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        check_depth(depth)
        start(element, attributes)

    def higher(element: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(element)

    parser.StartElementHandler = deeper
    parser.EndElementHandler = higher


def watch(parser: expat.XMLParserType) -> list[object]:
    """A list that gets something in it as soon as there is more than elements and text.

    Comments, instructions, CDATA and further namespaces may hold what only looks like an element.
    """
    found: list[object] = []

    def seen(*what: object) -> None:
        found[:] = what[:1]

    parser.CommentHandler = parser.ProcessingInstructionHandler = seen
    parser.StartCdataSectionHandler = lambda: seen("CDATA")
    parser.StartNamespaceDeclHandler = lambda prefix, _space: seen(f"xmlns:{prefix}")
    return found


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
    return damaged(_("its part {part} is not well-formed ({error})", part=part[:80], error=str(error)[:80]))


ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*"
    rb"(?:<\?xml version=[\"']1\.[01][\"']"
    rb"(?: encoding=[\"'](?i:utf-8|us-ascii)[\"']|(?![^>]*encoding))[^>]*\?>)?\s*"
    rb"<(?:([A-Za-z][A-Za-z0-9]*):)?([A-Za-z]+)(\s[^<>]*)>"
)


def plain_root(beginning: bytes, name: str) -> str | None:
    """The prefix, such as "" or "x:", that all elements of a part have, where it is written that plainly.

    None for a part in another encoding than UTF-8, with another root, or with more than one such prefix.
    """
    root = ROOT.match(beginning)
    if root is None or root[2] != name.encode():
        return None
    space = next((one for one in MAINS if root[3].count(one.encode()) == 1), None)
    if space is None:
        return None
    prefix = (root[1] or b"").decode()
    bound = rf"\sxmlns{':' + prefix if prefix else ''}=[\"']{re.escape(space)}[\"']".encode()
    return None if re.search(bound, root[3]) is None else prefix and f"{prefix}:"


def without_prefix(text: str, prefix: str) -> str | None:
    """XML whose elements all have this prefix as if they had none; None where one has not."""
    if not prefix:
        return text
    if text.count("<") != text.count(f"<{prefix}") + text.count(f"</{prefix}"):
        return None
    return text.replace(f"<{prefix}", "<").replace(f"</{prefix}", "</")


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
