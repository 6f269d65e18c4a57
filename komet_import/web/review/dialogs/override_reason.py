"""The field for why a sheet is imported though its control totals do not match."""

from komet_import.language import _
from komet_import.services import LONGEST_WHY
from komet_import.web.review.kept_fields import text_field
from komet_import.web.review.look import Reviewing

REASON = "override-reason"
"""Where a browser keeps what is typed, while the dialog is there."""


def reason_field(looking: Reviewing) -> None:
    """The field, with what was typed before the dialog was closed."""
    text_field(
        looking.typed,
        _("Reason to import it anyway"),
        name=REASON,
        key=REASON,
        placeholder=_("Kept with the import"),
        max_chars=LONGEST_WHY,
    )
