"""The chain of the audit trail: each entry's hash holds that of the entry before, so that nothing is taken
out, changed or put in between unnoticed.

An entry gets its seal, its place in the chain and its hash, in the transaction that writes it, as the last
thing before the commit (`seal`, called by `database.transaction`). The row of `audit_head` is the lock under
which places are given: other writers wait for the time of a commit. Chained as it is inserted, an entry would
make them wait for whatever its transaction does after that; chained later by a job of its own, it could be
taken away unnoticed until that runs. `audit_head` also says how long the chain is and how it ends: whoever
takes the last entries away with their seals leaves a head that says more.

What that costs (two writers at once that do nothing but record, on two busy processors): on SQLite, where
nobody writes beside anybody, 65 transactions a second with seals and 67 without; on PostgreSQL with fsync 127
and 247, as two commits no longer share one. The median edit of a sheet of 5,000 rows takes 1 ms longer on
SQLite, and 10 ms where two edit at once on PostgreSQL.

Who may change the tables' triggers can also make the whole chain anew. Against that helps only a hash that
was noted elsewhere: `python -m komet_import audit verify` tells that of the last entry, and holds an earlier
one against the chain (`--seal`).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, func, insert, select, update
from sqlmodel import Session, col

from komet_import.clock import told_time
from komet_import.ledger.models import AuditEntry, AuditHead, AuditSeal, Edit

BEGINNING = "0" * 64
"""What stands before the first entry."""
AT_ONCE = 5_000
"""Entries that are read at once when all of them are looked at."""
_WAITING = "audit entries without a seal"


@dataclass(frozen=True, kw_only=True)
class Content:
    """All that an entry says, as it is hashed. `at` has a time zone, `details` is JSON."""

    id: int
    at: datetime
    user_id: int | None
    action: str
    subject: str
    address: str
    details: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """The first thing that is wrong with the trail: a code, and one sentence that names the row."""

    code: str
    message: str
    entry: int | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a look at the whole trail found; `seal` is the hash of the last entry, as the head has it."""

    entries: int
    seal: str
    fault: Fault | None = None


def link(before: str, entry: Content) -> str:
    """The hash of an entry that follows the one with the hash `before`; in hexadecimal digits."""
    said = [
        before,
        entry.id,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.user_id,
        entry.action,
        entry.subject,
        entry.address,
        entry.details,
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def digest(changes: Mapping[str, Any]) -> str:
    """The hash of a step's changes as the journal keeps them: so an entry holds the journal fast as well."""
    return hashlib.sha256(json.dumps(changes, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def to_be_sealed(session: Session, entry: Content) -> None:
    """This entry, inserted in this transaction, gets its seal at its end."""
    session.info.setdefault(_WAITING, []).append(entry)


def seal(session: Session) -> None:
    """Give the entries of this transaction their places in the chain. Called last: other writers of the
    audit trail wait from here to the commit.
    """
    waiting: list[Content] = session.info.pop(_WAITING, [])
    if not waiting:
        return
    session.flush()
    head = session.execute(select(AuditHead).with_for_update()).scalar_one()
    place, before, seals = head.entries, head.hash, []
    for entry in waiting:
        place, before = place + 1, link(before, entry)
        seals.append({"place": place, "entry_id": entry.id, "hash": before})
    session.execute(insert(AuditSeal), seals)
    session.execute(
        update(AuditHead).values(entries=place, hash=before).execution_options(synchronize_session=False)
    )


def verify(session: Session, *, noted: str = "") -> Verdict:
    """Look at every entry, its seal and the steps of the journal that entries name, up to the first fault.

    `noted` is the seal of an earlier verdict, which must be in the chain. Others may write meanwhile: what
    they add is not looked at.
    """
    head = session.execute(select(AuditHead)).scalar_one_or_none()
    if head is None:
        return Verdict(
            entries=0, seal="", fault=Fault(code="no-head", message="The head of the chain is gone.")
        )
    fault = (
        _in_the_chain(session, head)
        or _beside_the_chain(session)
        or _in_the_journal(session)
        or _of_the_noted(session, noted)
    )
    return Verdict(entries=head.entries, seal=head.hash, fault=fault)


def _in_the_chain(session: Session, head: AuditHead) -> Fault | None:
    before, last = BEGINNING, ""
    place = 0
    for seal, entry in _sealed(session, head.entries):
        place += 1
        if seal.place != place:
            return Fault(
                code="missing", message=f"The seals {place:,} to {seal.place - 1:,} are missing{last}."
            )
        if entry is None:
            return Fault(
                code="missing", entry=seal.entry_id, message=f"Entry {seal.entry_id:,} is missing{last}."
            )
        if link(before, content(entry)) != seal.hash:
            return Fault(
                code="changed",
                entry=entry.id,
                message=f"{_named(entry)} was changed after it was written{last}.",
            )
        before, last = seal.hash, f"; the one before is of {told_time(entry.at)}"
    if place != head.entries:
        missing = head.entries - place
        return Fault(
            code="missing", message=f"The last {missing:,} of {head.entries:,} entries are missing{last}."
        )
    if before != head.hash:
        return Fault(code="changed", message=f"The head of the chain does not fit its last entry{last}.")
    return None


def _sealed(session: Session, longest: int) -> Iterator[tuple[AuditSeal, AuditEntry | None]]:
    """The seals in order, with their entries where those are there."""
    after = 0
    while True:
        found = session.execute(
            select(AuditSeal, AuditEntry)
            .outerjoin(AuditEntry, col(AuditEntry.id) == col(AuditSeal.entry_id))
            .where(col(AuditSeal.place) > after, col(AuditSeal.place) <= longest)
            .order_by(col(AuditSeal.place))
            .limit(AT_ONCE)
        ).all()
        yield from ((seal, entry) for seal, entry in found)
        session.expunge_all()
        if len(found) < AT_ONCE:
            return
        after = found[-1][0].place


def _beside_the_chain(session: Session) -> Fault | None:
    """An entry that was put in past the program has no seal; seals beyond the head nobody gave."""
    added = session.execute(
        select(AuditEntry)
        .outerjoin(AuditSeal, col(AuditSeal.entry_id) == col(AuditEntry.id))
        .where(col(AuditSeal.place).is_(None))
        .order_by(col(AuditEntry.id))
        .limit(1)
    ).scalar_one_or_none()
    if added is not None:
        return Fault(
            code="added",
            entry=added.id,
            message=f"{_named(added)} has no seal: the program did not write it.",
        )
    beyond = session.execute(
        select(func.count()).where(col(AuditSeal.place) > select(col(AuditHead.entries)).scalar_subquery())
    ).scalar_one()
    if beyond:
        return Fault(code="added", message=f"The chain goes on beyond its head: {beyond:,} seals were added.")
    return None


def _in_the_journal(session: Session) -> Fault | None:
    """A step of a journal that is not what the trail says of it."""
    steps = session.execute(
        select(AuditEntry, col(Edit.changes), col(Edit.user_id))
        .outerjoin(
            Edit,
            and_(
                col(Edit.batch_id) == col(AuditEntry.subject),
                col(Edit.seq) == col(AuditEntry.details)["step"].as_integer(),
            ),
        )
        .where(col(AuditEntry.details)["changes_sha256"].as_string().is_not(None))
        .order_by(col(AuditEntry.id))
        .execution_options(yield_per=500)
    )
    for entry, changes, user_id in steps:
        if changes is None:
            return Fault(
                code="missing", entry=entry.id, message=f"{_named(entry)} tells of an edit that is missing."
            )
        if digest(changes) != entry.details["changes_sha256"] or user_id != entry.user_id:
            return Fault(
                code="changed", entry=entry.id, message=f"{_named(entry)} tells of an edit that was changed."
            )
    return None


def _of_the_noted(session: Session, noted: str) -> Fault | None:
    if not noted or session.execute(select(AuditSeal).where(col(AuditSeal.hash) == noted)).first():
        return None
    return Fault(
        code="another-chain", message="The seal that was noted is not in the chain: it was made anew."
    )


def content(entry: AuditEntry) -> Content:
    """What a stored entry says."""
    assert entry.id is not None, "a stored entry has an id"  # noqa: S101
    return Content(
        id=entry.id,
        at=entry.at,
        user_id=entry.user_id,
        action=entry.action,
        subject=entry.subject,
        address=entry.address,
        details=entry.details,
    )


def _named(entry: AuditEntry) -> str:
    about = f" of {entry.subject}" if entry.subject else ""
    return f"Entry {entry.id:,} ({entry.action}{about}, {told_time(entry.at)})"
