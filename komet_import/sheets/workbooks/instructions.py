"""The instructions beside a sample: the need and the rule of each column, in words."""

from collections.abc import Iterator, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font

from komet_import.sheets.workbooks.cell_writing import look, written
from komet_import.types.schema import ERASE, Column, ImportType, Meaning, Need

COLORS = {Need.REQUIRED: "1E7B34", Need.OPTIONAL: "B3261E", Need.MULTI_LOCATION: "1F4FA3"}
"""Green, red, blue as Komet's current page has them; each carries white text (contrast above 4.5)."""
COLOR_NAMES = {Need.REQUIRED: "green", Need.OPTIONAL: "red", Need.MULTI_LOCATION: "blue"}
INSTRUCTIONS = "Instructions"


def need_in_words(column: Column) -> str:
    return f"{column.need[0].upper()}{column.need[1:]} ({COLOR_NAMES[column.need]})."


def write_instructions(
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
    colored = {need: look(sheet, font=white, fill=color) for need, color in COLORS.items()}
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
                written(sheet, column.name, colored[column.need]),
                written(sheet, need_in_words(column), wrapped),
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
    location = type.column_for(Meaning.LOCATION)
    if location is not None:
        if len(locations) > 1:
            yield f"Your company has {len(locations)} locations, so {location.name} is required."
        else:
            yield f"Your company has one location, so {location.name} may stay blank."
    if type.summed is not None:
        yield (
            "To have the import checked, add a line below your rows, or a sheet named “Control totals”: "
            "Control totals, Rows 40, Amount 8722.50, Hash total 9214. Any of the three may be missing; the "
            "hash total adds up the digits of each customer code, read as one number (FL219 counts 219)."
        )
    yield "Save the file and drop it on the Data import page. Nothing is imported before you say so there."
