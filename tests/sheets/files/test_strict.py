"""Strict Open XML, the form of .xlsx that Excel also offers: read like any other."""

import re

from komet_import.sheets.files import reader
from komet_import.sheets.worksheet import Held
from tests.data.workbooks import package, parts, relation, relations, row, sheet, styles, table

MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def strict(found: dict[str, str | bytes]) -> bytes:
    """The same workbook with the namespaces of the Strict form."""
    changed = {}
    for name, part in found.items():
        text = str(part).replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", MAIN)
        text = text.replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships", RELATIONS)
        changed[name] = re.sub(r"<workbook ", '<workbook conformance="strict" ', text)
    return package(changed)


def workbook() -> dict[str, str | bytes]:
    dated = '<row r="4"><c r="A4" t="d"><v>2026-11-03T00:00:00</v></c><c r="B4" s="1"><v>46329</v></c></row>'
    rows = table([["Customer Code", "Amount"], ["FL200", 12.5]]) + row(
        3, ["FL201", 7], attributes=' hidden="1"'
    )
    found = parts(
        sheet(
            rows + dated + '<row r="5"><c r="A5" t="s"><v>0</v></c><c r="B5" s="2"><v>1.234</v></c></row>',
            head='<cols><col min="2" max="2" hidden="1"/></cols>',
            tail='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
        ),
        shared="<si><r><rPr><strike/></rPr><t>old</t></r><r><rPr/><t> new</t></r></si>",
        styles=styles("yyyy-mm-dd", "0.00"),
    )
    found["xl/worksheets/_rels/sheet1.xml.rels"] = relations(
        relation("rId1", "table", "../tables/table1.xml")
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    found["xl/tables/table1.xml"] = f'<table xmlns="{space}" ref="A1:B3" totalsRowCount="1"/>'
    return found


def test_a_strict_workbook_is_read_as_the_same_plain_one() -> None:
    plain, other = (reader.read(made, "march.xlsx") for made in (package(workbook()), strict(workbook())))
    assert other.text.equals(plain.text)
    assert (other.held == plain.held).all()
    assert (other.notes, other.sheets, other.rounded) == (plain.notes, plain.sheets, plain.rounded)
    assert (other.hidden_rows, other.hidden_columns) == (plain.hidden_rows, plain.hidden_columns)
    assert (other.totals, other.merges) == (plain.totals, plain.merges) == ({3}, ("A1:A2",))
    assert other.text.at[4, "A"] == other.text.at[4, "B"] == "2026-11-03"
    assert other.held[3, 0] == Held.DATE
