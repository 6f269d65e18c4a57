"""Documents of money: each row becomes a balance adjustment of its party, on the side that its type declares.

Nothing here knows which type it is: what a row says is asked for by meaning.
"""

import numpy as np
from sqlmodel import Session

from komet_import.ledger import corrections, staging
from komet_import.ledger.models import Adjustment, Claim
from komet_import.ledger.posting.shared import Posting, Write
from komet_import.ledger.reference import KEY_CLAIM, key_claim
from komet_import.review.sameness import number_key, parts
from komet_import.types import Meaning
from komet_import.types.schema import to_thousandths


def prepare(session: Session, posting: Posting) -> Write:
    """Each row becomes a balance adjustment; each key is claimed, and each row
    that was rejected before.
    """
    rows, origins, type = posting.rows, posting.draft.origins, posting.draft.type
    keys = parts(type, type.key, posting.judgement.readings, np.flatnonzero(posting.judgement.ready))
    claims = staging.stage(
        session,
        Claim,
        ("scope", "key", "row"),
        # In one order for everybody: two postings that claim the same wait for each other one way only.
        sorted(
            [
                *(
                    (KEY_CLAIM, key_claim(type, key), row)
                    for (row, _), key in zip(rows, keys, strict=True)
                    if key
                ),
                *((corrections.CLAIM, origins[row].key, row) for row, _ in rows if row in origins),
            ],
            key=lambda claim: (str(claim[0]), str(claim[1])),
        ),
    )
    adjustments = staging.stage(
        session,
        Adjustment,
        (
            "row",
            "customer_id",
            "location_id",
            "number",
            "number_key",
            "credit_date",
            "amount",
            "comments",
            "reference",
        ),
        (
            (
                row,
                values[Meaning.PARTY].id,
                values[Meaning.LOCATION].id if values.get(Meaning.LOCATION) else None,
                values.get(Meaning.NUMBER) or "",
                number_key(values.get(Meaning.NUMBER) or ""),
                values[Meaning.DAY].isoformat(),
                type.in_balance(to_thousandths(values[Meaning.MONEY])),
                values.get(Meaning.NOTE) or "",
                values.get(Meaning.REFERENCE) or "",
            )
            for row, values in rows
        ),
        done=lambda count: posting.progress(0.1 + 0.4 * count / len(rows)),
    )
    batch_id = posting.batch.id

    def write(session: Session) -> None:
        staging.take_over(session, claims, batch_id=batch_id)
        posting.progress(0.6)
        same = {
            "batch_id": batch_id,
            "type": type.slug,
            "posted_by": posting.user_id,
            "posted_at": posting.at,
        }
        staging.take_over(session, adjustments, **same)

    return write
