"""The states of a batch, and what may be done in each: where it leads, and who may do it.

This table is the only place that says so; every use case asks it. Who somebody is, is known further up
(`services.rights.require_move`).

                     ┌──────── edit, withdraw ────────┐
                     ▼                                │
    upload ──> draft ──────── send ──────> waiting for approval ── approve ──> posted ── reverse ──> reversed
                 │  └─ post ─> posted        │    ▲
                 │                       return   │ send
              discard ⇄ restore              ▼    │
                                          returned (is edited, posted and discarded as a draft is)

A batch whose reversal waits for approval stays posted: that request has states of its own
(`ledger.reversal_request`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlmodel import col

from komet_import.ledger.models import Batch, BatchStatus

DRAFT, WAITING, RETURNED = BatchStatus.DRAFT, BatchStatus.WAITING, BatchStatus.RETURNED
POSTED, REVERSED, DISCARDED = BatchStatus.POSTED, BatchStatus.REVERSED, BatchStatus.DISCARDED
FINISHED = (POSTED, REVERSED)
"""The states of a batch that was imported, whether or not it was reversed since."""


class Move(StrEnum):
    """What may be done with a batch."""

    EDIT = "edit"
    POST = "post"
    SEND = "send"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    RETURN = "return"
    DISCARD = "discard"
    RESTORE = "restore"
    REVERSE = "reverse"


class Who(StrEnum):
    """Who may do it, of those who may import the batch's type."""

    IMPORTER = "importer"  # every one of them
    OWNER = "owner"  # who uploaded it, and every Admin
    CHECKER = "checker"  # who may approve the type, and has not worked on the batch
    REVERSER = "reverser"  # who may reverse the type


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Who may make a move, and where it leads from each state in which it is possible."""

    who: Who
    leads: Mapping[BatchStatus, BatchStatus]


TABLE: Mapping[Move, Rule] = {
    # An edit voids the request that waits: nobody approves what they have not seen.
    Move.EDIT: Rule(who=Who.IMPORTER, leads={DRAFT: DRAFT, RETURNED: RETURNED, WAITING: DRAFT}),
    Move.POST: Rule(who=Who.IMPORTER, leads={DRAFT: POSTED, RETURNED: POSTED}),
    Move.SEND: Rule(who=Who.IMPORTER, leads={DRAFT: WAITING, RETURNED: WAITING}),
    Move.WITHDRAW: Rule(who=Who.IMPORTER, leads={WAITING: DRAFT}),
    Move.APPROVE: Rule(who=Who.CHECKER, leads={WAITING: POSTED}),
    Move.RETURN: Rule(who=Who.CHECKER, leads={WAITING: RETURNED}),
    Move.DISCARD: Rule(who=Who.OWNER, leads={DRAFT: DISCARDED, RETURNED: DISCARDED, WAITING: DISCARDED}),
    Move.RESTORE: Rule(who=Who.OWNER, leads={DISCARDED: DRAFT}),
    # With the last of its rows; while some of them stand it stays posted.
    Move.REVERSE: Rule(who=Who.REVERSER, leads={POSTED: REVERSED}),
}

IN_WORK = tuple(TABLE[Move.EDIT].leads)
"""The states of a batch that is neither posted nor deleted: it is a draft that can be opened."""


def after(move: Move, status: str) -> BatchStatus | None:
    """Where a move leads from a state; None where it is not possible."""
    return TABLE[move].leads.get(BatchStatus(status))


def allows(move: Move) -> ColumnElement[bool]:
    """The condition that a batch is in a state in which the move is possible."""
    return col(Batch.status).in_(TABLE[move].leads)


def in_work(batch: Batch) -> bool:
    """Whether a batch is neither posted nor deleted."""
    return batch.status in IN_WORK


REQUEST = ("prepared_by", "prepared_at", "asked_rows", "asked_amount")
ANSWER = ("returned_by", "returned_at", "returned_why")
"""What of a batch is of a request for approval, and of its return."""


def settle(batch: Batch, status: BatchStatus) -> None:
    """Give a batch a state; what was asked of a second person, or answered, stays only while it is of it."""
    batch.status = status
    gone = (
        *(REQUEST if status not in (WAITING, RETURNED) else ()),
        *(ANSWER if status is not RETURNED else ()),
    )
    for name in gone:
        setattr(batch, name, None)
