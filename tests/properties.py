"""How often a property is tried: a few times with `make test`, more with HYPOTHESIS_PROFILE=thorough."""

import os

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


def tries(count: int) -> int:
    """Half as many examples, or twenty times as many where there is time."""
    return count * 20 if THOROUGH else max(count // 2, 5)
