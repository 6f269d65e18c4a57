"""Bringing a draft one revision on: decided on what stands, written only where that still stands.

Whatever takes long (planning, judging) is done before the database is locked, so that nobody waits for it.
Where somebody else was faster, on this server or another, it is decided anew on what they made of the draft.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import update
from sqlalchemy.engine import CursorResult
from sqlmodel import Session, col

from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger import database, states
from komet_import.ledger.models import Batch, now
from komet_import.ledger.posting import PostingRefusal
from komet_import.ledger.states import Move
from komet_import.services.draft.desk import DESK, current
from komet_import.services.draft.open_draft import Opened
from komet_import.services.news.approval_news import voided
from komet_import.services.rights import no_move, visible

T = TypeVar("T")

ATTEMPTS = 25
"""Each one that fails means that somebody else's change went through; so many in a row are not people."""
OVERRIDE = ("overridden_by", "overridden_at", "overridden_why")
"""What of a batch says why it is posted though its control totals do not match."""
FIGURES = (
    "rows_read", "rows_rejected", "rows_left_out", "amount_read", "rows_unreadable", "rows_negative"
)  # fmt: skip
"""What of a batch says how its draft was judged when it was changed last."""
STANDING = ("revision", "acknowledged", "changed_at", "status")
MOVED = (*STANDING, *FIGURES, *states.REQUEST, *states.ANSWER, *OVERRIDE)
"""What of a batch is written with each revision."""
KEPT_CLIENTS = 20
"""Browsers whose last action is remembered for a draft."""


@dataclass(frozen=True, kw_only=True)
class Sender:
    """The browser's grid that sent an edit, and the number it gave it; an edit sent twice is done once."""

    client: str
    seq: int


@dataclass(frozen=True, kw_only=True)
class Decision(Generic[T]):
    """What becomes of a draft: how it stands `after` (None: it is a draft no longer), what is written with
    its new revision, and what the caller is told. `move` is what is done with it, by the table of states;
    None where nothing is.
    """

    outcome: T
    after: Opened | None
    write: Callable[[Session], None] = lambda session: None
    move: Move | None = Move.EDIT


Decide = Callable[[Session, Opened, Batch], Decision[T]]
"""Gets a session to read with, the draft as it stands, and the batch of the next revision."""


def advance(
    user: CurrentUser,
    batch_id: str,
    decide: Decide[T],
    *,
    sender: Sender | None = None,
    before: T | None = None,
) -> T:
    """Bring a draft one revision on; `before` is the answer where this sender's action was done before.

    Raises Refusal `not-found`, what `decide` raises, and PostingRefusal once the batch is no draft;
    `draft-changed` where others were faster every time.
    """
    with DESK.busy(batch_id):
        for _attempt in range(ATTEMPTS):
            with database.reading() as session:
                opened = current(session, visible(session, user, batch_id))
                if sender is not None and sender.seq <= opened.batch.acknowledged.get(sender.client, 0):
                    return before  # type: ignore[return-value]
                following = _following(opened.batch, sender)
                decision = decide(session, opened, following)
            _settle(opened.batch, following, decision.move)
            if decision.after is not None:
                note_figures(following, decision.after)
            with database.work() as session:
                ours = _claimed(session, opened.batch, following)
                if ours:
                    decision.write(session)
                    if opened.batch.status == states.WAITING and decision.move is Move.EDIT:
                        voided(session, user, opened.batch)
            if ours:
                _keep(batch_id, decision.after)
                return decision.outcome
    raise PostingRefusal("draft-changed", _("Others are changing the sheet in the same moment; try again."))


def note_figures(batch: Batch, opened: Opened) -> None:
    """Keep how a draft stands as it is judged now, for lists that cannot judge every draft anew."""
    figures = opened.figures
    batch.rows_read, batch.amount_read = figures.read.rows, figures.read.amount
    batch.rows_rejected, batch.rows_left_out = figures.not_posted.rows, figures.left_out.rows
    batch.rows_unreadable, batch.rows_negative = figures.read.unreadable, figures.read.against


def _following(batch: Batch, sender: Sender | None) -> Batch:
    known: dict[str, Any] = dict(batch.acknowledged)
    if sender is not None:
        known.pop(sender.client, None)
        known[sender.client] = sender.seq
        known = dict(list(known.items())[-KEPT_CLIENTS:])
    following = Batch(**batch.model_dump())
    following.revision, following.acknowledged, following.changed_at = batch.revision + 1, known, now()
    return following


def _settle(batch: Batch, following: Batch, move: Move | None) -> None:
    """The state that the next revision has; what is of another state goes with that."""
    if move is not None:
        status = states.after(move, batch.status)
        if status is None:
            raise no_move(batch, move)
        states.settle(following, status)
        if move is Move.EDIT and following.overridden_at == batch.overridden_at:
            # It was said of another sheet: after an edit it is to be said again.
            for name in OVERRIDE:
                setattr(following, name, None)


def _claimed(session: Session, batch: Batch, following: Batch) -> bool:
    """Whether the next revision is ours: nobody else changed the draft meanwhile, or made something else of
    it."""
    done: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(Batch)
        .where(
            col(Batch.id) == batch.id,
            col(Batch.status) == batch.status,
            col(Batch.revision) == batch.revision,
        )
        .values({name: getattr(following, name) for name in MOVED})
        .execution_options(synchronize_session=False)
    )
    return done.rowcount == 1


def _keep(batch_id: str, after: Opened | None) -> None:
    if after is None:
        DESK.drop(batch_id)
    else:
        DESK.keep(after)
