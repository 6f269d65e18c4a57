"""The drafts at hand: from the database, judged, kept in memory while they are true.

Who may see a batch is asked here as well, so that no use case can forget it.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from weakref import WeakValueDictionary

from sqlmodel import Session

from komet_import import row_numbers
from komet_import.access.users import CurrentUser
from komet_import.ledger import corrections, database, reference
from komet_import.ledger.alone import posted_alone
from komet_import.ledger.models import Batch
from komet_import.ledger.reference import Stamp
from komet_import.ledger.states import in_work
from komet_import.memory import give_back
from komet_import.review.draft import Draft
from komet_import.review.judge import colliding, rejudge, standing_otherwise
from komet_import.review.reference import Directory, Posted
from komet_import.services.draft.facts import directory_now, facts_now, rejudged
from komet_import.services.draft.open_draft import Opened, since
from komet_import.services.draft.stored import detach, loaded, stored_steps
from komet_import.services.rights import no_draft, visible

KEPT_COUNTS = 1_000
"""Drafts of which it is known how they were judged last, though they are put away."""
KEPT_ROWS = 600_000
"""Rows of judged drafts that one server keeps in memory: about a gigabyte at the most."""


class _Desk:
    """The judged drafts that this process keeps at hand, least recently used ones put away first.

    One that nobody has asked for in a while is put away as well: an open page asks for its own every second.
    """

    def __init__(self) -> None:
        self._opened: OrderedDict[str, Opened] = OrderedDict()
        self._used: dict[str, float] = {}
        self._rejected: OrderedDict[str, tuple[int, Stamp, int]] = OrderedDict()
        self._lighter = False
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
        rejected = opened.figures.not_posted.rows
        with self._lock:
            self._rejected[opened.batch.id] = opened.batch.revision, opened.stamp, rejected
            self._rejected.move_to_end(opened.batch.id)
            while len(self._rejected) > KEPT_COUNTS:
                self._rejected.popitem(last=False)
            self._opened[opened.batch.id] = opened
            self._touch(opened.batch.id)
            while len(self._opened) > 1 and sum(len(o.draft.rows) for o in self._opened.values()) > KEPT_ROWS:
                self._put_away(next(iter(self._opened)))

    def rejected(self, batch: Batch, stamp: Stamp) -> int | None:
        """How many rows of a draft would be rejected by the facts of this stamp; None: it was not judged
        with them here."""
        with self._lock:
            revision, judged, rows = self._rejected.get(batch.id, (None, None, 0))
        return rows if (revision, judged) == (batch.revision, stamp) else None

    def drop(self, batch_id: str) -> None:
        with self._lock:
            self._put_away(batch_id)

    def _put_away(self, batch_id: str) -> None:
        self._lighter = self._opened.pop(batch_id, None) is not None or self._lighter
        self._used.pop(batch_id, None)

    def is_lighter(self) -> bool:
        """Whether any draft was put away, for whatever reason, since this was asked last."""
        with self._lock:
            lighter, self._lighter = self._lighter, False
            return lighter

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
    """Put drafts away that nobody looks at any more, until the function that is returned is called.

    The memory of those that went, imported and deleted ones too, is given back then, and a second time: a
    page may have been at work with one.
    """
    over = threading.Event()

    def tidy() -> None:
        lighter = False
        while not over.wait(TIDY_SECONDS):
            DESK.put_away_unused(seconds=UNUSED_SECONDS)
            before, lighter = lighter, DESK.is_lighter()
            if before or lighter:
                give_back()

    thread = threading.Thread(target=tidy, name="tidy", daemon=True)
    thread.start()

    def stop() -> None:
        over.set()
        thread.join()

    return stop


def view(user: CurrentUser, batch_id: str) -> Opened:
    """The draft as it stands now. Raises Refusal `not-found`, or PostingRefusal once it is no draft."""
    with database.reading() as session:
        return current(session, visible(session, user, batch_id))


def current(session: Session, batch: Batch) -> Opened:
    """From memory where it is still true, else brought up to date; rows are told of it from now on."""
    opened = _current(session, batch)
    row_numbers.name_sheets(opened.draft.sheet.parts)
    return opened


def _current(session: Session, batch: Batch) -> Opened:
    if not in_work(batch):
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
        return loaded(session, batch, directory, stamp)
    if kept.batch.revision < batch.revision:
        kept = _caught_up(session, kept, batch)
    if kept.stamp == stamp:
        return kept
    alone = posted_alone(session, batch)
    if (kept.stamp.directory, kept.stamp.day) == (stamp.directory, stamp.day):
        return replace(_with_the_ledger(session, kept), stamp=stamp, alone=alone)
    draft = traced(session, kept)
    facts, judgement = facts_now(session, draft, directory)
    return replace(kept, draft=draft, judgement=judgement, reference=facts, stamp=stamp, alone=alone)


def traced(session: Session, kept: Opened) -> Draft:
    """The draft with the origins that its rows have now: the same file may have been rejected meanwhile."""
    origins = corrections.origins(session, kept.batch, kept.draft.sheet.sheets, kept.draft.sheet.keys)
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
        numbers=dict(before.numbers.items() ^ now_there.numbers.items()),
        corrected=dict(before.corrected.items() ^ now_there.corrected.items()),
        dropped=dict(before.dropped.items() ^ now_there.dropped.items()),
    )
    with_another_origin = [row for row, _ in kept.draft.origins_here.items() ^ draft.origins_here.items()]
    places = {
        *colliding(kept.judgement, draft, moved),
        *standing_otherwise(kept.judgement, draft, before.standing, now_there.standing),
        *draft.positions(with_another_origin).tolist(),
    }
    judgement = rejudge(kept.judgement, draft, facts, places)
    return replace(kept, draft=draft, judgement=judgement, reference=facts)


def _caught_up(session: Session, kept: Opened, batch: Batch) -> Opened:
    """The draft with what was done to it elsewhere, by another server or another thread of this one."""
    steps = stored_steps(session, batch.id)
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
    detach(session, batch)
    return replace(kept, batch=batch, draft=draft, judgement=judgement, reference=facts, steps=tuple(steps))


def version(user: CurrentUser, batch_id: str) -> tuple[int, Stamp]:
    """What changes whenever `view` would show something else; cheap to ask. Raises as `view`."""
    with database.reading() as session:
        stamp = reference.stamp(session)
        batch = visible(session, user, batch_id)
        if not in_work(batch):
            raise no_draft(batch)
        DESK.touch(batch_id)
        return batch.revision, stamp
