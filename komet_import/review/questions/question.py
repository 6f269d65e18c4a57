"""A question about a sheet, and the answers that may be given."""

from dataclasses import dataclass
from typing import Any

from komet_import.language import Phrase
from komet_import.language.capital import capitalized
from komet_import.review.held_rows import question_id

SHOWN = 2
"""How many values, or rows, are shown of those that a question is about."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """An answer that may be given, and its words on a button."""

    answer: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something that is unclear. `kind` and `column` are those of `edits.Answer`; `evidence` helps decide;
    `rows` counts the rows that wait for the answer; `suggested` is the answer that the sheet itself speaks
    for, if there is one: never taken, but chosen beforehand where all is confirmed at once. `part` is the way
    of writing that a question is about where there may be several of one column."""

    kind: str
    column: str
    text: str
    evidence: str
    options: tuple[Option, ...]
    rows: int = 0
    suggested: str | None = None
    part: str = ""

    @property
    def id(self) -> str:
        """The question's name, for the terminal and the panel."""
        return ":".join(part for part in (question_id(self.kind, self.column), self.part) if part)

    def to_json(self) -> dict[str, Any]:
        """The question as the terminal gives it."""
        return {
            "id": self.id,
            "about": self.text,
            "evidence": self.evidence,
            "options": [{"answer": option.answer, "says": option.words} for option in self.options],
            "rows": self.rows,
            "suggested": self.suggested,
        }


def sentences(*said: str | Phrase | None) -> str:
    """Sentences one after the other, each with its capital and its point."""
    return " ".join(
        f"{capitalized(one)}{'' if one.endswith(('.', '?', '…')) else '.'}"
        for one in (str(part or "") for part in said)
        if one
    )
