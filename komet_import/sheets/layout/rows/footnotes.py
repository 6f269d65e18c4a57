"""Footnotes: a line that begins with a mark (`* already applied`) speaks of the rows that have that mark.

The mark stands behind a number, a code or a note (`C2*`, `C2 (1)`), in front of it, or in a cell of its own.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from komet_import.sheets.layout.modifiers.titles import is_of_others
from komet_import.sheets.layout.rows.lines import arrow
from komet_import.sheets.layout.rows.patterns import occurs
from komet_import.sheets.layout.rows.void_marks import asks_to_pass_over, note_says_void
from komet_import.types import ImportType

_MARK = r"\*{1,4}|[†‡§¶¹²³⁴⁵]|#{1,3}|\([0-9]\)|[0-9]\)|\([a-z*†‡]\)|\[[0-9a-z*]\]"
_HINT = rf"^\s*(?:{_MARK})"
"""A regular expression (Arrow's) for how a footnote begins."""
_FOOTNOTE = re.compile(rf"\s*({_MARK})\s*[=:.–—-]?\s*([^\W\d_].*)", re.DOTALL).fullmatch
_FEW = 3
"""A footnote has no more cells than these: a row of data may begin with a mark as well."""
_MOST = 50
"""So many lines are looked at, the last ones."""


class Footnote(NamedTuple):
    """A mark, what is said of the rows that have it, and the whole line."""

    mark: str
    said: str
    line: str


def footnote(text: str) -> Footnote | None:
    """A line as a footnote; None where it is none."""
    found = _FOOTNOTE(text)
    if found is None or text.rstrip().endswith(found[1]):  # ** VOIDED CREDITS **
        return None
    return Footnote(found[1], found[2], " ".join(text.split()))


def footnoted(text: pd.DataFrame, type: ImportType, rows: pd.DataFrame) -> dict[int, tuple[str, str]]:
    """The rows, by position, that have the mark of a footnote which says that they no longer count: the
    column in which it stands, and the footnote. `text` is all of the worksheet."""
    found: dict[int, tuple[str, str]] = {}
    for numbers, note in _voiding(text, type):
        for name in rows.columns:
            texts = arrow(rows[name])
            for place in np.flatnonzero(occurs(texts, _marked(note.mark))).tolist():
                if rows.index[place] not in numbers:
                    found.setdefault(place, (str(name), note.line))
    return found


def _voiding(text: pd.DataFrame, type: ImportType) -> Iterator[tuple[frozenset[int], Footnote]]:
    """Each footnote that says so, and the numbers of all rows that are footnotes."""
    hinted = np.zeros(len(text), dtype=np.bool_)
    for letter in text.columns:
        hinted |= occurs(arrow(text[letter]), _HINT)
    lines = text[hinted]
    lines = lines[((lines != "").sum(axis=1) <= _FEW).to_numpy(dtype=np.bool_)].tail(_MOST)
    notes: dict[int, Footnote] = {}
    for place in range(len(lines)):
        cells = [str(cell).strip() for cell in lines.iloc[place] if str(cell).strip()]
        if said := footnote(" ".join(cells)):
            notes[int(lines.index[place])] = said
    for said in notes.values():
        if _says_void(said.said, type):
            yield frozenset(notes), said


def _says_void(text: str, type: ImportType) -> bool:
    return note_says_void(text, type.paper) or is_of_others(text, type) or asks_to_pass_over(text)


def _marked(mark: str) -> str:
    """A regular expression (Arrow's) for a text that begins or ends with this mark, not a longer one."""
    own, more = re.escape(mark), re.escape(mark[0]) if mark[0] in "*#" else ""
    if not more:
        return rf"^\s*{own}|{own}\s*$"
    return rf"^\s*{own}(?:[^{more}]|$)|(?:^|[^{more}]){own}\s*$"
