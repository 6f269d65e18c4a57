"""Edits of a draft: cells, fixes of many cells, rows excluded and included, confirmations, answers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlmodel import Session

from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger import reading_memory
from komet_import.refusal import Refusal
from komet_import.review import fixes
from komet_import.review.draft import Draft
from komet_import.review.edits import CellChange, Changes
from komet_import.review.issues import Issue
from komet_import.review.questions.answer_changes import Given, all_answered
from komet_import.review.questions.proposal import Proposal, proposal
from komet_import.row_numbers import told
from komet_import.services.draft.desk import view
from komet_import.services.draft.journal import Conflict, Holds, Outcome, always, edit
from komet_import.services.draft.open_draft import Opened
from komet_import.services.draft.remembered import apply_values, matched_since
from komet_import.services.draft.revision import Sender
from komet_import.services.draft.step_words import Label


def set_cells(
    user: CurrentUser,
    batch_id: str,
    cells: Iterable[tuple[int, str, str, str]],
    *,
    label: Label = "",
    sender: Sender | None = None,
) -> Outcome:
    """Set cells, given as (row, column, text that the person saw, new text): one step.

    A cell whose text is no longer what the person saw keeps the other's text and comes back as a conflict.
    Raises Refusal `not-editable` and `no-such-row`, as do the others here; then nothing is changed.
    """
    wanted = list(cells)

    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        return _planned_cells(opened.draft, wanted)

    return edit(user, batch_id, plan, kind="set", label=label, sender=sender)


def apply_fix(
    user: CurrentUser,
    batch_id: str,
    planned: Callable[[Opened], Changes],
    *,
    label: Label,
    holds: Holds = always,
) -> Outcome:
    """Apply a fix of many cells (`review.fixes`), planned on the draft as it stands now: one step.

    The label is made of what is changed, which may be less than was seen when the fix was asked for. Raises
    Refusal `overtaken` as `journal.edit`, as do the others here that take `holds`.
    """

    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        return planned(opened), ()

    return edit(user, batch_id, plan, kind="fix", label=label, sender=None, holds=holds)


def leave_out(
    user: CurrentUser,
    batch_id: str,
    rows: Iterable[int],
    *,
    label: str = "",
    sender: Sender | None = None,
    holds: Holds = always,
) -> Outcome:
    """Leave rows out of the import: one step."""
    wanted = tuple(rows)

    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        places = _places(opened.draft, wanted)
        return Changes(left_out=_rows(opened, places[~opened.draft.out[places]])), ()

    return edit(user, batch_id, plan, kind="exclude", label=label, sender=sender, holds=holds)


def take_in(
    user: CurrentUser,
    batch_id: str,
    rows: Iterable[int],
    *,
    sender: Sender | None = None,
    holds: Holds = always,
) -> Outcome:
    """Take rows in that were left out, and those that are, or may be, no rows to import: one step."""
    wanted = tuple(rows)

    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        draft = opened.draft
        places = _places(draft, wanted)
        doubted = np.isin(places, list(draft.doubted))
        aside = _rows(opened, places[draft.set_aside[places] | doubted])
        return Changes(
            taken_in=_rows(opened, places[draft.left_out[places]]),
            admitted=tuple(row for row in aside if row not in draft.admitted),
        ), ()

    return edit(user, batch_id, plan, kind="restore", label="", sender=sender, holds=holds)


def confirm(
    user: CurrentUser,
    batch_id: str,
    seen: Iterable[Issue],
    *,
    holds: Holds = always,
) -> Outcome:
    """Say of these issues, as they were seen, that their rows are meant all the same: one step.

    A confirmation holds for what was seen: where the row or the ledger says something else, there is none.
    """
    wanted = list(seen)

    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        _places(opened.draft, [issue.row for issue in wanted])
        return fixes.confirm(opened.draft, wanted), ()

    return edit(user, batch_id, plan, kind="confirm", label="", sender=None, holds=holds)


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
            "no-such-row",
            _("The sheet has no row {row}; nothing was changed. Reload the page.", row=told(row)),
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
            raise Refusal(
                "not-editable",
                _("The column “{column}” is not imported, so it cannot be edited.", column=column),
            )
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


def answer(
    user: CurrentUser, batch_id: str, question: str, column: str, given: str, *, holds: Holds = always
) -> Outcome:
    """Answer a question (`review.questions`): one step. Raises Refusal as `answer_all`."""
    return answer_all(user, batch_id, {(question, column): given}, holds=holds)


def answer_all(
    user: CurrentUser,
    batch_id: str,
    given: Given,
    *,
    label: Label = "",
    remember: bool = False,
    holds: Holds = always,
) -> Outcome:
    """Answer several questions, by kind and column: one step.

    With `remember` what is said holds for the layout: it is applied when such a sheet comes again. What is
    remembered of the values in columns that are matched so is applied then, as a step of its own.

    Raises Refusal `column-taken` where two columns of the sheet would mean the same, `no-such-answer` for
    what settles nothing.
    """

    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        return all_answered(opened.draft, opened.judgement, opened.reference, given), ()

    def keep(session: Session, after: Opened) -> None:
        if not remember:
            return
        reading_memory.remember(
            session, after.type, after.draft.read_by, given, file_name=after.batch.file_name, by=user.id
        )

    before = view(user, batch_id).draft.sheet.header
    outcome = edit(user, batch_id, plan, kind="answer", label=label, sender=None, also=keep, holds=holds)
    after = view(user, batch_id).draft.sheet.header
    if newly := matched_since(before, after):
        apply_values(user, batch_id, newly)
    return outcome


def propose(user: CurrentUser, batch_id: str, chosen: Mapping[str, str]) -> tuple[Opened, Proposal]:
    """A draft as it stands, and as it would be with what a person has chosen so far and what is suggested.

    Nothing is kept. Raises Refusal as `view` and `answer_all`.
    """
    opened = view(user, batch_id)
    return opened, proposal(opened.draft, opened.judgement, opened.reference, chosen)
