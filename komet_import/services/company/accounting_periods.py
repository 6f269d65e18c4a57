"""Accounting periods, as an Admin or Setup closes and reopens them; every Admin is told by mail."""

from datetime import date
from functools import partial

from sqlmodel import Session

from komet_import.access import roles, users
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger import database
from komet_import.ledger import periods as ledger
from komet_import.ledger.periods import Periods
from komet_import.outbox.mail import wording
from komet_import.outbox.mail.wording import Composed
from komet_import.refusal import Refusal
from komet_import.review.months import month_of, named
from komet_import.services.news.mails import queue_mail
from komet_import.services.rights import Asking, Terminal, require_active
from komet_import.settings import settings
from komet_import.types import Role


def periods(user: Asking) -> Periods:
    """The closed months, and those that may be closed. Raises Refusal `no-right`, as do the others here."""
    with database.reading() as session:
        if not isinstance(user, Terminal):
            _require(session, user)
        return ledger.all(session)


def close_period(user: CurrentUser, month: date, *, note: str) -> None:
    """Close a month of the past (`ledger.periods.close`): nothing is imported that is dated in it."""
    with database.work() as session:
        fresh = _require(session, user)
        kept = ledger.close(session, month=month, note=note, by=fresh.id)
        _tell(session, fresh, month, kept, closed=True)


def reopen_period(user: CurrentUser, month: date, *, note: str) -> None:
    """Open a closed month again (`ledger.periods.reopen`)."""
    with database.work() as session:
        fresh = _require(session, user)
        kept = ledger.reopen(session, month=month, note=note, by=fresh.id)
        _tell(session, fresh, month, kept, closed=False)


def _require(session: Session, user: CurrentUser) -> CurrentUser:
    fresh = require_active(session, user)
    if not roles.may_close_periods(fresh):
        raise Refusal("no-right", _("Only Admin and Setup can close and reopen periods; ask one of them."))
    return fresh


def _tell(session: Session, by: CurrentUser, month: date, note: str, *, closed: bool) -> None:
    """Mail each active Admin."""

    def composed(person: CurrentUser) -> Composed:
        return wording.compose_period(
            named(month_of(month)),
            closed=closed,
            by=by.name,
            note=note,
            recipient_name=person.name,
            url=f"{settings().public_url}/periods",
            company=settings().told_company,
        )

    for person in users.holding(session, [Role.ADMIN]):
        queue_mail(session, person, partial(composed, person), batch_id=None)
