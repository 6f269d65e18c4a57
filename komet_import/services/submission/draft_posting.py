"""Posting a draft: the ledger, the rejected rows, the audit entry and the mail in one transaction."""

import logging
import time
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlmodel import col

from komet_import.access import users
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger import database, posting
from komet_import.ledger.failed_statement import has_no_room
from komet_import.ledger.models import Batch, now
from komet_import.ledger.posting import Posting, PostingRefusal, Ready
from komet_import.ledger.receipt import Receipt, Tally
from komet_import.ledger.reference import Moved
from komet_import.ledger.states import FINISHED, Move, in_work
from komet_import.services.draft.desk import DESK, brought_up, current
from komet_import.services.draft.differences import Seen
from komet_import.services.draft.facts import directory_now, judged_by
from komet_import.services.draft.open_draft import Opened
from komet_import.services.draft.remembered import remember_values, said_of_values
from komet_import.services.draft.stored import detach, name_of
from komet_import.services.imports.reports import report
from komet_import.services.news.result_mail import counted_reasons, queue_result
from komet_import.services.rights import no_draft, require_move, visible
from komet_import.services.submission.approval import reason
from komet_import.services.submission.promise import require_as_seen

log = logging.getLogger("komet_import")

LOOK_UP_PAUSES = (0, 0.5, 1.5, 3)
"""Seconds before each question what became of a posting that the database failed in."""
ATTEMPTS = 20
"""Each one that fails means that another posting or edit went through; so many in a row are not people."""
LATE_ATTEMPTS = 2
"""After so many, others have to wait while the rows are written, or a large sheet would never be posted."""
DEADLOCK = "40P01"
"""PostgreSQL let one of two postings go that waited for each other's numbers: that one is tried again."""
REFUSED_ATTEMPTS = 3
"""What the database refuses so often is not somebody else's posting, which is seen when it is judged anew."""


@dataclass(frozen=True, kw_only=True)
class _Click:
    """What somebody asked for, and what they saw: `post` has it in words."""

    move: Move
    promised: Tally | None
    seen: Seen | None
    even_nothing: bool = False
    unconfirmed_stay_out: bool = False
    progress: posting.Progress = lambda done: None


def post(
    user: CurrentUser,
    batch_id: str,
    *,
    promised: Tally | None = None,
    seen: Seen | None = None,
    even_nothing: bool = False,
    unconfirmed_stay_out: bool = False,
    progress: posting.Progress = lambda done: None,
) -> Receipt:
    """Post what is ready, keep the rest with its reasons, queue the mail: all of it or nothing.

    Everything is judged and laid ready before the ledger is locked; where something moved on meanwhile, the
    same is done again. `promised` is what the button said, `seen` the draft that the person saw with it:
    where somebody else changed it since, nothing is posted and Overtaken says what; where customers or the
    ledger did, PostingRefusal `draft-changed`; `to-confirm` while a warning waits to be confirmed. The
    terminal's way: with `unconfirmed_stay_out` such rows are rejected instead, and with `even_nothing` a
    sheet without a single ready row is closed as well, so that its report and mail exist.
    Raises PostingRefusal and Refusal otherwise as `ledger.posting.post`; `not-posted` where the database
    failed, `posting-unclear` where it does not even say what became of it.
    """
    click = _Click(
        move=Move.POST,
        promised=promised,
        seen=seen,
        even_nothing=even_nothing,
        unconfirmed_stay_out=unconfirmed_stay_out,
        progress=progress,
    )
    return _clicked(user, batch_id, click)


def approve(
    user: CurrentUser,
    batch_id: str,
    *,
    promised: Tally | None = None,
    seen: Seen | None = None,
    progress: posting.Progress = lambda done: None,
) -> Receipt:
    """Post what somebody else has prepared and sent for approval; both are mailed the result.

    `promised` and `seen` are what the approver saw. They confirm nothing: that is for who prepares, and a
    row with a warning that came up since is rejected. Raises as `post`; Refusal `second-person` for who may
    not approve it, PostingRefusal `not-waiting` where it was edited, withdrawn or returned meanwhile.
    """
    return _clicked(
        user, batch_id, _Click(move=Move.APPROVE, promised=promised, seen=seen, progress=progress)
    )


def _clicked(user: CurrentUser, batch_id: str, click: _Click) -> Receipt:
    try:
        return _post(user, batch_id, click)
    except SQLAlchemyError as wrong:
        log.exception("The database failed while %s was posted.", batch_id)
        return _looked_up(user, batch_id, no_room=has_no_room(wrong))


def _post(user: CurrentUser, batch_id: str, click: _Click) -> Receipt:
    with database.connected() as connection:
        judged: Opened | None = None
        ready: Ready | None = None
        refused = 0
        for attempt in range(ATTEMPTS):
            judged = _judged(user, batch_id, click.move, judged)
            require_as_seen(user, judged, click.promised, click.seen)
            if click.move is Move.POST and (why := reason(judged)):
                raise PostingRefusal(
                    "needs-approval", _("{why} Send it for approval; nothing was imported.", why=why)
                )
            click.progress(0.05)
            if ready is None or not _same(ready.posting, judged):
                with database.reading(connection) as session:
                    ready = posting.prepare(session, _posting(user, judged, click.progress))
                    session.commit()
            try:
                receipt = _written(connection, user, judged, ready, click, late=attempt < LATE_ATTEMPTS)
            except Moved:
                continue
            except OperationalError as failed:
                if getattr(failed.orig, "sqlstate", "") != DEADLOCK:
                    raise
                continue
            except IntegrityError:
                refused += 1
                if refused == REFUSED_ATTEMPTS:
                    raise
                # What the database itself noticed was missed here: nothing that is kept is trusted any more.
                DESK.drop(batch_id)
                judged = ready = None
                continue
            DESK.drop(batch_id)
            return receipt
    raise PostingRefusal(
        "draft-changed",
        _("Others are changing the ledger in the same moment; nothing was posted. Try again."),
    )


def _same(posting: Posting, judged: Opened) -> bool:
    """Whether what lies ready is what was judged now."""
    return posting.judgement is judged.judgement and posting.draft is judged.draft


def _looked_up(user: CurrentUser, batch_id: str, *, no_room: bool) -> Receipt:
    """What became of a posting during which the database failed: asked of the database, as nobody else knows.

    On PostgreSQL the row is asked for as if to be changed: a commit that is still under way is waited for.
    """
    for pause in LOOK_UP_PAUSES:
        time.sleep(pause)
        try:
            with database.reading() as session:
                query = select(Batch).where(col(Batch.id) == batch_id).with_for_update()
                batch = session.execute(query).scalar_one()
                detach(session, batch)
            if batch.status in FINISHED and batch.posted_by == user.id:
                return report(user, batch_id).receipt
        except SQLAlchemyError:
            continue
        if not in_work(batch):
            raise no_draft(batch)
        raise PostingRefusal(
            "not-posted",
            _("The database's disk is full, and nothing was posted. Ask an Admin to have room made on it.")
            if no_room
            else _("The database failed, and nothing was posted. Wait a moment and import again."),
        )
    raise PostingRefusal(
        "posting-unclear",
        _(
            "The database does not answer, so it is not known yet whether this sheet was posted. Do "
            "not import it in another way: reload this page in a few minutes, and it says whether it "
            "was."
        ),
    )


def _judged(user: CurrentUser, batch_id: str, move: Move, before: Opened | None) -> Opened:
    """The draft as it is to be posted, judged from its first row, and not only where an edit has touched it.

    A later attempt starts from the one `before`.
    """
    with database.reading() as session:
        batch = visible(session, user, batch_id)
        require_move(session, user, batch, move)
        opened = current(session, batch)
        if opened.batch.status != batch.status:  # what is at hand may be newer than that
            require_move(session, user, opened.batch, move)
        if before is not None:
            directory, stamp = directory_now(session)
            return brought_up(session, opened.batch, directory, stamp, before)
        # By the facts at hand, and not by such as are read again: that they are those of now is seen by their
        # stamp, here and once more when the ledger is locked.
        return replace(opened, judgement=judged_by(opened.draft, opened.reference))


def _posting(user: CurrentUser, judged: Opened, progress: posting.Progress) -> Posting:
    return Posting(
        batch=judged.batch,
        draft=judged.draft,
        judgement=judged.judgement,
        user_id=user.id,
        at=now(),
        standing=judged.reference.posted.standing,
        progress=progress,
    )


def _written(
    connection: Connection,
    user: CurrentUser,
    judged: Opened,
    ready: Ready,
    click: _Click,
    *,
    late: bool,
) -> Receipt:
    """Write what lies ready; the ledger is locked from here on, or `late`. Raises Moved, or IntegrityError
    where the database itself noticed that something was claimed in the same moment.
    """
    values, counted = said_of_values(judged), counted_reasons(judged.judgement)
    with database.work(connection) as session:
        fresh = require_move(session, user, judged.batch, click.move)
        preparer = users.current(session, judged.batch.prepared_by or 0)
        approved = click.move is Move.APPROVE
        receipt = posting.post(
            session,
            ready,
            revision=judged.batch.revision,
            stamp=judged.stamp,
            move=click.move,
            user_name=fresh.name,
            prepared_by=name_of(session, judged.batch.prepared_by or 0) if approved else "",
            overridden_by=name_of(session, judged.batch.overridden_by or 0),
            even_nothing=click.even_nothing,
            unconfirmed_stay_out=click.unconfirmed_stay_out or approved,
            late=late,
        )
        remember_values(session, judged, values, by=user.id)
        for person in (fresh, *((preparer,) if approved and preparer else ())):
            queue_result(session, person, receipt, counted)
    return receipt
