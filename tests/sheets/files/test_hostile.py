"""Workbooks that were made to break a reader: each ends in one sentence with a code, or in all its cells."""

import os
import resource
import signal
import time
from collections.abc import Callable
from string import ascii_uppercase

import pytest

from komet_import.refusal import SheetRefusal
from komet_import.settings import settings
from komet_import.sheets.files import reader
from komet_import.sheets.layout.header.header_row import wanted
from komet_import.types import OPEN_CREDITS
from tests.data import workbooks
from tests.data.workbooks import MAIN, package, parts, row, sheet, table, workbook

GOOD = parts(
    sheet(table(workbooks.credits_table())), shared="<si><t>x</t></si>", styles=workbooks.styles("0%")
)
ENTITIES = '<!DOCTYPE x [<!ENTITY a "FL219"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def with_part(name: str, content: str | bytes) -> bytes:
    """The good workbook with one part replaced or added."""
    return package({**GOOD, name: content})


def without(name: str) -> bytes:
    return package({n: content for n, content in GOOD.items() if n != name})


def doctyped(name: str, doctype: str = ENTITIES) -> bytes:
    """The good workbook with a DOCTYPE in one part."""
    content = GOOD.get(name, "<x/>")
    assert isinstance(content, str)
    return with_part(
        name, content.replace("?>\n", f"?>\n{doctype}", 1) if "?>" in content else doctype + content
    )


def cell(inner: str, name: str = "A1") -> bytes:
    return workbook(f'<row r="1"><c r="{name}" {inner}</c></row>')


REFUSED = {
    "an entity bomb in a sheet": (doctyped("xl/worksheets/sheet1.xml"), "doctype"),
    "an entity bomb in the workbook": (doctyped("xl/workbook.xml"), "doctype"),
    "an entity bomb in the shared texts": (doctyped("xl/sharedStrings.xml"), "doctype"),
    "an entity bomb in the styles": (doctyped("xl/styles.xml"), "doctype"),
    "an entity bomb in the relations": (doctyped("_rels/.rels"), "doctype"),
    "an external entity": (doctyped("xl/worksheets/sheet1.xml", EXTERNAL), "doctype"),
    "an external entity that nobody reads": (doctyped("docProps/core.xml", EXTERNAL), "doctype"),
    "a doctype in UTF-16": (
        with_part(
            "docProps/app.xml",
            ('<?xml version="1.0" encoding="UTF-16"?>' + EXTERNAL + "<x/>").encode("utf-16"),
        ),
        "doctype",
    ),
    "a row far below the last": (
        workbook('<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>'),
        "damaged-workbook",
    ),
    "a row number of a thousand digits": (
        workbook(f'<row r="{"9" * 1000}"><c><v>1</v></c></row>'),
        "damaged-workbook",
    ),
    "a row nought": (workbook('<row r="0"><c r="A0"><v>1</v></c></row>'), "damaged-workbook"),
    "a negative row": (workbook('<row r="-1"><c r="A1"><v>1</v></c></row>'), "damaged-workbook"),
    "a column right of the last": (cell("><v>1</v>", "XFE1"), "damaged-workbook"),
    "a column of seven letters": (cell("><v>1</v>", "AAAAAAA1"), "damaged-workbook"),
    "a cell that is named like another row's": (cell("><v>1</v>", "A2"), "damaged-workbook"),
    "a cell without sense in its name": (cell("><v>1</v>", "1A"), "damaged-workbook"),
    "a cell twice in a row": (
        workbook('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
        "duplicate-cells",
    ),
    "a row twice": (workbook(row(2, ["a"]) + row(3, ["b"]) + row(2, ["c"])), "duplicate-cells"),
    "a shared text that is not there": (cell('t="s"><v>7</v>'), "damaged-workbook"),
    "a shared text before the first": (cell('t="s"><v>-1</v>'), "damaged-workbook"),
    "a type of cell that nobody knows": (cell('t="zz"><v>1</v>'), "damaged-workbook"),
    "XML that breaks off": (with_part("xl/worksheets/sheet1.xml", sheet("<row>")[:-20]), "damaged-workbook"),
    "XML without an end of rows": (
        with_part("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}"><sheetData>' + table([["a"]])),
        "damaged-workbook",
    ),
    "an unknown entity": (cell('t="inlineStr"><is><t>&nbsp;</t></is>'), "damaged-workbook"),
    "bytes that are no UTF-8": (
        with_part("xl/worksheets/sheet1.xml", sheet(row(1, ["caf\u00e9"])).encode("latin-1")),
        "damaged-workbook",
    ),
    "an unknown encoding": (
        with_part("xl/worksheets/sheet1.xml", sheet("").replace("UTF-8", "x-nonsense")),
        "damaged-workbook",
    ),
    "no root": (with_part("xl/worksheets/sheet1.xml", ""), "damaged-workbook"),
    "another root": (with_part("xl/worksheets/sheet1.xml", "<html/>"), "damaged-workbook"),
    "no namespace": (
        with_part("xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>"),
        "damaged-workbook",
    ),
    "no workbook": (without("xl/workbook.xml"), "no-workbook"),
    "no sheet part": (without("xl/worksheets/sheet1.xml"), "damaged-workbook"),
    "a workbook from before the format was agreed on": (
        with_part("xl/workbook.xml", '<workbook xmlns="http://schemas.microsoft.com/office/excel/2006/2"/>'),
        "damaged-workbook",
    ),
    "no sheets": (with_part("xl/workbook.xml", f'<workbook xmlns="{MAIN}"/>'), "no-sheets"),
    "no relations": (without("xl/_rels/workbook.xml.rels"), ""),
    "a wrong checksum": (
        workbooks.with_directory(workbooks.good(), "xl/worksheets/sheet1.xml", {"checksum": 7}),
        "damaged-zip",
    ),
    "a size that lies": (
        workbooks.with_directory(workbooks.good(), "xl/worksheets/sheet1.xml", {"size": 300}),
        "damaged-zip",
    ),
    "a method that lies": (
        workbooks.with_directory(workbooks.good(), "xl/worksheets/sheet1.xml", {"method": 0}),
        "damaged-zip",
    ),
}


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=list(REFUSED))
def test_it_ends_in_one_sentence(content: bytes, code: str) -> None:
    found, message = "", ""
    try:
        reader.read(content, "march.xlsx")
    except SheetRefusal as refusal:
        found, message = refusal.code, refusal.message
    assert found == code
    assert not code or (message.endswith(".") and "\n" not in message and len(message) < 400)


def test_the_last_cell_of_excel_is_read_alone() -> None:
    seen = reader.read(workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "march.xlsx")
    assert (list(seen.text.index), list(seen.text.columns)) == ([1_048_576], ["XFD"])


def test_a_million_formatted_empty_rows_are_nothing() -> None:
    blank = "".join(f'<row r="{n}" spans="1:1"><c r="A{n}" s="1"/></row>' for n in range(2, 200_000))
    seen = reader.read(workbook(row(1, ["a"]) + blank + row(1_048_576, ["z"])), "march.xlsx")
    assert list(seen.text.index) == [1, 1_048_576]


def test_endless_nesting_is_refused_before_it_takes_memory() -> None:
    deep = "<a>" * 14_000 + "</a>" * 14_000
    with pytest.raises(SheetRefusal, match="nested") as refused:
        reader.read(package(parts(sheet(row(1, ["a"]), tail=deep))), "march.xlsx")
    assert refused.value.code == "damaged-workbook"


def test_a_huge_text_that_stands_everywhere_is_refused() -> None:
    cells = "".join(f'<c r="{c}1" t="s"><v>0</v></c>' for c in "ABCDEFGH")
    rows = "".join(f'<row r="{n}">{cells.replace("1", str(n))}</row>' for n in range(1, 500))
    content = workbook(rows, shared=f"<si><t>{'ab' * 16_000}</t></si>")
    with pytest.raises(SheetRefusal) as refused:
        reader.read(content, "march.xlsx")
    assert refused.value.code == "too-much-text"


LIMITS = [
    ("KOMET_MAX_ROWS", "2", table([["a"], ["b"], ["c"]]), "too-many-rows"),
    ("KOMET_MAX_COLUMNS", "2", table([["a", "b", "c"]]), "too-many-columns"),
    ("KOMET_MAX_CELLS", "5", table([["a", "b", "c"], ["d", "e", "f"]]), "too-many-cells"),
    ("KOMET_MAX_CELLS", "12", "".join(row(n, [None] * n + ["x"]) for n in range(1, 11)), "too-scattered"),
]


@pytest.mark.parametrize(("name", "value", "rows", "code"), LIMITS, ids=[code for *_, code in LIMITS])
def test_the_limits_of_the_settings_hold(
    name: str, value: str, rows: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    settings.cache_clear()
    with pytest.raises(SheetRefusal) as refused:
        reader.read(
            workbook(rows), "march.xlsx", wanted=wanted(OPEN_CREDITS) if code == "too-many-columns" else None
        )
    assert refused.value.code == code


def test_a_sheet_that_is_only_looked_at_may_be_as_wide_as_excel_allows() -> None:
    names = [f"{a}{b}" for a in ascii_uppercase for b in ascii_uppercase]
    cells = "".join(f'<c r="{name}1"><v>{place}</v></c>' for place, name in enumerate(names))
    seen = reader.read(workbook(f'<row r="1">{cells}</row>'), "march.xlsx")
    assert (list(seen.text.columns), seen.text.iat[0, -1]) == (names, "675")


def test_a_sheet_that_is_too_large_does_not_stop_the_reading_of_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KOMET_MAX_ROWS", "10")
    settings.cache_clear()
    content = package(parts(sheet(table([[n] for n in range(50)])), sheet(table([["a"]]))))
    seen = reader.read(content, "march.xlsx", sheet="Second")
    assert [(s.rows, s.cells) for s in seen.sheets] == [(50, 50), (1, 1)]


class Misdeed:
    """A job whose unpacking in the child does something: the only way to make a real child fail on demand."""

    def __init__(self, deed: Callable[..., object], *arguments: object) -> None:
        self.deed, self.arguments = deed, arguments

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self.deed, self.arguments


MISDEEDS = {
    "aborts": Misdeed(os.abort),
    "exits": Misdeed(os._exit, 0),
    "is killed": Misdeed(signal.raise_signal, signal.SIGKILL),
    "takes all memory": Misdeed(bytearray, 8 << 30),
    "uses all its processor time": Misdeed(resource.setrlimit, resource.RLIMIT_CPU, (0, 0)),
    "answers with nothing": Misdeed(int, "x"),
}


@pytest.mark.parametrize("what", MISDEEDS)
def test_a_child_that_fails_is_one_sentence_and_the_next_one_reads(
    what: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(SheetRefusal) as refused:
        reader._in_a_child(workbooks.good(), MISDEEDS[what])  # type: ignore[arg-type]
    assert refused.value.code == "reading-failed"
    told = {
        "takes all memory": "MemoryError in _work",
        "answers with nothing": "ValueError in _work",
        "uses all its processor time": "",  # whatever it was doing then
    }
    why = told.get(what, "the child ended without an answer")
    assert f"A workbook was not read: {why}" in caplog.text
    assert "'x'" not in caplog.text, "what the workbook holds is nobody's"
    assert reader.read(workbooks.good(), "march.xlsx").name == "Credits"


def test_a_child_that_takes_too_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_PATIENCE", 0.2)
    with pytest.raises(SheetRefusal) as refused:
        reader._in_a_child(workbooks.good(), Misdeed(time.sleep, 2))  # type: ignore[arg-type]
    assert refused.value.code == "reading-failed"
