"""Posting: the accepted rows of a judged draft become the ledger's, once and for good.

`prepare` lays everything ready beforehand, `post` writes it inside one transaction of the caller's, which so
is short. What makes a second posting impossible are three things of the database's: the batch is claimed by
an UPDATE that only one can win, the file, its content and every document's key are claimed by primary keys,
and posted adjustments cannot be changed.

    shared        what every posting has, and what the file of a type must have
    claims        what may be posted once
    requirements  what must be confirmed, given and matched before
    transaction   the writing
    documents     money of any type, by meaning
    by_type       which file posts a type; beside it one file for each
"""

from komet_import.ledger.posting.by_type import of, require
from komet_import.ledger.posting.claims import (
    PostingRefusal,
    already_imported,
    posted_before,
)
from komet_import.ledger.posting.requirements import (
    expected_of,
    require_confirmed,
    require_totals,
    totals_missing,
)
from komet_import.ledger.posting.shared import Posting, Progress
from komet_import.ledger.posting.transaction import Ready, post, prepare

__all__ = [
    "Posting",
    "PostingRefusal",
    "Progress",
    "Ready",
    "already_imported",
    "expected_of",
    "of",
    "post",
    "posted_before",
    "prepare",
    "require",
    "require_confirmed",
    "require_totals",
    "totals_missing",
]
