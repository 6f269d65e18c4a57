"""What is remembered for the company: how layouts are read, and our codes for other systems' values.

Both are applied when a sheet is opened, each as a step of its journal that says by whom and when it was
confirmed, and that is undone like any other. Values come after the columns are known: those of a column that
a person matches later, then.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import numpy as np
from sqlalchemy import update
from sqlmodel import Session, col

from komet_import.access.users import CurrentUser
from komet_import.clock import told_day
from komet_import.language import Phrase, phrase
from komet_import.ledger import audit, database, reading_memory, value_memory
from komet_import.ledger.audit import Event
from komet_import.ledger.models import BY_MEMORY, Batch
from komet_import.ledger.reading_memory import Layout, Remembered
from komet_import.ledger.value_memory import Value
from komet_import.review.draft import Draft
from komet_import.review.edits import Changes, setting
from komet_import.review.questions.answer_changes import Given, as_remembered
from komet_import.review.value_memory import OF_CODES, Applied, Key, SaidValue, applying, replacing, said
from komet_import.services.admin_work import as_admin
from komet_import.services.draft.desk import view
from komet_import.services.draft.journal import Conflict, edit
from komet_import.services.draft.open_draft import Opened
from komet_import.services.draft.step_record import LONGEST_LABEL
from komet_import.services.draft.step_words import AS_ON, AS_ON_MORE, NAMED_MORE, READ_AS, UNDID
from komet_import.sheets.layout.sheet import Header
from komet_import.types import Meaning
from komet_import.types.codes import code_key

LAYOUT, VALUES = BY_MEMORY
REPLACING = "fix"
"""The kind of the steps in which a person replaces values as values, and not cell by cell."""
NAMED = 3
"""Values that a step names; more of them are counted."""


def apply_layout(user: CurrentUser, batch_id: str, remembered: Remembered) -> None:
    """Give the answers that were confirmed of such a layout before: one step, which says by whom and when.

    What no longer fits is left out; it is asked again.
    """

    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        return as_remembered(opened.draft, opened.judgement, opened.reference, remembered.answers), ()

    def note(session: Session, after: Opened) -> None:
        reading_memory.used(session, after.type, after.draft.found)

    label = phrase(READ_AS, day=told_day(remembered.at), who=remembered.by)
    edit(user, batch_id, plan, kind=LAYOUT, label=label, sender=None, also=note)


def known_values(opened: Opened, columns: Collection[str] | None = None) -> list[Applied]:
    """What is remembered of the values in these columns of a draft (None: in all)."""
    draft = opened.draft
    wanted = draft.columns if columns is None else columns
    meanings = {OF_CODES[c.kind] for c in draft.type.columns if c.kind in OF_CODES and c.name in wanted}
    if not meanings:
        return []
    with database.reading() as session:
        known = value_memory.recall(session, meanings)
    return applying(draft, known, opened.reference.directory, wanted)


def apply_values(user: CurrentUser, batch_id: str, columns: Collection[str] | None = None) -> None:
    """Put our codes in the place of the values that they are remembered for: one step for all that one person
    chose on one day."""
    found = known_values(view(user, batch_id), columns)
    for several in by_choice(found):
        _apply(user, batch_id, several)


def by_choice(found: Sequence[Applied]) -> list[list[Applied]]:
    """Values by who chose the code for them on which day."""

    def choice(one: Applied) -> tuple[str, str]:
        return told_day(one.known.at), one.known.by

    return [list(several) for _, several in groupby(sorted(found, key=choice), key=choice)]


def matched_since(before: Header, after: Header) -> list[str]:
    """The columns of the type that are another column of the file now."""
    if before.row != after.row:
        return list(after.columns.values())
    return [name for letter, name in after.columns.items() if before.columns.get(letter) != name]


def _apply(user: CurrentUser, batch_id: str, several: Sequence[Applied]) -> None:
    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        there = opened.draft.rows
        still = (
            replace(one, rows=tuple(cell for cell in one.rows if there.at[cell[0], one.column] == cell[1]))
            for one in several
            if one.column in there
        )
        return replacing(still), ()

    def note(session: Session, after: Opened) -> None:
        told = [*after.batch.reading.get("values", ()), *told_of(several)]
        after.batch.reading = {**after.batch.reading, "values": told}
        session.execute(
            update(Batch)
            .where(col(Batch.id) == batch_id)
            .values(reading=after.batch.reading)
            .execution_options(synchronize_session=False)
        )
        value_memory.used(session, (_key(after.draft, one) for one in several))

    edit(user, batch_id, plan, kind=VALUES, label=words_of(several), sender=None, also=note)


def _key(draft: Draft, one: Applied) -> Key:
    return OF_CODES[draft.type.column(one.column).kind], code_key(one.known.text)


def words_of(several: Sequence[Applied]) -> Phrase:
    """A step that applies values of one choice, in words."""
    first, further = several[0].known, len(several) - NAMED
    named = ", ".join(one.words for one in several[:NAMED])
    told = {"day": told_day(first.at), "who": first.by, "named": named}
    return phrase(AS_ON_MORE, **told, further=further) if further > 0 else phrase(AS_ON, **told)


def told_of(several: Sequence[Applied]) -> list[dict[str, Any]]:
    """Applied values as a batch keeps them and the terminal gives them."""
    return [
        {
            "column": one.column,
            "value": one.known.text,
            "code": one.known.code,
            "rows": len(one.rows),
            "by": one.known.by,
            "at": one.known.at.isoformat(),
        }
        for one in several
    ]


def standing_values(opened: Opened) -> list[dict[str, Any]]:
    """The remembered values that were applied to a draft and still stand in it, as `told_of` has them."""
    applied, found = opened.batch.reading.get("values", ()), []
    replaced = {name: _replaced(opened.draft, name) for name in {told["column"] for told in applied}}
    for told in applied:
        cells = replaced[told["column"]].get((code_key(told["value"]), told["code"]), ())
        if cells:
            found.append({**told, "rows": len(cells)})
    return found


def undo_values(user: CurrentUser, batch_id: str, values: Sequence[dict[str, Any]]) -> None:
    """Put these values, of those that stand (`standing_values`), back in the place of our codes: one step.
    Other values that the same person chose stay. Raises Refusal `overtaken` where one of them stands no
    longer, or in other rows."""

    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        cells = [
            cell
            for told in values
            for cell in _replaced(opened.draft, told["column"]).get(
                (code_key(told["value"]), told["code"]), ()
            )
        ]
        return setting(cells), ()

    def stand(opened: Opened) -> bool:
        standing = standing_values(opened)
        return all(told in standing for told in values)

    named = ", ".join(f"{told['value']} → {told['code']}" for told in values[:NAMED])
    further = len(values) - NAMED
    what = phrase(NAMED_MORE, named=named, further=further) if further > 0 else named
    edit(user, batch_id, plan, kind="take-back", label=phrase(UNDID, label=what), sender=None, holds=stand)


def _replaced(draft: Draft, name: str) -> dict[tuple[str, str], list[tuple[int, str, str, str]]]:
    """The cells of a column whose text is another one now, by what they say in the sheet (as codes are
    compared) and what they say now: each as it is set back."""
    found: dict[tuple[str, str], list[tuple[int, str, str, str]]] = {}
    if name not in draft.rows:
        return found
    before, after = draft.sheet.rows[name], draft.rows[name]
    changed = (before != after).to_numpy(dtype=np.bool_)
    rows = zip(before.index[changed].tolist(), before[changed].tolist(), after[changed].tolist(), strict=True)
    for row, own, now in rows:
        found.setdefault((code_key(own), now), []).append((row, name, now, own))
    return found


def said_of_values(opened: Opened) -> dict[Key, SaidValue]:
    """What a draft says of other systems' values, to be remembered when it is posted."""
    replacements = [
        (step.hand, step.changes) for step in opened.steps if step.kind == REPLACING and not step.undone
    ]
    return said(opened.draft, opened.judgement.ready, replacements, opened.reference.directory)


def remember_values(session: Session, opened: Opened, values: dict[Key, SaidValue], *, by: int) -> None:
    """Keep what a sheet says of values, in the transaction that posts it."""
    kept = value_memory.keep(session, values, file_name=opened.batch.file_name)
    if kept:
        words = [f"{values[key].text} → {values[key].code}" for key in kept]
        details = {"label": ", ".join(words)[:LONGEST_LABEL], "values": words}
        audit.record(session, what=Event.VALUES_KEPT, by=by, about=opened.batch.id, details=details)


def is_remembered(answers: Given) -> bool:
    """Whether any of these answers is one that is remembered of a layout."""
    return any(kind in reading_memory.KEPT for kind, _ in answers)


def remembered_layouts(user: CurrentUser) -> list[Layout]:
    """The layouts that are remembered, for an Admin. Raises Refusal `no-right`."""
    with as_admin(user) as session:
        return reading_memory.layouts(session)


def forget_layout(user: CurrentUser, slug: str, layout: str) -> None:
    """Remember nothing of a layout of that type any longer. Raises Refusal `no-right`."""
    with as_admin(user) as session:
        file_name = reading_memory.forget(session, slug, layout)
        if file_name is not None:
            details = {"file": file_name, "layout": layout}
            audit.record(session, what=Event.LAYOUT_FORGOTTEN, by=user.id, about=slug, details=details)


def remembered_values(user: CurrentUser) -> list[Value]:
    """The values that are remembered, for an Admin. Raises Refusal `no-right`."""
    with as_admin(user) as session:
        return value_memory.values(session)


def forget_value(user: CurrentUser, meaning: Meaning, key: str) -> None:
    """Remember our code for a value no longer. Raises Refusal `no-right`."""
    with as_admin(user) as session:
        was = value_memory.forget(session, (meaning, key))
        if was is not None:
            text, code = was
            details = {"before": {text: code}, "after": {text: None}}
            audit.record(session, what=Event.VALUE_FORGOTTEN, by=user.id, about=str(meaning), details=details)
