"""The accounting periods: months of the past that are closed, so that nothing is posted that is dated in them
(docs/komet-sales.md §5).

Every function works inside a transaction of the caller's and refuses in one sentence. That a month is closed
or open again moves the facts on (`reference.Stamp`, by triggers): every open draft is judged again, and a
posting that was judged before is too. Who did it (`by`, the id of a user) goes into the audit trail with the
change, in one commit.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from komet_import.clock import today
from komet_import.language import _, marked
from komet_import.ledger import audit, reasons
from komet_import.ledger.audit import Event
from komet_import.ledger.models import ClosedMonth, User, now
from komet_import.refusal import Refusal, quoted
from komet_import.review.months import before, month_of, named

LONGEST_NOTE = reasons.LONGEST
OFFERED = 24
"""Open months of the past that a page offers to close; the terminal takes any."""
_WRITTEN = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A closed month: by whom, when, and why."""

    month: date
    note: str
    by: str
    at: datetime

    @property
    def name(self) -> str:
        """`March 2026`."""
        return named(self.month)


@dataclass(frozen=True, kw_only=True)
class Periods:
    """The closed months, and the open ones that may be closed; newest first."""

    closed: tuple[Closed, ...]
    open: tuple[date, ...]


def all(session: Session) -> Periods:
    """Every closed month, and the open months of the last two years."""
    query = (
        select(ClosedMonth, col(User.name))
        .join(User, col(User.id) == col(ClosedMonth.closed_by))
        .order_by(col(ClosedMonth.month).desc())
    )
    closed = tuple(
        Closed(month=kept.month, note=kept.note, by=name, at=kept.closed_at)
        for kept, name in session.execute(query)
    )
    shut, month, past = {line.month for line in closed}, month_of(today()), []
    for _month in range(OFFERED):
        month = before(month)
        past.append(month)
    return Periods(closed=closed, open=tuple(month for month in past if month not in shut))


def written(text: str) -> date:
    """The month that somebody wrote as `2026-03`. Raises Refusal `bad-month`."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None or found[1] == "0000":
        raise Refusal(
            "bad-month",
            _("{words} is not a month; write it as YYYY-MM, such as 2026-03.", words=quoted(text)),
        )
    return date(int(found[1]), int(found[2]), 1)


def close(session: Session, *, month: date, note: str, by: int) -> str:
    """Close a month of the past; returns the note as it is kept.

    Raises Refusal `not-past`, `already-closed`, `note-missing` and `note-too-long`.
    """
    month, note = month_of(month), _checked(note, "closed")
    if month >= month_of(today()):
        raise Refusal(
            "not-past", _("{month} is not over yet; only past months can be closed.", month=named(month))
        )
    session.add(ClosedMonth(month=month, note=note, closed_by=by, closed_at=now()))
    try:
        session.flush()
    except IntegrityError:
        raise Refusal("already-closed", _("{month} is closed already.", month=named(month))) from None
    _record(session, Event.PERIOD_CLOSED, month, by, note)
    return note


def reopen(session: Session, *, month: date, note: str, by: int) -> str:
    """Open a closed month again; returns the note. Raises Refusal `not-closed`, and those of the note."""
    month, note = month_of(month), _checked(note, "reopened")
    gone: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        delete(ClosedMonth).where(col(ClosedMonth.month) == month)
    )
    if not gone.rowcount:
        raise Refusal("not-closed", _("{month} is not closed.", month=named(month)))
    _record(session, Event.PERIOD_REOPENED, month, by, note)
    return note


def _record(session: Session, what: Event, month: date, by: int, note: str) -> None:
    before, after = ("open", "closed") if what is Event.PERIOD_CLOSED else ("closed", "open")
    told = {"before": {"state": before}, "after": {"state": after}, "note": note}
    audit.record(session, what=what, by=by, about=f"{month:%Y-%m}", details=told)


def _checked(typed: str, done: str) -> str:
    missing = _("Enter a note that says why the month is {done}.", done=_(done))
    return reasons.given(typed, noun=marked("note"), missing=missing)
