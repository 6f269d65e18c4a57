"""The transaction of a posting: what lies ready is claimed, written and closed, all of it or nothing."""

import json
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sqlalchemy import update
from sqlmodel import Session, col

from komet_import.language import _
from komet_import.ledger import audit, corrections, reference, staging, states, transition
from komet_import.ledger.audit import Event
from komet_import.ledger.models import Batch, BatchStatus, UnpostedRow
from komet_import.ledger.posting import by_type, effects
from komet_import.ledger.posting.claims import (
    PostingRefusal,
    already_imported,
    claim_file,
    content_of,
    posted_before,
    refuse_all_posted,
    refuse_posted,
    whole,
)
from komet_import.ledger.posting.requirements import expected_of, require_confirmed, require_totals
from komet_import.ledger.posting.shared import Posting, Write
from komet_import.ledger.receipt import ControlTotals, Receipt
from komet_import.ledger.reference import Moved, Stamp
from komet_import.ledger.staging import Staged
from komet_import.ledger.states import Move
from komet_import.review.control import hash_total
from komet_import.review.figures import figures
from komet_import.review.judgement import Judgement


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A posting of which everything that can be made beforehand lies ready.

    `whole` is what the sheet says with the rows that nobody has confirmed; blank where there are none.
    """

    posting: Posting
    content: str
    whole: str
    effect: list[Any]
    unposted: Staged
    write: Write


def prepare(session: Session, posting: Posting) -> Ready:
    """Lay ready whatever `post` will write, in a transaction of its own that nobody waits for.

    Both must get the same connection.
    """
    draft = posting.draft
    return Ready(
        posting=posting,
        content=content_of(posting.said),
        whole=whole(posting) if draft.type.once else "",
        effect=effects.written(posting),
        unposted=_stage_unposted(session, posting),
        write=by_type.of(draft.type).prepare(session, posting),
    )


def post(
    session: Session,
    ready: Ready,
    *,
    revision: int,
    stamp: Stamp,
    move: Move,
    user_name: str,
    prepared_by: str = "",
    overridden_by: str = "",
    even_nothing: bool = False,
    unconfirmed_stay_out: bool = False,
    late: bool = False,
) -> Receipt:
    """Post the ready rows of a draft and keep the others with their reasons; the receipt adds up.

    `revision` and `stamp` are those of the draft when it was judged; by `move` it is posted, or approved:
    then `prepared_by` is who asked for that; `overridden_by` is who gave a reason where control totals do
    not match. Raises Moved where the draft, the
    customers, the locations or the ledger are other ones by now; PostingRefusal `already-imported` where the
    batch or its file was posted before, `discarded`, `to-confirm` while a warning waits (not with
    `unconfirmed_stay_out`: its row is rejected), those of `require_totals`, and `nothing-to-import` where no
    row is ready (not with `even_nothing`).

    `late` locks the ledger against other postings only when all rows are written: they wait for a moment
    instead of for all of a large sheet's rows, and where one of them came first, this one has written in
    vain. Only PostgreSQL can: on SQLite nobody writes beside anybody.
    """
    posting = ready.posting
    judgement, draft = posting.judgement, posting.draft
    late = late and draft.type.once and session.get_bind().dialect.name == "postgresql"
    if not late:
        reference.hold(session, stamp)
    batch = _claim_batch(session, posting, revision, move)
    # Of a file that somebody else just posted every numbered row is rejected: say why, not only that.
    if draft.type.once and (
        holder := posted_before(session, draft.type.slug, batch.sha256, draft.sheet.name)
    ):
        raise already_imported(holder)
    if ready.whole:
        refuse_posted(session, posting, ready.whole)
    if not unconfirmed_stay_out:
        require_confirmed(judgement)
    hashed = hash_total(draft) if batch.expected_hash is not None else None
    require_totals(batch, draft.type, figures(judgement).counted, hashed)
    if not (judgement.ready | judgement.unchanged).any() and not even_nothing:
        refuse_all_posted(session, posting)
        raise PostingRefusal(
            "nothing-to-import", _("No row is ready to be imported: fix at least one, or delete the draft.")
        )
    if draft.type.once and judgement.ready.any():
        claim_file(session, posting, ready.content)
    ready.write(session)
    posting.progress(0.9)
    staging.take_over(session, ready.unposted, batch_id=batch.id)
    if ready.effect:
        effects.keep(session, batch.id, ready.effect)
    if late:
        reference.hold(session, stamp)
    receipt = replace(
        _receipt(posting, user_name, expected_of(batch)),
        prepared_by=prepared_by,
        hash_total=hashed,
        overridden=batch.overridden_why or "",
        overridden_by=overridden_by,
    )
    audit.record(
        session,
        what=Event.APPROVED if move is Move.APPROVE else Event.POSTED,
        by=posting.user_id,
        about=batch.id,
        details={"rows": receipt.posted.rows, "amount": receipt.posted.amount}
        | ({"confirmed": receipt.confirmed.rows} if receipt.confirmed.rows else {})
        | ({"prepared_by": prepared_by} if prepared_by else {})
        | ({"overridden": batch.overridden_why} if batch.overridden_why else {}),
        at=posting.at,
    )
    _close_batch(session, receipt, continues=corrections.continued(draft.origins))
    posting.progress(1.0)
    return receipt


def _claim_batch(session: Session, posting: Posting, revision: int, move: Move) -> Batch:
    """Take the draft for this posting, or say why somebody else's hand was first.

    It is a draft, also where it waited for approval, until the posting's last statement (`_close_batch`): to
    what is posted nothing can be added (`migrations.guards`). Whoever else comes meanwhile waits for the row,
    and finds it posted then.
    """
    batch, ours = transition.turn(
        session,
        posting.batch.id,
        where=[states.allows(move), col(Batch.revision) == revision],
        values={"posted_by": posting.user_id, "posted_at": posting.at}
        | ({} if posting.batch.status == states.DRAFT else {"status": states.DRAFT})
        | dict.fromkeys(() if move is Move.APPROVE else (*states.REQUEST, *states.ANSWER)),
    )
    if ours:
        return batch
    if states.in_work(batch):
        raise Moved
    if batch.status == BatchStatus.DISCARDED:
        raise PostingRefusal("discarded", _("This draft was deleted; restore it before you import it."))
    raise already_imported(batch)


def _stage_unposted(session: Session, posting: Posting) -> Staged:
    """Every row that is not posted, as it stands, with its reasons.

    A row that was to be confirmed and was not is rejected, with that as its reason.
    """
    judgement, draft = posting.judgement, posting.draft
    places = np.flatnonzero(~judgement.ready & ~judgement.unchanged)
    headers = [str(header) for header in draft.rows.columns]
    texts = zip(*(draft.rows[header].iloc[places].tolist() for header in headers), strict=True)
    return staging.stage(
        session,
        UnpostedRow,
        ("row", "outcome", "amount", "cells", "held", "issues", "origin"),
        (
            (
                int(judgement.numbers[place]),
                _outcome(judgement, place),
                int(judgement.amounts[place]) if judgement.readable[place] else None,
                json.dumps(dict(zip(headers, cells, strict=True))),
                json.dumps({headers[i]: int(held[i]) for i in np.flatnonzero(held)}),
                json.dumps([issue.kept() for issue in judgement.of(place)]),
                origin.key if (origin := draft.origins.get(int(judgement.numbers[place]))) else None,
            )
            for place, cells, held in zip(places.tolist(), texts, draft.held[places], strict=True)
        ),
    )


def _outcome(judgement: Judgement, place: int) -> str:
    if judgement.set_aside[place]:
        return "set-aside"
    return "left-out" if judgement.left_out[place] else "rejected"


def _receipt(posting: Posting, user_name: str, expected: ControlTotals) -> Receipt:
    told = figures(posting.judgement)
    return Receipt(
        batch_id=posting.batch.id,
        type_slug=posting.draft.type.slug,
        file_name=posting.batch.file_name,
        posted_at=posting.at,
        posted_by=user_name,
        read=told.read,
        posted=told.ready,
        unchanged=told.unchanged,
        added=told.added,
        rejected=told.not_posted,
        left_out=told.left_out,
        counted=told.counted,
        confirmed=told.confirmed,
        apart=told.apart,
        expected=expected,
    )


def _close_batch(session: Session, receipt: Receipt, *, continues: list[str]) -> None:
    session.execute(
        update(Batch)
        .where(col(Batch.id) == receipt.batch_id)
        .values(
            status=BatchStatus.POSTED,
            continues=continues,
            changed_at=receipt.posted_at,
            rows_read=receipt.read.rows,
            rows_posted=receipt.posted.rows,
            rows_unchanged=receipt.unchanged.rows,
            rows_added=receipt.added,
            rows_rejected=receipt.rejected.rows,
            rows_left_out=receipt.left_out.rows,
            amount_read=receipt.read.amount,
            amount_posted=receipt.posted.amount,
            amount_rejected=receipt.rejected.amount,
            amount_left_out=receipt.left_out.amount,
            hash_read=receipt.hash_total,
            rows_confirmed=receipt.confirmed.rows,
            amount_confirmed=receipt.confirmed.amount if receipt.confirmed.rows else None,
            rows_unreadable=receipt.apart.unreadable,
            rows_negative=receipt.apart.negative.rows,
            amount_negative=receipt.apart.negative.amount or 0,
            total_rows=[[total.row, total.amount, total.above] for total in receipt.apart.totals],
            set_aside=[[str(aside.kind), aside.rows, aside.amount] for aside in receipt.apart.aside],
        )
        .execution_options(synchronize_session=False)
    )
