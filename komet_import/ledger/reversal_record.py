"""What reversals did, as the audit trail has them: when, by whom, why, and of which rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from komet_import.language import _, ngettext
from komet_import.ledger.audit import Event
from komet_import.ledger.models import AuditEntry, Batch, User
from komet_import.ledger.receipt import Tally


class AlreadyReversed(NamedTuple):
    """A row that somebody else was faster with."""

    row: int
    by: str
    at: datetime


class NotReversed(NamedTuple):
    """A row that cannot be reversed, and why."""

    row: int
    why: str


@dataclass(frozen=True, kw_only=True)
class Reversal:
    """What a reversal did: what it took back, as the sheet had it, in rows and money.

    `rows` are their Excel rows where rows were chosen, None for a whole import; `last` says that nothing of
    the import stands any more. `redated` counts, by day, the opposites of documents of a closed month.
    `asked_by` is blank where nobody asked `reversed_by` to approve it. Beside these stand the rows that were
    reversed already, and those that could not be; they are told to who asked for them, and not kept.
    """

    batch_id: str
    type_slug: str
    file_name: str
    posted_at: datetime
    reversed_at: datetime
    reversed_by: str
    reason: str
    taken_back: Tally
    rows: tuple[int, ...] | None = None
    last: bool = True
    redated: Mapping[str, int] = field(default_factory=dict)
    asked_by: str = ""
    already: tuple[AlreadyReversed, ...] = ()
    failed: tuple[NotReversed, ...] = ()

    @property
    def hands(self) -> str:
        """Who reversed it, and where that took two, who asked for it as well."""
        by = _("by {reversed_by}", reversed_by=self.reversed_by)
        return _("{by} (asked for by {asked_by})", by=by, asked_by=self.asked_by) if self.asked_by else by

    @property
    def redated_sentence(self) -> str:
        """Which opposites have another day than what they reverse; blank where none has."""
        return said_of_days(self.redated)


def said_of_days(redated: Mapping[str, int]) -> str:
    """How many opposites are dated on which other day than what they reverse; blank where none is."""
    said = [
        ngettext(
            "{count:,} is dated {day}, the first open day, because its own month is closed",
            "{count:,} are dated {day}, the first open day, because their own month is closed",
            count,
            day=day,
        )
        for day, count in redated.items()
    ]
    return f"{'; '.join(said)}." if said else ""


def details_of(reversal: Reversal) -> dict[str, Any]:
    """What the audit trail keeps of it."""
    kept: dict[str, Any] = {
        "reason": reversal.reason,
        "rows": reversal.taken_back.rows,
        "amount": reversal.taken_back.amount,
    }
    if reversal.rows is not None:
        kept |= {"chosen": list(reversal.rows), "last": reversal.last}
    if reversal.redated:
        kept["redated"] = dict(reversal.redated)
    if reversal.asked_by:
        kept["asked_by"] = reversal.asked_by
    return kept


def reversals_of(session: Session, batch: Batch) -> list[Reversal]:
    """The reversals of a batch, the first one first."""
    query = (
        select(col(AuditEntry.at), col(User.name), col(AuditEntry.details))
        .join(User, col(User.id) == col(AuditEntry.user_id))
        .where(col(AuditEntry.subject) == batch.id, col(AuditEntry.action) == Event.REVERSED)
        .order_by(col(AuditEntry.id))
    )
    return [_read(batch, at, name, details) for at, name, details in session.execute(query)]


def _read(batch: Batch, at: datetime, by: str, details: dict[str, Any]) -> Reversal:
    chosen = details.get("chosen")
    return Reversal(
        batch_id=batch.id,
        type_slug=batch.type,
        file_name=batch.file_name,
        posted_at=batch.posted_at or at,
        reversed_at=at,
        reversed_by=by,
        reason=details["reason"],
        taken_back=Tally(rows=details["rows"], amount=details["amount"]),
        rows=None if chosen is None else tuple(chosen),
        last=details.get("last", True),
        redated=details.get("redated", {}),
        asked_by=details.get("asked_by", ""),
    )
