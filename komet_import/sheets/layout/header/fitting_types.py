"""Another type than the one that was chosen, where a sheet says more of that."""

from collections.abc import Callable, Sequence

from komet_import import types
from komet_import.sheets.layout.columns.match import required
from komet_import.sheets.layout.columns.table import Match
from komet_import.sheets.layout.header.header_search import Found, Line, best_header, lines_of
from komet_import.sheets.worksheet import Worksheet
from komet_import.types import ImportType, Meaning


def better_type(worksheet: Worksheet, type: ImportType) -> ImportType | None:
    """Another type of which the sheet says more than of this one, if there is one."""
    rows = lines_of(worksheet.text)
    return fitting_better(rows, type, best_header(rows, type))


def fitting_better(rows: Sequence[Line], wanted: ImportType, best: Found | None) -> ImportType | None:
    """The type for which the sheet is complete, and of which it says more: invoices with a date and an amount
    have all that credits need.
    """
    headers = {wanted.slug: best}

    def header_of(type: ImportType) -> Found | None:
        if type.slug not in headers:
            headers[type.slug] = best_header(rows, type)
        return headers[type.slug]

    score = best.match.score if best else 0
    complete = best is not None and not best.match.missing
    for other in types.ALL.values():
        if other.slug == wanted.slug or (not other.summed and (complete or _says_money(header_of))):
            continue
        found = header_of(other)
        if found is not None and _certain(found.match, other) and found.match.score > score:
            return other
    return None


def _says_money(header_of: Callable[[ImportType], Found | None]) -> bool:
    """Whether a sheet has days and amounts of some type of money: then it is no list of records, though it
    may lack what that type needs, as a list of invoices without orders does."""
    for known in types.ALL.values():
        found = header_of(known) if known.summed else None
        if found and {known.name_for(Meaning.DAY), known.amount_column} <= found.match.found:
            return True
    return False


def _certain(found: Match, wanted: ImportType) -> bool:
    return set(required(wanted)) <= set(found.columns.values())
