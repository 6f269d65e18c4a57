"""Editing a draft: every change is a step of its journal, to be undone, redone, read by an auditor."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import insert, update
from sqlmodel import Session, col

from komet_import.access.users import CurrentUser
from komet_import.importing import remembering
from komet_import.importing.advancing import Decision, Sender, advance
from komet_import.importing.desk import Opened, Step, facts_now, rejudged, view
from komet_import.ledger.models import Batch, Edit, now
from komet_import.refusal import Refusal, quoted
from komet_import.review import fixes
from komet_import.review.draft import Draft
from komet_import.review.edits import Answer, CellChange, Changes, Confirmation
from komet_import.review.issues import CATALOGUE, Issue
from komet_import.sheets.layout import answers

TEXTS = ("mark", "order")
"""The questions about how a column's texts are written."""


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A cell that somebody else changed first: it keeps their text."""

    row: int
    column: str
    theirs: str
    mine: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of an edit: how many cells or rows changed, and what others had changed before."""

    changed: int
    conflicts: tuple[Conflict, ...] = ()


Label = str | Callable[[Changes], str]
"""A step in words for the list of edits; blank where what was changed says it."""


def set_cells(
    user: CurrentUser,
    batch_id: str,
    cells: Iterable[tuple[int, str, str, str]],
    *,
    label: str = "",
    sender: Sender | None = None,
) -> Outcome:
    """Set cells, given as (row, column, text that the person saw, new text): one step.

    A cell whose text is no longer what the person saw keeps the other's text and comes back as a conflict.
    Raises Refusal `not-editable` and `no-such-row`, as do the others here; then nothing is changed.
    """
    wanted = list(cells)

    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        return _planned_cells(opened.draft, wanted)

    return _edit(user, batch_id, plan, kind="set", label=label, sender=sender)


def apply_fix(
    user: CurrentUser, batch_id: str, planned: Callable[[Opened], Changes], *, label: Label
) -> Outcome:
    """Apply a fix of many cells (`review.fixes`), planned on the draft as it stands now: one step.

    The label is made of what is changed, which may be less than was seen when the fix was asked for.
    """

    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        return planned(opened), ()

    return _edit(user, batch_id, plan, kind="fix", label=label, sender=None)


def leave_out(
    user: CurrentUser, batch_id: str, rows: Iterable[int], *, label: str = "", sender: Sender | None = None
) -> Outcome:
    """Leave rows out of the import: one step."""
    wanted = tuple(rows)

    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        places = _places(opened.draft, wanted)
        return Changes(left_out=_rows(opened, places[~opened.draft.out[places]])), ()

    return _edit(user, batch_id, plan, kind="exclude", label=label, sender=sender)


def take_in(
    user: CurrentUser, batch_id: str, rows: Iterable[int], *, label: str = "", sender: Sender | None = None
) -> Outcome:
    """Take rows that were left out, and total rows that were set aside, in: one step."""
    wanted = tuple(rows)

    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        draft = opened.draft
        places = _places(draft, wanted)
        aside = _rows(opened, places[draft.set_aside[places]])
        return Changes(
            taken_in=_rows(opened, places[draft.left_out[places]]),
            admitted=tuple(row for row in aside if row not in draft.admitted),
        ), ()

    return _edit(user, batch_id, plan, kind="restore", label=label, sender=sender)


def confirm(
    user: CurrentUser, batch_id: str, seen: Iterable[Issue], *, label: str = "", sender: Sender | None = None
) -> Outcome:
    """Say of these issues, as they were seen, that their rows are meant all the same: one step.

    A confirmation holds for what was seen: where the row or the ledger says something else, there is none.
    """
    wanted = list(seen)

    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        _places(opened.draft, [issue.row for issue in wanted])
        return fixes.confirm(opened.draft, wanted), ()

    return _edit(user, batch_id, plan, kind="confirm", label=label, sender=sender)


def _places(draft: Draft, rows: Iterable[int]) -> npt.NDArray[np.intp]:
    """The positions of rows. Raises Refusal `no-such-row`: a window that is older than the sheet names rows
    that are not there, and what a person wanted of them must not vanish without a word.
    """
    wanted = list(rows)
    try:
        return draft.positions(wanted)
    except (KeyError, OverflowError):
        known = set(draft.rows.index.tolist())
        row = next(row for row in wanted if row not in known)
        raise Refusal(
            "no-such-row", f"The sheet has no row {row}; nothing was changed. Reload the page."
        ) from None


def _rows(opened: Opened, places: Any) -> tuple[int, ...]:
    return tuple(opened.judgement.numbers[places].tolist())


def _planned_cells(
    draft: Draft, wanted: Sequence[tuple[int, str, str, str]]
) -> tuple[Changes, tuple[Conflict, ...]]:
    """The changes that may be made, and the cells that somebody else was faster with."""
    editable = set(draft.columns)
    by_column: dict[str, dict[int, tuple[str, str]]] = {}
    for row, column, seen, text in wanted:
        if column not in editable:
            raise Refusal("not-editable", f"The column “{column}” is not imported, so it cannot be edited.")
        by_column.setdefault(column, {})[row] = (seen, _clean(text))
    changed: list[CellChange] = []
    conflicts: list[Conflict] = []
    for column, cells in by_column.items():
        current = draft.rows[column].iloc[_places(draft, cells)].tolist()
        for (row, (seen, text)), now_there in zip(cells.items(), current, strict=True):
            if now_there == text:
                continue
            if now_there != seen:
                conflicts.append(Conflict(row=row, column=column, theirs=now_there, mine=text))
                continue
            changed.append(CellChange(row, column, now_there, text))
    return Changes(cells=tuple(changed)), tuple(conflicts)


def _clean(text: str) -> str:
    """Text that both databases and every workbook can hold: no NUL, no lone surrogate, Excel's length."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()[:32_767]


Plan = Callable[[Opened], tuple[Changes, tuple[Conflict, ...]]]


def _edit(
    user: CurrentUser,
    batch_id: str,
    plan: Plan,
    *,
    kind: str,
    label: Label,
    sender: Sender | None,
    also: Callable[[Session, Opened], None] = lambda session, after: None,
) -> Outcome:
    """Do what is planned as one step; `also` writes what belongs to it into the same transaction."""

    def decide(session: Session, opened: Opened, batch: Batch) -> Decision[Outcome]:
        changes, conflicts = plan(opened)
        if not changes:
            return Decision(
                outcome=Outcome(changed=0, conflicts=conflicts), after=replace(opened, batch=batch)
            )
        step = Step(
            seq=batch.revision,
            label=_said(label, changes),
            by=user.name,
            at=batch.changed_at,
            undone=False,
            dropped=False,
            changes=changes,
            hand=user.id,
            hand_name=user.name,
        )
        past = tuple(replace(s, dropped=True) if s.undone else s for s in opened.steps)
        after = _changed(session, opened, batch, changes, (*past, step))

        def write(session: Session) -> None:
            _append(session, batch.id, user, kind, step)
            also(session, after)

        return Decision(outcome=Outcome(changed=changes.parts, conflicts=conflicts), after=after, write=write)

    return advance(user, batch_id, decide, sender=sender, before=Outcome(changed=0))


def _append(session: Session, batch_id: str, user: CurrentUser, kind: str, step: Step) -> None:
    session.execute(
        update(Edit)
        .where(col(Edit.batch_id) == batch_id, col(Edit.undone_at).is_not(None), ~col(Edit.dropped))
        .values(dropped=True)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        insert(Edit).values(
            batch_id=batch_id,
            seq=step.seq,
            kind=kind,
            label=step.label,
            changes=step.changes.to_json(),
            user_id=user.id,
            at=step.at,
            dropped=False,
        )
    )


def _changed(
    session: Session, opened: Opened, batch: Batch, changes: Changes, steps: tuple[Step, ...]
) -> Opened:
    """The draft one step on, only what changed judged again."""
    draft = opened.draft.apply(changes)
    if changes.answers:
        facts, judgement = facts_now(session, draft, opened.reference.directory)
    else:
        facts, judgement = rejudged(session, opened, draft, changes.rows)
    return replace(opened, batch=batch, draft=draft, judgement=judgement, reference=facts, steps=steps)


def _said(label: Label, changes: Changes) -> str:
    return label(changes) if callable(label) else label or _label(changes)


def _label(changes: Changes) -> str:
    """A step in words, for the list of edits."""
    if changes.left_out:
        return f"Left out {_counted(changes.left_out)}"
    if changes.taken_in or changes.admitted:
        return f"Took in {_counted((*changes.taken_in, *changes.admitted))}"
    if changes.confirmations:
        return _confirmed(changes.confirmations)
    if changes.answers:
        return _answered(changes.answers[0])
    if len(changes.cells) == 1:
        cell = changes.cells[0]
        return f"{cell.column} in row {cell.row}: {_shown(cell.before)} → {_shown(cell.after)}"
    return f"{len(changes.cells):,} cells in {_counted(sorted({c.row for c in changes.cells}))}"


def _confirmed(given: Sequence[Confirmation]) -> str:
    """What was confirmed in words, for the list of edits."""
    titles = sorted({CATALOGUE[one.code].title for one in given})
    return f"Confirmed {' and '.join(titles).lower()} in {_counted(sorted({one.row for one in given}))}"


def _answered(answer: Answer) -> str:
    """An answer in words, for the list of edits."""
    given = answer.after or ""
    if answer.question in TEXTS:
        said = answers.in_words(answer.question, answer.before, given)
    elif answer.question == "hidden":
        said = "hidden rows count"
    else:
        said = given or "not imported"
    where = f"Column {answer.column}" if answer.question == "column" else answer.column
    return f"{where}: {said}" if where else said.capitalize()


def _counted(rows: Sequence[int]) -> str:
    return f"row {rows[0]}" if len(rows) == 1 else f"{len(rows):,} rows"


def _shown(text: str) -> str:
    return quoted(text) if text else "blank"


def answer(user: CurrentUser, batch_id: str, question: str, column: str, given: str) -> Outcome:
    """Answer a question about a column (`review.questions`): one step.

    Raises Refusal `column-taken` where two columns of the sheet would mean the same, `no-such-answer` for
    what settles nothing.
    """

    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        if question == "hidden" and given == "leave-out":
            rows = opened.draft.sheet.hidden_rows & set(opened.judgement.numbers.tolist())
            places = opened.draft.positions(sorted(rows))
            return Changes(left_out=_rows(opened, places[~opened.draft.out[places]])), ()
        if question == "column" and given:
            _require_free(opened.draft, column, given)
        before = opened.draft.answers.to(question).get(column)
        after = given
        if question in TEXTS:
            if not answers.is_answer(question, given):
                raise Refusal("no-such-answer", f"{quoted(given)} is no answer about {column}.")
            after = answers.together(before, given)
        if before == after:
            return Changes(), ()
        return Changes(answers=(Answer(question, column, before, after),)), ()

    def remember(session: Session, after: Opened) -> None:
        if question == "column":
            remembering.remember(session, after.type, after.draft.found, column, given)

    return _edit(user, batch_id, plan, kind="answer", label="", sender=None, also=remember)


def _require_free(draft: Draft, letter: str, name: str) -> None:
    header = draft.sheet.header
    taken = next((at for at, meant in header.columns.items() if meant == name and at != letter), None)
    if taken is not None:
        raise Refusal(
            "column-taken",
            f"{name} is column {taken} (“{header.headers.get(taken, '')}”) already; say first that "
            "it is something else.",
        )


def undo(
    user: CurrentUser, batch_id: str, *, sender: Sender | None = None, seen: int | None = None
) -> str | None:
    """Take the last step back; returns its label, or None where there is none.

    Whoever had `seen` a revision does not take back what somebody else did after it: Refusal `others-step`.
    """
    return _travel(user, batch_id, sender, seen, back=True)


def redo(
    user: CurrentUser, batch_id: str, *, sender: Sender | None = None, seen: int | None = None
) -> str | None:
    """Do the step again that was taken back last; returns its label, or None where there is none."""
    return _travel(user, batch_id, sender, seen, back=False)


def _travel(
    user: CurrentUser, batch_id: str, sender: Sender | None, seen: int | None, *, back: bool
) -> str | None:
    def decide(session: Session, opened: Opened, batch: Batch) -> Decision[str | None]:
        if back:
            step = next((s for s in reversed(opened.steps) if not s.undone), None)
        else:
            step = next((s for s in opened.steps if s.undone and not s.dropped), None)
        if step is None:
            return Decision(outcome=None, after=replace(opened, batch=batch))
        if back and seen is not None and step.seq > seen and step.hand != user.id:
            raise Refusal(
                "others-step",
                f"{step.hand_name} was faster: {step.label}. Nothing was undone; look, then press again.",
            )
        moved = replace(step, undone=back, hand=user.id, hand_name=user.name)
        steps = tuple(moved if s is step else s for s in opened.steps)
        changes = step.changes.inverse() if back else step.changes
        after = _changed(session, opened, batch, changes, steps)

        def write(session: Session) -> None:
            session.execute(
                update(Edit)
                .where(col(Edit.batch_id) == batch_id, col(Edit.seq) == moved.seq)
                .values(undone_at=now() if back else None, turned_by=user.id)
                .execution_options(synchronize_session=False)
            )

        return Decision(outcome=moved.label, after=after, write=write)

    return advance(user, batch_id, decide, sender=sender, before=None)


def take_back(user: CurrentUser, batch_id: str, seq: int) -> Outcome:
    """Take one earlier step back, as a new step. Raises Refusal where a later step touched the same."""

    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        step = next((s for s in opened.steps if s.seq == seq and not s.undone), None)
        if step is None:
            raise Refusal("no-such-step", "This edit was taken back already.")
        later = [s for s in opened.steps if s.seq > seq and not s.undone and s.changes.touches(step.changes)]
        if later:
            raise Refusal(
                "touched-later", f"A later edit changed the same: {later[0].label}. Take it back first."
            )
        return step.changes.inverse(), ()

    taken = next((f"Took back: {s.label}" for s in view(user, batch_id).steps if s.seq == seq), "")
    return _edit(user, batch_id, plan, kind="take-back", label=taken, sender=None)
