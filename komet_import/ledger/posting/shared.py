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

Said = dict[Meaning, Any]
"""What a row says: its readings by meaning."""

Progress = Callable[[float], None]
"""Is told how much of the work is done, from 0 to 1. It must not call Streamlit: a transaction is open."""

Write = Callable[[Session], None]
"""Writes what a type's posting has not laid ready beforehand, in the posting's transaction."""


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
    def rows(self) -> list[tuple[int, Said]]:
        """The rows to post: Excel row number, and what it says, by meaning."""
        return self.read(self.judgement.ready)

    def read(self, chosen: npt.NDArray[np.bool_]) -> list[tuple[int, Said]]:
        """The chosen rows, which are to be without errors, as `rows`."""
        present = [c for c in self.draft.type.columns if c.name in self.judgement.readings]
        places = np.flatnonzero(chosen)
        meanings = [c.meaning for c in present]
        columns = [self.judgement.readings[c.name][places].tolist() for c in present]
        numbers = self.judgement.numbers[places].tolist()
        return [
            (number, dict(zip(meanings, values, strict=True)))
            for number, *values in zip(numbers, *columns, strict=True)
        ]
