"""What a cell rule goes by beside the cell."""

from typing import NamedTuple

from komet_import.review.given_answers import Answers
from komet_import.review.reference import Reference
from komet_import.types import Column, ImportType


class CellContext(NamedTuple):
    """What a cell rule goes by beside the cell."""

    column: Column
    type: ImportType
    reference: Reference
    answers: Answers
    from_1904: bool = False
    swap_doubt: str | None = None
    year_first: frozenset[str] = frozenset()
