"""What every posting has: the rows of a judged draft, who posts them and when; and what a type makes of them.

The posting of a type is the module of `ledger.posting` that its slug names (`by_type`). It has

    prepare(session, posting)     lays ready what can be, and returns what is left to write
    existing(session, directory)  the records there are, as texts by meaning; only where an import updates
                                  records
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlmodel import Session

from komet_import.ledger.models import Batch
from komet_import.review.draft import Draft
from komet_import.review.judgement import Judgement
from komet_import.review.reference import OfParties
from komet_import.types import Meaning

Progress = Callable[[float], None]
"""Is told how much of the work is done, from 0 to 1. It must not call Streamlit: a transaction is open."""

Write = Callable[[Session], None]
"""Writes what a type's posting has not laid ready beforehand, in the posting's transaction."""


@dataclass(frozen=True, kw_only=True)
class RowReadings:
    """What rows say: their Excel row numbers, and their readings by meaning. Column by column, in which a
    large sheet is laid ready in half the time that it takes row by row."""

    numbers: list[int]
    columns: dict[Meaning, list[Any]]

    def of(self, meaning: Meaning) -> list[Any]:
        """What the rows say of one meaning; None throughout where there is no such column."""
        return self.columns.get(meaning) or [None] * len(self.numbers)


@dataclass(frozen=True, kw_only=True)
class Posting:
    """What is to be posted: the batch and its judged rows; by whom, when; and what stands before it for their
    parties."""

    batch: Batch
    draft: Draft
    judgement: Judgement
    user_id: int
    at: datetime
    standing: OfParties = field(default_factory=dict)
    progress: Progress = lambda done: None

    @cached_property
    def said(self) -> RowReadings:
        """What the rows say that are to be posted."""
        return self.read(self.judgement.ready)

    def read(self, chosen: npt.NDArray[np.bool_]) -> RowReadings:
        """What the chosen rows say, which are to be without errors."""
        readings = self.judgement.readings
        return RowReadings(
            numbers=self.judgement.numbers[chosen].tolist(),
            columns={
                column.meaning: readings[column.name][chosen].tolist()
                for column in self.draft.type.columns
                if column.name in readings
            },
        )
