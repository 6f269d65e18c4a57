"""The audit trail as a workbook: an entry a row, each with its place in the chain and its seal."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from komet_import.language import _, marked
from komet_import.sheets.workbooks.cells import look, written

TITLE = marked("Audit trail")
COLUMNS = (
    (marked("Entry"), 9), (marked("Time (UTC)"), 20), (marked("Name"), 24), (marked("User name"), 18),
    (marked("What"), 24), (marked("About"), 34), (marked("Details"), 50), (marked("Before"), 40),
    (marked("After"), 40), (marked("From"), 18), (marked("Place"), 9), (marked("Seal"), 66),
)  # fmt: skip
"""Titles and widths."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TrailRow:
    """A row of the workbook, in the order of its columns."""

    entry: int
    at: str
    who: str
    username: str
    what: str
    about: str
    details: str
    before: str
    after: str
    address: str
    place: int | None
    seal: str


def write_trail(rows: Iterable[TrailRow]) -> bytes:
    """The workbook (.xlsx); text in it stays text."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_(TITLE))
    sheet.freeze_panes = "A2"
    for place, (_title, width) in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    bold, plain = look(sheet, font=Font(bold=True)), look(sheet, wrap=True)
    number = look(sheet, number_format="0")
    sheet.append([written(sheet, _(title), bold) for title, _width in COLUMNS])

    def cell(value: str | int | None) -> Any:
        if isinstance(value, int):
            return written(sheet, Decimal(value), number)
        return written(sheet, value, plain) if value else None

    for row in rows:
        sheet.append(
            [
                cell(value)
                for value in (
                    row.entry, row.at, row.who, row.username, row.what, row.about,
                    row.details, row.before, row.after, row.address, row.place, row.seal,
                )
            ]
        )  # fmt: skip
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()
