"""The workbook's shared texts: most cells with a text only point to one of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from xml.parsers import expat

from komet_import.sheets.files.xlsx.texts import TextRun, clean, joined
from komet_import.sheets.files.xlsx.xml import (
    BLOCK,
    ROOT,
    Attributes,
    broken_xml,
    decoded,
    feed,
    is_true,
    new_parser,
    plain_root,
    watch,
    without_prefix,
)


@dataclass
class SharedTexts:
    """The workbook's shared texts.

    `dirty` are the places of those that lost control characters, `struck` of those that are struck through;
    `in_struck` are those that say something else in a cell that is struck through, as not all of theirs is.
    """

    texts: list[str] = field(default_factory=list)
    dirty: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)
    in_struck: dict[int, str] = field(default_factory=dict)

    def add(self, runs: Sequence[TextRun]) -> None:
        """One more text."""
        place = len(self.texts)
        raw, struck = joined(runs)
        text, dirty = clean(raw)
        self.texts.append(text)
        if dirty:
            self.dirty.add(place)
        if struck:
            self.struck.add(place)
        if any(run.struck is False for run in runs):
            other = clean(joined(runs, in_struck=True)[0])[0]
            if other != text:
                self.in_struck[place] = other


def read_carefully(blocks: Iterator[bytes], part: str) -> Iterator[Sequence[TextRun]]:
    """The runs of each shared text in order."""
    done: list[Sequence[TextRun]] = []
    runs: list[TextRun] = []
    struck: bool | None = None
    pieces: list[str] = []
    depth_phonetic = 0

    def start(element: str, attributes: Attributes) -> None:
        nonlocal depth_phonetic, struck
        name = element.rpartition("}")[2]
        if name == "rPh":
            depth_phonetic += 1
        elif name in ("si", "r", "rPr", "strike"):
            struck = run_is_struck(name, attributes)
        elif name == "t" and not depth_phonetic:
            parser.CharacterDataHandler = pieces.append

    def end(element: str) -> None:
        nonlocal depth_phonetic
        name = element.rpartition("}")[2]
        if name == "t" and not depth_phonetic:
            parser.CharacterDataHandler = None
            runs.append(TextRun("".join(pieces), struck))
            pieces.clear()
        elif name == "rPh":
            depth_phonetic -= 1
        elif name == "si":
            done.append(tuple(runs))
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


def run_is_struck(element: str, attributes: Attributes) -> bool | None:
    """What the beginning of an element of a rich text says of its runs: `si`, `r`, `rPr`, `strike`."""
    if element == "strike":
        return is_true(attributes.get("val", "1"))
    return False if element == "rPr" else None


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
