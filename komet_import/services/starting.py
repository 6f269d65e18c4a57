"""What is asked for at every start, of a server and of a command: that the import types hold together."""

from komet_import import types
from komet_import.ledger import posting


def require_sound_types() -> None:
    """Raises Refusal `contradictory-type` where a type's declaration cannot hold, or nothing posts it."""
    types.require_sound()
    posting.require(types.ALL.values())
