"""A small workbook that the server of children reads once itself, before it forks any.

What reading makes once (patterns, tables of words, modules that are loaded late) is there in every child
then; a small sheet takes a child half of the time.
"""

import io
import zipfile
from collections.abc import Sequence

from komet_import.sheets.files.chosen_sheet import read_workbook
from komet_import.sheets.files.job import Job
from komet_import.sheets.files.xlsx.cells import Limits
from komet_import.sheets.layout.header import header_row
from komet_import.types import ImportType

_NAMESPACE = "http://schemas.openxmlformats.org/"
_MAIN = f"{_NAMESPACE}spreadsheetml/2006/main"
_OFFICE = f"{_NAMESPACE}officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NUMBER = 3_000
"""A number whose format makes it a day, and which is an amount without one."""
_AMOUNT, _DAY = 4, 14
"""Formats that every Excel has: `#,##0.00` and its short date."""


def rehearse(type: ImportType) -> None:
    """Read a sheet with the columns of this type. Raises what reading raises: it is our own workbook."""
    names = [column.name for column in type.columns]
    limits = Limits(rows=9, columns=99, cells=999)
    read_workbook(_workbook(names), Job(wanted=header_row.wanted(type), sheet=None, limits=limits))


def _workbook(names: Sequence[str]) -> bytes:
    """An .xlsx file with these headings, and below each a text, an amount and a day."""
    rows = [
        "".join(_text(name) for name in names),
        "".join(_text(f"{name} 1") for name in names),
        *("".join(f'<c s="{style}"><v>{_NUMBER}.5</v></c>' for _ in names) for style in (1, 2)),
    ]
    data = "".join(f"<row>{row}</row>" for row in rows)
    formats = "".join(f'<xf numFmtId="{number}"/>' for number in (0, _AMOUNT, _DAY))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_NAMESPACE}package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/></Types>',
        "_rels/.rels": _relationships(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relationships(worksheet="worksheets/sheet1.xml", styles="styles.xml"),
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs>{formats}</cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{data}</sheetData></worksheet>',
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return written.getvalue()


def _text(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def _relationships(**targets: str) -> str:
    """What a part refers to: by kind of relationship, which is its id as well."""
    inside = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_NAMESPACE}package/2006/relationships">{inside}</Relationships>'
