"""Memory that nobody needs any more goes back to the machine.

What a put-away draft had is free for the next one, but the allocators keep it: after twenty long sheets a
server would stay three times as large as it was, for as long as it runs.
"""

import ctypes
import gc

import pyarrow


def give_back() -> None:
    """Collect what went in circles, and have the allocators return what is free (glibc's only if asked)."""
    gc.collect()
    pyarrow.default_memory_pool().release_unused()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError, TypeError):  # another C library than glibc
        return
