"""An .xlsx file as a package of parts: where the sheets are, what the shared texts and formats say.

Runs in the disposable child process only.
"""

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from komet_import.language import _
from komet_import.refusal import SheetRefusal
from komet_import.sheets.files.xlsx import comments
from komet_import.sheets.files.xlsx.formats import Format, number_format
from komet_import.sheets.files.xlsx.references import rows_of
from komet_import.sheets.files.xlsx.shared_texts import SharedTexts, read_carefully, read_swiftly
from komet_import.sheets.files.xlsx.texts import TextRun, is_suspect
from komet_import.sheets.files.xlsx.xml import (
    BLOCK,
    MAINS,
    Attributes,
    damaged,
    each_element,
    feed,
    is_true,
    new_parser,
    no_doctype,
    no_sheets,
    whole,
)
from komet_import.sheets.files.zip_part import unpacked

_MOST_SHEETS = 1_000
_MOST_TABLES = 200  # table objects of one sheet that are looked at
_MOST_TEXT = 96_000_000  # characters of all shared texts together


@dataclass(frozen=True)
class SheetEntry:
    """A worksheet as the workbook lists it; `active` is the one whose tab is open."""

    name: str
    visible: bool
    part: str
    active: bool = False


class Package:
    """The parts of one workbook. Raises SheetRefusal where they are damaged or contradict each other."""

    def __init__(self, content: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self._names = {e.filename.replace("\\", "/").lower(): e for e in self._zip.infolist()}
        self._parsed: set[str] = set()
        self._workbook = self._find_workbook()
        self._relations = self._read_relations(self._workbook)
        self.entries, self.from_1904 = self._read_workbook()

    def blocks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece. Raises SheetRefusal where the zip is damaged."""
        entry = self._names.get(part.lower())
        if entry is None:
            raise damaged(_("its part {part} is missing", part=part[:80]))
        self._parsed.add(part.lower())
        yield from unpacked(self._zip, entry, BLOCK)

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
                    no_doctype()
                tail = window[-32:]

    def parse(self, part: str, start: Callable[[str, Attributes], None]) -> None:
        """Call `start` for each element of a part."""
        parser = new_parser()
        each_element(parser, start)
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
            _(
                "The file is packed like a workbook but holds none. Open it in Excel and save it as an "
                "Excel workbook (.xlsx)."
            ),
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

    def _read_workbook(self) -> tuple[list[SheetEntry], bool]:
        entries: list[SheetEntry] = []
        skipped: list[str] = []
        roots: list[str] = []
        views: list[int] = []
        listed = 0
        from_1904 = False

        def start(element: str, attributes: Attributes) -> None:
            nonlocal from_1904, listed
            space, _, name = element.rpartition("}")
            if not roots:
                roots.append(name if space in MAINS else element)
            if space not in MAINS:
                return
            if name == "workbookPr":
                from_1904 = is_true(attributes.get("date1904", "0"))
            elif name == "workbookView":
                views.append(whole(attributes.get("activeTab")))
            elif name == "sheet":
                name = attributes.get("name", "")
                listed += 1
                identity = next((v for k, v in attributes.items() if k.endswith("relationships}id")), "")
                kind, part = self._relations.get(identity, ("", ""))
                if kind and kind != "worksheet":
                    skipped.append(name)  # a chart or dialog sheet has no rows
                    return
                part = part or f"xl/worksheets/sheet{len(entries) + 1}.xml"
                visible = attributes.get("state", "visible") == "visible"
                # The views stand before the sheets; their tabs count chart sheets as well.
                entries.append(SheetEntry(name, visible, part, active=views[:1] == [listed - 1]))

        self.parse(self._workbook, start)
        if roots != ["workbook"]:
            raise damaged(_("its list of sheets is not written as Excel has written it since 2007"))
        if not entries:
            raise no_sheets()
        if len(entries) > _MOST_SHEETS:
            raise SheetRefusal(
                "too-many-sheets",
                _("The workbook has more than {most_sheets:,} sheets.", most_sheets=_MOST_SHEETS),
            )
        return entries, from_1904

    def total_rows(self, sheet: str) -> set[int]:
        """The rows of a worksheet's part that its table objects say are total rows: the last one of each."""
        found: set[int] = set()

        def start(element: str, attributes: Attributes) -> None:
            if element.endswith("}table") and whole(attributes.get("totalsRowCount")):
                found.add(rows_of(attributes.get("ref", ""))[1])

        tables = [part for kind, part in self._read_relations(sheet).values() if kind == "table"]
        for part in tables[:_MOST_TABLES]:
            if self.has(part):
                self.parse(part, start)
        return found

    def comments(self, sheet: str) -> list[tuple[str, str, str]]:
        """The cell, the author and the text of each comment in a worksheet's part."""
        parts = [part for kind, part in self._read_relations(sheet).values() if kind in comments.KINDS]
        return [
            found
            for part in parts
            if self.has(part)
            for found in comments.read_comments(self.blocks(part), part)
        ]

    def formats(self) -> list[Format]:
        """For each cell style, what its number format makes of a number, and whether its font is struck."""
        part = self.relation("styles")
        if part is None:
            return []
        codes: dict[int, str] = {}
        struck: list[bool] = []
        used: list[tuple[int, int]] = []
        inside = ""

        def start(element: str, attributes: Attributes) -> None:
            nonlocal inside
            name = element.rpartition("}")[2]
            if name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
                inside = name
            elif name == "font" and inside == "fonts":
                struck.append(False)
            elif name == "strike" and inside == "fonts" and struck:
                struck[-1] = is_true(attributes.get("val", "1"))
            elif name == "numFmt" and inside != "dxfs":
                codes[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            elif name == "xf" and inside == "cellXfs":
                used.append((whole(attributes.get("numFmtId")), whole(attributes.get("fontId"))))

        self.parse(part, start)
        formats = [number_format(number, codes.get(number)) for number, _ in used]
        return [
            one._replace(struck=True) if font < len(struck) and struck[font] else one
            for one, (_, font) in zip(formats, used, strict=True)
        ]

    def shared_texts(self) -> SharedTexts:
        """All shared texts, phonetic runs left out, rich text as plain."""
        shared = SharedTexts()
        part = self.relation("sharedStrings")
        if part is None:
            return shared
        total = 0
        texts = read_swiftly(self.blocks(part), part)
        if texts is not None and sum(map(len, texts)) <= _MOST_TEXT and not is_suspect("\n".join(texts)):
            return SharedTexts(texts)
        plain = None if texts is None else ((TextRun(text),) for text in texts)
        for runs in plain or read_carefully(self.blocks(part), part):
            total += sum(len(run.text) for run in runs)
            if total > _MOST_TEXT:
                raise SheetRefusal(
                    "too-much-text",
                    _("The workbook holds more text than is read; split it into smaller ones."),
                )
            shared.add(runs)
        return shared
