"""What a person confirmed of a layout: remembered for the company, and applied when such a sheet comes again.

A layout is an import type and the headings of a sheet, their order and their case apart. The latest that was
confirmed holds. Only answers that say how a sheet is read are kept, by heading, as columns may move; what was
said of single rows or of one file's sheets is not.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session, col

from komet_import.ledger.models import ReadingMemory, User, now
from komet_import.review.questions.answer_changes import Given
from komet_import.sheets.layout.sheet import Header
from komet_import.types import ImportType
from komet_import.types.headings import plain

OF_LETTERS = frozenset({"column", "filter"})
"""Answers about a column of the file, which are kept by its heading."""
OF_FIELDS = frozenset({"mark", "order"})
"""Answers about a column of the type."""
LETTERS = "field"
"""Answers that are a column of the file."""
KEPT = OF_LETTERS | OF_FIELDS | {LETTERS}
"""The answers that are kept; all others are about the rows or the sheets of one file."""


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """What was confirmed of a layout, by kind and column as in an answer; by whom, and when."""

    answers: Given
    by: str
    at: datetime

    def to_json(self) -> dict[str, Any]:
        """As a batch keeps it and the terminal gives it."""
        answers = {":".join(filter(None, key)): said for key, said in self.answers.items()}
        return {"by": self.by, "at": self.at.isoformat(), "answers": answers}


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A layout that is remembered, for the list of an Admin; `taken` are the headings that were said to be a
    column of the type (blank: none of them)."""

    type: str
    layout: str
    headings: tuple[str, ...]
    taken: tuple[tuple[str, str], ...]
    file_name: str
    by: str
    at: datetime
    used_at: datetime | None


def recall(session: Session, type: ImportType, header: Header) -> Remembered | None:
    """What was confirmed of such a layout the last time, as far as it fits this sheet. Nothing of a sheet
    without headings: any other one would be like it."""
    if header.headless:
        return None
    found = session.execute(
        select(col(ReadingMemory.answers), col(ReadingMemory.at), col(User.name))
        .join(User, col(User.id) == col(ReadingMemory.user_id))
        .where(col(ReadingMemory.type) == type.slug, col(ReadingMemory.layout) == _layout(header))
    ).one_or_none()
    if found is None:
        return None
    answers, at, by = found
    letters = _by_heading(header)
    given: dict[tuple[str, str], str] = {}
    for kind, column, said, known in answers:
        if kind in OF_LETTERS:
            letter = letters.get(column)
            if letter and (kind != "filter" or _knows(header, letter, known)):
                given[kind, letter] = said
        elif kind == LETTERS:
            if not said or said in letters:
                given[kind, column] = letters.get(said, "")
        else:
            given[kind, column] = said
    return Remembered(answers=given, by=by, at=at) if given else None


def remember(
    session: Session, type: ImportType, header: Header, given: Given, *, file_name: str, by: int
) -> None:
    """Keep what was confirmed of a layout, beside what was confirmed of it before."""
    if header.headless:
        return
    headings = {letter: heading for heading, letter in _by_heading(header).items()}
    answers = {}
    for (kind, column), said in given.items():
        if kind in OF_LETTERS and column in headings:
            answers[kind, headings[column]] = (said, _values(header, column))
        elif kind == LETTERS:
            answers[kind, column] = (headings.get(said, ""), [])
        elif kind in OF_FIELDS:
            answers[kind, column] = (said, [])
    if not answers:
        return
    key = {"type": type.slug, "layout": _layout(header)}
    here = (col(ReadingMemory.type) == key["type"], col(ReadingMemory.layout) == key["layout"])
    before = session.execute(select(col(ReadingMemory.answers)).where(*here)).scalar_one_or_none() or []
    kept = {(kind, column): (said, known) for kind, column, said, known in before} | answers
    session.execute(delete(ReadingMemory).where(*here))
    session.execute(
        insert(ReadingMemory).values(
            **key,
            headings=[heading for heading in header.headers.values() if heading],
            answers=[[kind, column, *said] for (kind, column), said in kept.items()],
            file_name=file_name,
            user_id=by,
            at=now(),
        )
    )


def layouts(session: Session) -> list[Layout]:
    """Every layout that is remembered, the latest first."""
    query = (
        select(ReadingMemory, col(User.name))
        .join(User, col(User.id) == col(ReadingMemory.user_id))
        .order_by(col(ReadingMemory.at).desc())
    )
    return [
        Layout(
            type=kept.type,
            layout=kept.layout,
            headings=tuple(kept.headings),
            taken=_taken(kept),
            file_name=kept.file_name,
            by=name,
            at=kept.at,
            used_at=kept.used_at,
        )
        for kept, name in session.execute(query)
    ]


def _taken(kept: ReadingMemory) -> tuple[tuple[str, str], ...]:
    """Headings as the sheet wrote them, and what they were said to be."""
    written = {plain(heading): heading for heading in kept.headings}
    return tuple(
        (written.get(heading, heading), said)
        for kind, column, answer, _ in kept.answers
        if kind in ("column", LETTERS)
        for heading, said in [(column, answer) if kind == "column" else (answer, column)]
        if heading
    )


def used(session: Session, type: ImportType, header: Header) -> None:
    """What was confirmed of such a layout was applied now."""
    here = (col(ReadingMemory.type) == type.slug, col(ReadingMemory.layout) == _layout(header))
    session.execute(
        update(ReadingMemory).where(*here).values(used_at=now()).execution_options(synchronize_session=False)
    )


def forget(session: Session, type: str, layout: str) -> str | None:
    """Remember nothing of a layout any longer; the file with which it was confirmed, where it was."""
    here = (col(ReadingMemory.type) == type, col(ReadingMemory.layout) == layout)
    there = session.execute(select(col(ReadingMemory.file_name)).where(*here)).scalar_one_or_none()
    session.execute(delete(ReadingMemory).where(*here))
    return there


def _by_heading(header: Header) -> dict[str, str]:
    """The letters of the headings that stand once."""
    found: dict[str, list[str]] = {}
    for letter, heading in header.headers.items():
        if heading:
            found.setdefault(plain(heading), []).append(letter)
    return {heading: letters[0] for heading, letters in found.items() if heading and len(letters) == 1}


def _values(header: Header, letter: str) -> list[str]:
    """The values (casefolded) of a column that says what rows mean."""
    found = next((one for one in header.modifiers if one.letter == letter), None)
    return sorted({value.casefold() for value, _ in found.values}) if found else []


def _knows(header: Header, letter: str, known: list[str]) -> bool:
    """Whether a column says nothing that was not seen when it was said which of its values count."""
    return set(_values(header, letter)) <= set(known)


def _layout(header: Header) -> str:
    headings = (heading for heading in header.headers.values() if heading)
    texts = sorted(plain(heading) or heading.strip().casefold() for heading in headings)
    return hashlib.sha256(json.dumps(texts, ensure_ascii=False).encode()).hexdigest()
