"""Lines above a table that say that it is what a supplier wrote: `Statement of supplier X`, `Vendor: Rosen`.

What a supplier owes us has rows like ours under our own headings, and is no credit of a customer.
"""

import re
from collections.abc import Sequence

from komet_import.accents import without_accents
from komet_import.sheets.layout.modifiers.titles import PARTIES
from komet_import.sheets.layout.words.expressions import any_of
from komet_import.types.headings import words
from komet_import.types.statement_words import ANY, GROWERS, LEADING, STATEMENTS, SUPPLIERS_STATEMENTS

_MOST_CELLS, _MOST_WORDS, _LABELLED = 6, 24, 2
_PARTY = any_of(PARTIES, GROWERS)
_BEGINS = r"(?:^\W*|[-–—:|,;(]\s*)"
_STATEMENT = re.compile(
    rf"{_BEGINS}(?:{any_of(STATEMENTS)}\W+(?:{any_of(LEADING)}\W+){{0,2}}{_PARTY}\b"
    rf"|(?:[^\W\d]+\s+){{0,2}}?{_PARTY}(?:['’]?s)?\W+{any_of(STATEMENTS)}\b"
    rf"|{any_of(SUPPLIERS_STATEMENTS)}\b)",
    re.IGNORECASE,
).search


def is_suppliers(cells: Sequence[str]) -> bool:
    """Whether a line says that what is below it is a supplier's."""
    if not 0 < len(cells) <= _MOST_CELLS:
        return False
    text = without_accents(" ".join(cells))
    return (_STATEMENT(text) is not None and len(words(text)) <= _MOST_WORDS) or _names_one(cells)


def _names_one(cells: Sequence[str]) -> bool:
    """Whether a line has a supplier's name in the cell after such a label: `Vendor: | Rosen`."""
    label, *rest = cells
    named = words(label)
    if len(named) != 1 or named[0] not in PARTIES or not rest or any(word in ANY for word in words(rest[0])):
        return False
    return len(cells) == _LABELLED or label.strip().endswith(":")
