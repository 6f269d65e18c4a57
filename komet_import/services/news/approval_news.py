"""What is recorded and mailed of a request for approval, in the transaction of what became of it."""

from collections.abc import Callable, Iterable, Mapping

from sqlmodel import Session

from komet_import.access import users
from komet_import.access.readers import RECORD, Reader, reader
from komet_import.access.users import CurrentUser
from komet_import.language import _, marked
from komet_import.ledger import audit
from komet_import.ledger.audit import Event
from komet_import.ledger.models import Batch
from komet_import.outbox.mail import wording
from komet_import.outbox.mail.wording import Composed, Fact
from komet_import.services.news.mails import queue_mail
from komet_import.settings import settings
from komet_import.types import ALL
from komet_import.types.money import money


def review_url(batch_id: str) -> str:
    """The address of a draft's Review page."""
    return f"{settings().public_url}/review?batch={batch_id}"


def asked(batch: Batch) -> str:
    """What was asked to be posted: `37 credits · $8,310.50`."""
    amount = "" if batch.asked_amount is None else f" · {money(batch.asked_amount)}"
    return ALL[batch.type].counted(batch.asked_rows or 0) + amount


def sent(
    session: Session,
    by: CurrentUser,
    batch: Batch,
    approvers: Iterable[CurrentUser],
    facts: Mapping[Reader, Mapping[str, Fact]],
) -> None:
    """Somebody asks for approval: those who may give it are told what they decide about."""
    told = {"rows": batch.asked_rows, "amount": batch.asked_amount, "why": facts[RECORD]["Why"]}
    audit.record(session, what=Event.SENT_FOR_APPROVAL, by=by.id, about=batch.id, details=told)
    for person in approvers:
        mail(
            session,
            person,
            batch,
            rows=batch.asked_rows or 0,
            url=review_url(batch.id),
            outcome=marked("waiting for your approval"),
            headline=lambda: _("{name} asks you to approve {asked}.", name=by.name, asked=asked(batch)),
            facts=facts[reader(person)],
            button=marked("Review and approve"),
        )


def withdrawn(session: Session, by: CurrentUser, batch: Batch) -> None:
    """Who asked, or a colleague, asks no longer."""
    audit.record(session, what=Event.APPROVAL_WITHDRAWN, by=by.id, about=batch.id)
    _tell_preparer(
        session,
        by,
        batch,
        outcome=marked("approval withdrawn"),
        headline=lambda: _("{name} withdrew your request for approval.", name=by.name),
        facts={},
    )


def voided(session: Session, by: CurrentUser, batch: Batch) -> None:
    """Somebody edited what waited: it is to be sent again. `batch` is the one that waited."""
    audit.record(session, what=Event.APPROVAL_VOIDED, by=by.id, about=batch.id)
    _tell_preparer(
        session,
        by,
        batch,
        outcome=marked("changed, no longer waiting for approval"),
        headline=lambda: _(
            "{name} changed the sheet, so it no longer waits for approval. Send it again.", name=by.name
        ),
        facts={},
    )


def returned(session: Session, by: CurrentUser, batch: Batch, reason: str) -> None:
    """The second person wants something changed: who prepared it is told why."""
    told = {"reason": reason, "rows": batch.asked_rows, "amount": batch.asked_amount}
    audit.record(session, what=Event.RETURNED, by=by.id, about=batch.id, details=told)
    _tell_preparer(
        session,
        by,
        batch,
        outcome=marked("returned"),
        headline=lambda: _(
            "{name} returned {asked}; nothing was imported.", name=by.name, asked=asked(batch)
        ),
        facts={marked("Reason"): reason},
    )


def _tell_preparer(
    session: Session,
    by: CurrentUser,
    batch: Batch,
    *,
    outcome: str,
    headline: Callable[[], str],
    facts: Mapping[str, Fact],
) -> None:
    """Mail who asked, unless it is their own doing or they are gone."""
    person = users.current(session, batch.prepared_by or 0)
    if person is not None and person.id != by.id:
        mail(
            session,
            person,
            batch,
            rows=batch.asked_rows or 0,
            url=review_url(batch.id),
            outcome=outcome,
            headline=headline,
            facts=facts,
            button=marked("Open the draft"),
        )


def mail(
    session: Session,
    person: CurrentUser,
    batch: Batch,
    *,
    rows: int,
    url: str,
    outcome: str,
    headline: Callable[[], str],
    facts: Mapping[str, Fact],
    button: str,
) -> None:
    """Queue a mail about a request, of so many rows, that leads to `url`, in the language of that person:
    `outcome`, `button` and the names of the facts are marked, `headline` is told then.
    """
    type = ALL[batch.type]

    def composed() -> Composed:
        return wording.compose_approval(
            outcome=f"{type.counted(rows)} {_(outcome)}",
            headline=headline(),
            facts={_(name): fact for name, fact in facts.items()},
            button=_(button),
            file_name=batch.file_name,
            recipient_name=person.name,
            url=url,
            company=settings().told_company,
            type=type,
        )

    queue_mail(session, person, composed, batch_id=batch.id)
