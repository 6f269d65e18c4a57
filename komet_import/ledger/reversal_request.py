"""Requests for a reversal: who may reverse asks, with the reason, and a second person decides.

The batch stays posted meanwhile. What is asked for is kept as it was seen: so many rows and so much money,
and how many of the opposites would have another day than their documents (`days`); where any of that is
another one when it is decided, nothing is reversed. Whoever asks or decides locks the batch first, as whoever
reverses does (`reversal.chosen`), so that one comes after the other.

    waiting ── approve ──> approved (it is reversed in the same transaction)
       ├────── return ───> returned, with a note
       └────── withdraw ─> withdrawn
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from komet_import.clock import told_time
from komet_import.language import _, marked, ngettext
from komet_import.ledger.models import RequestState, ReversalRequest, User, now
from komet_import.ledger.reversal import Chosen, ReversalRefusal, named_rows


def ask(session: Session, found: Chosen, *, reason: str, by: int) -> ReversalRequest:
    """Keep a request for what was chosen. Raises ReversalRefusal `already-asked` where another one waits for
    any of these rows."""
    _refuse_asked(session, found)
    request = ReversalRequest(
        batch_id=found.batch.id,
        rows=None if found.rows is None else sorted(found.rows),
        reason=reason,
        days=dict(found.redated),
        asked_rows=found.tally.rows,
        asked_amount=found.tally.amount or 0,
        asked_by=by,
    )
    session.add(request)
    session.flush()
    return request


def waiting(session: Session, batch_id: str) -> Sequence[tuple[ReversalRequest, str]]:
    """The requests that wait for a decision about this batch, with who asked, longest first."""
    query = (
        select(ReversalRequest, col(User.name))
        .join(User, col(User.id) == col(ReversalRequest.asked_by))
        .where(
            col(ReversalRequest.batch_id) == batch_id,
            col(ReversalRequest.state) == RequestState.WAITING,
        )
        .order_by(col(ReversalRequest.id))
    )
    return [(request, name) for request, name in session.execute(query)]


def require_waiting(session: Session, batch_id: str, request_id: int) -> ReversalRequest:
    """The request as it is now, of this batch. Raises ReversalRefusal `not-waiting`."""
    query = select(ReversalRequest).where(
        col(ReversalRequest.batch_id) == batch_id, col(ReversalRequest.id) == request_id
    )
    request: ReversalRequest | None = session.execute(
        query.execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if request is None:
        raise ReversalRefusal("not-waiting", _("No such reversal of this import waits for approval."))
    if request.state != RequestState.WAITING:
        who = session.get_one(User, request.decided_by).name
        raise ReversalRefusal(
            "not-waiting",
            _(
                "This request no longer waits for approval: {who} {done} it on {time}. Nothing was changed.",
                who=who,
                done=_(DONE[RequestState(request.state)]),
                time=told_time(request.decided_at or request.asked_at),
            ),
        )
    return request


DONE = {
    RequestState.APPROVED: marked("approved"),
    RequestState.RETURNED: marked("returned"),
    RequestState.WITHDRAWN: marked("withdrew"),
}
"""What was done with a request, in words."""


def require_as_asked(request: ReversalRequest, found: Chosen) -> None:
    """What would be reversed now is what was asked for. Raises ReversalRefusal `rows-changed`,
    `days-changed`."""
    if (found.tally.rows, found.tally.amount or 0) != (request.asked_rows, request.asked_amount):
        gone = [one.row for one in found.already]
        which = named_rows(gone).capitalize() if gone else _("Rows of this import")
        raise ReversalRefusal(
            "rows-changed",
            ngettext(
                "{which} was reversed since this was asked for; nothing was reversed now. Return the "
                "request; what is left can be asked for again.",
                "{which} were reversed since this was asked for; nothing was reversed now. Return the "
                "request; what is left can be asked for again.",
                len(gone),
                which=which,
            ),
        )
    if dict(found.redated) != request.days:
        raise ReversalRefusal(
            "days-changed",
            _(
                "A month was closed or reopened since this was asked for, so the reversal would be dated "
                "on other days than was said; nothing was reversed. Return the request; it can be asked "
                "for again."
            ),
        )


def decide(
    session: Session,
    request: ReversalRequest,
    state: RequestState,
    *,
    by: int,
    note: str = "",
    at: datetime | None = None,
) -> None:
    """Keep what became of a request that waited."""
    request.state, request.decided_by, request.decided_at, request.note = state, by, at or now(), note
    session.add(request)
    session.flush()


def _refuse_asked(session: Session, found: Chosen) -> None:
    for request, who in waiting(session, found.batch.id):
        if found.rows is None or request.rows is None:
            same = _("rows of this import")
        elif both := found.rows & set(request.rows):
            same = named_rows(sorted(both))
        else:
            continue
        raise ReversalRefusal(
            "already-asked",
            _(
                "{who} already asked to reverse {same} on {time}, and that waits for approval; nothing was "
                "sent. Have it decided or withdrawn first.",
                who=who,
                same=same,
                time=told_time(request.asked_at),
            ),
        )
