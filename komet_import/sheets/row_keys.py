"""Which row of an earlier import a row is: the key that travels with it in a workbook of rejected rows.

A key names the batch and the Excel row that was rejected, in one hidden cell of that row, so that sorting,
deleting, inserting and copying rows takes it along. It is recognised by what it is, under whatever header it
stands. Its last part is a keyed hash (by the SHA-256 of the batch's file): dragging a cell down in Excel
counts a number up, and a key that was counted up or typed is no key.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass

from komet_import.language import marked
from komet_import.language.catalogues import in_every_language

ROW_HEADING = marked("Row in the upload")
REASONS_HEADING = marked("Why not imported")
KEY_HEADING = marked("Komet row key")
_HEADINGS = (ROW_HEADING, REASONS_HEADING, KEY_HEADING)
"""What we add to a workbook of rejected rows: a row in which nothing else is filled is blank."""

PREFIX = "komet-row:"
_KEY = re.compile(re.escape(PREFIX) + r"([a-z2-7]{26}):([1-9][0-9]{0,6}):([0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class RowKey:
    """A key as it was found, not yet checked: the batch and the row that it names, and the hash."""

    batch_id: str
    row: int
    check: str

    def fits(self, sha256: str) -> bool:
        """Whether we wrote it, for a batch whose file has that SHA-256."""
        return hmac.compare_digest(self.check, _check(self.batch_id, self.row, sha256))


def is_ours(heading: str) -> bool:
    """Whether a heading is one that we add, in whatever language."""
    return any(heading in in_every_language(ours) for ours in _HEADINGS)


def row_key(batch_id: str, row: int, sha256: str) -> str:
    """The key of a rejected row, as it is written into its cell."""
    return f"{PREFIX}{batch_id}:{row}:{_check(batch_id, row, sha256)}"


def read_keys(texts: Iterable[tuple[int, str]]) -> dict[int, RowKey]:
    """The keys among the texts, by Excel row; the last one where a row has several."""
    found = {}
    for row, text in texts:
        match = _KEY.fullmatch(text.strip())
        if match:
            found[row] = RowKey(match[1], int(match[2]), match[3])
    return found


def _check(batch_id: str, row: int, sha256: str) -> str:
    return hmac.new(sha256.encode(), f"{batch_id}:{row}".encode(), hashlib.sha256).hexdigest()[:16]
