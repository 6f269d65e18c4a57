"""The drafts at hand: from the database, judged, kept in memory while they are true.

Who may see a batch is asked here as well, so that no use case can forget it.
"""

import gc
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from weakref import WeakValueDictionary

from sqlalchemy import insert, select
from sqlalchemy.orm import aliased
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
from komet_import.ledger.reference import Stamp
from komet_import.refusal import Refusal, quoted
from komet_import.review.draft import Draft
from komet_import.review.edits import CellChange, Changes
from komet_import.review.figures import Figures, figures
from komet_import.review.issues import CATALOGUE, Issue
from komet_import.review.reference import Directory, Posted, Reference
from komet_import.review.validation import Judgement, colliding, judge, rejudge
from komet_import.settings import settings
from komet_import.sheets.layout import arrangement
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.worksheet import Worksheet
from komet_import.types import ALL, ImportType

KEPT_ROWS = 600_000
"""Rows of judged drafts that one server keeps in memory: about a gigabyte at the most."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of work on a draft, for the list of edits.

    `hand` is the user whose doing it is that the step stands, or stands no longer: who did it, or who took
    it back or did it again last.
    """

    seq: int
    label: str
    by: str
    at: datetime
    undone: bool
    dropped: bool
    changes: Changes
    hand: int
    hand_name: str


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

    @cached_property
    def figures(self) -> Figures:
        """The figures of the sheet as it stands now."""
        return figures(self.judgement)


class Terminal:
    """Who asks at the server's terminal, where reading needs no user: they have the database anyway."""


TERMINAL = Terminal()
Asking = CurrentUser | Terminal


class _Desk:
    """The judged drafts that this process keeps at hand, least recently used ones put away first.

    One that nobody has asked for in a while is put away as well: an open page asks for its own every second.
    """

    def __init__(self) -> None:
        self._opened: OrderedDict[str, Opened] = OrderedDict()
        self._used: dict[str, float] = {}
        self._lock = threading.Lock()
        self._busy: WeakValueDictionary[str, threading.RLock] = WeakValueDictionary()

    def get(self, batch_id: str) -> Opened | None:
        with self._lock:
            self._touch(batch_id)
            return self._opened.get(batch_id)

    def touch(self, batch_id: str) -> None:
        """Somebody still looks at this draft."""
        with self._lock:
            self._touch(batch_id)

    def _touch(self, batch_id: str) -> None:
        if batch_id in self._opened:
            self._opened.move_to_end(batch_id)
            self._used[batch_id] = time.monotonic()

    def keep(self, opened: Opened) -> None:
        with self._lock:
            self._opened[opened.batch.id] = opened
            self._touch(opened.batch.id)
            while len(self._opened) > 1 and sum(len(o.draft.rows) for o in self._opened.values()) > KEPT_ROWS:
                self._put_away(next(iter(self._opened)))

    def drop(self, batch_id: str) -> None:
        with self._lock:
            self._put_away(batch_id)

    def _put_away(self, batch_id: str) -> None:
        self._opened.pop(batch_id, None)
        self._used.pop(batch_id, None)

    def put_away_unused(self, *, seconds: float) -> int:
        """Put away what nobody has asked for in this time; returns how many drafts that were."""
        with self._lock:
            since = time.monotonic() - seconds
            unused = [batch_id for batch_id, used in self._used.items() if used < since]
            for batch_id in unused:
                self._put_away(batch_id)
        return len(unused)

    def busy(self, batch_id: str) -> threading.RLock:
        """One lock for each batch: two tabs of one draft judge it one after the other."""
        with self._lock:
            lock = self._busy.get(batch_id)
            if lock is None:
                lock = self._busy[batch_id] = threading.RLock()
            return lock


DESK = _Desk()
UNUSED_SECONDS = 30.0
TIDY_SECONDS = 10.0


def keep_tidy() -> Callable[[], None]:
    """Put drafts away that nobody looks at any more, until the function that is returned is called."""
    over = threading.Event()

    def tidy() -> None:
        while not over.wait(TIDY_SECONDS):
            if DESK.put_away_unused(seconds=UNUSED_SECONDS):
                gc.collect()  # what went with a page went in circles, and would stay for long

    thread = threading.Thread(target=tidy, name="tidy", daemon=True)
    thread.start()

    def stop() -> None:
        over.set()
        thread.join()

    return stop


_directories: dict[str, tuple[Stamp, Directory]] = {}


def directory_now(session: Session) -> tuple[Directory, Stamp]:
    """Customers and locations of now, from memory where nothing has changed."""
    url, stamp = settings().database, reference.stamp(session)
    kept = _directories.get(url)
    if kept is None or kept[0].directory != stamp.directory:
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
    sheet = arrangement.arrange(worksheet, header, type)
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
    with database.reading() as session:
        return current(session, visible(session, user, batch_id))


def current(session: Session, batch: Batch) -> Opened:
    """From memory where it is still true, else brought up to date."""
    if batch.status != BatchStatus.DRAFT:
        DESK.drop(batch.id)
        raise no_draft(batch)
    directory, stamp = directory_now(session)
    kept = DESK.get(batch.id)
    if kept is not None and (kept.batch.revision, kept.stamp) == (batch.revision, stamp):
        return kept
    with DESK.busy(batch.id):
        kept = DESK.get(batch.id)
        fresh = brought_up(session, batch, directory, stamp, kept)
        DESK.keep(fresh)
    return fresh


def brought_up(
    session: Session, batch: Batch, directory: Directory, stamp: Stamp, kept: Opened | None
) -> Opened:
    """A draft as it stands now, from what is kept of it as far as that goes."""
    # A company that opens its second location needs a column more, so the draft is made anew. One that is
    # newer than what was read here was edited in the meantime: it is what stands now.
    if kept is None or kept.reference.directory.multi_location != directory.multi_location:
        return _loaded(session, batch, directory, stamp)
    if kept.batch.revision < batch.revision:
        kept = _caught_up(session, kept, batch)
    if kept.stamp == stamp:
        return kept
    if (kept.stamp.directory, kept.stamp.day) == (stamp.directory, stamp.day):
        return replace(_with_the_ledger(session, kept), stamp=stamp)
    draft = traced(session, kept)
    facts, judgement = facts_now(session, draft, directory)
    return replace(kept, draft=draft, judgement=judgement, reference=facts, stamp=stamp)


def traced(session: Session, kept: Opened) -> Draft:
    """The draft with the origins that its rows have now: the same file may have been rejected meanwhile."""
    origins = corrections.origins(session, kept.batch, kept.draft.sheet.name, kept.draft.sheet.keys)
    return kept.draft if origins == kept.draft.origins else replace(kept.draft, origins=origins)


def _with_the_ledger(session: Session, kept: Opened) -> Opened:
    """Judge again the rows that met something in the ledger and do no longer, or the other way round."""
    draft = traced(session, kept)
    before = kept.reference.posted
    now_there = reference.load_posted(session, draft, kept.judgement)
    facts = replace(kept.reference, posted=now_there)
    moved = Posted(
        keys=dict(before.keys.items() ^ now_there.keys.items()),
        alike=dict(before.alike.items() ^ now_there.alike.items()),
        corrected=dict(before.corrected.items() ^ now_there.corrected.items()),
    )
    with_another_origin = [row for row, _ in kept.draft.origins.items() ^ draft.origins.items()]
    places = {*colliding(kept.judgement, draft, moved), *draft.positions(with_another_origin).tolist()}
    judgement = rejudge(kept.judgement, draft, facts, places)
    return replace(kept, draft=draft, judgement=judgement, reference=facts)


def _caught_up(session: Session, kept: Opened, batch: Batch) -> Opened:
    """The draft with what was done to it elsewhere, by another server or another thread of this one."""
    steps = _steps(session, batch.id)
    taken_back, done = since(kept.steps, steps)
    draft, touched, answered = kept.draft, set[int](), False
    for changes in (*(step.changes.inverse() for step in taken_back), *(step.changes for step in done)):
        draft = draft.apply(changes)
        touched |= changes.rows
        answered = answered or bool(changes.answers)
    if answered:
        facts, judgement = facts_now(session, draft, kept.reference.directory)
    else:
        facts, judgement = rejudged(session, kept, draft, touched)
    _detach(session, batch)
    return replace(kept, batch=batch, draft=draft, judgement=judgement, reference=facts, steps=tuple(steps))


def _detach(session: Session, batch: Batch) -> None:
    if batch in session:
        session.expunge(batch)


def since(before: Sequence[Step], after: Sequence[Step]) -> tuple[list[Step], list[Step]]:
    """What leads from one state of a journal to another: steps to be taken back, in that order, and steps to
    be done, in theirs."""
    old, new = ([step for step in steps if not step.undone] for steps in (before, after))
    same = 0
    for one, other in zip(old, new, strict=False):
        if one.seq != other.seq:
            break
        same += 1
    return old[same:][::-1], new[same:]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A draft as a person saw it: its revision, and the steps that stood, by their numbers."""

    revision: int
    steps: tuple[int, ...]

    @classmethod
    def of(cls, opened: Opened) -> "Seen":
        """What is to be seen of a draft now."""
        standing = tuple(step.seq for step in opened.steps if not step.undone)
        return cls(revision=opened.batch.revision, steps=standing)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Something of a draft that is no longer as a person saw it, in words, and whose doing that is."""

    hand: int
    by: str
    words: str
    row: int | None = None
    column: str | None = None


def differences(seen: Seen, opened: Opened) -> list[Difference]:
    """How a draft differs now from what was seen of it, in the order of the sheet."""
    known = set(seen.steps)
    before = [replace(step, undone=step.seq not in known) for step in opened.steps]
    taken_back, done = since(before, opened.steps)
    cells: dict[tuple[int, str], tuple[str, CellChange, Step]] = {}
    found: dict[tuple[int, str], Difference] = {}
    for step, changes, label in [
        *((step, step.changes.inverse(), f"Taken back: {step.label}") for step in taken_back),
        *((step, step.changes, step.label) for step in done),
    ]:
        for cell in changes.cells:
            first = cells.get((cell.row, cell.column), (cell.before,))[0]
            cells[cell.row, cell.column] = (first, cell, step)
        for row, words in _rows_in_words(changes):
            found[row, ""] = Difference(hand=step.hand, by=step.hand_name, words=words, row=row)
        for answer in changes.answers:
            found[0, f"{answer.question} {answer.column}"] = Difference(
                hand=step.hand, by=step.hand_name, words=label
            )
    for (row, column), (first, cell, step) in cells.items():
        if first != cell.after:
            words = f"{column} in row {row}: {_shown(first)} → {_shown(cell.after)}"
            found[row, column] = Difference(
                hand=step.hand, by=step.hand_name, words=words, row=row, column=column
            )
    return [found[place] for place in sorted(found)]


def _rows_in_words(changes: Changes) -> Iterable[tuple[int, str]]:
    """What became of whole rows."""
    for row in (*changes.left_out, *changes.set_aside):
        yield row, f"Row {row} was left out"
    for row in (*changes.taken_in, *changes.admitted):
        yield row, f"Row {row} was taken in"
    for given in changes.confirmations:
        said = "confirmed" if given.after is not None else "is not confirmed any more"
        verb = "was " if given.after is not None else ""
        yield given.row, f"{CATALOGUE[given.code].title} in row {given.row} {verb}{said}"


def _shown(text: str) -> str:
    return quoted(text) if text else "blank"


def version(user: CurrentUser, batch_id: str) -> tuple[int, Stamp]:
    """What changes whenever `view` would show something else; cheap to ask. Raises as `view`."""
    with database.reading() as session:
        stamp = reference.stamp(session)
        batch = visible(session, user, batch_id)
        if batch.status != BatchStatus.DRAFT:
            raise no_draft(batch)
        DESK.touch(batch_id)
        return batch.revision, stamp


def rejudged(
    session: Session, opened: Opened, draft: Draft, rows: Iterable[int]
) -> tuple[Reference, Judgement]:
    """Judge a draft in which only these rows (by Excel number) differ from the opened one."""
    places = draft.positions(sorted(rows)).tolist()
    judgement = rejudge(opened.judgement, draft, opened.reference, places)
    found = reference.load_posted(session, draft, judgement, places)
    known = opened.reference.posted
    if found.keys.keys() <= known.keys.keys() and found.alike.keys() <= known.alike.keys():
        return opened.reference, judgement
    posted = Posted(
        keys={**known.keys, **found.keys},
        alike={**known.alike, **found.alike},
        corrected=known.corrected,
    )
    facts = replace(opened.reference, posted=posted)
    return facts, rejudge(judgement, draft, facts, places)


def _loaded(session: Session, batch: Batch, directory: Directory, stamp: Stamp) -> Opened:
    stored = session.execute(
        select(col(BatchFile.worksheet)).where(col(BatchFile.batch_id) == batch.id)
    ).scalar_one()
    header = _header(batch.reading["header"])
    _detach(session, batch)
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
    turner = aliased(User)
    query = (
        select(Edit, col(User.name), col(turner.name))
        .join(User, col(User.id) == col(Edit.user_id))
        .outerjoin(turner, col(turner.id) == col(Edit.turned_by))
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
            hand=edit.turned_by or edit.user_id,
            hand_name=turner_name or name,
        )
        for edit, name, turner_name in session.execute(query)
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
    out = set(judgement.numbers[judgement.out].tolist())
    return [issue for issue in judgement.all() if issue.row not in out]
