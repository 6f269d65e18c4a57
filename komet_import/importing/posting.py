"""Posting a draft: the ledger, the rejected rows, the audit entry and the mail in one transaction."""

from dataclasses import replace

import numpy as np
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from komet_import.access.users import CurrentUser
from komet_import.importing.desk import DESK, current, facts_now, require_right, visible
from komet_import.ledger import database, posting, reference
from komet_import.ledger.posting import PostingRefusal
from komet_import.ledger.receipt import Receipt, Tally
from komet_import.mail import messages, outbox
from komet_import.review.issues import CATALOGUE
from komet_import.review.validation import Judgement
from komet_import.settings import settings
from komet_import.types import ALL

ATTEMPTS = 8
"""Each attempt that fails means that another posting went through; so many in one moment are not people."""


def post(
    user: CurrentUser,
    batch_id: str,
    *,
    promised: Tally | None = None,
    even_nothing: bool = False,
    progress: posting.Progress = lambda done: None,
) -> Receipt:
    """Post what is ready, keep the rest with its reasons, queue the mail: all of it or nothing.

    `promised` is what the button said; where the facts have changed since, nothing is posted and
    PostingRefusal `draft-changed` says so. With `even_nothing` a sheet without a single ready row is closed
    as well, so that its report and mail exist (the terminal's way).
    Raises PostingRefusal and Refusal otherwise as `ledger.posting.post`.
    """
    with DESK.busy(batch_id):
        for left in reversed(range(ATTEMPTS)):
            try:
                receipt = _post_once(user, batch_id, promised, even_nothing, progress)
                break
            except IntegrityError:
                # Another posting took one of the credit numbers in the same moment: judge again with it.
                DESK.drop(batch_id)
                if not left:
                    raise
        DESK.drop(batch_id)
    return receipt


def _post_once(
    user: CurrentUser,
    batch_id: str,
    promised: Tally | None,
    even_nothing: bool,
    progress: posting.Progress,
) -> Receipt:
    with database.transaction() as session:
        batch = visible(session, user, batch_id)
        fresh = require_right(session, user, ALL[batch.type])
        opened = current(session, batch)
        facts, judgement = facts_now(session, opened.draft, reference.load_directory(session))
        progress(0.05)
        rows, amount = judgement.tally(judgement.ready)
        if promised is not None and promised != Tally(rows=rows, amount=amount):
            DESK.keep(replace(opened, judgement=judgement, reference=facts))
            raise PostingRefusal(
                "draft-changed",
                "The sheet, the customers or the ledger changed since you looked; check the new numbers.",
            )
        receipt = posting.post(
            session,
            batch_id=batch_id,
            revision=opened.batch.revision,
            draft=opened.draft,
            judgement=judgement,
            user_id=fresh.id,
            user_name=fresh.name,
            even_nothing=even_nothing,
            progress=progress,
        )
        _queue_mail(session, fresh, receipt, judgement)
    return receipt


def _queue_mail(session: Session, user: CurrentUser, receipt: Receipt, judgement: Judgement) -> None:
    counted: dict[str, set[int]] = {}
    for position in np.flatnonzero(judgement.rejected).tolist():
        for issue in judgement.of(position):
            if str(issue.severity) == "error":
                counted.setdefault(CATALOGUE[issue.code].title, set()).add(position)
    reasons = sorted(((title, len(rows)) for title, rows in counted.items()), key=lambda r: (-r[1], r[0]))
    composed = messages.compose_result(
        receipt,
        recipient_name=user.name,
        reasons=reasons,
        report_url=report_url(receipt.batch_id),
        company=settings().company,
        type=ALL[receipt.type_slug],
    )
    outbox.queue(session, user_id=user.id, recipient=user.email, batch_id=receipt.batch_id, composed=composed)


def report_url(batch_id: str) -> str:
    """The address of a batch's report page."""
    return f"{settings().public_url}/report?batch={batch_id}"
