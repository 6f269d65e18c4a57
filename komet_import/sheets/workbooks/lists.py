"""The lists beside a sample: the codes that a column may hold, with their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from komet_import.language import _, marked
from komet_import.sheets.workbooks.cells import look, writable, written
from komet_import.types.schema import ERASE, ColumnFormat, ImportType

LISTS = marked("Lists")


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleCustomer:
    """An active customer for the sample; `location` is the code of a location that it belongs to, if any."""

    code: str
    name: str
    location: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeList:
    """Codes that a column may hold, with their names, and the letter of the Lists column they stand in."""

    column: str
    title: str
    letter: str
    codes: Sequence[str]
    names: Sequence[str]


def code_lists(
    type: ImportType, customers: Sequence[SampleCustomer], locations: Sequence[tuple[str, str]]
) -> list[CodeList]:
    """The lists of a type. Their titles are no synonyms of a column: this sheet must never fit a type."""
    found: list[CodeList] = []
    for column in type.columns:
        if column.kind is ColumnFormat.CUSTOMER:
            title, codes = _("All active customers"), [c.code for c in customers]
            names = [c.name for c in customers]
        elif column.kind in (ColumnFormat.LOCATION, ColumnFormat.LOCATIONS):
            title, codes = _("All locations"), [code for code, _name in locations]
            names = [name for _code, name in locations]
        elif column.kind is ColumnFormat.CHOICE:
            codes = [*column.choices, *([ERASE] if column.erasable else ())]
            title, names = _("All choices"), [""] * len(codes)
        else:
            continue
        letter = get_column_letter(3 * len(found) + 1)
        codes = [writable(code) for code in codes]
        found.append(CodeList(column=column.name, title=title, letter=letter, codes=codes, names=names))
    return found


def write_lists(workbook: Workbook, lists: Sequence[CodeList]) -> None:
    """Add the sheet of codes to choose from, two columns for each list."""
    sheet = workbook.create_sheet(_(LISTS))
    sheet.freeze_panes = "A2"
    bold, plain = look(sheet, font=Font(bold=True)), look(sheet)
    columns: list[list[str]] = []
    for place, entry in enumerate(lists):
        for offset, width in enumerate((22, 34, 4)):
            sheet.column_dimensions[get_column_letter(3 * place + offset + 1)].width = width
        columns += [[entry.title, *entry.codes], [_("In full"), *entry.names], []]
    for index, row in enumerate(zip_longest(*columns, fillvalue="")):
        sheet.append([written(sheet, text, plain if index else bold) if text else None for text in row])
