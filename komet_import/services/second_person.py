"""The amount above which a second person must approve, alike for imports and for reversals."""

from komet_import.language import _
from komet_import.settings import settings
from komet_import.types.money import money, to_thousandths


def why_above(amount: int | None, alone: int, *, together: str) -> str:
    """Why a second person must approve so much, in one sentence; blank where nobody must for the amount.

    `alone` is what no second person saw before and counts with it, `together` the marked sentence for both.
    Amounts are in thousandths.
    """
    if settings().approval != "above":
        return ""
    limit = to_thousandths(settings().approval_above)
    if abs(amount or 0) > limit:
        return _("It is more than {amount}, so a second person must approve it.", amount=money(limit))
    if abs((amount or 0) + alone) > limit:
        return _(together, alone=money(abs(alone)), amount=money(limit))
    return ""
