"""What a person gives as the reason of what is kept: of a reversal, a return, a month that is closed.

It stands in sentences, mails, lists and the audit trail, so it is one line without characters that hide or
reverse others, and it is measured as it is kept.
"""

from komet_import.language import _, marked
from komet_import.refusal import Refusal, on_one_line

LONGEST = 200


def given(typed: str, *, noun: str = marked("reason"), missing: str = "") -> str:
    """The reason as it is kept. Raises Refusal `reason-missing` and `reason-too-long`; of another `noun`
    with that in their place.
    """
    kept = on_one_line(typed)
    if not kept:
        raise Refusal(f"{noun}-missing", missing or _("Enter a reason."))
    if len(kept) > LONGEST:
        raise Refusal(
            f"{noun}-too-long",
            _(
                "The {noun} has {count:,} characters; shorten it to at most {longest}.",
                noun=_(noun),
                count=len(kept),
                longest=LONGEST,
            ),
        )
    return kept
