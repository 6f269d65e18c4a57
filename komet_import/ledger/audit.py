"""The audit trail: the one place that writes who did what, when and from where.

Every use case that changes something, lets somebody in or gives a file away calls `record` in its
transaction, so that both hold or neither does. Entries are never changed or removed (triggers), and chained
(`audit_chain`). A sign-in that was refused is counted elsewhere (`access.throttle`) and is no entry:
strangers could fill the trail, which nobody may clear.

What was changed stands in `details` as two objects, `before` and `after`, with the same names; money is in
whole thousandths, under a name that begins with `amount`.
"""

import json
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import datetime
from enum import StrEnum
from ipaddress import ip_address
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col

from komet_import.language import marked
from komet_import.ledger import audit_chain
from komet_import.ledger.models import AuditEntry, now


class Event(StrEnum):
    """What can be recorded, as it is kept."""

    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    SIGNED_OUT_EVERYWHERE = "signed-out-everywhere"
    BROWSER_FORGOTTEN = "browser-forgotten"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105
    UPLOADED = "upload"
    EDITED = "edit"
    ANSWERED = "answer"
    CONFIRMED = "confirm"
    UNDONE = "undo"
    REDONE = "redo"
    LAYOUT_FORGOTTEN = "layout-forgotten"
    VALUES_KEPT = "values-remembered"
    VALUE_FORGOTTEN = "value-forgotten"
    EXPECTED = "expect"
    OVERRIDDEN = "override-totals"
    DISCARDED = "discard"
    RESTORED = "restore-draft"
    POSTED = "post"
    SENT_FOR_APPROVAL = "send-for-approval"
    APPROVAL_WITHDRAWN = "withdraw-approval"
    APPROVAL_VOIDED = "void-approval"
    APPROVED = "approve"
    RETURNED = "return"
    REVERSED = "reverse"
    REVERSAL_ASKED = "ask-reversal"
    REVERSAL_WITHDRAWN = "withdraw-reversal"
    REVERSAL_RETURNED = "return-reversal"
    ROWS_DROPPED = "drop-rows"
    ROWS_TAKEN_BACK = "take-back-rows"
    DOWNLOADED = "download"
    USER_ADDED = "user-added"
    ROLES_CHANGED = "roles-changed"
    PASSWORD_RESET = "password-reset"  # noqa: S105
    USER_DEACTIVATED = "user-deactivated"
    USER_REACTIVATED = "user-reactivated"
    LOCATION_ADDED = "location-added"
    LOCATION_CHANGED = "location-changed"
    LOCATION_REMOVED = "location-removed"
    PERIOD_CLOSED = "period-closed"
    PERIOD_REOPENED = "period-reopened"
    MAIL_AGAIN = "mail-again"
    MAIL_TESTED = "mail-tested"
    STARTED = "started"
    BACKED_UP = "backed-up"


TITLES: Mapping[Event, str] = {
    Event.SIGNED_IN: marked("Signed in"),
    Event.SIGNED_OUT: marked("Signed out"),
    Event.SIGNED_OUT_EVERYWHERE: marked("Signed out everywhere"),
    Event.BROWSER_FORGOTTEN: marked("Browser forgotten"),
    Event.PASSWORD_CHANGED: marked("Password changed"),
    Event.UPLOADED: marked("Uploaded"),
    Event.EDITED: marked("Edited"),
    Event.ANSWERED: marked("Question answered"),
    Event.CONFIRMED: marked("Warning confirmed"),
    Event.UNDONE: marked("Edit undone"),
    Event.REDONE: marked("Edit redone"),
    Event.LAYOUT_FORGOTTEN: marked("Layout forgotten"),
    Event.VALUES_KEPT: marked("Values remembered"),
    Event.VALUE_FORGOTTEN: marked("Value forgotten"),
    Event.EXPECTED: marked("Control total set"),
    Event.OVERRIDDEN: marked("Reason given for control totals that differ"),
    Event.DISCARDED: marked("Draft deleted"),
    Event.RESTORED: marked("Draft restored"),
    Event.POSTED: marked("Imported"),
    Event.SENT_FOR_APPROVAL: marked("Sent for approval"),
    Event.APPROVAL_WITHDRAWN: marked("Request for approval withdrawn"),
    Event.APPROVAL_VOIDED: marked("Request for approval voided by an edit"),
    Event.APPROVED: marked("Approved and imported"),
    Event.RETURNED: marked("Returned"),
    Event.REVERSED: marked("Reversed"),
    Event.REVERSAL_ASKED: marked("Reversal sent for approval"),
    Event.REVERSAL_WITHDRAWN: marked("Request for reversal withdrawn"),
    Event.REVERSAL_RETURNED: marked("Request for reversal returned"),
    Event.ROWS_DROPPED: marked("Rows dropped"),
    Event.ROWS_TAKEN_BACK: marked("Dropped rows open again"),
    Event.DOWNLOADED: marked("Downloaded"),
    Event.USER_ADDED: marked("User added"),
    Event.ROLES_CHANGED: marked("Roles changed"),
    Event.PASSWORD_RESET: marked("Password reset"),
    Event.USER_DEACTIVATED: marked("User deactivated"),
    Event.USER_REACTIVATED: marked("User reactivated"),
    Event.LOCATION_ADDED: marked("Location added"),
    Event.LOCATION_CHANGED: marked("Location changed"),
    Event.LOCATION_REMOVED: marked("Location removed"),
    Event.PERIOD_CLOSED: marked("Month closed"),
    Event.PERIOD_REOPENED: marked("Month reopened"),
    Event.MAIL_AGAIN: marked("Mail retried"),
    Event.MAIL_TESTED: marked("Test mail"),
    Event.STARTED: marked("Server started"),
    Event.BACKED_UP: marked("Backup written"),
}
"""What an entry says was done, for people."""

TERMINAL, SERVER = "terminal", "server"
"""Where something came from that came from no browser."""
_came_from: ContextVar[str] = ContextVar("came_from", default="")


def came_from(address: str) -> None:
    """From now on what this thread or request does comes from there: a client's address, or another place.

    This machine's own addresses are blank, as Streamlit has it.
    """
    _came_from.set("" if _is_this_machine(address) else address[:64])


def _is_this_machine(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def record(
    session: Session,
    *,
    what: Event,
    by: int | None,
    about: str = "",
    details: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> None:
    """Say in this transaction that something was done: by that user (None: nobody who is signed in, as at the
    terminal), about that batch, user name or code. `details` is JSON, with `before` and `after` for a change;
    `at` is given where the same moment stands elsewhere too.
    """
    told = json.loads(json.dumps(dict(details or {})))
    values: dict[str, Any] = {
        "at": at or now(),
        "user_id": by,
        "action": str(what),
        "subject": about,
        "address": _came_from.get(),
        "details": told,
    }
    made = session.execute(insert(AuditEntry).values(**values).returning(col(AuditEntry.id))).scalar_one()
    audit_chain.to_be_sealed(session, audit_chain.Content(id=int(made), **values))
