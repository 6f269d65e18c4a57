"""How often memory is looked through, and that what nobody needs any more goes back to the machine.

What a put-away draft had is free for the next one, but the allocators keep it: after twenty long sheets a
server would stay three times as large as it was, for as long as it runs.
"""

import ctypes
import gc

import pyarrow

ALLOCATIONS = 10_000
"""So many new objects that stay make the collector look at the new ones (Python's own figure is 700)."""


def settle() -> None:
    """All that is loaded by now stays for as long as the process runs.

    The collector need not look again and again at the 200,000 objects of the libraries: each look held up
    every answer for a tenth of a second. And a sheet that is judged makes ten thousands of objects, none of
    them in a circle: looking at each 700 of them took a twentieth of the time of a posting.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS, *gc.get_threshold()[1:])


def give_back() -> None:
    """Collect what went in circles, and have the allocators return what is free (glibc's only if asked)."""
    gc.collect()
    pyarrow.default_memory_pool().release_unused()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError, TypeError):  # another C library than glibc
        return
