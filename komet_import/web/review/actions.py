"""What a grid's actions do to a draft, and to what its person sees of it.

One message after the other: what is refused is not acknowledged, and nothing after it is done before the
person's grid knows.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.clock import telling_in
from komet_import.language import _, ngettext, nphrase, phrase
from komet_import.language.lists import listed
from komet_import.ledger.database import AWAY
from komet_import.refusal import Refusal, quoted
from komet_import.review.problem_list import next_problem
from komet_import.review.seen import seen_in_window
from komet_import.review.window import PAGE_ROWS, Look
from komet_import.row_numbers import told
from komet_import.services import Opened, Outcome, Sender
from komet_import.services.draft.step_words import CELLS, PASTED
from komet_import.types import ColumnFormat
from komet_import.web.review import grid_message
from komet_import.web.review.grid_answer import grid_answer
from komet_import.web.review.grid_message import Action, GridMessage
from komet_import.web.review.look import MOST_NOTICES, Reviewing, look_of

CHANGING = (grid_message.Set, grid_message.Paste, grid_message.Rows, grid_message.Travel)
"""The actions that change the draft itself."""


class NotYet(Exception):
    """What a grid asked for was not done and is to be sent again: others were faster every time."""


class Failed(Exception):
    """An action went wrong in a way that nobody foresaw: it was not done. `seq` is its number."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"action {seq}")
        self.seq = seq


def exchange(user: CurrentUser, message: GridMessage) -> dict[str, Any]:
    """Do what a grid's message asks, and answer with its window of rows as they are then, and with why
    an action was refused, if one was.

    Raises NoSuchLook, Refusal where the draft is one no longer, and Failed.
    """
    look = look_of(user, message.look)
    with look.lock:
        look.heard(message.heard)
        with telling_in(look.zone):
            opened = services.view(user, look.batch_id)
            look.checks = services.standing(user, opened).decides
            refused = _run(look, user, message)
            if message.actions:
                opened = services.view(user, look.batch_id)
            answer = grid_answer(look, opened, message.client)
        return {**answer, "refused": refused}


def _run(look: Reviewing, user: CurrentUser, message: GridMessage) -> dict[str, Any] | None:
    """Do the actions of a message that were not done yet, in their order, up to one that is refused.

    What is refused is not acknowledged, and what was typed after it waits until the person's grid knows:
    an undo that followed would otherwise take back something else. Raises Failed.
    """
    for action in message.actions:
        if action.seq <= look.acknowledged.get(message.client, 0):
            continue
        try:
            _run_one(look, user, action, Sender(client=message.client, seq=action.seq))
        except Refusal as refusal:
            if refusal.code == "draft-changed":  # nothing is given back that may be done a moment later
                raise NotYet from None
            return {"seq": action.seq, "code": refusal.code, "message": refusal.message}
        except AWAY:
            raise  # the same may be done a moment later
        except Exception as wrong:
            raise Failed(action.seq) from wrong
        look.acknowledge(message.client, action.seq)
    return None


def _run_one(look: Reviewing, user: CurrentUser, action: Action, sender: Sender) -> None:
    if isinstance(action, CHANGING):
        look.require_hands()
    match action:
        case grid_message.Set():
            rows = len({row for row, *_ in action.cells})
            label = nphrase(*CELLS, rows, kind=phrase(action.label), cells=len(action.cells))
            told = services.set_cells(
                user,
                look.batch_id,
                action.cells,
                label=label if len(action.cells) > 1 else "",
                sender=sender,
            )
            _told(look, told)
        case grid_message.Paste():
            _paste(look, user, action, sender)
        case grid_message.Rows(kind="exclude"):
            services.leave_out(user, look.batch_id, action.rows, sender=sender)
        case grid_message.Rows():
            services.take_in(user, look.batch_id, action.rows, sender=sender)
        case grid_message.Travel():
            travel = services.undo if action.kind == "undo" else services.redo
            undone = travel(user, look.batch_id, sender=sender, seen=action.seen) or ""
            look.tell(_travelled(action.kind, undone))
        case _:
            _look_differently(look, services.view(user, look.batch_id), action)


def _travelled(kind: str, label: str) -> str:
    if kind == "undo":
        return _("Undone: {label}", label=label) if label else _("There is nothing to undo.")
    return _("Redone: {label}", label=label) if label else _("There is nothing to redo.")


def _told(look: Reviewing, outcome: Outcome) -> None:
    for conflict in outcome.conflicts[:MOST_NOTICES]:
        look.tell(
            _(
                "{column} in row {row} was changed to {theirs} in the meantime; your “{mine}” was not "
                "entered.",
                column=_(conflict.column),
                row=told(conflict.row),
                theirs=f"“{conflict.theirs}”" if conflict.theirs else _("blank"),
                mine=conflict.mine,
            ),
            level="warning",
            row=conflict.row,
            column=conflict.column,
        )
    if len(outcome.conflicts) > MOST_NOTICES:
        look.tell(
            _("{count:,} cells were changed in the meantime.", count=len(outcome.conflicts)), level="warning"
        )


def _paste(look: Reviewing, user: CurrentUser, action: grid_message.Paste, sender: Sender) -> None:
    """A block over the rows as they are looked at, on further pages as well; says what did not fit."""
    opened = services.view(user, look.batch_id)
    numbers = opened.judgement.numbers[look.see(opened)].tolist()
    columns, block = opened.draft.columns, action.block
    if action.row not in numbers or action.column not in columns:
        raise Refusal(
            "no-such-place",
            _(
                "Row {row} or the column {column} is not shown any more; nothing was pasted. Choose a cell "
                "and paste again.",
                row=told(action.row),
                column=quoted(action.column),
            ),
        )
    top, left = numbers.index(action.row), columns.index(action.column)
    wide = max((len(line) for line in block), default=0)
    rows, names = numbers[top : top + len(block)], columns[left : left + wide]
    places = opened.draft.positions(rows)
    before = {name: opened.draft.rows[name].iloc[places].tolist() for name in names}
    unseen = _unseen(user, opened, action.seen)
    seen = seen_in_window(opened.draft, opened.judgement, places)
    everything = opened.draft.rows.columns.tolist()
    where = [everything.index(name) for name in names]
    cells = [
        # what is seen there already changes nothing
        (row, name, unseen.get((row, name), now), now if text == seen[down].get(at) else text)
        for down, (row, line) in enumerate(zip(rows, block, strict=False))
        for name, at, text in zip(names, where, line, strict=False)
        for now in (before[name][down],)
    ]
    label = phrase(PASTED, rows=len(rows), columns=len(names))
    _told(look, services.set_cells(user, look.batch_id, cells, label=label, sender=sender))
    lost_rows, lost_columns = len(block) - len(rows), wide - len(names)
    if lost_rows or lost_columns:
        rows_told = ngettext("{count:,} row", "{count:,} rows", lost_rows) if lost_rows else ""
        columns_told = ngettext("{count:,} column", "{count:,} columns", lost_columns) if lost_columns else ""
        look.tell(
            ngettext(
                "{what} did not fit and was not pasted.",
                "{what} did not fit and were not pasted.",
                lost_rows + lost_columns,
                what=listed([said for said in (rows_told, columns_told) if said]),
            ),
            level="warning",
        )


def _look_differently(look: Reviewing, opened: Opened, action: Action) -> None:
    match action:
        case grid_message.Page():
            look.page = action.page
        case grid_message.Only():
            _require_column(opened, action.column)
            look.only(action.column, action.value)
        case grid_message.Sort():
            if action.column is not None:
                _require_column(opened, action.column)
            look.choose(replace(look.look, sort=action.column, descending=action.descending))
        case grid_message.LookUp():
            _look_up(look, opened, action.column, action.query)
        case grid_message.NextProblem():
            row, column = action.start
            _next_problem(look, opened, row, column, forward=action.direction > 0)


def _next_problem(
    look: Reviewing, opened: Opened, row: int | None, column: str | None, *, forward: bool
) -> None:
    """Go to the next problem of the rows looked at; where they have none, of the whole sheet."""

    def find(opened: Opened) -> tuple[int, str] | None:
        order = look.see(opened)
        return next_problem(
            opened.judgement, order, opened.draft.columns, row=row, column=column, forward=forward
        )

    found = find(opened)
    if found is None and (opened.judgement.rejected | opened.judgement.to_confirm).any():
        look.choose(Look())
        found = find(opened)
    if found is None:
        look.tell(_("No row needs attention."))
        return
    position, name = found
    look.page = int(np.flatnonzero(look.see(opened) == position)[0]) // PAGE_ROWS + 1
    look.go_to(int(opened.judgement.numbers[position]), name)


def _look_up(look: Reviewing, opened: Opened, column: str, query: str) -> None:
    known = opened.type.columns_by_name.get(column)
    kind = known.kind if known else None
    if kind is ColumnFormat.LOCATIONS:  # of several codes, one is looked up
        kind = ColumnFormat.LOCATION
    suggester = opened.reference.directory.suggester(kind) if kind else None
    if suggester is None:
        raise Refusal(
            "no-list", _("The column {column} has no list of values to search.", column=quoted(column))
        )
    options = [
        {"value": found.code, "label": found.name, "note": ""} for found in suggester.search(query, limit=12)
    ]
    look.lookup = {"column": column, "query": query, "options": options}


def _require_column(opened: Opened, column: str) -> None:
    if column not in opened.draft.rows.columns:
        raise Refusal(
            "no-such-column",
            _("The sheet has no column {column}; reload the page.", column=quoted(column)),
        )


def _unseen(user: CurrentUser, opened: Opened, seen: int | None) -> dict[tuple[int, str], str]:
    """The cells that others changed after the revision that a person saw, with the texts of before: what is
    pasted over them is a conflict.
    """
    found: dict[tuple[int, str], str] = {}
    for step in opened.steps:
        if seen is not None and step.seq > seen and step.hand != user.id and not step.undone:
            for cell in step.changes.cells:
                found.setdefault((cell.row, cell.column), cell.before)
    return found
