"""Columns of boxes: what is ticked counts, or no longer does, or nobody knows which."""

from collections.abc import Callable, Collection, Sequence

from komet_import.sheets.layout.modifiers import Modifies
from komet_import.sheets.layout.modifiers.modifier_headings import heads, is_done_elsewhere
from komet_import.types import ImportType
from komet_import.types.languages import Paper
from komet_import.types.marks import NO, YES

Usual = Callable[[str], bool]
"""Whether a value, casefolded, certainly means what a row of the type is; of a blank one whether it does
where others are filled in: an amount that is blank is zero, a state that is blank is unknown."""

_FINE = frozenset({"ok", "okay", "o.k."})
_TICKS = frozenset({"x", "X", "✓", "✔", "☑", "√", "✗", "✘"})


def ticked_off(header: str, values: Collection[str]) -> bool:
    """Whether ticks stand below a tick: they say that something was done with a row, and not what."""
    return header.strip() in _TICKS and _TICKS.issuperset(values)


def _is_ticked(value: str) -> bool:
    """Whether a box is ticked; a blank one is not."""
    return value in YES


def boxes(heading: tuple[str, ...], values: Sequence[str], type: ImportType) -> tuple[Modifies, Usual] | None:
    """A box that a row counts or does not: `Void`, `Open`, `Is Return`."""
    if heading in heads("for") and any(value.casefold() in _FINE for value in values):
        fine = YES | _FINE
        return (Modifies.STATUS, fine.__contains__) if fine | NO >= {*map(str.casefold, values)} else None
    if not all(value.casefold() in YES | NO for value in values):
        return None
    if heading in heads("against") or is_done_elsewhere(heading):
        return Modifies.STATUS, lambda value: not value or value in NO
    if heading in heads("for"):
        return Modifies.STATUS, _is_ticked
    if heading in heads("return"):
        return Modifies.KIND, lambda value: value in (YES if type.paper is Paper.CREDIT else NO)
    return None
