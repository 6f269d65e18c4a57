"""The workbook's shared texts: most cells with a text only point to one of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from xml.parsers import expat

from komet_import.sheets.files.xlsx.texts import joined
from komet_import.sheets.files.xlsx.xml import (
    BLOCK,
    ROOT,
    Attributes,
    broken_xml,
    decoded,
    feed,
    new_parser,
    plain_root,
    watch,
    without_prefix,
)


@dataclass
class SharedTexts:
    """The workbook's shared texts; `dirty` are the places of those that lost control characters."""

    texts: list[str] = field(default_factory=list)
    dirty: set[int] = field(default_factory=set)


def read_carefully(blocks: Iterator[bytes], part: str) -> Iterator[str]:
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


def read_swiftly(blocks: Iterator[bytes], part: str) -> list[str] | None:
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
            root = ROOT.match(block)
            prefix = plain_root(block, "sst")
            if root is None or prefix is None:
                return None
            block = block[root.end() :]
            more_than_plain = watch(parser)
        rest += block
        cut = max(rest.rfind(f"<{prefix}si".encode()), 0) if block else len(rest)
        piece, rest = rest[:cut], rest[cut:]
        if more_than_plain or len(rest) > 16 * BLOCK:
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
