"""Documents of money: each row becomes a balance adjustment of its party, on the side that its type declares.

Nothing here knows which type it is: what a row says is asked for by meaning.
"""

from operator import itemgetter

import numpy as np
from sqlmodel import Session

from komet_import.ledger import corrections, staging
from komet_import.ledger.models import Adjustment, Claim
from komet_import.ledger.posting.shared import Posting, Write
from komet_import.ledger.reference import KEY_CLAIM, key_claim
from komet_import.review.sameness import number_key, parts
from komet_import.types import Meaning
from komet_import.types.money import to_thousandths


def prepare(session: Session, posting: Posting) -> Write:
    """Each row becomes a balance adjustment; each key is claimed, and each row
    that was rejected before.
    """
    said, origins, type = posting.said, posting.draft.origins, posting.draft.type
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
                    for row, key in zip(said.numbers, keys, strict=True)
                    if key
                ),
                *((corrections.CLAIM, origins[row].key, row) for row in said.numbers if row in origins),
            ],
            key=itemgetter(0, 1),
        ),
    )
    numbers = [number or "" for number in said.of(Meaning.NUMBER)]
    columns = {
        "row": said.numbers,
        "customer_id": [party.id for party in said.of(Meaning.PARTY)],
        "location_id": [place.id if place else None for place in said.of(Meaning.LOCATION)],
        "number": numbers,
        "number_key": map(number_key, numbers),
        "credit_date": [day.isoformat() for day in said.of(Meaning.DAY)],
        "amount": [type.in_balance(to_thousandths(amount)) for amount in said.of(Meaning.MONEY)],
        "comments": [note or "" for note in said.of(Meaning.NOTE)],
        "reference": [reference or "" for reference in said.of(Meaning.REFERENCE)],
    }
    adjustments = staging.stage(
        session,
        Adjustment,
        tuple(columns),
        # Each party's together, as the indexes have them: in the order of the sheet, each row has other pages
        # of a large ledger's indexes read and written.
        sorted(zip(*columns.values(), strict=True), key=itemgetter(list(columns).index("customer_id"))),
        done=lambda count: posting.progress(0.1 + 0.4 * count / len(said.numbers)),
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
