"""Why a second person must approve: the sentences, and the amount above which one must, alike for imports and
for reversals."""

from komet_import.language import _, marked
from komet_import.language.kept_texts import Template
from komet_import.settings import settings
from komet_import.types.money import money, to_thousandths

EVERY_IMPORT = marked("A second person must approve every import.")
EVERY_REVERSAL = marked("A second person must approve every reversal.")
ABOVE = marked("It is more than {amount}, so a second person must approve it.")
WITH_EARLIER_PARTS = marked(
    "With the {alone} of the same file that were imported before without a second person it is more "
    "than {amount}, so a second person must approve it."
)
WITH_EARLIER_REVERSALS = marked(
    "With the {alone} of this import that were reversed before without a second person it is more "
    "than {amount}, so a second person must approve it."
)
UNLIKE_TOTAL = marked("It does not match its control total, so a second person must approve it.")
REASONS: tuple[Template, ...] = tuple(
    (text, "")
    for text in (
        EVERY_IMPORT,
        EVERY_REVERSAL,
        ABOVE,
        WITH_EARLIER_PARTS,
        WITH_EARLIER_REVERSALS,
        UNLIKE_TOTAL,
    )
)


def why_above(amount: int | None, alone: int, *, together: str) -> str:
    """Why a second person must approve so much, in one sentence; blank where nobody must for the amount.

    `alone` is what no second person saw before and counts with it, `together` the marked sentence for both.
    Amounts are in thousandths.
    """
    if settings().approval != "above":
        return ""
    limit = to_thousandths(settings().approval_above)
    if abs(amount or 0) > limit:
        return _(ABOVE, amount=money(limit))
    if abs((amount or 0) + alone) > limit:
        return _(together, alone=money(abs(alone)), amount=money(limit))
    return ""
