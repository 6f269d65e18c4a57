"""The instructions beside a sample: the need and the rule of each column, in words."""

from collections.abc import Iterator, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font

from komet_import.language import _, marked
from komet_import.language.capital import capitalized
from komet_import.sheets.workbooks.cells import look, written
from komet_import.types.schema import ERASE, Column, ImportType, Meaning, Need, Sign

COLORS = {Need.REQUIRED: "1E7B34", Need.OPTIONAL: "B3261E", Need.MULTI_LOCATION: "1F4FA3"}
"""Green, red, blue as Komet's current page has them; each carries white text (contrast above 4.5)."""
COLOR_NAMES = {
    Need.REQUIRED: marked("green"),
    Need.OPTIONAL: marked("red"),
    Need.MULTI_LOCATION: marked("blue"),
}
INSTRUCTIONS = marked("Instructions")


def need_in_words(column: Column) -> str:
    """Whether a column is needed, with the color that says so: `Required (green).`"""
    need = _(column.need)
    return f"{capitalized(need)} ({_(COLOR_NAMES[column.need])})."


def write_instructions(
    workbook: Workbook,
    type: ImportType,
    locations: Sequence[tuple[str, str]],
    examples: Sequence[Mapping[str, str]],
    *,
    replace_rows: bool,
) -> None:
    """Add the sheet that explains the others: each column's rule and examples."""
    sheet = workbook.create_sheet(_(INSTRUCTIONS))
    for letter, width in zip("ABCD", (22, 46, 76, 28), strict=True):
        sheet.column_dimensions[letter].width = width
    title, bold = look(sheet, font=Font(bold=True, size=14)), look(sheet, font=Font(bold=True))
    plain, wrapped = look(sheet), look(sheet, wrap=True)
    white = Font(bold=True, color="FFFFFF")
    colored = {need: look(sheet, font=white, fill=color) for need, color in COLORS.items()}
    sheet.append([written(sheet, _("How to fill in {title}", title=_(type.title)), title)])
    for line in _advice(type, locations, replace_rows=replace_rows):
        sheet.append([written(sheet, line, plain)])
    sheet.append([])
    sheet.append(
        [written(sheet, text, bold) for text in (_("Heading"), _("Need"), _("Rule"), _("For example"))]
    )
    first = examples[0] if examples else {}
    for column in type.columns:
        example = first.get(column.name) or next(iter(column.examples), "")
        sheet.append(
            [
                written(sheet, _(column.name), colored[column.need]),
                written(sheet, need_in_words(column), wrapped),
                written(sheet, _(column.rule), wrapped),
                written(sheet, example, wrapped),
            ]
        )


def _advice(type: ImportType, locations: Sequence[tuple[str, str]], *, replace_rows: bool) -> Iterator[str]:
    yield _(
        "{description} Fill in the sheet “{title}”, one {noun} in a row.",
        description=_(type.description),
        title=_(type.title),
        noun=_(type.noun[0]),
    )
    if replace_rows:
        yield _("Replace the grey example rows: they would be imported too.")
    if any(column.erasable for column in type.columns):
        yield _(
            "A blank cell leaves what is known as it is; type {erase} where it is to be erased.", erase=ERASE
        )
    yield _("Leave the headings as they are. Their order does not matter; further columns are ignored.")
    if any(column.need is Need.MULTI_LOCATION for column in type.columns):
        yield _(
            "Green headings are required, red ones optional, blue ones for companies with several locations."
        )
    else:
        yield _("Green headings are required, red ones optional.")
    location = type.column_for(Meaning.LOCATION)
    if location is not None:
        if len(locations) > 1:
            yield _(
                "Your company has {count} locations, so {name} is required.",
                count=len(locations),
                name=_(location.name),
            )
        else:
            yield _("Your company has one location, so {name} may stay blank.", name=_(location.name))
    if type.summed is not None:
        yield (
            _(
                "To have the import checked, add a line below your rows, or a sheet named “Control "
                "totals”: Control totals, Rows 40, Amount {amount}, Hash total 9214. Any of the three may "
                "be missing; the hash total adds up the digits of each customer code, read as one number "
                "(FL219 counts 219).",
                amount="-8722.50" if type.sign is Sign.NEGATIVE else "8722.50",
            )
        )
    yield _("Save the file and drop it on the Data import page. Nothing is imported before you say so there.")
