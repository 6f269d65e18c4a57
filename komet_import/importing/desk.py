"""The drafts at hand: from the database, judged, kept in memory while they are true.

Who may see a batch is asked here as well, so that no use case can forget it.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary

from sqlalchemy import insert, select
from sqlmodel import Session, col

from komet_import.access import roles, users
from komet_import.access.users import CurrentUser
from komet_import.importing import remembering
from komet_import.ledger import corrections, database, posting, reference
from komet_import.ledger.models import (
    AuditEntry,
    Batch,
    BatchFile,
    BatchStatus,
    Edit,
    User,
    now,
)
from komet_import.ledger.posting import PostingRefusal
from komet_import.ledger.receipt import Tally
from komet_import.ledger.reference import Stamp
from komet_import.refusal import Refusal
from komet_import.review.draft import Draft
from komet_import.review.edits import Changes
from komet_import.review.issues import Issue
from komet_import.review.reference import Directory, Posted, Reference
from komet_import.review.validation import Judgement, colliding, judge, rejudge, total_lines_left_out
from komet_import.settings import settings
from komet_import.sheets import headers
from komet_import.sheets.sheet import Header, Worksheet
from komet_import.types import ALL, ImportType

KEPT_ROWS = 600_000
"""Rows of judged drafts that one server keeps in memory: about a gigabyte at the most."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of work on a draft, for the list of edits."""

    seq: int
    label: str
    by: str
    at: datetime
    undone: bool
    dropped: bool
    changes: Changes


@dataclass(frozen=True, kw_only=True, eq=False)
class Opened:
    """A draft as it stands now, judged. `batch` is detached from the database."""

    batch: Batch
    type: ImportType
    uploaded_by: str
    draft: Draft
    judgement: Judgement
    reference: Reference
    stamp: Stamp
    steps: tuple[Step, ...]

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return any(not step.undone for step in self.steps)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back and nothing was done since."""
        return any(step.undone and not step.dropped for step in self.steps)

    @property
    def counted(self) -> Tally:
        """What counts of the sheet as it stands now, as `Receipt.counted`."""
        rows, amount = self.judgement.tally(~total_lines_left_out(self.draft, self.judgement))
        return Tally(rows=rows, amount=amount)


class Terminal:
    """Who asks at the server's terminal, where reading needs no user: they have the database anyway."""


TERMINAL = Terminal()
Asking = CurrentUser | Terminal


class _Desk:
    """The judged drafts that this process keeps at hand, least recently used ones put away first."""

    def __init__(self) -> None:
        self._opened: OrderedDict[str, Opened] = OrderedDict()
        self._lock = threading.Lock()
        self._busy: WeakValueDictionary[str, threading.RLock] = WeakValueDictionary()

    def get(self, batch_id: str) -> Opened | None:
        with self._lock:
            if batch_id in self._opened:
                self._opened.move_to_end(batch_id)
            return self._opened.get(batch_id)

    def keep(self, opened: Opened) -> None:
        with self._lock:
            self._opened[opened.batch.id] = opened
            self._opened.move_to_end(opened.batch.id)
            while len(self._opened) > 1 and sum(len(o.draft.rows) for o in self._opened.values()) > KEPT_ROWS:
                self._opened.popitem(last=False)

    def drop(self, batch_id: str) -> None:
        with self._lock:
            self._opened.pop(batch_id, None)

    def busy(self, batch_id: str) -> threading.RLock:
        """One lock for each batch: two tabs of one draft judge it one after the other."""
        with self._lock:
            lock = self._busy.get(batch_id)
            if lock is None:
                lock = self._busy[batch_id] = threading.RLock()
            return lock


DESK = _Desk()
_directories: dict[str, tuple[Stamp, Directory]] = {}


def directory_now(session: Session) -> tuple[Directory, Stamp]:
    """Customers and locations of now, from memory where nothing has changed."""
    url, stamp = settings().database, reference.stamp(session)
    kept = _directories.get(url)
    # The last parts of the stamp are the ledger and the day: they do not change the directory.
    if kept is None or kept[0][:-2] != stamp[:-2]:
        kept = _directories[url] = (stamp, reference.load_directory(session))
    return kept[1], stamp


def judged(
    session: Session,
    batch: Batch,
    type: ImportType,
    uploaded_by: str,
    worksheet: Worksheet,
    header: Header,
    steps: Sequence[Step],
    directory: Directory,
    stamp: Stamp,
) -> Opened:
    """A draft from its file and its journal, judged against the facts of now."""
    sheet = headers.arrange(worksheet, header, type)
    draft = Draft.of(
        sheet,
        type,
        multi_location=directory.multi_location,
        worksheet=worksheet,
        remembered=remembering.recall(session, type, header),
        origins=corrections.origins(session, batch, sheet.name, sheet.keys),
    )
    for step in steps:
        if not step.undone:
            draft = draft.apply(step.changes)
    facts, judgement = facts_now(session, draft, directory)
    return Opened(
        batch=batch,
        type=type,
        uploaded_by=uploaded_by,
        draft=draft,
        judgement=judgement,
        reference=facts,
        stamp=stamp,
        steps=tuple(steps),
    )


def facts_now(session: Session, draft: Draft, directory: Directory) -> tuple[Reference, Judgement]:
    """Judge a draft, first without the ledger, then the rows that may collide with it again."""
    judgement = judge(draft, reference.load(directory, Posted()))
    facts = reference.load(directory, reference.load_posted(session, draft, judgement))
    return facts, rejudge(judgement, draft, facts, colliding(judgement, draft, facts.posted))


def view(user: CurrentUser, batch_id: str) -> Opened:
    """The draft as it stands now. Raises Refusal `not-found`, or PostingRefusal once it is no draft."""
    with DESK.busy(batch_id), database.reading() as session:
        return current(session, visible(session, user, batch_id))


def current(session: Session, batch: Batch) -> Opened:
    """From memory where it is still true, else brought up to date."""
    if batch.status != BatchStatus.DRAFT:
        DESK.drop(batch.id)
        raise no_draft(batch)
    directory, stamp = directory_now(session)
    kept = DESK.get(batch.id)
    # A company that opens its second location needs a column more, so the draft is made anew.
    if (
        kept is not None
        and kept.batch.revision == batch.revision
        and kept.reference.directory.multi_location == directory.multi_location
    ):
        if kept.stamp == stamp:
            return kept
        facts, judgement = facts_now(session, kept.draft, directory)
        fresh = replace(kept, batch=batch, judgement=judgement, reference=facts, stamp=stamp)
    else:
        fresh = _loaded(session, batch, directory, stamp)
    session.expunge(batch)
    DESK.keep(fresh)
    return fresh


def _loaded(session: Session, batch: Batch, directory: Directory, stamp: Stamp) -> Opened:
    stored = session.execute(
        select(col(BatchFile.worksheet)).where(col(BatchFile.batch_id) == batch.id)
    ).scalar_one()
    header = _header(batch.reading["header"])
    return judged(
        session,
        batch,
        ALL[batch.type],
        name_of(session, batch.uploaded_by),
        Worksheet.from_bytes(stored),
        header,
        _steps(session, batch.id),
        directory,
        stamp,
    )


def _header(stored: dict[str, Any]) -> Header:
    return Header(**{**stored, "ignored": tuple(stored["ignored"])})


def _steps(session: Session, batch_id: str) -> list[Step]:
    query = (
        select(Edit, col(User.name))
        .join(User, col(User.id) == col(Edit.user_id))
        .where(col(Edit.batch_id) == batch_id)
        .order_by(col(Edit.seq))
    )
    return [
        Step(
            seq=edit.seq,
            label=edit.label,
            by=name,
            at=edit.at,
            undone=edit.undone_at is not None,
            dropped=edit.dropped,
            changes=Changes.from_json(edit.changes),
        )
        for edit, name in session.execute(query)
    ]


def name_of(session: Session, user_id: int) -> str:
    return session.execute(select(col(User.name)).where(col(User.id) == user_id)).scalar_one_or_none() or ""


def no_draft(batch: Batch) -> PostingRefusal:
    if batch.status == BatchStatus.DISCARDED:
        return PostingRefusal(
            "discarded",
            f"“{batch.file_name}” was deleted. Deleted drafts can be restored on the Data import page for "
            "30 days.",
            batch.id,
        )
    return posting.already_imported(batch)


def require_right(session: Session, user: CurrentUser, type: ImportType) -> CurrentUser:
    """The user with the rights of now. Raises Refusal `no-right`."""
    fresh = users.current(session, user.id)
    if fresh is None or not roles.may_import(fresh, type):
        raise Refusal("no-right", f"Your roles do not allow importing {type.title}; ask an administrator.")
    return fresh


def require_active(session: Session, user: CurrentUser) -> CurrentUser:
    """The user with the rights of now. Raises Refusal `no-right` for who may not sign in any more."""
    fresh = users.current(session, user.id)
    if fresh is None:
        raise Refusal("no-right", "You are deactivated; ask an administrator.")
    return fresh


def require_admin(session: Session, user: CurrentUser) -> CurrentUser:
    """The same for what only an Admin may do. Raises Refusal `no-right`."""
    fresh = require_active(session, user)
    if not roles.is_admin(fresh):
        raise Refusal("no-right", "Only an Admin can do this; ask one.")
    return fresh


def require_asking(session: Session, user: Asking, type: ImportType) -> None:
    """The same for what the terminal may ask too. Raises Refusal `no-right`."""
    if not isinstance(user, Terminal):
        require_right(session, user, type)


def visible(session: Session, user: CurrentUser, batch_id: str) -> Batch:
    """A batch that this user may see; otherwise the same answer as for one that does not exist."""
    batch: Batch | None = None
    if batch_id.isalnum():  # as an id is; PostgreSQL does not take every text
        batch = session.execute(select(Batch).where(col(Batch.id) == batch_id)).scalar_one_or_none()
    fresh = users.current(session, user.id)
    if batch is None or fresh is None or not roles.may_import(fresh, ALL[batch.type]):
        raise Refusal("not-found", "There is no such import, or you may not see it.")
    return batch


def audit(session: Session, user: CurrentUser, action: str, subject: str, details: dict[str, Any]) -> None:
    entry = {"at": now(), "user_id": user.id, "action": action, "subject": subject, "details": details}
    session.execute(insert(AuditEntry).values(**entry))


def issues(opened: Opened) -> list[Issue]:
    """Every issue of the rows that are not left out, in the order of the sheet."""
    judgement = opened.judgement
    left_out = set(judgement.numbers[judgement.left_out].tolist())
    return [issue for issue in judgement.all() if issue.row not in left_out]
