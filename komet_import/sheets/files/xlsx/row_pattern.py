"""An expression for whole rows of a worksheet, learned from one of them."""

import re
from collections.abc import Mapping, Sequence

from komet_import.sheets.files.xlsx.stored import Manner, Stack

ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"]*)"')
ATTRIBUTES = r'(?: [A-Za-z0-9:]+="[^"<>&]*+")*+'
ABOUT_CELL = r'(?: (?:s="[0-9]{1,6}"|t="[A-Za-z]{1,9}"|[cv]m="[0-9]{1,9}"))*+'
TEXT_ELEMENT = r'<is><t(?: xml:space="preserve")?>'


class RowPattern:
    """The expression for a whole row with at most these columns; any of its cells may be missing.

    Its groups are what the row says before its number, the number, what it says after it, then for each
    column how the cell is written and its value, and with `formulas` its formula between them.
    """

    def __init__(self, letters: tuple[str, ...], *, formulas: bool) -> None:
        self.letters, self.formulas = letters, formulas
        how = rf"({ABOUT_CELL}>(?:<v>|{TEXT_ELEMENT}))"
        if formulas:
            how = rf"({ABOUT_CELL}>)(<f(?: [^<>]*+)?>[^<]*+</f>|<f [^<>/]*+/>)?+<v>"
        cells = "".join(
            rf'(?:<c r="{letter}\2"(?:{how}([^<]*+)</(?:v|t></is)></c>|{ABOUT_CELL} ?(?:/>|></c>)))?+'
            for letter in letters
        )
        before = ATTRIBUTES.replace("(?: ", "(?: (?!r=)")
        self.match = re.compile(
            rf'<row({before}) r="([1-9][0-9]{{0,6}})"({ATTRIBUTES})>{cells}</row>\s*+', re.ASCII
        ).match

    def stacks(
        self, groups: Sequence[tuple[str | None, ...]], manners: Mapping[str, Manner]
    ) -> dict[str, Stack]:
        """The cells by column, where there is one."""
        width = 3 if self.formulas else 2
        found: dict[str, Stack] = {}
        for letters, first in zip(self.letters, range(0, len(groups), width), strict=True):
            values, formulas = groups[first + width - 1], groups[first + 1] if self.formulas else None
            if formulas is not None and not any(formulas):
                formulas = None
            if formulas is not None or any(values):
                found[letters] = Stack(groups[first], manners, values, formulas)
        return found


class Manners(dict[str, Manner]):
    """How cells are written, from the words of their elements."""

    def __missing__(self, how: str) -> Manner:
        about, _, opening = how.partition(">")
        said = dict(ATTRIBUTE.findall(about))
        self[how] = manner = Manner(said.get("s", ""), said.get("t", ""), opening.startswith("<is"))
        return manner
