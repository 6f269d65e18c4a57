"""What must be so before a draft is posted: warnings confirmed, control totals given and matched."""

from komet_import.language import _
from komet_import.language.capital import capitalized
from komet_import.ledger.models import Batch
from komet_import.ledger.posting.claims import (
    PostingRefusal,
)
from komet_import.ledger.receipt import ControlTotals, Tally
from komet_import.review.judgement import Judgement
from komet_import.settings import settings
from komet_import.types import ImportType
from komet_import.types.money import to_thousandths


def require_confirmed(judgement: Judgement) -> None:
    """Raises PostingRefusal `to-confirm` where a warning waits for a person to confirm it."""
    waiting = len(judgement.waiting())
    if waiting == 1:
        raise PostingRefusal(
            "to-confirm", _("1 warning to confirm, so nothing was imported. Confirm it, or exclude its row.")
        )
    if waiting:
        raise PostingRefusal(
            "to-confirm",
            _(
                "{waiting:,} warnings to confirm, so nothing was imported. Confirm them, or exclude their "
                "rows.",
                waiting=waiting,
            ),
        )


def require_totals(batch: Batch, type: ImportType, read: Tally, digits: int | None) -> None:
    """Raises PostingRefusal `totals-missing` where control totals are compulsory and nobody gave them,
    `totals-differ` where they do not match and nobody said why it is posted all the same."""
    expected = expected_of(batch)
    if totals_missing(expected, type, read):
        raise PostingRefusal(
            "totals-missing",
            _(
                "Enter the control totals first: how many rows and how much money you expect. Nothing was "
                "imported."
            ),
        )
    if not batch.overridden_why and (difference := expected.difference(read, digits)):
        raise PostingRefusal(
            "totals-differ",
            _(
                "{difference} than expected, so nothing was imported. Correct the control "
                "totals or the rows, or give a reason.",
                difference=capitalized(difference),
            ),
        )


def totals_missing(expected: ControlTotals, type: ImportType, read: Tally) -> bool:
    """Whether control totals are compulsory and not given: rows and money, for a type of money."""
    rule = settings().control_totals
    if rule == "never" or type.summed is None or None not in (expected.rows, expected.amount):
        return False
    return rule == "always" or abs(read.amount or 0) > to_thousandths(settings().control_totals_above)


def expected_of(batch: Batch) -> ControlTotals:
    """The control totals that were typed for a batch."""
    return ControlTotals(
        rows=batch.expected_rows, amount=batch.expected_amount, hash_total=batch.expected_hash
    )
