"""Comments of cells, which people write beside what stands in a sheet: `in COP`, `already applied`.

Those that we write into workbooks of our own say nothing when they come back.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

AUTHOR = "Komet Import"
"""Who wrote our workbooks, and the comments in them."""
MOST = 1_000
"""So many comments of a sheet are handed on, the first in the order of the file."""
LONGEST = 200
"""So many characters of a comment are."""
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})").fullmatch


@dataclass(frozen=True, kw_only=True)
class CellComment:
    """What a comment of one cell says; `letters` and `row` are the cell's column and Excel row number."""

    letters: str
    row: int
    text: str


def kept(found: Iterable[tuple[str, str, str]]) -> tuple[CellComment, ...]:
    """The comments of people, of references (`D1`), authors and texts: without the author's name, which
    Excel writes in front."""
    comments: list[CellComment] = []
    for reference, author, text in found:
        place = _REFERENCE(reference)
        said = " ".join(text.strip().removeprefix(f"{author}:").split()) if author else " ".join(text.split())
        if place is None or not said or author == AUTHOR:
            continue
        comments.append(CellComment(letters=place[1], row=int(place[2]), text=said[:LONGEST]))
        if len(comments) == MOST:
            break
    return tuple(comments)
