"""How the drafts of a list stand by the facts of now: what is kept of them is as they were judged when they
were changed last, and meanwhile somebody else may have imported their rows.
"""

from dataclasses import replace

from komet_import.access.users import CurrentUser
from komet_import.ledger import database, reference, states
from komet_import.ledger.reference import Stamp
from komet_import.refusal import Refusal
from komet_import.services.batch_lists import Listed, unfinished
from komet_import.services.draft.desk import DESK, view

MOST_ROWS = 2_000
"""So many rows in all are judged anew for a list, once after each import: half a second of a slow machine. A
larger draft is judged when it is opened, and until then nothing is said of it that may be wrong."""


def drafts(user: CurrentUser) -> list[Listed]:
    """The drafts that this user may go on with (`unfinished`), as they are by the facts of now, as far as
    that is cheap: those that were ready come first. The others are not `current`."""
    listed = unfinished(user)
    with database.reading() as session:
        stamp = reference.stamp(session)
    left, now = MOST_ROWS, {}
    open_ones = (draft for draft in listed if draft.batch.status == states.DRAFT)
    for draft in sorted(open_ones, key=lambda draft: bool(draft.batch.rows_rejected)):
        now[draft.batch.id], left = _judged(user, draft, stamp, left)
    return [now.get(draft.batch.id, draft) for draft in listed]


def _judged(user: CurrentUser, draft: Listed, stamp: Stamp, left: int) -> tuple[Listed, int]:
    """A draft as it stands, and how many rows may still be judged for others."""
    rejected = DESK.rejected(draft.batch, stamp)
    if rejected is None and draft.batch.rows_read <= left:
        left -= draft.batch.rows_read
        try:
            rejected = view(user, draft.batch.id).figures.not_posted.rows
        except Refusal:  # it was imported or deleted just now
            rejected = None
    if rejected is None:
        return replace(draft, current=False), left
    draft.batch.rows_rejected = rejected
    return draft, left
