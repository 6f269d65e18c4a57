"""What is offered for a blank cell below a text that goes for the rows of its group."""

import re
from collections.abc import Iterable, Mapping

from komet_import.review.reference import Directory
from komet_import.review.suggestions import comparable
from komet_import.row_numbers import APART
from komet_import.sheets.layout.sheet import Sheet
from komet_import.types import ColumnFormat, ImportType, Meaning
from komet_import.types.codes import code_key
from komet_import.types.schema import Column

_SAID_EXACTLY = 97
"""The score of a suggestion that is the whole name of a customer, or a code beside its own name."""


def meant_above(column: Column, above: Mapping[str, str], directory: Directory) -> str | None:
    """What stands above a blank cell; where that is no code, but says the name of one customer, or a code
    beside its name, the code."""
    text = above.get(column.name)
    if text is None or column.kind is not ColumnFormat.CUSTOMER:
        return text
    known = directory.customer_suggester.best(text)
    if known is None or known.score < _SAID_EXACTLY or code_key(text) in directory.customers:
        return text
    named = comparable(known.name) == comparable(text)
    coded = code_key(known.code) in map(code_key, text.split())
    return known.code if named or coded else text


_NOTHING: Mapping[str, str] = {}
_CODES = re.compile(r"(?=[\w-]*[^\W\d])(?=[\w-]*\d)\w[\w-]{2,19}").findall
"""What in a title may be a code: letters and figures."""


class TextsAbove:
    """What stands above the rows of a sheet: on the first row of their group; where no column says whose they
    are, in the lines above the headings and in the sheet's name."""

    def __init__(self, sheet: Sheet, type: ImportType, directory: Directory) -> None:
        self._fills = sheet.fills
        self._of_sheets = {
            place: {type.name_for(Meaning.PARTY) or "": code}
            for place, texts in sheet.party_above.items()
            if (code := _named(texts, directory)) is not None
        }

    def __call__(self, row: int) -> Mapping[str, str]:
        """The texts for the blank cells of a row, by column."""
        of_sheet = self._of_sheets.get(row // APART, _NOTHING)
        return {**of_sheet, **self._fills[row]} if row in self._fills else of_sheet


def _named(texts: Iterable[str], directory: Directory) -> str | None:
    """The code of the one customer that texts name; None where they name nobody, or several."""
    found = {code for text in texts for code in _codes(text, directory)}
    return found.pop() if len(found) == 1 else None


def _codes(text: str, directory: Directory) -> Iterable[str]:
    """The codes of the customers that a text names: it is a code or a whole name, or has codes in it."""
    if (known := directory.customers.get(code_key(text))) is not None:
        return [known.code]
    named = directory.customers_named.get(comparable(text), ())
    parts = (directory.customers.get(code_key(part)) for part in _CODES(text))
    return [known.code for known in (*named, *parts) if known is not None]
