"""The mail that tells what became of an import."""

import numpy as np
from sqlmodel import Session

from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger.receipt import Receipt
from komet_import.outbox.mail import result
from komet_import.outbox.mail.wording import Composed
from komet_import.review.catalogue import CATALOGUE, Severity
from komet_import.review.judgement import Judgement
from komet_import.services.news.mails import queue_mail
from komet_import.settings import settings
from komet_import.types import ALL

Counted = list[tuple[str, bool, int]]
"""Why rows are rejected: what that is called, whether it could have been confirmed, how many rows."""


def counted_reasons(judgement: Judgement) -> Counted:
    """Count, in whatever language the mail will be."""
    rows: dict[tuple[str, bool], set[int]] = {}
    to_confirm = judgement.to_confirm
    for position in np.flatnonzero(judgement.rejected | to_confirm).tolist():
        waits = bool(to_confirm[position])
        for issue in judgement.of(position):
            kind = CATALOGUE[issue.code]
            if issue.severity is Severity.ERROR or (waits and judgement.asks(issue)):
                rows.setdefault((kind.title, kind.confirm), set()).add(position)
    return [(title, confirm, len(of_it)) for (title, confirm), of_it in rows.items()]


def reasons_of(counted: Counted) -> list[tuple[str, int]]:
    """Why rows are rejected, most frequent first, and how many for each reason."""
    told = [
        (_("{title}, not confirmed", title=_(title)) if confirm else _(title), rows)
        for title, confirm, rows in counted
    ]
    return sorted(told, key=lambda reason: (-reason[1], reason[0]))


def queue_result(session: Session, user: CurrentUser, receipt: Receipt, counted: Counted) -> None:
    """Queue the mail that tells somebody of a posting, in the transaction of that."""

    def composed() -> Composed:
        return result.compose_result(
            receipt,
            recipient_name=user.name,
            reasons=reasons_of(counted),
            report_url=report_url(receipt.batch_id),
            company=settings().told_company,
            type=ALL[receipt.type_slug],
        )

    queue_mail(session, user, composed, batch_id=receipt.batch_id)


def report_url(batch_id: str) -> str:
    """The address of a batch's report page."""
    return f"{settings().public_url}/report?batch={batch_id}"
