"""The sample that people download and fill in: one workbook for an import type (komet-facts §1).

The header's colours say what is needed; because colour alone confuses, the header's cell notes and the
Instructions sheet say it in words. The example rows import cleanly, so a sample that comes back as it was
downloaded is judged ready.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from komet_import.sheets.writing import (
    AMOUNT_FORMAT,
    AUTHOR,
    DATE_FORMAT,
    TEXT_FORMAT,
    Look,
    look,
    writable,
    written,
)
from komet_import.types.schema import ERASE, Column, ImportType, Need, ValueKind

COLOURS = {Need.REQUIRED: "1E7B34", Need.OPTIONAL: "B3261E", Need.MULTI_LOCATION: "1F4FA3"}
"""Green, red, blue as Komet's current page has them; each carries white text (contrast above 4.5)."""

COLOUR_NAMES = {Need.REQUIRED: "green", Need.OPTIONAL: "red", Need.MULTI_LOCATION: "blue"}

INSTRUCTIONS = "Instructions"
LISTS = "Lists"
EXAMPLE_NOTE = "An example. Put your own rows in the place of the grey ones."

_FORMATS = {ValueKind.AMOUNT: AMOUNT_FORMAT, ValueKind.DATE: DATE_FORMAT}
_LAST_ROW = 1_048_576


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateCustomer:
    """An active customer for the sample; `location` is the code of a location that it belongs to, if any."""

    code: str
    name: str
    location: str = ""


def write_template(
    type: ImportType,
    *,
    customers: Sequence[TemplateCustomer],
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
    lists = _lists(type, customers, locations)
    workbook = Workbook(write_only=True)
    workbook.properties.creator = AUTHOR
    workbook.properties.title = f"{type.title} sample"
    _write_data(workbook, type, examples if existing is None else existing, lists, grey=existing is None)
    _write_instructions(workbook, type, locations, examples, replace_rows=existing is None and bool(examples))
    _write_lists(workbook, lists)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _examples(
    type: ImportType, customers: Sequence[TemplateCustomer], locations: Sequence[tuple[str, str]], today: date
) -> list[dict[str, str]]:
    """Example rows that import cleanly; none where the company has no customer to use in them."""
    eligible = [c for c in customers if c.location] if len(locations) > 1 else list(customers)
    if type.column_of_kind(ValueKind.CUSTOMER) is not None and not eligible:
        return []
    count = max(len(column.examples) for column in type.columns)
    rows = []
    for place in range(count):
        customer = eligible[place % len(eligible)] if eligible else None
        values = {}
        for column in type.columns:
            values[column.name] = column.examples[place] if place < len(column.examples) else ""
            if column.kind is ValueKind.CUSTOMER and customer:
                values[column.name] = customer.code
            elif column.kind is ValueKind.LOCATION and customer:
                values[column.name] = customer.location
            elif column.kind is ValueKind.LOCATIONS and locations:
                values[column.name] = locations[place % len(locations)][0]
            elif column.kind is ValueKind.DATE:
                values[column.name] = str(today - timedelta(days=2 * (count - place)))
        rows.append(values)
    return rows


# --- the sheet to fill in ------------------------------------------------------------------------------


def _write_data(
    workbook: Workbook,
    type: ImportType,
    rows: Sequence[Mapping[str, str]],
    lists: Sequence["_List"],
    *,
    grey: bool,
) -> None:
    sheet = workbook.create_sheet(type.title)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(type.columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = _width(column)
        dimension.number_format = _FORMATS.get(column.kind, TEXT_FORMAT)
        if (validation := _validation(column, lists)) is not None:
            letter = get_column_letter(place)
            validation.add(f"{letter}2:{letter}{_LAST_ROW}")
            sheet.data_validations.append(validation)
    sheet.append(_header(sheet, type))
    font = Font(italic=True, color="6B6B6B") if grey else None
    looks = [look(sheet, number_format=_FORMATS.get(c.kind, TEXT_FORMAT), font=font) for c in type.columns]
    as_text = look(sheet)
    for index, row in enumerate(rows):
        values = (row.get(column.name, "") for column in type.columns)
        if grey:
            sheet.append(list(_example_cells(sheet, type, values, looks, noted=index == 0)))
        else:
            sheet.append([written(sheet, value, as_text) for value in values])


def _header(sheet: Any, type: ImportType) -> list[Any]:
    font = Font(bold=True, color="FFFFFF")
    looks = {need: look(sheet, font=font, fill=colour) for need, colour in COLOURS.items()}
    return [
        written(sheet, column.name, looks[column.need], note=f"{_need(column)}\n{column.rule}")
        for column in type.columns
    ]


def _example_cells(
    sheet: Any, type: ImportType, values: Iterator[str], looks: Sequence[Look], *, noted: bool
) -> Iterator[Any]:
    for place, (column, text, cell_look) in enumerate(zip(type.columns, values, looks, strict=True)):
        value: str | Decimal | date = text
        if text and column.kind is ValueKind.AMOUNT:
            value = Decimal(text)
        elif text and column.kind is ValueKind.DATE:
            value = date.fromisoformat(text)
        yield written(sheet, value, cell_look, note=EXAMPLE_NOTE if noted and place == 0 else "")


def _width(column: Column) -> int:
    room = {ValueKind.AMOUNT: 14, ValueKind.DATE: 13}.get(column.kind, min(column.max_length or 16, 40))
    return max(len(column.name) + 4, room)


def _need(column: Column) -> str:
    return f"{column.need[0].upper()}{column.need[1:]} ({COLOUR_NAMES[column.need]})."


def _validation(column: Column, lists: Sequence["_List"]) -> DataValidation | None:
    """What Excel checks while somebody types.

    A code outside the list is a warning, for the list may be older than the customer; what can never be
    imported is stopped. Nothing is checked when somebody pastes, so the import judges everything again.
    """
    listed = next((entry for entry in lists if entry.column == column.name), None)
    if listed is not None and listed.codes and column.kind is not ValueKind.LOCATIONS:
        strict = column.kind is ValueKind.CHOICE
        return _checked(
            column,
            "It is not in the list." if strict else "It was not in the list when this sample was made.",
            stop=strict,
            type="list",
            formula1=f"{LISTS}!${listed.letter}$2:${listed.letter}${len(listed.codes) + 1}",
        )
    if column.kind is ValueKind.FLAG:
        return _checked(column, "Type yes or no.", stop=False, type="list", formula1='"yes,no"')
    if column.kind is ValueKind.AMOUNT:
        return _checked(column, column.rule, stop=True, type="decimal", operator="greaterThan", formula1="0")
    if column.kind is ValueKind.DATE:
        first = (date(2000, 1, 1) - date(1899, 12, 30)).days
        return _checked(
            column,
            "Type a date such as 2025-03-31.",
            stop=True,
            type="date",
            operator="greaterThanOrEqual",
            formula1=str(first),
        )
    if column.max_length is not None:
        limit = str(column.max_length)
        return _checked(
            column, column.rule, stop=True, type="textLength", operator="lessThanOrEqual", formula1=limit
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
        errorTitle=column.name[:32],
        error=error[:255],
    )


# --- the sheets beside it ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class _List:
    """Codes that a column may hold, with their names, and the letter of the Lists column they stand in."""

    column: str
    title: str
    letter: str
    codes: Sequence[str]
    names: Sequence[str]


def _lists(
    type: ImportType, customers: Sequence[TemplateCustomer], locations: Sequence[tuple[str, str]]
) -> list[_List]:
    """The lists of a type. Their titles are no synonyms of a column: this sheet must never fit a type."""
    found: list[_List] = []
    for column in type.columns:
        if column.kind is ValueKind.CUSTOMER:
            title, codes = "All active customers", [c.code for c in customers]
            names = [c.name for c in customers]
        elif column.kind in (ValueKind.LOCATION, ValueKind.LOCATIONS):
            title, codes = "All locations", [code for code, _ in locations]
            names = [name for _, name in locations]
        elif column.kind is ValueKind.CHOICE:
            codes = [*column.choices, *([ERASE] if column.erasable else ())]
            title, names = "All choices", [""] * len(codes)
        else:
            continue
        letter = get_column_letter(3 * len(found) + 1)
        codes = [writable(code) for code in codes]
        found.append(_List(column=column.name, title=title, letter=letter, codes=codes, names=names))
    return found


def _write_lists(workbook: Workbook, lists: Sequence[_List]) -> None:
    sheet = workbook.create_sheet(LISTS)
    sheet.freeze_panes = "A2"
    bold, plain = look(sheet, font=Font(bold=True)), look(sheet)
    columns: list[list[str]] = []
    for place, entry in enumerate(lists):
        for offset, width in enumerate((22, 34, 4)):
            sheet.column_dimensions[get_column_letter(3 * place + offset + 1)].width = width
        columns += [[entry.title, *entry.codes], ["called", *entry.names], []]
    for index, row in enumerate(zip_longest(*columns, fillvalue="")):
        sheet.append([written(sheet, text, plain if index else bold) if text else None for text in row])


def _write_instructions(
    workbook: Workbook,
    type: ImportType,
    locations: Sequence[tuple[str, str]],
    examples: Sequence[Mapping[str, str]],
    *,
    replace_rows: bool,
) -> None:
    sheet = workbook.create_sheet(INSTRUCTIONS)
    for letter, width in zip("ABCD", (22, 46, 76, 28), strict=True):
        sheet.column_dimensions[letter].width = width
    title, bold = look(sheet, font=Font(bold=True, size=14)), look(sheet, font=Font(bold=True))
    plain, wrapped = look(sheet), look(sheet, wrap=True)
    white = Font(bold=True, color="FFFFFF")
    coloured = {need: look(sheet, font=white, fill=colour) for need, colour in COLOURS.items()}
    sheet.append([written(sheet, f"How to fill in {type.title}", title)])
    for line in _advice(type, locations, replace_rows=replace_rows):
        sheet.append([written(sheet, line, plain)])
    sheet.append([])
    sheet.append([written(sheet, text, bold) for text in ("Heading", "Need", "Rule", "For example")])
    first = examples[0] if examples else {}
    for column in type.columns:
        example = first.get(column.name) or next(iter(column.examples), "")
        sheet.append(
            [
                written(sheet, column.name, coloured[column.need]),
                written(sheet, _need(column), wrapped),
                written(sheet, column.rule, wrapped),
                written(sheet, example, wrapped),
            ]
        )


def _advice(type: ImportType, locations: Sequence[tuple[str, str]], *, replace_rows: bool) -> Iterator[str]:
    yield f"{type.description} Fill in the sheet “{type.title}”, one {type.noun[0]} in a row."
    if replace_rows:
        yield "The grey rows are examples that would be imported like all others: replace them with your own."
    if any(column.erasable for column in type.columns):
        yield f"A blank cell leaves what is known as it is; type {ERASE} where it is to be erased."
    yield "Leave the headings as they are. Their order does not matter; further columns are ignored."
    yield "Green headings are required, red ones optional, blue ones for companies with several locations."
    location = type.column_of_kind(ValueKind.LOCATION)
    if location is not None:
        if len(locations) > 1:
            yield f"Your company has {len(locations)} locations, so {location.name} is required."
        else:
            yield f"Your company has one location, so {location.name} may stay blank."
    yield "Save the file and drop it on the Data import page. Nothing is imported before you say so there."
