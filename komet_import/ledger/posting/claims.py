"""What may be posted once while it stands: a sheet of a file, and the set of rows that it says.

The same sheet saved anew is the same money. The primary key of the claims makes the second of two
simultaneous postings fail; a reversal gives them back.
"""

import hashlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
from sqlalchemy import insert, select
from sqlmodel import Session, col

from komet_import.clock import told_day
from komet_import.language import _
from komet_import.ledger.models import Batch, Claim
from komet_import.ledger.portions import portions
from komet_import.ledger.posting.shared import Posting, RowReadings
from komet_import.ledger.reference import KEY_CLAIM, key_claim
from komet_import.refusal import Refusal
from komet_import.review.catalogue import ALREADY_POSTED
from komet_import.review.reference import KnownCustomer, KnownLocation
from komet_import.review.sameness import parts
from komet_import.types.money import to_thousandths

FILE_CLAIM, CONTENT_CLAIM = "file", "content"


class PostingRefusal(Refusal):
    """A posting that may not happen; exists so that callers can tell it from an unreadable file.

    `batch_id` names the batch that was posted already, where that is the reason.
    """

    def __init__(self, code: str, message: str, batch_id: str | None = None) -> None:
        super().__init__(code, message)
        self.batch_id = batch_id


def already_imported(batch: Batch, *, called: str = "") -> PostingRefusal:
    """What is said to the second click, the second tab, the second user; and to who brings the same file
    once more, which may be `called` otherwise now."""
    day = _(" on {day}", day=told_day(batch.posted_at)) if batch.posted_at else ""
    if called and called != batch.file_name:
        said = _(
            "“{called}” is the same file as “{file_name}”, imported{day}. Nothing was posted.",
            called=called,
            file_name=batch.file_name,
            day=day,
        )
    else:
        said = _(
            "“{file_name}” was already imported{day}; nothing was posted.", file_name=batch.file_name, day=day
        )
    return PostingRefusal("already-imported", said, batch.id)


def file_key(type_slug: str, sha256: str, sheet: str) -> str:
    """The key under which a sheet of a file is claimed: another sheet of the same file is other money."""
    return f"{type_slug}:{sha256}:{sheet[:31]}"


def posted_before(session: Session, type_slug: str, sha256: str, sheet: str) -> Batch | None:
    """The batch under which this very sheet of this very file stands posted, if it does."""
    return _holder(session, FILE_CLAIM, file_key(type_slug, sha256, sheet))


def claim_file(session: Session, posting: Posting, content: str) -> None:
    """Claim the file, and the set of rows that it posts (the same sheet saved anew is the same money)."""
    slug = posting.draft.type.slug
    files = [file_key(slug, posting.batch.sha256, sheet) for sheet in posting.draft.sheet.sheets]
    claims = [*((FILE_CLAIM, file) for file in sorted(files)), (CONTENT_CLAIM, f"{slug}:{content}")]
    for scope, key in claims:
        _refuse_claimed(session, scope, key)
        session.execute(insert(Claim).values(scope=scope, key=key, batch_id=posting.batch.id))


def refuse_posted(session: Session, posting: Posting, content: str) -> None:
    """Raises PostingRefusal where a sheet that says the same was posted."""
    _refuse_claimed(session, CONTENT_CLAIM, f"{posting.draft.type.slug}:{content}")


def refuse_all_posted(session: Session, posting: Posting) -> None:
    """Raises PostingRefusal where every row was posted before, be it by another file: it says by which."""
    judgement, type = posting.judgement, posting.draft.type
    places = np.flatnonzero(~judgement.out)
    if not len(places) or not all(
        any(issue.code == ALREADY_POSTED for issue in judgement.of(place)) for place in places.tolist()
    ):
        return
    keys = [key_claim(type, key) for key in parts(type, type.key, judgement.readings, places) if key]
    holders: dict[str, Batch] = {}
    for some in portions(keys):
        of_these = col(Claim.key).in_(some)
        claimed = select(col(Claim.batch_id)).where(col(Claim.scope) == KEY_CLAIM, of_these)
        query = select(Batch).where(col(Batch.id).in_(claimed))
        holders |= {batch.id: batch for batch in session.execute(query).scalars()}
    if len(holders) == 1:
        raise already_imported(*holders.values())
    files = ", ".join(f"“{name}”" for name in sorted({batch.file_name for batch in holders.values()})[:5])
    raise PostingRefusal(
        "nothing-to-import",
        _("Every row was imported before, from {files}; nothing was posted.", files=files),
    )


def _refuse_claimed(session: Session, scope: str, key: str) -> None:
    holder = _holder(session, scope, key)
    if holder is not None:
        raise already_imported(holder)


def _holder(session: Session, scope: str, key: str) -> Batch | None:
    """The batch that has claimed this."""
    return session.execute(
        select(Batch)
        .join(Claim, col(Claim.batch_id) == col(Batch.id))
        .where(col(Claim.scope) == scope, col(Claim.key) == key)
    ).scalar_one_or_none()


def whole(posting: Posting) -> str:
    """What the sheet says with the rows that wait to be confirmed: it may be one that was posted, saved anew,
    and then that is said, and not that its rows may be duplicates."""
    judgement = posting.judgement
    return (
        content_of(posting.read(judgement.ready | judgement.to_confirm)) if judgement.to_confirm.any() else ""
    )


def content_of(said: RowReadings) -> str:
    """SHA-256 of what rows say, in any order; blank where there are none."""
    if not said.numbers:
        return ""
    fields = "\x1f".join(said.columns)
    columns = [
        [_WRITTEN.get(type(value), _other)(value) for value in column] for column in said.columns.values()
    ]
    texts = sorted(map("\x1f".join, zip(*columns, strict=True)))
    return hashlib.sha256("\x1e".join([fields, *texts]).encode()).hexdigest()


def _other(value: Any) -> str:
    return str(value or "")


_WRITTEN: dict[type, Callable[[Any], str]] = {
    str: str,
    Decimal: lambda amount: str(to_thousandths(amount)),
    KnownCustomer: lambda known: str(known.id),
    KnownLocation: lambda known: str(known.id),
}
"""What a value says, however it was written: 7.00 is 7, a renamed customer is the same one."""
