"""What a rule finds: a reading, an issue's words, or both."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from komet_import.review.issues import Issue
from komet_import.review.reference import KnownCustomer


class Finding(NamedTuple):
    """What a cell rule makes of one text: a reading, an issue's words, or both."""

    value: Any = None
    code: str | None = None
    suggestion: str | None = None
    facts: Mapping[str, Any] = {}
    basis: str = ""


BLANK = Finding()


@dataclass
class JudgedRows:
    """The rows that are being judged, by position: their readings so far, and the issues found in them."""

    positions: Sequence[int]
    numbers: npt.NDArray[np.int64]
    readings: Mapping[str, npt.NDArray[np.object_]]
    found: dict[int, list[Issue]] = field(default_factory=dict)

    def add(self, position: int, column: str, text: str, finding: Finding) -> None:
        """One more issue of a row."""
        issue = issue_of(int(self.numbers[position]), column, text, finding)
        self.found.setdefault(position, []).append(issue)


def issue_of(row: int, column: str, text: str, finding: Finding) -> Issue:
    """What was found in a cell with this text, as the issue of its row."""
    return Issue(
        row=row,
        column=column,
        code=finding.code or "",
        value=text,
        suggestion=finding.suggestion,
        facts=finding.facts,
        basis=finding.basis,
    )


BETWEEN = " / "
"""Between several customers of whom any may be meant."""
MOST_LISTED = 8
"""Codes that a message names; of more it names these."""


def listed_codes(codes: Sequence[str], between: str = ", ") -> str:
    """Codes as a message lists them."""
    return between.join(codes[:MOST_LISTED]) + (" …" if len(codes) > MOST_LISTED else "")


def codes_of(customers: Iterable[KnownCustomer]) -> str:
    """The codes of all who may be meant, as a message names them."""
    return listed_codes(sorted({customer.code for customer in customers}), BETWEEN)
