"""Comments of cells, as each kind of file keeps them."""

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from komet_import.refusal import SheetRefusal
from komet_import.sheets import cell_comments
from komet_import.sheets.cell_comments import AUTHOR, CellComment
from komet_import.sheets.files import reader
from komet_import.sheets.worksheet import Worksheet
from tests.data import binary_workbooks as binary
from tests.sheets.soffice import saved_as

HEADINGS = ["Customer Code", "Credit #", "Credit Date", "Credit Balance"]


def book(*comments: tuple[str, str, str]) -> bytes:
    made = openpyxl.Workbook()
    made.active.append(HEADINGS)
    made.active.append(["FL200", "C1", "2026-11-03", 950_000])
    for cell, author, text in comments:
        made.active[cell].comment = Comment(text, author)
    sink = io.BytesIO()
    made.save(sink)
    return sink.getvalue()


def told(worksheet: Worksheet) -> list[tuple[str, str]]:
    return [(f"{comment.letters}{comment.row}", comment.text) for comment in worksheet.comments]


def test_comments_are_read_without_the_name_of_who_wrote_them() -> None:
    seen = reader.read(book(("D1", "Rita", "Rita:\nin COP"), ("B2", "", "already  applied")), "a.xlsx")
    assert sorted(told(seen)) == [("B2", "already applied"), ("D1", "in COP")]
    assert Worksheet.from_bytes(seen.to_bytes()).comments == seen.comments


def test_comments_that_we_wrote_ourselves_are_none() -> None:
    assert told(reader.read(book(("D1", AUTHOR, "in COP")), "a.xlsx")) == []


def test_a_thread_is_read_and_not_what_excel_says_instead_of_it() -> None:
    content = book(
        ("D2", "tc={1}", "[Threaded comment] Your version of Excel allows you to read this in COP")
    )
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="D2" id="{1}"><text>this is COP</text></threadedComment></ThreadedComments>'
    )
    relation = (
        '<Relationship Id="rt" Target="../threadedComments/threadedComment1.xml" '
        'Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"/></Relationships>'
    )
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(sink, "w") as made:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/_rels/sheet1.xml.rels":
                part = part.replace(b"</Relationships>", relation.encode())
            made.writestr(name, part)
        made.writestr("xl/threadedComments/threadedComment1.xml", thread)
    assert told(reader.read(sink.getvalue(), "a.xlsx")) == [("D2", "this is COP")]


def test_a_damaged_part_of_comments_is_one_sentence() -> None:
    content, sink = book(("D1", "Rita", "in COP")), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(sink, "w") as made:
        for name in source.namelist():
            made.writestr(name, source.read(name)[: None if "omments" not in name else -9])
    with pytest.raises(SheetRefusal, match="not well-formed"):
        reader.read(sink.getvalue(), "a.xlsx")


def test_a_workbook_whose_comments_are_lost_is_read_without_them() -> None:
    content, sink = book(("D1", "Rita", "in COP")), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(sink, "w") as made:
        for name in source.namelist():
            if not name.startswith("xl/comments"):
                made.writestr(name, source.read(name))
    seen = reader.read(sink.getvalue(), "a.xlsx")
    assert told(seen) == [] and seen.text.loc[2].tolist() == ["FL200", "C1", "2026-11-03", "950000"]


def test_only_so_many_comments_are_kept_and_none_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_comments, "MOST", 2)
    found = cell_comments.kept(
        [("$A$1", "", "x" * 900), ("no cell", "", "y"), ("B2", "", " "), ("C3", "", "z"), ("D4", "", "w")]
    )
    assert found == (
        CellComment(letters="A", row=1, text="x" * cell_comments.LONGEST),
        CellComment(letters="C", row=3, text="z"),
    )


def test_comments_of_older_workbooks_are_read_too_soffice(tmp_path: Path) -> None:
    (content,) = saved_as("xls", [book(("D1", "Rita", "in COP"))], tmp_path)
    assert told(reader.read(content, "a.xls")) == [("D1", "in COP")]


def test_comments_of_spreadsheets_of_libreoffice_are_read_and_are_no_text_of_their_cells_soffice(
    tmp_path: Path,
) -> None:
    made = book(("D1", "Rita", "Rita:\nin COP"), ("B2", "", "already  applied"), ("F9", "", "a list"))
    (content,) = saved_as("ods", [made], tmp_path)
    seen = reader.read(content, "a.ods")
    assert sorted(told(seen)) == [("B2", "already applied"), ("D1", "in COP"), ("F9", "a list")]
    assert seen.text.to_numpy()[1].tolist()[:2] == ["FL200", "C1"]


def binary_book(rels: bytes, *, comments: bytes = b"", thread: bytes = b"") -> bytes:
    made, sink = (
        binary.workbook(binary.sheet(binary.row(1, binary.inline(3, "Credit Balance")))),
        io.BytesIO(),
    )
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(sink, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("xl/worksheets/_rels/sheet1.bin.rels", rels)
        target.writestr("xl/comments1.bin", comments)
        target.writestr("xl/threadedComments/threadedComment1.xml", thread)
    return sink.getvalue()


def binary_comment(author: int, row: int, column: int, text: str) -> bytes:
    about = struct.pack("<5I16s", author, row, row, column, column, b"")
    return binary.record(635, about) + binary.record(637, b"\0" + binary.wide(text)) + binary.record(636)


COMMENTS = binary.record(632, binary.wide("Rita")) + binary.record(632, binary.wide("tc={1}"))
RELATION = (
    '<Relationship Id="r{number}" Target="../{target}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + RELATION.format(number=1, target="comments1.bin", kind="comments")
    + RELATION.format(number=2, target="threadedComments/threadedComment1.xml", kind="threadedComment")
    + "</Relationships>"
).encode()


def test_comments_of_binary_workbooks_are_read_too() -> None:
    plain = binary_comment(0, 0, 3, "Rita:\nin COP") + binary_comment(1, 1, 1, "[Threaded comment] Your …")
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="B2" id="{1}"><text>already applied</text></threadedComment></ThreadedComments>'
    )
    content = binary_book(RELATIONS, comments=COMMENTS + plain, thread=thread.encode())
    assert told(reader.read(content, "a.xlsb")) == [("D1", "in COP"), ("B2", "already applied")]


def test_damaged_comments_of_a_binary_workbook_are_one_sentence() -> None:
    with pytest.raises(SheetRefusal, match="records"):
        reader.read(binary_book(RELATIONS, comments=COMMENTS + binary.record(635, b"\0")), "a.xlsb")
