"""What the address of a download names, and the answer where it names nothing that one may have."""

from komet_import.language import _
from komet_import.refusal import Refusal

EVERYWHERE = "all"
"""Instead of one location, or of what a filter finds: all that there is."""


def no_such_file() -> Refusal:
    """The same for what does not exist as for what is not this person's."""
    return Refusal("not-found", _("There is no such file, or you may not have it."))
