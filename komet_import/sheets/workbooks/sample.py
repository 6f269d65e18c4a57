"""The sample that people download and fill in: one workbook for an import type (docs/komet-sales.md §1).

The header's colors say what is needed; because color alone confuses, the header's cell notes and the
Instructions sheet say it in words. The example rows import cleanly, so a sample that comes back as it was
downloaded is judged ready.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from komet_import.language import _, marked
from komet_import.sheets.cell_comments import AUTHOR
from komet_import.sheets.workbooks.cells import (
    AMOUNT_FORMAT,
    DATE_FORMAT,
    TEXT_FORMAT,
    CellStyle,
    look,
    written,
)
from komet_import.sheets.workbooks.instructions import COLORS, need_in_words, write_instructions
from komet_import.sheets.workbooks.lists import LISTS, CodeList, SampleCustomer, code_lists, write_lists
from komet_import.types.schema import Column, ColumnFormat, ImportType, Meaning, Sign

EXAMPLE_NOTE = marked("An example. Replace the grey rows with your own.")
_FORMATS = {ColumnFormat.AMOUNT: AMOUNT_FORMAT, ColumnFormat.DATE: DATE_FORMAT}
_LAST_ROW = 1_048_576


def write_sample(
    type: ImportType,
    *,
    customers: Sequence[SampleCustomer],
    locations: Sequence[tuple[str, str]],
    existing: Sequence[Mapping[str, str]] | None = None,
    today: date | None = None,
) -> bytes:
    """The sample as the bytes of an .xlsx file.

    `customers` are the active ones and `locations` are (code, name), both in the order in which they are
    offered. `existing` are records by column name, written as text in the place of the example rows.
    `today` stands in for the current day.
    """
    today = today or datetime.now(UTC).date()
    examples = _examples(type, customers, locations, today)
    lists = code_lists(type, customers, locations)
    workbook = Workbook(write_only=True)
    workbook.properties.creator = AUTHOR
    workbook.properties.title = _("{title} sample", title=_(type.title))
    _write_data(workbook, type, examples if existing is None else existing, lists, grey=existing is None)
    write_instructions(workbook, type, locations, examples, replace_rows=existing is None and bool(examples))
    write_lists(workbook, lists)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _examples(
    type: ImportType, customers: Sequence[SampleCustomer], locations: Sequence[tuple[str, str]], today: date
) -> list[dict[str, str]]:
    """Example rows that import cleanly; none where the company has no customer to use in them."""
    eligible = [c for c in customers if c.location] if len(locations) > 1 else list(customers)
    if type.column_for(Meaning.PARTY) and not eligible:
        return []
    count = max(len(column.examples) for column in type.columns)
    rows = []
    for place in range(count):
        customer = eligible[place % len(eligible)] if eligible else None
        values = {}
        for column in type.columns:
            example = column.examples[place] if place < len(column.examples) else ""
            values[column.name] = example if column.kind in _FORMATS else _(example)
            if column.kind is ColumnFormat.CUSTOMER and customer:
                values[column.name] = customer.code
            elif column.kind is ColumnFormat.LOCATION and customer:
                values[column.name] = customer.location
            elif column.kind is ColumnFormat.LOCATIONS and locations:
                values[column.name] = locations[place % len(locations)][0]
            elif column.kind is ColumnFormat.DATE:
                values[column.name] = str(today - timedelta(days=2 * (count - place)))
        rows.append(values)
    return rows


def _write_data(
    workbook: Workbook,
    type: ImportType,
    rows: Sequence[Mapping[str, str]],
    lists: Sequence["CodeList"],
    *,
    grey: bool,
) -> None:
    sheet = workbook.create_sheet(_(type.title))
    sheet.freeze_panes = "A2"
    for place, column in enumerate(type.columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = _width(column)
        dimension.number_format = _FORMATS.get(column.kind, TEXT_FORMAT)
        if (validation := _validation(column, type.sign, lists)) is not None:
            letter = get_column_letter(place)
            validation.add(f"{letter}2:{letter}{_LAST_ROW}")
            sheet.data_validations.append(validation)
    sheet.append(_header(sheet, type))
    font = Font(italic=True, color="6B6B6B") if grey else None
    looks = [look(sheet, number_format=_FORMATS.get(c.kind, TEXT_FORMAT), font=font) for c in type.columns]
    as_text = look(sheet)
    for index, row in enumerate(rows):
        if grey:
            values = (row.get(column.name, "") for column in type.columns)
            sheet.append(list(_example_cells(sheet, type, values, looks, noted=index == 0)))
        else:
            told = (_told(column, row.get(column.name, "")) for column in type.columns)
            sheet.append([written(sheet, value, as_text) for value in told])


def _told(column: Column, value: str) -> str:
    """A known value as the reader writes it: yes and no are words of a language."""
    return _(value) if column.kind is ColumnFormat.FLAG and value else value


def _header(sheet: Any, type: ImportType) -> list[Any]:
    font = Font(bold=True, color="FFFFFF")
    looks = {need: look(sheet, font=font, fill=color) for need, color in COLORS.items()}
    return [
        written(sheet, _(column.name), looks[column.need], note=f"{need_in_words(column)}\n{_(column.rule)}")
        for column in type.columns
    ]


def _example_cells(
    sheet: Any, type: ImportType, values: Iterator[str], looks: Sequence[CellStyle], *, noted: bool
) -> Iterator[Any]:
    for place, (column, text, cell_look) in enumerate(zip(type.columns, values, looks, strict=True)):
        value: str | Decimal | date = text
        if text and column.kind is ColumnFormat.AMOUNT:
            value = Decimal(text)
        elif text and column.kind is ColumnFormat.DATE:
            value = date.fromisoformat(text)
        yield written(sheet, value, cell_look, note=_(EXAMPLE_NOTE) if noted and place == 0 else "")


def _width(column: Column) -> int:
    room = {ColumnFormat.AMOUNT: 14, ColumnFormat.DATE: 13}.get(column.kind, min(column.max_length or 16, 40))
    return max(len(_(column.name)) + 4, room)


def _validation(column: Column, sign: Sign | None, lists: Sequence["CodeList"]) -> DataValidation | None:
    """What Excel checks while somebody types.

    A code outside the list is a warning, for the list may be older than the customer; what can never be
    imported is stopped. Nothing is checked when somebody pastes, so the import judges everything again.
    """
    listed = next((entry for entry in lists if entry.column == column.name), None)
    if listed is not None and listed.codes and column.kind is not ColumnFormat.LOCATIONS:
        strict = column.kind is ColumnFormat.CHOICE
        return _checked(
            column,
            _("Not in the list.")
            if strict
            else _("Not in the list. Choose a code from the sheet {lists}.", lists=_(LISTS)),
            stop=strict,
            type="list",
            formula1=f"{_(LISTS)}!${listed.letter}$2:${listed.letter}${len(listed.codes) + 1}",
        )
    if column.kind is ColumnFormat.FLAG:
        return _checked(column, _("Type yes or no."), stop=False, type="list", formula1=f'"{_("yes,no")}"')
    if column.kind is ColumnFormat.AMOUNT:
        right = "lessThan" if sign is Sign.NEGATIVE else "greaterThan"
        return _checked(column, _(column.rule), stop=True, type="decimal", operator=right, formula1="0")
    if column.kind is ColumnFormat.DATE:
        first = (date(2000, 1, 1) - date(1899, 12, 30)).days
        return _checked(
            column,
            _("Type a date such as 2025-03-31."),
            stop=True,
            type="date",
            operator="greaterThanOrEqual",
            formula1=str(first),
        )
    if column.max_length is not None:
        limit = str(column.max_length)
        return _checked(
            column, _(column.rule), stop=True, type="textLength", operator="lessThanOrEqual", formula1=limit
        )
    return None


def _checked(
    column: Column, error: str, *, stop: bool, type: str, formula1: str, operator: str | None = None
) -> DataValidation:
    return DataValidation(
        type=type,
        operator=operator,
        formula1=formula1,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="stop" if stop else "warning",
        errorTitle=_(column.name)[:32],
        error=error[:255],
    )
