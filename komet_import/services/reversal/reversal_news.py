"""What is recorded and mailed of a request for a reversal, in the transaction of what became of it.

Where it is approved, that is what any reversal records and mails (`entries.carry_out`).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session

from komet_import.access import users
from komet_import.access.readers import RECORD, Reader, reader
from komet_import.access.users import CurrentUser
from komet_import.language import _, marked
from komet_import.ledger import audit
from komet_import.ledger.audit import Event
from komet_import.ledger.models import Batch, ReversalRequest
from komet_import.outbox.mail.wording import Fact
from komet_import.services.news.approval_news import mail
from komet_import.services.news.result_mail import report_url
from komet_import.types import ALL
from komet_import.types.money import money


def sent(
    session: Session,
    by: CurrentUser,
    batch: Batch,
    request: ReversalRequest,
    approvers: Iterable[CurrentUser],
    facts: Mapping[Reader, Mapping[str, Fact]],
) -> None:
    """Somebody asks for a reversal: those who may approve it are told what they decide about."""
    told = {"reason": request.reason, "why": facts[RECORD]["Why"]}
    _record(session, Event.REVERSAL_ASKED, by, batch, request, told)
    for person in approvers:
        mail(
            session,
            person,
            batch,
            rows=request.asked_rows,
            url=report_url(batch.id),
            outcome=marked("to be reversed, waiting for your approval"),
            headline=lambda: _(
                "{name} asks you to approve the reversal of {said}.", name=by.name, said=_said(batch, request)
            ),
            facts=facts[reader(person)],
            button=marked("Look and approve"),
        )


def withdrawn(session: Session, by: CurrentUser, batch: Batch, request: ReversalRequest) -> None:
    """Who asked, asks no longer."""
    _record(session, Event.REVERSAL_WITHDRAWN, by, batch, request, {})


def returned(session: Session, by: CurrentUser, batch: Batch, request: ReversalRequest) -> None:
    """The second person does not approve it: who asked is told why."""
    _record(session, Event.REVERSAL_RETURNED, by, batch, request, {"reason": request.note})
    person = users.current(session, request.asked_by)
    if person is not None:
        mail(
            session,
            person,
            batch,
            rows=request.asked_rows,
            url=report_url(batch.id),
            outcome=marked("not reversed, request returned"),
            headline=lambda: _(
                "{name} returned your request to reverse {said}; nothing was reversed.",
                name=by.name,
                said=_said(batch, request),
            ),
            facts={marked("Reason"): request.note},
            button=marked("Open the report"),
        )


def _said(batch: Batch, request: ReversalRequest) -> str:
    """What was asked to be reversed: `37 credits · $8,310.50`."""
    return f"{ALL[batch.type].counted(request.asked_rows)} · {money(request.asked_amount)}"


def _record(
    session: Session,
    what: Event,
    by: CurrentUser,
    batch: Batch,
    request: ReversalRequest,
    told: Mapping[str, Any],
) -> None:
    details = {**told, "rows": request.asked_rows, "amount": request.asked_amount}
    if request.rows is not None:
        details["chosen"] = request.rows
    audit.record(session, what=what, by=by.id, about=batch.id, details=details)
