"""Posting a draft: the ledger, the rejected rows, the audit entry and the mail in one transaction."""

import logging
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlmodel import Session, col

from komet_import.access.users import CurrentUser
from komet_import.ledger import database, posting
from komet_import.ledger.models import Batch, BatchStatus, now
from komet_import.ledger.posting import Posting, PostingRefusal, Ready
from komet_import.ledger.receipt import Receipt, Tally
from komet_import.ledger.reference import Moved
from komet_import.outbox import mail_queue
from komet_import.outbox.mail import wording
from komet_import.review.issues import CATALOGUE, Severity
from komet_import.review.judgement import Judgement
from komet_import.services.desk import DESK, brought_up, current
from komet_import.services.differences import Difference, Seen, differences, turned_months
from komet_import.services.facts import directory_now, facts_now
from komet_import.services.open_draft import Opened
from komet_import.services.reports import report
from komet_import.services.rights import no_draft, require_right, visible
from komet_import.services.stored import detach
from komet_import.settings import settings
from komet_import.types import ALL
from komet_import.types.schema import listed

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


class Overtaken(PostingRefusal):
    """The sheet is no longer as the person saw it; `differences` tell who changed what."""

    def __init__(self, found: Sequence[Difference]) -> None:
        who = " and ".join(dict.fromkeys(difference.by for difference in found))
        super().__init__(
            "draft-changed",
            f"{who} changed the sheet since you looked; nothing was imported. Look at it and click again.",
        )
        self.differences = tuple(found)


def post(
    user: CurrentUser,
    batch_id: str,
    *,
    promised: Tally | None = None,
    seen: Seen | None = None,
    even_nothing: bool = False,
    progress: posting.Progress = lambda done: None,
) -> Receipt:
    """Post what is ready, keep the rest with its reasons, queue the mail: all of it or nothing.

    Everything is judged and laid ready before the ledger is locked; where something moved on meanwhile, the
    same is done again. `promised` is what the button said, `seen` the draft that the person saw with it:
    where somebody else changed it since, nothing is posted and Overtaken says what; where customers or the
    ledger did, PostingRefusal `draft-changed`. A possible duplicate that came up meanwhile is none that
    anybody confirmed, so it is not posted. With `even_nothing` a sheet without a single ready row is closed
    as well, so that its report and mail exist (the terminal's way).
    Raises PostingRefusal and Refusal otherwise as `ledger.posting.post`; `not-posted` where the database
    failed, `posting-unclear` where it does not even say what became of it.
    """
    try:
        return _post(user, batch_id, promised, seen, even_nothing, progress)
    except SQLAlchemyError:
        log.exception("The database failed while %s was posted.", batch_id)
        return _looked_up(user, batch_id)


def _post(
    user: CurrentUser,
    batch_id: str,
    promised: Tally | None,
    seen: Seen | None,
    even_nothing: bool,
    progress: posting.Progress,
) -> Receipt:
    with database.connected() as connection:
        judged: Opened | None = None
        ready: Ready | None = None
        refused = 0
        for attempt in range(ATTEMPTS):
            judged = _judged(user, batch_id, judged)
            _require_as_seen(user, judged, promised, seen)
            progress(0.05)
            if ready is None or not _same(ready.posting, judged):
                with database.reading(connection) as session:
                    ready = posting.prepare(session, _posting(user, judged, progress))
                    session.commit()
            try:
                late = attempt < LATE_ATTEMPTS
                receipt = _written(connection, user, judged, ready, even_nothing=even_nothing, late=late)
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
        "draft-changed", "Others are changing the ledger in the same moment; nothing was posted. Try again."
    )


def _same(posting: Posting, judged: Opened) -> bool:
    """Whether what lies ready is what was judged now."""
    return posting.judgement is judged.judgement and posting.draft is judged.draft


def _looked_up(user: CurrentUser, batch_id: str) -> Receipt:
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
            if batch.status not in (BatchStatus.DRAFT, BatchStatus.DISCARDED) and batch.posted_by == user.id:
                return report(user, batch_id).receipt
        except SQLAlchemyError:
            continue
        if batch.status != BatchStatus.DRAFT:
            raise no_draft(batch)
        raise PostingRefusal(
            "not-posted", "The database failed, and nothing was posted. Wait a moment and import again."
        )
    raise PostingRefusal(
        "posting-unclear",
        "The database does not answer, so it is not known yet whether this sheet was posted. Do not import "
        "it in another way: reload this page in a few minutes, and it says whether it was.",
    )


def _judged(user: CurrentUser, batch_id: str, before: Opened | None) -> Opened:
    """The draft as it is to be posted, judged from its first row, and not only where an edit has touched it.

    A later attempt starts from the one `before`.
    """
    with database.reading() as session:
        batch = visible(session, user, batch_id)
        require_right(session, user, ALL[batch.type])
        opened = current(session, batch)
        if before is not None:
            directory, stamp = directory_now(session)
            return brought_up(session, opened.batch, directory, stamp, before)
        # The stamp stays that of the draft: its rows' origins are no newer.
        facts, judgement = facts_now(session, opened.draft, opened.reference.directory)
        return replace(opened, judgement=judgement, reference=facts)


def _require_as_seen(user: CurrentUser, judged: Opened, promised: Tally | None, seen: Seen | None) -> None:
    """Raises PostingRefusal where other rows would be posted than the person saw. What they did themselves
    since the page was drawn, they saw in the grid.
    """
    if seen is not None:
        theirs = [found for found in differences(seen, judged) if found.hand != user.id]
        if theirs:
            DESK.keep(judged)
            raise Overtaken(theirs)
        if turned := turned_months(seen, judged):
            DESK.keep(judged)
            raise PostingRefusal(
                "draft-changed",
                f"{listed(turned)} since you looked; nothing was imported. Check the new numbers.",
            )
    if promised is not None and promised != judged.figures.ready:
        DESK.keep(judged)
        raise PostingRefusal(
            "draft-changed",
            "The sheet, the customers or the ledger changed since you looked; check the new numbers.",
        )


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
    *,
    even_nothing: bool,
    late: bool,
) -> Receipt:
    """Write what lies ready; the ledger is locked from here on, or `late`. Raises Moved, or IntegrityError
    where the database itself noticed that something was claimed in the same moment.
    """
    reasons = _reasons(judged.judgement)
    with database.transaction(connection) as session:
        fresh = require_right(session, user, judged.type)
        receipt = posting.post(
            session,
            ready,
            revision=judged.batch.revision,
            stamp=judged.stamp,
            user_name=fresh.name,
            even_nothing=even_nothing,
            late=late,
        )
        _queue_mail(session, fresh, receipt, reasons)
    return receipt


def _reasons(judgement: Judgement) -> list[tuple[str, int]]:
    """Why rows are rejected, most frequent first, and how many for each reason."""
    counted: dict[str, set[int]] = {}
    for position in np.flatnonzero(judgement.rejected | judgement.to_confirm).tolist():
        waits = bool(judgement.to_confirm[position])
        for issue in judgement.of(position):
            kind = CATALOGUE[issue.code]
            if issue.severity is Severity.ERROR or (waits and kind.confirm):
                title = f"{kind.title}, not confirmed" if kind.confirm else kind.title
                counted.setdefault(title, set()).add(position)
    return sorted(((title, len(rows)) for title, rows in counted.items()), key=lambda r: (-r[1], r[0]))


def _queue_mail(
    session: Session, user: CurrentUser, receipt: Receipt, reasons: list[tuple[str, int]]
) -> None:
    composed = wording.compose_result(
        receipt,
        recipient_name=user.name,
        reasons=reasons,
        report_url=report_url(receipt.batch_id),
        company=settings().company,
        type=ALL[receipt.type_slug],
    )
    mail_queue.queue(
        session, user_id=user.id, recipient=user.email, batch_id=receipt.batch_id, composed=composed
    )


def report_url(batch_id: str) -> str:
    """The address of a batch's report page."""
    return f"{settings().public_url}/report?batch={batch_id}"
